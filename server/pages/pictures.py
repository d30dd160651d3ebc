"""``/map``, ``/timeline`` and ``/network``: pictures, each with its table, its query and CSV."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, request

from maizuru.graph.questions import question

from ..ask import Row, answer_rows, label_of, text
from ..i18n import language_of
from ..names import renamed
from ..projection import HEIGHT, WIDTH, inside, land_svg, project
from .layout import bundled, link, page, path_of
from .paging import part
from .sources import source

pages = Blueprint("pictures", __name__)

LINES, LINKS, SPOTS = 80, 150, 250
"""Lines of the timeline, links of the network and places of the map on a page."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A camp or place as the map shows it."""

    label: str
    href: str
    kind: str
    certainty: str
    latitude: str
    longitude: str
    mentions: int
    x: float
    y: float
    radius: float
    drawn: bool


@pages.get("/map")
def show_map() -> Response:
    """Show the camps and places on a map, the certainty of each in its symbol."""
    found = part(answer_rows(question("places-on-the-map").query()), SPOTS)
    named = renamed(found.items, ("place",), language_of(request))
    return page(
        "map.html",
        spots=found.showing([_spot(row) for row in named]),
        width=WIDTH,
        height=HEIGHT,
        sparql=question("places-on-the-map").text,
        enhanced=bundled("map.js"),
    )


@pages.get("/map/land.svg")
def land() -> Response:
    """Give the background of the map."""
    response = Response(land_svg(), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the timeline: how many dated statements, and their bar in a picture."""

    year: int
    count: int
    x: float
    y: float
    height: float


LINE_WIDTH, LINE_HEIGHT, LINE_FOOT = 1000.0, 160.0, 22.0
_YEAR = re.compile(r"[12]\d{3}")


def _years(told: list[Row]) -> list[Year]:
    """Return every year of statements from the first to the last, and the bar of each."""
    begun = (_YEAR.search(text(row, "date")) for row in told)
    counts = Counter(int(year[0]) for year in begun if year and int(year[0]) >= EARLIEST)
    if not counts:
        return []
    first, last, most = min(counts), max(counts), max(counts.values())
    step = LINE_WIDTH / (last - first + 1)
    tall = LINE_HEIGHT - LINE_FOOT - 10
    years = []
    for year in range(first, last + 1):
        height = round(counts[year] / most * tall, 1)
        top = round(LINE_HEIGHT - LINE_FOOT - height, 1)
        years.append(Year(year, counts[year], round((year - first) * step, 1), top, height))
    return years


EARLIEST = 1900
"""First year the picture of the timeline shows; the list below it shows all."""


def _when(row: Row) -> tuple[str, str]:
    """Order by the first year that is named: a date may begin with an open end."""
    date = text(row, "date")
    year = _YEAR.search(date)
    return (date[year.start() :] if year else date, date)


@pages.get("/timeline")
def timeline() -> Response:
    """Show dated statements in order of time."""
    told = _merged(sorted(answer_rows(question("timeline").query()), key=_when))
    years = _years([group[0] for group in told])
    shown = part(told, LINES)
    first = [group[0] for group in shown.items]
    return page(
        "timeline.html",
        named=renamed(first, ("subject",), language_of(request)),
        shown=shown,
        places=_places(told),
        years=years,
        first_of=_first_of(shown.items),
        bar=round(LINE_WIDTH / max(1, len(years)) * 0.8, 1),
        line_width=LINE_WIDTH,
        line_height=LINE_HEIGHT,
        line_foot=LINE_FOOT,
        sparql=question("timeline").text,
        text=text,
        label_of=label_of,
        path_of=path_of,
        source=source,
        stance=lambda row: text(row, "stance").rpartition("#")[2],
    )


def _merged(told: list[Row]) -> list[list[Row]]:
    """Put together what several documents say alike, in the order given."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in told:
        names = ("date", "subject", "property", "value", "stance")
        groups.setdefault(tuple(text(row, name) for name in names), []).append(row)
    return list(groups.values())


def _places(told: list[list[Row]]) -> dict[int, str]:
    """Return the address of each year: the part of the list that holds its first line."""
    places: dict[int, str] = {}
    for number, group in enumerate(told):
        if year := _YEAR.search(text(group[0], "date")):
            start = number // LINES * LINES
            asked = {"from": str(start)} if start else {}
            places.setdefault(int(year[0]), f"{link('/timeline', **asked)}#y{year[0]}")
    return places


def _first_of(shown: Sequence[list[Row]]) -> dict[int, int]:
    """Return which line is the first of its year, by its place in the list."""
    places: dict[int, int] = {}
    for place, group in enumerate(shown):
        if year := _YEAR.search(text(group[0], "date")):
            places.setdefault(int(year[0]), place)
    return {place: year for year, place in places.items()}


@pages.get("/network")
def network() -> Response:
    """Show the links between people, works, organisations and camps: the table first."""
    links = part(answer_rows(question("links").query()), LINKS)
    named = renamed(links.items, ("from", "to"), language_of(request))
    return page(
        "network.html",
        links=links.showing(named),
        sparql=question("links").text,
        text=text,
        path_of=path_of,
        enhanced=bundled("network.js"),
        kind=lambda row, name: text(row, f"{name}_class").rpartition("#")[2],
    )


def _spot(row: Row) -> Spot:
    latitude, longitude = text(row, "lat"), text(row, "long")
    x, y = project(float(longitude), float(latitude))
    mentions = int(text(row, "mentions"))
    return Spot(
        label=text(row, "place_label"),
        href=path_of(text(row, "place")),
        kind=text(row, "class").rpartition("#")[2],
        certainty=text(row, "certainty").rpartition("/")[2] or "uncertain",
        latitude=latitude,
        longitude=longitude,
        mentions=mentions,
        x=x,
        y=y,
        radius=round(4 + min(8.0, mentions**0.5), 1),
        drawn=inside(float(longitude), float(latitude)),
    )
