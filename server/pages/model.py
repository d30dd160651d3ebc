"""``/ontology`` and ``/vocabulary``: every term of the model, one language at a time.

The addresses are those of the terms' own IRIs, so ``…/ontology#Figure`` opens at its entry.
"""

from __future__ import annotations

import json
from itertools import takewhile

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from maizuru.graph import ontology_docs
from maizuru.graph.errors import NotFound
from maizuru.graph.namespaces import MZ, PREFIXES
from maizuru.graph.ontology_docs import Scheme
from maizuru.graph.questions import parse
from maizuru.graph.resources import query_text

from ..ask import label_of, rows, text
from ..i18n import LANGUAGES, language_of
from . import negotiated, terms
from .layout import page, path_of, word
from .negotiated import BY_ENDING, HTML

pages = Blueprint("model", __name__)


@pages.get("/ontology")
def index() -> AnyResponse:
    """Show the ontology to people, or give it as RDF."""
    form = negotiated.wanted(terms.OFFERS)
    if form is not HTML:
        return terms.model("ontology", form)
    return page(
        "ontology.html",
        terms=ontology_docs.terms(language_of(request)),
        schemes=ontology_docs.schemes(language_of(request)),
        path_of=path_of,
    )


@pages.get("/ontology/<name>")
def show(name: str) -> Response:
    """Show one term."""
    found = ontology_docs.term(name, language_of(request))
    return page(
        "term.html",
        term=found,
        uses=rows("term-uses", term=found.iri),
        text=text,
        path_of=path_of,
        term_path=lambda name: "" if ":" in name else path_of(MZ + name),
    )


@pages.get("/vocabulary/<scheme>")
@pages.get("/vocabulary/<scheme>/<concept>")
def vocabulary(scheme: str, concept: str = "") -> Response:
    """Show one vocabulary, opened at a concept if one is named, or give it as RDF."""
    stem, chosen = negotiated.split_ending(f"{scheme}/{concept}" if concept else scheme)
    form = chosen or negotiated.wanted(terms.OFFERS)
    if form is not HTML:
        return terms.vocabulary(stem, form)
    scheme, _, concept = stem.partition("/")
    for found in ontology_docs.schemes(language_of(request)):
        if found.name == scheme:
            iri = f"{PREFIXES['mzv']}{scheme}/{concept}" if concept else ""
            if iri and iri not in {entry.iri for entry in found.concepts}:
                raise NotFound(f"The vocabulary “{scheme}” has no concept “{concept}”.")
            if iri:
                return _concept(found, iri)
            return page("vocabulary.html", scheme=found, path_of=path_of)
    raise NotFound(f"There is no vocabulary “{scheme}”.")


USES = 20
"""Things that bear a concept, on its page."""


def _concept(scheme: Scheme, iri: str) -> Response:
    """Show one concept: what it means, where it stands, how other languages name it."""
    entries = list(scheme.concepts)
    place = next(number for number, entry in enumerate(entries) if entry.iri == iri)
    own = entries[place]
    before = [entry for entry in entries[:place] if entry.depth == own.depth - 1]
    below = takewhile(lambda entry: entry.depth > own.depth, entries[place + 1 :])
    others = [code for code in LANGUAGES if code != language_of(request)]
    uses = rows("concept-uses", concept=iri)
    return page(
        "concept.html",
        scheme=scheme,
        concept=own,
        name=iri.removeprefix(PREFIXES["mzv"]),
        broader=before[-1] if before and own.depth else None,
        narrower=[entry for entry in below if entry.depth == own.depth + 1],
        elsewhere=[(code, word(iri, code)) for code in others],
        uses=uses[:USES],
        more=len(uses) > USES,
        query=_uses_query(iri),
        text=text,
        label_of=label_of,
        path_of=path_of,
        endings=list(BY_ENDING),
    )


def _uses_query(iri: str) -> str:
    """Return a query for all that bears the concept, to be asked on the query page."""
    return parse("concept-uses-all", query_text("pages/concept-uses-all")).query({"concept": iri})


@pages.get("/ask/words.json")
def words() -> Response:
    """Give the classes and properties that the query editor completes."""
    found = ontology_docs.terms(language_of(request))
    lists = {
        "class": [term.iri for term in found if term.kind == "class"],
        "property": [term.iri for term in found if "property" in term.kind],
    }
    response = Response(json.dumps(lists), content_type="application/json")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
