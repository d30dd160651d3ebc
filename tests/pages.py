"""What the tests of structure and of references share: documents read, and what is in them."""

from __future__ import annotations

from maizuru.graph import documents
from maizuru.graph.extract.references import find_references
from maizuru.graph.language import sentences
from maizuru.graph.model import BlockKind, Document, InlineKind, Marker, Reference
from maizuru.graph.structure import structure

Found = tuple[Document, tuple[Reference, ...], tuple[Marker, ...]]

PROSE = (
    "In the autumn of 1946 the first ships with released soldiers put in at the harbour. "
    "About 5,000 men came ashore that month, and the whole town went down to the pier to see."
)

MORE = (
    "Before the war it had been a quiet place, known for its herring and for little else. "
    "Nobody had expected the ships, and the barracks were still without roofs in November."
)


def read(text: str, source: str = "text.txt") -> Document:
    """Return a text cut into its blocks."""
    return structure(documents.from_text(text, source))


def outline(document: Document) -> list[tuple[BlockKind, str]]:
    """Return kind and text of every block."""
    return [(b.kind, document.text[b.start : b.end].strip()) for b in document.blocks]


def kind_of(document: Document, beginning: str) -> BlockKind:
    return next(kind for kind, text in outline(document) if text.startswith(beginning))


def of_kind(document: Document, kind: BlockKind) -> list[str]:
    return [text for found, text in outline(document) if found is kind]


def inlines(document: Document, kind: InlineKind) -> list[str]:
    return [inline.text for inline in document.inlines if inline.kind is kind]


def cite(text: str, source: str = "text.txt") -> Found:
    """Return a document with its references and markers, each where it says it stands."""
    document = sentences.split(read(text, source))
    references, markers = find_references(document)
    for one in references:
        assert document.text[one.start : one.end] == one.text
    for marker in markers:
        assert document.text[marker.start : marker.end] == marker.text
    return document, references, markers


def bound(found: Found) -> list[tuple[str, str]]:
    """Return what each marker prints and the label of the entry it is bound to."""
    _, references, markers = found
    return [
        (m.text, "-" if m.reference is None else references[m.reference].label) for m in markers
    ]
