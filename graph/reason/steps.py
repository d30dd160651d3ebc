"""The compiled rules read backwards: the steps by which a triple can have been concluded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Triple

from .compile import Instance, close_schema, instances
from .engine import Engine
from .interpreter import Binding, unify
from .proofs import Proof, Prover
from .rules import Token, load, substitute
from .schema import SchemaLine
from .terms import Statement, Term, Terms

Slot = Term | str
"""A term, or the name of a variable."""
Atom = tuple[Slot, Slot, Slot]


@dataclass(frozen=True, slots=True)
class Step:
    """A rule instance whose conclusion is the triple: what must hold, and the axioms behind it."""

    rule: str
    atoms: tuple[Atom, ...]
    axioms: tuple[Proof, ...]


class Schema:
    """The closed axioms of an ontology, asked for steps."""

    def __init__(self, ontology: Iterable[Statement]) -> None:
        """Close and compile the axioms among *ontology*, as `Reasoner` does by default."""
        self._terms = Terms()
        table = load(self._terms)
        axioms = SchemaLine(self._terms, table).axioms(self._terms.ids(ontology))
        schema = close_schema(self._terms, table, axioms)
        self._instances = instances(schema, table)
        self._about: dict[Term, list[Triple]] = {}
        for axiom in axioms:
            triple = self._terms.triple(axiom)
            self._about.setdefault(triple.subject, []).append(triple)
        self._engine = Engine(self._terms, table, schema, self._instances)
        self._prover = Prover(self._engine, {})

    def about(self, term: Term) -> list[Triple]:
        """Return the axioms and list cells that describe a term."""
        return self._about.get(term, [])

    def proof(self, triple: Triple) -> Proof | None:
        """Return why a triple about the ontology holds, or None if it does not."""
        ids = tuple(self._terms.known(term) for term in triple)
        facts = self._engine.facts
        position = -1 if -1 in ids else facts.position((ids[0], ids[1], ids[2]))
        return None if position < 0 else self._prover.at(position)

    def steps(self, triple: Triple, rule: str = "") -> Iterator[Step]:
        """Yield every step that concludes *triple*, or only those by *rule*."""
        (ids,) = self._terms.ids([triple])
        for instance in self._instances:
            if instance.conclusion is None or (rule and instance.rule != rule):
                continue
            binding = unify(instance.conclusion, ids, {})
            if binding is not None:
                yield self._step(instance, binding)

    def _step(self, instance: Instance, binding: Binding) -> Step:
        atoms = (substitute(atom, binding) for atom in instance.atoms)
        return Step(
            instance.rule,
            tuple((self._slot(s), self._slot(p), self._slot(o)) for s, p, o in atoms),
            self._prover.all(instance.axioms),
        )

    def _slot(self, token: Token) -> Slot:
        return token if isinstance(token, str) else self._terms.term(token)


def bind(atom: Atom, values: Mapping[str, Term]) -> Atom:
    """Return *atom* with the variables of *values* replaced."""
    subject, predicate, object_ = atom
    return (
        values.get(subject, subject) if isinstance(subject, str) else subject,
        values.get(predicate, predicate) if isinstance(predicate, str) else predicate,
        values.get(object_, object_) if isinstance(object_, str) else object_,
    )


def match(atom: Atom, triple: Triple, values: Mapping[str, Term]) -> dict[str, Term] | None:
    """Return *values* extended so that *atom* is *triple*, or None."""
    extended = dict(values)
    for slot, term in zip(atom, triple, strict=True):
        if extended.setdefault(slot, term) != term if isinstance(slot, str) else slot != term:
            return None
    return extended
