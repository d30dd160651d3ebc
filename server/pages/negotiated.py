"""RDF answers: which syntax a request wants, and the headers every one of them carries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

import pyoxigraph as ox
from flask import Response, request

from maizuru.graph.errors import NotFound
from maizuru.graph.namespaces import PREFIXES, expand

from ..ask import services
from ..errors import NotAcceptable
from ..negotiate import TRIPLES, Format, by_name, choose

HTML = Format("html", ("text/html", "application/xhtml+xml"), TRIPLES[0].engine, True)
ENDINGS = {
    "html": "html",
    "turtle": "ttl",
    "jsonld": "jsonld",
    "rdfxml": "rdf",
    "ntriples": "nt",
    "trig": "trig",
}
"""The ending of an address, by the name of its format."""

BY_NAME = {form.name: form for form in TRIPLES}
GRAPHS = tuple(BY_NAME[name] for name in ENDINGS if name in BY_NAME)
"""What a description can be given as, the preferred first."""
BY_ENDING = {ENDINGS[form.name]: form for form in GRAPHS}


def root() -> str:
    """Return the address of the service as the client sees it, without a final slash."""
    return services().settings.public_url.rstrip("/") or request.host_url.rstrip("/")


def wanted(offers: Sequence[Format]) -> Format:
    """Return the format the request asks for: by ``format=``, else by Accept.

    Raises:
        BadRequest: ``format=`` names none of *offers*.
        NotAcceptable: Accept takes none of them.
    """
    if name := request.args.get("format") or request.args.get("_mediatype"):
        ending = BY_ENDING.get(name)
        return ending if ending and ending in offers else by_name(name, tuple(offers))
    return choose(request.headers.get("Accept", ""), tuple(offers))


def split_ending(path: str) -> tuple[str, Format | None]:
    """Return a path without the ending of a format, and that format if there is one."""
    stem, _, ending = path.rpartition(".")
    if stem and ending in BY_ENDING:
        return stem, BY_ENDING[ending]
    return (stem, HTML) if stem and ending == "html" else (path, None)


def serialised(data: Iterable[ox.Triple | ox.Quad], form: Format) -> bytes:
    """Return triples or quads, each once, in the syntax of *form*."""
    once = cast(list[ox.Quad], list(dict.fromkeys(data)))
    written = ox.serialize(once, format=cast(ox.RdfFormat, form.engine), prefixes=PREFIXES)
    return written or b""


def rdf(body: bytes, form: Format, place: str, *, links: Sequence[str] = ()) -> Response:
    """Return a description as a response.

    *place* is the address without ending at which the same is given in every format: it makes
    ``Content-Location`` and the links to the other formats.
    """
    response = Response(body, content_type=form.content_type)
    address = f"{root()}{place}.{ENDINGS[form.name]}"
    response.headers["Content-Location"] = address
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = "no-cache"
    others = [alternate(place, other) for other in GRAPHS if other is not form]
    add_links(response, [*links, *others])
    response.add_etag()
    response.make_conditional(request)
    return response


def alternate(place: str, form: Format, relation: str = "alternate") -> str:
    """Return a link to the same in another format."""
    address = f"{root()}{place}.{ENDINGS[form.name]}"
    return f'<{address}>; rel="{relation}"; type="{form.media_types[0]}"'


def add_links(response: Response, links: Iterable[str]) -> None:
    """Add links to a response, in one header."""
    present = response.headers.get("Link")
    joined = ", ".join([*([present] if present else []), *links])
    if joined:
        response.headers["Link"] = joined


def missing(error: NotFound, iri: str) -> Response:
    """Answer that there is nothing, as RDF if that is what the client asked for.

    Raises:
        NotFound: the client reads HTML or takes no RDF, so that the page of errors is for it.
    """
    try:
        form = split_ending(request.path)[1] or wanted((HTML, *GRAPHS))
    except NotAcceptable:
        raise error from None
    if form is HTML:
        raise error
    about, says = ox.NamedNode(iri), ox.NamedNode(expand("rdfs:comment"))
    body = serialised([ox.Triple(about, says, ox.Literal(str(error), language="en"))], form)
    response = Response(body, error.status, content_type=form.content_type)
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = "no-store"
    return response
