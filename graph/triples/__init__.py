"""Write what was extracted from one document as RDF, in the document's own graph.

Design: the data contract of the ontology (docs/model.md). Every statement, figure, mention and
reference points at a passage; passages carry offsets and quote (Web Annotation, sections 4.2.4
and 4.2.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from ..model import Extraction
from ..namespaces import Iris
from ..works import CitedWorks
from .claims import describe_figures, describe_statements
from .document import (
    describe_document,
    describe_doubts,
    describe_entities,
    describe_markers,
    describe_unmentioned,
)
from .references import describe_references, reference_nodes
from .writer import GraphWriter

if TYPE_CHECKING:
    from ..resolve import Resolution

__all__ = ["write"]


def write(
    extraction: Extraction, resolution: Resolution, works: CitedWorks, iris: Iris
) -> Iterator[Quad]:
    """Yield the quads of one document.

    The entities are those of *resolution* and the cited works those of *works*, so that two
    documents that speak of one thing give the same IRI, each in its own graph.
    """
    out = GraphWriter(extraction, resolution, works, iris)
    references = reference_nodes(out)
    describe_document(out)
    describe_entities(out)
    describe_references(out, references)
    describe_markers(out, references)
    describe_doubts(out)
    describe_figures(out, references)
    describe_statements(out, references)
    describe_unmentioned(out)
    yield from out.quads()
