"""Statements, through the published mapping from gold predicates to our properties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..model import Mention, Stance, Statement, Value
from ..resources import rules
from .compare import overlap, pair_up, same_date, same_number, same_wording
from .figures import gold_authority
from .gold import Gold, Record
from .score import Layer, Miss, Score
from .subjects import Converted, Subjects

ALL = "of all gold facts"


@dataclass(frozen=True, slots=True)
class Reading:
    """How gold predicates are read."""

    properties: Mapping[str, list[str]]
    """Gold predicate to the properties of ours that say the same."""
    inverse: Mapping[str, list[str]]
    """The same with subject and object exchanged."""
    outside: Mapping[str, str]
    """Gold predicates without a property of ours, and why."""
    counted: Mapping[str, list[str]]
    """Gold predicates judged with the figures, not here."""


def statements(gold: Gold, documents: Iterable[Converted], subjects: Subjects) -> Layer:
    """Compare statements with the gold facts that are not numbers.

    The total covers the predicates inside the mapping; the part `ALL` counts every other fact as
    missed. Everything we state counts in the precision of both, whatever its property; a statement
    that repeats, elsewhere in its document, one already matched counts for neither side.
    """
    read = _mapping()
    layer = Layer("statements")
    for document in documents:
        facts = [
            fact
            for fact in gold.of("facts", document.name)
            if fact["predicate"] not in read.counted and fact["kind"] != "annotator"
        ]
        _one_document(layer, document, facts, read, subjects)
    return layer


def _mapping() -> Reading:
    table = rules("evaluation")
    return Reading(table["properties"], table["inverse"], table["outside"], table["measures"])


def _one_document(
    layer: Layer, document: Converted, facts: list[Record], read: Reading, subjects: Subjects
) -> None:
    found = document.extraction.statements
    same = [
        (i, j)
        for i, fact in enumerate(facts)
        for j, statement in enumerate(found)
        if _same(document, fact, statement, read, subjects)
    ]
    scores = [
        (1.0 + _agrees(document, facts[i], found[j], subjects), i, j)
        for i, j in same
        if overlap(document.span(facts[i]), (found[j].start, found[j].end))
    ]
    pairs = dict(pair_up(facts, found, scores))
    taken = set(pairs.values())
    repeats = {j for i, j in same if i in pairs and j not in taken}
    inside = {
        i
        for i, fact in enumerate(facts)
        if fact["predicate"] in read.properties or fact["predicate"] in read.inverse
    }
    given = len(found) - len(repeats)
    layer.add(document.name, Score(len(pairs), given, len(pairs), len(inside)))
    layer.add_part(ALL, Score(len(pairs), given, len(pairs), len(facts)))
    _breakdown(layer, document, facts, pairs, inside, subjects)
    _explain(layer, document, facts, pairs, inside, read)
    for j, statement in enumerate(found):
        if j not in taken and j not in repeats:
            layer.misses.append(_wrong(document, statement))


def _breakdown(
    layer: Layer,
    document: Converted,
    facts: list[Record],
    pairs: dict[int, int],
    inside: set[int],
    subjects: Subjects,
) -> None:
    """Count recall per kind of fact, and, among the matched, how often voice and stance agree."""
    for i, fact in enumerate(facts):
        if i in inside:
            layer.add_part(f"recall: {fact['kind']}", Score(0, 0, int(i in pairs), 1))
    for i, j in pairs.items():
        statement = document.extraction.statements[j]
        for name, right in (
            ("stance", _right_stance(facts[i], statement)),
            ("authority", _right_voice(document, facts[i], statement, subjects)),
        ):
            layer.add_part(name, Score(int(right), 1, int(right), 1))


def _explain(
    layer: Layer,
    document: Converted,
    facts: list[Record],
    pairs: dict[int, int],
    inside: set[int],
    read: Reading,
) -> None:
    for i, fact in enumerate(facts):
        if i in pairs:
            continue
        start, end = document.span(fact)
        detail = (
            "not found"
            if i in inside
            else "outside: " + read.outside.get(fact["predicate"], "no property of ours")
        )
        what = f"{fact['subject']} {fact['predicate']} {_shown(fact['object'])}"
        layer.misses.append(Miss(document.name, "missed", start, end, what, detail))


def _wrong(document: Converted, statement: Statement) -> Miss:
    target = statement.object
    name = target.name if isinstance(target, Mention) else repr(target.text)
    what = f"{statement.subject.name} {statement.predicate} {name}"
    return Miss(document.name, "wrong", statement.start, statement.end, what, statement.rule)


def _shown(target: Record | None) -> str:
    if not target:
        return "–"
    return str(target.get("entity") or repr(target.get("value")))


def _same(
    document: Converted, fact: Record, statement: Statement, read: Reading, subjects: Subjects
) -> bool:
    """Return whether property, subject and object are the same; the passage is not looked at."""
    predicate, target = fact["predicate"], statement.object
    if statement.predicate in read.properties.get(predicate, ()):
        return fact["subject"] in subjects.of(document, statement.subject) and _same_object(
            document, fact["object"], target, subjects
        )
    if statement.predicate in read.inverse.get(predicate, ()) and isinstance(target, Mention):
        return fact["subject"] in subjects.of(document, target) and _same_object(
            document, fact["object"], statement.subject, subjects
        )
    return False


def _same_object(
    document: Converted, gold: Record | None, target: Mention | Value, subjects: Subjects
) -> bool:
    if not gold:
        return False
    if "entity" in gold:
        entity = str(gold["entity"])
        if isinstance(target, Mention) and entity in subjects.of(document, target):
            return True
        text = target.name if isinstance(target, Mention) else target.text
        kind = subjects.kinds.get(entity)
        named: list[str] = rules("evaluation")["named_kinds"]
        if kind in named:
            return False
        return any(same_wording(text, label) for label in subjects.labels.get(entity, ()))
    value = gold.get("value")
    if value is None:
        return False
    if isinstance(target, Mention):
        return same_wording(target.name, str(value)) or same_wording(target.text, str(value))
    return same_literal(target, str(value))


def same_literal(ours: Value, gold: str) -> bool:
    """Return whether a literal is the gold's: a date, a number, an address, a language, a text."""
    if ours.datatype in ("date", "edtf"):
        return same_date(ours.text, gold)
    if ours.datatype == "decimal":
        return same_number(ours.text, gold)
    if ours.datatype == "uri":
        return ours.text.removeprefix("http://").rstrip("/") == gold.removeprefix("http://").rstrip(
            "/"
        )
    languages: Mapping[str, str] = rules("evaluation")["languages"]
    return same_wording(languages.get(ours.text, ours.text), gold)


def _agrees(document: Converted, fact: Record, statement: Statement, subjects: Subjects) -> float:
    """Return a bonus below 1 that prefers the candidate whose voice and stance are right."""
    voice = _right_voice(document, fact, statement, subjects)
    return 0.4 * _right_stance(fact, statement) + 0.4 * voice


def _right_stance(fact: Record, statement: Statement) -> bool:
    certainty = str((fact.get("qualifiers") or {}).get("certainty") or "")
    if fact["polarity"] != "asserted":
        return statement.stance.value == str(fact["polarity"])
    if certainty.startswith("hedged") or certainty == "estimated":
        return statement.stance in (Stance.HEDGED, Stance.DISPUTED)
    return statement.stance is Stance.ASSERTED


def _right_voice(
    document: Converted, fact: Record, statement: Statement, subjects: Subjects
) -> bool:
    named = gold_authority(fact)
    if statement.authority is None:
        return named is None
    return named is not None and named in subjects.of(document, statement.authority)
