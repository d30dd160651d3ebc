"""Taking given triples back: delete what their proofs reach, then derive again what still follows.

A proof is one derivation among several, so some of what it reaches still holds. Every rule has the
subject of its conclusion in one of its premises; so reading again the surviving triples that speak
of a deleted subject finds every other derivation.
"""

from __future__ import annotations

from collections.abc import Iterable

from .engine import Engine
from .facts import Facts


def take_back(engine: Engine, positions: Iterable[int]) -> bool:
    """Remove the given triples at *positions* with all that no longer follows.

    Returns False, having changed nothing, when an axiom or an identity is among what would go:
    these are compiled in, and the work must be done afresh without them.
    """
    facts = engine.facts
    gone = _reached(facts, positions)
    if gone and gone[0] < engine.axiom_count:
        return False
    if any(facts.predicates[position] == engine.same_as for position in gone):
        return False
    deleted = set(gone)
    subjects = {engine.identity.find(facts.subjects[position]) for position in gone}
    for position in gone:
        facts.forget(position)
    engine.drop_findings(deleted)
    for position in _speaking_of(engine, subjects):
        engine.fire(position)
    engine.run()
    return True


def _reached(facts: Facts, positions: Iterable[int]) -> list[int]:
    """Return *positions* and all whose stored proof rests on them, ascending."""
    start = sorted(positions)
    if not start:
        return []
    marked = bytearray(len(facts))
    for position in start:
        marked[position] = 1
    first, second, more = facts.first, facts.second, facts.more
    for position in range(start[0], len(facts)):
        one, two = first[position], second[position]
        if one >= 0 and marked[one]:
            marked[position] = 1
        elif two >= 0:
            marked[position] |= marked[two]
        elif two < -1 and any(marked[premise] for premise in more[-two - 2]):
            marked[position] = 1
    return [here for here in range(len(facts)) if marked[here] and facts.alive(here)]


def _speaking_of(engine: Engine, subjects: set[int]) -> list[int]:
    """Return the surviving triples with one of *subjects* at either end."""
    facts, find = engine.facts, engine.identity.find
    rows = enumerate(zip(facts.subjects, facts.objects, strict=True))
    return [
        position
        for position, (s, o) in rows
        if (find(s) in subjects or find(o) in subjects) and facts.alive(position)
    ]
