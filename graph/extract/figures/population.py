"""Of whom a number is said to hold: the group, if one is named, and the words for it."""

from __future__ import annotations

import re

from ...model import EntityKind, Mention
from .reading import Reading
from .scope import PHRASE, STOP, Scope, scope_words
from .views import FINITE, LOOSE, Count, View

_RIGHT_BEHIND = 12
_OPEN = ("of", "for", "on", "with")
_CONTENTS = frozenset(
    {"names-listed", "records-held", "remains-recovered", "remains-interred", "unit-size"}
)
"""Measures of what holds the counted: "the names of 300 men", "a company of 180 men"."""
_RELATIVE = re.compile(r"\s+(?:who|whom|that|which)\b", re.IGNORECASE)
_LISTED = re.compile(r",\s(?:and\s|or\s)?[\w’'-]+(?=,|\s(?:and|or|of)\b)")
_LOOSE_END = re.compile(
    r"(?:\s(?:and|or|и|или|und|oder|that|что|dass|in|on|by|of|at|from|since|until|during|among|to"
    r"|for|with|в|на|с|к|от|до|im|am|von|bis|seit|the|a))+$"
)
_KINDS = {
    "camps": frozenset({EntityKind.CAMP}),
    "sites": frozenset({EntityKind.PLACE, EntityKind.CAMP}),
    "associations": frozenset({EntityKind.ORGANISATION, EntityKind.GROUP}),
    "memoirs": frozenset({EntityKind.WORK}),
    "works": frozenset({EntityKind.WORK}),
}
"""What the things of a unit are called when they have a name of their own."""


def population(view: View, count: Count) -> Mention | None:
    """Return the group whose members are counted, if the sentence names it."""
    unit = count.quantity.unit
    kinds = _KINDS.get(unit, frozenset({EntityKind.GROUP}))
    groups = [n for n in view.names if n.mention.kind in kinds]
    inside = [n for n in groups if n.start < count.noun_end and n.end > count.noun_start]
    if count.noun_end > count.noun_start and inside:
        return max(inside, key=lambda n: n.end - n.start).mention
    if view.rules.units.get(unit):
        return None
    before = [n for n in groups if n.end <= count.start]
    noun = view.text[count.noun_start : count.noun_end]
    pronoun = scope_words(view.language).anaphora.match(noun)
    if before and (not noun or pronoun or is_generic(noun, view.language)):
        return before[-1].mention
    after = [n for n in groups if n.start >= count.noun_end]
    near = after and after[0].start - count.noun_end <= _RIGHT_BEHIND
    return after[0].mention if near else None


def is_generic(noun: str, language: str) -> bool:
    """Whether a noun leaves open who is counted: persons, men, prisoners."""
    words = scope_words(language)
    return bool(words.generic.fullmatch(noun) or words.anaphora.match(noun))


def are_captives(name: str, language: str) -> bool:
    """Whether the name of a group ends in a word for captives or soldiers."""
    return bool(scope_words(language).captives.search(name))


def description(view: View, count: Count, reading: Reading) -> str:
    """Return the words that say what is counted, with what restricts them."""
    words = scope_words(view.language)
    trigger, noun = reading.trigger, view.text[count.noun_start : count.noun_end]
    if reading.rule == "legend" or (not count.quantity.noun and view.ends_in_colon(count.start)):
        return _label(view, count)
    if count.bracket is not None and reading.rule in {"behind brackets", "before brackets"}:
        start = max((m.end() for m in STOP.finditer(view.text, 0, count.bracket[0])), default=0)
        return _tidy(view.text[start : count.bracket[0]])
    if trigger is not None and reading.rule == "subject" and _is_first(view, count, reading):
        heads = view.rules.heads.finditer(view.text, 0, trigger.end)
        start = max((m.start() for m in heads), default=trigger.start)
        copula = words.copula.search(view.text, trigger.end, count.start)
        return _tidy(view.text[start : copula.start() if copula else trigger.end])
    if not noun or words.anaphora.match(noun):
        return ""
    phrase = _tidy(view.text[count.noun_start : _description_end(view, count, words)])
    if trigger is None:
        return phrase
    said = " ".join(view.text[trigger.start : trigger.end].split())
    if reading.rule == "transitive" and reading.measure in _CONTENTS and said.endswith(_OPEN):
        return f"{said} {phrase}"
    if reading.rule == "transitive" and is_generic(noun, view.language):
        return _held_in(view, count, reading) or phrase
    if reading.rule in {FINITE, "company"} and words.who:
        return f"{phrase} {words.who} {said}"
    return phrase


def _held_in(view: View, count: Count, reading: Reading) -> str:
    """Return "persons housed in 49 camps" for "49 camps housed 500 persons"."""
    trigger = reading.trigger
    if trigger is None or reading.measure != "interned":
        return ""
    held = view.text[trigger.start : trigger.end]
    camps = [n for n in view.names if n.mention.kind is EntityKind.CAMP and n.end <= trigger.start]
    if not camps or not scope_words(view.language).holding.fullmatch(held):
        return ""
    camp = max(camps, key=lambda n: (n.end, n.end - n.start))
    return f"{view.text[count.noun_start : count.noun_end]} {held} in {camp.mention.name}"


def _is_first(view: View, count: Count, reading: Reading) -> bool:
    """Whether no other number stands between the word that gives the measure and this one."""
    start = reading.trigger.start if reading.trigger else 0
    return not any(c.start < count.start and c.end > start - PHRASE for c in view.counts)


def _label(view: View, count: Count) -> str:
    """Return what stands in front of the colon of a legend, without symbols and additions."""
    before = view.text[: count.start].rstrip().rstrip(":：")
    start = max((m.end() for m in re.finditer(r"[.!?。]\s", before)), default=0)
    cut = scope_words(view.language).legend_cut.search(before, start + 2)
    return _tidy(before[start : cut.start() if cut else len(before)])


def _description_end(view: View, count: Count, words: Scope) -> int:
    loose = any(count.noun_end < t.start <= count.noun_end + 2 for t in view.of_kind(LOOSE))
    if not loose and not words.continuation.match(view.text, count.noun_end):
        return count.noun_end
    limit = min(len(view.text), count.noun_end + PHRASE)
    relative = _RELATIVE.match(view.text, count.noun_end)
    position = relative.end() if relative else count.noun_end
    while stop := STOP.search(view.text, position, limit):
        listed = _LISTED.match(view.text, stop.start())
        if listed is None or relative:
            limit = stop.start()
            break
        position = listed.end()
    others = [c.start for c in view.counts if c.start >= count.noun_end]
    others += [d.start for d in view.dates if d.start >= count.noun_end]
    stops = [m.start() for m in words.description_stop.finditer(view.text, position, limit)]
    if not relative:
        stops += [t.start for t in view.of_kind(FINITE) if t.start >= count.noun_end]
        verb = words.verb.search(view.text, position, limit)
        who = _RELATIVE.search(view.text, position, limit)
        if verb and not (who and who.start() < verb.start()):
            stops.append(verb.start())
        elif who:
            stops = [s for s in stops if s < who.start()]
    return min([limit, *others, *stops])


def _tidy(text: str) -> str:
    """Return *text* on one line, without symbols at its ends."""
    tidy = re.sub(r"^[\W_]+|[\W_]+$", "", " ".join(text.split()))
    return _LOOSE_END.sub("", tidy)
