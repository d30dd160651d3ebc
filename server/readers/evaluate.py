"""Do one job on a pyoxigraph store: the same code in a reader process and in this one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, cast

import pyoxigraph as ox

from maizuru.graph.errors import NotFound, QueryRefused
from maizuru.graph.store.local import query_error
from maizuru.graph.store.union import named_quads

from ..errors import QueryFailed
from ..jobs import Job
from ..settings import Settings
from .cut import Cutter, Enough


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much an answer may hold."""

    max_rows: int
    max_bytes: int
    union_default_graph: bool = True
    refuse_unknown_graphs: bool = True
    union_loaded: bool = False
    """True if the stored default graph is the union of the named graphs."""


def bounds_of(settings: Settings) -> Bounds:
    """Return the bounds that the settings ask for."""
    return Bounds(
        settings.max_rows,
        settings.max_bytes,
        settings.union_default_graph,
        settings.refuse_unknown_graphs,
    )


def evaluate(
    store: ox.Store, job: Job, bounds: Bounds, emit: Callable[[bytes], None]
) -> tuple[int | None, str]:
    """Write the answer of *job* to *emit* in blocks; return its rows and the limit that cut it.

    Raises:
        QueryError: the query cannot be parsed.
        QueryFailed: it cannot be evaluated: an unknown function, say.
        QueryRefused: it names a graph that is not in the dataset.
        NotFound: the graph that `GRAPH` asks for is not in the dataset.
    """
    cutter = Cutter(job.format.name, emit, bounds.max_rows, bounds.max_bytes)
    output = cast(IO[bytes], cutter)
    try:
        if job.form == "HAS":
            names = [ox.NamedNode(iri) for iri in job.default_graphs or ()]
            cutter.write(b"1" if all(map(store.contains_named_graph, names)) else b"0")
        elif job.form == "GRAPH":
            _write_graph(store, job, bounds, output)
        else:
            _answer(store, job, bounds).serialize(output, job.format.engine)  # type: ignore[arg-type]
        cutter.finish()
    except Enough:
        return cutter.rows, cutter.truncated
    except SyntaxError as error:
        raise query_error("query", error) from error
    except (ValueError, RuntimeError) as error:
        raise QueryFailed(f"The query cannot be answered: {error}") from error
    return cutter.rows if job.form == "SELECT" else None, ""


def _answer(
    store: ox.Store, job: Job, bounds: Bounds
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    for iri in job.known if bounds.refuse_unknown_graphs else ():
        if not store.contains_named_graph(ox.NamedNode(iri)):
            raise QueryRefused(f"There is no graph <{iri}> in this dataset")
    base = job.base or None
    if job.default_graphs is None and job.named_graphs is None:
        search_all = bounds.union_default_graph and not bounds.union_loaded
        union = search_all and not job.own_dataset
        return store.query(job.text, base_iri=base, use_default_graph_as_union=union)
    return store.query(
        job.text,
        base_iri=base,
        default_graph=[ox.NamedNode(iri) for iri in job.default_graphs or ()],
        named_graphs=[ox.NamedNode(iri) for iri in job.named_graphs or ()],
    )


def _write_graph(store: ox.Store, job: Job, bounds: Bounds, output: IO[bytes]) -> None:
    """Write one graph as it stands; the whole dataset if the job names none."""
    rdf_format = cast(ox.RdfFormat, job.format.engine)
    if job.default_graphs is None:
        quads = named_quads(store) if bounds.union_loaded else iter(store)
        ox.serialize(quads, output, rdf_format)
        return
    graph: ox.NamedNode | ox.DefaultGraph = ox.DefaultGraph()
    for iri in job.default_graphs:
        graph = ox.NamedNode(iri)
        if not store.contains_named_graph(graph):
            raise NotFound(f"There is no graph <{iri}> in this dataset")
    store.dump(output, rdf_format, from_graph=graph)
