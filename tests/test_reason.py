"""The reasoner as a library, and as the step of a build."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from maizuru.graph.errors import NotFound, ValidationError
from maizuru.graph.namespaces import MZ, PREFIXES, Iris, expand
from maizuru.graph.publish import published_quads
from maizuru.graph.reason import Inference, Reasoner, infer, owlrl_oracle, record_iri
from maizuru.graph.reason.compile import Instance
from maizuru.graph.reason.facts import Facts
from maizuru.graph.reason.pairs import pair_watcher

EX = "http://example.org/"
TYPE = NamedNode(expand("rdf:type"))

ONTOLOGY = """
    ex:Camp rdfs:subClassOf ex:Place . ex:Place rdfs:subClassOf ex:Thing .
    ex:locatedIn a owl:TransitiveProperty .
    ex:heldIn owl:inverseOf ex:held ; rdfs:range ex:Camp .
    ex:heldInPlace owl:propertyChainAxiom ( ex:heldIn ex:locatedIn ) .
    ex:Person owl:disjointWith ex:Camp .
    [ owl:onProperty ex:heldIn ; owl:someValuesFrom owl:Thing ] rdfs:subClassOf ex:Captive .
"""
DATA = """
    ex:tadashi ex:heldIn ex:camp7 . ex:camp7 ex:locatedIn ex:taishet .
    ex:taishet ex:locatedIn ex:siberia .
