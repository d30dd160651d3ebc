"""The reconciliation API over HTTP: 0.2 at ``/reconcile``, the 1.0 draft at ``/reconcile/1.0``.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/ and
https://reconciliation-api.github.io/specs/1.0-draft/.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from flask import Blueprint, Response, jsonify, request

from maizuru.graph.errors import NotFound
from maizuru.graph.namespaces import MZ

from ..ask import services
from ..errors import BadRequest, TooLarge
from ..pages import negotiated
from . import service
from .names import Candidate, Thing
from .service import Asked, Json

pages = Blueprint("reconcile", __name__, url_prefix="/reconcile")

BATCH = 50
LIMIT = 25
WIDTH, HEIGHT = 400, 140
NAME = "Maizuru"


@pages.route("", methods=["GET", "POST"], strict_slashes=False)
def root_02() -> Response:
    """Give the manifest, or answer ``queries`` or ``extend`` (0.2, sections 2.2, 4.1 and 7.2)."""
    if (queries := request.values.get("queries")) is not None:
        return jsonify(_answers_02(_object(queries, "queries")))
    if (extend := request.values.get("extend")) is not None:
        return jsonify(_extended_02(_object(extend, "extend")))
    if request.method == "POST":
        raise BadRequest("A request by POST needs the field queries or extend")
    return jsonify(manifest_02())


def manifest_02() -> Json:
    """Return the manifest of version 0.2."""
    here = f"{negotiated.root()}/reconcile"
    suggest = {
        kind: {
            "service_url": here,
            "service_path": f"/suggest/{kind}",
            "flyout_service_url": here,
            "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
        }
        for kind in ("entity", "type", "property")
    }
    return {
        "versions": ["0.2"],
        **_common(),
        "identifierSpace": f"{services().settings.base}id/",
        "schemaSpace": MZ,
        "view": {"url": f"{negotiated.root()}/page/{{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/extend/propose"},
            "property_settings": [
                {"name": "limit", "label": "Limit", "type": "number", "default": 0}
            ],
        },
    }


@pages.get("/1.0", strict_slashes=False)
def manifest_10() -> Response:
    """Give the manifest of the 1.0 draft."""
    setting = {"id": "limit", "name": "Limit", "type": "number", "default": 0}
    return jsonify(
        {
            "versions": ["1.0-draft"],
            **_common(),
            "lang": "en",
            "view": {"url": f"{negotiated.root()}/page/{{id}}"},
            "preview": {"width": WIDTH, "height": HEIGHT},
            "suggest": {"entity": True, "type": True, "property": True},
            "extend": {"proposeProperties": True, "propertySettings": [setting]},
            "batchSize": BATCH,
            "standardizedScore": True,
        }
    )


def _common() -> Json:
    return {
        "name": NAME,
        "documentation": f"{negotiated.root()}/openapi.json",
        "defaultTypes": service.suggest_types(""),
    }


@pages.post("/1.0/match")
def match_10() -> Response:
    """Answer a batch of queries (1.0 draft, section 4)."""
    queries = _json_body().get("queries")
    if not isinstance(queries, list) or not all(isinstance(query, dict) for query in queries):
        raise BadRequest("The body needs a list of queries")
    _check_size(len(queries))
    return jsonify({"results": [{"candidates": _matched_10(query)} for query in queries]})


def _matched_10(query: Json) -> list[Json]:
    conditions = query.get("conditions")
    if not isinstance(conditions, list) or not all(isinstance(c, dict) for c in conditions):
        raise BadRequest("A query needs a list of conditions")
    by_kind: dict[str, list[Json]] = {"name": [], "id": [], "property": []}
    for condition in conditions:
        if condition.get("matchType") not in by_kind or "propertyValue" not in condition:
            raise BadRequest("A condition needs matchType (name, id, property) and propertyValue")
        by_kind[condition["matchType"]].append(condition)
    names = [_strings(condition["propertyValue"]) for condition in by_kind["name"]]
    properties = tuple(
        (str(condition.get("propertyId", "")), tuple(_strings(condition["propertyValue"])))
        for condition in by_kind["property"]
    )
    asked = Asked(
        " ".join(word for words in names for word in words[:1]),
        tuple(_strings(query.get("type", []))),
        _number(query.get("limit"), 5),
        properties,
        tuple(word for c in by_kind["id"] for word in _strings(c["propertyValue"])),
    )
    return [_candidate(found) for found in service.match(asked)]


def _answers_02(queries: Json) -> Json:
    _check_size(len(queries))
    return {name: {"result": _matched_02(query)} for name, query in queries.items()}


def _matched_02(query: Any) -> list[Json]:
    if isinstance(query, str):
        query = {"query": query}
    if not isinstance(query, dict):
        raise BadRequest("A query must be an object or a text")
    given = query.get("properties", [])
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        raise BadRequest("The properties of a query must be a list of objects")
    properties = tuple((str(p.get("pid", "")), tuple(_strings(p.get("v", [])))) for p in given)
    asked = Asked(
        str(query.get("query", "")),
        tuple(_strings(query.get("type", []))),
        _number(query.get("limit"), 5),
        properties,
    )
    return [_candidate(found) for found in service.match(asked)]


def _candidate(found: Candidate) -> Json:
    return {
        "id": found.thing.key,
        "name": found.thing.label,
        "description": service.description_of(found.thing),
        "type": service.types_of(found.thing),
        "score": found.score,
        "match": found.match,
    }


def _extended_02(body: Json) -> Json:
    keys, asked = _extension(body)
    rows = {
        key: {
            name: service.cells(service.key_of(key), name, limit) or [{}] for name, limit in asked
        }
        for key in keys
    }
    return {"meta": _meta(asked), "rows": rows}


@pages.post("/1.0/extend")
def extend_10() -> Response:
    """Give values of properties for a batch of things (1.0 draft, section 7)."""
    keys, asked = _extension(_json_body())
    rows = [
        {
            "id": key,
            "properties": [
                {"id": name, "values": service.cells(service.key_of(key), name, limit)}
                for name, limit in asked
            ],
        }
        for key in keys
    ]
    return jsonify({"meta": _meta(asked), "rows": rows})


def _extension(body: Json) -> tuple[list[str], list[tuple[str, int]]]:
    """Return the identifiers and the properties with their limits of a request to extend."""
    keys, properties = body.get("ids"), body.get("properties")
    if not isinstance(keys, list) or not isinstance(properties, list):
        raise BadRequest("To extend, give lists of ids and of properties")
    if not all(isinstance(p, dict) and isinstance(p.get("id"), str) for p in properties):
        raise BadRequest("Each property needs an id")
    _check_size(len(keys))
    _check_size(len(properties))
    asked = []
    for item in properties:
        settings = item.get("settings")
        limit = settings.get("limit") if isinstance(settings, dict) else 0
        asked.append((item["id"], _number(limit, 0, most=1000)))
    return [str(key) for key in keys], asked


def _meta(asked: list[tuple[str, int]]) -> list[Json]:
    return [{"id": name, "name": service.property_name(name)} for name, _ in asked]


@pages.get("/extend/propose")
@pages.get("/1.0/extend/propose")
def propose() -> Response:
    """Propose properties for a type."""
    type_ = request.args.get("type") or "Person"
    limit = _number(request.args.get("limit"), 20, most=200)
    found = service.propose(type_, limit)
    return jsonify({"type": type_, "limit": limit, "properties": found})


@pages.get("/suggest/<any(entity, type, property):kind>")
@pages.get("/1.0/suggest/<any(entity, type, property):kind>")
def suggest(kind: str) -> Response:
    """Suggest things, types or properties for what was typed so far."""
    prefix = request.args.get("prefix", "")
    start = request.args.get("cursor") or request.args.get("offset")
    first, count = _number(start, 0, most=100_000), _number(request.args.get("limit"), 10)
    if kind == "type":
        found = service.suggest_types(prefix)
    elif kind == "property":
        found = service.suggest_properties(prefix)
    else:
        found = [_suggested(thing) for thing in _entities(prefix)]
    return jsonify({"result": found[first : first + count]})


def _entities(prefix: str) -> list[Thing]:
    named = service.index().things.get(service.key_of(prefix))
    classes = [service.class_of(name) for name in request.args.getlist("type")]
    return [named] if named else service.index().starting(prefix, classes)


def _suggested(thing: Thing) -> Json:
    return {
        "id": thing.key,
        "name": thing.label,
        "description": service.description_of(thing),
        "notable": service.types_of(thing),
    }


@pages.get("/flyout/<any(entity, type, property):kind>")
def flyout(kind: str) -> Response:
    """Give a few lines of HTML about what was suggested (0.2, section 5.6)."""
    key = request.args.get("id", "")
    if kind == "entity":
        return jsonify({"id": key, "html": _lines(_thing(key))})
    name = key if kind == "type" else service.property_name(key)
    return jsonify({"id": key, "html": f"<p>{escape(name)}</p>"})


@pages.get("/preview")
@pages.get("/1.0/preview")
def preview() -> Response:
    """Give a small page about a thing, for a frame."""
    thing = _thing(request.args.get("id", ""))
    title = escape(thing.label)
    body = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"</head><body>{_lines(thing)}</body></html>\n"
    )
    response = Response(body, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = "default-src 'none'; base-uri 'none'"
    return response


def _thing(identifier: str) -> Thing:
    found = service.index().things.get(service.key_of(identifier))
    if found is None:
        raise NotFound(f"There is nothing by the identifier “{identifier[:100]}” here.")
    return found


def _lines(thing: Thing) -> str:
    place = escape(f"{negotiated.root()}/page/{thing.key}")
    told = escape(service.description_of(thing))
    return f'<p><a href="{place}" target="_blank">{escape(thing.label)}</a></p><p>{told}</p>'


def _object(text: str, name: str) -> Json:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise BadRequest(f"The field {name} is not JSON") from error
    if not isinstance(found, dict):
        raise BadRequest(f"The field {name} must be a JSON object")
    return found


def _json_body() -> Json:
    found = request.get_json(force=True, silent=True)
    if not isinstance(found, dict):
        raise BadRequest("The body must be a JSON object")
    return found


def _check_size(count: int) -> None:
    if count > BATCH:
        raise TooLarge(f"A batch may hold {BATCH} entries, not {count}")


def _strings(value: Any) -> list[str]:
    """Return the texts of a value that may be one or a list, of texts or of objects with id."""
    items = value if isinstance(value, list) else [value]
    return [str(item.get("id", "")) if isinstance(item, dict) else str(item) for item in items]


def _number(value: Any, default: int, most: int = LIMIT) -> int:
    """Return a whole number from 0 to *most*, or *default* where none was given.

    Raises:
        BadRequest: it is no number.
    """
    if value is None or value == "":
        return default
    try:
        return max(0, min(int(value), most))
    except (TypeError, ValueError, OverflowError) as error:
        raise BadRequest("A limit or an offset must be a whole number") from error
