"""Which figures can be compared, which agree, and how many roots a claim has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from maizuru.graph.compare import RULES, compare, derive
from maizuru.graph.namespaces import MZ, PREFIXES, Iris, expand
from maizuru.graph.resources import query_names, query_text

IRIS = Iris()
POW = "mz:population <group/pow>"
MEN = f'mz:unit "persons" ; {POW}'


def dataset(text: str) -> list[Quad]:
    header = "".join(f"@prefix {name}: <{iri}> . " for name, iri in PREFIXES.items())
    graph = NamedNode(IRIS.graph("document/made-up"))
    parsed = parse(header + text, format=RdfFormat.TURTLE, base_iri=IRIS.entity(""))
    return [Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed]


def figure(
    name: str, low: float | None, high: float | None, more: str = "", measure: str = "died"
) -> str:
    """Return a figure in Turtle; *more* is put to its scope and may set another."""
    bounds = "".join(
        f" ; mz:{bound} {float(value)}"
        for bound, value in (("lowerBound", low), ("upperBound", high))
        if value is not None
    )
    stance = "" if "mz:stance" in more else " ; mz:stance mz:asserted"
    scope = more if "mz:population" in more else f"{MEN} {more and ';'} {more}"
    return (
        f"<{name}> a mz:Figure ; mz:measure <https://w3id.org/maizuru/vocabulary/measure/{measure}>"
        f"{bounds}{stance} ; {scope} ; mz:statedIn <p/{name}> ."
        f" <p/{name}> oa:hasSource <document/{name}> ; oa:hasSelector <q/{name}> ."
        f' <q/{name}> oa:exact "Words about {name}." .'
    )


def derived(*texts: str) -> list[tuple[str, str, str]]:
    """Return what is derived, as local names, each rule's triples sorted."""

    def short(term: object) -> str:
        value = str(getattr(term, "value", term))
        return value.removeprefix(IRIS.entity("")).removeprefix(MZ).rpartition("/cito/")[2]

    found = derive(dataset(" ".join(texts)))
    return [tuple(short(term) for term in each.triple) for each in found]  # type: ignore[misc]


def links(name: str, *texts: str) -> set[tuple[str, str]]:
    return {(subject, object_) for subject, link, object_ in derived(*texts) if link == name}


def in_year(year: int) -> str:
    return f'mz:earliest "{year}-01-01"^^xsd:date ; mz:latest "{year}-12-31"^^xsd:date'


def both(one: str, other: str) -> set[tuple[str, str]]:
    return {(one, other), (other, one)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("", ""),
        (in_year(1947), in_year(1947)),
        (in_year(1947), 'mz:earliest "1946-06-01"^^xsd:date ; mz:latest "1947-06-01"^^xsd:date'),
        (
            "mz:territory <place/ussr>, <place/mongolia>",
            "mz:territory <place/mongolia>, <place/ussr>",
        ),
        ('mz:populationText "Prisoners"', 'mz:populationText "prisoners"'),
    ],
)
def test_same_scope_is_comparable(one: str, other: str) -> None:
    texts = figure("a", 10, 10, one), figure("b", 20, 20, other)

    assert links("comparableWith", *texts) == both("a", "b")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("", "mz:territory <place/mongolia>"),
        ("mz:territory <place/ussr>", "mz:territory <place/ussr>, <place/mongolia>"),
        (in_year(1947), in_year(1948)),
        (in_year(1947), ""),
        (POW, "mz:population <group/civilians>"),
        (POW, 'mz:populationText "prisoners"'),
        (f'{POW} ; mz:unit "persons"', f'{POW} ; mz:unit "percent"'),
    ],
)
def test_other_scope_is_not_comparable(one: str, other: str) -> None:
    assert not links("comparableWith", figure("a", 10, 10, one), figure("b", 10, 10, other))


def test_other_measure_is_not_comparable() -> None:
    texts = figure("a", 10, 10), figure("b", 10, 10, measure="missing")

    assert not links("comparableWith", *texts)


def test_unknown_population_or_measure_is_compared_with_nothing() -> None:
    vague = [figure(name, 10, 10).replace(f"; {POW}", "") for name in "ab"]
    other = [figure(name, 10, 10, measure="other") for name in "cd"]

    assert not links("comparableWith", *vague, *other)


def test_part_of_a_sum_is_compared_with_nothing() -> None:
    part = figure("a", 10, 10, "mz:partOf <c>")

    assert links("comparableWith", part, figure("b", 10, 10), figure("c", 90, 90)) == both("b", "c")


