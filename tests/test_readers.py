"""A reader by itself, and what the pool makes of its answers."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from maizuru.server.jobs import Job
from maizuru.server.negotiate import RESULTS
from maizuru.server.readers.board import Board
from maizuru.server.readers.keeper import listen
from maizuru.server.readers.outlet import Place
from maizuru.server.readers.pool import ReaderPool, connect
from maizuru.server.readers.reader import message_of, run_reader
from maizuru.server.readers.views import Views
from maizuru.server.readers.wire import receive
from maizuru.server.settings import Settings

ASK = Job("ASK {}", "ASK", RESULTS[0])
LONG = Job("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(?c > ?f) }", "SELECT", RESULTS[0])


@contextmanager
def reader(folder: Path) -> Iterator[tuple[int, socket.socket]]:
    """Run a reader of its own; give its process and a connection to it."""
    store = ox.Store()
    node = ox.NamedNode("http://example.org/a")
    store.extend(ox.Quad(node, node, ox.Literal(n)) for n in range(700))
    with listen(folder / "reader.sock") as listener:
        pid = os.fork()
        if not pid:
            place = Place(listener, str(folder), "v", Settings(), lambda: True)
            try:
                run_reader(place, lambda: Views(store))
            finally:
                os._exit(0)
        connection = connect(folder / "reader.sock")
        assert connection is not None
        try:
            with connection:
                yield pid, connection
        finally:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def test_a_reader_told_to_leave_says_so_with_the_answer_at_hand(tmp_path: Path) -> None:
    with reader(tmp_path) as (pid, connection):
        connection.sendall(message_of(ASK, 30))
        head, body, _ = receive(connection)
        assert (head["last"], body) == (False, b'{"head":{},"boolean":true}')
        connection.sendall(message_of(LONG, 30))
        time.sleep(0.1)
        os.kill(pid, signal.SIGUSR1)
        head, body, _ = receive(connection)
        assert head["last"]
        assert b"244650" in body
        assert connection.recv(1) == b""


def test_an_idle_reader_told_to_leave_goes_at_once(tmp_path: Path) -> None:
    with reader(tmp_path) as (pid, connection):
        connection.sendall(message_of(ASK, 30))
        receive(connection)
        os.kill(pid, signal.SIGUSR1)
        assert connection.recv(1) == b""


def test_the_pool_keeps_no_connection_to_a_reader_that_leaves(tmp_path: Path) -> None:
    board = Board()
    board.publish(1, os.getpid(), "v")
    pool = ReaderPool(Settings(), board, tmp_path)
    for last, version, kept in ((True, "v", False), (False, "older", False), (False, "v", True)):
        ours, theirs = socket.socketpair()
        with theirs:
            theirs.settimeout(0.1)
            pool.take_back(ours, {"last": last, "version": version})
            assert is_open(theirs) == kept
    pool.close()


def is_open(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) != b""
    except TimeoutError:
        return True
