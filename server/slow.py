"""Cut off clients that are slow to send a body.

A WSGI server's ``read`` waits without end, and nothing in its reach ends it. So reads under way are
watched, and when one is late the receiving side of its client's connections is shut: the read comes
back short, and the client can still be told why. Connections are found by the client's address
among the open files; a client that is late on one may so lose others that wait.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

INTERVAL = 0.25
"""Seconds between two looks at the reads under way."""


@dataclass(slots=True, eq=False)
class Reading:
    """A read under way."""

    address: str
    deadline: float
    late: bool = False


_readings: set[Reading] = set()
_start = threading.Lock()
_thread: threading.Thread | None = None


@contextmanager
def reading(address: str, seconds: float) -> Iterator[Reading]:
    """Watch the block, which reads from the client at *address*; it may take so many seconds."""
    _watch()
    found = Reading(address, time.monotonic() + seconds)
    _readings.add(found)
    try:
        yield found
    finally:
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
        for found in [r for r in _readings.copy() if r.deadline < now and not r.late]:
            found.late = True
            _shut(found.address)


def _shut(address: str) -> None:
    """Shut the receiving side of all connections with *address*."""
    for name in os.listdir("/proc/self/fd"):
        try:
            with socket.socket(fileno=os.dup(int(name))) as connection:
                internet = connection.family in (socket.AF_INET, socket.AF_INET6)
                if internet and connection.getpeername()[0] == address:
                    connection.shutdown(socket.SHUT_RD)
        except OSError:
            continue
