"""The working unit of structure: one line or paragraph of the text on its way to being a block."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model import BlockKind, Document

_LINE = re.compile(r"[^\n]+")


@dataclass(slots=True)
class Unit:
    """A stretch without outer white space; *kind* is None until some step has decided."""

    start: int
    end: int
    text: str
    gap: int = 0
    """Blank lines before it."""
    kind: BlockKind | None = None
    level: int = 0
    reason: str = ""
    continues: bool = False
    given: bool = False
    """True if the markup of the source said what it is."""

    def mark(self, kind: BlockKind, reason: str = "", level: int = 0) -> None:
        """Decide what the unit is."""
        self.kind, self.reason, self.level = kind, reason, level


def units_of(document: Document) -> list[Unit]:
    """Return the blocks the source's markup gave, or else one unit for each line with text."""
    if document.blocks:
        return [
            _unit(document.text, block.start, block.end, block.kind, block.level, block.reason)
            for block in document.blocks
        ]
    units = []
    end = 0
    for line in _LINE.finditer(document.text):
        if line[0].strip():
            unit = _unit(document.text, line.start(), line.end())
            unit.gap = max(0, document.text.count("\n", end, unit.start) - 1)
            end = unit.end
            units.append(unit)
    return units


def _unit(
    text: str, start: int, end: int, kind: BlockKind | None = None, level: int = 0, reason: str = ""
) -> Unit:
    piece = text[start:end]
    body = piece.strip()
    first = start + len(piece) - len(piece.lstrip())
    decided = kind if kind is not BlockKind.PARAGRAPH else None
    return Unit(
        first, first + len(body), body, 1, decided, level, reason, given=decided is not None
    )
