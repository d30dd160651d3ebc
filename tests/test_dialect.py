"""Queries that the engine alone would answer otherwise than the recommendation."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from maizuru.graph.errors import QueryError
from maizuru.graph.store import MemoryStore
from maizuru.graph.store.dialect import adapted
from maizuru.graph.store.grammar import check_grammar
from maizuru.graph.store.wording import as_asked

EX = "http://example.org/"
PREFIX = f"PREFIX : <{EX}> "


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """Graph :one says that :a is before :b and :b before :c; graph :two that :a is before :b."""
    made = ox.Store()
    before = ox.NamedNode(EX + "before")
    for graph, first, second in (("one", "a", "b"), ("one", "b", "c"), ("two", "a", "b")):
        terms = (ox.NamedNode(EX + name) for name in (first, second))
        subject, value = terms
        made.add(ox.Quad(subject, before, value, ox.NamedNode(EX + graph)))
        made.add(ox.Quad(subject, before, value))
    return made


def asked(store: ox.Store, text: str, **more: tuple[str, ...]) -> list[str]:
    """Return the rows of the answer, each as short text, sorted."""
    answer = MemoryStore.of(store, union_loaded=True).query(PREFIX + text, **more)  # type: ignore[arg-type]
    assert isinstance(answer, ox.QuerySolutions)
    rows = [[getattr(value, "value", "-").removeprefix(EX) for value in row] for row in answer]
    return sorted(" ".join(row) for row in rows)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT (TRUE AS ?x) (False AS ?y) {}", ["true false"]),
        ("SELECT ?x { VALUES (?x ?TRUE) { ('TRUE' True) } FILTER(?TRUE) }", ["TRUE"]),
        ("SELECT (COUNT(?s) AS ?n) (?n + 1 AS ?m) { ?s :before ?o }", ["2 3"]),
        ("SELECT (COUNT(?s) AS ?n) (?n * 2 + ?n AS ?m) { ?s :before ?o }", ["2 6"]),
        ("SELECT (COUNT(*) AS ?n) (-?n AS ?m) { ?s :before ?o } GROUP BY ?s", ["1 -1", "1 -1"]),
        ("SELECT ?x { ?x :before* :nowhere }", ["nowhere"]),
        ("SELECT ?x { :nowhere (:before/:before)? ?x }", ["nowhere"]),
        ("SELECT ?x { ?x ^:before* :nowhere . ?x :before ?y }", []),
        ("SELECT ?x { ?x :before* :b }", ["a", "b"]),
        ("SELECT ?x { ?x (:before|:after)* :nowhere. VALUES ?x { :nowhere :a } }", ["nowhere"]),
        ("SELECT ?x ?y { :nowhere :before* ?x ; :before ?y }", []),
        ("SELECT ?g { GRAPH ?g { FILTER(BOUND(?g)) } }", []),
        ("SELECT ?g ?x { GRAPH ?g { VALUES ?x { 1 } } }", ["one 1", "two 1"]),
        ("SELECT ?g { GRAPH ?g { VALUES ?g { :one UNDEF } } }", ["one", "one", "two"]),
        ("SELECT ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s :before :c } } }", ["0", "1"]),
        ("SELECT ?a { GRAPH ?g { ?a :before :c MINUS { ?x :before :b } } }", ["b"]),
        ("SELECT ?a { GRAPH ?g { ?a :before ?b MINUS { ?a :before :b } } }", ["b"]),
        ("SELECT ?g ?s { GRAPH ?g { ?s :before :c OPTIONAL { ?s :in ?g } } }", ["one b"]),
        ("SELECT ?g ?s { GRAPH ?g { ?s :before :c } }", ["one b"]),
        ("SELECT ?g { GRAPH ?g { ?g ?p ?o } }", []),
        ("SELECT ?g ?x FROM NAMED :two { GRAPH ?g { VALUES ?x { 1 } } }", ["two 1"]),
        ("SELECT ?g ?x FROM :two { GRAPH ?g { VALUES ?x { 1 } } }", []),
    ],
)  # fmt: skip
def test_answers_are_the_recommendations(store: ox.Store, text: str, rows: list[str]) -> None:
    assert asked(store, text) == rows


def test_graphs_of_the_request_are_those_written_out(store: ox.Store) -> None:
    text = "SELECT ?g { GRAPH ?g { VALUES ?x { 1 } } }"
    graphs = (EX + "two", EX + "none")
    assert asked(store, text, named_graphs=graphs) == ["two"]


def test_group_concat_is_a_simple_literal(store: ox.Store) -> None:
    text = "SELECT (GROUP_CONCAT(?x; SEPARATOR='(') AS ?y) { VALUES ?x { 'a'@en 'b'@en } }"
    answer = store.query(adapted(text, list, bool))
    assert isinstance(answer, ox.QuerySolutions)
    assert str(next(answer)["y"]) == '"a(b"'


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s { ?s ?p 'TRUE GRAPH ?g { VALUES' } # GROUP_CONCAT(",
        "SELECT (RAND() + COUNT(*) AS ?n) (?n AS ?m) { ?s ?p ?o }",
        "SELECT ?g { GRAPH ?g { _:x ?p ?o MINUS { ?a ?b ?c } } }",
        "SELECT ?x { _:b ?p ?x . ?x <http://e/p>* <http://e/none> }",
        "SELECT ?x { GRAPH <http://e/g> { ?x <http://e/p>* <http://e/none> } }",
        "SELECT ?x { FILTER EXISTS { GRAPH ?g { SELECT ?x { ?x ?p ?o } } } }",
    ],
)
def test_what_cannot_be_told_is_left_as_it_is(text: str) -> None:
    assert adapted(text, lambda: ["http://e/g"], lambda _: False) == text
    assert adapted(text, lambda: None, lambda _: True) == text


def test_query_does_not_grow_without_bound() -> None:
    text = "SELECT ?g { GRAPH ?g { VALUES ?x { 1 } } }"
    assert adapted(text, lambda: [f"http://e/{n}" for n in range(100_000)], bool) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT (COUNT(COUNT(*)) AS ?c) {}", "aggregate"),
        ("SELECT (SUM(1 + (2 * MAX(?x))) AS ?c) {}", "aggregate"),
        ("SELECT * { FILTER (?x<?a&&?b>?y) }", "reads as an IRI"),
        ("SELECT * { ?s ?p ?x FILTER(((?x<3&&?x>1))) }", "reads as an IRI"),
        ("SELECT * { BIND(<<(<<(:s :p :o)>> :q :z)>> AS ?x) }", "triple term"),
        ("SELECT * { BIND(<<( 'text' :q :z )>> AS ?x) }", "triple term"),
    ],
)
def test_what_the_grammar_does_not_take_is_refused(text: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        check_grammar(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(*) + COUNT(?x) AS ?c) {}",
        "SELECT (SUM(?x) AS ?c) { FILTER EXISTS { SELECT (MAX(?y) AS ?m) {} } }",
        "SELECT * { FILTER (?x < ?a && ?b > ?y) }",
        "SELECT * { ?s :p (1 <http://e/?a&&b> ?x) }",
        "SELECT * { FILTER (?x IN (<http://e/a&&b>, ?y)) }",
        "SELECT * { FILTER (<http://e/f&&>(?x, <http://e/y>) = 'a'^^<http://e/&&d>) }",
        "SELECT * { BIND(<<( ?s :p <<( :a :b 'c' )>> )>> AS ?x) }",
        "SELECT * { <<( <<( ?s :p :o )>> :r :z )>> :q 1 . FILTER(?s != :z) }",
    ],
)
def test_what_the_grammar_takes_is_taken(text: str) -> None:
    check_grammar(text)


def test_errors_tell_the_place_in_the_query_as_it_was_asked() -> None:
    text = "SELECT (GROUP_CONCAT(?x) AS ?y) { ?s ?p ?o } WHERE"
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(adapted(text, list, bool))
    said = as_asked(text, None, caught.value)
    assert "error at 1:51:" in str(said)
    assert "error at 1:56:" in str(caught.value)
