"""What a reader that speaks with a client itself writes down: a page of shared memory.

The reader writes, and the HTTP process reads whenever it likes: neither waits for the other. It
tells which requests were answered, and which one is being answered should the reader die over it.
"""

from __future__ import annotations

import mmap
import os
import threading
from dataclasses import dataclass
from typing import Any

SIZE = 64 * 1024
_WRITTEN, _READ, _STATE, _READER, _REVOKED, _LENGTH = range(6)
"""Numbers at the beginning of the page, each written at one stroke."""
_STARTED, _ABOUT, _LINES = 56, 64, 4096
"""Where in the page the time is, what the request at hand is about, and the ring."""
_ROOM = SIZE - _LINES
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
        view = memoryview(self._page)
        self._numbers = view[:_STARTED].cast("Q")
        self._time = view[_STARTED:_ABOUT].cast("d")
        if file is not None:
            os.close(file)
        self._lock = threading.Lock()

    def close(self) -> None:
        """Let go of the page."""
        self._numbers.release()
        self._time.release()

    # What the reader does

    def begin(self, started: float, about: bytes) -> None:
        """Tell that a request is being answered; *about* is what an error must know of it."""
        about = about[: _LINES - _ABOUT]
        self._time[0] = started
        self._page[_ABOUT : _ABOUT + len(about)] = about
        self._numbers[_LENGTH] = len(about)
        self._numbers[_STATE] = BUSY

    def end(self, line: str) -> None:
        """Write down a request that was answered, and that none is at hand."""
        page, data = self._page, line.encode()
        at = self._numbers[_WRITTEN]
        place = at % _ROOM
        first = data[: _ROOM - place]
        page[_LINES + place : _LINES + place + len(first)] = first
        if len(first) < len(data):
            page[_LINES : _LINES + len(data) - len(first)] = data[len(first) :]
        self._numbers[_WRITTEN] = at + len(data)
        self._numbers[_STATE] = IDLE

    def drop(self) -> None:
        """Tell that the request at hand is left to others."""
        self._numbers[_STATE] = IDLE

    def take_up(self) -> None:
        """Tell which process reads for the client now."""
        self._numbers[_READER] = os.getpid()

    @property
    def open(self) -> bool:
        """Whether the reader may take another request: there is room, and nobody revoked it."""
        numbers = self._numbers
        room = _ROOM - (numbers[_WRITTEN] - numbers[_READ])
        return not numbers[_REVOKED] and room > LONGEST

    # What the HTTP process does

    def reset(self) -> None:
        """Begin anew, for another loan."""
        for place in (_STATE, _READER, _REVOKED):
            self._numbers[place] = 0

    def revoke(self) -> None:
        """Have the reader take no other request."""
        self._numbers[_REVOKED] = 1

    @property
    def state(self) -> int:
        """`IDLE` or `BUSY`."""
        return self._numbers[_STATE]

    @property
    def started(self) -> float:
        """When the request at hand came, by the monotonic clock."""
        return self._time[0]

    @property
    def reader(self) -> int:
        """The reader's process; 0 before it took up."""
        return self._numbers[_READER]

    @property
    def about(self) -> list[str]:
        """Method of the request at hand, hash of its query, and what it accepts."""
        return self._page[_ABOUT : _ABOUT + self._numbers[_LENGTH]].decode().split(" ", 2)

    def entries(self) -> list[Entry]:
        """Return what was written since the last time."""
        page = self._page
        with self._lock:
            start, end = self._numbers[_READ], self._numbers[_WRITTEN]
            if end == start:
                return []
            low, high = start % _ROOM, end % _ROOM
            if low < high:
                data = page[_LINES + low : _LINES + high]
            else:
                data = page[_LINES + low :] + page[_LINES : _LINES + high]
            self._numbers[_READ] = end
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
