"""EDTF dates as people write them, in the languages of the interface."""

from __future__ import annotations

import re
from collections.abc import Callable

_POINT = re.compile(
    r"(?P<year>\d{1,4}X{0,3})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?P<doubt>[~?%]?)"
)

Translate = Callable[..., str]


def told(edtf: str, t: Translate) -> str:
    """Return an EDTF date in words; what is no such date is returned as it is.

    ``1945-08-23`` becomes *23 August 1945*, ``../1949`` *until 1949*, ``194X`` *1940s*.
    """
    left, slash, right = edtf.partition("/")
    first = _point(left, t) if left not in ("", "..") else ""
    last = _point(right, t) if right not in ("", "..") else ""
    if first is None or last is None or not (first or last):
        return edtf
    if not slash:
        return first
    if not first:
        return t("date-until", date=last)
    return t("date-range", first=first, last=last) if last else t("date-from", date=first)


def _point(text: str, t: Translate) -> str | None:
    """Return one end of a date in words, or None if it is not written as EDTF."""
    match = _POINT.fullmatch(text)
    if match is None or len(match["year"]) != 4:
        return None
    words = _day(match, t)
    if words is None or not match["doubt"]:
        return words
    return t("date-perhaps" if match["doubt"] == "?" else "date-about", date=words)


def _day(match: re.Match[str], t: Translate) -> str | None:
    year, month, day = match["year"], match["month"], match["day"]
    told = _year(year, t)
    if month in (None, "XX"):
        return told
    if 21 <= int(month) <= 24:
        return t("date-season", season=t(f"season-{month}"), year=year)
    if not 1 <= int(month) <= 12:
        return None
    if day in (None, "XX"):
        return t("date-month", month=t(f"month-{month}"), year=year)
    return t("date-day", day=int(day), month=t(f"of-month-{month}"), year=year)


def _year(year: str, t: Translate) -> str:
    if year.endswith("XX"):
        return t("date-century", year=year.replace("X", "0"))
    return (
        t("date-decade", year=year.replace("X", "0")) if "X" in year else t("date-year", year=year)
    )
