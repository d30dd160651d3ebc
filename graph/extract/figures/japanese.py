"""What Japanese puts elsewhere: the topic in front, the verb last, 抑留されたのは as a subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ...resources import rules
from .views import FINITE, NOMINAL, SUBJECT, Count, Reading, Trigger, View

_REACH = 60
"""How far in front of a number its topic may stand, in characters."""

_OF_WHOLE = frozenset({NOMINAL, "noun", "relative"})
"""Readings of a whole: 収容者500人のうち, 帰還した500人のうち."""

_HELD = "interned"
"""The measure of nouns that only say who is counted if a verb goes on: 抑留者300人が移送された."""

_TOLD = frozenset({FINITE, "relative"})
"""Readings of a verb behind the number, or of one that modifies it: 亡くなった300人の抑留者."""

_CLEFT, _TOPIC, _VERB = 91, 79, 80
"""Scores, beside those of ``reading``: a topic loses to a verb right behind the number."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The expressions of ``rules/figures_ja.toml``."""

    cleft: re.Pattern[str]
    topic: re.Pattern[str]
    tells: re.Pattern[str]
    listed: re.Pattern[str]
    governed: re.Pattern[str]
    divided: re.Pattern[str]
    idle: re.Pattern[str]
    size: re.Pattern[str]
    ends: re.Pattern[str]
    stop: re.Pattern[str]
    number: re.Pattern[str]
    comparator: re.Pattern[str]
    part: re.Pattern[str]
    frames: tuple[tuple[str, float, re.Pattern[str], re.Pattern[str]], ...]


@cache
def _words() -> _Words:
    data = rules("figures_ja")
    own = data["structure"]
    return _Words(
        **{name: re.compile(own[name]) for name in _Words.__slots__ if name != "frames"},
        frames=tuple(
            (
                table["measure"],
                table.get("score", _VERB),
                re.compile(table["before"]),
                re.compile(table["behind"]),
            )
            for table in data["frame"]
        ),
    )


def whole_of(view: View, count: Count) -> Count | None:
    """Return the number that this one is a part of: 捕虜は500人で、うち将校30人."""
    earlier = [c for c in view.counts if c.end <= count.start]
    if not earlier or not _words().part.search(view.text[earlier[-1].end : count.start]):
        return None
    return earlier[-1]


def readings(view: View, count: Count, found: Sequence[Reading]) -> list[Reading]:
    """Return *found* without what Japanese word order rules out, and what it adds."""
    words = _words()
    tail = _tail(view, count)
    if words.idle.match(tail):
        return []
    if words.divided.match(tail):
        return [r for r in found if r.rule in _OF_WHOLE and _is_next_to(r, count)]
    told = {r.measure for r in found if r.rule in _TOLD} - {_HELD}
    if told:
        found = [r for r in found if r.rule != "noun" or r.measure != _HELD]
    if words.ends.match(tail):
        found = [r for r in found if r.trigger is None or r.trigger.start < count.end]
    kept = [r for r in found if not (_names_only(view, count, r) or _sizes(view, count, r))]
    return [*kept, *_clefts(view, count), *_topics(view, count), *_framed(view, count)]


def _is_next_to(reading: Reading, count: Count) -> bool:
    return reading.trigger is None or reading.trigger.end >= count.start - 4


def _names_only(view: View, count: Count, reading: Reading) -> bool:
    """Whether a noun in front only says who is counted: 抑留者のうち5万人が亡くなった."""
    trigger = reading.trigger
    if reading.rule != NOMINAL or trigger is None:
        return False
    gap = view.text[trigger.end : count.start]
    if _words().divided.match(gap):
        return True
    if gap or not _words().governed.match(_tail(view, count)):
        return False
    verb = next((t for t in view.of_kind(FINITE) if t.start >= count.end), None)
    return verb is not None and not _words().stop.search(view.text, count.end, verb.start)


def _sizes(view: View, count: Count, reading: Reading) -> bool:
    """Whether a reading rests on no more than how large the number is, or counts the sites."""
    if count.quantity.unit == "sites" and reading.rule == "noun":
        return True
    trigger, size = reading.trigger, _words().size.match(_tail(view, count))
    near = trigger is not None and count.start <= trigger.start <= count.end + 4
    return size is not None and near and reading.rule == FINITE


def _clefts(view: View, count: Count) -> Iterator[Reading]:
    """Yield what "those who …" in front says: 釈放されたのは72人."""
    start = max(0, count.start - _REACH)
    for match in _words().cleft.finditer(view.text, start, count.start):
        last: Trigger | None = None
        for trigger in view.of_kind(FINITE):
            if trigger.end <= match.end() and trigger.end >= match.start():
                last = trigger
        if last is not None and not _others(view, match.end(), count.start):
            yield _reading(view, last, _CLEFT, "cleft")


def _topics(view: View, count: Count) -> Iterator[Reading]:
    """Yield what the topic in front says: 死者は1946年に820人、1947年に310人."""
    words = _words()
    tail = _tail(view, count)
    if not (words.tells.match(tail) or words.listed.match(tail)):
        return
    for trigger in view.of_kind(NOMINAL, SUBJECT):
        if not 0 <= count.start - trigger.end <= _REACH:
            continue
        topic = words.topic.match(view.text, trigger.end)
        if topic is None or topic.end() > count.start:
            continue
        between = view.text[topic.end() : count.start]
        verbs = any(topic.end() <= t.start and t.end <= count.start for t in view.of_kind(FINITE))
        if not verbs and not words.stop.search(between):
            yield _reading(view, trigger, _TOPIC, "subject")


def _framed(view: View, count: Count) -> Iterator[Reading]:
    """Yield what words on both sides of the number say: 収容所には300人がいた."""
    text, start, tail = view.text, max(0, count.start - _REACH), _tail(view, count)
    for measure, score, before, behind in _words().frames:
        if behind.match(tail) and before.search(text[start : count.start]):
            yield Reading(measure, score, "around")


def _tail(view: View, count: Count) -> str:
    """Return the counter and what follows it, without "more than" and the like between them."""
    number = _words().number.match(view.text, count.start)
    return _words().comparator.sub("", view.text[number.end() if number else count.end :], 1)


def _others(view: View, start: int, end: int) -> bool:
    """Whether another number than a part ("148 officers among them") stands in the stretch."""
    between = [c for c in view.counts if start <= c.start and c.end < end]
    return any("含" not in view.text[c.end : end] for c in between)


def _reading(view: View, trigger: Trigger, score: float, rule: str) -> Reading:
    frame = view.rules.frames[trigger.frame]
    if frame.context and not frame.context.search(view.text):
        score = 0
    return Reading(frame.measure, score + min(frame.weight, 0) / 4, rule, trigger, trigger.frame)
