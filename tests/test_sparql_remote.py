"""The service in front of an endpoint elsewhere: one that works, is slow, down, or lies."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from flask.testing import FlaskClient

from maizuru.graph.errors import LimitExceeded, QueryError, StoreError
from maizuru.graph.store import RemoteStore
from maizuru.server.app import create_app
from maizuru.server.auth import hash_token
from maizuru.server.launch import free_port
from maizuru.server.remote import RemoteEngine
from maizuru.server.settings import Settings

XML = "application/sparql-results+xml"
TRUE = '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>true</boolean></sparql>'
EX = "http://example.org/"
COLUMN = '{"head":{"vars":["__ASK_RETVAL"]},"results":{"bindings":[%s]}}'
ROW = '{"__ASK_RETVAL":{"type":"literal","value":"1"}}'


class Endpoint(BaseHTTPRequestHandler):
    """Answers as its path says."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.path.strip("/")
        if kind == "silent":
            time.sleep(3)
            return
        if kind == "drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\r\n")
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
            return
        answers = {
            "good": (200, XML, TRUE),
            "html": (200, "text/html", "<html>login</html>"),
            "broken": (200, XML, TRUE[:60]),
            "json": (200, "application/sparql-results+json", '{"head":{},"boolean":true}'),
            "column": (200, "application/sparql-results+json", COLUMN % ROW),
            "column-empty": (200, "application/sparql-results+json", COLUMN % ""),
            "other": (200, XML, TRUE.replace("<boolean>true</boolean>", "<results/>")),
            "refusal": (400, "text/plain", "expected WHERE"),
            "failure": (500, "text/plain", "/srv/secret/path broke"),
            "late": (504, "text/plain", ""),
            "elsewhere": (302, "text/plain", ""),
        }
        status, media_type, body = answers[kind]
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Location", "http://127.0.0.1:9/")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def remote() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def service(url: str, **more: object) -> FlaskClient:
    settings = Settings(store=url, access_log="", query_seconds=0.7, **more)  # type: ignore[arg-type]
    return create_app(settings, engine=RemoteEngine(settings)).test_client()


@pytest.mark.parametrize(
    ("kind", "status", "error"),
    [
        ("good", 200, ""),
        ("json", 200, ""),
        ("html", 502, "StoreUnavailable"),
        ("broken", 502, "StoreUnavailable"),
        ("other", 502, "StoreUnavailable"),
        ("elsewhere", 502, "StoreUnavailable"),
        ("refusal", 400, "QueryError"),
        ("failure", 500, "QueryFailed"),
        ("late", 503, "QueryTimeout"),
        ("silent", 503, "QueryTimeout"),
        ("drip", 503, "QueryTimeout"),
    ],
)
def test_what_the_endpoint_does(remote: str, kind: str, status: int, error: str) -> None:
    started = time.monotonic()
    reply = service(f"{remote}/{kind}").get("/sparql?query=ASK%7B%7D")
    assert reply.status_code == status
    assert time.monotonic() - started < 2
    if error:
        assert json.loads(reply.data)["error"]["kind"] == error
    else:
        assert json.loads(reply.data)["boolean"] is True
        assert "ETag" not in reply.headers


@pytest.mark.parametrize(("kind", "truth"), [("column", True), ("column-empty", False)])
def test_truth_that_comes_as_a_table(remote: str, kind: str, truth: bool) -> None:
    client = service(f"{remote}/{kind}")
    assert client.get("/sparql?query=ASK%7B%7D").json == {"head": {}, "boolean": truth}
    status = client.get("/sparql?query=ASK%20FROM%20%3Curn:x%3E%7B%7D").status_code
    assert status == (200 if truth else 403)
    assert RemoteStore(f"{remote}/{kind}").contains("urn:x") is truth


def test_endpoint_that_is_down() -> None:
    client = service(f"http://127.0.0.1:{free_port()}/sparql")
    reply = client.get("/sparql?query=ASK%7B%7D")
    assert reply.status_code == 502
    assert client.get("/ready").status_code == 503
    assert client.get("/health").status_code == 200


def test_service_is_refused_here_too(remote: str) -> None:
    text = urlencode({"query": "SELECT * { SERVICE <http://e/> {} }"})
    assert service(f"{remote}/good").get(f"/sparql?{text}").status_code == 403


def test_address_must_be_http() -> None:
    with pytest.raises(StoreError, match="http"):
        RemoteEngine(Settings(store="file:///etc/passwd"))
    with pytest.raises(StoreError, match="http"):
        RemoteStore("file:///etc/passwd")


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("silent", LimitExceeded),
        ("late", LimitExceeded),
        ("refusal", QueryError),
        ("html", StoreError),
        ("broken", StoreError),
        ("elsewhere", StoreError),
    ],
)
def test_library_store_tells_the_same(remote: str, kind: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        list(RemoteStore(f"{remote}/{kind}", timeout=0.5).query("SELECT * {}"))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("the package oxigraph, a server, is not installed")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = (tmp_path_factory.mktemp("oxigraph") / "log").open("wb")
    process = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}", "--union-default-graph"],
        stdout=log,
        stderr=log,
    )
    for _ in range(100):
        try:
            urlopen(url, timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield url
    process.terminate()
    process.wait()
    log.close()


def test_live_against_oxigraph_server(oxigraph: str) -> None:
    client = service(
        f"{oxigraph}/query",
        store_update=f"{oxigraph}/update",
        update_token=hash_token("key"),
        client_seconds=1000,
        max_rows=2,
    )
    headers = {"Authorization": "Bearer key", "Content-Type": "text/turtle"}
    data = "".join(f"<{EX}{n}> <{EX}p> '舞鶴 {n}' ." for n in range(3))
    address = f"/store?graph={EX}g"
    assert client.put(address, data=data, headers=headers).status_code == 201
    assert client.put(address, data=data, headers=headers).status_code == 204
    rows = "/sparql?" + urlencode({"query": "SELECT ?o { ?s ?p ?o } ORDER BY ?o", "format": "csv"})
    reply = client.get(rows)
    assert reply.text == "o\r\n舞鶴 0\r\n舞鶴 1\r\n"
    assert reply.headers["Maizuru-Truncated"] == "max_rows=2"
    known = urlencode({"query": f"ASK FROM <{EX}g> {{ ?s ?p ?o }}"})
    assert client.get(f"/sparql?{known}").json == {"head": {}, "boolean": True}
    unknown = urlencode({"query": f"ASK FROM <{EX}none> {{ ?s ?p ?o }}"})
    assert client.get(f"/sparql?{unknown}").status_code == 403
    assert client.get("/sparql?query=SELECT").status_code == 400
    turtle = client.get(address, headers={"Accept": "text/turtle"})
    assert turtle.text.count("舞鶴") == 3
    assert client.delete(address, headers=headers).status_code == 204
    assert client.get(address).status_code == 404
    store = RemoteStore(f"{oxigraph}/query", f"{oxigraph}/update")
    store.update(f"INSERT DATA {{ GRAPH <{EX}h> {{ <{EX}a> <{EX}p> 1 }} }}")
    assert store.graphs() == (EX + "h",)
    assert store.size() == 1
    assert store.contains(EX + "a")
    assert [quad.graph_name.value for quad in store.quads()] == [EX + "h"]  # type: ignore[union-attr]
