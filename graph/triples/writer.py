"""The graph of one document while it is being written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from ..model import DateValue, Extraction, Mention, Term
from ..namespaces import Iris
from ..works import CitedWorks
from .terms import RDF_TYPE, day, edtf, literal, mz, node, offset, text

if TYPE_CHECKING:
    from ..resolve import Resolution

CONTEXT = 32
"""Characters of prefix and suffix kept with a quote (Web Annotation, TextQuoteSelector)."""


class GraphWriter:
    """Collects the quads of one document's graph and mints the IRIs that belong to it."""

    def __init__(
        self, extraction: Extraction, resolution: Resolution, works: CitedWorks, iris: Iris
    ) -> None:
        """Open the graph ``graph/document/<slug>``."""
        self.extraction = extraction
        self.document = extraction.document
        self.resolution = resolution
        self.works = works
        self.iris = iris
        self.graph = NamedNode(iris.graph(f"document/{self.document.slug}"))
        self.document_node = NamedNode(iris.document(self.document.slug))
        self._quads: list[Quad] = []
        self._passages: dict[tuple[int, int], NamedNode] = {}
        self._starts = [block.start for block in self.document.blocks]
        self.named: dict[str, None] = {}
        """Keys of the entities named so far, also by statements and figures."""
        self.described: set[str] = set()
        """Keys of the entities whose class and names are written."""

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        """Add one triple to the document's graph."""
        self._quads.append(Quad(subject, predicate, value, self.graph))

    def typed(self, subject: NamedNode, *types: NamedNode) -> None:
        """State the classes of *subject*."""
        for kind in types:
            self.add(subject, RDF_TYPE, kind)

    def text(
        self, subject: NamedNode, predicate: NamedNode, value: str, language: str = ""
    ) -> None:
        """Add a string if there is one."""
        if value:
            self.add(subject, predicate, text(value, language))

    def local(self, kind: str, name: str) -> NamedNode:
        """Return the IRI of a thing that belongs to this document: a figure, a statement."""
        return NamedNode(self.iris.entity(f"{kind}/{self.document.slug}/{name}"))

    def entity(self, mention: Mention) -> NamedNode:
        """Return the entity a mention was resolved to."""
        key = self.resolution.of(self.document.slug, mention)
        self.named[key] = None
        return NamedNode(self.iris.entity(key))

    def term(self, term: Term) -> NamedNode | Literal:
        """Return the RDF term of a statement's object or qualifier."""
        return self.entity(term) if isinstance(term, Mention) else literal(term)

    def passage(self, start: int, end: int) -> NamedNode:
        """Return the passage of a range, described once: position, quote and context."""
        known = self._passages.get((start, end))
        if known is not None:
            return known
        passage = NamedNode(self.iris.passage(self.document.slug, start, end))
        self._passages[start, end] = passage
        position = self.local("selector", f"{start}-{end}/position")
        quote = self.local("selector", f"{start}-{end}/quote")
        body = self.document.text
        self.typed(passage, mz("Passage"), node("oa:SpecificResource"))
        self.add(passage, node("oa:hasSource"), self.document_node)
        self.add(passage, node("oa:hasSelector"), position)
        self.add(passage, node("oa:hasSelector"), quote)
        self.typed(position, node("oa:TextPositionSelector"))
        self.add(position, node("oa:start"), offset(start))
        self.add(position, node("oa:end"), offset(end))
        self.typed(quote, node("oa:TextQuoteSelector"))
        self.add(quote, node("oa:exact"), text(body[start:end]))
        self.add(quote, node("oa:prefix"), text(body[max(0, start - CONTEXT) : start]))
        self.add(quote, node("oa:suffix"), text(body[end : end + CONTEXT]))
        self._place(passage, start)
        return passage

    def _place(self, passage: NamedNode, start: int) -> None:
        """Write what kind of block a passage starts in, and under which headings."""
        if not self._starts:
            return
        block = self.document.blocks[max(0, bisect_right(self._starts, start) - 1)]
        self.text(passage, mz("blockKind"), block.kind.value)
        self.text(passage, mz("section"), " › ".join(block.section))

    def period(self, subject: NamedNode, predicate: NamedNode, value: DateValue | None) -> None:
        """Add a date as EDTF, and beside it the day bounds that engines can compare."""
        if value is None:
            return
        self.add(subject, predicate, edtf(value.edtf))
        self.bounds(subject, value.earliest, value.latest)

    def bounds(self, subject: NamedNode, earliest: date | None, latest: date | None) -> None:
        """Add the day bounds of a date, as far as they are known."""
        if earliest is not None:
            self.add(subject, mz("earliest"), day(earliest))
        if latest is not None:
            self.add(subject, mz("latest"), day(latest))

    def quads(self) -> Iterator[Quad]:
        """Yield what was written, in the order it was written."""
        yield from self._quads
