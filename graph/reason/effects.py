"""Rules with one atom, the bulk of all work: what a triple says at once about its two ends.

The axioms are closed before, so a triple that came by one such rule needs only those effects that
the triple before it did not already have: `Plan.rest` leaves the others out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum

from .compile import Instance
from .facts import Facts, Members
from .rules import Pattern


class Kind(Enum):
    """What becomes of subject and object."""

    SUBJECT_TYPE = "subject-type"
    OBJECT_TYPE = "object-type"
    COPY = "copy"
    INVERSE = "inverse"


_TURNED = {
    Kind.SUBJECT_TYPE: Kind.OBJECT_TYPE,
    Kind.OBJECT_TYPE: Kind.SUBJECT_TYPE,
    Kind.COPY: Kind.INVERSE,
    Kind.INVERSE: Kind.COPY,
}

Trigger = tuple[bool, int]
"""Whether it is a class, and the class or predicate."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One instance with one atom: where it fires, and what it concludes."""

    trigger: Trigger
    kind: Kind
    target: int
    instance: int

    @property
    def result(self) -> Trigger:
        """Return the class or predicate of the conclusion."""
        return self.kind in (Kind.SUBJECT_TYPE, Kind.OBJECT_TYPE), self.target


Typing = tuple[Members, int, int]
"""Members of the class, class, instance."""
Linking = tuple[dict[int, int], int, int]
"""Facts of the relation, predicate, instance."""


@dataclass(frozen=True, slots=True)
class Effects:
    """All effects of one trigger, ready for the loop."""

    subject_types: tuple[Typing, ...] = ()
    object_types: tuple[Typing, ...] = ()
    copies: tuple[Linking, ...] = ()
    inverses: tuple[Linking, ...] = ()


def effect(instance: Instance, number: int, is_type: int, same_as: int) -> Effect | None:
    """Return the instance as an effect, or None if it needs a join or a test."""
    if len(instance.atoms) != 1 or instance.guards or instance.conclusion is None:
        return None
    ((subject, predicate, object_),) = instance.atoms
    link = instance.conclusion[1]
    if not isinstance(predicate, int) or not isinstance(link, int) or isinstance(subject, int):
        return None
    if subject == object_ or same_as in (predicate, link):
        return None
    if predicate == is_type:
        return _of_class(instance.atoms[0], instance.conclusion, number)
    if isinstance(object_, int):
        return None
    if link == is_type:
        return _typing(predicate, instance.atoms[0], instance.conclusion, number)
    return _linking(predicate, link, instance.atoms[0], instance.conclusion, number)


def _of_class(atom: Pattern, conclusion: Pattern, number: int) -> Effect | None:
    class_, target = atom[2], conclusion[2]
    if conclusion[:2] != atom[:2] or not isinstance(class_, int) or not isinstance(target, int):
        return None
    return Effect((True, class_), Kind.SUBJECT_TYPE, target, number)


def _typing(predicate: int, atom: Pattern, conclusion: Pattern, number: int) -> Effect | None:
    node, _, target = conclusion
    if not isinstance(target, int) or node not in (atom[0], atom[2]):
        return None
    kind = Kind.SUBJECT_TYPE if node == atom[0] else Kind.OBJECT_TYPE
    return Effect((False, predicate), kind, target, number)


def _linking(
    predicate: int, link: int, atom: Pattern, conclusion: Pattern, number: int
) -> Effect | None:
    if conclusion[::2] == atom[::2]:
        return Effect((False, predicate), Kind.COPY, link, number)
    if conclusion[::2] == atom[::-2]:
        return Effect((False, predicate), Kind.INVERSE, link, number)
    return None


class Plan:
    """The effects of every class and predicate."""

    def __init__(self, effects: list[Effect]) -> None:
        """Sort *effects* by trigger."""
        self._by_trigger: dict[Trigger, list[Effect]] = defaultdict(list)
        self._by_result: dict[Trigger, list[Effect]] = defaultdict(list)
        for each in effects:
            self._by_trigger[each.trigger].append(each)
            self._by_result[each.result].append(each)

    @property
    def triggers(self) -> set[Trigger]:
        """Return every class and predicate that has an effect."""
        return set(self._by_trigger)

    def all(self, facts: Facts, trigger: Trigger) -> Effects:
        """Return all effects of *trigger*."""
        return _ready(facts, self._by_trigger.get(trigger, []))

    def rest(self, facts: Facts, trigger: Trigger) -> dict[int, Effects]:
        """Return, for each instance that leads to *trigger*, the effects still to be drawn."""
        return {
            each.instance: _ready(facts, self._left(each))
            for each in self._by_result.get(trigger, ())
        }

    def _left(self, first: Effect) -> list[Effect]:
        done = {(each.kind, each.target) for each in self._by_trigger[first.trigger]}
        itself = Kind.SUBJECT_TYPE if first.trigger[0] else Kind.COPY
        done.add((itself, first.trigger[1]))
        return [
            second
            for second in self._by_trigger.get(first.result, [])
            if (_compose(first.kind, second.kind), second.target) not in done
        ]


def _compose(first: Kind, second: Kind) -> Kind:
    if first in (Kind.SUBJECT_TYPE, Kind.OBJECT_TYPE):
        return first
    return _TURNED[second] if first is Kind.INVERSE else second


def _ready(facts: Facts, effects: list[Effect]) -> Effects:
    def typings(kind: Kind) -> tuple[Typing, ...]:
        return tuple(
            (facts.members(each.target), each.target, each.instance)
            for each in effects
            if each.kind is kind
        )

    def links(kind: Kind) -> tuple[Linking, ...]:
        return tuple(
            (facts.relation(each.target).facts, each.target, each.instance)
            for each in effects
            if each.kind is kind
        )

    return Effects(
        typings(Kind.SUBJECT_TYPE),
        typings(Kind.OBJECT_TYPE),
        links(Kind.COPY),
        links(Kind.INVERSE),
    )
