"""The value of a number as written: digits with separators, number words, kanji with 万 and 億."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from ..numerals import KANJI, kanji_number

_LONGEST = 40
"""Characters of a number; a longer row of digits is a code or a damaged text: it counts nothing."""

_COMMA = re.compile(r"\d+,\d{1,2}")
"""A decimal comma in English: three digits behind it would be thousands."""

_ROUND = re.compile(r"\d{1,3}\.000")

HALF = "½"
HALVED = Decimal("0.5")

MYRIADS = {"億": 100_000_000, "万": 10_000, "": 1}

JAPANESE = (
    rf"(?:(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)[億万千百]?(?:\d[\d,]*[万千百]?)*"
    rf"|[{KANJI}]+[億万]?(?:[{KANJI}]+万?)?[{KANJI}]*)"
)
"""A Japanese number: 57万5000, 1億2000万, 3千, 六十万."""

_PIECE = re.compile(rf"([\d,.{KANJI}]*)(億|万|$)")
_SMALL = re.compile(r"(?:([\d.]+)千)?(?:([\d.]+)百)?([\d.]*)$")


def digits_value(text: str, thousands: str, decimal: str) -> Decimal | None:
    """Return the value of digits with the given separators, or None if it is no number.

    "60.000" is read as thousands in every language: nobody writes three zero decimals.
    """
    if len(text) > _LONGEST:
        return None
    if decimal == "." and _COMMA.fullmatch(text):
        text = text.replace(",", ".")
    if decimal == "." and _ROUND.fullmatch(text):
        text = text.replace(".", "")
    for mark in thousands:
        text = text.replace(mark, "")
    text = text.replace(decimal, ".").replace(",", ".")
    return Decimal(text) if re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII) else None


def words_value(
    words: list[str], values: Mapping[str, float], parts: Mapping[str, float]
) -> Decimal | None:
    """Return the value of number words ("two hundred and fifty thousand"), or None if senseless.

    A word of *parts* divides what it opens ("three quarters" of a million); `HALF` adds half of
    the number or scale in front of it ("two ½ million", "a million ½").
    """
    total = group = last = scale = Decimal(0)
    for word in words:
        if word == HALF:
            total, group = (total, group + HALVED) if group else (total + scale * HALVED, group)
            continue
        if word in parts:
            group = max(group, Decimal(1)) * Decimal(str(parts[word]))
            continue
        known = values.get(word, values.get(word.capitalize()))
        if known is None:
            return None
        value = Decimal(str(known))
        if value >= 1000:
            total, scale = total + (group or 1) * value, value
            group = last = Decimal(0)
        elif value == 100 and 0 < group < 100:
            group *= 100
            last = value
        elif 0 < last < 20 or 0 < last <= value:
            return None
        else:
            group += value
            last = value
    return total + group


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
