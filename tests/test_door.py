"""Connections that readers serve themselves: everything else must be as if they did not."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from maizuru.graph.store import write_release
from maizuru.server.auth import hash_token
from maizuru.server.launch import Service, running

EX = "http://example.org/"
ASK = "ASK { ?s ?p ?o }"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LIMITS = {
    "readers": 2,
    "query_seconds": 2,
    "client_seconds": 1000,
    "client_connections": 12,
    "update_token": hash_token("secret"),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("release")
    node = ox.NamedNode(EX + "p")
    quads = (ox.Quad(node, node, ox.Literal(f"{n} " + "x" * 100), node) for n in range(5000))
    write_release(quads, folder)
    with running(folder, LIMITS, folder / "log") as started:
        yield started


@pytest.fixture
def connection(service: Service) -> Iterator[Connection]:
    with closing(Connection(service, "127.0.0.3")) as opened:
        yield opened


class Connection:
    """One connection of a client."""

    def __init__(self, service: Service, source: str) -> None:
        self._http = http.client.HTTPConnection(
            "127.0.0.1", service.port, timeout=30, source_address=(source, 0)
        )

    def get(self, path: str, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self._http.request("GET", path, headers=names)
        response = self._http.getresponse()
        return response.status, dict(response.getheaders()), response.read()

    def ask(self, text: str, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
        return self.get("/sparql?" + urlencode({"query": text}), **headers)

    def post(self, text: str) -> int:
        body = urlencode({"query": text})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        self._http.request("POST", "/sparql", body, kind)
        response = self._http.getresponse()
        response.read()
        return response.status

    def close(self) -> None:
        self._http.close()


def by_a_reader(headers: Mapping[str, str]) -> bool:
    """Tell whether a reader wrote the response: the HTTP server's header names are small."""
    return "Content-Type" in headers


def readers(service: Service) -> list[int]:
    """Return the readers: the grandchildren of the guardian's keeper."""
    keeper = children(min(children(service.process.pid)))
    return [reader for process in keeper for reader in children(process)]


def children(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    return sorted(map(int, text.split()))


def test_queries_and_pages_come_on_one_connection(connection: Connection) -> None:
    for _ in range(3):
        status, headers, body = connection.ask(ASK)
        assert (status, body) == (200, b'{"head":{},"boolean":true}')
        assert by_a_reader(headers)
    assert connection.post(ASK) == 200
    status, headers, body = connection.get("/health")
    assert (status, body) == (200, b"ok\n")
    assert not by_a_reader(headers)
    assert connection.ask(ASK)[0] == 200


@pytest.mark.parametrize(("drops", "read_by_a_reader"), [(2, True), (24, False)])
def test_a_body_that_comes_in_drops_is_not_waited_for_by_a_reader(
    service: Service, drops: int, read_by_a_reader: bool
) -> None:
    body = urlencode({"query": ASK + "#" * 40}).encode()
    kind = "Content-Type: application/x-www-form-urlencoded\r\n"
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\n{kind}Content-Length: {len(body)}\r\n\r\n"
    address = ("127.0.0.1", service.port)
    with socket.create_connection(address, 10, source_address=("127.0.0.14", 0)) as raw:
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        raw.sendall(head.encode())
        for place in range(drops - 1):
            raw.sendall(body[place : place + 1])
            time.sleep(0.02)
        raw.sendall(body[drops - 1 :])
        answer = raw.recv(4096)
    assert answer.startswith(b"HTTP/1.1 200")
    assert (b"\r\nContent-Type:" in answer) == read_by_a_reader


def test_a_silent_connection_is_taken_up_again(connection: Connection) -> None:
    for _ in range(2):
        status, headers, _ = connection.ask(ASK)
        assert status == 200
        assert by_a_reader(headers)
        time.sleep(0.5)


def test_headers_are_the_same_either_way(service: Service, connection: Connection) -> None:
    _, direct, body = connection.ask("SELECT * { ?s ?p ?o } LIMIT 3")
    assert connection.get("/health")[0] == 200
    _, passed_on, other = connection.ask("SELECT * { ?s ?p ?o } LIMIT 3")
    assert by_a_reader(direct)
    assert not by_a_reader(passed_on)
    names = [
        {name.lower(): value for name, value in found.items()} for found in (direct, passed_on)
    ]
    for found in names:
        del found["date"]
    assert names[0] == names[1]
    assert body == other


def test_errors_are_the_same_either_way(connection: Connection) -> None:
    asked = [("SELECT * { SERVICE <http://a/> {} }", "*/*"), ("SELECT", "text/html, */*")]
    direct = [connection.ask(text, Accept=accept) for text, accept in asked]
    assert connection.get("/health")[0] == 200
    passed_on = [connection.ask(text, Accept=accept) for text, accept in asked]
    assert [status for status, _, _ in direct] == [403, 400]
    assert all(by_a_reader(headers) for _, headers, _ in direct)
    assert not any(by_a_reader(headers) for _, headers, _ in passed_on)
    assert [(status, body) for status, _, body in direct] == [
        (status, body) for status, _, body in passed_on
    ]


def test_what_is_not_plain_goes_to_the_http_server(service: Service) -> None:
    for request in (
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nX-Odd: 1\r\n\r\n",
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost:  x\r\nConnection: close\r\n\r\n",
        b"GET /sparql?query=ASK%7B%7D HTTP/1.0\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", service.port), timeout=10) as raw:
            raw.sendall(request)
            answer = raw.recv(4096)
        assert answer.split()[1] == b"200"
        assert b"\r\ncontent-type:" in answer


