"""Notice clients that hang up while their query is evaluated.

A WSGI server tells its application nothing of that. But the connection is among this process's
open files, or no more: so for each query under way the connections of its client's address are
looked at that wait for us to answer, and when none is left of those that were there soon after it
began, it is abandoned. Behind the `door` each connection has an address of its own, and hangs up
when its client does; without it another query of that address may hide it until it is answered
itself. A client that waits is never taken for gone.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from .slow import open_connections, spoke_last

INTERVAL = 0.25
"""Seconds between two looks; what is answered sooner is not looked at."""
_ESTABLISHED = 1
"""In the first byte of TCP_INFO (linux/tcp.h); a client that hung up leaves CLOSE_WAIT."""


@dataclass(slots=True, eq=False)
class Watch:
    """A query under way."""

    address: str
    started: float = field(default_factory=time.monotonic)
    connection: socket.socket | None = None
    """To the reader; it is shut when the client is gone."""
    gone: bool = False
    candidates: set[int] | None = None
    """Connections that may be the client's, by inode; None before the first look."""

    def look(self, established: set[int]) -> None:
        """Compare with the connections of its address that are there now."""
        if self.candidates is None:
            self.candidates = set(established)
        self.candidates &= established
        if self.candidates or self.connection is None:
            return
        self.gone = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


_watches: set[Watch] = set()
_start = threading.Lock()
_threads: dict[int, threading.Thread] = {}
"""The watching thread of this process, by its number: a fork has none."""


@contextmanager
def watching(address: str) -> Iterator[Watch]:
    """Watch the client at *address* for the length of the block; empty text for nobody."""
    watch = Watch(address)
    if not address:
        yield watch
        return
    if os.getpid() not in _threads:
        _start_thread()
    _watches.add(watch)
    try:
        yield watch
    finally:
        _watches.discard(watch)


def _start_thread() -> None:
    with _start:
        if os.getpid() not in _threads:
            thread = threading.Thread(target=_run, name="abandoned-queries", daemon=True)
            _threads[os.getpid()] = thread
            thread.start()


def _run() -> None:
    while True:
        time.sleep(INTERVAL)
        before = time.monotonic() - INTERVAL
        old = [watch for watch in _watches.copy() if watch.started < before and not watch.gone]
        if old:
            found = connections()
            for watch in old:
                watch.look(found.get(watch.address, set()))


def connections() -> dict[str, set[int]]:
    """Return the connections whose clients wait for an answer: inodes by the client's address."""
    found: dict[str, set[int]] = {}
    for connection in open_connections():
        with connection, contextlib.suppress(OSError):
            state = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
            if state == _ESTABLISHED and spoke_last(connection):
                inode = os.fstat(connection.fileno()).st_ino
                found.setdefault(connection.getpeername()[0], set()).add(inode)
    return found
