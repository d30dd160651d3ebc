"""``/figures``: rival figures side by side, as claims with their scope, and none preferred."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from flask import Blueprint, Response, request

from maizuru.graph.errors import NotFound
from maizuru.graph.namespaces import PREFIXES

from ..ask import Row, label_of, rows, text
from ..axis import Axis, Interval, draw
from ..genealogy import interval, links_of, roots, scope_of, sums
from ..i18n import language_of
from .layout import link, page, path_of

pages = Blueprint("figures", __name__)

MEASURES = PREFIXES["mzv"] + "measure/"


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of one population: those a reader may try to compare."""

    population: str
    figures: list[Row]
    axis: Axis


@pages.get("/figures")
def figures() -> Response:
    """Show the figures of one measure, and which document is silent on what."""
    language = language_of(request)
    counted = rows("measures", language=language)
    measures = {text(row, "measure"): label_of(row, "measure").label for row in counted}
    wanted = MEASURES + request.args.get("measure", "died")
    found = rows("figures", measure=wanted)
    scopes = {scope.iri: scope for scope in map(scope_of, rows("figure-scopes", measure=wanted))}
    links = links_of(rows("figure-links", measure=wanted))
    if not found and "measure" in request.args:
        raise NotFound(f"No document gives a figure for “{request.args['measure']}”.")
    return page(
        "figures.html",
        measure=wanted,
        measures=_by_label(measures),
        label=measures.get(wanted, ""),
        groups=_groups(found),
        links=links,
        sums=sums(scopes, links),
        roots=roots({i: s for i, s in scopes.items() if s.measure == wanted}, _works(wanted)),
        matrix=_matrix(counted),
        documents=document_titles(),
        text=text,
        path_of=path_of,
        interval=interval,
        short=lambda iri: iri.rpartition("/")[2],
        link_measure=lambda iri: link("/figures", measure=iri.removeprefix(MEASURES)),
        stance=lambda row: text(row, "stance").rpartition("#")[2],
    )


def _works(measure: str) -> list[Row]:
    return rows("figure-roots", measure=measure)


def document_titles() -> dict[str, str]:
    """Return the titles of the documents by IRI."""
    found = rows("document-titles")
    return {text(row, "document"): text(row, "document_label") for row in found}


def _by_label(measures: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(measures.items(), key=lambda item: item[1].casefold())


def _groups(found: list[Row]) -> list[Group]:
    """Group figures by the population they count, the largest group first."""
    by_population: defaultdict[str, list[Row]] = defaultdict(list)
    for row in found:
        name = text(row, "population_entity_label") or text(row, "population")
        by_population[name].append(row)
    ordered = sorted(by_population.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Group(name, found, draw([_drawn(row) for row in found])) for name, found in ordered]


def _drawn(row: Row) -> Interval:
    lower, upper = text(row, "lower"), text(row, "upper")
    who = text(row, "authority_label") or text(row, "document_label")
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
