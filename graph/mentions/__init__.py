"""Find the names in a document (persons, places, camps …), each with its exact stretch of text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from ..model import BlockKind, Document, EntityKind, Mention
from .echo import repeat
from .finder import find_names, mention, read, take_entries
from .glosses import add_glosses
from .japanese import with_japanese
from .kinds import settle_kinds
from .machine import machine
from .references import add_references

__all__ = ["add_references", "find_mentions"]


def find_mentions(document: Document) -> tuple[Mention, ...]:
    """Return the mentions of a document in the order of the text, outer before nested ones.

    Blocks of boilerplate are not read. Offsets are code points into ``document.text``.
    """
    compiled = machine()
    reading = read(document, compiled)
    find_names(reading, compiled)
    settle_kinds(reading)
    add_glosses(reading, compiled)
    repeat(reading, compiled)
    take_entries(reading, compiled, compiled.terms, "term")
    found = with_japanese(document, [mention(hit, reading) for hit in reading.hits.values()])
    told = _without_rubrics(document, found)
    return tuple(sorted(told, key=lambda item: (item.start, -item.end, item.kind)))


def _without_rubrics(document: Document, found: Iterable[Mention]) -> Iterator[Mention]:
    """Leave out concepts that only head a section: a heading says nothing of them."""
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    starts = [block.start for block in headings]
    for item in found:
        at = bisect_right(starts, item.start) - 1
        if item.kind is not EntityKind.CONCEPT or at < 0 or headings[at].end <= item.start:
            yield item
