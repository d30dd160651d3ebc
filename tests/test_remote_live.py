"""The service in front of two real endpoints, Oxigraph's server and Virtuoso: the same answers."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from maizuru.graph.store import DATA
from maizuru.server.app import create_app
from maizuru.server.engines import LocalEngine
from maizuru.server.launch import free_port
from maizuru.server.remote import RemoteEngine
from maizuru.server.settings import Settings

pytestmark = pytest.mark.slow
GRAPH = "urn:maizuru:union"
START_SECONDS = 120
PREFIXES = """
PREFIX mz: <https://w3id.org/maizuru/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
QUERIES = {
    "lookup": "SELECT ?p ?o { <https://w3id.org/maizuru/id/place/kansk> ?p ?o }",
    "languages": "SELECT ?s ?n { ?s skos:altLabel ?n FILTER(LANG(?n) IN ('ja', 'ru')) }",
    "star": "SELECT * { ?f a mz:Figure ; mz:measure ?m ; mz:lowerBound ?l ; mz:stance ?s }",
    "path": "SELECT ?f ?d { ?f a mz:Figure ; mz:statedIn ?p . ?p oa:hasSource ?d }",
    "optional": "SELECT ?f ?w { ?f a mz:Figure OPTIONAL { ?f mz:authority ?w } }",
    "regex": "SELECT ?s ?n { ?s rdfs:label ?n FILTER(REGEX(STR(?n), '^[JK].*a', 'i')) }",
    "white-space": r'SELECT ?q { ?s oa:exact|oa:prefix ?q FILTER(REGEX(?q, "[\\t\\n ]$")) }',
    "group": "SELECT ?m (COUNT(?f) AS ?n) (SUM(?l) AS ?sum) { ?f mz:measure ?m ; mz:lowerBound ?l }"
    " GROUP BY ?m HAVING (COUNT(?f) > 1) ORDER BY DESC(?n) ?m",
    "order": "SELECT ?l ?f { ?f a mz:Figure ; mz:lowerBound ?l } ORDER BY DESC(?l) ?f LIMIT 20",
    "union": "SELECT DISTINCT ?x { { ?x a mz:Camp } UNION { ?x a mz:Work } }",
    "property-path": "SELECT ?c { ?c rdfs:subClassOf+ mz:Place }",
    "subquery": "SELECT ?d ?n { { SELECT ?d (COUNT(*) AS ?n) { ?p oa:hasSource ?d } GROUP BY ?d }"
    " FILTER(?n > 10) }",
    "negation": "SELECT ?f { ?f a mz:Figure FILTER NOT EXISTS { ?f mz:citesReference ?r } }",
    "minus": "SELECT ?f { ?f a mz:Figure MINUS { ?f mz:authority ?w } }",
    "graph": "SELECT (COUNT(*) AS ?n) { GRAPH <urn:maizuru:union> { ?s a mz:Figure } }",
    "ask": "ASK { ?f a mz:Figure }",
    "ask-nothing": "ASK { ?f a mz:NoSuchThing }",
    "ask-always": "ASK {}",
}
CONSTRUCT = (
    "CONSTRUCT { ?d mz:tells ?n } { ?p oa:hasSource ?d . ?d <http://purl.org/dc/terms/title> ?n }"
)
INI = """
[Database]
DatabaseFile = {d}/virtuoso.db
ErrorLogFile = {d}/virtuoso.log
LockFile = {d}/virtuoso.lck
TransactionFile = {d}/virtuoso.trx
xa_persistent_file = {d}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {d}/temporary.db
TransactionFile = {d}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {d}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {d}
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryExecutionTime = 60
"""


@pytest.fixture(scope="module")
def triples(release: Path) -> bytes:
    """Return the union of a release's graphs, each triple once, as N-Triples."""
    with gzip.open(release / DATA, "rb") as lines:
        union = {quad.triple for quad in ox.parse(lines.read(), ox.RdfFormat.N_QUADS)}
    return ox.serialize(union, format=ox.RdfFormat.N_TRIPLES) or b""


