"""The reasoner: terms of RDF outside, numbers inside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product

from pyoxigraph import Triple

from ..errors import NotFound
from .compile import close_schema, instances
from .engine import LEMMA, Engine
from .facts import ASSERTED
from .proofs import Clash, Proof, Prover
from .records import Derivation
from .removal import take_back
from .rules import Identity, Profile, load
from .schema import SchemaLine
from .terms import Ids, Statement, Term, Terms


class Reasoner:
    """Draws the OWL 2 RL conclusions of axioms and data, and can say why.

    >>> reasoner = Reasoner(ontology)
    >>> reasoner.add(data); reasoner.close()
    >>> for triple, rule in reasoner.inferred(): ...

    Axioms may also come with the data, or follow from it; then the work is done again with them.
    """

    def __init__(
        self,
        tbox: Iterable[Statement] = (),
        *,
        profile: Profile = "core",
        identity: Identity = "candidates",
    ) -> None:
        """Take the ontology.

        *profile* ``"full"`` adds the rules of OWL 2 RL that our ontology does not need. *identity*
        ``"confirm"`` lets keys, functional and inverse functional properties conclude
        ``owl:sameAs``; by default they only suggest ``mz:possiblySameAs``.
        """
        self._terms = Terms()
        self._table = load(self._terms, profile, identity)
        self._line = SchemaLine(self._terms, self._table)
        self._lemmas: dict[Ids, Proof] = {}
        self._identities: dict[Ids, None] = {}
        self._engine = self._start(list(self._terms.ids(tbox)))
        self._stale = False

    def _start(self, given: list[Ids]) -> Engine:
        axioms = [*self._line.axioms(given), *self._identities, *self._lemmas]
        schema = close_schema(self._terms, self._table, axioms)
        engine = Engine(self._terms, self._table, schema, instances(schema, self._table))
        for lemma in self._lemmas:
            engine.facts.instances[engine.facts.position(lemma)] = LEMMA
        engine.add(given)
        return engine

    def add(self, triples: Iterable[Statement]) -> None:
        """Take triples as given; `close` then draws what follows from them."""
        before = self._engine.axioms_known()
        self._engine.add(self._terms.ids(triples))
        self._stale = self._stale or self._engine.axioms_known() > before

    def remove(self, triples: Iterable[Statement]) -> None:
        """Take given triples back, and every conclusion that no longer follows.

        Raises:
            NotFound: one of them was not given; then nothing is removed.
        """
        facts = self._engine.facts
        positions = []
        for statement in triples:
            subject, predicate, object_ = statement.subject, statement.predicate, statement.object
            position = facts.position(self._known(subject, predicate, object_))
            if position < 0 or facts.instances[position] != ASSERTED:
                raise NotFound(f"Not among the given triples: {subject} {predicate} {object_}")
            positions.append(position)
        self.close()
        if self._lemmas or not take_back(self._engine, positions):
            self._start_without({facts.at(position) for position in positions})

    def _start_without(self, removed: set[Ids]) -> None:
        given = [triple for triple in self._given() if triple not in removed]
        self._lemmas.clear()
        self._identities.clear()
        self._engine = self._start(given)
        self.close()

    def close(self) -> None:
        """Draw every conclusion of what was given so far."""
        if self._stale:
            self._restart()
        self._engine.run()
        while self._engine.axioms_met:
            self._adopt(self._engine.axioms_met)
            self._restart()
            self._engine.run()

    def _given(self) -> list[Ids]:
        facts = self._engine.facts
        return [
            facts.at(position)
            for position in range(len(facts))
            if facts.instances[position] == ASSERTED and facts.alive(position)
        ]

    def _restart(self) -> None:
        self._engine = self._start(self._given())
        self._stale = False

    def _adopt(self, positions: list[int]) -> None:
        """Make axioms of triples among the data: those met, and the identities tied to them."""
        engine = self._engine
        prover = Prover(engine, self._lemmas)
        met = {engine.identity.find(engine.facts.at(position)[0]) for position in positions}
        same = engine.facts.relation(engine.same_as).facts.values()
        tied = [here for here in same if engine.identity.find(engine.facts.at(here)[0]) in met]
        for position in dict.fromkeys((*positions, *tied)):
            ids = engine.facts.at(position)
            proof = prover.at(position)
            if engine.facts.instances[position] == ASSERTED or proof is None:
                self._identities[ids] = None
            else:
                self._lemmas.setdefault(ids, proof)

    def __len__(self) -> int:
        """Return how many triples are known, given and derived."""
        facts = self._engine.facts
        relations = sum(len(relation.facts) for relation in facts.relations.values())
        return relations + sum(len(members) for members in facts.classes.values())

    def inferred(
        self, *, expand: bool = False, schema: bool = False
    ) -> Iterator[tuple[Triple, str]]:
        """Yield each conclusion with the name of its rule, in the order they were drawn.

        With *expand* the triples of terms known to be the same are said of each of them; without,
        only of the representative. With *schema* conclusions about the ontology come too.
        """
        engine = self._engine
        names = [instance.rule for instance in engine.instances]
        first = 0 if schema or self._lemmas else engine.axiom_count
        for position, number, ids in engine.facts.derived(first):
            if position < engine.axiom_count and not schema and number != LEMMA:
                continue
            if number == LEMMA:
                yield self._terms.triple(ids), self._lemmas[ids].rule
            elif not ids[0] & 1 and not engine.settled(ids):
                yield self._terms.triple(ids), names[number]
        if expand:
            yield from self._expanded()

    def derivations(self, hidden: Callable[[Term], bool]) -> Iterator[Derivation]:
        """Yield each conclusion about data with the data it was drawn from.

        Memberships in classes that are *hidden* (anonymous class expressions) are left out; what
        was drawn from them is drawn from their premises.
        """
        engine, facts = self._engine, self._engine.facts
        prover = Prover(engine, self._lemmas)
        out_of_sight = {
            class_
            for class_ in facts.classes
            if not class_ & 1 and hidden(self._terms.term(class_))
        }

        def shown(position: int) -> bool:
            _, predicate, object_ = facts.at(position)
            return predicate != facts.is_type or object_ not in out_of_sight

        for position, number, ids in facts.derived(engine.axiom_count):
            unsaid = engine.settled(ids) or not shown(position)
            triple = None if unsaid else prover.triple(ids)
            if triple is not None:
                below = prover.sources(position, engine.axiom_count, shown)
                premises = (prover.triple(facts.at(premise)) for premise in below)
                rule = engine.instances[number].rule
                yield Derivation(triple, rule, tuple(p for p in premises if p is not None))

    def _expanded(self) -> Iterator[tuple[Triple, str]]:
        engine, facts, identity = self._engine, self._engine.facts, self._engine.identity
        if not identity.groups:
            return
        for position in facts.mentioning(identity.groups.keys()):
            ids = facts.at(position)
            if ids[1] == engine.same_as or not identity.aliases.keys().isdisjoint(ids):
                continue
            one, link, two = (identity.group(term) for term in ids)
            for other in product(one, link, two):
                if not other[0] & 1 and facts.position(other) < 0 and not engine.settled(other):
                    yield self._terms.triple(other), "eq-rep"
        for group in identity.groups.values():
            for left, right in product(group, group):
                known = facts.position((left, engine.same_as, right)) >= 0
                if left != right and not left & 1 and not known:
                    turned = facts.position((right, engine.same_as, left)) >= 0
                    yield (
                        self._terms.triple((left, engine.same_as, right)),
                        "eq-sym" if turned else "eq-trans",
                    )

    def proof(self, subject: Term, predicate: Term, object_: Term) -> Proof:
        """Return why a triple holds.

        Raises:
            NotFound: it neither was given nor follows.
        """
        ids = self._known(subject, predicate, object_)
        found = None if -1 in ids else self._prove(ids)
        if found is None:
            raise NotFound(f"Neither stated nor inferred: {subject} {predicate} {object_}")
        return found

    def _known(self, subject: Term, predicate: Term, object_: Term) -> Ids:
        known = self._terms.known
        return known(subject), known(predicate), known(object_)

    def _prove(self, ids: Ids) -> Proof | None:
        engine, facts = self._engine, self._engine.facts
        prover = Prover(engine, self._lemmas)
        position = facts.position(ids)
        if position >= 0:
            return prover.at(position)
        subject, predicate, object_ = ids
        find = engine.identity.find
        triple = prover.triple(ids)
        if predicate == engine.same_as and find(subject) == find(object_) and subject != object_:
            steps = prover.all(prover.same([(subject, object_)]))
            rule = "eq-sym" if len(steps) == 1 else "eq-trans"
            return Proof(triple, rule, steps) if triple is not None else None
        spoken = find(subject), find(predicate), find(object_)
        position = facts.position(spoken)
        if position < 0 or triple is None:
            return None
        links = prover.same(zip(spoken, ids, strict=True))
        return Proof(triple, "eq-rep", prover.all((position, *links)))

    def clashes(self) -> Iterator[Clash]:
        """Yield the contradictions found, each with its proof; nothing follows from them.

        Clashes of one rule that rest on the same given triples are one.
        """
        engine = self._engine
        prover = Prover(engine, self._lemmas)
        told = set()
        for number, premises in engine.conflicts.values():
            instance = engine.instances[number]
            clash = Clash(instance.rule, prover.all(instance.axioms), prover.all(premises))
            key = clash.rule, clash.axioms, frozenset(clash.given())
            if key not in told:
                told.add(key)
                yield clash
