"""The rule table run as it is written: slow, general, and easy to trust.

It closes the axioms before they are compiled, and in the tests it closes whole graphs as a second
oracle. One pass over a growing list is the fixpoint: the triple under the pointer joins only with
those before it, so every pair of premises meets once and a premise is always older than its
conclusion.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .guards import Guards, literal_key
from .rules import Guard, Pattern, Rule, Table, Token, substitute, unroll
from .terms import Ids, Terms

Binding = dict[str, int]
ASSERTED = ""
AXIOMATIC = "axiomatic"
"""Rule of the triples that hold in every graph."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a triple holds: a rule (empty when it was given) and the numbers of its premises."""

    rule: str
    premises: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A contradiction: the rule and the numbers of the triples that clash."""

    rule: str
    premises: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Watch:
    """A premise of a rule, and what else must hold when a triple meets it."""

    rule: Rule
    place: int
    pattern: Pattern
    others: tuple[Pattern, ...]
    needs: tuple[tuple[int, int, int], ...]
    """Index keys without which the others cannot hold."""


class Interpreter:
    """Closes a small set of triples under a rule table and keeps the reason of each."""

    def __init__(self, terms: Terms, table: Table) -> None:
        """Prepare the rules; lists are unrolled when the axiom that uses one is met."""
        self.terms = terms
        self.triples: list[Ids] = []
        self.reasons: list[Reason] = []
        self.conflicts: dict[tuple[str, frozenset[int]], Conflict] = {}
        self.rules: list[Rule] = []
        self._tests = Guards(terms).tests
        self._same = terms.curie("owl:sameAs")
        self._type = terms.curie("rdf:type")
        self._first = terms.curie("rdf:first")
        self._rest = terms.curie("rdf:rest")
        self._nil = terms.curie("rdf:nil")
        self._joins_values = bool(table.axioms)
        self._values: dict[object, int] = {}
        self._numbers: dict[Ids, int] = {}
        self._cells: dict[int, dict[int, int]] = defaultdict(dict)
        self._templates: dict[int, list[tuple[Rule, Pattern]]] = defaultdict(list)
        self._unrolled: set[tuple[str, int]] = set()
        self._watchers: dict[tuple[int, int], list[_Watch]] = defaultdict(list)
        self._index: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        self._read = 0
        for rule in table.rules:
            self._install(rule)
        for axiom in table.axioms:
            self._append(axiom, Reason(AXIOMATIC))

    def _install(self, rule: Rule) -> None:
        variable = rule.list_variable
        if not variable:
            self.rules.append(rule)
            for place, pattern in enumerate(rule.premises):
                others = rule.premises[:place] + rule.premises[place + 1 :]
                needs = {(-1, other[1], -1) for other in others if isinstance(other[1], int)}
                watch = _Watch(rule, place, pattern, others, tuple(needs))
                self._watchers[self._watched(pattern)].append(watch)
            return
        for pattern in rule.premises:
            if pattern[2] == variable and isinstance(pattern[1], int):
                self._templates[pattern[1]].append((rule, pattern))

    def _watched(self, pattern: Pattern) -> tuple[int, int]:
        _, predicate, object_ = pattern
        if isinstance(predicate, str):
            return -1, -1
        typed = predicate == self._type and isinstance(object_, int)
        return predicate, object_ if typed and isinstance(object_, int) else -1

    def __contains__(self, triple: Ids) -> bool:
        """Return whether the triple was given or concluded so far."""
        return triple in self._numbers

    def number(self, triple: Ids) -> int:
        """Return the number of a triple.

        Raises:
            KeyError: it neither was given nor follows.
        """
        return self._numbers[triple]

    def add(self, triples: Iterable[Ids]) -> None:
        """Take triples as given."""
        for triple in triples:
            self._append(triple, Reason(ASSERTED))

    def _append(self, triple: Ids, reason: Reason) -> None:
        if triple in self._numbers:
            return
        self._numbers[triple] = len(self.triples)
        self.triples.append(triple)
        self.reasons.append(reason)
        subject, predicate, object_ = triple
        if predicate in (self._first, self._rest):
            self._cells[subject].setdefault(predicate, object_)

    def close(self) -> None:
        """Draw every conclusion from what was added."""
        while self._read < len(self.triples):
            number, triple = self._read, self.triples[self._read]
            self._read += 1
            self._store(number, triple)
            for rule, pattern in self._templates.get(triple[1], ()):
                self._meet_list(rule, pattern, triple[2])
            for key in ((triple[1], -1), (triple[1], triple[2]), (-1, -1)):
                for watch in tuple(self._watchers.get(key, ())):
                    if all(need in self._index for need in watch.needs):
                        self._apply(watch, number)
            if self._joins_values:
                self._join_equal_values(triple[2])

    def _store(self, number: int, triple: Ids) -> None:
        subject, predicate, object_ = triple
        for key in (
            (-1, -1, -1),
            (-1, predicate, -1),
            (subject, predicate, -1),
            (-1, predicate, object_),
            (subject, -1, -1),
            (-1, -1, object_),
        ):
            self._index[key].append(number)

    def _meet_list(self, rule: Rule, pattern: Pattern, head: int) -> None:
        members = self._members(head)
        if members is None or (rule.name, head) in self._unrolled:
            return
        self._unrolled.add((rule.name, head))
        for concrete in unroll(rule, head, members):
            self._install(concrete)
            for binding, premises in self.matches(concrete.premises, {}):
                self._conclude(concrete, binding, premises)

    def _members(self, head: int) -> tuple[int, ...] | None:
        found: list[int] = []
        seen = set()
        while head != self._nil:
            cell = self._cells.get(head, {})
            if head in seen or self._first not in cell or self._rest not in cell:
                return None
            seen.add(head)
            found.append(cell[self._first])
            head = cell[self._rest]
        return tuple(found)

    def _apply(self, watch: _Watch, number: int) -> None:
        binding = unify(watch.pattern, self.triples[number], {})
        if binding is None:
            return
        place = watch.place
        for found, premises in self.matches(watch.others, binding):
            self._conclude(watch.rule, found, (*premises[:place], number, *premises[place:]))

    def matches(
        self, patterns: Sequence[Pattern], binding: Binding
    ) -> Iterator[tuple[Binding, tuple[int, ...]]]:
        """Yield every way the patterns hold among the triples read so far."""
        if not patterns:
            yield binding, ()
            return
        pattern = patterns[0]
        for number in tuple(self._candidates(substitute(pattern, binding))):
            found = unify(pattern, self.triples[number], binding)
            if found is not None:
                for final, premises in self.matches(patterns[1:], found):
                    yield final, (number, *premises)

    def _candidates(self, pattern: Pattern) -> Sequence[int]:
        one, link, two = pattern
        subject = one if isinstance(one, int) else -1
        predicate = link if isinstance(link, int) else -1
        object_ = two if isinstance(two, int) else -1
        if predicate >= 0 and subject >= 0:
            return self._index.get((subject, predicate, -1), ())
        if predicate >= 0:
            return self._index.get((-1, predicate, object_), ())
        if subject >= 0:
            return self._index.get((subject, -1, -1), ())
        return self._index.get((-1, -1, object_), ())

    def holds(self, guards: Sequence[Guard], binding: Binding) -> bool:
        """Return whether every test is passed by the bound terms."""
        return all(
            self._tests[name](bound(left, binding), bound(right, binding))
            for name, left, right in guards
        )

    def _conclude(self, rule: Rule, binding: Binding, premises: tuple[int, ...]) -> None:
        if not self.holds(rule.where, binding):
            return
        if not rule.conclusions:
            key = rule.name, frozenset(premises)
            self.conflicts.setdefault(key, Conflict(rule.name, premises))
        for pattern in rule.conclusions:
            subject, predicate, object_ = (bound(token, binding) for token in pattern)
            literals = subject & object_ if predicate == self._same else subject | predicate
            if not literals & 1:
                self._append((subject, predicate, object_), Reason(rule.name, premises))

    def _join_equal_values(self, object_: int) -> None:
        literal = self.terms.literal(object_)
        key = literal_key(literal) if literal is not None else None
        if key is None:
            return
        first = self._values.setdefault(key, object_)
        if first != object_:
            for left, right in ((first, object_), (object_, first)):
                self._append((left, self._same, right), Reason("dt-eq"))


def bound(token: Token, binding: Binding) -> int:
    """Return the number a token stands for under *binding*."""
    return binding[token] if isinstance(token, str) else token


def unify(pattern: Pattern, triple: Ids, binding: Binding) -> Binding | None:
    """Return *binding* extended so that *pattern* is *triple*, or None."""
    extended = binding
    for token, number in zip(pattern, triple, strict=True):
        if isinstance(token, int):
            if token != number:
                return None
            continue
        known = extended.get(token)
        if known is None:
            if extended is binding:
                extended = dict(binding)
            extended[token] = number
        elif known != number:
            return None
    return extended
