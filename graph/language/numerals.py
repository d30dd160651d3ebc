"""Small numerals: kanji, Roman, and full-width digits."""

from __future__ import annotations

import re

_KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "元": 1}
_KANJI_UNITS = {"十": 10, "百": 100, "千": 1000}
KANJI = "〇零一二三四五六七八九十百千"
_KANJI = _KANJI_DIGITS.keys() | _KANJI_UNITS.keys()

_LONGEST = 16
"""A longer row of numerals is an ornament or a damaged text, no number."""

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}

_WIDE_SIGNS = "０１２３４５６７８９，．：－～（）％"
_WIDE = str.maketrans(_WIDE_SIGNS, "0123456789,.:-~()%")
_ANY_WIDE = re.compile(f"[{_WIDE_SIGNS}]")


def narrow(text: str) -> str:
    """Return *text* with full-width digits and marks made ASCII, one code point for one."""
    if text.isascii() or _ANY_WIDE.search(text) is None:
        return text
    return text.translate(_WIDE)


def kanji_number(text: str) -> int | None:
    """Return the value of kanji numerals below ten thousand, or None if they are not one.

    Both ways of writing count: ``一九四五`` digit by digit, ``二十三`` with units.
    """
    if not 0 < len(text) <= _LONGEST or not _KANJI.issuperset(text):
        return None
    if not any(c in _KANJI_UNITS for c in text):
        return int("".join(str(_KANJI_DIGITS[c]) for c in text))
    total, digit = 0, None
    for char in text:
        if char in _KANJI_UNITS:
            total += (1 if digit is None else digit) * _KANJI_UNITS[char]
            digit = None
        else:
            digit = _KANJI_DIGITS[char]
    return total + (digit or 0)


def roman_number(text: str) -> int | None:
    """Return the value of a Roman numeral, or None if a letter is not one."""
    total = 0
    for char, following in zip(text, text[1:] + " ", strict=True):
        value = _ROMAN.get(char)
        if value is None:
            return None
        total += -value if value < _ROMAN.get(following, 0) else value
    return total
