"""Day bounds of an EDTF date, since no query engine compares EDTF itself.

Read are ISO 8601-2 dates of level 0 and 1 (https://www.loc.gov/standards/datetime/) and of level 2
the quarters and halves of a year: ``1946``, ``1946-12-26``, ``194X``, ``1946~``, ``1946-21``,
``1945/1956``, ``../1949``, ``1949/..``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_POINT = re.compile(r"(?P<year>\d{1,4}X{0,3})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?[~?%]?")

# Seasons of the northern hemisphere, quarters and halves: first and last month.
_PARTS = {
    21: (3, 5),
    22: (6, 8),
    23: (9, 11),
    24: (12, 12),
    33: (1, 3),
    34: (4, 6),
    35: (7, 9),
    36: (10, 12),
    40: (1, 6),
    41: (7, 12),
}


def bounds(edtf: str) -> tuple[date | None, date | None]:
    """Return the first and the last day *edtf* can mean; None where it is open or unknown.

    Raises:
        ValueError: this is no EDTF date of the kinds read here.
    """
    left, slash, right = edtf.partition("/")
    if not slash:
        return _point(edtf)
    first = None if left in ("", "..") else _point(left)[0]
    last = None if right in ("", "..") else _point(right)[1]
    return first, last


def _point(text: str) -> tuple[date, date]:
    match = _POINT.fullmatch(text)
    if match is None or len(match["year"]) != 4:
        raise ValueError(f"“{text}” is not an EDTF date.")
    years = int(match["year"].replace("X", "0")), int(match["year"].replace("X", "9"))
    months, days = match["month"], match["day"]
    if months is None or months == "XX":
        return date(max(years[0], 1), 1, 1), date(years[1], 12, 31)
    first, last = _PARTS.get(int(months), (int(months), int(months)))
    if days is None or days == "XX":
        return date(years[0], first, 1), date(years[1], last, monthrange(years[1], last)[1])
    return date(years[0], first, int(days)), date(years[1], last, int(days))
