"""The service description (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

import pyoxigraph as ox

from maizuru.graph.namespaces import expand

from .http import Request, Response
from .jobs import Engine
from .negotiate import RESULTS, TRIPLES, choose
from .settings import Settings

_FORMAT = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON-LD",
    "n3": "N3",
    "trig": "TriG",
    "nquads": "N-Quads",
}
_INPUTS = ("turtle", "ntriples", "rdfxml", "jsonld", "n3", "trig", "nquads")
LIMITS = (
    "query_seconds",
    "max_rows",
    "max_bytes",
    "max_query_bytes",
    "max_nesting",
    "reader_bytes",
    "client_seconds",
    "client_queries",
    "queue_length",
    "queue_seconds",
)
"""Settings that bound what a client may ask, told to clients as comments."""


def describe_service(request: Request, settings: Settings, engine: Engine) -> Response:
    """Answer with the description of the service, in the RDF syntax asked for."""
    chosen = choose(request.header("Accept"), TRIPLES)
    endpoint = ox.NamedNode(request.url)
    triples = list(_triples(endpoint, settings, engine.writable))
    body = ox.serialize(triples, format=chosen.engine, prefixes=_PREFIXES)  # type: ignore[arg-type]
    headers = [
        ("Content-Type", chosen.content_type),
        ("Vary", "Accept"),
        ("Cache-Control", "no-cache"),
    ]
    return Response(200, headers, body or b"", {"outcome": "described"})


_UNION = (
    "The default graph is the union of all graphs, each triple once. Where updates are taken or "
    "the data are on disk, a query that also uses GRAPH, and on disk with updates any query, may "
    "give a triple once for each graph that holds it; DISTINCT makes it exact."
)
_SIMPLE = "http://www.w3.org/ns/entailment/Simple"
"""Nothing is concluded while a query runs: conclusions are triples of ``graph/inferred``."""
_PREFIXES = {"sd": expand("sd:"), "rdfs": expand("rdfs:")}


def _triples(endpoint: ox.NamedNode, settings: Settings, writable: bool) -> list[ox.Triple]:
    def named(curie: str) -> ox.NamedNode:
        return ox.NamedNode(expand(curie))

    kind = named("rdf:type")
    dataset, graph = ox.BlankNode("dataset"), ox.BlankNode("graph")
    out = [
        ox.Triple(endpoint, kind, named("sd:Service")),
        ox.Triple(endpoint, named("sd:endpoint"), endpoint),
        ox.Triple(endpoint, named("sd:supportedLanguage"), named("sd:SPARQL11Query")),
        ox.Triple(endpoint, named("sd:defaultEntailmentRegime"), ox.NamedNode(_SIMPLE)),
        ox.Triple(endpoint, named("sd:defaultDataset"), dataset),
        ox.Triple(dataset, kind, named("sd:Dataset")),
        ox.Triple(dataset, named("sd:defaultGraph"), graph),
        ox.Triple(graph, kind, named("sd:Graph")),
    ]
    if settings.union_default_graph:
        out.append(ox.Triple(endpoint, named("sd:feature"), named("sd:UnionDefaultGraph")))
        out.append(ox.Triple(endpoint, named("rdfs:comment"), ox.Literal(_UNION)))
    if settings.allowed_services():
        out.append(ox.Triple(endpoint, named("sd:feature"), named("sd:BasicFederatedQuery")))
    if writable:
        out.append(ox.Triple(endpoint, named("sd:supportedLanguage"), named("sd:SPARQL11Update")))
        for name in _INPUTS:
            syntax = ox.NamedNode(_FORMAT + _RESULT_FORMATS[name])
            out.append(ox.Triple(endpoint, named("sd:inputFormat"), syntax))
    for form in (*RESULTS, *TRIPLES):
        syntax = ox.NamedNode(_FORMAT + _RESULT_FORMATS[form.name])
        out.append(ox.Triple(endpoint, named("sd:resultFormat"), syntax))
    for name in LIMITS:
        limit = ox.Literal(f"limit {name}={getattr(settings, name)}")
        out.append(ox.Triple(endpoint, named("rdfs:comment"), limit))
    return out
