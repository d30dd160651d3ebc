from __future__ import annotations

import gzip
import json
import socket
import time
from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from maizuru.graph.store import write_release
from maizuru.server.launch import Reply, Service, running

EX = "http://example.org/"
LIMITS = {
    "query_seconds": 2,
    "readers": 2,
    "max_upload_bytes": 100_000,
    "max_query_bytes": 20_000,
    "body_seconds": 1,
    "header_seconds": 1,
    "stall_seconds": 2,
    "threads": 8,
    "client_seconds": 100_000,
    "client_queries": 100,
    "client_requests": 6,
    "cache_bytes": 0,
}
ASK = "ASK { ?s ?p ?o }"
TRUE = '{"head":{},"boolean":true}'


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("release")
    predicate, graph = ox.NamedNode(EX + "p"), ox.NamedNode(EX + "g")
    quads = [
        ox.Quad(ox.NamedNode(f"{EX}{n}"), predicate, ox.NamedNode(f"{EX}{n % 50}"), graph)
        for n in range(2500)
    ]
    write_release(quads, folder)
    with running(folder, LIMITS, folder / "log") as started:
        yield started


def kind(reply: Reply) -> str:
    return str(json.loads(reply.body)["error"]["kind"])


def raw(service: Service, data: bytes, wait: float = 3.0) -> bytes:
    """Send bytes as they are and return what comes back until the server closes or is silent."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=wait) as connection:
        connection.sendall(data)
        answer = b""
        try:
            while piece := connection.recv(65536):
                answer += piece
                if b"\r\n\r\n" in answer and b"Connection: close" not in data:
                    break
        except TimeoutError:
            return answer
        return answer


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { BIND(<http://127.0.0.1:9/> AS ?x) SERVICE ?x { ?s ?p ?o } }",
        "PREFIX e: <http://127.0.0.1:9/> SELECT*{SERVICEe:x{}}",
        "PREFIX : <http://127.0.0.1:9/> SELECT*{SERVICE:x{}}",
        "PREFIX e: <http://127.0.0.1:9/> SELECT*{?s ?p trueSERVICEe:x{}}",
        "SELECT * { ?s ?p 1.SERVICE<http://127.0.0.1:9/>{} }",
        "SELECT * { # }\n service <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:9/> {} } }",
    ],
)
def test_service_is_refused_however_it_is_written(service: Service, text: str) -> None:
    reply = service.query(text)
    assert (reply.status, kind(reply)) == (403, "QueryRefused")


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?s { ?s ?p "SERVICE <http://x/> {}" }',
        "SELECT ?service { ?service ?p ?o } # SERVICE <http://x/> {}",
        "PREFIX service: <http://e/> SELECT ?s { GRAPH service:g { ?s service:p service:o } }",
        "SELECT ?s { ?s <http://e/SERVICE> ?o }",
    ],
)
def test_innocent_use_of_the_word_is_answered(service: Service, text: str) -> None:
    assert service.query(text).status == 200


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/x.ttl"])
@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
def test_unknown_graphs_are_refused(service: Service, clause: str, address: str) -> None:
    reply = service.query(f"SELECT * {clause} <{address}> {{ ?s ?p ?o }}")
    assert (reply.status, kind(reply)) == (403, "QueryRefused")
    parameter = "default-graph-uri" if clause == "FROM" else "named-graph-uri"
    assert service.query("SELECT * { ?s ?p ?o }", **{parameter: address}).status == 403


def test_known_graph_is_answered(service: Service) -> None:
    assert service.query(f"ASK FROM <{EX}g> {{ ?s ?p ?o }}").text == TRUE


def test_updates_are_refused_without_a_token(service: Service) -> None:
    reply = service.update(f"LOAD <http://127.0.0.1:9/> ; INSERT DATA {{ <{EX}x> a 1 }}", "guess")
    assert (reply.status, kind(reply)) == (403, "QueryRefused")
    assert service.query(f"INSERT DATA {{ <{EX}x> a 1 }}").status == 400


@pytest.mark.parametrize(
    "text", ["SELECT * " + "{" * 9000 + "}" * 9000, "ASK{FILTER(" + "(" * 5000 + ")" * 5001 + "}"]
)
def test_deep_nesting_is_refused(service: Service, text: str) -> None:
    reply = post(service, text.encode())
    assert reply.status == 400
    assert "nested" in reply.text


def post(service: Service, body: bytes, **headers: str) -> Reply:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return service.request(
        "POST", "/sparql", body, {"Content-Type": "application/sparql-query", **names}
    )


def test_long_chain_of_operators_does_no_harm(service: Service) -> None:
    text = "ASK { FILTER(" + "!" * 15_000 + "true) }"
    assert post(service, text.encode()).status in (200, 400, 503)
    assert service.query(ASK).text == TRUE


def test_oversized_query_is_refused(service: Service) -> None:
    text = "ASK { ?s ?p '" + "x" * 20_000 + "' }"
    reply = post(service, text.encode())
    assert (reply.status, kind(reply)) == (413, "TooLarge")


def test_huge_literal_within_bounds_is_answered(service: Service) -> None:
    text = "ASK { ?s ?p '" + "x" * 15_000 + "' }"
    assert post(service, text.encode()).status == 200


def test_gzip_query_is_answered_and_a_bomb_is_refused(service: Service) -> None:
    assert post(service, gzip.compress(ASK.encode()), Content_Encoding="gzip").text == TRUE
    bomb = gzip.compress(b" " * 50_000_000)
    reply = post(service, gzip.compress(bomb)[:20_000], Content_Encoding="gzip")
    assert reply.status in (400, 413)
    small_bomb = gzip.compress(b" " * 15_000_000)
    reply = post(service, small_bomb, Content_Encoding="gzip")
    assert (reply.status, kind(reply)) == (413, "TooLarge")


def test_other_encodings_are_refused(service: Service) -> None:
    assert post(service, b"x", Content_Encoding="br").status == 415
    assert post(service, b"not gzip", Content_Encoding="gzip").status == 400
    assert post(service, gzip.compress(ASK.encode())[:-4], Content_Encoding="gzip").status == 400


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length: 0x5\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Bad Header: x\r\n",
        b"X-Long: " + b"y" * 600_000 + b"\r\n",
    ],
    ids=["two-lengths", "plus", "hex", "encodings", "unknown-encoding", "space", "long"],
)
def test_ambiguous_headers_are_refused(service: Service, headers: bytes) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    answer = raw(service, head + headers + b"\r\nASK{}GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 431")
    assert answer.count(b"HTTP/1.1 ") == 1


def test_length_and_chunks_together_never_carry_a_second_request(service: Service) -> None:
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 12\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    answer = raw(service, head + b"0\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n", wait=2)
    assert b"ok\n" not in answer


def test_slow_headers_are_cut_off(service: Service) -> None:
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as connection:
        connection.sendall(b"GET /sparql HTTP/1.1\r\nHost: x\r\nX-A: ")
        started = time.monotonic()
        assert connection.recv(100) in (b"",) or connection.recv(100) == b""
        assert time.monotonic() - started < 5


def test_slow_bodies_are_cut_off_and_do_not_hold_the_service(service: Service) -> None:
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 100\r\n\r\nASK"
    )
    slow = [socket.create_connection(("127.0.0.1", service.port), timeout=10) for _ in range(5)]
    for connection in slow:
        connection.sendall(head)
    assert service.query(ASK).text == TRUE
    for connection in slow:
        assert connection.recv(1000).split()[1] == b"408"
        connection.close()


def test_forms_of_pages_are_bounded_in_time_and_length(service: Service) -> None:
    head = b"POST /reconcile HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded"
    answer = raw(service, head + b"\r\nContent-Length: 100\r\n\r\nqueries=", wait=20)
    assert answer.split()[1] == b"408"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    reply = service.request("POST", "/reconcile", b"queries=" + b"x" * 60_000, form)
    assert (reply.status, kind(reply)) == (413, "TooLarge")
    queries = gzip.compress(b"queries=%7B%7D")
    reply = service.request("POST", "/reconcile", queries, {**form, "Content-Encoding": "gzip"})
    assert (reply.status, json.loads(reply.body)) == (200, {})


def test_one_client_cannot_have_every_thread(service: Service) -> None:
    time.sleep(1.5)
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    slow = [socket.create_connection(("127.0.0.1", service.port), timeout=10) for _ in range(6)]
    for connection in slow:
        connection.sendall(head + b"Content-Length: 100\r\n\r\nASK")
    time.sleep(0.2)
    reply = service.query(ASK)
    assert (reply.status, kind(reply)) == (429, "TooManyRequests")
    assert reply.headers["retry-after"] == "1"
    for connection in slow:
        connection.close()
    time.sleep(1.5)
    assert service.query(ASK).text == TRUE


def test_stalled_downloads_are_cut_off(service: Service) -> None:
    text = f"CONSTRUCT {{ ?a <{EX}q> ?c }} {{ ?a ?b ?o . ?c ?d ?e }}"
    request = f"GET /sparql?query={quote(text)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    stalled = []
    for _ in range(6):
        connection = socket.create_connection(("127.0.0.1", service.port))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(request)
        stalled.append(connection)
    time.sleep(1)
    assert service.query(ASK).status == 429
    deadline = time.monotonic() + 15
    while service.query(ASK).status == 429 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert service.query(ASK).text == TRUE
    for connection in stalled:
        connection.close()


def test_errors_tell_nothing_of_the_inside(service: Service) -> None:
    for path in ("/sparql?query=%E6%88", "/sparql?query=SELECT", "/nothing", "/store?graph=x"):
        reply = service.request("GET", path)
        assert reply.status >= 400
        for secret in ("Traceback", "/work", "site-packages", ".py", "granian", "lask", "xigraph"):
            assert secret not in reply.text + str(dict(reply.headers))


@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D", "/sparql", "/health", "/nothing"])
def test_every_answer_has_the_security_headers(service: Service, path: str) -> None:
    headers = service.request("GET", path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["server"] == "Maizuru"
    assert "set-cookie" not in headers
