"""The closure of data under compiled rules: one pass over a list that grows while it is read.

A triple is read once; what it lets conclude is appended. The delta of the semi-naive fixpoint is
whatever lies behind the read pointer, so adding data later is the same loop going on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pyoxigraph import NamedNode

from .compile import Instance
from .effects import Effect, Plan, Trigger, effect
from .facts import ASSERTED, Facts
from .fires import Fire, class_fire, indexing, relation_fire
from .guards import Guards, literal_key
from .identity import EQUAL_VALUE, Identity
from .interpreter import Interpreter
from .joins import Joins, Premises, Tests
from .pairs import Watcher
from .rules import POSSIBLY_SAME_AS, Pattern, Table
from .schema import SchemaLine
from .terms import Ids, Terms

REPLACED = 1
"""Rule instance of a triple put over to its representatives."""
LEMMA = 2
"""Rule instance of an axiom that the data led to; its proof is kept elsewhere."""


class Engine:
    """Facts, the closures that watch them, and the loop."""

    def __init__(
        self, terms: Terms, table: Table, schema: Interpreter, found: list[Instance]
    ) -> None:
        """Take the closed axioms and the rule instances they give rise to."""
        self.terms = terms
        self.facts = Facts(terms.curie("rdf:type"))
        self.identity = Identity()
        self.conflicts: dict[tuple[str, frozenset[int]], tuple[int, Premises]] = {}
        """Rule and premises, to the instance and the premises in the order of the rule."""
        self.axioms_met: list[int] = []
        """Positions of axioms that turned up among the data."""
        self.same_as = terms.curie("owl:sameAs")
        self._different = terms.curie("owl:differentFrom")
        self._candidate = terms.id(NamedNode(POSSIBLY_SAME_AS))
        self._line = SchemaLine(terms, table)
        self._values: dict[object, int] | None = {} if table.axioms else None
        self._read = 0
        self._pending: list[tuple[int, int, int]] = []
        self._distinct: dict[tuple[int, int, int, Premises], None] = {}
        self._watchers: dict[Trigger, list[Watcher]] = defaultdict(list)
        self._wild: list[Watcher] = []
        self._class_fires: dict[int, Fire] = {}
        self._relation_fires: dict[int, Fire] = {}
        self._relation_reads: dict[int, Fire] = {}
        self.instances = [Instance(""), Instance("eq-rep"), Instance("lemma")]
        self._load(schema)
        self._compile([self._spoken(instance) for instance in found], Guards(terms).tests)
        self._schema_terms = {term for s, _, o in schema.triples for term in (s, o) if not term & 1}

    def _load(self, schema: Interpreter) -> None:
        numbers = {"": ASSERTED}

        def number(rule: str) -> int:
            if rule not in numbers:
                numbers[rule] = len(self.instances)
                self.instances.append(Instance(rule))
            return numbers[rule]

        for triple, reason in zip(schema.triples, schema.reasons, strict=True):
            self.facts.append(*triple, number(reason.rule), reason.premises)
        self.axiom_count = len(self.facts)
        for key, conflict in schema.conflicts.items():
            self.conflicts[key] = number(conflict.rule), conflict.premises
        for position in self.facts.relation(self.same_as).facts.values():
            left, _, right = self.facts.at(position)
            self.identity.merge(left, right, position)

    def _spoken(self, instance: Instance) -> Instance:
        """Return the instance with its constants put over to their representatives."""
        aliases = self.identity.aliases
        if not aliases:
            return instance

        def spoken(pattern: Pattern) -> Pattern:
            s, p, o = (aliases.get(t, t) if isinstance(t, int) else t for t in pattern)
            return s, p, o

        return replace(instance, atoms=tuple(spoken(atom) for atom in instance.atoms))

    def _compile(self, found: Sequence[Instance], tests: Tests) -> None:
        facts, is_type = self.facts, self.facts.is_type
        joins = Joins(facts, self.same_as, tests, self._emit, self._clash, self._forbid)
        effects: list[Effect] = []
        for instance in found:
            number = len(self.instances)
            self.instances.append(instance)
            direct = effect(instance, number, is_type, self.same_as)
            if direct:
                effects.append(direct)
            elif not joins.ground(instance, number):
                self._watch(joins, instance, number)
        plan = Plan(effects)
        for trigger in plan.triggers | set(self._watchers) | self._schema_triggers():
            self._arm(trigger, plan)
        for relation in tuple(facts.relations.values()):
            if relation.forward is not None or relation.backward is not None:
                self._arm((False, relation.predicate), plan)
        self._arm((False, self.same_as), plan)

    def _schema_triggers(self) -> set[Trigger]:
        classes = {(True, class_) for class_ in self._line.classes}
        return classes | {(False, predicate) for predicate in self._line.predicates}

    def _watch(self, joins: Joins, instance: Instance, number: int) -> None:
        for place, (_, predicate, object_) in enumerate(instance.atoms):
            if predicate == self.same_as:
                continue
            watcher = joins.watcher(instance, number, place)
            if isinstance(predicate, str):
                self._wild.append(watcher)
            elif predicate == self.facts.is_type and isinstance(object_, int):
                self._watchers[True, object_].append(watcher)
            else:
                self._watchers[False, predicate].append(watcher)

    def _arm(self, trigger: Trigger, plan: Plan) -> None:
        watchers = list(self._watchers.get(trigger, ()))
        is_class, number = trigger
        if trigger in self._schema_triggers():
            watchers.append(self._meet_axiom)
        if trigger == (False, self.same_as):
            watchers.append(self._meet_same)
        effects = plan.all(self.facts, trigger), plan.rest(self.facts, trigger)
        if is_class:
            self._class_fires[number] = class_fire(self.facts, number, *effects, watchers)
        else:
            relation = self.facts.relation(number)
            fire = relation_fire(self.facts, number, *effects, watchers)
            self._relation_fires[number] = fire
            self._relation_reads[number] = indexing(relation, fire)

    def add(self, triples: Iterable[Ids]) -> None:
        """Take triples as given; one that was derived before becomes given."""
        facts, values = self.facts, self._values
        is_type, derive = facts.is_type, facts.add_new
        classes, relations = facts.classes, facts.relations
        for s, p, o in triples:
            if p == is_type:
                index, key = classes.get(o), s
                if index is None:
                    index = facts.members(o)
            else:
                relation, key = relations.get(p), s << 32 | o
                index = facts.relation(p).facts if relation is None else relation.facts
            if key in index:
                facts.give(index[key])
            else:
                derive(index, key, s, p, o, ASSERTED, -1, -1)
            if values is not None:
                self._join_equal_values(o)

    def axioms_known(self) -> int:
        """Return how many axioms are among the facts."""
        facts, line = self.facts, self._line
        typed = (len(facts.classes.get(class_, ())) for class_ in line.classes)
        known = (facts.relations.get(predicate) for predicate in line.predicates)
        return sum(typed) + sum(len(relation.facts) for relation in known if relation)

    def run(self) -> None:
        """Draw every conclusion from what was added."""
        self._read_on()
        while self._pending:
            self._merge()
            self._read_on()
        for left, right, number, premises in self._distinct:
            if self.identity.find(left) == self.identity.find(right):
                why = [position for _, _, position in self.identity.path(left, right)]
                self._clash(number, (*premises, *(p for p in why if p != EQUAL_VALUE)))

    def _read_on(self) -> None:
        facts, aliases, wild = self.facts, self.identity.aliases, self._wild
        classes, relations, is_type = self._class_fires, self._relation_reads, facts.is_type
        while self._read < len(facts):
            start, self._read = self._read, len(facts)
            for position, (s, p, o) in enumerate(facts.rows(start), start):
                renamed = aliases and (s in aliases or o in aliases or p in aliases)
                if renamed and self._speaks(position):
                    continue
                fire = classes.get(o) if p == is_type else relations.get(p)
                if fire is not None:
                    fire(position, s, o)
                for watch in wild:
                    watch(position, s, p, o)

    def fire(self, position: int) -> None:
        """Read one triple again: what it lets conclude is appended unless it is known."""
        s, p, o = self.facts.at(position)
        if not self.identity.aliases.keys().isdisjoint((s, p, o)) and self._speaks(position):
            return
        fires = self._class_fires.get(o) if p == self.facts.is_type else self._relation_fires.get(p)
        if fires is not None:
            fires(position, s, o)
        for watch in self._wild:
            watch(position, s, p, o)

    def _speaks(self, position: int) -> bool:
        """Let the representatives speak instead; say whether they do."""
        s, p, o = self.facts.at(position)
        if p == self.same_as:
            return False
        find = self.identity.find
        one, link, two = find(s), find(p), find(o)
        if (link != self._candidate or one != two) and not one & 1:
            self.facts.append(one, link, two, REPLACED, (position,))
        return p != self._different

    def _merge(self) -> None:
        lost: set[int] = set()
        for left, right, position in self._pending:
            lost.update(self.identity.merge(left, right, position))
        self._pending.clear()
        if not lost:
            return
        for position in self.facts.mentioning(lost):
            if position < self._read:
                self._speaks(position)

    def _join_equal_values(self, object_: int) -> None:
        literal = self.terms.literal(object_)
        key = literal_key(literal) if literal is not None else None
        if key is not None and self._values is not None:
            first = self._values.setdefault(key, object_)
            if first != object_:
                self._pending.append((first, object_, EQUAL_VALUE))

    def _meet_same(self, position: int, s: int, _: int, o: int) -> None:
        if s != o:
            self._pending.append((s, o, position))
            if s in self._schema_terms or o in self._schema_terms:
                self._meet_axiom(position, s, _, o)

    def _meet_axiom(self, position: int, s: int, p: int, o: int) -> None:
        if position >= self.axiom_count:
            self.axioms_met.append(position)

    def settled(self, triple: Ids) -> bool:
        """Return whether it suggests an identity that is known already."""
        one, link, two = triple
        return link == self._candidate and self.identity.find(one) == self.identity.find(two)

    def drop_findings(self, positions: set[int]) -> None:
        """Forget contradictions that rest on removed triples."""
        for key in [key for key in self.conflicts if not key[1].isdisjoint(positions)]:
            del self.conflicts[key]
        for case in [case for case in self._distinct if not positions.isdisjoint(case[3])]:
            del self._distinct[case]

    def _emit(self, s: int, p: int, o: int, number: int, premises: Premises) -> None:
        if not s & 1:
            self.facts.append(s, p, o, number, premises)

    def _clash(self, number: int, premises: Premises) -> None:
        rule = self.instances[number].rule
        self.conflicts.setdefault((rule, frozenset(premises)), (number, premises))

    def _forbid(self, left: int, right: int, number: int, premises: Premises) -> None:
        self._distinct[left, right, number, premises] = None
