"""Footnote calls as Japanese prints them: （1）, （注1）, ※1, if notes begin with the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..model import Block, BlockKind, Inline, InlineKind

_ENTRIES = frozenset({BlockKind.REFERENCE, BlockKind.NOTE})
_PROSE = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.CAPTION, BlockKind.TABLE}
)
_CALL = re.compile(r"（(?:注|註)?\s?(\d{1,3})）|[(（](?:注|註)\s?(\d{1,3})[)）]|※\s?(\d{1,3})")
_LABEL = re.compile(r"[（(](?:注|註)?\s?(\d{1,3})[)）]|(?:注|註|※)\s?(\d{1,3})")


def wide_calls(text: str, blocks: Sequence[Block]) -> Iterator[Inline]:
    """Yield the calls whose number a note begins with; an age in brackets has none."""
    labels = {
        _number(match)
        for block in blocks
        if block.kind in _ENTRIES and (match := _LABEL.match(text, block.start, block.end))
    }
    if not labels:
        return
    for block in blocks:
        if block.kind in _PROSE:
            for match in _CALL.finditer(text, block.start, block.end):
                if match.start() > block.start and _number(match) in labels:
                    yield Inline(InlineKind.CITATION, match.start(), match.end(), match[0])


def _number(match: re.Match[str]) -> int:
    return int(next(group for group in match.groups() if group))
