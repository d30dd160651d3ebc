"""Every quality query finds what is wrong in its bad fixture and nothing in its good one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

from maizuru.graph.quality import QualityQuery, findings_of, quality_queries
from maizuru.graph.validate import add_background, read_quads

CASES = Path(__file__).parent / "cases" / "qc"

QUERIES = {query.name: query for query in quality_queries()}


def fixture(name: str, kind: str) -> Store:
    """Return the fixture together with the ontology and vocabularies, as in a validation."""
    store = Store()
    (path,) = (CASES / name).glob(f"{kind}.*")
    store.extend(read_quads(path))
    add_background(store)
    return store


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_bad_fixture_trips_the_query(query: QualityQuery) -> None:
    assert list(findings_of(query, fixture(query.name, "bad")))


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_good_fixture_and_our_own_ontology_do_not(query: QualityQuery) -> None:
    assert list(findings_of(query, fixture(query.name, "good"))) == []


def test_every_fixture_belongs_to_a_query() -> None:
    assert {path.name for path in CASES.iterdir()} == set(QUERIES)


def test_headers_are_sentences() -> None:
    for query in QUERIES.values():
        assert query.problem.endswith("."), query.name
        assert query.solution.endswith((".", "/", "#OWL_2_RL")), query.name
