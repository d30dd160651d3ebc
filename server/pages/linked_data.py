"""Linked data: ``/id/…`` sees other, ``/page/…`` for people, ``/data/…`` for machines.

Cool URIs for the Semantic Web (W3C 2008), section 4.2: 303 with content negotiation.
"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from maizuru.graph import results
from maizuru.graph.errors import NotFound
from maizuru.graph.questions import parse
from maizuru.graph.resources import query_text

from ..ask import services
from ..negotiate import TRIPLES, Format, choose

pages = Blueprint("linked_data", __name__)

HTML = Format("html", ("text/html", "application/xhtml+xml"), TRIPLES[0].engine, True)
_OFFERS = (
    HTML,
    *(form for form in TRIPLES if form.name in ("turtle", "jsonld", "rdfxml", "ntriples")),
)
ENDINGS = {"html": "html", "turtle": "ttl", "jsonld": "jsonld", "rdfxml": "rdf", "ntriples": "nt"}


@pages.get("/id/<path:key>")
def see_other(key: str) -> AnyResponse:
    """Send the client from a thing to a document about it."""
    chosen = choose(request.headers.get("Accept", ""), _OFFERS)
    if chosen is HTML:
        response = redirect(f"/page/{key}", 303)
    else:
        response = redirect(f"/data/{key}.{ENDINGS[chosen.name]}", 303)
    response.headers["Vary"] = "Accept"
    return response


@pages.get("/data/<path:key>.<form>")
def data(key: str, form: str) -> Response:
    """Give everything the dataset says of a thing, as RDF."""
    if form not in results.GRAPHS:
        raise NotFound(f"There is no format “{form}”; there are {', '.join(results.GRAPHS)}.")
    about = parse("describe", query_text("pages/describe")).query({"entity": iri_of(key)})
    body = results.write(services().store.query(about), form)
    chosen = next(offer for offer in _OFFERS if ENDINGS[offer.name] == form)
    response = Response(body, content_type=chosen.content_type)
    response.headers["Vary"] = "Accept"
    response.add_etag()
    response.make_conditional(request)
    return response


def iri_of(key: str) -> str:
    """Return the IRI of an entity key of this dataset."""
    return f"{services().settings.base}id/{key}"
