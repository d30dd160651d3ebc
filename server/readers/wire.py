"""Messages between the service's own processes, over Unix sockets: a JSON head and a body."""

from __future__ import annotations

import array
import json
import socket
import struct
from typing import Any

_LENGTHS = struct.Struct("!II")
_FIRST = 256 * 1024


class Hangup(Exception):
    """The other side closed the connection before its message was whole."""


def send(
    connection: socket.socket, head: dict[str, Any], body: bytes = b"", file: int | None = None
) -> None:
    """Send a message, with an open file if one is given."""
    text = json.dumps(head, separators=(",", ":")).encode()
    data = _LENGTHS.pack(len(text), len(body)) + text
    if file is None:
        connection.sendall(data + body)
        return
    rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [file]))
    sent = connection.sendmsg([data], [rights])
    connection.sendall(data[sent:] + body)


def receive(connection: socket.socket) -> tuple[dict[str, Any], bytes, int | None]:
    """Return head, body and open file (or None) of the next message.

    Raises:
        Hangup: the other side closed the connection, or died.
        TimeoutError: the connection's time ran out.
    """
    try:
        data, ancillary, _, _ = connection.recvmsg(_FIRST, socket.CMSG_SPACE(4))
    except (ConnectionError, BrokenPipeError) as error:
        raise Hangup from error
    file = _file(ancillary)
    buffer = bytearray(data)
    _fill(connection, buffer, _LENGTHS.size)
    head_length, body_length = _LENGTHS.unpack_from(buffer)
    end = _LENGTHS.size + head_length
    _fill(connection, buffer, end + body_length)
    head: dict[str, Any] = json.loads(buffer[_LENGTHS.size : end])
    return head, bytes(buffer[end : end + body_length]), file


def _fill(connection: socket.socket, buffer: bytearray, size: int) -> None:
    while len(buffer) < size:
        try:
            more = connection.recv(min(size - len(buffer), 1024 * 1024))
        except (ConnectionError, BrokenPipeError) as error:
            raise Hangup from error
        if not more:
            raise Hangup
        buffer += more


def _file(ancillary: list[tuple[int, int, bytes]]) -> int | None:
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            numbers = array.array("i")
            numbers.frombytes(data[: len(data) - len(data) % numbers.itemsize])
            return numbers[0]
    return None
