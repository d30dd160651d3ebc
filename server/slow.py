"""Cut off clients that are slow to send a body.

A WSGI server's ``read`` waits without end, and nothing in its reach ends it. So reads under way are
watched, and when one is late the receiving side of its client's connection is shut: the read comes
back short, and the client can still be told why. The server does not say which connection a request
came by; so all those of its address are shut on which the other side spoke last, and every read
among them ends as a late one. Behind the `door` each connection has an address of its own.
"""

from __future__ import annotations

import os
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

INTERVAL = 0.25
"""Seconds between two looks at the reads under way."""
_LAST_SENT, _LAST_RECEIVED = 44, 52
"""Where Linux' ``struct tcp_info`` has the milliseconds since we last sent and received data."""


@dataclass(slots=True, eq=False)
class Reading:
    """A read under way."""

    address: str
    deadline: float
    cut: bool = False
    """True if it took too long, or another of its address did: what it gives may be short."""


_readings: set[Reading] = set()
_shut_at: dict[str, float] = {}
"""When connections of an address were shut, for those shut in the last `INTERVAL`."""
_start = threading.Lock()
_shutting = threading.Lock()
"""Held while connections are shut, so that no read of theirs is over before it is marked."""
_thread: threading.Thread | None = None


@contextmanager
def reading(address: str, seconds: float) -> Iterator[Reading]:
    """Watch the block, which reads from the client at *address*; it may take so many seconds."""
    _watch()
    now = time.monotonic()
    found = Reading(address, now + seconds, now - _shut_at.get(address, 0.0) < INTERVAL)
    _readings.add(found)
    try:
        yield found
    finally:
        with _shutting:
            _readings.discard(found)


def _watch() -> None:
    """Start the watching thread, once in each process."""
    global _thread
    if _thread is not None and _thread.is_alive():
        return
    with _start:
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_run, name="slow-clients", daemon=True)
            _thread.start()


def _run() -> None:
    while True:
        time.sleep(INTERVAL)
        now = time.monotonic()
        for address in [a for a, moment in _shut_at.items() if now - moment > INTERVAL]:
            del _shut_at[address]
        for address in {r.address for r in _readings.copy() if r.deadline < now}:
            _cut(address)


def _cut(address: str) -> None:
    """End the reads of an address, and those whose connections are shut before they begin."""
    with _shutting:
        _shut_at[address] = time.monotonic()
        _shut(address)
        for found in [r for r in _readings.copy() if r.address == address]:
            found.cut = True
        _shut_at[address] = time.monotonic()


def _shut(address: str) -> None:
    """Shut the receiving side of the connections with *address* that are sending us a request."""
    for connection in open_connections():
        with connection, suppress(OSError):
            if connection.getpeername()[0] == address and spoke_last(connection):
                connection.shutdown(socket.SHUT_RD)


def open_connections() -> Iterator[socket.socket]:
    """Yield the internet sockets among this process's open files, each as a copy to be closed."""
    for name in os.listdir("/proc/self/fd"):
        try:
            copy = os.dup(int(name))
        except OSError:
            continue
        try:
            connection = socket.socket(fileno=copy)
        except OSError:
            os.close(copy)
            continue
        if connection.family in (socket.AF_INET, socket.AF_INET6):
            yield connection
        else:
            connection.close()


def spoke_last(connection: socket.socket) -> bool:
    """Tell whether the other side sent something after we last did."""
    facts = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104)
    (sent,) = struct.unpack_from("=I", facts, _LAST_SENT)
    (received,) = struct.unpack_from("=I", facts, _LAST_RECEIVED)
    return bool(received <= sent)
