"""Linked data: ``/id/…`` sees other, ``/page/…`` for people, ``/data/…`` for machines.

Cool URIs for the Semantic Web (W3C 2008), section 4.2: 303 with content negotiation. Named graphs
are documents and answer 200 at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import cast
from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from maizuru.graph.errors import NotFound
from maizuru.graph.questions import parse
from maizuru.graph.resources import query_text

from ..ask import services
from ..jobs import Job
from ..negotiate import Format
from . import negotiated, schema_org
from .negotiated import ENDINGS, GRAPHS, HTML
from .signposting import Landing, dataset_links, landing_links

__all__ = ["ENDINGS", "HTML", "iri_of", "pages"]

pages = Blueprint("linked_data", __name__)

_OFFERS = (*GRAPHS, HTML)
"""Turtle first: a client that takes anything, or does not say, is a program."""


@pages.get("/id/<path:key>")
def see_other(key: str) -> AnyResponse:
    """Send the client from a thing to a document about it."""
    stem, chosen = negotiated.split_ending(key)
    try:
        check(stem)
    except NotFound as error:
        return negotiated.missing(error, _safe_iri(stem))
    form = chosen or negotiated.wanted(_OFFERS)
    path = quote(stem)
    place = f"/page/{path}" if form is HTML else f"/data/{path}.{ENDINGS[form.name]}"
    if profile := request.args.get("_profile"):
        place = f"/data/{path}.jsonld?_profile={quote(profile)}"
    response = cast(Response, redirect(place, 303))
    response.headers["Vary"] = "Accept"
    alternates = [negotiated.alternate(f"/data/{path}", form) for form in GRAPHS]
    negotiated.add_links(response, alternates)
    return response


@pages.get("/data/<path:key>")
def data(key: str) -> Response:
    """Give everything the dataset says of a thing, as RDF."""
    stem, chosen = negotiated.split_ending(key)
    if chosen is HTML:
        raise NotFound("Data are not given as HTML; see /page/ for that.")
    iri = _safe_iri(stem)
    try:
        check(stem)
    except NotFound as error:
        return negotiated.missing(error, iri)
    form = chosen or negotiated.wanted(GRAPHS)
    path = f"/data/{quote(stem)}"
    landing = f'<{negotiated.root()}/page/{quote(stem)}>; rel="describes"; type="text/html"'
    if schema_org.wanted():
        return _schema(stem, landing)
    if stem.startswith("document/"):
        body = negotiated.serialised(_document(stem, form), form)
    else:
        body = negotiated.serialised(_described(iri, form), form)
    return negotiated.rdf(body, form, path, links=[landing, _licence()])


@pages.get("/graph/<path:name>")
def graph(name: str) -> Response:
    """Give a named graph as it stands."""
    stem, chosen = negotiated.split_ending(name)
    iri = f"{services().settings.base}graph/{stem}"
    if not services().engine.has_graph(_valid(iri)):
        return negotiated.missing(NotFound(f"There is no graph “{stem}” here."), _valid(iri))
    form = chosen or negotiated.wanted(_OFFERS)
    if form is HTML:
        form = GRAPHS[0]
    answer = services().engine.answer(Job("", "GRAPH", form, default_graphs=(iri,)))
    return negotiated.rdf(answer.whole(), form, f"/graph/{quote(stem)}", links=[_licence()])


@pages.get("/dataset")
def dataset() -> AnyResponse:
    """Send the client from the dataset to its page or its description."""
    form = negotiated.wanted(_OFFERS)
    place = "/" if form is HTML else f"/void.{ENDINGS[form.name]}"
    response = redirect(place, 303)
    response.headers["Vary"] = "Accept"
    return response


@pages.get("/linkset")
def linkset_of_dataset() -> Response:
    """Give the links of the home page as a link set."""
    return _linkset(dataset_links())


@pages.get("/linkset/<path:key>")
def linkset(key: str) -> Response:
    """Give the links of a landing page as a link set (RFC 9264; FAIR Signposting, level 2)."""
    check(key)
    return _linkset(landing_links(key))


def _linkset(landing: Landing) -> Response:
    body = json.dumps(landing.linkset(), ensure_ascii=False, indent=1)
    response = Response(body, content_type="application/linkset+json")
    response.add_etag()
    response.make_conditional(request)
    return response


@pages.after_app_request
def signpost(response: Response) -> Response:
    """Give every landing page its links (FAIR Signposting, level 1)."""
    if response.status_code not in (200, 304):
        return response
    key = request.path.removeprefix("/page/")
    if key != request.path:
        negotiated.add_links(response, landing_links(key).header())
    elif request.path == "/":
        negotiated.add_links(response, dataset_links().header())
    return response


def iri_of(key: str) -> str:
    """Return the IRI of an entity key of this dataset."""
    return f"{services().settings.base}id/{key}"


def check(key: str) -> None:
    """Make sure that the dataset speaks of the thing of that key.

    Raises:
        NotFound: it does not, or no IRI can be made of the key.
    """
    text = parse("known", query_text("pages/known")).query({"entity": _valid(iri_of(key))})
    if not services().store.query(text):
        raise NotFound(f"There is nothing by the name “{key}” here.")


def _valid(iri: str) -> str:
    try:
        return ox.NamedNode(iri).value
    except ValueError as error:
        raise NotFound("There is nothing at this address") from error


def _safe_iri(key: str) -> str:
    """Return the IRI of a key that may hold what no IRI can."""
    return f"{services().settings.base}id/{quote(key)}"


def _licence() -> str:
    return f'<{schema_org.LICENCE}>; rel="license"'


def _schema(key: str, landing: str) -> Response:
    body = json.dumps(schema_org.about(key), ensure_ascii=False, indent=1)
    response = Response(body, content_type='application/ld+json; profile="https://schema.org/"')
    negotiated.add_links(response, [landing, '<https://schema.org/>; rel="profile"'])
    response.headers["Vary"] = "Accept"
    return response


def _document(key: str, form: Format) -> Iterator[ox.Triple | ox.Quad]:
    """Yield the graph of a document: its passages, and all that was read in them."""
    name = f"{services().settings.base}graph/{key}"
    if not services().engine.has_graph(name):
        yield from _described(iri_of(key), form)
        return
    for quad in services().store.quads(name):
        yield quad if form.name == "trig" else quad.triple


def _described(iri: str, form: Format) -> Iterator[ox.Triple | ox.Quad]:
    """Yield what is said of a thing; with graphs where the syntax has them."""
    named = form.name == "trig"
    query = "describe-graphs" if named else "describe"
    text = parse(query, query_text(f"pages/{query}")).query({"entity": iri})
    answer = services().store.query(text)
    if not named:
        yield from cast(ox.QueryTriples, answer)
        return
    for row in cast(ox.QuerySolutions, answer):
        yield ox.Quad(row["subject"], row["property"], row["value"], row["graph"])
