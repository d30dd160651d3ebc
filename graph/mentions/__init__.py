"""Find the names in a document (persons, places, camps …), each with its exact stretch of text."""

from __future__ import annotations

from ..model import Document, Mention
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
    return tuple(sorted(found, key=lambda item: (item.start, -item.end, item.kind)))
