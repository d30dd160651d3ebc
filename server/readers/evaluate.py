"""Do one job on a pyoxigraph store: the same code in a reader process and in this one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, cast

import pyoxigraph as ox

from maizuru.graph.errors import NotFound, QueryRefused, StoreError
from maizuru.graph.store.local import query_error
from maizuru.graph.store.wording import as_asked

from ..errors import NotAcceptable, QueryFailed
from ..jobs import Job
from ..settings import Settings
from .cut import Cutter, Enough
from .views import Views

_DAMAGE = ("Corruption", "IO error")
"""How the engine's errors begin that speak of files; they tell their paths."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much an answer may hold."""

    max_rows: int
    max_bytes: int
    union_default_graph: bool = True
    refuse_unknown_graphs: bool = True


def bounds_of(settings: Settings) -> Bounds:
    """Return the bounds that the settings ask for."""
    return Bounds(
        settings.max_rows,
        settings.max_bytes,
        settings.union_default_graph,
        settings.refuse_unknown_graphs,
    )


def evaluate(
    views: Views, job: Job, bounds: Bounds, emit: Callable[[bytes], None]
) -> tuple[int | None, str]:
    """Write the answer of *job* to *emit* in blocks; return its rows and the limit that cut it.

    Raises:
        QueryError: the query cannot be parsed.
        QueryFailed: it cannot be evaluated: an unknown function, say.
        QueryRefused: it names a graph that is not in the dataset.
        NotFound: the graph that `GRAPH` asks for is not in the dataset.
        NotAcceptable: the format cannot hold the answer.
        StoreError: the store cannot be read.
    """
    cutter = Cutter(job.format.name, emit, bounds.max_rows, bounds.max_bytes)
    output = cast(IO[bytes], cutter)
    try:
        if job.form == "HAS":
            names = [ox.NamedNode(iri) for iri in job.default_graphs or ()]
            there = all(map(views.dataset.contains_named_graph, names))
            cutter.write(b"1" if there else b"0")
        elif job.form == "GRAPH":
            _write_graph(views, job, output)
        else:
            _answer(views, job, bounds).serialize(output, job.format.engine)  # type: ignore[arg-type]
        cutter.finish()
    except Enough:
        return cutter.rows, cutter.truncated
    except SyntaxError as error:
        raise query_error("query", as_asked(job.text, job.base or None, error)) from error
    except (ValueError, RuntimeError) as error:
        if str(error).startswith(_DAMAGE):
            raise StoreError("The store is damaged or cannot be read") from error
        raise QueryFailed(f"The query cannot be answered: {error}") from error
    except OSError as error:
        if "RDF 1.2" not in str(error):
            raise StoreError("The store is damaged or cannot be read") from error
        said = f"{job.format.media_types[0]} has no place for triple terms, which the answer holds"
        raise NotAcceptable(said) from error
    return cutter.rows if job.form == "SELECT" else None, ""


def _answer(
    views: Views, job: Job, bounds: Bounds
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    store = views.dataset
    for iri in job.known if bounds.refuse_unknown_graphs else ():
        if not store.contains_named_graph(ox.NamedNode(iri)):
            raise QueryRefused(f"There is no graph <{iri}> in this dataset")
    text = views.wording((job.text, job.default_graphs, job.named_graphs))
    base = job.base or None
    if job.default_graphs is not None or job.named_graphs is not None:
        return store.query(
            text,
            base_iri=base,
            default_graph=[ox.NamedNode(iri) for iri in job.default_graphs or ()],
            named_graphs=[ox.NamedNode(iri) for iri in job.named_graphs or ()],
        )
    wants_union = bounds.union_default_graph and not job.own_dataset
    if wants_union and views.union is not None and not job.asks_graphs:
        return views.union.query(text, base_iri=base)
    search_all = wants_union and not views.union_loaded
    return store.query(text, base_iri=base, use_default_graph_as_union=search_all)


def _write_graph(views: Views, job: Job, output: IO[bytes]) -> None:
    """Write one graph as it stands; the whole dataset if the job names none."""
    rdf_format = cast(ox.RdfFormat, job.format.engine)
    if job.default_graphs is None:
        ox.serialize(views.quads(), output, rdf_format)
        return
    graph: ox.NamedNode | ox.DefaultGraph = ox.DefaultGraph()
    for iri in job.default_graphs:
        graph = ox.NamedNode(iri)
        if not views.dataset.contains_named_graph(graph):
            raise NotFound(f"There is no graph <{iri}> in this dataset")
    views.dataset.dump(output, rdf_format, from_graph=graph)
