"""The union of all graphs, each triple once.

Asked to search all graphs as one, the engine gives a triple once for every graph that holds it, so
that a COUNT would be wrong wherever two documents say the same. A graph is a set (RDF 1.1 Concepts,
section 3): laid out by itself, as the default graph of a store, the union is one. In a store of its
own it is also searched faster: a scan in memory passes by every quad of its predicate, also those
of other graphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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


def union_of(store: ox.Store) -> ox.Store:
    """Return a store whose default graph is the union of all graphs of *store*."""
    made = ox.Store()
    made.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in store)
    return made


def triples_of(store: ox.Store, graphs: Iterable[str]) -> set[ox.Triple]:
    """Return the triples of the default graph and of the named *graphs*."""
    names: list[ox.NamedNode | ox.DefaultGraph] = [ox.DefaultGraph(), *map(ox.NamedNode, graphs)]
    quads = (store.quads_for_pattern(None, None, None, name) for name in names)
    return {quad.triple for members in quads for quad in members}


def amend_union(
    union: ox.Store, store: ox.Store, before: set[ox.Triple], after: set[ox.Triple]
) -> None:
    """Bring a union up to date with *store*, some graphs of which held *before*, now *after*."""
    union.extend(ox.Quad(t.subject, t.predicate, t.object) for t in after - before)
    for gone in before - after:
        if next(store.quads_for_pattern(gone.subject, gone.predicate, gone.object), None) is None:
            union.remove(ox.Quad(gone.subject, gone.predicate, gone.object))
