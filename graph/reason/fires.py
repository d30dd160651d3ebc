"""What happens when a triple of one class or predicate is read: closures with all they need.

These are the inner loops. Everything they touch is a local of the closure, and a triple that is
known already costs one look into a dictionary.
"""

from __future__ import annotations

from collections.abc import Callable

from .effects import Effects
from .facts import AddNew, Facts, Relation
from .pairs import Watcher

Fire = Callable[[int, int, int], None]
"""Called with position, subject and object of the triple that is read."""


def class_fire(
    facts: Facts, class_: int, full: Effects, rest: dict[int, Effects], watchers: list[Watcher]
) -> Fire:
    """Return what a new member of *class_* lets conclude."""
    derive, instances, is_type = facts.add_new, facts.instances, facts.is_type
    typings = full.subject_types
    fewer = {number: effects.subject_types for number, effects in rest.items()}

    def fire(position: int, s: int, _: int) -> None:
        for members, target, number in fewer.get(instances[position], typings):
            if s not in members:
                derive(members, s, s, is_type, target, number, position, -1)
        for watch in watchers:
            watch(position, s, is_type, class_)

    return fire


def relation_fire(
    facts: Facts, predicate: int, full: Effects, rest: dict[int, Effects], watchers: list[Watcher]
) -> Fire:
    """Return what a new triple of *predicate* lets conclude."""
    derive, instances, is_type = facts.add_new, facts.instances, facts.is_type
    turn = _turner(derive, is_type)

    def fire(position: int, s: int, o: int) -> None:
        effects = rest.get(instances[position], full)
        for members, target, number in effects.subject_types:
            if s not in members:
                derive(members, s, s, is_type, target, number, position, -1)
        for known, link, number in effects.copies:
            key = s << 32 | o
            if key not in known:
                derive(known, key, s, link, o, number, position, -1)
        if not o & 1:
            turn(effects, position, s, o)
        for watch in watchers:
            watch(position, s, predicate, o)

    return fire


def _turner(derive: AddNew, is_type: int) -> Callable[[Effects, int, int, int], None]:
    """Return what concludes about the object, which is no literal."""

    def turn(effects: Effects, position: int, s: int, o: int) -> None:
        for members, target, number in effects.object_types:
            if o not in members:
                derive(members, o, o, is_type, target, number, position, -1)
        for known, link, number in effects.inverses:
            key = o << 32 | s
            if key not in known:
                derive(known, key, o, link, s, number, position, -1)

    return turn


def indexing(relation: Relation, fire: Fire) -> Fire:
    """Return *fire* preceded by entering the triple where joins will look for it."""
    forward, backward = relation.forward, relation.backward
    if forward is None and backward is None:
        return fire

    def read(position: int, s: int, o: int) -> None:
        if forward is not None:
            forward.setdefault(s, []).append(position)
        if backward is not None:
            backward.setdefault(o, []).append(position)
        fire(position, s, o)

    return read
