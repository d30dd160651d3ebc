"""Triples in flat arrays, each with the rule and the premises it came from.

A triple is a position in the arrays. A derived one stores the number of its rule instance and its
first two premises, 12 bytes; further premises go to a side table. Premises always have smaller
positions than their conclusion, so no proof is circular.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field

from .terms import Ids

ASSERTED = 0
"""Rule instance of a triple that was given."""

Members = dict[int, int]
"""Subject to position, for one class."""

AddNew = Callable[[dict[int, int], int, int, int, int, int, int, int], None]
"""Called with index, key in it, subject, predicate, object, instance, and two premise fields."""


@dataclass(slots=True, eq=False)
class Relation:
    """The triples of one predicate: object and subject to position, and what joins need."""

    predicate: int
    facts: dict[int, int] = field(default_factory=dict)
    """``subject << 32 | object`` to position."""
    forward: dict[int, list[int]] | None = None
    """Subject to the positions of the triples already read, if some rule joins there."""
    backward: dict[int, list[int]] | None = None
    """The same by object."""

    def from_subject(self) -> dict[int, list[int]]:
        """Return the index by subject, kept from now on."""
        if self.forward is None:
            self.forward = {}
        return self.forward

    def from_object(self) -> dict[int, list[int]]:
        """Return the index by object, kept from now on."""
        if self.backward is None:
            self.backward = {}
        return self.backward


class Facts:
    """All triples, asserted and derived, in the order they came to be known."""

    def __init__(self, is_type: int) -> None:
        """Start empty; *is_type* is the number of ``rdf:type``."""
        self.is_type = is_type
        self.subjects = array("i")
        self.predicates = array("i")
        self.objects = array("i")
        self.instances = array("i")
        self.first = array("i")
        self.second = array("i")
        self.more: list[tuple[int, ...]] = []
        self.removed = False
        """Whether some position is no longer in use."""
        self.classes: dict[int, Members] = {}
        self.relations: dict[int, Relation] = {}
        self.add_new = self._adder()
        """Adds a triple that its index does not hold yet."""

    def __len__(self) -> int:
        """Return how many positions are in use, removed triples included."""
        return len(self.subjects)

    def members(self, class_: int) -> Members:
        """Return the members of a class, a live dictionary."""
        found = self.classes.get(class_)
        if found is None:
            found = self.classes[class_] = {}
        return found

    def relation(self, predicate: int) -> Relation:
        """Return the triples of a predicate other than ``rdf:type``, live."""
        found = self.relations.get(predicate)
        if found is None:
            found = self.relations[predicate] = Relation(predicate)
        return found

    def _adder(self) -> AddNew:
        """Return the quick way to add a new triple: everything it needs is a local."""
        subjects = self.subjects
        subject, predicate, object_ = (
            self.subjects.append,
            self.predicates.append,
            self.objects.append,
        )
        instance, one, two = self.instances.append, self.first.append, self.second.append

        def add_new(
            index: dict[int, int],
            key: int,
            s: int,
            p: int,
            o: int,
            number: int,
            first: int,
            second: int,
        ) -> None:
            index[key] = len(subjects)
            subject(s)
            predicate(p)
            object_(o)
            instance(number)
            one(first)
            two(second)

        return add_new

    def append(
        self,
        subject: int,
        predicate: int,
        object_: int,
        instance: int,
        premises: tuple[int, ...] = (),
    ) -> int:
        """Add a triple unless it is known; return its position, or -1 if it was known."""
        if predicate == self.is_type:
            index, key = self.members(object_), subject
        else:
            index, key = self.relation(predicate).facts, subject << 32 | object_
        if key in index:
            return -1
        first = premises[0] if premises else -1
        self.add_new(index, key, subject, predicate, object_, instance, first, self.rest(premises))
        return index[key]

    def give(self, position: int) -> None:
        """Make a derived triple a given one."""
        self.instances[position] = ASSERTED
        self.first[position] = self.second[position] = -1

    def rest(self, premises: tuple[int, ...]) -> int:
        """Return what the second field holds: the second premise, or where the others are."""
        if len(premises) < 3:
            return premises[1] if len(premises) == 2 else -1
        self.more.append(premises[1:])
        return -len(self.more) - 1

    def position(self, triple: Ids) -> int:
        """Return the position of a triple, or -1."""
        subject, predicate, object_ = triple
        if predicate == self.is_type:
            return self.classes.get(object_, {}).get(subject, -1)
        relation = self.relations.get(predicate)
        return -1 if relation is None else relation.facts.get(subject << 32 | object_, -1)

    def at(self, position: int) -> Ids:
        """Return the triple at a position."""
        return self.subjects[position], self.predicates[position], self.objects[position]

    def premises(self, position: int) -> tuple[int, ...]:
        """Return the positions of the premises of a derived triple."""
        first, second = self.first[position], self.second[position]
        if second < -1:
            return first, *self.more[-second - 2]
        return tuple(premise for premise in (first, second) if premise >= 0)

    def rows(self, first: int) -> Iterator[Ids]:
        """Yield the triples from position *first* to what is now the last."""
        return zip(
            self.subjects[first:], self.predicates[first:], self.objects[first:], strict=True
        )

    def derived(self, first: int) -> Iterator[tuple[int, int, Ids]]:
        """Yield position, instance and triple of what is derived, from position *first* on."""
        rows = zip(range(first, len(self)), self.instances[first:], self.rows(first), strict=True)
        whole = not self.removed
        for position, number, triple in rows:
            if number != ASSERTED and (whole or self.alive(position)):
                yield position, number, triple

    def mentioning(self, terms: Set[int]) -> list[int]:
        """Return the positions of the triples in which one of *terms* stands, in order."""
        rows = enumerate(self.rows(0))
        found = [n for n, (s, p, o) in rows if s in terms or o in terms or p in terms]
        return [n for n in found if self.alive(n)] if self.removed else found

    def alive(self, position: int) -> bool:
        """Return whether the triple at a position was not removed."""
        return self.position(self.at(position)) == position

    def forget(self, position: int) -> None:
        """Take the triple at a position out of every index; its position is never used again."""
        self.removed = True
        subject, predicate, object_ = self.at(position)
        if predicate == self.is_type:
            del self.classes[object_][subject]
            return
        relation = self.relations[predicate]
        del relation.facts[subject << 32 | object_]
        for index, key in ((relation.forward, subject), (relation.backward, object_)):
            if index is not None and position in index.get(key, ()):
                index[key].remove(position)
