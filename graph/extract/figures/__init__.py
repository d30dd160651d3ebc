"""Figures: numbers that somebody claims, with all that limits the claim.

    views     a sentence with its numbers, dates, names and trigger words
    reading   which measure a number has, by the words around it
    subjects  what stands for it: "the number of deaths was"
    ellipsis  numbers whose verb the number in front has
    population  of whom
    wording   the words for what is counted
    scope     where, when
    voice     whose number it is, how it came about, how firmly it stands, what backs it
    sums      which numbers are parts of which
    tables    the same, row by row
    neutral   numbers whose noun says what they count, and nothing what is said of them: ``other``
    captions  what stands over a table and holds for all of it
    topics    whom the document is about

A number with neither a measure nor a noun is no figure: better none than a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model import Extraction, Figure, Table
from .document import DocumentReader


def find_figures(extraction: Extraction) -> tuple[Figure, ...]:
    """Return the figures of a document, in the order of the text.

    Mentions, dates, quantities, references and markers of *extraction* must be there already.
    """
    reader = DocumentReader(extraction)
    for item in _in_order(extraction):
        if isinstance(item, Table):
            reader.read_table(item)
        else:
            reader.read_sentence(item)
    reader.read_headlines()
    return tuple(reader.figures)


def _in_order(extraction: Extraction) -> Iterator[Table | int]:
    """Yield the sentences (by index) and the tables as they follow each other in the text."""
    document = extraction.document
    tables: Sequence[Table] = sorted(document.tables, key=lambda table: table.block)
    position = 0
    for index, sentence in enumerate(document.sentences):
        while position < len(tables) and tables[position].block <= sentence.block:
            yield tables[position]
            position += 1
        yield index
    yield from tables[position:]