@pytest.mark.parametrize(
    ("low", "high", "other_low", "other_high", "more", "agree"),
    [
        (10, 20, 20, 30, "", True),
        (10, 20, 21, 30, "", False),
        (70, None, 80, 80, "", True),
        (70, None, 60, 60, "", False),
        (None, 50, 60, 60, "", False),
        (60_000, 60_000, 62_000, 62_000, "mz:approximate true", True),
        (60_000, 60_000, 62_000, 62_000, "mz:approximate false", False),
        (60_000, 60_000, 55_000, 55_000, "mz:approximate true", False),
    ],
)
def test_bounds_decide_between_agreement_and_disagreement(
    low: float | None,
    high: float | None,
    other_low: float | None,
    other_high: float | None,
    more: str,
    agree: bool,
) -> None:
    texts = figure("a", low, high, more), figure("b", other_low, other_high)

    assert links("agreesWith", *texts) == (both("a", "b") if agree else set())
    assert links("disagreesWith", *texts) == (set() if agree else both("a", "b"))


def test_overlapping_periods_agree_on_the_same_number_and_never_disagree() -> None:
    longer = 'mz:earliest "1946-01-01"^^xsd:date ; mz:latest "1949-12-31"^^xsd:date'
    year = figure("year", 10, 10, in_year(1947))

    assert links("agreesWith", year, figure("years", 10, 10, longer)) == both("year", "years")
    assert not links("agreesWith", year, figure("years", 10, 40, longer))
    assert not links("disagreesWith", year, figure("years", 40, 40, longer))


def test_denied_figure_disputes_and_agrees_with_nothing() -> None:
    texts = figure("denied", 10, 10, "mz:stance mz:denied"), figure("held", 10, 20)

    assert links("disputes", *texts) == {("denied", "held")}
    assert not links("agreesWith", *texts)
    assert ("denied", "1") not in links("independentRoots", *texts)


@pytest.mark.parametrize("stance", ["hedged", "disputed"])
def test_doubtful_figure_qualifies_the_asserted_one(stance: str) -> None:
    texts = figure("doubtful", 10, 10, f"mz:stance mz:{stance}"), figure("held", 10, 20)

    assert links("qualifies", *texts) == {("doubtful", "held")}


WITHIN = "<place/taishet> mz:locatedIn <place/siberia> . <group/officers> mz:partOf <group/pow> ."


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("mz:territory <place/siberia>", "mz:territory <place/taishet>"),
        ("", "mz:population <group/officers> ; mz:unit 'persons'"),
        ('mz:earliest "1946-01-01"^^xsd:date ; mz:latest "1949-12-31"^^xsd:date', in_year(1947)),
    ],
)
def test_wider_scope_contains_the_narrower(whole: str, part: str) -> None:
    texts = figure("whole", 50, 50, whole), figure("part", 10, 10, part), WITHIN

    assert links("containsFigure", *texts) == {("whole", "part")}


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("", ""),
        ("", "mz:territory <place/taishet>"),
        ("mz:territory <place/taishet>", "mz:territory <place/siberia>"),
        ("", in_year(1947)),
        ("mz:territory <place/taishet>", "mz:territory <place/taishet>, <place/chita>"),
        ("", f"mz:population <group/officers> ; mz:unit 'persons' ; {in_year(1947)}"),
    ],
)
def test_scope_that_is_not_wider_contains_nothing(whole: str, part: str) -> None:
    texts = figure("whole", 50, 50, whole), figure("part", 10, 10, part), WITHIN

    assert ("whole", "part") not in links("containsFigure", *texts)


def test_shares_do_not_contain_each_other() -> None:
    territory = "mz:territory <place/{}>"
    texts = [
        figure(name, 50, 50, territory.format(name), measure="population-share")
        for name in ("siberia", "taishet")
    ]

    assert not links("containsFigure", *texts, WITHIN)


ROOTS = {
    "one work": ("mz:restsOnWork <work/w>", "mz:restsOnWork <work/w>", ""),
    "one voice": ("mz:authority <person/v>", "mz:authority <person/v>", ""),
    "a work and its author": (
        "mz:restsOnWork <work/w>",
        "mz:authority <person/v>",
        "<work/w> mz:author <person/v> .",
    ),
    "works that cite each other": (
        "mz:restsOnWork <work/w>",
        "mz:restsOnWork <work/x>",
        "<work/w> mz:cites <work/y> . <work/y> mz:cites <work/x> .",
    ),
    "versions of one article": (
        "",
        "",
        "<document/a> mz:snapshotOf <work/z> . <document/b> mz:snapshotOf <work/z> .",
    ),
}


