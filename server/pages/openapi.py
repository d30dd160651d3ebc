"""The description of the HTTP API (OpenAPI 3.1), made from the tables that the API is made from."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from maizuru.graph.export import FORMATS
from maizuru.graph.publish import LICENCE
from maizuru.graph.questions import Question, library
from maizuru.graph.resources import query_names
from maizuru.graph.results import TABLES

from .negotiated import BY_ENDING

Json = dict[str, Any]

_ERROR: Json = {
    "description": "A refusal, in one sentence",
    "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/Error"}},
        "text/html": {},
        "text/plain": {},
    },
}
_KINDS: dict[str, Json] = {
    "integer": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
    "string": {"type": "string"},
    "iri": {"type": "string", "pattern": r"^(https?://[A-Za-z0-9./_~#=,-]+)?$"},
}
_TEXT: Json = {"type": "string", "minLength": 1}


def description(root: str) -> Json:
    """Return the description; *root* is the address of the service."""
    paths = _addresses()
    for name in ("void", "catalog", "sparql-examples"):
        choices = {"type": "string", "enum": list(BY_ENDING)}
        media = [form.media_types[0] for form in BY_ENDING.values()]
        paths[f"/{name}.{{ending}}"] = _get("A description", [_path("ending", choices)], media)
    for item in library():
        paths[f"/queries/{item.name}.{{form}}"] = _question(item)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Maizuru",
            "version": version("maizuru"),
            "description": "A knowledge graph with the passage of every statement",
            "license": {"name": "CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": root}],
        "paths": paths,
        "components": {"schemas": {"Error": _error_schema()}},
    }


def _addresses() -> Json:
    """Return the addresses that take the same shape whatever the dataset."""
    return {
        "/id/{key}": _linked("Send the client to a page or to data about a thing", 303),
        "/data/{key}": _linked("Everything the dataset says of a thing", 200),
        "/linkset": _get("Links of the home page", [], ["application/linkset+json"]),
        "/linkset/{key}": _get("Links of a landing page", [_key()], ["application/linkset+json"]),
        "/graph/{key}": _linked("A named graph", 200),
        "/sparql": _sparql(),
        "/exports": _get("The exports there are", [], ["text/html", "application/json"]),
        "/exports/{format}": _get(
            "The dataset in another format",
            [_path("format", {"type": "string", "enum": list(FORMATS)})],
            ["*/*"],
        ),
        "/exports/{form}/{table}": _get(
            "One table",
            [
                _path("form", {"type": "string", "enum": ["csv", "csv-excel", "tsv"]}),
                _path("table", {"type": "string", "enum": list(query_names("export"))}),
            ],
            ["text/csv", "text/tab-separated-values"],
        ),
        "/search": _get("Names and sentences", [_query("q", {"type": "string"})], ["text/html"]),
        "/permalink": _get(
            "A citable query", [_query("query", _TEXT, required=True)], ["text/html"]
        )
        | _post("Keep a query", ["application/x-www-form-urlencoded"], "query", 303),
        "/reconcile": _get(
            "Reconciliation (0.2): the manifest, or answers",
            [_query("queries", _TEXT), _query("extend", _TEXT)],
            ["application/json"],
        )
        | _post("Reconcile or extend", ["application/x-www-form-urlencoded"], "queries", 200),
    }


def _error_schema() -> Json:
    fields = {"status": {"type": "integer"}, "kind": {"type": "string"}}
    told: Json = {"type": "object", "required": ["status", "kind", "message"]}
    told["properties"] = {**fields, "message": {"type": "string"}}
    return {"type": "object", "required": ["error"], "properties": {"error": told}}


def _path(name: str, schema: Json) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _query(name: str, schema: Json, *, required: bool = False) -> Json:
    return {"name": name, "in": "query", "required": required, "schema": schema}


def _key() -> Json:
    return _path("key", {"type": "string", "pattern": "^[a-z]+/[a-z0-9-]+$"})


def _get(summary: str, parameters: list[Json], media_types: list[str], status: int = 200) -> Json:
    answers: Json = {
        str(status): {"description": summary, "content": {kind: {} for kind in media_types}},
        "4XX": _ERROR,
        "503": _ERROR,
    }
    return {"get": {"summary": summary, "parameters": parameters, "responses": answers}}


def _post(summary: str, bodies: list[str], field: str, status: int) -> Json:
    """Return a POST whose form, or whose whole body, holds *field*."""
    form: Json = {"type": "object", "required": [field], "properties": {field: _TEXT}}
    content = {
        kind: {"schema": form if kind.endswith("form-urlencoded") else _TEXT} for kind in bodies
    }
    answers: Json = {str(status): {"description": summary}, "4XX": _ERROR, "503": _ERROR}
    taken = {"required": True, "content": content}
    return {"post": {"summary": summary, "requestBody": taken, "responses": answers}}


def _linked(summary: str, status: int) -> Json:
    named = [form.media_types[0] for form in BY_ENDING.values()]
    names = {"type": "string", "enum": list(BY_ENDING)}
    found = _get(summary, [_key(), _query("format", names)], ["text/html", *named], status)
    missing = {**_ERROR, "content": {**_ERROR["content"], **{kind: {} for kind in named}}}
    found["get"]["responses"]["404"] = missing
    return found


def _sparql() -> Json:
    asked = _get(
        "SPARQL 1.1 Protocol; without a query, the description of the service",
        [_query("query", _TEXT), _query("format", _TEXT)],
        ["*/*"],
    )
    bodies = ["application/x-www-form-urlencoded", "application/sparql-query"]
    return asked | _post("The same, with the query in the body", bodies, "query", 200)


def _question(item: Question) -> Json:
    parameters = [_path("form", {"type": "string", "enum": list(TABLES)})]
    for known in item.parameters:
        schema: Json = {**_KINDS[known.kind], "default": known.default}
        if known.kind == "integer":
            schema["default"] = int(known.default)
        found = _query(known.name, schema)
        found["description"] = known.description
        parameters.append(found)
    media = [
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ]
    return _get(item.title, parameters, media)
