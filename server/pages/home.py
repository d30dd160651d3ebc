"""``/``: what this is, the contested totals, and the ways in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace

from flask import Blueprint, Response, request

from maizuru.graph.questions import question

from ..ask import rows, text
from ..i18n import language_of
from .layout import link, page

pages = Blueprint("home", __name__)

WAYS = (
    "death-toll-estimates",
    "released-per-year",
    "people-held",
    "camps",
    "fiction-and-makers",
    "who-says-what",
)
"""Questions that stand on the home page."""


@dataclass(frozen=True, slots=True)
class Card:
    """A contested total: how far apart the figures of one measure are."""

    title: str
    range: str
    told: str
    href: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way in."""

    title: str
    told: str
    href: str


@pages.get("/")
def home() -> Response:
    """Show the home page."""
    language = language_of(request)
    totals = [
        Card(
            text(row, "measure_label"),
            _range(text(row, "lowest"), text(row, "highest")),
            text(row, "figures"),
            link("/figures", measure=text(row, "measure").rpartition("/")[2]),
        )
        for row in rows("contested-totals", language=language)
    ]
    (counts,) = rows("dataset-counts")
    ways = [
        Way(item.questions.get(language, item.title), item.description, link(f"/queries/{name}"))
        for name in WAYS
        for item in (question(name),)
    ]
    return page(
        "home.html",
        totals=totals,
        ways=ways,
        example=question("death-toll-estimates").text,
        counts=SimpleNamespace(**{name: text(counts, name) for name in counts}),
    )


def _range(lowest: str, highest: str) -> str:
    low, high = (f"{Decimal(value):,.0f}" for value in (lowest, highest))
    return low if low == high else f"{low} – {high}"
