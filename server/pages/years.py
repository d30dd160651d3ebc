"""``/repatriation``: who was released or brought home in each year, as bars and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from flask import Blueprint, Response, request

from maizuru.graph.questions import question

from ..ask import Row, answer_rows, text
from ..claim_rows import figure_rows
from ..genealogy import interval
from ..i18n import language_of
from .layout import page, path_of
from .paging import part
from .sources import source, source_names

pages = Blueprint("years", __name__)

WIDTH, HEIGHT, FOOT, LEFT = 720.0, 260.0, 24.0, 64.0


@dataclass(frozen=True, slots=True)
class Column:
    """One figure as a bar; a range has a paler top from its lower to its upper bound."""

    x: float
    y: float
    width: float
    height: float
    top: float
    """Height of the paler part."""
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A year below the bars, or a value beside them."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The picture."""

    columns: tuple[Column, ...]
    years: tuple[Mark, ...]
    values: tuple[Mark, ...]


@pages.get("/repatriation")
def repatriation() -> Response:
    """Show the figures of release and repatriation that speak of one year."""
    found = answer_rows(question("released-per-year").query())
    shown = part(_merged(found), SHOWN)
    titles, scopes = source_names(), _scopes([row for group in shown.items for row in group])
    return page(
        "repatriation.html",
        shown=shown,
        bars=_bars(found, titles),
        scopes=scopes,
        source=source,
        text=text,
        path_of=path_of,
        interval=interval,
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        foot=FOOT,
    )


SHOWN = 80
"""Rows of the table on a page."""


def _scopes(found: list[Row]) -> dict[str, Row]:
    """Return whom and where each figure counts: figures of one year may count different people."""
    wanted = {text(row, "figure") for row in found}
    told = figure_rows(wanted, language_of(request), quotes=False)
    return {text(row, "figure"): row for row in told}


def _merged(found: list[Row]) -> list[list[Row]]:
    """Put together figures that are told alike in the same words."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in found:
        names = ("year", "lower", "upper", "note", "quote")
        groups.setdefault(tuple(text(row, name) for name in names), []).append(row)
    return list(groups.values())


def _bars(found: list[Row], titles: dict[str, str]) -> Bars:
    by_year = {
        int(year): list(members) for year, members in groupby(found, lambda row: text(row, "year"))
    }
    if not by_year:
        return Bars((), (), ())
    span = range(min(by_year), max(by_year) + 1)
    most = max(max(_ends(row)) for row in found) or 1.0
    slot = (WIDTH - LEFT) / len(span)
    columns, years = [], []
    for place, year in enumerate(span):
        start = LEFT + place * slot
        years.append(Mark(round(start + slot / 2, 1), str(year)))
        members = by_year.get(year, [])
        wide = min(18.0, slot * 0.85 / max(1, len(members)))
        first = start + (slot - wide * len(members)) / 2
        for number, row in enumerate(members):
            columns.append(_column(row, titles, first + number * wide, wide, most))
    values = tuple(
        Mark(_height(most * share, most), f"{most * share:,.0f}") for share in (0.0, 0.5, 1.0)
    )
    return Bars(tuple(columns), tuple(years), values)


def _ends(row: Row) -> tuple[float, float]:
    """Return the bounds; an open end is drawn at the bound that is known."""
    lower, upper = text(row, "lower"), text(row, "upper")
    low = float(Decimal(lower or upper or "0"))
    return low, float(Decimal(upper or lower or "0"))


def _height(value: float, most: float) -> float:
    return round(HEIGHT - FOOT - value / most * (HEIGHT - FOOT - 12), 1)


def _column(row: Row, titles: dict[str, str], x: float, wide: float, most: float) -> Column:
    low, high = _ends(row)
    solid, top = _height(low, most), _height(high, most)
    title = titles.get(text(row, "document"), "")
    return Column(
        x=round(x, 1),
        y=top,
        width=round(max(wide - 1.5, 1.0), 1),
        height=round(HEIGHT - FOOT - solid, 1),
        top=round(solid - top, 1),
        label=f"{text(row, 'year')}: {interval(row)} · {title}",
        href=path_of(text(row, "figure")),
    )
