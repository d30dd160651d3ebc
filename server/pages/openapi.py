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
_KINDS = {"integer": "integer", "date": "string", "string": "string", "iri": "string"}


def description(root: str) -> Json:
    """Return the description; *root* is the address of the service."""
    paths: Json = {
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
            "A citable query", [_query("query", {"type": "string"}, required=True)], ["text/html"]
        ),
        "/reconcile": _get(
            "Reconciliation (0.2): the manifest, or answers",
            [_query("queries", {"type": "string"}), _query("extend", {"type": "string"})],
            ["application/json"],
        ),
    }
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


def _linked(summary: str, status: int) -> Json:
    named = [form.media_types[0] for form in BY_ENDING.values()]
    names = {"type": "string", "enum": list(BY_ENDING)}
    found = _get(summary, [_key(), _query("format", names)], ["text/html", *named], status)
    missing = {**_ERROR, "content": {**_ERROR["content"], **{kind: {} for kind in named}}}
    found["get"]["responses"]["404"] = missing
    return found


def _sparql() -> Json:
    found = _get(
        "SPARQL 1.1 Protocol; without a query, the description of the service",
        [_query("query", {"type": "string"}), _query("format", {"type": "string"})],
        ["*/*"],
    )
    return found


def _question(item: Question) -> Json:
    parameters = [_path("form", {"type": "string", "enum": list(TABLES)})]
    for known in item.parameters:
        schema: Json = {"type": _KINDS[known.kind], "default": known.default}
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
