"""What a store that answers queries can tell of itself by them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from ..errors import StoreError
from ..resources import query_text
from .protocol import QueryAnswer

_VIRTUOSO_TRUTH = ox.Variable("__ASK_RETVAL")
"""Column of Virtuoso's answer to an ASK: one row for true, none for false."""


class ByQueries(ABC):
    """The part of a `Store` that asks the rest of it."""

    @abstractmethod
    def query(
        self,
        text: str,
        *,
        default_graph: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        timeout: float | None = None,
    ) -> QueryAnswer:
        """See `Store.query`."""

    def graphs(self) -> tuple[str, ...]:
        """See `Store.graphs`."""
        names = (row["graph"] for row in self._rows("store/graphs"))
        return tuple(sorted(name.value for name in names if isinstance(name, ox.NamedNode)))

    def contains(self, iri: str) -> bool:
        """See `Store.contains`."""
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            return False
        answer = self.query(query_text("store/contains").replace("?iri", str(node)))
        return bool(truth_of(answer))

    def size(self) -> int:
        """See `Store.size`; counts the triples of the named graphs."""
        for row in self._rows("store/size"):
            count = row["count"]
            if isinstance(count, ox.Literal) and count.value.isdecimal():
                return int(count.value)
        raise StoreError("The store did not count its triples")

    def _rows(self, name: str) -> Iterator[ox.QuerySolution]:
        answer = self.query(query_text(name))
        if not isinstance(answer, ox.QuerySolutions):
            raise StoreError("The store answered a SELECT with something else")
        return iter(answer)


def truth_of(answer: QueryAnswer) -> ox.QueryBoolean:
    """Return the answer to an ASK; Virtuoso 7 gives it as a table of one column.

    Raises:
        StoreError: it is no answer to an ASK.
    """
    if isinstance(answer, ox.QueryBoolean):
        return answer
    if isinstance(answer, ox.QuerySolutions) and answer.variables == [_VIRTUOSO_TRUTH]:
        said = b"true" if next(answer, None) is not None else b"false"
        table = b'{"head":{},"boolean":' + said + b"}"
        found = ox.parse_query_results(table, ox.QueryResultsFormat.JSON)
        if isinstance(found, ox.QueryBoolean):
            return found
    raise StoreError("The store did not answer with true or false")


def as_triples(body: bytes, rdf_format: ox.RdfFormat) -> ox.QueryTriples:
    """Return an RDF document as the engine's own answer to a CONSTRUCT."""
    store = ox.Store()
    store.load(body, rdf_format, to_graph=ox.DefaultGraph())
    answer = store.query(query_text("store/triples"))
    if not isinstance(answer, ox.QueryTriples):
        raise StoreError("The engine answered a CONSTRUCT with something else")
    return answer