def until_answered(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    process.kill()
    raise AssertionError(f"{process.args!r} did not start")


def oxigraph(folder: Path, data: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start Oxigraph's server with *data*; return it and the address for queries."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("the package oxigraph, a server, is not installed")
    url = f"http://127.0.0.1:{free_port()}"
    command = [program, "serve", "--bind", url.removeprefix("http://"), "--union-default-graph"]
    process = start(command, folder)
    until_answered(url, process)
    body, kind = data.read_bytes(), {"Content-Type": "application/n-triples"}
    put = Request(f"{url}/store?{urlencode({'graph': GRAPH})}", body, kind, method="PUT")
    urlopen(put, timeout=60).close()
    return process, f"{url}/query"


def virtuoso(folder: Path, data: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start Virtuoso with *data*; return it and the address for queries."""
    program, client = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if program is None or client is None:
        pytest.skip("Virtuoso (package virtuoso-opensource-7) is not installed")
    port, sql = free_port(), free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(INI.format(d=folder, port=port, sql=sql), "utf-8")
    process = start([program, "+foreground", "+configfile", str(settings)], folder)
    url = f"http://127.0.0.1:{port}/sparql"
    until_answered(url, process)
    for step in (f"ld_add ('{data}', '{GRAPH}')", "rdf_loader_run ()"):
        command = [client, f"127.0.0.1:{sql}", "dba", "dba", f"exec={step}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=120)
    return process, url


def start(command: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)


Start = Callable[[Path, Path], tuple[subprocess.Popen[bytes], str]]


@pytest.fixture(scope="module", params=[oxigraph, virtuoso], ids=["oxigraph", "virtuoso"])
def endpoint(
    request: pytest.FixtureRequest, triples: bytes, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("endpoint")
    data = folder / "union.nt"
    data.write_bytes(triples)
    begin: Start = request.param
    process, url = begin(folder, data)
    yield url
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def local(triples: bytes) -> FlaskClient:
    store = ox.Store()
    store.load(triples, ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(GRAPH))
    settings = Settings(access_log="", client_seconds=10_000)
    return create_app(settings, engine=LocalEngine(store, settings)).test_client()


def remote(url: str, **more: Any) -> FlaskClient:
    wanted = {"query_seconds": 60, "client_seconds": 10_000, "client_queries": 100, **more}
    settings = Settings(store=url, access_log="", **wanted)
    return create_app(settings, engine=RemoteEngine(settings)).test_client()


def address(text: str, **parameters: str) -> str:
    return "/sparql?" + urlencode({"query": PREFIXES + text, **parameters})


def rows(document: Any) -> Any:
    """Return the truth of an ASK, or rows as text, those of an ordered answer in their order."""
    if "boolean" in document:
        return document["boolean"]
    return [json.dumps(row, sort_keys=True) for row in document["results"]["bindings"]]


@pytest.mark.parametrize("name", QUERIES)
def test_same_queries_have_the_same_answers(endpoint: str, local: FlaskClient, name: str) -> None:
    reply = remote(endpoint).get(address(QUERIES[name]))
    assert reply.status_code == 200, reply.text
    expected, found = rows(local.get(address(QUERIES[name])).json), rows(reply.json)
    if isinstance(expected, list) and "ORDER BY" not in QUERIES[name]:
        expected, found = sorted(expected), sorted(found)
    assert expected == found
    if isinstance(expected, list):
        assert len(expected) > 0


def test_same_graph_is_constructed(endpoint: str, local: FlaskClient) -> None:
    found = [
        {
            str(quad.triple)
            for quad in ox.parse(client.get(address(CONSTRUCT)).data, ox.RdfFormat.TURTLE)
        }
        for client in (local, remote(endpoint))
    ]
    assert found[0] == found[1]
    assert len(found[0]) > 5


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_same_limits(endpoint: str, form: str) -> None:
    reply = remote(endpoint, max_rows=7).get(address(QUERIES["star"], format=form))
    assert reply.headers["Maizuru-Truncated"] == "max_rows=7"
    assert reply.headers["Maizuru-Rows"] == "7"


def test_same_refusals(endpoint: str) -> None:
    client = remote(endpoint)
    assert client.get(address("SELECT * { ?s ?p }")).status_code == 400
    assert client.get(address("SELECT * FROM <urn:none> { ?s ?p ?o }")).status_code == 403
    assert client.get(address(f"ASK FROM <{GRAPH}> {{ ?s ?p ?o }}")).status_code == 200
    assert client.get(address("SELECT * { SERVICE <http://e/> {} }")).status_code == 403
    assert client.get("/store?graph=urn:none").status_code == 404
    assert client.get("/ready").status_code == 200


def test_slow_query_is_given_up(endpoint: str) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) < STR(?f)) }"
    started = time.monotonic()
    reply = remote(endpoint, query_seconds=1.0).get(address(text))
    assert time.monotonic() - started < 20
    assert reply.status_code in (500, 503), reply.text
    assert json.loads(reply.data)["error"]["kind"] in ("QueryTimeout", "QueryFailed")
