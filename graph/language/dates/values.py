"""Points in time as a text gives them, and their EDTF form (ISO 8601-2, level 1).

A *point* is a day, month, season, year, decade or century, or a part of one ("late 1946").
EDTF has no part of a year, so it becomes an interval of months; a decade is ``194X``; a century
counts from its year 1, so the twentieth is ``1901/2000``.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

SEASON_CODES = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
SEASON_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}

YEAR_PARTS = {
    "beginning": (1, 3),
    "early": (1, 4),
    "middle": (5, 8),
    "late": (9, 12),
    "end": (10, 12),
    "close": (12, 12),
    "first-half": (1, 6),
    "second-half": (7, 12),
    "first-quarter": (1, 3),
    "second-quarter": (4, 6),
    "third-quarter": (7, 9),
    "last-quarter": (10, 12),
}
MONTH_PARTS = {
    "beginning": (1, 10),
    "early": (1, 10),
    "middle": (11, 20),
    "late": (21, 31),
    "end": (21, 31),
    "close": (21, 31),
    "first-half": (1, 15),
    "second-half": (16, 31),
}
DECADE_PARTS = {
    "beginning": (0, 2),
    "early": (0, 3),
    "middle": (4, 6),
    "late": (7, 9),
    "end": (7, 9),
    "close": (9, 9),
    "first-half": (0, 4),
    "second-half": (5, 9),
}
CENTURY_PARTS = {
    "beginning": (0, 9),
    "early": (0, 29),
    "middle": (39, 59),
    "late": (69, 99),
    "end": (89, 99),
    "close": (99, 99),
    "first-half": (0, 49),
    "second-half": (50, 99),
    "first-quarter": (0, 24),
    "second-quarter": (25, 49),
    "third-quarter": (50, 74),
    "last-quarter": (75, 99),
}


@dataclass(frozen=True, slots=True)
class Point:
    """A day, month, season, year, decade or century, with its place in the text.

    *year* is None for a day or month whose year the text leaves out; *span* is 1, 10 or 100 years.
    """

    start: int
    end: int
    year: int | None
    month: int | None = None
    day: int | None = None
    span: int = 1
    part: str = ""
    qualifier: str = ""
    """``~`` approximate, ``?`` uncertain, or empty (EDTF)."""
    relative: bool = False
    """True when another date was needed to work it out."""

    @property
    def whole(self) -> bool:
        """Whether the year is known."""
        return self.year is not None

    def edges(self) -> tuple[str, str]:
        """Return the EDTF of the first and the last unit; equal when one unit says it all."""
        year = self.year or 0
        if self.day is not None:
            return _same(f"{year:04d}-{self.month:02d}-{self.day:02d}")
        if self.month is not None:
            if self.part in MONTH_PARTS:
                first, last = self.bounds()
                return first.isoformat(), last.isoformat()
            return _same(f"{year:04d}-{self.month:02d}")
        if self.span > 1:
            first, last = self.bounds()
            return f"{first.year:04d}", f"{last.year:04d}"
        if self.part:
            first, last = self.bounds()
            return f"{first.year:04d}-{first.month:02d}", f"{last.year:04d}-{last.month:02d}"
        return _same(f"{year:04d}")

    def edtf(self) -> str:
        """Return the point alone as EDTF."""
        if self.span == 10 and not self.part:
            return f"{(self.year or 0) // 10:03d}X{self.qualifier}"
        if self.part in SEASON_CODES and self.span == 1 and self.month is None:
            return f"{self.year or 0:04d}-{SEASON_CODES[self.part]}{self.qualifier}"
        left, right = self.edges()
        if left == right:
            return left + self.qualifier
        return f"{left}{self.qualifier}/{right}{self.qualifier}"

    def bounds(self) -> tuple[date, date]:
        """Return the first and the last day."""
        year = self.year or 1
        if self.month is not None:
            return self._month_bounds(year, self.month)
        if self.span > 1:
            table = DECADE_PARTS if self.span == 10 else CENTURY_PARTS
            first, last = table.get(self.part, (0, self.span - 1))
            return date(year + first, 1, 1), date(year + last, 12, 31)
        if self.part in SEASON_MONTHS:
            month = SEASON_MONTHS[self.part]
            last_year, last_month = (year + 1, 2) if self.part == "winter" else (year, month + 2)
            return date(year, month, 1), _month_end(last_year, last_month)
        first, last = YEAR_PARTS.get(self.part, (1, 12))
        return date(year, first, 1), _month_end(year, last)

    def _month_bounds(self, year: int, month: int) -> tuple[date, date]:
        if self.day is not None:
            return date(year, month, self.day), date(year, month, self.day)
        end = _month_end(year, month)
        first, last = MONTH_PARTS.get(self.part, (1, 31))
        return date(year, month, first), date(year, month, min(last, end.day))


@dataclass(frozen=True, slots=True)
class Range:
    """Two points with "from … to …" or a dash between them."""

    start: int
    end: int
    left: Point
    right: Point


def is_valid(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether the calendar has such a day; without a year any leap day will do."""
    if year is not None and not 1 <= year <= 9998:
        return False
    if month is not None and not 1 <= month <= 12:
        return False
    if day is None:
        return True
    return month is not None and 1 <= day <= calendar.monthrange(year or 2000, month)[1]


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _same(text: str) -> tuple[str, str]:
    return text, text
