"""Find the points in time a text names, before they are joined into ranges."""

from __future__ import annotations

import re

from ..numerals import kanji_number, roman_number
from .patterns import Found, Patterns, eras, patterns, year_context
from .values import (
    CENTURY_PARTS,
    DECADE_PARTS,
    MONTH_PARTS,
    SEASON_CODES,
    YEAR_PARTS,
    Point,
    Range,
    is_valid,
)

WINDOW = 48
"""How far left of a date its qualifying words may begin, in characters."""

_LAST_WORD = re.compile(r"(\w+)(?:\sof)?\W{0,2}$")
_NEXT_WORD = re.compile(r"\s([a-zа-яёäöüß]+)")
_LATIN = re.compile("[A-Za-z]")
_DIGITS_BEHIND = re.compile(r"[.,]\d|\s?\d{3}(?!\d)|-\d")


def find_points(text: str, language: str) -> list[Point | Range]:
    """Return points, and the ranges written as one ("9–20 August 1945"), in text order.

    *text* must have been narrowed (`numerals.narrow`). Points whose year is not written have
    ``year=None``.
    """
    rules = patterns(language)
    items: list[Point | Range] = []
    for found in rules.core.find(text):
        item = _read(found, text, rules)
        if item is not None:
            items.append(_with_part(item, text, rules))
    return items


def _read(found: Found, text: str, rules: Patterns) -> Point | Range | None:
    start, end = found.start, found.end
    if found.template in rules.year_first and _is_numbered(text, start):
        return None
    if found.template in rules.bare_year and not _is_year(text, start, end):
        return None
    if found.template in rules.bare_month and not _has_month_context(text, start, rules):
        return None
    item = _make(found.values, start, end, rules)
    valid = (item,) if isinstance(item, Point) else (item.left, item.right) if item else ()
    if not valid or not all(is_valid(p.year, p.month, p.day) for p in valid):
        return None
    return item


def _make(values: dict[str, str], start: int, end: int, rules: Patterns) -> Point | Range | None:
    if "dec" in values or "dec2" in values:
        decade = int(values["dec"]) if "dec" in values else 190 + int(values["dec2"])
        return Point(start, end, decade * 10, span=10)
    if "cen" in values:
        century = int(values["cen"]) if values["cen"].isdigit() else roman_number(values["cen"])
        return Point(start, end, (century - 1) * 100 + 1, span=100) if century else None
    year = _year(values)
    month = _month(values, rules)
    day = _number(values.get("d") or values.get("jd"))
    if ("jm" in values or "m" in values or "mn" in values) and month is None:
        return None
    point = Point(start, end, year, month, day)
    if "d2" in values:
        last = int(values["d2"])
        return (
            Range(start, end, point, Point(start, end, year, month, last))
            if _le(day, last)
            else None
        )
    if ("y2" in values or "yy" in values) and "ey" not in values and year is not None:
        last = int(values.get("y2") or f"{year // 100}{values['yy']}")
        return Range(start, end, point, Point(start, end, last)) if year < last else None
    return point


def _year(values: dict[str, str]) -> int | None:
    if "y" in values:
        return int(values["y"])
    if "jy" in values:
        return _number(values["jy"])
    if "ey" in values:
        number = _number(values["ey"])
        era = values.get("kanji_era") or values.get("latin_era") or ""
        first = next((v for k, v in eras().items() if re.fullmatch(k, era)), None)
        return first + number if first is not None and number is not None else None
    return None


def _month(values: dict[str, str], rules: Patterns) -> int | None:
    if "m" in values:
        return next(i for i, m in enumerate(rules.months, 1) if m.fullmatch(values["m"]))
    return _number(values.get("mn") or values.get("jm"))


def _number(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdecimal() else kanji_number(text)


def _le(first: int | None, last: int) -> bool:
    return first is not None and first < last


def _is_numbered(text: str, start: int) -> bool:
    """Whether "No.", "page", "camp" and the like stand before the number."""
    return any(year_context().not_after.scan(text[max(0, start - 24) : start]))


def _is_year(text: str, start: int, end: int) -> bool:
    """Whether a bare number of four digits is a year, by what stands around it."""
    context = year_context()
    if _DIGITS_BEHIND.match(text, end) or _LATIN.match(text, end):
        return False
    before = _LAST_WORD.search(text[max(0, start - 24) : start])
    word = before[1].lower() if before else ""
    if word in context.in_front:
        return True
    if context.not_before.match(text, end):
        return False
    behind = _NEXT_WORD.match(text, end)
    return not (word in context.counting and behind and behind[1] not in context.function_words)


def _has_month_context(text: str, start: int, rules: Patterns) -> bool:
    return bool(rules.month_context.search(text[max(0, start - 16) : start]))


def _with_part(item: Point | Range, text: str, rules: Patterns) -> Point | Range:
    """Return the item with "early", "the end of", "spring of" … drawn into it."""
    first = item if isinstance(item, Point) else item.left
    start, end = item.start, item.end
    before = text[max(0, start - WINDOW) : start]
    found = rules.part_before.search(before) if rules.part_before else None
    if found:
        start -= found[1]
    elif found := rules.part_after.match(text, end) if rules.part_after else None:
        end += found[1]
    else:
        return item
    part = found[0]
    if isinstance(item, Range):
        if part == "winter" and item.right.year == (first.year or 0) + 1:
            return Point(start, end, first.year, part=part)
        return item
    if part not in _parts_of(first):
        return item
    return Point(start, end, first.year, first.month, None, first.span, part)


def _parts_of(point: Point) -> dict[str, object]:
    """Return the parts a point of this kind can have."""
    if point.day is not None:
        return {}
    if point.month is not None:
        return dict(MONTH_PARTS)
    if point.span == 10:
        return dict(DECADE_PARTS)
    if point.span == 100:
        return dict(CENTURY_PARTS)
    return {**YEAR_PARTS, **SEASON_CODES}
