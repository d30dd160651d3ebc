"""Count the rows of an answer as it is serialised, and cut it cleanly at a limit.

The engine serialises in Rust, many times faster than rows could be touched in Python; so rows are
counted in the bytes it writes. For each format there is a break between two rows that does not
stand inside a value: values escape ``<`` in XML, newlines in TSV and quotation marks in JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

BLOCK = 64 * 1024
"""Bytes gathered before they are looked at and passed on."""
TAIL = 32
"""Bytes kept back so that a break is never split."""


class Enough(Exception):
    """Raised through the engine's serialiser to stop it."""


class Breaks(Protocol):
    """Finds the places between one row (or the header) and the next row."""

    header: int
    """Breaks before the first row: 1 where there is a header line."""

    def places(self, buffer: bytes | bytearray, end: int) -> Iterator[int]:
        """Yield where the rows end that end before *end* and are followed by another."""

    def count(self, buffer: bytearray, end: int) -> int:
        """Return how many places there are, without looking at each."""

    def passed(self, block: bytes) -> None:
        """Take note that *block* has left the buffer."""


@dataclass(slots=True)
class PatternBreaks:
    """Breaks that a fixed run of bytes gives away."""

    pattern: re.Pattern[bytes]
    literal: bytes
    offset: int
    """From the start of a match to the end of the row."""
    header: int = 0
    unless: tuple[bytes, ...] = ()
    """Bytes after the literal that make it part of a value."""

    def places(self, buffer: bytes | bytearray, end: int) -> Iterator[int]:
        """See `Breaks.places`."""
        for match in self.pattern.finditer(buffer):
            if match.start() >= end:
                return
            yield match.start() + self.offset

    def count(self, buffer: bytearray, end: int) -> int:
        """See `Breaks.count`."""
        last = min(end + len(self.literal) - 1, len(buffer) - 1)
        found = buffer.count(self.literal, 0, last)
        return found - sum(buffer.count(self.literal + x, 0, last + 1) for x in self.unless)

    def passed(self, block: bytes) -> None:
        """See `Breaks.passed`."""


@dataclass(slots=True)
class CsvBreaks:
    """Line ends outside quoted values."""

    header: int = 1
    quoted: bool = False

    def places(self, buffer: bytes | bytearray, end: int) -> Iterator[int]:
        """See `Breaks.places`."""
        at, quoted = 0, self.quoted
        for piece in buffer.split(b'"'):
            if not quoted:
                place = piece.find(b"\n")
                while place >= 0 and at + place < min(end, len(buffer) - 1):
                    yield at + place + 1
                    place = piece.find(b"\n", place + 1)
            at += len(piece) + 1
            quoted = not quoted

    def count(self, buffer: bytearray, end: int) -> int:
        """See `Breaks.count`."""
        return sum(1 for _ in self.places(buffer, end))

    def passed(self, block: bytes) -> None:
        """See `Breaks.passed`."""
        self.quoted ^= bool(block.count(b'"') & 1)


_IN_JSON = re.compile(rb'\}\},\{"(?=[^},])')
_IN_XML = re.compile(rb"</result><result>")
_IN_TSV = re.compile(rb"\n(?=.)", re.DOTALL)


def breaks_of(format_name: str) -> Breaks | None:
    """Return the breaks of a table format, or None for formats without rows."""
    match format_name:
        case "json":
            return PatternBreaks(_IN_JSON, b'}},{"', 2, unless=(b"}", b","))
        case "xml":
            return PatternBreaks(_IN_XML, b"</result><result>", 9)
        case "tsv":
            return PatternBreaks(_IN_TSV, b"\n", 1, header=1)
        case "csv":
            return CsvBreaks()
    return None


_STATEMENT_END = {name: b" .\n" for name in ("turtle", "n3", "ntriples", "nquads")}


class Cutter:
    """A binary file for the engine to write to, which passes on at most so much."""

    def __init__(
        self, format_name: str, emit: Callable[[bytes], None], max_rows: int, max_bytes: int
    ) -> None:
        """Pass blocks on to *emit*; *max_rows* concerns tables only."""
        self.truncated = ""
        self._format = format_name
        self._emit = emit
        self._limits = {"max_rows": max_rows, "max_bytes": max_bytes}
        self._breaks = breaks_of(format_name)
        self._buffer = bytearray()
        self._sent = 0
        self._seen = 0
        self._any = False

    def write(self, data: bytes) -> int:
        """Take what the engine wrote; raises `Enough` once a limit is met.

        The engine empties its own buffer when it is stopped: that is no longer part of the answer.
        """
        if self.truncated:
            return len(data)
        self._buffer += data
        if len(self._buffer) >= BLOCK:
            self._pass(len(self._buffer) - TAIL)
        return len(data)

    def flush(self) -> None:
        """Do nothing: blocks are passed on when they are full."""

    def finish(self) -> None:
        """Pass on the rest; raises `Enough` if a limit is met in it."""
        self._pass(len(self._buffer))

    @property
    def rows(self) -> int | None:
        """Rows passed on so far, or None for formats without rows."""
        if self._breaks is None:
            return None
        return self._seen + 1 - self._breaks.header if self._any else 0

    def _pass(self, end: int) -> None:
        """Pass the buffer on up to *end*, or cut it where a limit is met."""
        found = 0
        if self._breaks is not None:
            found = self._breaks.count(self._buffer, end)
            allowed = self._limits["max_rows"] - 1 + self._breaks.header - self._seen
            if found > allowed:
                places = self._breaks.places(bytes(self._buffer), end)
                place = next(islice(places, max(allowed, 0), None), None)
                if place is not None:
                    self._seen += max(allowed, 0)
                    self._cut(place, "max_rows")
        if self._sent + end > self._limits["max_bytes"]:
            self._cut(self._last_end(self._limits["max_bytes"] - self._sent), "max_bytes")
        self._seen += found
        self._send(end)

    def _send(self, end: int) -> None:
        block = bytes(self._buffer[:end])
        del self._buffer[:end]
        self._any = self._any or bool(self._seen) or b'[{"' in block or b"<result>" in block
        if self._breaks is not None:
            self._breaks.passed(block)
        self._sent += len(block)
        if block:
            self._emit(block)

    def _last_end(self, room: int) -> int:
        """Return the last place before *room* where the answer can be cut, or *room* itself."""
        if self._breaks is not None:
            return max(self._breaks.places(bytes(self._buffer), max(room, 0)), default=max(room, 0))
        ending = _STATEMENT_END.get(self._format)
        place = self._buffer.rfind(ending, 0, max(room, 0)) if ending else -1
        return place + len(ending) if ending and place >= 0 else max(room, 0)

    def _cut(self, place: int, limit: str) -> None:
        """End the answer at *place*, saying so where the format allows."""
        self.truncated = limit
        self._send(place)
        closing = closing_of(self._format, limit, self._limits[limit])
        if closing:
            self._emit(closing)
        raise Enough


def closing_of(format_name: str, limit: str, value: int) -> bytes:
    """Return what ends a cut answer and says that it was cut; CSV and TSV have no place for it.

    A JSON-LD or RDF/XML answer cannot be closed at any place; its end makes it unreadable, which
    no client can overlook.
    """
    said = f"truncated at {limit}={value}"
    match format_name:
        case "json":
            note = json.dumps({"limit": limit, "value": value})
            return f'\n]}},"truncated":{note}}}\n'.encode()
        case "xml":
            return f"<!-- {said} --></results></sparql>\n".encode()
        case "rdfxml":
            return f"\n<!-- {said} -->\n".encode()
        case "csv" | "tsv":
            return b""
    return f"\n# {said}\n".encode()
