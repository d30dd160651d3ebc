"""What stands for a number in its sentence: "the number of deaths was", "captured were"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...language.quantities.nouns import kind_of
from .views import FAR, FINITE, LOOSE, SUBJECT, Count, Reading, Trigger, View
from .words import expression, words_of

REACH = 160
"""How far from the number a verb may stand, in characters."""

_NEAR = 48
_MEANT = frozenset({"planned-transfer"})
"""Measures of what is meant to be; all others are of what was."""

_OUT_OF = re.compile(
    r"\d (?:dead|deaths|victims|fatalities) (?:among|out of)(?: the| some| about)* ?$"
)
"""What stands in front of the number of all, of whom some died."""
_CLAUSE = re.compile(r"[;:]|,\s(?:and|but|while|а|но)\s")
_ARTICLE = re.compile(r"\b(?:the|a|an|its|their)\b")
"""Opens another phrase: in "forces the number of prisoners", the number is not of forces."""
_ANOTHER_HEAD = re.compile(r"\b(?:an?|the) (?!number|total|toll|figure|estimate)[a-z]+ of ?$")
"""What the number is of, if not of what is in front: "a population of 90 and an area of 8"."""
_NUMBER_OF = re.compile(
    r"numbers? of (?:(?!(?:in|of|at|on|from|by|for|to|with|who|held)\b)[\w’-]+ ){0,4}?"
    r"([\w’-]+)(?: (?:already|now|then))? (?:is|was|were|are|ha[sd]|c[oa]mes?"
    r"|stood|stands|reached|rose|fell|grew|amounts?|amounted"
    r"|totals|totalled|exceed(?:s|ed)|increased|dropped|at)\b"
)
"""What the number is of: "the number of known graves is"."""
_APPOSED = re.compile(r",\s?$")


def numbered(view: View, count: Count) -> Iterator[Reading]:
    """Yield what it is the number of: "the number of deaths … was 300"."""
    head = None
    for match in view.rules.heads.finditer(view.plain, 0, count.start):
        head = match
    generic = expression(words_of(view.language)["generic"]).fullmatch(count.quantity.noun)
    open_ = generic or not count.quantity.noun
    bare = not count.quantity.noun and view.before(view.rules.again_bare, count.start)
    if bare or (open_ and view.before(view.rules.again, count.start, FAR)):
        yield Reading("", 74, "again")
    if head is None or count.start - head.start() > REACH or count.bracket:
        return
    region = view.plain[head.start() : count.start]
    if ";" in region or _OUT_OF.search(view.text, 0, count.start):
        return
    corrected = view.rules.correction.search(view.plain, max(0, head.start() - 16), count.start)
    if corrected:
        yield Reading("", 86, "correction")
    named = _NUMBER_OF.search(view.plain, head.start(), count.start)
    unit = view.rules.units.get(kind_of(named[1], view.language)) if named else None
    if unit is not None:
        yield Reading(unit, 75, "subject")
    start = max(0, head.start() - 12)
    found = [
        trigger
        for trigger in view.of_kind(SUBJECT, FINITE, LOOSE)
        if start <= trigger.start
        and trigger.end <= count.start
        and not _ARTICLE.search(view.text[trigger.end : head.start()])
    ]
    last = max((c.end for c in view.counts if c.end <= count.start), default=0)
    found.sort(key=lambda t: t.end < head.start())
    own = [t for t in found if t.start >= last and t.kind != FINITE]
    if not own and _ANOTHER_HEAD.search(view.plain, last, count.start):
        return
    for trigger in (own or found)[:1]:
        yield reading_of(view, trigger.frame, 73, "subject", trigger)


def led(view: View, count: Count) -> Iterator[Reading]:
    """Yield what the sentence opens with: "Of those captured, 90 were Finns"."""
    opening = view.rules.opening.match(view.text)
    if opening is None or opening.end() > count.start or count.bracket:
        return
    for trigger in view.of_kind(SUBJECT, LOOSE):
        if opening.start(1) <= trigger.start and trigger.end <= opening.end(1):
            yield reading_of(view, trigger.frame, 63, "lead", trigger)
            return


def equated(view: View, count: Count) -> Iterator[Reading]:
    """Yield what the subject of "numbered" or "reached" says: "those captured totalled 90"."""
    behind = view.rules.named_behind.match(view.text, count.noun_end)
    for trigger in view.of_kind(SUBJECT, LOOSE) if behind else ():
        if behind and behind.start(1) <= trigger.start and trigger.end <= behind.end(1):
            yield reading_of(view, trigger.frame, 78, "named behind", trigger)
    put = view.before(view.rules.put_at, count.start, FAR)
    verb = view.before(view.rules.equated, count.start)
    if view.rules.counted_off.match(view.text, count.end):
        verb = verb or view.before(_APPOSED, count.start)
    if (verb or put) is None or count.bracket:
        return
    end = put.end(1) if put else verb.start() if verb else 0
    start = max((m.end() for m in _CLAUSE.finditer(view.text, 0, end)), default=0)
    start = put.start(1) if put else start
    for trigger in view.of_kind(SUBJECT, LOOSE):
        if start <= trigger.start and trigger.end <= end:
            yield reading_of(view, trigger.frame, 72, "subject", trigger)
            return


def inverted(view: View, count: Count) -> Iterator[Reading]:
    """Yield what a participle in front of its verb says: "buried here are 90 men"."""
    for trigger in view.of_kind(LOOSE):
        near = 0 <= count.start - trigger.end <= _NEAR
        if near and view.rules.inverted.match(view.text[trigger.end : count.start].rstrip()):
            yield reading_of(view, trigger.frame, 79, "inverted", trigger)


def reading_of(view: View, index: int, score: float, rule: str, trigger: Trigger | None) -> Reading:
    """Return the reading of a frame, or one that never wins if its context is missing."""
    frame = view.rules.frames[index]
    if frame.context and not frame.context.search(view.text):
        score = 0
    if trigger and frame.measure not in _MEANT and _is_unreal(view, trigger):
        score = 0
    return Reading(frame.measure, score + frame.weight, rule, trigger, index)


def _is_unreal(view: View, trigger: Trigger) -> bool:
    """Whether what the word tells was only wanted or announced: "promised to be freed"."""
    if view.before(view.rules.unreal, trigger.start):
        return True
    ahead = view.rules.future.search(view.text, 0, trigger.start)
    near = view.before(view.rules.future, trigger.start) or view.rules.future.search(
        view.text[trigger.start : trigger.end]
    )
    return bool(ahead and near and view.rules.promised.search(view.text, 0, trigger.start))
