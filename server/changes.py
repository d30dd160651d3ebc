"""Turn every change into one SPARQL update, which the engine applies in one transaction.

So there is one kind of record in the journal, and uploads are as atomic as updates.
"""

from __future__ import annotations

from itertools import groupby

import pyoxigraph as ox

from maizuru.graph.errors import NotFound, StoreError
from maizuru.graph.store.local import query_error

from .errors import QueryFailed
from .jobs import Change


def apply_change(store: ox.Store, change: Change) -> bool:
    """Apply *change*; return whether the graph it concerns was there before.

    Raises:
        QueryError: an update cannot be parsed or applied; nothing is changed.
        NotFound: the graph to delete is not there.
    """
    existed = change.graph is None or store.contains_named_graph(ox.NamedNode(change.graph))
    if change.kind == "delete" and not existed:
        raise NotFound(f"There is no graph <{change.graph}>")
    apply_update(store, as_update(change))
    return existed


def apply_update(store: ox.Store, text: str) -> None:
    """Apply an update, whole or not at all.

    Raises:
        QueryError: it cannot be parsed.
        QueryFailed: it cannot be applied: a graph is missing, say.
        StoreError: the store cannot be written.
    """
    try:
        store.update(text)
    except SyntaxError as error:
        raise query_error("update", error) from error
    except (ValueError, RuntimeError) as error:
        raise QueryFailed(f"The update cannot be applied: {error}") from error
    except OSError as error:
        raise StoreError(f"The store cannot be written: {error}") from error


def as_update(change: Change) -> str:
    """Return a change as the update that makes it.

    Graph Store HTTP Protocol, section 5: PUT is DROP SILENT and INSERT DATA, DELETE is DROP, POST
    is INSERT DATA; a graph that is put or posted exists afterwards, also when it is empty.
    """
    if change.kind == "update":
        return change.text
    place = f"GRAPH <{change.graph}>" if change.graph else "DEFAULT"
    if change.kind == "delete":
        return f"DROP {place}"
    if change.kind == "clear":
        return "DROP ALL"
    if change.whole:
        steps = ["DROP ALL"] if change.kind == "put" else []
        return " ;\n".join([*steps, _insert_quads(change.data)])
    steps = [f"DROP SILENT {place}"] if change.kind == "put" else []
    if change.graph:
        steps.append(f"CREATE SILENT {place}")
    data = change.data.decode()
    steps.append(f"INSERT DATA {{ {place} {{\n{data}}} }}" if change.graph else _insert(data))
    return " ;\n".join(steps)


def _insert(data: str) -> str:
    return f"INSERT DATA {{\n{data}}}"


def _insert_quads(data: bytes) -> str:
    """Return the INSERT DATA of N-Quads."""
    blocks = []
    quads = ox.parse(data, ox.RdfFormat.N_QUADS)
    for graph, members in groupby(quads, key=lambda quad: quad.graph_name):
        lines = "\n".join(f"{quad.triple} ." for quad in members)
        blocks.append(
            lines if isinstance(graph, ox.DefaultGraph) else f"GRAPH {graph} {{ {lines} }}"
        )
    return _insert("\n".join(blocks))
