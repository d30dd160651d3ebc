"""Word a query as the engine has to be asked it (see `maizuru.graph.store.dialect`)."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from maizuru.graph.store.dialect import adapted
from maizuru.graph.store.outline import outline

from ..jobs import Job


def worded(store: ox.Store, job: Job) -> str:
    """Return the query of *job* for the engine; most are as they came."""
    return adapted(job.text, lambda: _named_graphs(store, job), lambda iri: _knows(store, iri))


def as_asked(job: Job, error: SyntaxError) -> SyntaxError:
    """Return the engine's error for the query as it was asked, whose lines and columns it tells."""
    try:
        ox.Store().query(job.text, base_iri=job.base or None)
    except SyntaxError as other:
        return other
    except (ValueError, RuntimeError):
        return error
    return error


def _named_graphs(store: ox.Store, job: Job) -> Sequence[str] | None:
    """Return the names of the graphs that GRAPH reaches, or None if one is a blank node."""
    if job.default_graphs is not None or job.named_graphs is not None:
        asked: Sequence[str] = job.named_graphs or ()
    elif job.own_dataset:
        asked = outline(job.text).named_graphs
    else:
        names = list(store.named_graphs())
        found = [name.value for name in names if isinstance(name, ox.NamedNode)]
        return sorted(found) if len(found) == len(names) else None
    return [iri for iri in dict.fromkeys(asked) if store.contains_named_graph(ox.NamedNode(iri))]


def _knows(store: ox.Store, iri: str) -> bool:
    node = ox.NamedNode(iri)
    as_subject = store.quads_for_pattern(node, None, None, None)
    as_object = store.quads_for_pattern(None, None, node, None)
    return any(next(quads, None) is not None for quads in (as_subject, as_object))
