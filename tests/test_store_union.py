"""The union of all graphs: each triple once, also after changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maizuru.graph.store import write_release
from maizuru.graph.store.outline import outline
from maizuru.graph.store.release import UNION, shares_triples
from maizuru.graph.store.union import union_of
from maizuru.graph.store.written import written_graphs
from maizuru.server.jobs import Change, Job
from maizuru.server.negotiate import FORMATS
from maizuru.server.readers.dataset import Dataset, MemoryDataset, open_dataset
from maizuru.server.readers.evaluate import bounds_of, evaluate
from maizuru.server.settings import Settings

EX = "http://example.org/"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
BOTH = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o GRAPH ?g { ?s ?p ?o } }"


def quad(subject: str, graph: str) -> ox.Quad:
    node = ox.NamedNode(EX + subject)
    return ox.Quad(node, ox.NamedNode(EX + "p"), ox.Literal('a "b" <c>'), ox.NamedNode(EX + graph))


SHARED = [quad("a", "g1"), quad("a", "g2"), quad("b", "g2")]
APART = [quad("a", "g1"), quad("b", "g2")]


def number(dataset: Dataset, text: str) -> int:
    """Return the number a query gives, asked as the service asks it."""
    blocks: list[bytes] = []
    job = Job(text, "SELECT", FORMATS["tsv"], asks_graphs=outline(text).asks_graphs)
    evaluate(dataset.open_for_reading(), job, bounds_of(Settings()), blocks.append)
    return int(b"".join(blocks).split()[-1])


def opened(folder: Path, quads: list[ox.Quad], **settings: str) -> MemoryDataset:
    write_release(quads, folder)
    dataset = open_dataset(folder, Settings(**settings))  # type: ignore[arg-type]
    assert isinstance(dataset, MemoryDataset)
    dataset.load()
    return dataset


def test_a_release_knows_whether_graphs_share_triples(tmp_path: Path) -> None:
    write_release(SHARED, tmp_path / "shared")
    write_release(APART, tmp_path / "apart")
    assert shares_triples(tmp_path / "shared")
    assert not shares_triples(tmp_path / "apart")


def test_the_default_graph_and_a_named_one_may_share(tmp_path: Path) -> None:
    loose = ox.Quad(*quad("a", "g").triple)
    write_release([loose, quad("a", "g")], tmp_path)
    assert shares_triples(tmp_path)


@pytest.mark.parametrize(("quads", "both"), [(SHARED, 3), (APART, 2)])
def test_counts_are_of_triples(tmp_path: Path, quads: list[ox.Quad], both: int) -> None:
    dataset = opened(tmp_path, quads)
    assert number(dataset, COUNT) == 2
    assert number(dataset, BOTH) == both


def test_counts_stay_right_under_changes(tmp_path: Path) -> None:
    dataset = opened(tmp_path, SHARED, update_token="set")
    assert number(dataset, COUNT) == 2
    dataset.apply(Change("delete", graph=EX + "g2"))
    assert number(dataset, COUNT) == 1
    dataset.apply(Change("put", graph=EX + "g3", data=b"<urn:x> <urn:y> <urn:z> .\n"))
    assert number(dataset, COUNT) == 2
    dataset.apply(Change("update", f"COPY <{EX}g3> TO <{EX}g4>"))
    assert number(dataset, COUNT) == 2
    dataset.apply(Change("update", f"DELETE WHERE {{ GRAPH <{EX}g3> {{ ?s ?p ?o }} }}"))
    assert number(dataset, COUNT) == 2
    dataset.apply(Change("update", "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }"))
    assert number(dataset, COUNT) == 0


def test_a_store_on_disk_counts_right_until_it_is_changed(tmp_path: Path) -> None:
    write_release(SHARED, tmp_path, memory_quads=0)
    settings = Settings(memory_quads=0)
    assert number(open_dataset(tmp_path, settings), COUNT) == 2
    writable = open_dataset(tmp_path, replace(settings, update_token="set"))
    writable.apply(Change("delete", graph=EX + "g1"))
    assert not (tmp_path / UNION).exists()
    assert number(open_dataset(tmp_path, settings), COUNT) == 2


def test_a_union_is_stored_only_where_it_differs(tmp_path: Path) -> None:
    write_release(APART, tmp_path, memory_quads=0)
    assert not (tmp_path / UNION).exists()


STEPS = st.sampled_from(
    [
        "INSERT DATA { GRAPH <urn:g1> { <urn:a> <urn:p> 1 . <urn:b> <urn:p> 2 } }",
        "PREFIX g: <urn:> INSERT DATA { GRAPH g:g2 { <urn:a> <urn:p> 1 } }",
        "INSERT DATA { <urn:a> <urn:p> 1 . <urn:c> <urn:p> 3 }",
        "DELETE DATA { GRAPH <urn:g1> { <urn:a> <urn:p> 1 } }",
        "DELETE DATA { <urn:a> <urn:p> 1 }",
        "WITH <urn:g2> DELETE { ?s ?p ?o } INSERT { ?s <urn:q> ?o } WHERE { ?s ?p ?o }",
        "CLEAR SILENT GRAPH <urn:g1>",
        "CLEAR DEFAULT",
        "DROP SILENT NAMED",
        "MOVE SILENT <urn:g1> TO <urn:g3>",
        "ADD SILENT DEFAULT TO <urn:g1>",
        "COPY SILENT GRAPH <urn:g1> TO DEFAULT",
        "INSERT { GRAPH ?p { ?s ?p ?o } } WHERE { GRAPH <urn:g1> { ?s ?p ?o } }",
        "BASE <urn:x> DELETE WHERE { GRAPH <urn:g1> { ?s ?p ?o } }",
    ]
)


@given(st.lists(STEPS, max_size=12))
def test_union_is_amended_to_what_it_would_be_made_anew(steps: list[str]) -> None:
    dataset = MemoryDataset(Path("/nowhere"), writable=True, union=True)
    views = dataset.open_for_reading()
    dataset._union = union_of(views.dataset)
    for text in steps:
        dataset.apply(Change("update", text))
        views = dataset.open_for_reading()
        assert views.union is not None
        assert set(views.union) == set(union_of(views.dataset))


@pytest.mark.parametrize(
    ("text", "graphs"),
    [
        ("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> <urn:c> } }", {"urn:g"}),
        ("INSERT DATA { <urn:a> <urn:b> 'GRAPH ?g' } # GRAPH <urn:h>", set()),
        ("PREFIX g: <urn:> COPY g:a TO g:b", {"urn:a", "urn:b"}),
        ("MOVE SILENT GRAPH <urn:a> TO DEFAULT", {"urn:a"}),
        ("INSERT { GRAPH ?g { ?s ?p ?o } } WHERE { ?s ?p ?o }", None),
        ("CLEAR ALL", None),
        ("DROP NAMED", None),
        ("PREFIX g: <urn:> INSERT DATA { GRAPHg:a { <urn:a> <urn:b> 1 } }", None),
        ("BASE <urn:x> CLEAR GRAPH <urn:a>", None),
        ("CLEARGRAPH <urn:a>", None),
    ],
)
def test_written_graphs(text: str, graphs: set[str] | None) -> None:
    assert written_graphs(text) == graphs


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("SELECT * { ?s ?p ?o }", False),
        ("SELECT * { ?graph <urn:GRAPH> 'GRAPH' } # GRAPH", False),
        ("SELECT * { graph ?g { ?s ?p ?o } }", True),
        ("PREFIX g: <urn:> SELECT * { GRAPHg:a { ?s ?p ?o } }", True),
        ("SELECT * { FILTER(1)GRAPH<urn:g>{} }", True),
    ],
)
def test_a_graph_clause_is_noticed(text: str, asks: bool) -> None:
    assert outline(text).asks_graphs == asks
