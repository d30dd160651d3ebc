"""Dates and periods in English, Russian, Japanese and German text, as EDTF with day bounds.

    find_points   what the text writes: days, months, seasons, years, decades, centuries, and parts
    join          "from … to …", "1945–56": two points to a range
    resolve       what needs another date: "August 9", "the following year", "two months later"
    value         "by", "since", "until", "around": open ends and approximation; EDTF and bounds

The words of each language are in ``rules/dates.toml``. EDTF level 1 (ISO 8601-2) is written and
nothing beyond it; every value is one that a level 1 reader accepts.
"""

from __future__ import annotations

import re

from ...model import DateValue
from ..numerals import narrow
from .points import find_points
from .ranges import join, value
from .relative import resolve
from .values import Point

_LAST_UNIT = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?[~?]?(?:/\.\.)?$")


def find_dates(text: str, language: str, anchor: DateValue | None = None) -> list[DateValue]:
    """Return the dates of *text* in order; offsets are code points into it.

    *language* is ``en``, ``ru``, ``ja`` or ``de``; another is read as English. *anchor* is the
    last date of the sentence before, from which relative dates may count. Dates that stay
    relative ("August 9" with no year near) are left out. Never raises on any text.
    """
    plain = narrow(text)
    items = join(find_points(plain, language), plain, language)
    if not items and anchor is None:
        return []
    resolved = resolve(items, plain, language, _point(anchor))
    return [value(item, text, plain, language) for item in resolved]


def _point(anchor: DateValue | None) -> Point | None:
    """Return the last unit a date names, as a place to count from."""
    match = _LAST_UNIT.search(anchor.edtf) if anchor else None
    if match is None:
        return None
    month = int(match[2]) if match[2] and int(match[2]) <= 12 else None
    return Point(0, 0, int(match[1]), month, int(match[3]) if match[3] and month else None)
