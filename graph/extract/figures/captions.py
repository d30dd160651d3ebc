"""What stands over a table and holds for all of it: whose numbers they are, of which day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ...language.dates import find_dates
from ...model import DateValue, Document, EntityKind, Mention
from .views import Named
from .words import expression, words_of

STOCKS = frozenset({"interned", "remaining", "registered", "personnel", "camps", "missing"})
"""Measures of what there is on a day; the others are of what happens in a year."""

_SOURCES = frozenset({EntityKind.ORGANISATION, EntityKind.PERSON, EntityKind.WORK})
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Captions:
    """The expressions of ``rules/figures.toml`` about what stands over a table."""

    day: re.Pattern[str]
    as_of: re.Pattern[str]
    source_before: re.Pattern[str]
    source_behind: re.Pattern[str]


@cache
def captions(language: str) -> Captions:
    """Return the expressions of *language*."""
    own = words_of(language)
    names = ("caption_day", "caption_as_of", "caption_source", "caption_source_behind")
    return Captions(*(expression(own.get(name, "(?!)")) for name in names))


def source_of(text: str, names: Sequence[Named], language: str) -> Mention | None:
    """Return whom a caption names as the source of its numbers; *names* lie in *text*."""
    words = captions(language)
    for name in names:
        if name.mention.kind not in _SOURCES:
            continue
        if words.source_before.search(text[: name.start]):
            return name.mention
        if words.source_behind.match(text[name.end :]):
            return name.mention
    return None


def names_a_day(text: str, language: str) -> bool:
    """Whether a header or caption names a day that recurs each year: "on 1 January"."""
    return bool(captions(language).day.search(text))


def as_of(texts: Sequence[str], language: str) -> DateValue | None:
    """Return the day or year of which one of *texts* says that its numbers are: "as of 1948"."""
    lead = captions(language).as_of
    for text in texts:
        dates = find_dates(text, language) if lead.search(text) else ()
        if len(dates) == 1 and lead.search(text, 0, dates[0].start + 1):
            return dates[0]
    return None


def issued_year(document: Document) -> DateValue | None:
    """Return the year in which a document says that it was issued."""
    year = _YEAR.search(document.metadata.get("issued", ""))
    dates = find_dates(year[0], "en") if year else ()
    return dates[0] if len(dates) == 1 else None


def on_its_day(
    texts: Sequence[str], measure: str, period: DateValue | None, language: str
) -> DateValue | None:
    """Return the day of the year that one of *texts* names, if *period* is only a year.

    Only what there is can be counted on a day; what happened, happened in the year.
    """
    if period is None or measure not in STOCKS or not _YEAR.fullmatch(period.edtf):
        return period
    days = (captions(language).day.search(text) for text in texts)
    day = next((found[1] for found in days if found), "")
    written = f"{period.edtf}年{day}" if language == "ja" else f"{day} {period.edtf}"
    dates = find_dates(written, language) if day else ()
    if len(dates) != 1 or dates[0].earliest != dates[0].latest:
        return period
    return replace(dates[0], start=period.start, end=period.end, text=period.text)
