"""RDF syntaxes, streamed from the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import IO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from ..namespaces import PREFIXES
from ..store import Store

Writer = Callable[[Store, IO[bytes]], None]


def dataset(form: RdfFormat) -> Writer:
    """Return a writer of the whole dataset, graph by graph, in a syntax that keeps graphs."""

    def write(store: Store, output: IO[bytes]) -> None:
        serialize(_by_graph(store), output, form, prefixes=PREFIXES)

    return write


def union(form: RdfFormat) -> Writer:
    """Return a writer of the union of all graphs.

    A triple that stands in two graphs may be written twice: a graph is a set (RDF 1.1 Concepts,
    section 3), so readers make one of the two, and writing needs no memory of what was written.
    """

    def write(store: Store, output: IO[bytes]) -> None:
        serialize(_triples(store), output, form, prefixes=PREFIXES)

    return write


def _by_graph(store: Store) -> Iterator[Quad]:
    return chain.from_iterable(map(store.quads, store.graphs()))


def _triples(store: Store) -> Iterator[Triple]:
    return (quad.triple for quad in _by_graph(store))
