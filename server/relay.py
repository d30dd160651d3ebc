"""Pass bytes between two connections, both ways, until one side is done."""

from __future__ import annotations

import select
import socket
import time
from dataclasses import dataclass

PIECE = 128 * 1024
"""Bytes held for each direction: who does not read is not read from."""
LINGER = 1.0
"""Seconds for a client to stop sending to a server that answered and hung up."""


@dataclass(slots=True)
class _Way:
    """One direction."""

    source: socket.socket
    target: socket.socket
    pending: bytes = b""
    ended: bool = False

    def interest(self) -> tuple[socket.socket, int] | None:
        """Return what to wait for, if anything."""
        if self.pending:
            return self.target, select.POLLOUT
        return None if self.ended else (self.source, select.POLLIN)

    def step(self) -> None:
        """Read, or write; raises BlockingIOError where that has to wait."""
        if not self.pending:
            self.pending = self.source.recv(PIECE, socket.MSG_DONTWAIT)
            if not self.pending:
                self.ended = True
                self.target.shutdown(socket.SHUT_WR)
                return
        sent = self.target.send(self.pending, socket.MSG_DONTWAIT)
        self.pending = self.pending[sent:]


def relay(client: socket.socket, server: socket.socket, first: bytes) -> None:
    """Pass bytes on, beginning with *first* to the server, until the server hangs up.

    Raises:
        OSError: a connection broke.
    """
    there, back = _Way(client, server, first), _Way(server, client)
    while not back.ended:
        waiting = select.poll()
        masks: dict[socket.socket, int] = {}
        for way in (there, back):
            if (wanted := way.interest()) is not None:
                masks[wanted[0]] = masks.get(wanted[0], 0) | wanted[1]
        for connection, mask in masks.items():
            waiting.register(connection, mask)
        ready = {number for number, _ in waiting.poll()}
        for way in (there, back):
            wanted = way.interest()
            if wanted is not None and wanted[0].fileno() in ready:
                _try(way, there)
    if not there.ended:
        _linger(client)


def _try(way: _Way, there: _Way) -> None:
    """Take a step; a server that takes no more is no reason not to hear it out."""
    try:
        way.step()
    except BlockingIOError:
        return
    except ConnectionError:
        if way is not there or way.source.fileno() < 0:
            raise
        way.pending, way.ended = b"", True


def _linger(client: socket.socket) -> None:
    """Read what a client still sends, or closing would take from it what it has not read yet."""
    deadline = time.monotonic() + LINGER
    waiting = select.poll()
    waiting.register(client, select.POLLIN)
    while (left := deadline - time.monotonic()) > 0 and waiting.poll(left * 1000):
        if not client.recv(PIECE, socket.MSG_DONTWAIT):
            return
