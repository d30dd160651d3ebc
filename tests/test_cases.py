"""Whole documents through the whole converter: what each must say, and nothing beyond it.

A case is a folder with an input and the graph expected of it, reduced by ``core.rq``.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import BNode, Graph, URIRef
from rdflib.compare import graph_diff, to_isomorphic

from maizuru.graph.convert import convert
from maizuru.graph.namespaces import PREFIXES, Iris
from maizuru.graph.resolve import resolve
from maizuru.graph.triples import write
from maizuru.graph.works import cited_works

CASES = Path(__file__).parent / "cases" / "convert"
NAMES = sorted(folder.name for folder in CASES.iterdir() if folder.is_dir())
IRIS = Iris()


@pytest.mark.parametrize("name", NAMES)
def test_a_document_says_what_is_expected(name: str) -> None:
    expected = Graph().parse(CASES / name / "expected.ttl")

    found = _core(CASES / name)

    same = to_isomorphic(found) == to_isomorphic(expected)
    assert same, _difference(found, expected)


def _core(folder: Path) -> Graph:
    """Convert the input of a case and return the readable part of its graph."""
    extraction = convert(next(folder.glob("input.*")), folder.name)
    store = ox.Store()
    works = cited_works([extraction])
    store.extend(write(extraction, resolve([extraction], works), works, IRIS))
    query = (CASES / "core.rq").read_text("utf-8")
    triples = store.query(query, use_default_graph_as_union=True)
    assert isinstance(triples, ox.QueryTriples)
    core = Graph().parse(data=triples.serialize(format=ox.RdfFormat.N_TRIPLES), format="nt")
    return _without_own_names(core)


def _without_own_names(graph: Graph) -> Graph:
    """Return *graph* with a blank node in place of each IRI that the converter minted."""
    blank: dict[object, BNode] = {}
    result = Graph()
    for prefix, namespace in PREFIXES.items():
        result.bind(prefix, namespace, replace=True)
    for triple in graph:
        subject, predicate, value = (
            blank.setdefault(term, BNode())
            if isinstance(term, URIRef) and term.startswith(IRIS.entity(""))
            else term
            for term in triple
        )
        result.add((subject, predicate, value))
    # Written and read again, so that numbers look as they do in the files: 1200.0, never 1200.
    return Graph().parse(data=result.serialize())


def _difference(found: Graph, expected: Graph) -> str:
    """Return what is missing and what is too much, for the reader of a failed test."""
    _, missing, extra = graph_diff(to_isomorphic(expected), to_isomorphic(found))
    for part in (missing, extra):
        for prefix, namespace in PREFIXES.items():
            part.bind(prefix, namespace, replace=True)
    return f"\nmissing:\n{missing.serialize()}\ntoo much:\n{extra.serialize()}"
