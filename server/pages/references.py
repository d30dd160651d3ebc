"""The page of a reference: what it backs, how often, and where."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Response, request

from maizuru.graph.namespaces import MZ, PREFIXES

from ..ask import Named, Row, label_of, rows, text
from ..claim_rows import figure_rows, statement_rows
from ..i18n import language_of
from ..names import renamed
from .layout import page, path_of, word
from .linked_data import ENDINGS
from .paging import part
from .sources import source, source_names

SHOWN = 60
"""Claims on a page."""
HIDDEN = {MZ + "statedIn", MZ + "statedInDocument", MZ + "citedWork"}
"""Properties the page tells in another place."""


@dataclass(slots=True)
class Backed:
    """Words in a document, and the claims that rest on them and on the reference."""

    quote: str
    passage: str
    document: Named
    claims: list[Row] = field(default_factory=list)


def show_reference(iri: str, key: str, name: str) -> Response:
    """Show a reference."""
    language = language_of(request)
    values: dict[str, list[Row]] = {}
    for row in renamed(rows("claim", claim=iri), ("value",), language):
        values.setdefault(text(row, "property"), []).append(row)
    citation = _first(values, f"{PREFIXES['dcterms']}bibliographicCitation")
    work = values.get(f"{MZ}citedWork")
    claims = part(rows("reference-outline", reference=iri), SHOWN)
    return page(
        "reference.html",
        key=key,
        iri=iri,
        label=name or citation or key,
        citation=citation,
        work=label_of(work[0], "value") if work else None,
        printed=[text(row, "value") for row in values.get(f"{MZ}statedIn", [])],
        source=source,
        facts=[
            (Named(said, word(said, language)), _value(row, language))
            for said, found in values.items()
            if said.startswith(MZ) and said not in HIDDEN and word(said, language)
            for row in found
        ],
        claims=claims,
        backed=_backed([text(row, "claim") for row in claims.items]),
        text=text,
        path_of=path_of,
        label_of=label_of,
        stance=lambda row: text(row, "stance").rpartition("#")[2],
        endings=[ending for ending in ENDINGS.values() if ending != "html"],
    )


def _first(values: dict[str, list[Row]], name: str) -> str:
    return text(values[name][0], "value") if name in values else ""


def _value(row: Row, language: str) -> Named:
    """Return a value by its name; a code of a vocabulary by the name of its concept."""
    value = label_of(row, "value")
    if value.iri:
        name = source_names().get(value.iri) or word(value.iri, language)
        return Named(value.iri, name or value.label)
    concept = f"{PREFIXES['mzv']}work-kind/{value.label}"
    known = word(concept, language)
    return Named(concept, known) if known else value


def _backed(claims: list[str]) -> list[Backed]:
    """Put the claims together by the words they rest on."""
    language = language_of(request)
    figures = [claim for claim in claims if "/id/figure/" in claim]
    statements = [claim for claim in claims if "/id/statement/" in claim]
    told = statement_rows(statements, language) + figure_rows(figures, language)
    found: dict[str, Backed] = {}
    for row in told:
        passage = text(row, "passage")
        document = source(passage.partition("#")[0])
        found.setdefault(passage, Backed(text(row, "quote"), passage, document)).claims.append(row)
    return list(found.values())
