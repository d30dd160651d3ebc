"""The model as RDF: ontology, alignments, shapes and vocabularies, in every syntax."""

from __future__ import annotations

from functools import cache
from typing import cast
from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, request

from maizuru.graph.errors import NotFound
from maizuru.graph.namespaces import PREFIXES
from maizuru.graph.questions import parse
from maizuru.graph.resources import ontology, query_text

from ..ask import services
from ..negotiate import Format
from . import negotiated
from .negotiated import BY_ENDING, GRAPHS, HTML

pages = Blueprint("terms", __name__)

FILES = {"ontology": "maizuru.ttl", "alignments": "alignments.ttl", "shapes": "shapes.ttl"}
OFFERS = (HTML, *GRAPHS)
"""The page first: these addresses are for readers too."""


@cache
def _triples(name: str) -> tuple[ox.Triple, ...]:
    data = ontology(FILES[name]).read_bytes()
    return tuple(quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE))


def model(name: str, form: Format) -> Response:
    """Return a file of the model in a syntax."""
    if form is BY_ENDING["ttl"]:
        body = ontology(FILES[name]).read_bytes()
    else:
        body = negotiated.serialised(_triples(name), form)
    return negotiated.rdf(body, form, f"/{name}")


@pages.get("/alignments")
@pages.get("/shapes")
def parts() -> Response:
    """Give the alignments or the shapes; a browser gets Turtle."""
    name = request.path.strip("/")
    form = negotiated.wanted(OFFERS)
    return model(name, GRAPHS[0] if form is HTML else form)


@pages.get("/<any(ontology, alignments, shapes):name>.<ending>")
def file(name: str, ending: str) -> Response:
    """Give a file of the model by the ending of its address."""
    if ending not in BY_ENDING:
        raise NotFound(f"There is no format “{ending}”; there are {', '.join(BY_ENDING)}.")
    return model(name, BY_ENDING[ending])


def vocabulary(path: str, form: Format) -> Response:
    """Return a vocabulary, or one concept of it, in a syntax.

    Raises:
        NotFound: there is none of that name.
    """
    try:
        iri = ox.NamedNode(PREFIXES["mzv"] + path).value
    except ValueError as error:
        raise NotFound("There is nothing at this address") from error
    query = parse("concept-scheme", query_text("pages/concept-scheme")).query({"entity": iri})
    triples = list(cast(ox.QueryTriples, services().store.query(query)))
    if not triples:
        raise NotFound(f"There is no vocabulary or concept “{path}”.")
    body = negotiated.serialised(triples, form)
    return negotiated.rdf(body, form, f"/vocabulary/{quote(path)}")
