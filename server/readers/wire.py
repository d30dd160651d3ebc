"""Messages between the service's own processes, over Unix sockets: a JSON head and a body."""

from __future__ import annotations

import array
import json
import socket
import struct
import threading
from collections.abc import Sequence
from typing import Any

_LENGTHS = struct.Struct("!II")
_FIRST = 64 * 1024
FILES = 2
_RIGHTS = socket.CMSG_SPACE(4 * FILES)
_ENCODE = json.JSONEncoder(separators=(",", ":")).encode
_HELD = threading.local()
"""A buffer for each thread: a large allocation for every message would cost more than the rest."""


class Hangup(Exception):
    """The other side closed the connection before its message was whole."""


def send(
    connection: socket.socket, head: dict[str, Any], body: bytes = b"", files: Sequence[int] = ()
) -> None:
    """Send a message, with open files (at most `FILES`) if there are any."""
    data = message(head, body)
    if not files:
        connection.sendall(data)
        return
    rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", files))
    sent = connection.sendmsg([data], [rights])
    connection.sendall(data[sent:])


def message(head: dict[str, Any], body: bytes) -> bytes:
    """Return a message as it is sent."""
    text = _ENCODE(head).encode()
    return _LENGTHS.pack(len(text), len(body)) + text + body


def receive(connection: socket.socket) -> tuple[dict[str, Any], bytes, Sequence[int]]:
    """Return head, body and open files of the next message; raises as `receive_raw`."""
    data, start, files = receive_raw(connection)
    return head_of_raw(data, start), data[start:], files


def receive_raw(connection: socket.socket) -> tuple[bytes, int, Sequence[int]]:
    """Return the next message as it was sent, where its body begins, and its open files.

    Raises:
        Hangup: the other side closed the connection, or died.
        BlockingIOError, TimeoutError: the connection's time ran out.
    """
    held = _held()
    try:
        size, ancillary, _, _ = connection.recvmsg_into([held], _RIGHTS)
        files = _files(ancillary) if ancillary else ()
        while size < _LENGTHS.size:
            size += _more(connection, held[size:])
        head_length, body_length = _LENGTHS.unpack_from(held)
        start = _LENGTHS.size + head_length
        whole = start + body_length
        data = held if whole <= _FIRST else memoryview(bytearray(whole))
        if data is not held:
            data[:size] = held[:size]
        while size < whole:
            size += _more(connection, data[size:whole])
    except ConnectionError as error:
        raise Hangup from error
    return bytes(data[:whole]), start, files


def head_of_raw(data: bytes, start: int) -> dict[str, Any]:
    """Return the head of a message as it was sent."""
    head: dict[str, Any] = json.loads(data[_LENGTHS.size : start].decode())
    return head


def _held() -> memoryview:
    """Return this thread's buffer."""
    held: memoryview | None = getattr(_HELD, "buffer", None)
    if held is None:
        held = _HELD.buffer = memoryview(bytearray(_FIRST))
    return held


def _more(connection: socket.socket, room: memoryview) -> int:
    size = connection.recv_into(room)
    if not size:
        raise Hangup
    return size


def _files(ancillary: list[tuple[int, int, bytes]]) -> Sequence[int]:
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            numbers = array.array("i")
            numbers.frombytes(data[: len(data) - len(data) % numbers.itemsize])
            return numbers
    return ()
