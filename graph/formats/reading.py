"""What a reader of a marked-up format gives back, and the builder that writes it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..model import Block, BlockKind, Cell, Table

_SPACES = re.compile(r"[ \t\r\f\v]*\n[ \t\r\f\v]*|[ \t\r\f\v]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """Plain text, with the blocks, tables and metadata its markup gave away (none in .txt)."""

    text: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)


def tidy(text: str) -> str:
    """Return *text* in NFC with runs of white space as one space and none at the ends."""
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text)).strip()


class Builder:
    """Writes blocks one after the other, with a blank line between them, and keeps the offsets."""

    def __init__(self) -> None:
        """Start with an empty text."""
        self._parts: list[str] = []
        self._length = 0
        self._starts: list[tuple[BlockKind, int, int, str]] = []
        self._tables: list[Table] = []

    def add(self, kind: BlockKind, text: str, *, level: int = 0, reason: str = "") -> None:
        """Append a block; nothing happens if *text* is blank."""
        if text.strip():
            self._open(kind, level, reason)
            self._write(text)

    def table(self, rows: Sequence[Sequence[str]], *, headed: bool, caption: str = "") -> None:
        """Append a table, its cells parted by tabs and its rows by line ends."""
        rows = [row for row in rows if any(cell.strip() for cell in row)]
        if not rows:
            return
        self._open(BlockKind.TABLE, 0, "")
        index = len(self._starts) - 1
        cells = []
        for number, row in enumerate(rows):
            if number:
                self._write("\n")
            cells.append(self._row(row))
        header = cells.pop(0) if headed else ()
        self._tables.append(Table(index, header, tuple(cells), caption))

    def finish(self, metadata: Mapping[str, str]) -> Reading:
        """Return what was written; each block ends where the next begins."""
        ends = [*(start for _, start, _, _ in self._starts[1:]), self._length]
        blocks = tuple(
            Block(kind, start, end, level=level, reason=reason)
            for (kind, start, level, reason), end in zip(self._starts, ends, strict=False)
        )
        return Reading("".join(self._parts), blocks, tuple(self._tables), dict(metadata))

    def _open(self, kind: BlockKind, level: int, reason: str) -> None:
        if self._parts:
            self._write("\n\n")
        self._starts.append((kind, self._length, level, reason))

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _row(self, row: Sequence[str]) -> tuple[Cell, ...]:
        cells = []
        for number, text in enumerate(row):
            if number:
                self._write("\t")
            start = self._length
            self._write(text)
            cells.append(Cell(start, self._length, text))
        return tuple(cells)
