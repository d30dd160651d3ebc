"""``/``: what this is, the contested totals, and the ways in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace

from flask import Blueprint, Response, request

from maizuru.graph.questions import question

from ..ask import Row, rows, text
from ..claim_rows import figure_rows
from ..dates import told
from ..i18n import language_of, translator
from .layout import link, page, word

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
SCOPES = 3
"""Scopes of a measure on its card, those with the most figures first."""
RIVALS = 2
"""Figures of one scope from which on they are rivals."""


@dataclass(frozen=True, slots=True)
class Rivals:
    """Figures of one measure that count the same people in the same place and time."""

    population: str
    where: str
    range: str
    count: int


@dataclass(frozen=True, slots=True)
class Card:
    """A contested total: its rival figures, scope by scope."""

    title: str
    scopes: list[Rivals]
    more: int
    """Figures of other scopes."""
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
    (counts,) = rows("dataset-counts")
    ways = [
        Way(item.questions.get(language, item.title), item.description, link(f"/queries/{name}"))
        for name in WAYS
        for item in (question(name),)
    ]
    return page(
        "home.html",
        totals=cards_of(_contested(language), language),
        ways=ways,
        example=question("camps").text.partition("\n\n")[2],
        counts=SimpleNamespace(**{name: text(counts, name) for name in counts}),
    )


def _contested(language: str) -> list[Row]:
    figures = (text(row, "figure") for row in rows("contested-figures"))
    return figure_rows(figures, language, quotes=False)


def cards_of(found: list[Row], language: str) -> list[Card]:
    """Return the measures with rival figures, the most contested first."""
    by_measure: defaultdict[str, list[Row]] = defaultdict(list)
    for row in found:
        if "lower" in row or "upper" in row:
            by_measure[text(row, "measure")].append(row)
    cards = []
    for measure, members in by_measure.items():
        scopes = _scopes(members, language)
        if scopes:
            shown = scopes[:SCOPES]
            more = len(members) - sum(scope.count for scope in shown)
            href = link("/figures", measure=measure.rpartition("/")[2])
            cards.append(Card(word(measure, language), shown, more, href))
    return sorted(cards, key=lambda card: -sum(scope.count for scope in card.scopes))


def _scopes(members: list[Row], language: str) -> list[Rivals]:
    """Put together figures of the same people, territory and period: only those are rivals."""
    t = translator(language)
    by_scope: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in members:
        by_scope[text(row, "population_label"), text(row, "territory"), text(row, "period")].append(
            row
        )
    scopes = []
    for (population, territory, period), rivals in by_scope.items():
        if len(rivals) >= RIVALS:
            where = [territory or t("territory-unnamed"), told(period, t) if period else ""]
            scopes.append(
                Rivals(population, ", ".join(filter(None, where)), _range(rivals), len(rivals))
            )
    return sorted(scopes, key=lambda scope: -scope.count)


def _range(members: list[Row]) -> str:
    """Return the lowest and the highest bound that is named."""
    bounds = [
        Decimal(text(row, name)) for row in members for name in ("lower", "upper") if name in row
    ]
    low, high = f"{min(bounds):,.0f}", f"{max(bounds):,.0f}"
    return low if low == high else f"{low} – {high}"
