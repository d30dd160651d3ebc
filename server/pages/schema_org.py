"""schema.org descriptions of pages, for search engines (https://schema.org, as JSON-LD)."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
from flask import Blueprint, request
from markupsafe import Markup

from maizuru.graph.errors import MaizuruError
from maizuru.graph.publish import LICENCE

from ..ask import rows, services, text
from . import negotiated
from .facts import facts_of

__all__ = ["LICENCE", "about", "dataset", "pages", "type_of", "wanted"]

pages = Blueprint("schema_org", __name__)

_TYPES = {
    "person": "Person",
    "place": "Place",
    "camp": "Place",
    "organisation": "Organization",
    "unit": "Organization",
    "group": "Organization",
    "event": "Event",
    "instrument": "Legislation",
    "work": "CreativeWork",
    "reference": "CreativeWork",
    "document": "Article",
    "concept": "DefinedTerm",
    "figure": "Claim",
    "statement": "Claim",
}
"""The class of a thing, by the folder of its key."""


def type_of(key: str) -> str:
    """Return the schema.org class of a thing, ``Thing`` where no other fits."""
    return _TYPES.get(key.partition("/")[0], "Thing")


def wanted() -> bool:
    """Tell whether the request asks for the profile of schema.org (``_profile=`` or Accept)."""
    accept = request.headers.get("Accept", "")
    return request.args.get("_profile") == "schema" or 'profile="https://schema.org/"' in accept


def about(key: str) -> dict[str, Any]:
    """Return the description of the thing of that key."""
    iri = f"{services().settings.base}id/{key}"
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": type_of(key),
        "@id": iri,
        "url": f"{negotiated.root()}/page/{key}",
        "isPartOf": {"@id": f"{services().settings.base}dataset"},
    }
    if key.startswith("document/"):
        return found | _document(iri)
    if type_of(key) == "Claim":
        return found
    names: list[dict[str, str]] = []
    for row in rows("entity-names", entity=iri):
        name = row.get("name")
        if isinstance(name, ox.Literal):
            value = {"@value": name.value} | ({"@language": name.language} if name.language else {})
            names += [value] if value not in names else []
    names.sort(key=lambda name: (name.get("@language") != "en", name["@value"]))
    if names:
        found |= {"name": names[0], "alternateName": names[1:]}
    return found | _spot(iri)


def _document(iri: str) -> dict[str, Any]:
    """Return what a document says of itself."""
    for row in rows("document-titles"):
        if text(row, "document") == iri:
            told = {
                "headline": text(row, "document_label"),
                "inLanguage": text(row, "language"),
                "author": text(row, "creator"),
                "datePublished": text(row, "issued"),
            }
            return {name: value for name, value in told.items() if value}
    return {}


def _spot(iri: str) -> dict[str, Any]:
    place = facts_of(iri).place
    if place is None:
        return {}
    spot = {"latitude": place[1], "longitude": place[0]}
    return {"geo": {"@type": "GeoCoordinates", **spot}}


def dataset() -> dict[str, Any]:
    """Return the description of the dataset."""
    root, base = negotiated.root(), services().settings.base
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{base}dataset",
        "name": "Maizuru",
        "description": "What documents say about the Japanese prisoners of war and internees in "
        "the Soviet Union and Mongolia, each statement with its passage and its voice.",
        "url": f"{root}/",
        "license": LICENCE,
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/n-quads",
                "contentUrl": f"{root}/exports/nquads",
            }
        ],
        "includedInDataCatalog": {"@type": "DataCatalog", "url": f"{root}/catalog"},
    }


def structured() -> Markup:
    """Return the description of the page being shown, as a script element that holds data."""
    try:
        if request.path == "/":
            told = dataset()
        elif request.path.startswith("/page/"):
            told = about(request.path.removeprefix("/page/"))
        else:
            return Markup("")
    except MaizuruError:
        return Markup("")
    body = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return Markup(f'<script type="application/ld+json">{body}</script>\n')


@pages.app_context_processor
def processor() -> dict[str, Any]:
    """Give templates the function ``structured``."""
    return {"structured": structured}