"""


def turtle(text: str) -> list[Triple]:
    header = "".join(f"@prefix {name}: <{iri}> . " for name, iri in PREFIXES.items())
    document = f"{header} @prefix ex: <{EX}> . {text}"
    return [quad.triple for quad in parse(document, format=RdfFormat.TURTLE)]


def ex(name: str) -> NamedNode:
    return NamedNode(EX + name)


AXIOMS = turtle(ONTOLOGY)


def reasoner_of(data: str) -> Reasoner:
    reasoner = Reasoner(AXIOMS)
    reasoner.add(turtle(data))
    reasoner.close()
    return reasoner


def test_inferred_triples_carry_their_rule() -> None:
    found = dict(reasoner_of(DATA).inferred())

    assert found[Triple(ex("camp7"), TYPE, ex("Camp"))] == "prp-rng"
    assert found[Triple(ex("camp7"), ex("locatedIn"), ex("siberia"))] == "prp-trp"
    assert found[Triple(ex("tadashi"), ex("heldInPlace"), ex("siberia"))] == "prp-spo2"
    assert found[Triple(ex("camp7"), ex("held"), ex("tadashi"))] == "prp-inv1"


def test_conclusions_about_the_schema_come_only_when_asked_for() -> None:
    reasoner = reasoner_of(DATA)
    above = Triple(ex("Camp"), NamedNode(expand("rdfs:subClassOf")), ex("Thing"))

    assert above not in dict(reasoner.inferred())
    assert dict(reasoner.inferred(schema=True))[above] == "scm-sco"


def test_given_triples_are_not_inferred() -> None:
    given = turtle(DATA + "ex:camp7 a ex:Camp .")
    reasoner = Reasoner(AXIOMS)
    reasoner.add(given)
    reasoner.close()

    assert not set(given) & set(dict(reasoner.inferred()))


def test_a_derived_triple_that_is_given_later_is_given() -> None:
    reasoner = reasoner_of(DATA)
    typed = turtle("ex:camp7 a ex:Camp .")
    reasoner.add(typed)
    reasoner.close()

    assert typed[0] not in dict(reasoner.inferred())
    assert reasoner.proof(*typed[0]).asserted


def test_literals_never_become_subjects() -> None:
    found = dict(reasoner_of('ex:tadashi ex:heldIn "camp 7" .').inferred())

    assert set(found) == {
        Triple(ex("tadashi"), TYPE, ex("Captive")),
        *(t for t in found if isinstance(t.object, BlankNode)),
    }


def test_proof_names_rules_axioms_and_data() -> None:
    proof = reasoner_of(DATA).proof(ex("tadashi"), ex("heldInPlace"), ex("siberia"))

    axiom, first, second = proof.premises
    assert proof.rule == "prp-spo2"
    assert axiom.triple.predicate.value == expand("owl:propertyChainAxiom")
    assert first.triple == Triple(ex("tadashi"), ex("heldIn"), ex("camp7"))
    assert second.rule == "prp-trp"
    assert set(turtle(DATA)) <= set(proof.given())


def test_what_does_not_follow_has_no_proof() -> None:
    with pytest.raises(NotFound, match="Neither stated nor inferred"):
        reasoner_of(DATA).proof(ex("tadashi"), ex("heldIn"), ex("siberia"))


def test_proofs_are_shared_not_repeated() -> None:
    chain = " ".join(f"ex:p{n} ex:locatedIn ex:p{n + 1} ." for n in range(60))
    proof = reasoner_of(chain).proof(ex("p0"), ex("locatedIn"), ex("p60"))

    assert len(proof.given()) == 61
    assert sum(1 for _ in proof.steps()) < 200


def test_clash_names_the_triples_and_what_was_given() -> None:
    (clash,) = reasoner_of(DATA + "ex:camp7 a ex:Person .").clashes()

    assert clash.rule == "cax-dw"
    assert set(clash.triples) == set(turtle("ex:camp7 a ex:Person , ex:Camp ."))
    assert set(turtle("ex:camp7 a ex:Person . ex:tadashi ex:heldIn ex:camp7 .")) <= set(
        clash.given()
    )


def test_nothing_follows_from_a_contradiction() -> None:
    sound, broken = reasoner_of(DATA), reasoner_of(DATA + "ex:camp7 a ex:Person .")

    assert dict(sound.inferred()).keys() == dict(broken.inferred()).keys()


def test_axioms_may_come_with_the_data() -> None:
    reasoner = Reasoner()
    reasoner.add(turtle(DATA))
    reasoner.close()
    reasoner.add(AXIOMS)
    reasoner.close()

    assert Triple(ex("tadashi"), ex("heldInPlace"), ex("siberia")) in dict(reasoner.inferred())


def test_same_things_share_what_is_said_of_them() -> None:
    data = DATA + "ex:tadashi owl:sameAs ex:prisoner17 ."
    there = Triple(ex("prisoner17"), ex("heldInPlace"), ex("siberia"))
    reasoner = reasoner_of(data)

    assert dict(reasoner.inferred(expand=True))[there] == "eq-rep"
    assert there not in dict(reasoner.inferred())
    assert set(turtle("ex:tadashi owl:sameAs ex:prisoner17 .")) <= set(
        reasoner.proof(*there).given()
    )


def test_removing_what_was_not_given_changes_nothing() -> None:
    reasoner = reasoner_of(DATA)
    before = dict(reasoner.inferred())

    with pytest.raises(NotFound, match="Not among the given"):
        reasoner.remove([*turtle(DATA), Triple(ex("camp7"), TYPE, ex("Camp"))])

    assert dict(reasoner.inferred()) == before


def test_removing_takes_contradictions_along() -> None:
    reasoner = reasoner_of(DATA + "ex:camp7 a ex:Person .")
    reasoner.remove(turtle("ex:camp7 a ex:Person ."))

    assert not list(reasoner.clashes())


def test_removing_leaves_what_another_name_still_says() -> None:
    shared = "ex:a owl:sameAs ex:b . ex:b a ex:Camp ."
    reasoner = reasoner_of(shared + "ex:a a ex:Camp .")
    reasoner.remove(turtle("ex:a a ex:Camp ."))

    found = dict(reasoner.inferred(expand=True))
    assert found == dict(reasoner_of(shared).inferred(expand=True))
    assert found[Triple(ex("a"), TYPE, ex("Camp"))] == "eq-rep"


def test_removing_leaves_what_was_given_after_it_was_derived() -> None:
    reasoner = reasoner_of(DATA)
    reasoner.add(turtle("ex:camp7 a ex:Camp ."))
    reasoner.remove(turtle("ex:tadashi ex:heldIn ex:camp7 ."))

    assert reasoner.proof(ex("camp7"), TYPE, ex("Camp")).asserted
    assert Triple(ex("camp7"), TYPE, ex("Place")) in dict(reasoner.inferred())


def test_removing_a_difference_ends_its_contradiction() -> None:
    different = "ex:a owl:differentFrom ex:b ."
    reasoner = reasoner_of("ex:a owl:sameAs ex:b ." + different)
    assert [clash.rule for clash in reasoner.clashes()] == ["eq-diff1"]

    reasoner.remove(turtle(different))
    reasoner.close()

    assert not list(reasoner.clashes())


def dataset(data: str) -> list[Quad]:
    iris = Iris()
    axioms, facts = NamedNode(iris.graph("ontology")), NamedNode(iris.graph("document/letter"))
    return [
        *(Quad(t.subject, t.predicate, t.object, axioms) for t in AXIOMS),
        *(Quad(t.subject, t.predicate, t.object, facts) for t in turtle(data)),
    ]


STATED = """
    ex:s1 rdf:subject ex:tadashi ; rdf:predicate ex:heldIn ; rdf:object ex:camp7 .
