"""The engine against the interpreter of the rule table, against owlrl, and against itself.

Small random ontologies and data, from fixed seeds: every axiom kind of the table turns up.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from maizuru.graph.namespaces import MZ, expand
from maizuru.graph.reason import Proof, Reasoner, owlrl_oracle
from maizuru.graph.reason.interpreter import Interpreter
from maizuru.graph.reason.rules import Identity, Profile, load
from maizuru.graph.reason.terms import Terms

Node = NamedNode | BlankNode
SAME_AS = NamedNode(expand("owl:sameAs"))
CANDIDATE = NamedNode(MZ + "possiblySameAs")


def node(name: str) -> NamedNode:
    return NamedNode(expand(name) if ":" in name else f"http://example.org/{name}")


def integer(text: str) -> Literal:
    return Literal(text, datatype=node("xsd:integer"))


CLASSES = [node(f"C{number}") for number in range(6)]
PROPERTIES = [node(f"p{number}") for number in range(5)]
DATA_PROPERTIES = [node("d0"), node("d1")]
THINGS = [node(f"a{number}") for number in range(7)]
TEXTS = [Literal("x"), Literal("y"), Literal("Ōki", language="ja-Latn")]
NUMBERS = [integer("1"), integer("01"), integer("2")]


class World:
    """A random ontology and random data.

    With *meta* data may carry axioms: classes and properties that are the same, subclass triples.
    """

    def __init__(self, seed: int, values: list[Literal], *, meta: bool = False) -> None:
        self.random = Random(seed)
        self._values = values
        self._blank = 0
        self._out: list[Triple] = []
        for _ in range(self.random.randint(3, 14)):
            self.random.choice(AXIOMS)(self)
        self.ontology, self._out = self._out, []
        for _ in range(self.random.randint(3, 22)):
            self._datum(meta)
        self.data = list(dict.fromkeys(self._out))

    def say(self, subject: Node, predicate: str | NamedNode, object_: Node | Literal) -> None:
        link = node(predicate) if isinstance(predicate, str) else predicate
        self._out.append(Triple(subject, link, object_))

    def blank(self) -> BlankNode:
        self._blank += 1
        return BlankNode(f"b{self._blank}")

    def rdf_list(self, members: list[NamedNode]) -> Node:
        head: Node = node("rdf:nil")
        for member in reversed(members):
            cell = self.blank()
            self.say(cell, "rdf:first", member)
            self.say(cell, "rdf:rest", head)
            head = cell
        return head

    def some(self, terms: list[NamedNode], count: int) -> list[NamedNode]:
        return [self.random.choice(terms) for _ in range(count)]

    def one(self, *terms: list[NamedNode]) -> NamedNode:
        return self.random.choice([term for several in terms for term in several])

    def restriction(self) -> BlankNode:
        made = self.blank()
        self.say(made, "owl:onProperty", self.one(PROPERTIES))
        return made

    def _datum(self, meta: bool) -> None:
        dice = self.random.random()
        if dice < 0.35:
            self.say(self.one(THINGS), "rdf:type", self.one(CLASSES))
        elif dice < 0.8:
            self.say(self.one(THINGS), self.one(PROPERTIES), self.one(THINGS))
        elif dice < 0.92:
            value = self.random.choice(self._values)
            self.say(self.one(THINGS), self.one(DATA_PROPERTIES), value)
        elif dice < 0.96:
            self.say(self.one(THINGS), SAME_AS, self.one(THINGS))
        elif dice < 0.98 or not meta:
            left, right = self.random.sample(THINGS, 2)
            self.say(left, "owl:differentFrom", right)
        else:
            self._axiom_among_data()

    def _axiom_among_data(self) -> None:
        kind = self.random.randrange(4)
        if kind == 0:
            self.say(self.one(CLASSES), SAME_AS, self.one(CLASSES))
        elif kind == 1:
            self.say(self.one(PROPERTIES), SAME_AS, self.one(PROPERTIES))
        elif kind == 2:
            self.say(node("meta"), "rdfs:subPropertyOf", node("rdfs:subClassOf"))
            self.say(self.one(CLASSES), node("meta"), self.one(CLASSES))
        else:
            self.say(self.one(CLASSES), "rdfs:subClassOf", self.one(CLASSES))


def between_classes(name: str) -> Callable[[World], None]:
    return lambda w: w.say(w.one(CLASSES), name, w.one(CLASSES))


def between_properties(name: str) -> Callable[[World], None]:
    return lambda w: w.say(w.one(PROPERTIES), name, w.one(PROPERTIES))


def of_property(name: str) -> Callable[[World], None]:
    return lambda w: w.say(w.one(PROPERTIES), "rdf:type", node(name))


def of_class_list(name: str) -> Callable[[World], None]:
    return lambda w: w.say(
        w.one(CLASSES), name, w.rdf_list(w.some(CLASSES, w.random.randint(2, 3)))
    )


def restricted(name: str, *fillers: list[NamedNode]) -> Callable[[World], None]:
    def axiom(world: World) -> None:
        made = world.restriction()
        world.say(made, name, world.one(*fillers))
        world.say(made, "owl:equivalentClass", world.one(CLASSES))
        world.say(world.one(CLASSES), "rdfs:subClassOf", made)

    return axiom


def limited(world: World) -> None:
    made = world.restriction()
    number = Literal(world.random.choice("01"), datatype=node("xsd:nonNegativeInteger"))
    world.say(made, "owl:maxCardinality", number)
    world.say(world.one(CLASSES), "rdfs:subClassOf", made)


def grouped(kind: str, terms: list[NamedNode]) -> Callable[[World], None]:
    def axiom(world: World) -> None:
        made = world.blank()
        world.say(made, "rdf:type", node(kind))
        world.say(made, "owl:members", world.rdf_list(world.random.sample(terms, 3)))

    return axiom


def negative(world: World) -> None:
    made = world.blank()
    world.say(made, "owl:sourceIndividual", world.one(THINGS))
    world.say(made, "owl:assertionProperty", world.one(PROPERTIES))
    world.say(made, "owl:targetIndividual", world.one(THINGS))


def chained(world: World) -> None:
    chain = world.rdf_list(world.some(PROPERTIES, world.random.randint(1, 3)))
    world.say(world.one(PROPERTIES), "owl:propertyChainAxiom", chain)


def keyed(world: World) -> None:
    keys = world.some(PROPERTIES + DATA_PROPERTIES, world.random.randint(1, 2))
    world.say(world.one(CLASSES), "owl:hasKey", world.rdf_list(keys))


AXIOMS: list[Callable[[World], None]] = [
    *[between_classes("rdfs:subClassOf")] * 4,
    *[between_properties("rdfs:subPropertyOf")] * 3,
    between_classes("owl:equivalentClass"),
    between_properties("owl:equivalentProperty"),
    lambda w: w.say(w.one(PROPERTIES, DATA_PROPERTIES), "rdfs:domain", w.one(CLASSES)),
    lambda w: w.say(w.one(PROPERTIES), "rdfs:range", w.one(CLASSES)),
    lambda w: w.say(w.one(DATA_PROPERTIES), "rdfs:subPropertyOf", w.one(DATA_PROPERTIES)),
    between_properties("owl:inverseOf"),
    of_property("owl:SymmetricProperty"),
    of_property("owl:TransitiveProperty"),
    of_property("owl:FunctionalProperty"),
    of_property("owl:InverseFunctionalProperty"),
    of_property("owl:AsymmetricProperty"),
    of_property("owl:IrreflexiveProperty"),
    lambda w: w.say(w.one(DATA_PROPERTIES), "rdf:type", node("owl:InverseFunctionalProperty")),
    chained,
    keyed,
    of_class_list("owl:intersectionOf"),
    of_class_list("owl:unionOf"),
    restricted("owl:someValuesFrom", CLASSES, [node("owl:Thing")]),
    restricted("owl:allValuesFrom", CLASSES),
    restricted("owl:hasValue", THINGS),
    limited,
    between_classes("owl:disjointWith"),
    between_classes("owl:complementOf"),
    between_properties("owl:propertyDisjointWith"),
    grouped("owl:AllDisjointClasses", CLASSES),
    grouped("owl:AllDisjointProperties", PROPERTIES),
    grouped("owl:AllDifferent", THINGS),
    negative,
]


def substance(closure: set[Triple]) -> set[Triple]:
    """Return the closure without identities of a thing with itself, however put."""
    same = {(t.subject, t.object) for t in closure if t.predicate == SAME_AS}

    def idle(triple: Triple) -> bool:
        ends = triple.subject, triple.object
        if triple.predicate == SAME_AS:
            return ends[0] == ends[1]
        return triple.predicate == CANDIDATE and (ends[0] == ends[1] or ends in same)

    return {triple for triple in closure if not idle(triple)}


def conclusions(reasoner: Reasoner, given: list[Triple]) -> set[Triple]:
    found = {triple for triple, _ in reasoner.inferred(expand=True, schema=True)}
    return substance(found | set(given))


def closed(world: World, data: list[Triple], profile: Profile, identity: Identity) -> Reasoner:
    reasoner = Reasoner(world.ontology, profile=profile, identity=identity)
    reasoner.add(data)
    reasoner.close()
    return reasoner


def rules_broken(reasoner: Reasoner) -> set[str]:
    return {clash.rule for clash in reasoner.clashes()}


@pytest.mark.parametrize("profile", ["core", "full"])
@pytest.mark.parametrize("identity", ["candidates", "confirm"])
def test_engine_agrees_with_the_rule_table(profile: Profile, identity: Identity) -> None:
    for seed in range(25):
        world = World(seed, TEXTS + NUMBERS, meta=seed % 3 == 0)
        given = world.ontology + world.data
        reasoner = closed(world, world.data, profile, identity)
        terms = Terms()
        interpreter = Interpreter(terms, load(terms, profile, identity))
        interpreter.add(terms.ids(given))
        interpreter.close()
        expected = {terms.triple(ids) for ids in interpreter.triples if not ids[0] & 1}

        assert conclusions(reasoner, given) == substance(expected), seed
        assert rules_broken(reasoner) == {rule for rule, _ in interpreter.conflicts}, seed


def test_engine_agrees_with_owlrl() -> None:
    for seed in range(25):
        world = World(seed, TEXTS, meta=seed % 3 == 0)
        given = world.ontology + world.data
        reasoner = closed(world, world.data, "full", "confirm")
        ours = conclusions(reasoner, given) - set(given)
        closure = owlrl_oracle.close(given)

        assert data_of(ours) == data_of(set(closure.inferred)), seed
        assert bool(rules_broken(reasoner)) == bool(closure.errors), seed


def data_of(triples: set[Triple]) -> set[Triple]:
    return {triple for triple in triples if not owlrl_oracle.is_noise(triple)}


@pytest.mark.parametrize("identity", ["candidates", "confirm"])
def test_adding_in_parts_is_adding_at_once(identity: Identity) -> None:
    for seed in range(25):
        world = World(seed, TEXTS + NUMBERS, meta=seed % 4 == 0)
        half = len(world.data) // 2
        reasoner = closed(world, world.data[:half], "core", identity)
        reasoner.add(world.data[half:])
        reasoner.close()
        fresh = closed(world, world.data, "core", identity)

        assert conclusions(reasoner, world.data) == conclusions(fresh, world.data), seed
        assert rules_broken(reasoner) == rules_broken(fresh), seed


@pytest.mark.parametrize("identity", ["candidates", "confirm"])
def test_removing_is_never_having_added(identity: Identity) -> None:
    for seed in range(30):
        world = World(seed, TEXTS + NUMBERS, meta=seed % 4 == 0)
        random = Random(seed)
        left = world.data
        reasoner = closed(world, left, "core", identity)
        for _ in range(3):
            gone = random.sample(left, min(len(left), random.randint(1, 3)))
            left = [triple for triple in left if triple not in gone]
            reasoner.remove(gone)
            fresh = closed(world, left, "core", identity)

            assert conclusions(reasoner, left) == conclusions(fresh, left), seed
            assert rules_broken(reasoner) == rules_broken(fresh), seed


@pytest.mark.parametrize("profile", ["core", "full"])
def test_every_conclusion_has_a_proof_that_suffices(profile: Profile) -> None:
    """What a proof rests on was given, and by itself leads to the conclusion again."""
    for seed in range(15):
        world = World(seed, TEXTS, meta=seed % 3 == 0)
        given = world.ontology + world.data
        reasoner = closed(world, world.data, profile, "confirm")
        lists = [t for t in world.ontology if t.predicate.value in LIST_PARTS]
        for triple in sorted(conclusions(reasoner, given) - set(given), key=str)[:8]:
            proof = reasoner.proof(triple.subject, triple.predicate, triple.object)
            enough = Reasoner(profile=profile, identity="confirm")
            enough.add([*proof.given(), *lists])
            enough.close()

            assert proof.triple == triple
            assert set(proof.given()) <= set(given), seed
            assert is_well_founded(proof), seed
            assert triple in conclusions(enough, []), seed


LIST_PARTS = (expand("rdf:first"), expand("rdf:rest"))


def is_well_founded(proof: Proof) -> bool:
    """Return whether no triple stands anywhere below itself."""
    below: dict[int, set[Triple]] = {}

    def triples_below(here: Proof) -> set[Triple]:
        if id(here) not in below:
            below[id(here)] = {
                triple
                for premise in here.premises
                for triple in (premise.triple, *triples_below(premise))
            }
        return below[id(here)]

    return all(step.triple not in triples_below(step) for step in proof.steps())
