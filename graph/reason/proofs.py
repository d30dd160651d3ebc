"""Proofs: why a triple holds, down to what was given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import Triple

from .engine import LEMMA, REPLACED, Engine
from .facts import ASSERTED
from .identity import EQUAL_VALUE
from .terms import Ids


@dataclass(frozen=True, slots=True)
class Proof:
    """A triple, the rule that concluded it (empty if given), and the proofs of its premises."""

    triple: Triple
    rule: str = ""
    premises: tuple[Proof, ...] = field(default=(), repr=False)

    @property
    def asserted(self) -> bool:
        """Return whether the triple was given."""
        return not self.rule

    def given(self) -> tuple[Triple, ...]:
        """Return the given triples the proof rests on, each once, in order of use."""
        found: dict[Triple, None] = {}
        for proof in self.steps():
            if proof.asserted:
                found[proof.triple] = None
        return tuple(found)

    def steps(self) -> Iterator[Proof]:
        """Yield every proof in it once, itself first."""
        seen: set[int] = set()
        stack = [self]
        while stack:
            proof = stack.pop()
            if id(proof) not in seen:
                seen.add(id(proof))
                yield proof
                stack.extend(reversed(proof.premises))


@dataclass(frozen=True, slots=True)
class Clash:
    """A contradiction: the rule, its axioms, and the triples that exclude each other."""

    rule: str
    axioms: tuple[Proof, ...]
    premises: tuple[Proof, ...]

    @property
    def triples(self) -> tuple[Triple, ...]:
        """Return the triples that exclude each other."""
        return tuple(proof.triple for proof in self.premises)

    def given(self) -> tuple[Triple, ...]:
        """Return the given triples behind the clash, axioms left out."""
        return tuple(dict.fromkeys(t for proof in self.premises for t in proof.given()))


class Prover:
    """Reads proofs out of an engine; proofs met twice are shared."""

    def __init__(self, engine: Engine, lemmas: dict[Ids, Proof]) -> None:
        """Read from *engine*; *lemmas* are axioms it took from an earlier run over the data."""
        self._engine = engine
        self._lemmas = lemmas
        self._done: dict[int, Proof | None] = {}

    def at(self, position: int) -> Proof | None:
        """Return the proof of the triple at a position; None if it is no triple of RDF.

        Premises lie before their conclusion, so ascending order needs no recursion.
        """
        needed: set[int] = set()
        stack = [position]
        while stack:
            here = stack.pop()
            if here not in needed and here not in self._done:
                needed.add(here)
                stack.extend(self.premises(here))
        for here in sorted(needed):
            self._done[here] = self._build(here)
        return self._done[position]

    def all(self, positions: tuple[int, ...]) -> tuple[Proof, ...]:
        """Return the proofs at several positions, without those of no triple of RDF."""
        proofs = (self.at(position) for position in positions)
        return tuple(proof for proof in proofs if proof is not None)

    def premises(self, position: int) -> tuple[int, ...]:
        """Return the positions a triple rests on: axioms first, then data."""
        facts = self._engine.facts
        number = facts.instances[position]
        if number in (ASSERTED, LEMMA):
            return ()
        direct = facts.premises(position)
        if number != REPLACED:
            return (*self._engine.instances[number].axioms, *direct)
        old, new = facts.at(direct[0]), facts.at(position)
        return (*direct, *self.same(zip(old, new, strict=True)))

    def sources(self, position: int, first: int, shown: Callable[[int], bool]) -> tuple[int, ...]:
        """Return the premises from *first* on, each that is not *shown* replaced by its own."""
        found: dict[int, None] = {}
        stack = list(reversed(self.premises(position)))
        while stack:
            premise = stack.pop()
            if premise >= first:
                if shown(premise) or self._engine.facts.instances[premise] == ASSERTED:
                    found[premise] = None
                else:
                    stack.extend(reversed(self.premises(premise)))
        return tuple(found)

    def same(self, pairs: Iterable[tuple[int, int]]) -> tuple[int, ...]:
        """Return the positions of the `owl:sameAs` triples that join the terms of each pair."""
        found = []
        for left, right in pairs:
            steps = self._engine.identity.path(left, right) if left != right else []
            found += [position for _, _, position in steps if position != EQUAL_VALUE]
        return tuple(dict.fromkeys(found))

    def _build(self, position: int) -> Proof | None:
        engine = self._engine
        ids = engine.facts.at(position)
        if ids in self._lemmas and engine.facts.instances[position] == LEMMA:
            return self._lemmas[ids]
        triple = self.triple(ids)
        if triple is None:
            return None
        premises = (self._done[premise] for premise in self.premises(position))
        rule = engine.instances[engine.facts.instances[position]].rule
        return Proof(triple, rule, tuple(premise for premise in premises if premise is not None))

    def triple(self, ids: Ids) -> Triple | None:
        """Return the triple, turned about where `owl:sameAs` has a literal subject, or None."""
        subject, predicate, object_ = ids
        if subject & 1 and predicate == self._engine.same_as:
            subject, object_ = object_, subject
        return None if subject & 1 else self._engine.terms.triple((subject, predicate, object_))
