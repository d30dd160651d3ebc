"""``/map``, ``/timeline`` and ``/network``: pictures, each with its table, its query and CSV."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response

from maizuru.graph.questions import question

from ..ask import Row, answer_rows, label_of, text
from ..projection import HEIGHT, WIDTH, inside, land_svg, project
from .layout import bundled, page, path_of

pages = Blueprint("pictures", __name__)


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
    spots = [_spot(row) for row in answer_rows(question("places-on-the-map").query())]
    return page(
        "map.html",
        spots=spots,
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


@pages.get("/timeline")
def timeline() -> Response:
    """Show dated statements in order of time."""
    return page(
        "timeline.html",
        told=answer_rows(question("timeline").query()),
        sparql=question("timeline").text,
        text=text,
        label_of=label_of,
        path_of=path_of,
        stance=lambda row: text(row, "stance").rpartition("#")[2],
    )


@pages.get("/network")
def network() -> Response:
    """Show the links between people, works, organisations and camps: the table first."""
    return page(
        "network.html",
        links=answer_rows(question("links").query()),
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
