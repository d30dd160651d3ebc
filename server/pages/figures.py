"""``/figures``: rival figures side by side, as claims with their scope, and none preferred."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from flask import Blueprint, Response, request

from maizuru.graph.errors import NotFound
from maizuru.graph.namespaces import MZ, PREFIXES

from ..ask import Row, rows, text
from ..axis import Axis, Interval, draw
from ..claim_rows import by_bounds, figure_rows, quoted_rows
from ..genealogy import interval, links_of, roots, scopes_of, sums
from ..i18n import language_of
from .layout import link, page, path_of, word
from .paging import part
from .sources import source, source_names

pages = Blueprint("figures", __name__)

SHOWN, COLUMNS, LISTED = 30, 8, 20
"""Figures on a page, documents in the table of who says what, and rows of the other tables."""
MEASURES = PREFIXES["mzv"] + "measure/"


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of one population: those a reader may try to compare."""

    population: str
    figures: list[Row]
    axis: Axis
    total: int
    """Figures of the group, also those on other parts of the page."""


@pages.get("/figures")
def figures() -> Response:
    """Show the figures of one measure, and which document is silent on what."""
    language = language_of(request)
    counted = rows("measures")
    measures = {
        iri: word(iri, language) or iri.rpartition("/")[2]
        for iri in (text(row, "measure") for row in counted)
    }
    wanted = MEASURES + request.args.get("measure", "died")
    members = [text(row, "figure") for row in rows("figures-of-measure", measure=wanted)]
    told = figure_rows(members, language, quotes=False)
    scopes = scopes_of(told)
    found = [row for row in told if text(row, "measure") == wanted]
    if not found and "measure" in request.args:
        raise NotFound(f"No document gives a figure for “{request.args['measure']}”.")
    shown = part(_ordered(found), SHOWN)
    return page(
        "figures.html",
        shown=shown,
        source=source,
        measure=wanted,
        measures=_by_label(measures),
        label=measures.get(wanted, ""),
        groups=_groups(quoted_rows(shown.items), Counter(map(_population, found))),
        rivals=_rivals(shown.items),
        sums=part(sums(scopes, links_of(rows("figure-sums", measure=wanted))), LISTED, "sum"),
        roots=part(
            roots({i: s for i, s in scopes.items() if s.measure == wanted}, _works(wanted)),
            LISTED,
            "root",
        ),
        matrix=_matrix(counted),
        documents=part(sorted(source_names(), key=_named), COLUMNS, "column"),
        text=text,
        path_of=path_of,
        interval=interval,
        short=lambda iri: iri.rpartition("/")[2],
        link_measure=lambda iri: link("/figures", measure=iri.removeprefix(MEASURES)),
        stance=lambda row: text(row, "stance").rpartition("#")[2],
    )


def _rivals(shown: Sequence[Row]) -> dict[tuple[str, str], int]:
    """Return with how many others each figure compares, agrees and disagrees."""
    figures = " ".join(sorted({text(row, "figure") for row in shown}))
    found = rows("figure-rivals", figures=figures) if figures else []
    return {
        (text(row, "figure"), text(row, "link").removeprefix(MZ)): int(text(row, "others"))
        for row in found
    }


def _works(measure: str) -> list[Row]:
    return rows("figure-roots", measure=measure)


def _by_label(measures: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(measures.items(), key=lambda item: item[1].casefold())


def _named(document: str) -> str:
    return source_names()[document].casefold()


def _population(row: Row) -> str:
    return text(row, "population_label") or text(row, "population")


def _ordered(found: list[Row]) -> list[Row]:
    """Order figures by the population they count, that with the most figures first."""
    counts = Counter(map(_population, found))

    def rank(row: Row) -> tuple[int, str, tuple[Decimal, Decimal, str]]:
        return -counts[_population(row)], _population(row), by_bounds(row)

    return sorted(found, key=rank)


def _groups(shown: Sequence[Row], totals: Counter[str]) -> list[Group]:
    """Group ordered figures by the population they count."""
    groups = []
    for name, members in groupby(shown, _population):
        figures = list(members)
        groups.append(Group(name, figures, draw([_drawn(row) for row in figures]), totals[name]))
    return groups


def _drawn(row: Row) -> Interval:
    lower, upper = text(row, "lower"), text(row, "upper")
    who = text(row, "authority_label") or source(text(row, "document")).label
    return Interval(
        float(lower) if lower else None,
        float(upper) if upper else None,
        f"{interval(row)} · {who}",
        path_of(text(row, "figure")),
    )


def _matrix(counted: list[Row]) -> dict[str, dict[str, int]]:
    """Return how many figures each document has of each measure."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in counted:
        found[text(row, "measure")][text(row, "document")] = int(text(row, "figures"))
    return dict(found)
