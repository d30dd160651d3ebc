"""Figures by value and measure, and by their full scope."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ..model import Figure, Mention
from ..resources import rules
from .citations import cited_ids
from .compare import is_dated, overlap, pair_up, same_date, same_wording
from .gold import Gold, Record
from .score import Layer, Miss, Score
from .subjects import Converted, Subjects

SCOPE = ("population", "territory", "period", "authority", "references")


def figures(gold: Gold, documents: Iterable[Converted], subjects: Subjects) -> tuple[Layer, Layer]:
    """Return two layers: value and measure right; and every field of the scope right as well.

    Two parts of the second layer per field: how many of the matched figures have it right, and of
    those where one side gives it, how often it is right (precision) and reached (recall): what is
    wrong and what is absent are different faults. A figure that repeats, elsewhere in its document,
    one already matched counts for neither side.
    """
    value, scope = Layer("figures"), Layer("figures, full scope")
    measures: dict[str, list[str]] = rules("evaluation")["measures"]
    for document in documents:
        facts = [
            fact
            for fact in gold.of("facts", document.name, "quantity")
            if fact["predicate"] in measures and fact.get("quantity")
        ]
        unnumbered = [f for f in facts if _bounds(f) == (None, None)]
        value.add_part("without a number (not counted)", Score(0, 0, 0, len(unnumbered)))
        facts = [f for f in facts if f not in unnumbered]
        _one_document(value, scope, document, facts, cited_ids(gold, document), subjects)
    return value, scope


def _one_document(
    value: Layer,
    scope: Layer,
    document: Converted,
    facts: list[Record],
    cited: dict[int, str],
    subjects: Subjects,
) -> None:
    found = document.extraction.figures
    right: dict[tuple[int, int], frozenset[str]] = {}
    scores: list[tuple[float, int, int]] = []
    for i, fact in enumerate(facts):
        for j, figure in enumerate(found):
            if same_claim(fact, figure) and overlap(
                document.span(fact), (figure.start, figure.end)
            ):
                right[i, j] = frozenset(_right_fields(document, fact, figure, cited, subjects))
                scores.append((len(right[i, j]) + 1, i, j))
    pairs = pair_up(facts, found, scores)
    matched, taken = {i for i, _ in pairs}, {j for _, j in pairs}
    repeats = {
        j
        for j, figure in enumerate(found)
        if j not in taken and any(same_claim(facts[i], figure) for i in matched)
    }
    claimed = len(found) - len(repeats)
    value.add(document.name, Score(len(pairs), claimed, len(pairs), len(facts)))
    whole = sum(1 for pair in pairs if len(right[pair]) == len(SCOPE))
    scope.add(document.name, Score(whole, claimed, whole, len(facts)))
    for field in SCOPE:
        good = [pair for pair in pairs if field in right[pair]]
        scope.add_part(field, Score(len(good), len(pairs), len(good), len(pairs)))
        theirs = {(i, j) for i, j in pairs if told(facts[i])[field]}
        unasked = {p for p in good if p not in theirs} if field == "territory" else set()
        ours = {(i, j) for i, j in pairs if given(found[j], cited)[field]} - unasked
        both = len(theirs.intersection(ours, good))
        scope.add_part(f"{field}, where given", Score(both, len(ours), both, len(theirs)))
    _explain(value, document, facts, [(i, "not found") for i in _unmatched(facts, matched)])
    differing = [(i, _difference(facts[i], found[j], right[i, j], cited)) for i, j in pairs]
    _explain(scope, document, facts, [(i, detail) for i, detail in differing if detail])
    for j, figure in enumerate(found):
        if j not in taken | repeats:
            detail = f"{figure.measure} {figure.quantity.lower}–{figure.quantity.upper}"
            text = figure.quantity.text + " " + figure.quantity.noun
            value.misses.append(
                Miss(document.name, "wrong", figure.start, figure.end, text, detail)
            )


def _unmatched(facts: list[Record], matched: set[int]) -> list[int]:
    """Return the indexes of the gold facts that no figure was matched with."""
    return [i for i in range(len(facts)) if i not in matched]


def _explain(
    layer: Layer, document: Converted, facts: list[Record], rows: list[tuple[int, str]]
) -> None:
    for index, detail in rows:
        fact = facts[index]
        start, end = document.span(fact)
        low, high = _bounds(fact)
        what = f"{fact['predicate']} {low}–{high}: {fact['quantity'].get('counted')}"
        kind = "missed" if detail == "not found" else "differs"
        layer.misses.append(Miss(document.name, kind, start, end, what, detail))


def _difference(fact: Record, figure: Figure, right: frozenset[str], cited: dict[int, str]) -> str:
    """Return the fields that differ, each with what we give and what the gold has."""
    ours, theirs = given(figure, cited), told(fact)
    return "; ".join(
        f"{field}: {ours[field] or 'none'} for {theirs[field] or 'none'}"
        for field in SCOPE
        if field not in right
    )


def told(fact: Record) -> dict[str, str]:
    """Return the fields of the scope as the gold has them, empty where it has none."""
    quantity = fact["quantity"]
    date = quantity.get("date")
    return {
        "population": str(quantity.get("counted") or fact["subject"]),
        "territory": ", ".join(map(str, quantity.get("place") or ())),
        "period": str(date) if is_dated(date) else "",
        "authority": gold_authority(fact) or "",
        "references": ", ".join(map(str, quantity.get("references") or ())),
    }


def given(figure: Figure, cited: dict[int, str]) -> dict[str, str]:
    """Return the fields of the scope of *figure*, empty where it has none."""
    return {
        "population": figure.population_text
        or (figure.population.name if figure.population else figure.quantity.noun),
        "territory": ", ".join(place.name for place in figure.territory),
        "period": figure.period.edtf if figure.period else "",
        "authority": figure.authority.name if figure.authority else "",
        "references": ", ".join(sorted({cited[i] for i in figure.references if i in cited})),
    }


def _bounds(fact: Record) -> tuple[Decimal | None, Decimal | None]:
    """Return the bounds the gold gives; open above after ``>``, open below after ``<``."""
    quantity = fact["quantity"]
    value, comparator = quantity.get("value"), str(quantity.get("comparator") or "")
    low = quantity["min"] if quantity.get("min") is not None else value
    high = quantity["max"] if quantity.get("max") is not None else value
    if comparator.startswith(">"):
        high = None
    if comparator.startswith("<"):
        low = None
    return _decimal(low), _decimal(high)


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def same_claim(fact: Record, figure: Figure) -> bool:
    """Return whether value and measure of *figure* are those of the gold fact."""
    if figure.measure not in rules("evaluation")["measures"][fact["predicate"]]:
        return False
    low, high = _bounds(fact)
    lower, upper = figure.quantity.lower, figure.quantity.upper
    if figure.quantity.unit == "percent" and fact["quantity"].get("unit") != "percent":
        lower, upper = (None if b is None else b / 100 for b in (lower, upper))
    return (lower, upper) == (low, high)


def _right_fields(
    document: Converted, fact: Record, figure: Figure, cited: dict[int, str], subjects: Subjects
) -> Iterable[str]:
    quantity = fact["quantity"]
    if _right_population(document, fact, figure, subjects):
        yield "population"
    if _right_territory(document, fact, figure, subjects):
        yield "territory"
    date = quantity.get("date")
    if not is_dated(date) or (
        figure.period is not None and same_date(figure.period.edtf, str(date))
    ):
        yield "period"
    if _right_authority(document, fact, figure.authority, subjects):
        yield "authority"
    backing = {cited[index] for index in figure.references if index in cited}
    if backing == {str(reference) for reference in quantity.get("references") or ()}:
        yield "references"


def _right_territory(document: Converted, fact: Record, figure: Figure, subjects: Subjects) -> bool:
    """Return whether the same places are given; a camp or place that the fact is about may be.

    The gold does not repeat its subject: "Camp 9 held 300 men" has the camp for a subject, and
    no place; we say that the men were held in Camp 9.
    """
    places = {str(place) for place in fact["quantity"].get("place") or ()}
    ours = [subjects.of(document, place) for place in figure.territory]
    if str(fact["subject"]) not in places:
        ours = [found for found in ours if str(fact["subject"]) not in found]
    return len(ours) == len(places) and all(any(p in found for found in ours) for p in places)


def _right_population(
    document: Converted, fact: Record, figure: Figure, subjects: Subjects
) -> bool:
    """Return whether the same people (or things) are counted: the entity, or the wording."""
    entity = str(fact["subject"])
    if figure.population is not None and entity in subjects.of(document, figure.population):
        return True
    counted = str(fact["quantity"].get("counted") or "")
    ours = figure.population_text or (figure.population.name if figure.population else "")
    wordings = [counted, *subjects.labels.get(entity, ())]
    return any(same_wording(ours or figure.quantity.noun, wording) for wording in wordings)


def _right_authority(
    document: Converted, fact: Record, authority: Mention | None, subjects: Subjects
) -> bool:
    """Return whether the same agent is named as the source; a document's own author is none."""
    named = gold_authority(fact)
    if authority is None:
        return named is None
    return named is not None and named in subjects.of(document, authority)


def gold_authority(fact: Record) -> str | None:
    """Return the entity that the text names as the source of a fact, if it names one."""
    qualifiers = fact.get("qualifiers") or {}
    if qualifiers.get("attributionKind") == "documentAuthor":
        return None
    named = qualifiers.get("attributedTo")
    if isinstance(named, dict):
        named = named.get("entity")
    return str(named) if named else None
