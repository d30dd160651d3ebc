"""``/ontology`` and ``/vocabulary``: every term of the model, one language at a time.

The addresses are those of the terms' own IRIs, so ``…/ontology#Figure`` opens at its entry.
"""

from __future__ import annotations

import json

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from maizuru.graph import ontology_docs
from maizuru.graph.errors import NotFound
from maizuru.graph.namespaces import MZ, PREFIXES

from ..ask import rows, text
from ..i18n import language_of
from . import negotiated, terms
from .layout import page, path_of
from .negotiated import HTML

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
            return page("vocabulary.html", scheme=found, opened=iri, path_of=path_of)
    raise NotFound(f"There is no vocabulary “{scheme}”.")


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
