"""The dataset behind an engine as a `Store`, for the pages: same limits, same isolation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO

import pyoxigraph as ox

from maizuru.graph.store import QueryAnswer
from maizuru.graph.store.by_queries import ByQueries, as_triples
from maizuru.graph.store.outline import outline

from .jobs import Change, Engine, Job
from .negotiate import RESULTS, TRIPLES

_JSON = RESULTS[0]
_NTRIPLES = next(f for f in TRIPLES if f.name == "ntriples")
_NQUADS = next(f for f in TRIPLES if f.name == "nquads")


class EngineStore(ByQueries):
    """Implements `maizuru.graph.store.Store`."""

    def __init__(self, engine: Engine) -> None:
        """Ask *engine*."""
        self._engine = engine

    def query(
        self,
        text: str,
        *,
        default_graph: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        timeout: float | None = None,
    ) -> QueryAnswer:
        """See `Store.query`; the time limit is the service's."""
        found = outline(text)
        table = found.form in ("SELECT", "ASK", "")
        body = self._body(
            Job(
                text,
                found.form,
                _JSON if table else _NTRIPLES,
                None if default_graph is None else tuple(default_graph),
                None if named_graphs is None else tuple(named_graphs),
                own_dataset=found.has_dataset,
                asks_graphs=found.asks_graphs,
            )
        )
        if table:
            return ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
        return as_triples(body, ox.RdfFormat.N_TRIPLES)

    def update(self, text: str, *, timeout: float | None = None) -> None:
        """See `Store.update`."""
        self._engine.change(Change("update", text))

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """See `Store.add`."""
        data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
        self._engine.change(Change("post", data=data, whole=True))

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """See `Store.quads`."""
        if graph is None:
            yield from ox.parse(self._body(Job("", "GRAPH", _NQUADS)), ox.RdfFormat.N_QUADS)
            return
        name = ox.NamedNode(graph)
        body = self._body(Job("", "GRAPH", _NTRIPLES, default_graphs=(graph,)))
        for triple in ox.parse(body, ox.RdfFormat.N_TRIPLES):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, name)

    def dump(self, output: IO[bytes]) -> None:
        """See `Store.dump`."""
        output.write(self._body(Job("", "GRAPH", _NQUADS)))

    def _body(self, job: Job) -> bytes:
        """Return the whole answer.

        Raises:
            LimitExceeded: it was cut at a limit: half an answer is none here.
        """
        answer = self._engine.answer(job)
        return answer.whole()
