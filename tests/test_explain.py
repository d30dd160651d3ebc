"""Explanations: from an inferred triple down to passages and their words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from maizuru.graph.cli.explain import explain as command
from maizuru.graph.cli.explain import read_predicate, read_term
from maizuru.graph.errors import NotFound, QueryError
from maizuru.graph.explain import Explainer, Explanation, explain
from maizuru.graph.explanations import Reader, as_text, as_turtle
from maizuru.graph.namespaces import MZ, PREFIXES, Iris, expand
from maizuru.graph.reason import infer
from maizuru.graph.store import MemoryStore, write_release

IRIS = Iris()
TYPE = NamedNode(expand("rdf:type"))

ONTOLOGY = """
    mz:locatedIn a owl:TransitiveProperty .
    mz:heldInPlace owl:propertyChainAxiom ( mz:heldIn mz:locatedIn ) .
    mz:Camp rdfs:subClassOf mz:Entity . mz:Entity rdfs:subClassOf prov:Entity .
    <https://w3id.org/maizuru/id/genid/m-1> owl:onProperty mz:heldIn ;
        owl:someValuesFrom owl:Thing ; rdfs:subClassOf mz:Captive .
"""
AUTHORITY = "<camp/camp-7> mz:locatedIn <place/taishet> ; a mz:Camp ."
LETTER = """
    <person/tadashi-mori> mz:heldIn <camp/camp-7> .
    <place/taishet> mz:locatedIn <place/irkutsk-oblast> .
    <statement/letter/0-40-a> a mz:Statement ; rdf:subject <person/tadashi-mori> ;
        rdf:predicate mz:heldIn ; rdf:object <camp/camp-7> ; mz:stance mz:asserted ;
        mz:authority <person/kenji-ota> ; mz:statedIn <document/letter#char=0,40> .
    <statement/letter/0-40-b> a mz:Statement ; rdf:subject <person/tadashi-mori> ;
        rdf:predicate mz:role ; rdf:object "guard" ; mz:stance mz:denied ;
        mz:statedIn <document/letter#char=0,40> .
    <person/kenji-ota> rdfs:label "Kenji Ota"@en .
    <mention/letter/30-36> oa:hasBody <camp/camp-7> ; oa:hasTarget <document/letter#char=30,36> .
    <document/letter> dcterms:title "A letter home"@en .
    <document/letter#char=0,40> oa:hasSource <document/letter> ;
        oa:hasSelector <selector/1> , <selector/2> .
    <selector/1> oa:start 0 ; oa:end 40 .
    <selector/2> oa:exact "Mori was no guard; they held him\\nin Camp 7." .
    <document/letter#char=30,36> oa:hasSource <document/letter> ;
        oa:hasSelector <selector/3> , <selector/4> .
    <selector/3> oa:start 30 ; oa:end 36 . <selector/4> oa:exact "Camp 7" .
