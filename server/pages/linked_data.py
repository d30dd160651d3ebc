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

from ..ask import Row, label_of, rows, services, text
from ..i18n import language_of
from ..negotiate import TRIPLES, Format, choose
from .layout import page, path_of

pages = Blueprint("linked_data", __name__)

HTML = Format("html", ("text/html", "application/xhtml+xml"), TRIPLES[0].engine, True)
_OFFERS = (
    HTML,
    *(form for form in TRIPLES if form.name in ("turtle", "jsonld", "rdfxml", "ntriples")),
)
_ENDINGS = {"html": "html", "turtle": "ttl", "jsonld": "jsonld", "rdfxml": "rdf", "ntriples": "nt"}


@pages.get("/id/<path:key>")
def see_other(key: str) -> AnyResponse:
    """Send the client from a thing to a document about it."""
    chosen = choose(request.headers.get("Accept", ""), _OFFERS)
    if chosen is HTML:
        response = redirect(f"/page/{key}", 303)
    else:
        response = redirect(f"/data/{key}.{_ENDINGS[chosen.name]}", 303)
    response.headers["Vary"] = "Accept"
    return response


@pages.get("/data/<path:key>.<form>")
def data(key: str, form: str) -> Response:
    """Give everything the dataset says of a thing, as RDF."""
    if form not in results.GRAPHS:
        raise NotFound(f"There is no format “{form}”; there are {', '.join(results.GRAPHS)}.")
    about = parse("describe", query_text("pages/describe")).query({"entity": _iri(key)})
    body = results.write(services().store.query(about), form)
    chosen = next(offer for offer in _OFFERS if _ENDINGS[offer.name] == form)
    response = Response(body, content_type=chosen.content_type)
    response.headers["Vary"] = "Accept"
    response.add_etag()
    response.make_conditional(request)
    return response


@pages.get("/page/<path:key>")
def show(key: str) -> Response:
    """Show everything the dataset says of a thing, to people."""
    iri = _iri(key)
    names = rows("entity-names", entity=iri)
    if not names:
        raise NotFound(f"There is nothing by the name “{key}” here.")
    label = next((row for row in names if text(row, "relation").endswith("#label")), names[0])
    statements = rows("entity-statements", entity=iri)
    return page(
        "entity.html",
        iri=iri,
        key=key,
        label=text(label, "name", key),
        label_language=getattr(label.get("name"), "language", "") or "",
        classes=sorted({text(row, "class").rpartition("#")[2] for row in names if "class" in row}),
        names=_names(names),
        asserted=[_told(row, iri) for row in statements],
        mentions=rows("entity-mentions", entity=iri),
        language=language_of(request),
        text=text,
        path_of=path_of,
        endings=[ending for ending in _ENDINGS.values() if ending != "html"],
    )


def _iri(key: str) -> str:
    return f"{services().settings.base}id/{key}"


def _names(found: list[Row]) -> list[tuple[str, str]]:
    """Return the distinct names with their languages."""
    names = {
        (text(row, "name"), getattr(row["name"], "language", "") or "")
        for row in found
        if "name" in row
    }
    return sorted(names, key=lambda name: (name[1], name[0]))


def _told(row: Row, about: str) -> dict[str, object]:
    """Return a statement as the page shows it; *about* stands on the left when it is the object."""
    return {
        "subject": label_of(row, "subject"),
        "predicate": label_of(row, "predicate"),
        "object": label_of(row, "object"),
        "inverse": text(row, "object") == about,
        "stance": text(row, "stance").rpartition("#")[2],
        "authority": label_of(row, "authority") if "authority" in row else None,
        "quote": text(row, "quote"),
        "passage": text(row, "passage"),
        "document": label_of(row, "document"),
        "statement": text(row, "statement"),
    }
