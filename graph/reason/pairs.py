"""The commonest joins, of two atoms without a test, as one closure each.

They do what the steps of `joins` would do, without slots: the end of the partner is one of the two
ends of the triple that is met, or the third term that the partner brings in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .compile import Instance
from .facts import Facts, Relation
from .rules import Pattern, Token

Watcher = Callable[[int, int, int, int], None]
"""Called with position, subject, predicate and object of the triple that is met."""
Emit = Callable[[int, int, int, int, int], None]
"""Called with the two positions, subject and object of the trigger, and the third term."""

_SUBJECT, _OBJECT, _THIRD = 0, 1, 2


def pair_watcher(facts: Facts, instance: Instance, number: int, place: int) -> Watcher | None:
    """Return the watcher of the atom at *place*, or None if the instance has another shape."""
    if len(instance.atoms) != 2 or instance.guards or instance.conclusion is None:
        return None
    trigger, partner = instance.atoms[place], instance.atoms[1 - place]
    ends = _ends(facts, trigger)
    if ends is None:
        return None
    emit = _emit(facts, instance.conclusion, number, _places(ends, partner), swap=place == 1)
    subject, predicate, object_ = partner
    if emit is None or not isinstance(predicate, int):
        return None
    if predicate == facts.is_type:
        if subject not in ends or not isinstance(object_, int):
            return None
        return _with_member(facts, object_, ends[subject], emit)
    if isinstance(subject, int) or isinstance(object_, int) or subject == object_:
        return None
    if (subject in ends) == (object_ in ends):
        return None
    return _with_linked(facts, facts.relation(predicate), ends, partner, emit)


def _ends(facts: Facts, trigger: Pattern) -> dict[Token, int] | None:
    """Return which end of the trigger each of its variables is, if its ends are variables."""
    subject, predicate, object_ = trigger
    if isinstance(subject, int) or not isinstance(predicate, int) or subject == object_:
        return None
    if predicate == facts.is_type:
        return {subject: _SUBJECT} if isinstance(object_, int) else None
    return {subject: _SUBJECT, object_: _OBJECT} if isinstance(object_, str) else None


def _places(ends: dict[Token, int], partner: Pattern) -> dict[Token, int]:
    others = (token for token in partner[::2] if isinstance(token, str) and token not in ends)
    return {**dict.fromkeys(others, _THIRD), **ends}


def _with_member(facts: Facts, class_: int, place: int, emit: Emit) -> Watcher:
    members = facts.members(class_)

    def watch(position: int, s: int, _: int, o: int) -> None:
        found = members.get(o if place else s)
        if found is not None:
            emit(position, found, s, o, -1)

    return watch


def _with_linked(
    facts: Facts, relation: Relation, ends: dict[Token, int], partner: Pattern, emit: Emit
) -> Watcher:
    if partner[0] in ends:
        index, others, place = relation.from_subject(), facts.objects, ends[partner[0]]
    else:
        index, others, place = relation.from_object(), facts.subjects, ends[partner[2]]
    return _reach(index, others, place, emit)


def _reach(index: dict[int, list[int]], others: Sequence[int], place: int, emit: Emit) -> Watcher:
    def watch(position: int, s: int, _: int, o: int) -> None:
        for found in index.get(o if place else s, ()):
            emit(position, found, s, o, others[found])

    return watch


def _emit(
    facts: Facts, conclusion: Pattern, number: int, places: dict[Token, int], *, swap: bool
) -> Emit | None:
    subject, predicate, object_ = conclusion
    if subject not in places or not isinstance(predicate, int):
        return None
    if predicate == facts.is_type:
        if not isinstance(object_, int):
            return None
        return _classify(facts, object_, number, places[subject], swap=swap)
    if object_ not in places:
        return None
    return _link(facts, predicate, number, (places[subject], places[object_]), swap=swap)


def _classify(facts: Facts, class_: int, number: int, place: int, *, swap: bool) -> Emit:
    members, add_new, is_type = facts.members(class_), facts.add_new, facts.is_type

    def emit(position: int, found: int, s: int, o: int, third: int) -> None:
        member = s if place == _SUBJECT else o if place == _OBJECT else third
        if member not in members and not member & 1:
            one, two = (found, position) if swap else (position, found)
            add_new(members, member, member, is_type, class_, number, one, two)

    return emit


def _link(
    facts: Facts, predicate: int, number: int, places: tuple[int, int], *, swap: bool
) -> Emit:
    known, add_new = facts.relation(predicate).facts, facts.add_new
    first, second = places

    def emit(position: int, found: int, s: int, o: int, third: int) -> None:
        start = s if first == _SUBJECT else o if first == _OBJECT else third
        end = s if second == _SUBJECT else o if second == _OBJECT else third
        key = start << 32 | end
        if key not in known and not start & 1:
            one, two = (found, position) if swap else (position, found)
            add_new(known, key, start, predicate, end, number, one, two)

    return emit
