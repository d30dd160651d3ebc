"""Which connections of a slow client are cut, and what its reads are told."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from io import BytesIO

import pytest

from maizuru.server import slow
from maizuru.server.body import read_body
from maizuru.server.errors import BadRequest, BodyTimeout

CLIENT = "127.0.0.9"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


def connected(listener: socket.socket) -> tuple[socket.socket, socket.socket]:
    """Return the client's and the server's end of a connection from CLIENT."""
    port = listener.getsockname()[1]
    client = socket.create_connection(("127.0.0.1", port), 10, source_address=(CLIENT, 0))
    server, _ = listener.accept()
    server.settimeout(10)
    return client, server


def test_only_connections_on_which_the_client_spoke_last_are_shut(listener: socket.socket) -> None:
    sending, sending_end = connected(listener)
    loading, loading_end = connected(listener)
    loading.sendall(b"request")
    assert loading_end.recv(100) == b"request"
    time.sleep(0.05)
    loading_end.sendall(b"answer")
    sending.sendall(b"half a body")
    assert sending_end.recv(100) == b"half a body"
    slow._shut(CLIENT)
    assert sending_end.recv(100) == b""
    loading.sendall(b"another request")
    assert loading_end.recv(100) == b"another request"
    for connection in (sending, sending_end, loading, loading_end):
        connection.close()


def test_looking_for_connections_leaves_no_file_open(listener: socket.socket) -> None:
    before = os.listdir("/proc/self/fd")
    for _ in range(3):
        slow._shut(CLIENT)
    assert len(os.listdir("/proc/self/fd")) == len(before)


def test_every_read_of_the_address_ends_as_a_late_one(listener: socket.socket) -> None:
    ends = connected(listener)
    with (
        slow.reading(CLIENT, 60) as early,
        slow.reading("127.0.0.8", 60) as other,
        slow.reading(CLIENT, 0) as late,
    ):
        deadline = time.monotonic() + 10
        while not late.cut and time.monotonic() < deadline:
            time.sleep(0.01)
        with slow.reading(CLIENT, 60) as begun_meanwhile:
            assert (early.cut, late.cut, begun_meanwhile.cut) == (True, True, True)
        assert not other.cut
    for connection in ends:
        connection.close()


@pytest.mark.parametrize(
    ("seconds", "error"), [(60.0, BadRequest), (0.0, BodyTimeout)], ids=["broken-off", "late"]
)
def test_short_body_is_broken_off_or_late(seconds: float, error: type[Exception]) -> None:
    class Source(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            time.sleep(0.01 if seconds else 3 * slow.INTERVAL)
            return super().read(size)

    environ = {"CONTENT_LENGTH": "9", "REMOTE_ADDR": "127.0.0.7", "wsgi.input": Source(b"ASK")}
    with pytest.raises(error):
        read_body(environ, 100, seconds)


def test_whole_body_is_taken_however_late() -> None:
    class Source(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            time.sleep(3 * slow.INTERVAL)
            return super().read(size)

    environ = {"CONTENT_LENGTH": "3", "REMOTE_ADDR": "127.0.0.6", "wsgi.input": Source(b"ASK")}
    assert read_body(environ, 100, 0.0) == b"ASK"