"""


def record_of(inference: Inference, triple: Triple) -> dict[str, set[object]]:
    node = record_iri(triple, Iris())
    found: dict[str, set[object]] = {}
    for quad in inference:
        if quad.subject == node:
            found.setdefault(quad.predicate.value, set()).add(quad.object)
    return found


def test_each_inferred_triple_has_a_record_in_the_graph_of_inferences() -> None:
    inference = infer(dataset(DATA + STATED))
    quads = list(inference)
    triple = Triple(ex("tadashi"), ex("heldInPlace"), ex("siberia"))
    step = Triple(ex("camp7"), ex("locatedIn"), ex("siberia"))

    record = record_of(inference, triple)
    graph = NamedNode(Iris().graph("inferred"))

    assert {quad.graph_name for quad in quads} == {graph}
    assert Quad(triple.subject, triple.predicate, triple.object, graph) in quads
    assert record[MZ + "rule"] == {Literal("prp-spo2")}
    assert record[MZ + "premise"] == {ex("s1"), record_iri(step, Iris())}
    assert record[expand("rdf:object")] == {ex("siberia")}
    assert len([q for q in quads if q.predicate.value == MZ + "rule"]) == inference.count


def test_class_expressions_stay_out_of_sight_and_their_premises_do_not() -> None:
    inference = infer(dataset(DATA + STATED))
    captive = Triple(ex("tadashi"), TYPE, ex("Captive"))

    assert not [quad for quad in inference if isinstance(quad.object, BlankNode)]
    assert record_of(inference, captive)[MZ + "premise"] == {ex("s1")}


def test_a_denied_statement_leads_to_nothing() -> None:
    assert infer(dataset(STATED)).count == 0


def test_the_same_dataset_gives_the_same_quads() -> None:
    assert list(infer(dataset(DATA + STATED))) == list(infer(dataset(DATA + STATED)))


def test_owlrl_as_engine_concludes_the_same() -> None:
    ours, theirs = infer(dataset(DATA)), infer(dataset(DATA), engine="owlrl")

    assert {d.triple for d in theirs.derivations} == {d.triple for d in ours.derivations}
    assert {d.rule for d in theirs.derivations} == {"owlrl"}


def test_unknown_engine_is_refused() -> None:
    with pytest.raises(ValidationError, match="no reasoning engine"):
        infer([], engine="pellet")


def test_our_ontology_contradicts_nothing_it_ships_with() -> None:
    inference = infer(published_quads(Iris()))

    assert inference.clashes == ()
    assert inference.count > 100


DIFFERENCES = {
    "equal literals are one value": (
        "ex:number a owl:InverseFunctionalProperty ."
        ' ex:a ex:number 7 . ex:b ex:number "07"^^xsd:integer .',
        "ex:a owl:sameAs ex:b .",
    ),
    "a hasValue class is below itself through an equivalent property": (
        "ex:p owl:equivalentProperty ex:q . ex:C owl:onProperty ex:p ; owl:hasValue ex:v ."
        " ex:D owl:onProperty ex:p ; owl:hasValue ex:v .",
        "ex:C rdfs:subClassOf ex:D .",
    ),
}


@pytest.mark.parametrize("name", DIFFERENCES)
def test_what_owlrl_misses(name: str) -> None:
    given, missed = DIFFERENCES[name]
    reasoner = Reasoner(turtle(given), profile="full", identity="confirm")
    reasoner.close()
    (conclusion,) = turtle(missed)

    assert conclusion in dict(reasoner.inferred(expand=True, schema=True))
    assert conclusion not in owlrl_oracle.close(turtle(given)).inferred


def test_owlrl_takes_different_literals_for_one() -> None:
    given = turtle('ex:p a owl:FunctionalProperty . ex:a ex:p "x" , "y" ; ex:q "x" .')
    reasoner = Reasoner(given, profile="full", identity="confirm")
    reasoner.close()
    wrong = turtle('ex:a ex:q "y" .')[0]

    assert wrong in owlrl_oracle.close(given).inferred
    assert wrong not in dict(reasoner.inferred(expand=True))
    assert [clash.rule for clash in reasoner.clashes()] == ["dt-diff"]


WRITTEN = """
    ex:s2 rdf:subject ex:camp7 ; rdf:predicate rdf:type ; rdf:object ex:Person ;
        mz:statedIn ex:passage . ex:passage oa:hasSelector ex:quotation .
    ex:quotation oa:exact "Camp 7 was a quiet man." .
"""


def test_contradiction_tells_the_passages_behind_it() -> None:
    data = dataset(DATA + WRITTEN + "ex:camp7 a ex:Person .")
    (told,) = infer(data).contradictions()
    by_triple = {given.triple: given for given in told.given}

    person = by_triple[str(Triple(ex("camp7"), TYPE, ex("Person")))]
    assert told.rule == "cax-dw"
    assert person.passages == (EX + "passage",)
    assert person.quotes == ("Camp 7 was a quiet man.",)
    assert str(Triple(ex("tadashi"), ex("heldIn"), ex("camp7"))) in by_triple
    assert any("disjointWith" in axiom for axiom in told.axioms)


def test_sound_data_tell_no_contradiction() -> None:
    assert infer(dataset(DATA)).contradictions() == []


def test_two_atoms_that_share_both_ends_are_left_to_the_general_join() -> None:
    facts = Facts(is_type=0)
    atoms = (("?x", 2, "?y"), ("?x", 4, "?y"))
    triangle = Instance("triangle", atoms=atoms, conclusion=("?x", 6, "?y"))
    chain = Instance("chain", atoms=(atoms[0], ("?y", 4, "?z")), conclusion=("?x", 6, "?z"))

    assert pair_watcher(facts, triangle, 3, 0) is None
    assert pair_watcher(facts, chain, 3, 0) is not None