@pytest.mark.parametrize("name", ROOTS)
def test_claims_of_one_root_count_once(name: str) -> None:
    one, other, more = ROOTS[name]
    texts = figure("a", 10, 10, one), figure("b", 10, 10, other), more

    assert links("sharesRootWith", *texts) == both("a", "b")
    assert links("independentRoots", *texts) == {("a", "1"), ("b", "1")}


def test_one_wording_is_one_root() -> None:
    copy = figure("b", 10, 10, "mz:restsOnWork <work/x>").replace("about b", "about a")
    texts = figure("a", 10, 10, "mz:restsOnWork <work/w>"), copy

    assert links("independentRoots", *texts) == {("a", "1"), ("b", "1")}


def test_claims_of_different_roots_count_each() -> None:
    texts = [
        figure("a", 10, 10, "mz:restsOnWork <work/w>"),
        figure("b", 10, 10, "mz:restsOnWork <work/x>"),
        figure("c", 10, 10, "mz:authority <person/v>"),
        figure("d", 10, 10, "mz:restsOnWork <work/w>"),
        figure("lonely", 99, 99),
    ]

    assert dict(links("independentRoots", *texts)) == {
        "a": "3",
        "b": "3",
        "c": "3",
        "d": "3",
        "lonely": "1",
    }


def statement(name: str, more: str, object_: str = "<camp/7>") -> str:
    return (
        f"<{name}> a mz:Statement ; rdf:subject <person/m> ; rdf:predicate mz:heldIn ;"
        f" rdf:object {object_} ; mz:stance mz:asserted ; mz:statedIn <p/{name}> {more} ."
        f" <p/{name}> oa:hasSource <document/{name}> ; oa:hasSelector <q/{name}> ."
        f' <q/{name}> oa:exact "Words about {name}." .'
    )


def test_roots_of_a_statement_that_several_passages_make() -> None:
    texts = [
        statement("a", "; mz:restsOnWork <work/w>"),
        statement("b", "; mz:restsOnWork <work/w>"),
        statement("c", "; mz:authority <person/v>"),
        statement("alone", "", "<camp/8>"),
    ]

    assert dict(links("independentRoots", *texts)) == {"a": "2", "b": "2", "c": "2"}
    assert not links("restates", *texts)


def table(*addends: tuple[float, str]) -> Iterator[str]:
    for number, (value, more) in enumerate(addends):
        yield figure(f"part{number}", value, value, more)
        yield f"<part{number}> mz:partOf <total> . <total> mz:sumOf <part{number}> ."


@pytest.mark.parametrize(
    ("addends", "difference"),
    [
        ([(40, ""), (60, "")], set()),
        ([(40, ""), (50, "")], {("total", "10.0")}),
        ([(40, ""), (70, "")], {("total", "-10")}),
        ([(40, ""), (57, "mz:approximate true")], set()),
        ([(40, "")], set()),
    ],
)
def test_sums_that_do_not_close(
    addends: list[tuple[float, str]], difference: set[tuple[str, str]]
) -> None:
    found = links("sumDifference", figure("total", 100, 100), *table(*addends))

    assert {(name, float(value)) for name, value in found} == {
        (name, float(value)) for name, value in difference
    }


def test_addends_of_another_measure_are_not_summed() -> None:
    other = figure("x", 500, 500, measure="missing") + " <total> mz:sumOf <x> ."

    assert not links("sumDifference", figure("total", 100, 100), *table((40, ""), (60, "")), other)


def test_findings_stand_in_the_graph_of_inferences_with_their_rule() -> None:
    quads = list(compare(dataset(figure("a", 10, 10) + figure("b", 20, 20)), IRIS))
    rules = [quad.object for quad in quads if quad.predicate.value == MZ + "rule"]

    assert {quad.graph_name for quad in quads} == {NamedNode(IRIS.graph("inferred"))}
    assert {getattr(rule, "value", "") for rule in rules} == {
        "compare/comparable",
        "compare/disagreeing",
        "compare/counting-roots",
    }
    assert quads == list(compare(dataset(figure("b", 20, 20) + figure("a", 10, 10)), IRIS))


def test_every_comparison_query_is_run_and_says_what_it_derives() -> None:
    assert sorted(RULES) == sorted(query_names("compare"))
    for rule in RULES:
        header = query_text(f"compare/{rule}").split("\n\n")[0]
        for term in header.rpartition("# derives: ")[2].split(", "):
            assert expand(term).rpartition("#")[2].rpartition("/")[2] in query_text(
                f"compare/{rule}"
            )


def test_nothing_of_a_rule_is_derived_twice() -> None:
    found = [each.triple for each in derive(dataset(figure("a", 10, 10) + figure("b", 10, 10)))]

    assert len(found) == len(set(found))
    assert all(isinstance(triple, Triple) for triple in found)
