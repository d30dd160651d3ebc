"""Axioms into rule instances: the part of the rules that speaks of the schema, done beforehand.

``?c rdfs:subClassOf ?d, ?x rdf:type ?c -> ?x rdf:type ?d`` with the axiom that camps are places
leaves ``?x rdf:type Camp -> ?x rdf:type Place``: constants where the axioms were, and only
patterns about individuals to join.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .interpreter import Binding, Interpreter
from .rules import Guard, Pattern, Rule, Table, substitute
from .terms import Ids, Terms


@dataclass(frozen=True, slots=True)
class Instance:
    """A rule with its axioms filled in. No conclusion: its atoms contradict each other."""

    rule: str
    axioms: tuple[int, ...] = ()
    """Positions of the axioms it rests on."""
    atoms: tuple[Pattern, ...] = ()
    guards: tuple[Guard, ...] = ()
    conclusion: Pattern | None = None


def close_schema(terms: Terms, table: Table, axioms: Sequence[Ids]) -> Interpreter:
    """Return the closed axioms."""
    schema = Interpreter(terms, table)
    schema.add(axioms)
    schema.close()
    return schema


def instances(schema: Interpreter, table: Table) -> list[Instance]:
    """Return every rule instance the closed axioms give rise to, without duplicates."""
    found: dict[tuple[object, ...], Instance] = {}
    for rule in schema.rules:
        for instance in () if rule.native else _instances(schema, table, rule):
            key = instance.atoms, instance.guards, instance.conclusion
            if instance.conclusion not in instance.atoms:
                found.setdefault(key, instance)
    return list(found.values())


def _instances(schema: Interpreter, table: Table, rule: Rule) -> Iterator[Instance]:
    is_type = schema.terms.curie("rdf:type")

    def of_schema(pattern: Pattern) -> bool:
        if pattern[1] == is_type:
            return pattern[2] in table.schema_classes
        return pattern[1] in table.schema_predicates

    data = [pattern for pattern in rule.premises if not of_schema(pattern)]
    if not data:
        return
    axioms = [pattern for pattern in rule.premises if of_schema(pattern)]
    for binding, numbers in schema.matches(axioms, {}):
        guards = [_bind(guard, binding) for guard in rule.where]
        ready = [guard for guard in guards if not _open(guard)]
        if not schema.holds(ready, binding):
            continue
        for conclusion in rule.conclusions or (None,):
            yield Instance(
                rule.name,
                numbers,
                tuple(substitute(pattern, binding) for pattern in data),
                tuple(guard for guard in guards if _open(guard)),
                conclusion and substitute(conclusion, binding),
            )


def _bind(guard: Guard, binding: Binding) -> Guard:
    name, left, right = guard
    return (
        name,
        binding.get(left, left) if isinstance(left, str) else left,
        binding.get(right, right) if isinstance(right, str) else right,
    )


def _open(guard: Guard) -> bool:
    return any(isinstance(token, str) for token in guard[1:])
