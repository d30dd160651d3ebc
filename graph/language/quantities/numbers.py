"""The value of a number as written: digits with separators, number words, kanji with 万 and 億."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from ..numerals import KANJI, kanji_number

_LONGEST = 40
"""Characters of a number; a longer row of digits is a code or a damaged text: it counts nothing."""

MYRIADS = {"億": 100_000_000, "万": 10_000, "": 1}

JAPANESE = (
    rf"(?:(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)[億万千百]?(?:\d[\d,]*[万千百]?)*"
    rf"|[{KANJI}]+[億万]?(?:[{KANJI}]+万?)?[{KANJI}]*)"
)
"""A Japanese number: 57万5000, 1億2000万, 3千, 六十万."""

_PIECE = re.compile(rf"([\d,.{KANJI}]*)(億|万|$)")
_SMALL = re.compile(r"(?:([\d.]+)千)?(?:([\d.]+)百)?([\d.]*)$")


def digits_value(text: str, thousands: str, decimal: str) -> Decimal | None:
    """Return the value of digits with the given separators, or None if it is no number."""
    if len(text) > _LONGEST:
        return None
    for mark in thousands:
        text = text.replace(mark, "")
    text = text.replace(decimal, ".").replace(",", ".")
    return Decimal(text) if re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII) else None


def words_value(words: list[str], values: Mapping[str, int]) -> Decimal | None:
    """Return the value of number words ("two hundred and fifty thousand"), or None if senseless."""
    total = group = last = 0
    for word in words:
        value = values.get(word, values.get(word.capitalize()))
        if value is None:
            return None
        if value >= 1000:
            total += max(group, 1) * value
            group = last = 0
        elif value == 100 and 0 < group < 100:
            group *= 100
            last = 100
        elif 0 < last < 20 or 0 < last <= value:
            return None
        else:
            group += value
            last = value
    return Decimal(total + group)


def japanese_value(text: str) -> Decimal | None:
    """Return the value of a Japanese number, or None if it is not one."""
    total = Decimal(0)
    if len(text) > _LONGEST:
        return None
    rest = text.replace(",", "")
    for match in _PIECE.finditer(rest):
        part, unit = match[1], match[2]
        if not part and not unit:
            continue
        value = _below_myriad(part) if part else Decimal(1)
        if value is None:
            return None
        total += value * MYRIADS[unit]
    return total


def _below_myriad(text: str) -> Decimal | None:
    if all(c in KANJI for c in text):
        number = kanji_number(text)
        return None if number is None else Decimal(number)
    match = _SMALL.match(text)
    if match is None or any(part and part.count(".") > 1 for part in match.groups()):
        return None
    thousands, hundreds, ones = (Decimal(part or 0) for part in match.groups())
    return thousands * 1000 + hundreds * 100 + ones
