"""Clients that hang up on a query give its reader free."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import time
from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from maizuru.graph.store import write_release
from maizuru.server.abandoned import Watch, connections
from maizuru.server.launch import Service, running

EX = "http://example.org/"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ASK = "ASK { ?s ?p ?o }"
FRIEND = "127.0.0.2"
SECONDS = 6.0


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("release")
    node = ox.NamedNode(EX + "p")
    write_release((ox.Quad(node, node, ox.Literal(n), node) for n in range(3000)), folder)
    limits = {"readers": 1, "query_seconds": SECONDS, "queue_seconds": 30, "client_seconds": 1000}
    with running(folder, {**limits, "cache_bytes": 0}, folder / "log") as started:
        yield started


def asking(service: Service, text: str) -> contextlib.closing[socket.socket]:
    """Return a connection that has asked a query."""
    connection = socket.create_connection(("127.0.0.1", service.port), timeout=30)
    head = f"GET /sparql?query={quote(text)} HTTP/1.1\r\nHost: x\r\n\r\n"
    connection.sendall(head.encode())
    return contextlib.closing(connection)


def test_the_reader_of_a_client_that_hung_up_is_free_at_once(service: Service) -> None:
    with asking(service, CROSS), asking(service, CROSS):
        time.sleep(1)
    started = time.monotonic()
    assert service.query(ASK, source=FRIEND).status == 200
    assert time.monotonic() - started < SECONDS / 2


def test_a_client_that_waits_is_not_taken_for_gone(service: Service) -> None:
    with asking(service, ASK) as idle, asking(service, CROSS) as waiting:
        assert idle.recv(64).startswith(b"HTTP/1.1 200")
        idle.close()
        answer = b""
        while b"}}" not in answer and (more := waiting.recv(65536)):
            answer += more
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["error"]["kind"] == "QueryTimeout"


def test_only_connections_that_wait_are_found() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        ours, _ = listener.accept()
        inode = os.fstat(ours.fileno()).st_ino
        with ours:
            with client:
                client.sendall(b"GET")
                time.sleep(0.01)
                assert inode in connections()["127.0.0.1"]
            time.sleep(0.01)
            assert inode not in connections().get("127.0.0.1", set())


def test_a_watch_goes_by_the_connections_that_were_there_first() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        watch = Watch("127.0.0.1", connection=ours)
        watch.look({1, 2})
        watch.look({2, 3})
        assert not watch.gone
        watch.look({3})
        assert watch.gone
        assert theirs.recv(1) == b""
