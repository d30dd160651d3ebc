"""What machines look for first: VoID, DCAT, query examples, sitemap, robots, context, OpenAPI.

VoID (W3C Note 2011), DCAT 3 (W3C Recommendation 2024), SHACL executables (SHACL Advanced Features,
section 5), sitemaps.org 0.9, Robots Exclusion Protocol (RFC 9309).
"""

from __future__ import annotations

import json
from html import escape

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from maizuru.graph.errors import NotFound
from maizuru.graph.resources import ontology

from ..ask import rows, services, text
from ..negotiate import Format
from . import catalogue, negotiated, openapi
from .layout import path_of
from .negotiated import BY_ENDING, GRAPHS, HTML

pages = Blueprint("discovery", __name__)

SITEMAP_SIZE = 50_000
"""Addresses in one sitemap (sitemaps.org)."""
_DESCRIPTIONS = {
    "void": catalogue.void,
    "catalog": catalogue.catalogue,
    "sparql-examples": catalogue.examples,
}


@pages.get("/.well-known/void")
def well_known() -> AnyResponse:
    """Send the client to the description of the dataset (VoID, section 7.2)."""
    form = negotiated.wanted((*GRAPHS, HTML))
    ending = negotiated.ENDINGS["turtle" if form is HTML else form.name]
    response = redirect(f"/void.{ending}", 303)
    response.headers["Vary"] = "Accept"
    return response


@pages.get("/<any(void, catalog, 'sparql-examples'):name>")
def described(name: str) -> Response:
    """Give a description in the format the client likes; a browser gets Turtle."""
    form = negotiated.wanted((*GRAPHS, HTML))
    return _description(name, GRAPHS[0] if form is HTML else form)


@pages.get("/<any(void, catalog, 'sparql-examples'):name>.<ending>")
def description(name: str, ending: str) -> Response:
    """Give a description in the format its ending names."""
    if ending not in BY_ENDING:
        raise NotFound(f"There is no format “{ending}”; there are {', '.join(BY_ENDING)}.")
    return _description(name, BY_ENDING[ending])


def _description(name: str, form: Format) -> Response:
    body = negotiated.serialised(_DESCRIPTIONS[name](negotiated.root()), form)
    return negotiated.rdf(body, form, f"/{name}")


@pages.get("/context.jsonld")
def context() -> Response:
    """Give the JSON-LD context, which anyone may keep for a day."""
    body = ontology("context.jsonld").read_bytes()
    response = Response(body, content_type="application/ld+json")
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.add_etag()
    response.make_conditional(request)
    return response


@pages.get("/robots.txt")
def robots() -> Response:
    """Tell crawlers what to leave alone: what is computed anew at each request."""
    closed = ("/sparql", "/store", "/reconcile", "/ask", "/search", "/permalink", "/exports/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "Allow: /data/"]
    lines += ["", f"Sitemap: {negotiated.root()}/sitemap.xml", ""]
    return Response("\n".join(lines), content_type="text/plain; charset=utf-8")


@pages.get("/sitemap.xml")
def sitemap() -> Response:
    """List the pages, or the parts of the list where it is longer than one file may be."""
    root, count = negotiated.root(), len(_addresses())
    if count <= SITEMAP_SIZE:
        return _urlset(_addresses())
    parts = -(-count // SITEMAP_SIZE)
    entries = "".join(
        f"<sitemap><loc>{escape(root)}/sitemap-{number}.xml</loc></sitemap>\n"
        for number in range(1, parts + 1)
    )
    return _xml(f'<sitemapindex xmlns="{_SITEMAP}">\n{entries}</sitemapindex>\n')


@pages.get("/sitemap-<int:number>.xml")
def sitemap_part(number: int) -> Response:
    """Give one part of a long list."""
    part = _addresses()[(number - 1) * SITEMAP_SIZE : number * SITEMAP_SIZE] if number else []
    if not part:
        abort(404)
    return _urlset(part)


@pages.get("/openapi.json")
def api() -> Response:
    """Describe the HTTP API (OpenAPI 3.1)."""
    body = json.dumps(openapi.description(negotiated.root()), ensure_ascii=False, indent=1)
    response = Response(body, content_type="application/json")
    response.add_etag()
    response.make_conditional(request)
    return response


_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_STATIC = ("/", "/figures", "/documents", "/map", "/timeline", "/queries", "/ontology", "/exports")


def _addresses() -> list[str]:
    root, base = negotiated.root(), services().settings.base
    things = [text(row, "entity") for row in rows("sitemap")]
    own = [path_of(iri).partition("?")[0] for iri in things if iri.startswith(base)]
    return [f"{root}{path}" for path in (*_STATIC, *own)]


def _urlset(addresses: list[str]) -> Response:
    entries = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    return _xml(f'<urlset xmlns="{_SITEMAP}">\n{entries}</urlset>\n')


def _xml(body: str) -> Response:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return Response(head + body, content_type="application/xml; charset=utf-8")
