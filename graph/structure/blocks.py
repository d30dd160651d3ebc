"""Turn decided units into blocks and tables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ..model import Block, BlockKind, Document, Table
from .patterns import plain_name
from .tables import table_of
from .units import Unit


def blocks_of(units: Sequence[Unit], length: int) -> tuple[Block, ...]:
    """Return one block for each unit, with the white space after it, and the headings above it."""
    blocks = []
    path: list[tuple[int, str]] = []
    for index, unit in enumerate(units):
        start = unit.start if index else 0
        end = units[index + 1].start if index + 1 < len(units) else length
        if unit.kind is BlockKind.HEADING:
            path = [(level, name) for level, name in path if level < unit.level]
        section = tuple(name for _, name in path)
        kind = unit.kind or BlockKind.PARAGRAPH
        blocks.append(Block(kind, start, end, section, unit.level, unit.reason, unit.continues))
        if unit.kind is BlockKind.HEADING:
            path.append((unit.level, plain_name(unit.text)))
    return tuple(blocks)


def tables_of(
    document: Document, units: Sequence[Unit], blocks: Sequence[Block]
) -> tuple[Table, ...]:
    """Return the tables the markup gave and those found in plain text, with their captions."""
    starts = [block.start for block in blocks]
    found = [
        table_of(unit, index, document.text, _caption(document.text, blocks, index))
        for index, unit in enumerate(units)
        if unit.rows
    ]
    for table in document.tables:
        cells = [cell for row in (table.header, *table.rows) for cell in row]
        index = bisect_right(starts, cells[0].start) - 1
        caption = table.caption or _caption(document.text, blocks, index)
        found.append(replace(table, block=index, caption=caption))
    return tuple(sorted(found, key=lambda table: table.block))


def _caption(text: str, blocks: Sequence[Block], index: int) -> str:
    """Return the caption right before or after a table, if there is one."""
    for other in (index - 1, index + 1):
        if 0 <= other < len(blocks) and blocks[other].kind is BlockKind.CAPTION:
            return text[blocks[other].start : blocks[other].end].strip()
    return ""
