from __future__ import annotations

import gzip
import io
from pathlib import Path

import pyoxigraph as ox
import pytest

from maizuru.graph.errors import QueryError, ReleaseError, StoreError
from maizuru.graph.store import (
    CHECKSUM,
    DATA,
    STORE,
    DiskStore,
    MemoryStore,
    open_release,
    write_release,
)

EX = "http://example.org/"


def quad(subject: str, graph: str | None = "g") -> ox.Quad:
    name = ox.NamedNode(EX + graph) if graph else ox.DefaultGraph()
    return ox.Quad(ox.NamedNode(EX + subject), ox.NamedNode(EX + "p"), ox.Literal("o"), name)


def subjects(answer: object) -> list[str]:
    assert isinstance(answer, ox.QuerySolutions)
    return sorted(solution[0].value.removeprefix(EX) for solution in answer)


ALL = "SELECT ?s { ?s ?p ?o }"


def test_default_graph_is_the_union() -> None:
    store = MemoryStore([quad("a", "g1"), quad("b", "g2"), quad("c", None)])
    assert subjects(store.query(ALL)) == ["a", "b", "c"]


def test_stored_default_graph_on_request() -> None:
    store = MemoryStore([quad("a", "g1"), quad("c", None)], union_default_graph=False)
    assert subjects(store.query(ALL)) == ["c"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"SELECT ?s FROM <{EX}g1> {{ ?s ?p ?o }}", ["a"]),
        (f"SELECT ?s\nfrom\n<{EX}g2> {{ ?s ?p ?o }}", ["b"]),
        ("SELECT ?s { ?s ?p ?o } # FROM", ["a", "b"]),
        ('SELECT ?s { ?s ?p ?o FILTER(?o != " FROM ") }', ["a", "b"]),
        ("SELECT ?s { ?s ?p ?o . FILTER(!bound(?from)) }", ["a", "b"]),
        ("PREFIX from: <urn:x> SELECT ?s { ?s ?p ?o }", ["a", "b"]),
    ],
)
def test_from_replaces_the_union(text: str, expected: list[str]) -> None:
    store = MemoryStore([quad("a", "g1"), quad("b", "g2")])
    assert subjects(store.query(text)) == expected


def test_callers_dataset_replaces_from() -> None:
    store = MemoryStore([quad("a", "g1"), quad("b", "g2")])
    text = f"SELECT ?s FROM <{EX}g1> {{ ?s ?p ?o }}"
    assert subjects(store.query(text, default_graph=[EX + "g2"])) == ["b"]


def test_named_graphs_alone_leave_the_default_graph_empty() -> None:
    store = MemoryStore([quad("a", "g1"), quad("b", "g2")])
    assert subjects(store.query(ALL, named_graphs=[EX + "g1"])) == []
    inside = "SELECT ?s { GRAPH ?g { ?s ?p ?o } }"
    assert subjects(store.query(inside, named_graphs=[EX + "g1"])) == ["a"]


def test_syntax_error_names_its_place() -> None:
    with pytest.raises(QueryError, match="line 2") as caught:
        MemoryStore().query("SELECT *\nWHER { }")
    assert caught.value.line == 2


def test_failed_update_changes_nothing() -> None:
    store = MemoryStore([quad("a")])
    with pytest.raises(QueryError):
        store.update(f"DELETE WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }} ; DROP GRAPH <{EX}none>")
    assert store.size() == 1


def test_contains_graphs_and_quads() -> None:
    store = MemoryStore([quad("a", "g1"), quad("b", "g2")])
    assert store.contains(EX + "a")
    assert not store.contains(EX + "p")
    assert not store.contains("not an iri")
    assert store.graphs() == (EX + "g1", EX + "g2")
    assert [q.subject for q in store.quads(EX + "g2")] == [ox.NamedNode(EX + "b")]


def test_dump_is_nquads() -> None:
    output = io.BytesIO()
    MemoryStore([quad("a")]).dump(output)
    assert output.getvalue().decode() == f'<{EX}a> <{EX}p> "o" <{EX}g> .\n'


def test_release_is_sorted_distinct_and_repeatable(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    assert write_release([quad("b"), quad("a"), quad("b")], first) == 2
    write_release([quad("a"), quad("b")], second)
    assert (first / DATA).read_bytes() == (second / DATA).read_bytes()
    lines = gzip.decompress((first / DATA).read_bytes()).splitlines()
    assert lines == sorted(lines)
    assert not (first / STORE).exists()


def test_large_release_is_served_from_disk(tmp_path: Path) -> None:
    write_release([quad(f"s{n}") for n in range(50)], tmp_path, memory_quads=49)
    store = open_release(tmp_path)
    assert isinstance(store, DiskStore)
    assert store.size() == 50
    assert isinstance(open_release(tmp_path, memory_quads=50), MemoryStore)


def test_smaller_release_removes_the_old_store(tmp_path: Path) -> None:
    write_release([quad(f"s{n}") for n in range(50)], tmp_path, memory_quads=49)
    write_release([quad("a")], tmp_path, memory_quads=49)
    assert open_release(tmp_path).size() == 1


@pytest.fixture
def release(tmp_path: Path) -> Path:
    write_release([quad(f"s{n}") for n in range(500)], tmp_path)
    return tmp_path


def test_missing_folder_and_missing_data(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no release folder"):
        open_release(tmp_path / "nowhere")
    with pytest.raises(ReleaseError, match="has no data"):
        open_release(tmp_path)


def test_changed_data_are_detected(release: Path) -> None:
    data = release / DATA
    data.write_bytes(data.read_bytes()[:-1] + b"x")
    with pytest.raises(ReleaseError, match="checksum differs"):
        open_release(release)


def test_truncated_data_without_checksum_are_detected(release: Path) -> None:
    (release / CHECKSUM).unlink()
    data = release / DATA
    data.write_bytes(data.read_bytes()[:-20])
    with pytest.raises(StoreError, match="cut short or damaged"):
        open_release(release)


def test_data_that_are_not_nquads_are_detected(release: Path) -> None:
    (release / CHECKSUM).unlink()
    (release / DATA).write_bytes(gzip.compress(b"this is not RDF\n"))
    with pytest.raises(StoreError, match="not N-Quads"):
        open_release(release)


def test_broken_disk_store_is_detected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maizuru.graph.store.local.OPEN_ATTEMPTS", 2)
    write_release([quad(f"s{n}") for n in range(500)], tmp_path, memory_quads=1)
    (tmp_path / STORE / "CURRENT").write_text("MANIFEST-999999\n")
    with pytest.raises(StoreError, match="broken"):
        open_release(tmp_path)
    (tmp_path / STORE / "CURRENT").unlink()
    with pytest.raises(StoreError, match="no store"):
        open_release(tmp_path)


def test_backup_of_a_disk_store(tmp_path: Path) -> None:
    store = DiskStore.open_writable(tmp_path / "store")
    store.add([quad("a")])
    store.backup(tmp_path / "copy")
    assert DiskStore.open(tmp_path / "copy").size() == 1


def test_a_triple_in_two_graphs_is_one_answer(tmp_path: Path) -> None:
    same = [quad("a", "g1"), quad("a", "g2"), quad("b", "g2")]
    write_release(same, tmp_path)
    store = open_release(tmp_path)

    answer = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert isinstance(answer, ox.QuerySolutions)
    assert str(next(iter(answer))["n"]).startswith('"2"')
    assert set(store.quads()) == set(same)
    assert store.size() == 3