def test_requests_may_come_in_pieces_and_at_once(service: Service) -> None:
    request = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as raw:
        for piece in (request[:20], request[20:50], request[50:]):
            raw.sendall(piece)
            time.sleep(0.02)
        assert raw.recv(4096).split()[1] == b"200"
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as raw:
        raw.sendall(request * 3)
        answer = b""
        while answer.count(b'"boolean":true}') < 3:
            more = raw.recv(4096)
            assert more
            answer += more


def test_the_client_is_told_what_it_knows(connection: Connection) -> None:
    _, headers, _ = connection.ask(ASK)
    for _ in range(2):
        status, again, body = connection.ask(ASK, If_None_Match=headers["ETag"])
        assert (status, body, again["ETag"]) == (304, b"", headers["ETag"])
        assert by_a_reader(again)


def test_every_query_is_logged_and_counted(service: Service) -> None:
    before = counted(service)
    with closing(Connection(service, "127.0.0.4")) as connection:
        for limit in (1, 2, 3):
            connection.ask(f"SELECT * {{ ?s ?p ?o }} LIMIT {limit} # said once")
        assert counted(service) == before + 3
        connection.ask("SELECT * { ?s ?p ?o } LIMIT 3 # said once")
    lines = [line for line in logged(service) if line["client"] == "127.0.0.4"]
    assert [line["rows"] for line in lines] == [1, 2, 3, 3]
    assert [line["outcome"] for line in lines] == ["answered"] * 3 + ["cached"]
    assert all(line["path"] == "/sparql" and line["status"] == 200 for line in lines)
    assert "said once" not in json.dumps(lines)


def counted(service: Service) -> int:
    text = service.request("GET", "/metrics").text
    prefix = 'maizuru_requests_total{path="/sparql",status="200"} '
    return sum(int(line.split()[-1]) for line in text.splitlines() if line.startswith(prefix))


def logged(service: Service) -> list[dict[str, object]]:
    time.sleep(0.5)
    flags = service.process.args
    assert isinstance(flags, list)
    log = Path(str(flags[flags.index("--access-log") + 1]))
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def test_a_query_over_its_time_is_answered_and_the_connection_goes_on(service: Service) -> None:
    with closing(Connection(service, "127.0.0.9")) as connection:
        status, headers, body = connection.ask(CROSS, Accept="application/json")
        assert (status, json.loads(body)["error"]["kind"]) == (503, "QueryTimeout")
        assert by_a_reader(headers)
        assert headers["Retry-After"] == "5"
        status, headers, _ = connection.ask(ASK)
    assert status == 200
    assert not by_a_reader(headers), "it waits for its turn like others now"


def test_readers_that_die_between_two_requests_are_not_noticed(service: Service) -> None:
    with closing(Connection(service, "127.0.0.5")) as connection:
        assert connection.ask(ASK)[0] == 200
        for reader in readers(service):
            os.kill(reader, signal.SIGKILL)
        status, headers, _ = connection.ask(ASK)
    assert status == 200
    assert by_a_reader(headers)


def test_a_change_is_seen_on_a_connection_that_a_reader_has(service: Service) -> None:
    with closing(Connection(service, "127.0.0.6")) as connection:
        for number in range(5):
            text = f"ASK {{ GRAPH <{EX}new> {{ ?s ?p {number} }} }}"
            assert b"false" in connection.ask(text)[2]
            update = f"INSERT DATA {{ GRAPH <{EX}new> {{ <{EX}a> <{EX}b> {number} }} }}"
            assert service.update(update, "secret").status == 204
            assert b"true" in connection.ask(text)[2]


@pytest.mark.parametrize("name", ["json", "csv"])
def test_long_answers_arrive_whole(service: Service, connection: Connection, name: str) -> None:
    accept = "text/csv" if name == "csv" else "application/sparql-results+json"
    text = "SELECT ?o { ?s ?p ?o FILTER(isLiteral(?o) && STRLEN(?o) > 50) }"
    for _ in range(2):
        status, headers, body = connection.ask(text, Accept=accept)
        assert (status, headers["Transfer-Encoding"]) == (200, "chunked")
        assert by_a_reader(headers)
        if name == "json":
            assert len(json.loads(body)["results"]["bindings"]) == 5000
        else:
            assert headers["Maizuru-Rows"] == "5000"
            assert len(body.splitlines()) == 5001


def test_a_client_may_have_so_many_connections(service: Service) -> None:
    opened = [
        socket.create_connection(("127.0.0.1", service.port), source_address=("127.0.0.7", 0))
        for _ in range(12)
    ]
    time.sleep(0.2)
    reply = service.request("GET", "/health", source="127.0.0.7")
    assert (reply.status, reply.headers["connection"]) == (429, "close")
    assert service.request("GET", "/health", source="127.0.0.8").status == 200
    for one in opened:
        one.close()
    time.sleep(0.2)
    assert service.request("GET", "/health", source="127.0.0.7").status == 200
