"""What a reader that speaks with a client itself writes down: a page of shared memory.

The reader writes, and the HTTP process reads whenever it likes: neither waits for the other. It
tells which requests were answered, and which one is being answered should the reader die over it.
"""

from __future__ import annotations

import mmap
import os
import struct
import threading
from dataclasses import dataclass
from typing import Any

SIZE = 64 * 1024
_WRITTEN, _READ, _STATE, _STARTED, _READER, _REVOKED, _ABOUT = 0, 8, 16, 24, 32, 40, 64
_LINES = 4096
_ROOM = SIZE - _LINES
_NUMBER, _TIME = struct.Struct("=Q"), struct.Struct("=d")
IDLE, BUSY = 0, 1
LONGEST = 400
"""Bytes that no line exceeds."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A request that was answered."""

    method: str
    status: int
    sent: int
    seconds: float
    note: dict[str, Any]


class Ledger:
    """One reader's page: a ring of lines, and the request at hand."""

    def __init__(self, file: int | None = None) -> None:
        """Make a page, or share the one of an open *file*, which is closed."""
        self.file = os.memfd_create("ledger") if file is None else file
        if file is None:
            os.ftruncate(self.file, SIZE)
        self._page = mmap.mmap(self.file, SIZE)
        if file is not None:
            os.close(file)
        self._lock = threading.Lock()

    def close(self) -> None:
        """Let go of the page."""
        self._page.close()

    # What the reader does

    def begin(self, started: float, about: bytes) -> None:
        """Tell that a request is being answered; *about* is what an error must know of it."""
        page = self._page
        about = about[: _LINES - _ABOUT - 8]
        _TIME.pack_into(page, _STARTED, started)
        end = _ABOUT + 8 + len(about)
        _NUMBER.pack_into(page, _ABOUT, len(about))
        page[_ABOUT + 8 : end] = about
        _NUMBER.pack_into(page, _STATE, BUSY)

    def end(self, line: str) -> None:
        """Write down a request that was answered, and that none is at hand."""
        page = self._page
        (at,) = _NUMBER.unpack_from(page, _WRITTEN)
        data = line.encode()
        place = at % _ROOM
        first = data[: _ROOM - place]
        page[_LINES + place : _LINES + place + len(first)] = first
        if len(first) < len(data):
            page[_LINES : _LINES + len(data) - len(first)] = data[len(first) :]
        _NUMBER.pack_into(page, _WRITTEN, at + len(data))
        _NUMBER.pack_into(page, _STATE, IDLE)

    def drop(self) -> None:
        """Tell that the request at hand is left to others."""
        _NUMBER.pack_into(self._page, _STATE, IDLE)

    def take_up(self) -> None:
        """Tell which process reads for the client now."""
        _NUMBER.pack_into(self._page, _READER, os.getpid())

    @property
    def open(self) -> bool:
        """Whether the reader may take another request: there is room, and nobody revoked it."""
        places = (_REVOKED, _WRITTEN, _READ)
        revoked, written, read = (_NUMBER.unpack_from(self._page, place)[0] for place in places)
        return not revoked and written - read < _ROOM - LONGEST

    # What the HTTP process does

    def reset(self) -> None:
        """Begin anew, for another loan."""
        for place in (_STATE, _READER, _REVOKED):
            _NUMBER.pack_into(self._page, place, 0)

    def revoke(self) -> None:
        """Have the reader take no other request."""
        _NUMBER.pack_into(self._page, _REVOKED, 1)

    @property
    def state(self) -> int:
        """`IDLE` or `BUSY`."""
        state: int = _NUMBER.unpack_from(self._page, _STATE)[0]
        return state

    @property
    def started(self) -> float:
        """When the request at hand came, by the monotonic clock."""
        started: float = _TIME.unpack_from(self._page, _STARTED)[0]
        return started

    @property
    def reader(self) -> int:
        """The reader's process; 0 before it took up."""
        reader: int = _NUMBER.unpack_from(self._page, _READER)[0]
        return reader

    @property
    def about(self) -> bytes:
        """What an error must know of the request at hand."""
        (length,) = _NUMBER.unpack_from(self._page, _ABOUT)
        return self._page[_ABOUT + 8 : _ABOUT + 8 + length]

    def entries(self) -> list[Entry]:
        """Return what was written since the last time."""
        page = self._page
        with self._lock:
            (end,), (start,) = (_NUMBER.unpack_from(page, x) for x in (_WRITTEN, _READ))
            if end == start:
                return []
            low, high = start % _ROOM, end % _ROOM
            if low < high:
                data = page[_LINES + low : _LINES + high]
            else:
                data = page[_LINES + low :] + page[_LINES : _LINES + high]
            _NUMBER.pack_into(page, _READ, end)
        return [_entry(line) for line in data.decode().splitlines()]


def line_of(
    method: str, status: int, sent: int, seconds: float, outcome: str, query: str, rows: int | None
) -> str:
    """Return a request that was answered as a line of the ledger."""
    told = "-" if rows is None else rows
    return f"{method} {status} {sent} {seconds:.6f} {outcome or '-'} {query or '-'} {told}\n"


def _entry(line: str) -> Entry:
    method, status, sent, seconds, outcome, query, rows = line.split(" ")
    note: dict[str, Any] = {"outcome": outcome}
    if query != "-":
        note["query"] = query
    if rows != "-":
        note["rows"] = int(rows)
    return Entry(method, int(status), int(sent), float(seconds), note)
