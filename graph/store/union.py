"""The union of all named graphs as the stored default graph.

Asked to search all graphs as one, the engine gives a triple once for every graph that holds it, so
that a COUNT would be wrong wherever two documents say the same. A graph is a set (RDF 1.1 Concepts,
section 3): loaded as the default graph, the union is one, and it is searched faster.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox


def load_union(store: ox.Store) -> None:
    """Make the default graph hold every triple of the named graphs, each once."""
    store.bulk_extend(
        ox.Quad(quad.subject, quad.predicate, quad.object) for quad in named_quads(store)
    )


def named_quads(store: ox.Store) -> Iterator[ox.Quad]:
    """Yield the quads of the named graphs."""
    for graph in store.named_graphs():
        yield from store.quads_for_pattern(None, None, None, graph)
