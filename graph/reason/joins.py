"""Joins compiled into closures: what happens when a triple meets the rule instances that watch it.

Each atom of an instance can be the one that is met last, so each gets a watcher: it fills the
slots of its variables, then a chain of steps looks the other atoms up, most bound first, and the
last step emits the conclusion. Slots of constants are filled beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .compile import Instance
from .facts import Facts
from .pairs import Watcher, pair_watcher
from .rules import Pattern, Token

Slots = list[int]
Premises = tuple[int, ...]
Step = Callable[[Slots, Premises], None]
Emit = Callable[[int, int, int, int, Premises], None]
"""Called with subject, predicate, object, instance and premises."""
Clash = Callable[[int, Premises], None]
Tests = dict[str, Callable[[int, int], bool]]
Distinct = Callable[[int, int, int, Premises], None]
"""Called with two terms that must not be the same, the instance and the premises so far."""


class Joins:
    """Builds the watchers of rule instances over one set of facts."""

    def __init__(
        self, facts: Facts, same_as: int, tests: Tests, emit: Emit, clash: Clash, distinct: Distinct
    ) -> None:
        """Join *facts*; conclusions go to *emit*, contradictions to *clash* and *distinct*."""
        self._facts = facts
        self._same_as = same_as
        self._tests = tests
        self._emit = emit
        self._clash = clash
        self._distinct = distinct

    def watcher(self, instance: Instance, number: int, place: int) -> Watcher:
        """Return what to do when a triple fits the atom at *place* of the instance."""
        short = self._same_as not in _links(instance)
        pair = pair_watcher(self._facts, instance, number, place) if short else None
        if pair is not None:
            return pair
        slots = _SlotTable()
        trigger = [slots.of(token) for token in instance.atoms[place]]
        order = [place, *self._order(instance.atoms, place)]
        known = set(instance.atoms[place])
        plan: list[tuple[Pattern, frozenset[Token]]] = []
        for other in order[1:]:
            plan.append((instance.atoms[other], frozenset(known)))
            known.update(instance.atoms[other])
        step = self._last(instance, number, slots, order)
        for atom, bound in reversed(plan):
            step = self._step(atom, bound, slots, step)
        of_class = instance.atoms[place][1] == self._facts.is_type
        return _trigger(instance.atoms[place], trigger, slots, step, of_class=of_class)

    def ground(self, instance: Instance, number: int) -> bool:
        """Register an instance that only forbids two terms to be the same; say whether it was."""
        if [atom[1] for atom in instance.atoms] != [self._same_as]:
            return False
        ((left, _, right),) = instance.atoms
        if isinstance(left, int) and isinstance(right, int):
            self._distinct(left, right, number, ())
        return True

    def _order(self, atoms: Sequence[Pattern], place: int) -> list[int]:
        known = set(atoms[place])
        left = [
            other
            for other in range(len(atoms))
            if other != place and atoms[other][1] != self._same_as
        ]
        order = []
        while left:
            left.sort(key=lambda other: self._cost(atoms[other], known))
            order.append(left.pop(0))
            known.update(atoms[order[-1]])
        return order

    def _cost(self, atom: Pattern, known: set[Token]) -> tuple[int, bool]:
        free = sum(isinstance(token, str) and token not in known for token in atom)
        return free, atom[1] == self._facts.is_type

    def _step(self, atom: Pattern, known: frozenset[Token], slots: _SlotTable, then: Step) -> Step:
        subject, predicate, object_ = atom
        has_subject, has_object = (isinstance(t, int) or t in known for t in (subject, object_))
        if not isinstance(predicate, int) or not (has_subject or has_object):
            raise ValueError(f"an atom that shares no variable with the others: {atom}")
        one, two = slots.of(subject), slots.of(object_)
        if predicate == self._facts.is_type:
            if not has_subject or not isinstance(object_, int):
                raise ValueError(f"an atom that shares no variable with the others: {atom}")
            return _is_member(self._facts.members(object_), one, then)
        relation = self._facts.relation(predicate)
        if has_subject and has_object:
            return _is_fact(relation.facts, one, two, then)
        if has_subject:
            return _reach(relation.from_subject(), self._facts.objects, one, two, then)
        return _reach(relation.from_object(), self._facts.subjects, two, one, then)

    def _last(
        self, instance: Instance, number: int, slots: _SlotTable, order: Sequence[int]
    ) -> Step:
        act = self._act(instance, number, slots)
        if order != sorted(order):
            act = _reorder(act, [order.index(place) for place in sorted(order)])
        guards = [
            (self._tests[name], slots.of(left), slots.of(right))
            for name, left, right in instance.guards
        ]
        return _guarded(guards, act) if guards else act

    def _act(self, instance: Instance, number: int, slots: _SlotTable) -> Step:
        for left, predicate, right in instance.atoms:
            if predicate == self._same_as:
                return _forbid(self._distinct, slots.of(left), slots.of(right), number)
        if instance.conclusion is None:
            clash = self._clash
            return lambda _, premises: clash(number, premises)
        subject, predicate, object_ = instance.conclusion
        one, two = slots.of(subject), slots.of(object_)
        if not isinstance(predicate, int) or predicate == self._same_as:
            return _conclude(self._emit, (one, slots.of(predicate), two), number)
        if predicate == self._facts.is_type and isinstance(object_, int):
            return _classify(self._facts, one, object_, number)
        if predicate != self._facts.is_type:
            return _link(self._facts, predicate, one, two, number)
        return _conclude(self._emit, (one, slots.of(predicate), two), number)


def _links(instance: Instance) -> set[Token]:
    """Return the predicates of an instance."""
    patterns = (*instance.atoms, *((instance.conclusion,) if instance.conclusion else ()))
    return {predicate for _, predicate, _ in patterns}


class _SlotTable:
    """Where each variable and constant of an instance lives."""

    def __init__(self) -> None:
        self._places: dict[Token, int] = {}
        self.values: Slots = []

    def of(self, token: Token) -> int:
        place = self._places.get(token)
        if place is None:
            place = self._places[token] = len(self.values)
            self.values.append(token if isinstance(token, int) else -1)
        return place


def _trigger(
    atom: Pattern, places: list[int], slots: _SlotTable, step: Step, *, of_class: bool
) -> Watcher:
    """Return the watcher that fills the slots of *atom*; *of_class* when its class is watched."""
    subject, predicate, object_ = atom
    one, middle, two = places
    values = slots.values
    fixed_subject = subject if isinstance(subject, int) else -1
    fixed_object = object_ if isinstance(object_, int) else -1
    loop = subject == object_
    wild = isinstance(predicate, str)

    def plain(position: int, s: int, p: int, o: int) -> None:
        filled = values.copy()
        filled[one] = s
        filled[two] = o
        step(filled, (position,))

    def watch(position: int, s: int, p: int, o: int) -> None:
        if (fixed_subject >= 0 and s != fixed_subject) or (fixed_object >= 0 and o != fixed_object):
            return
        if loop and s != o:
            return
        filled = values.copy()
        filled[one] = s
        filled[two] = o
        if wild:
            filled[middle] = p
        step(filled, (position,))

    fixed = isinstance(subject, int) or (isinstance(object_, int) and not of_class)
    return watch if fixed or loop or wild else plain


def _is_member(members: dict[int, int], place: int, then: Step) -> Step:
    def step(slots: Slots, premises: Premises) -> None:
        found = members.get(slots[place])
        if found is not None:
            then(slots, (*premises, found))

    return step


def _is_fact(facts: dict[int, int], one: int, two: int, then: Step) -> Step:
    def step(slots: Slots, premises: Premises) -> None:
        found = facts.get(slots[one] << 32 | slots[two])
        if found is not None:
            then(slots, (*premises, found))

    return step


def _reach(
    index: dict[int, list[int]], ends: Sequence[int], known: int, free: int, then: Step
) -> Step:
    def step(slots: Slots, premises: Premises) -> None:
        for found in index.get(slots[known], ()):
            slots[free] = ends[found]
            then(slots, (*premises, found))

    return step


def _guarded(guards: Sequence[tuple[Callable[[int, int], bool], int, int]], then: Step) -> Step:
    def step(slots: Slots, premises: Premises) -> None:
        for test, left, right in guards:
            if not test(slots[left], slots[right]):
                return
        then(slots, premises)

    return step


def _reorder(then: Step, places: Sequence[int]) -> Step:
    def step(slots: Slots, premises: Premises) -> None:
        then(slots, tuple(premises[place] for place in places))

    return step


def _forbid(distinct: Distinct, left: int, right: int, number: int) -> Step:
    def step(slots: Slots, premises: Premises) -> None:
        distinct(slots[left], slots[right], number, premises)

    return step


def _classify(facts: Facts, place: int, class_: int, number: int) -> Step:
    members, is_type, add_new, rest = (
        facts.members(class_),
        facts.is_type,
        facts.add_new,
        facts.rest,
    )

    def step(slots: Slots, premises: Premises) -> None:
        member = slots[place]
        if member not in members and not member & 1:
            second = premises[1] if len(premises) == 2 else rest(premises)
            add_new(members, member, member, is_type, class_, number, premises[0], second)

    return step


def _link(facts: Facts, predicate: int, one: int, two: int, number: int) -> Step:
    known, add_new, rest = facts.relation(predicate).facts, facts.add_new, facts.rest

    def step(slots: Slots, premises: Premises) -> None:
        start, end = slots[one], slots[two]
        key = start << 32 | end
        if key not in known and not start & 1:
            second = premises[1] if len(premises) == 2 else rest(premises)
            add_new(known, key, start, predicate, end, number, premises[0], second)

    return step


def _conclude(emit: Emit, places: Sequence[int], number: int) -> Step:
    one, middle, two = places

    def step(slots: Slots, premises: Premises) -> None:
        emit(slots[one], slots[middle], slots[two], number, premises)

    return step