"""


def quads(text: str, graph: str) -> Iterator[Quad]:
    header = "".join(f"@prefix {name}: <{iri}> . " for name, iri in PREFIXES.items())
    for quad in parse(header + text, format=RdfFormat.TURTLE, base_iri=IRIS.entity("")):
        yield Quad(quad.subject, quad.predicate, quad.object, NamedNode(IRIS.graph(graph)))


@pytest.fixture(scope="module")
def everything() -> list[Quad]:
    given = [
        *quads(ONTOLOGY, "ontology"),
        *quads(AUTHORITY, "authority"),
        *quads(LETTER, "document/letter"),
    ]
    return [*given, *infer(given)]


@pytest.fixture(scope="module")
def store(everything: list[Quad]) -> MemoryStore:
    return MemoryStore(everything)


def node(key: str) -> NamedNode:
    return NamedNode(IRIS.entity(key))


def mz(name: str) -> NamedNode:
    return NamedNode(MZ + name)


def leaves(explanation: Explanation) -> Iterator[Explanation]:
    if not explanation.rule:
        yield explanation
    for below in (*explanation.premises, *explanation.axioms):
        yield from leaves(below)


MORI, CAMP = node("person/tadashi-mori"), node("camp/camp-7")


def test_given_triple_leads_to_the_words_and_the_voice(store: MemoryStore) -> None:
    explanation = explain(store, MORI, mz("heldIn"), CAMP)
    (source,) = explanation.sources

    assert explanation.holds
    assert not explanation.rule
    assert source.quote == "Mori was no guard; they held him\nin Camp 7."
    assert (source.title, source.start, source.end) == ("A letter home", 0, 40)
    assert (source.stance, source.authority) == ("asserted", "Kenji Ota")


def test_inferred_triple_leads_to_all_it_rests_on(store: MemoryStore) -> None:
    explanation = explain(store, MORI, mz("heldInPlace"), node("place/irkutsk-oblast"))
    held, located = explanation.premises
    given = {leaf.triple for leaf in leaves(explanation)}

    assert explanation.rule == "prp-spo2"
    assert held.triple == Triple(MORI, mz("heldIn"), CAMP)
    assert held.sources[0].authority == "Kenji Ota"
    assert located.rule == "prp-trp"
    assert Triple(CAMP, mz("locatedIn"), node("place/taishet")) in given
    assert Triple(mz("locatedIn"), TYPE, NamedNode(expand("owl:TransitiveProperty"))) in given
    assert all(leaf.graphs for leaf in leaves(explanation))


def test_step_through_a_class_expression_is_told(store: MemoryStore) -> None:
    explanation = explain(store, MORI, TYPE, mz("Captive"))
    (hidden,) = explanation.premises

    assert explanation.rule == "cax-sco"
    assert hidden.rule == "cls-svf2"
    assert hidden.premises[0].triple == Triple(MORI, mz("heldIn"), CAMP)


def test_plain_given_premise_is_found_again(store: MemoryStore) -> None:
    explanation = explain(store, CAMP, TYPE, NamedNode(expand("prov:Entity")))
    (camp,) = explanation.premises

    assert camp.graphs == (IRIS.graph("authority"),)
    assert [source.quote for source in camp.sources] == ["Camp 7"]
    assert explanation.axioms[0].rule == "scm-sco"


def test_every_inferred_triple_is_explained(everything: list[Quad], store: MemoryStore) -> None:
    explainer = Explainer(store)
    inferred = [q for q in everything if q.graph_name == NamedNode(IRIS.graph("inferred"))]
    told = [explainer.explain(q.triple) for q in inferred if "/inferred/" not in str(q.subject)]

    assert len(told) == 6
    assert all(one.rule and one.premises and one.axioms for one in told)


def test_denied_statement_is_told_but_does_not_hold(store: MemoryStore) -> None:
    explanation = explain(store, MORI, mz("role"), Literal("guard"))

    assert not explanation.holds
    assert [source.stance for source in explanation.sources] == ["denied"]


def test_axiom_of_the_ontology_is_explained(store: MemoryStore) -> None:
    above = NamedNode(expand("rdfs:subClassOf"))
    explanation = explain(store, mz("Camp"), above, NamedNode(expand("prov:Entity")))

    assert explanation.rule == "scm-sco"
    assert len(explanation.premises) == 2


@pytest.mark.parametrize("name", ["heldIn", "role"])
def test_what_nobody_says_is_not_found(store: MemoryStore, name: str) -> None:
    with pytest.raises(NotFound, match="Neither stated nor inferred"):
        explain(store, CAMP, mz(name), MORI)


def test_being_named_is_not_being_something(store: MemoryStore) -> None:
    with pytest.raises(NotFound):
        explain(store, CAMP, TYPE, mz("Person"))


def test_identity_is_explained(everything: list[Quad]) -> None:
    same = "<person/tadashi-mori> owl:sameAs <person/prisoner-17> ."
    given = [q for q in everything if not q.graph_name.value.endswith("inferred")]  # type: ignore[union-attr]
    given += quads(same + "<person/prisoner-17> mz:number '17' .", "document/list")
    store = MemoryStore([*given, *infer(given)])

    explanation = explain(store, MORI, mz("number"), Literal("17"))

    assert explanation.rule == "eq-rep"
    assert [premise.triple.predicate.value for premise in explanation.premises] == [
        MZ + "number",
        expand("owl:sameAs"),
    ]


def test_text_shows_tree_rule_and_quotation(store: MemoryStore) -> None:
    explainer = Explainer(store)
    explanation = explainer.explain_terms(MORI, TYPE, mz("Captive"))

    text = as_text(explanation, Reader(IRIS, explainer.schema.about))

    assert text.splitlines()[0] == "person/tadashi-mori rdf:type mz:Captive"
    assert "[owl:onProperty mz:heldIn ; owl:someValuesFrom owl:Thing]" in text
    assert "“Mori was no guard; they held him in Camp 7.”" in text
    assert "A letter home, characters 0–40 (asserted, according to Kenji Ota)" in text


def test_text_spells_lists_out(store: MemoryStore) -> None:
    explainer = Explainer(store)
    explanation = explainer.explain_terms(MORI, mz("heldInPlace"), node("place/taishet"))

    text = as_text(explanation, Reader(IRIS, explainer.schema.about))

    assert "axiom: mz:heldInPlace owl:propertyChainAxiom (mz:heldIn mz:locatedIn)" in text


def test_turtle_is_provenance(store: MemoryStore) -> None:
    explanation = explain(store, MORI, mz("heldInPlace"), node("place/taishet"))

    triples = {q.triple for q in parse(as_turtle(explanation, IRIS), format=RdfFormat.TURTLE)}

    def one(predicate: str, subject: NamedNode | None = None) -> set[object]:
        wanted = NamedNode(expand(predicate))
        return {t.object for t in triples if t.predicate == wanted and subject in (None, t.subject)}

    record = NamedNode(explanation.record)
    (use,) = one("prov:wasGeneratedBy", record)
    assert isinstance(use, NamedNode)
    (role,) = one("prov:qualifiedAssociation", use)
    assert isinstance(role, NamedNode)
    assert one("prov:hadPlan", role) == {NamedNode(IRIS.concept("rule", "prp-spo2"))}
    assert len(one("prov:wasDerivedFrom", record)) == 3
    assert node("document/letter#char=0,40") in one("prov:wasDerivedFrom")
    assert Literal("Mori was no guard; they held him\nin Camp 7.") in one("oa:exact")


def test_command_prints_text_and_turtle(tmp_path: Path, everything: list[Quad]) -> None:
    write_release(everything, tmp_path / "kg")
    words = ["person/tadashi-mori", "heldInPlace", "place/taishet"]
    where = ["--release", str(tmp_path / "kg")]

    text = CliRunner().invoke(command, [*words, *where])
    rdf = CliRunner().invoke(command, [*words, *where, "-f", "turtle"])

    assert text.exit_code == 0
    assert text.output.startswith("person/tadashi-mori mz:heldInPlace place/taishet")
    assert rdf.exit_code == 0
    assert "prov:wasDerivedFrom" in rdf.output


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("mz:Camp", mz("Camp")),
        ("camp/camp-7", CAMP),
        ("id/camp/camp-7", CAMP),
        ("https://example.org/x", NamedNode("https://example.org/x")),
        ("<https://example.org/x>", NamedNode("https://example.org/x")),
        ('"Kansk"@en', Literal("Kansk", language="en")),
        ("45", Literal("45", datatype=NamedNode(expand("xsd:integer")))),
        ('"1945-08-23"^^xsd:date', Literal("1945-08-23", datatype=NamedNode(expand("xsd:date")))),
    ],
)
def test_terms_are_read_as_people_write_them(text: str, term: NamedNode | Literal) -> None:
    assert read_term(text, IRIS) == term


def test_predicates_are_ours_unless_they_say_otherwise() -> None:
    assert read_predicate("heldIn") == mz("heldIn")
    assert read_predicate("a") == TYPE
    assert read_predicate("dcterms:title") == NamedNode(expand("dcterms:title"))


@pytest.mark.parametrize("text", ['"open', "two words", '"a"^^nope:b'])
def test_what_is_no_term_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        read_term(text, IRIS)
