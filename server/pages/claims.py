"""``/page/figure/…`` and ``/page/statement/…``: one claim, whose it is, and what it rests on."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from flask import Blueprint, Response, request

from maizuru.graph.errors import NotFound
from maizuru.graph.namespaces import MZ, PREFIXES

from ..ask import Named, Row, label_of, rows, services, text
from ..claim_rows import figure_rows
from ..genealogy import Links, Scope, Verdict, interval, links_of, roots, scopes_of, sums, verdict
from ..i18n import language_of
from ..names import renamed
from .layout import page, path_of, word
from .paging import part
from .sources import source

pages = Blueprint("claims", __name__)

RDF = PREFIXES["rdf"]
VERDICTS = 60
"""Figures on a page that may not be compared with one."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a figure is compared with: those it may be, and those it may not, with the reason."""

    may: list[Verdict]
    may_not: list[Verdict]


@pages.get("/page/figure/<path:key>")
def figure(key: str) -> Response:
    """Show a figure: what it counts, who says so, on what it rests, and what it compares with."""
    iri, values = _claim(f"figure/{key}")
    measure = _one(values, MZ + "measure")
    members = [text(row, "figure") for row in rows("figures-of-measure", measure=measure.iri)]
    scopes = scopes_of(figure_rows(members, language_of(request), quotes=False))
    links = links_of(rows("figure-links", figure=iri))
    added = sums(scopes, links_of(rows("figure-sums", measure=measure.iri)))
    own = scopes[iri]
    works = rows("figure-roots", measure=measure.iri)
    verdicts = _comparison(own, scopes, links)
    asked = request.args.get("with", "").strip()[:40]
    return page(
        "figure.html",
        **_shared(iri, f"figure/{key}", values),
        own=own,
        measure=measure,
        verdicts=verdicts,
        may_not=part(verdicts.may_not, VERDICTS),
        asked=asked,
        answered=_with_value(own, asked, links),
        roots=[root for root in roots(scopes, works) if own in root.figures],
        independent=next(
            (text(row, "value") for row in values.get(MZ + "independentRoots", ())), ""
        ),
        sums=[each for each in added if own == each.total or own in each.parts],
        sum_measure=lambda scope: word(scope.measure, language_of(request)),
        approximate=[text(row, "value") for row in values.get(MZ + "approximate", [])] == ["true"],
    )


@pages.get("/page/statement/<path:key>")
def statement(key: str) -> Response:
    """Show a statement: its subject, predicate and object, and whose words it rests on."""
    iri, values = _claim(f"statement/{key}")
    language = language_of(request)
    subject, predicate, object_ = (
        _one(values, RDF + name) for name in ("subject", "predicate", "object")
    )
    return page(
        "statement.html",
        **_shared(iri, f"statement/{key}", values),
        subject=subject,
        predicate=Named(predicate.iri, word(predicate.iri, language) or predicate.label),
        object=Named(object_.iri, word(object_.iri, language) or object_.label),
        object_term=str(values[RDF + "object"][0]["value"]),
        qualifiers=_qualifiers(values, language),
    )


NOT_QUALIFIERS = {
    MZ + name
    for name in (
        "statedIn",
        "statedInDocument",
        "stance",
        "authority",
        "citesReference",
        "extractedBy",
        "confidence",
        "restsOnWork",
        "independentRoots",
        "sharesRootWith",
    )
}


def _claim(key: str) -> tuple[str, dict[str, list[Row]]]:
    """Return a claim's IRI and its values by property.

    Raises:
        NotFound: the graph holds no such claim.
    """
    iri = f"{services().settings.base}id/{key}"
    values: defaultdict[str, list[Row]] = defaultdict(list)
    for row in renamed(rows("claim", claim=iri), ("value",), language_of(request)):
        values[text(row, "property")].append(row)
    if MZ + "stance" not in values:
        raise NotFound(f"There is no claim by the name “{key}” here.")
    return iri, values


def _shared(iri: str, key: str, values: dict[str, list[Row]]) -> dict[str, object]:
    """Return what the pages of statements and figures have in common."""
    works = [label_of(row, "value") for row in values.get(MZ + "restsOnWork", [])]
    references = [
        (label_of(row, "value"), text(row, "work_iri"))
        for row in values.get(MZ + "citesReference", [])
    ]
    authority = [label_of(row, "value") for row in values.get(MZ + "authority", [])]
    return {
        "iri": iri,
        "key": key,
        "stance": _one(values, MZ + "stance").iri.rpartition("#")[2],
        "authority": authority,
        "references": references,
        "works": works,
        "rule": [text(row, "value") for row in values.get(MZ + "extractedBy", [])],
        "confidence": [text(row, "value") for row in values.get(MZ + "confidence", [])],
        "method": [text(row, "value") for row in values.get(MZ + "method", [])],
        "passages": rows("claim-passages", claim=iri),
        "text": text,
        "path_of": path_of,
        "interval": interval,
        "source": source,
    }


def _one(values: dict[str, list[Row]], name: str) -> Named:
    return label_of(values[name][0], "value")


def _qualifiers(values: dict[str, list[Row]], language: str) -> list[tuple[Named, list[Named]]]:
    """Return what limits a statement: its date, place and role, as the model names them."""
    return [
        (Named(name, word(name, language)), [label_of(row, "value") for row in found])
        for name, found in values.items()
        if name.startswith(MZ) and name not in NOT_QUALIFIERS
    ]


def _with_value(own: Scope, asked: str, links: Links) -> list[Verdict]:
    """Judge the figures of a value that the reader names, of any measure, against *own*."""
    digits = re.sub(r"\D", "", asked)
    if not digits:
        return []
    found = [text(row, "figure") for row in rows("figures-of-value", value=digits)]
    others = scopes_of(figure_rows(found, language_of(request), quotes=False))
    return [verdict(own, other, links) for other in others.values() if other.iri != own.iri]


def _comparison(own: Scope, scopes: dict[str, Scope], links: Links) -> Comparison:
    """Judge every other figure of the measure against *own*."""
    judged = [
        verdict(own, other, links)
        for other in scopes.values()
        if other.iri != own.iri and other.measure == own.measure
    ]
    order = {"agrees": 0, "disagrees": 1, "comparable": 2, "contains": 3, "contained": 4}
    may = [each for each in judged if each.kind in ("agrees", "disagrees", "comparable")]
    may_not = [each for each in judged if each not in may]
    may.sort(key=lambda each: order[each.kind])
    return Comparison(may, sorted(may_not, key=lambda each: len(each.reasons)))
