"""Standard numbers, with their check digits.

ISBN: ISO 2108 (check digit modulo 10 for thirteen digits, modulo 11 for ten);
ISSN: ISO 3297 (modulo 11).
"""

from __future__ import annotations

import re

_NOT_ISBN = re.compile(r"[^0-9Xx]")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_TRAILING = ".,;:)]}>»”\"'"


def isbn13(raw: str) -> str:
    """Return the thirteen digits of an ISBN, or "" when its length or check digit is wrong.

    Hyphens and spaces are ignored; an ISBN-10 is converted to its ISBN-13 (prefix 978).
    """
    digits = _NOT_ISBN.sub("", raw).upper()
    if len(digits) == 10 and _valid_isbn10(digits):
        return _with_check_digit("978" + digits[:9])
    if len(digits) == 13 and digits.isdigit() and digits == _with_check_digit(digits[:12]):
        return digits if digits[:3] in ("978", "979") else ""
    return ""


def _valid_isbn10(digits: str) -> bool:
    if not digits[:9].isdigit():
        return False
    values = [10 if digit == "X" else int(digit) for digit in digits]
    return (
        sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11
        == 0
    )


def _with_check_digit(twelve: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return twelve + str(-total % 10)


def issn(raw: str) -> str:
    """Return an ISSN as ``1234-567X``, or "" when its length or check digit is wrong."""
    digits = _NOT_ISBN.sub("", raw).upper()
    if len(digits) != 8 or not digits[:7].isdigit():
        return ""
    values = [10 if digit == "X" else int(digit) for digit in digits]
    total = sum(weight * value for weight, value in zip(range(8, 0, -1), values, strict=True))
    return "" if total % 11 else f"{digits[:4]}-{digits[4:]}"


def doi(raw: str) -> str:
    """Return the DOI in *raw* without resolver address or closing punctuation, or ""."""
    found = _DOI.search(raw)
    return trimmed(found[0]) if found else ""


def trimmed(address: str) -> str:
    """Return a DOI or URL without the punctuation of the sentence around it.

    A closing bracket stays when the address itself opened it, as in ``.../Karlag_(camp)``.
    """
    while address and address[-1] in _TRAILING:
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        address = address[:-1]
    return address
