from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from maizuru.graph.store import write_release
from maizuru.server.launch import Reply, Service, running

EX = "http://example.org/"
LIMITS = {
    "query_seconds": 1.5,
    "readers": 2,
    "reader_bytes": 200_000_000,
    "max_rows": 1000,
    "max_bytes": 3_000_000,
    "max_upload_bytes": 100_000,
    "max_query_bytes": 20_000,
    "body_seconds": 1,
    "header_seconds": 1,
    "stall_seconds": 2,
    "queue_length": 2,
    "queue_seconds": 1,
    "client_seconds": 100_000,
    "client_queries": 100,
    "client_requests": 100,
    "cache_bytes": 0,
}
ASK = "ASK { ?s ?p ?o }"
FRIEND = "127.0.0.2"
"""A client that asks for little, while 127.0.0.1 asks for too much."""
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def quads() -> Iterator[ox.Quad]:
    for number in range(3000):
        subject = ox.NamedNode(f"{EX}s{number}")
        text = ox.Literal(f"value {number} " + "x" * 40)
        yield ox.Quad(subject, ox.NamedNode(EX + "label"), text, ox.NamedNode(EX + "g"))
        following = ox.NamedNode(f"{EX}s{(number * 7 + 1) % 3000}")
        yield ox.Quad(subject, ox.NamedNode(EX + "next"), following, ox.NamedNode(EX + "g"))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("release")
    write_release(quads(), folder)
    with running(folder, LIMITS, folder / "log") as started:
        yield started


def kind(reply: Reply) -> str:
    return str(json.loads(reply.body)["error"]["kind"])


def assert_alive(service: Service) -> None:
    assert service.query(ASK, source=FRIEND).text == '{"head":{},"boolean":true}'


@pytest.mark.parametrize(
    "text",
    [
        CROSS,
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
        f"SELECT (COUNT(*) AS ?n) {{ ?a (<{EX}next>|!<{EX}no>)*/(<{EX}next>|!<{EX}no>)* ?b }}",
        'SELECT * { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(?c, ?f), "(x+x+)+y")) }',
    ],
    ids=["cartesian", "sort", "property-path", "regex"],
)
def test_endless_query_is_stopped_and_the_next_is_answered(service: Service, text: str) -> None:
    started = time.monotonic()
    reply = service.query(text)
    assert reply.status == 503
    assert kind(reply) in ("QueryTimeout", "QueryMemory")
    assert "retry-after" in reply.headers
    assert time.monotonic() - started < 4
    assert_alive(service)


def test_memory_of_a_query_is_bounded(service: Service) -> None:
    double = "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) " for n in range(40))
    reply = service.query(f'SELECT (STRLEN(?x40) AS ?n) {{ BIND("0123456789" AS ?x0) {double} }}')
    assert reply.status == 503
    assert kind(reply) in ("QueryMemory", "QueryTimeout")
    assert_alive(service)


def test_others_are_answered_while_readers_die(service: Service) -> None:
    stop = threading.Event()

    def attack() -> None:
        while not stop.is_set():
            service.query(CROSS)

    attacker = threading.Thread(target=attack)
    attacker.start()
    try:
        for _ in range(40):
            assert service.query(ASK, source=FRIEND).status == 200
            time.sleep(0.05)
    finally:
        stop.set()
        attacker.join()


def test_full_queue_turns_away(service: Service) -> None:
    replies: list[Reply] = []
    threads = [
        threading.Thread(target=lambda: replies.append(service.query(CROSS))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kinds = sorted(kind(reply) for reply in replies)
    assert "Busy" in kinds
    assert {reply.status for reply in replies} == {503}
    assert all("retry-after" in reply.headers for reply in replies)
    assert_alive(service)


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_rows_are_limited_and_the_cut_is_told(service: Service, name: str) -> None:
    reply = service.query("SELECT ?s ?o { ?s ?p ?o }", format=name)
    assert reply.status == 200
    assert reply.headers["maizuru-truncated"] == "max_rows=1000"
    assert reply.headers["maizuru-rows"] == "1000"
    if name == "json":
        document = json.loads(reply.body)
        assert len(document["results"]["bindings"]) == 1000
        assert document["truncated"] == {"limit": "max_rows", "value": 1000}
    elif name == "xml":
        answer = ox.parse_query_results(reply.body, ox.QueryResultsFormat.XML)
        assert isinstance(answer, ox.QuerySolutions)
        assert len(list(answer)) == 1000
        assert "truncated at max_rows=1000" in reply.text
    else:
        assert len(reply.text.strip().splitlines()) == 1001


def test_bytes_of_a_graph_are_limited_and_what_is_there_parses(service: Service) -> None:
    for name in ("turtle", "ntriples"):
        reply = service.query(
            f"CONSTRUCT {{ ?s <{EX}x> ?t }} {{ ?s <{EX}next> ?a . ?t <{EX}next> ?b }}", format=name
        )
        assert reply.status == 200
        assert len(reply.body) < 3_100_000
        assert reply.text.endswith("# truncated at max_bytes=3000000\n")
        assert len(list(ox.parse(reply.body, ox.RdfFormat.TURTLE))) > 10_000


def test_client_that_stops_reading_frees_its_reader(service: Service) -> None:
    text = f"CONSTRUCT {{ ?s <{EX}x> ?t }} {{ ?s <{EX}next> ?a . ?t <{EX}next> ?b }}"
    request = f"GET /sparql?query={quote(text)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    stalled = []
    for _ in range(6):
        connection = socket.create_connection(("127.0.0.1", service.port))
        connection.sendall(request)
        stalled.append(connection)
        time.sleep(0.3)
    try:
        for _ in range(10):
            assert_alive(service)
    finally:
        for connection in stalled:
            connection.close()
