"""The graph of one document while it is being written."""

from __future__ import annotations

from collections.abc import Iterator
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
        return NamedNode(self.iris.entity(self.resolution.of(self.document.slug, mention)))

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
        return passage

    def period(self, subject: NamedNode, predicate: NamedNode, value: DateValue | None) -> None:
        """Add a date as EDTF, and beside it the day bounds that engines can compare."""
        if value is None:
            return
        self.add(subject, predicate, edtf(value.edtf))
        if value.earliest is not None:
            self.add(subject, mz("earliest"), day(value.earliest))
        if value.latest is not None:
            self.add(subject, mz("latest"), day(value.latest))

    def quads(self) -> Iterator[Quad]:
        """Yield what was written, in the order it was written."""
        yield from self._quads
