"""What every store can do, wherever its quads are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Protocol

from pyoxigraph import Quad, QueryBoolean, QuerySolutions, QueryTriples

QueryAnswer = QuerySolutions | QueryBoolean | QueryTriples


class Store(Protocol):
    """A dataset that can be asked and changed.

    The default graph of a query is the union of all graphs, unless the query or the caller names
    graphs of its own (the data contract, and `sd:UnionDefaultGraph` in the service description).
    """

    def query(
        self,
        text: str,
        *,
        default_graph: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        timeout: float | None = None,
    ) -> QueryAnswer:
        """Answer a SPARQL query.

        *default_graph* and *named_graphs* are IRIs that replace the query's own FROM clauses, as
        in the SPARQL 1.1 Protocol, section 2.1.4. *timeout* is in seconds; stores inside this
        process cannot stop a query and answer it to the end.

        Raises:
            QueryError: the query cannot be parsed or evaluated.
            LimitExceeded: the time ran out.
            StoreError: the store does not answer.
        """

    def update(self, text: str, *, timeout: float | None = None) -> None:
        """Apply a SPARQL update, whole or not at all.

        Raises:
            QueryError: the update cannot be parsed or applied.
            StoreError: the store does not answer.
        """

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads."""

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """Return the quads of one named graph, or of the whole dataset."""

    def graphs(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs, sorted."""

    def contains(self, iri: str) -> bool:
        """Tell whether any triple has *iri* as its subject."""

    def size(self) -> int:
        """Return the number of quads; this may be a scan."""

    def dump(self, output: IO[bytes]) -> None:
        """Write the whole dataset as N-Quads."""
