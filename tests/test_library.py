"""The knowledge graph from Python."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from maizuru.graph import KnowledgeGraph
from maizuru.graph.errors import NotFound, QueryError
from maizuru.graph.store import open_release


@pytest.fixture(scope="module")
def kg(release: Path) -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph.open(release) as opened:
        yield opened


def test_importing_the_graph_is_light() -> None:
    code = (
        "import sys, maizuru.graph; before = set(sys.modules); from maizuru.graph import "
        "KnowledgeGraph; print(sorted({'pandas', 'rdflib', 'flask'} & set(sys.modules)), "
        "'maizuru.graph.library' in before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[] False"


def test_a_question_of_the_library_gives_rows(kg: KnowledgeGraph) -> None:
    rows = kg.query("released-per-year")
    frame = kg.to_pandas("released-per-year")

    assert len(rows) == len(frame) > 0
    assert list(frame.columns) == list(rows.columns)
    assert rows._repr_html_().count("<tr>") == min(len(rows), 20) + 1


def test_parameters_are_passed(kg: KnowledgeGraph) -> None:
    rows = kg.query("person-mentions", person="person/haruo-minami")

    assert rows
    with pytest.raises(QueryError):
        kg.query("person-mentions", nobody="x")


def test_sparql_gives_plain_values(kg: KnowledgeGraph) -> None:
    (row,) = kg.query("SELECT (2 AS ?n) (true AS ?b) (<https://schema.org/x> AS ?i) ?u {}")

    assert row == {"n": 2, "b": True, "i": "https://schema.org/x", "u": None}
    assert kg.query("ASK {}")[0] == {"answer": True}
    with pytest.raises(QueryError, match="to_rdflib"):
        kg.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")


def test_a_graph_for_rdflib(kg: KnowledgeGraph, release: Path) -> None:
    one = kg.to_rdflib("DESCRIBE <https://w3id.org/maizuru/id/place/kansk>")
    everything = kg.to_rdflib()

    assert len(one) > 3
    assert len(everything) == len({quad.triple for quad in open_release(release).quads()})


@pytest.mark.parametrize(
    "key", ["place/kansk", "https://w3id.org/maizuru/id/place/kansk", "Kansk", "Канск"]
)
def test_an_entity_by_key_iri_or_name(kg: KnowledgeGraph, key: str) -> None:
    entity = kg.entity(key)

    assert entity.iri.endswith("/id/place/kansk")
    assert entity.label == "Kansk"
    assert "Канск" in entity.names["ru"]
    assert any(kind.endswith("#Place") for kind in entity.classes)
    assert "<h3>Kansk</h3>" in entity._repr_html_()


@pytest.mark.parametrize("key", ["person/nobody", "Nobody at All"])
def test_nothing_is_not_found(kg: KnowledgeGraph, key: str) -> None:
    with pytest.raises(NotFound):
        kg.entity(key)


def test_figures_and_passages(kg: KnowledgeGraph) -> None:
    died = kg.figures("died")

    assert 0 < len(died) < len(kg.figures())
    assert any("quote" in column for column in died.columns)
    passages = kg.passages("place/kansk")
    assert all("Kansk" in str(row["quote"]) or row["quote"] for row in passages)
    assert passages


def test_an_explanation_leads_to_passages(kg: KnowledgeGraph) -> None:
    (row,) = kg.query(
        "PREFIX mz: <https://w3id.org/maizuru/ontology#> "
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
        "SELECT ?s ?p ?o { ?x a mz:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;"
        " mz:stance mz:asserted . FILTER(ISIRI(?o)) } ORDER BY ?x LIMIT 1"
    )
    found = kg.explain(str(row["s"]), str(row["p"]), str(row["o"]))

    assert found.sources[0].quote


def test_a_text_is_annotated(kg: KnowledgeGraph) -> None:
    found = kg.annotate("About 300 prisoners died in a camp near Kansk in the winter of 1946.")

    assert "Kansk" in {mention.text for mention in found.mentions}
    assert found.figures


def test_a_folder_of_documents_is_converted(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(
        "A letter\n\nIn 1947 some 200 men were held in a camp near Kansk.\n", encoding="utf-8"
    )
    with KnowledgeGraph.open(tmp_path) as opened:
        scratch = opened._scratch
        assert scratch is not None
        assert opened.entity("place/kansk").label == "Kansk"
        assert Path(scratch.name).is_dir()
    assert not Path(scratch.name).exists()


def test_notebooks_show_it(kg: KnowledgeGraph, release: Path) -> None:
    assert str(release) in kg._repr_html_()
    assert str(release) in repr(kg)
    assert "released-per-year" in {row["name"] for row in kg.questions()}


def test_what_is_shown_is_escaped() -> None:
    from maizuru.graph.library import Rows, value_of

    assert "&lt;b&gt;" in Rows(("x",), [{"x": "<b>"}])._repr_html_()
    assert value_of(ox.Literal("1946", datatype=ox.NamedNode("http://x/y#date"))) == "1946"
