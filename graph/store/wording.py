"""Word a query for an embedded store: see `dialect`, whose questions the store answers here."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from .dialect import adapted
from .outline import outline


def worded(
    store: ox.Store,
    text: str,
    default_graphs: Sequence[str] | None = None,
    named_graphs: Sequence[str] | None = None,
) -> str:
    """Return the query as the engine has to be asked it; most are as they came.

    *default_graphs* and *named_graphs* are the dataset of the request; None for the query's own.
    """

    def graphs() -> Sequence[str] | None:
        """Return the names of the graphs that GRAPH reaches, or None if one is a blank node."""
        if default_graphs is not None or named_graphs is not None:
            asked = named_graphs or ()
        elif outline(text).has_dataset:
            asked = outline(text).named_graphs
        else:
            names = list(store.named_graphs())
            found = [name.value for name in names if isinstance(name, ox.NamedNode)]
            return sorted(found) if len(found) == len(names) else None
        return [
            iri for iri in dict.fromkeys(asked) if store.contains_named_graph(ox.NamedNode(iri))
        ]

    return adapted(text, graphs, lambda iri: _knows(store, iri))


def as_asked(text: str, base: str | None, error: SyntaxError) -> SyntaxError:
    """Return the engine's error for the query as it was asked, whose lines and columns it tells."""
    try:
        ox.Store().query(text, base_iri=base)
    except SyntaxError as other:
        return other
    except (ValueError, RuntimeError):
        return error
    return error


def _knows(store: ox.Store, iri: str) -> bool:
    node = ox.NamedNode(iri)
    as_subject = store.quads_for_pattern(node, None, None, None)
    as_object = store.quads_for_pattern(None, None, node, None)
    return any(next(quads, None) is not None for quads in (as_subject, as_object))
