"""Which measure a number has: the strongest of the words around it decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...language.quantities.nouns import DURATIONS, kind_of
from ...model import Comparator
from . import japanese
from .labels import labelled
from .reach import OUT_OF, PERSONS, behind
from .subjects import REACH, equated, inverted, led, numbered, reading_of
from .sums import SHARES, is_whole
from .views import (
    FAR,
    FINITE,
    LOOSE,
    NOMINAL,
    SUBJECT,
    TRANSITIVE,
    Count,
    Reading,
    Trigger,
    View,
)

__all__ = ["PERSONS", "Reading", "read"]

_LEAST = 45.0
_NEXT = re.compile(r"[\s-]{1,2}([^\W\d_]+)")
_ANAPHORIC = re.compile(
    r"\b(?:[Tt]he|[Tt]hese|[Tt]hose|[Bb]oth|[Oo]ur|[Tt]heir|[Ii]ts|эти|этих|diese|die beiden)\s$"
)
_OR = re.compile(r"\s+(?:or|или|oder)\s+")
_RESUMED = 14
"""What a verb gains behind the comma that ends a relative clause: "90 men who lived, sailed"."""
_ADJOINED = re.compile(r"\W{0,2}(?:(?:already|later|then|since|still|subsequently)\s)?")
_NEW_SUBJECT = re.compile(r"[;:]|\b(?:they|he|she|it|who|which|that|as|when|where|and|but|while)\b")
_SHORT = 12
_MORE_OF_NOUN = 24
"""How far behind the noun a longer name of it may end: "dead and missing"."""

_OF_NOUN = re.compile(r"\s(?:of|from|in)\s(?:(?!was|were|had|have|are|is)[\w’'-]+\s){1,6}")
_TAKEN = re.compile(r"[^.;:\d]{0,60}(?:\bof (?:which|these|them|those)|из (?:них|которых)) ")
_DIGIT = re.compile(r"\d")
_WITH_THINGS = re.compile(
    r"\s\d[\d,.]*\s(?!men\b|people\b|prisoners\b|women\b|officers\b)[a-z-]+"
    r"(?:,?\sand|\sas well as)$"
)
"""Things that a verb has for an object beside people: "seized 12 boats and 90 men"."""


def read(view: View, count: Count, *, alone: bool = False) -> Reading | None:
    """Return the measure of a number by its own sentence, or None if nothing says it.

    A reading with an empty measure has that of an earlier number; with *alone* there is none.
    """
    unit = count.quantity.unit
    if unit in SHARES:
        return _share(view, count)
    if (part := _part_of_things(view, count)) is not None:
        return part
    readings = list(_by_noun(view, count))
    if unit in view.rules.units:
        if view.before(_ANAPHORIC, count.start, _SHORT) and _is_small(count):
            return None
        readings.append(Reading(view.rules.units[unit], 90, "unit"))
        readings += [r for r in _governed(view, count) if r.measure in _OF_THINGS]
    elif unit in PERSONS and not _counts_unknown(view, count):
        readings += _governed(view, count)
        readings += _relative(view, count)
        readings += _followed(view, count)
        readings += _preceded(view, count)
        readings += _accompanied(view, count)
        readings += inverted(view, count)
        readings += numbered(view, count)
        readings += equated(view, count)
        readings += led(view, count)
        readings += _bracketed(view, count)
        readings += _weakly(view, count)
        readings += labelled(view, count)
        readings += _described(view, count)
    if view.language == "ja" and unit not in DURATIONS:
        readings = japanese.readings(view, count, readings)
        whole = japanese.whole_of(view, count)
        if whole is not None and (reading := read(view, whole)) is not None:
            readings.append(replace(reading, score=min(reading.score, 61), rule="part"))
    open_ = (r for r in readings if r.measure or not alone)
    best = max(open_, key=lambda r: r.score, default=None)
    return best if best is not None and best.score >= _threshold(count) else None


_WHO = frozenset(
    {"transferred", "repatriated", "released", "remaining", "convicted", "captured", "other"}
)
"""Measures whose nouns only say who is counted if a verb goes on: "90 deportees died"."""

_OF_LISTS = frozenset({"registered", "names-listed"})
"""Measures that a participle in front of a noun does not give: "90 registered men" were held."""

_OF_THINGS = frozenset({"certificates-issued"})


def _part_of_things(view: View, count: Count) -> Reading | None:
    """Return the measure of the things that a bare number takes some of: "17 camps, of which 6"."""
    whole = next((c for c in reversed(view.counts) if c.noun_end <= count.start), None)
    if whole is None or count.quantity.unit or count.quantity.noun:
        return None
    measure = view.rules.units.get(whole.quantity.unit)
    taken = _TAKEN.fullmatch(view.text, whole.noun_end, count.start)
    return Reading(measure, 80, "part") if measure and taken else None


def _threshold(count: Count) -> float:
    """Return the least score: a bare number with no noun needs a nearer word."""
    return _LEAST if count.quantity.unit else 62.0


def _counts_unknown(view: View, count: Count) -> bool:
    """Whether a noun that no list has follows the number: "2 hectares" are no persons."""
    if count.quantity.unit or count.quantity.noun:
        return False
    word = _NEXT.match(view.text, count.end)
    if word is None or any(t.start == word.start(1) for t in view.triggers):
        return False
    unknown = kind_of(word[1], view.language) == "?" and view.language != "ja"
    return unknown and (word[1].endswith("s") or view.language in {"ru", "de"})


def _share(view: View, count: Count) -> Reading | None:
    """Return a share of people or camps, "half of them", and of nothing else."""
    if count.quantity.noun or view.before(view.rules.whole, count.start, FAR):
        return Reading("population-share", 80, "share")
    following = next((c for c in view.counts if c.start > count.end), None)
    if following and view.rules.partitive_gap.fullmatch(view.text[count.end : following.start]):
        return Reading("population-share", 80, "share")
    text = view.text
    if view.rules.share_of.match(text, count.end) or view.rules.share_verb.match(text, count.end):
        return Reading("population-share", 78, "share")
    if _is_beside_people(view, count):
        return Reading("population-share", 77, "share")
    if any(c.end < count.start and is_whole(view, c) for c in view.counts):
        return Reading("population-share", 76, "share")
    last = next((c for c in reversed(view.counts) if c.end <= count.start), None)
    if last is not None and last.quantity.unit == "percent" == count.quantity.unit:
        before = _share(view, last)
        between = view.text[last.end : count.start]
        if before is not None and ";" not in between:
            return replace(before, score=60, rule="part")
    clause = view.text[max(0, count.start - REACH) : count.start]
    if not count.bracket and view.rules.rate.search(clause):
        return Reading("population-share", 75, "rate")
    return None


def _is_beside_people(view: View, count: Count) -> bool:
    """Whether a percentage in brackets stands behind a number of people: "90 men (over 8%)"."""
    if count.bracket is None:
        return False
    last = next((c for c in reversed(view.counts) if c.end <= count.bracket[0]), None)
    near = last is not None and not view.text[last.noun_end : count.bracket[0]].strip()
    return near and last is not None and last.quantity.unit in PERSONS


def _by_noun(view: View, count: Count) -> Iterator[Reading]:
    """Yield what the noun counted says: "300 dead"."""
    if count.quantity.unit == "items":
        return
    length = count.noun_end - count.noun_start
    if not length or (view.before(_ANAPHORIC, count.start, _SHORT) and _is_small(count)):
        return
    stretch = view.text[count.noun_start : count.noun_end + _MORE_OF_NOUN]
    for start, end, frames in view.rules.nouns.scan(stretch):
        at_end = end >= length
        if start < length and (at_end or view.language in {"ja", "ru"}):
            score = 97 if end > length else 96 if at_end else 75 if view.language == "ru" else 95
            for frame in frames:
                yield reading_of(view, frame, score - _less_sure(view, count, frame), "noun", None)


def _less_sure(view: View, count: Count, frame: int) -> int:
    """Return what a noun is less sure to tell if it only says who is counted."""
    measure = view.rules.frames[frame].measure
    if measure == "other" and not view.rules.relative.match(view.text, count.noun_end):
        return 30
    return 17 if measure in _WHO else 0


def _is_small(count: Count) -> bool:
    """Whether the number is one of a few that "the two" may point back at."""
    return count.quantity.comparator is Comparator.EXACTLY and (count.quantity.upper or 0) <= 10


def _governed(view: View, count: Count) -> Iterator[Reading]:
    """Yield what the word right in front says: "freeing 300", "the death of 300"."""
    for trigger in view.of_kind(TRANSITIVE, NOMINAL):
        if trigger.end > count.start or count.start - trigger.end > REACH:
            continue
        gap = view.text[trigger.end : count.start].rstrip()
        gap = _WITH_THINGS.sub("", gap) if trigger.kind == TRANSITIVE else gap
        if not view.rules.filler.fullmatch(gap):
            continue
        frame = view.rules.frames[trigger.frame]
        if frame.following and not frame.following.search(view.text[count.end :]):
            continue
        yield reading_of(view, trigger.frame, 100, trigger.kind, trigger)


def _relative(view: View, count: Count) -> Iterator[Reading]:
    """Yield what a Japanese clause in front says: 抑留された者は約60万人."""
    for trigger in view.of_kind(FINITE):
        if 0 <= count.start - trigger.end <= REACH // 4:
            gap = view.text[trigger.end : count.start]
            if view.rules.nominalised.fullmatch(gap):
                yield reading_of(view, trigger.frame, 90, "relative", trigger)


def _followed(view: View, count: Count) -> Iterator[Reading]:
    """Yield what the verb behind says: "300 men died", "300 were later freed"."""
    text, limit = behind(view, count)
    divided = _is_divided(view, count)
    aside = _said_of_whole(view, count)
    after = text[count.noun_end :]
    for trigger in view.of_kind(FINITE, LOOSE):
        if trigger.start == aside:
            continue
        if trigger.start < count.noun_end or trigger.end > limit:
            continue
        if text[trigger.start : trigger.end].isspace() or _governs_another(view, count, trigger):
            continue
        if _is_one_of_two(view, trigger):
            continue
        between = text[count.noun_end : trigger.start]
        near = bool(_ADJOINED.fullmatch(between)) and not _is_description(view, trigger, limit)
        near = near or (divided and trigger.kind == LOOSE and _is_of_noun(view, between, trigger))
        adjoined = near and trigger.kind == LOOSE and not view.rules.both_sides
        if trigger.kind == LOOSE and _is_beyond(view, count, trigger):
            continue
        beyond = view.rules.both_sides and "," in between.lstrip(", ")
        if divided and not adjoined and (beyond or not view.rules.relative.match(after)):
            continue
        if trigger.kind == FINITE:
            resumed = between.endswith(", ") and view.rules.relative.match(after)
            score = 82 - len(between) / 8 + (_RESUMED if resumed else 0)
            yield reading_of(view, trigger.frame, min(82, score), FINITE, trigger)
        else:
            score = (76 if near else 60) - len(between) / 8
            yield reading_of(view, trigger.frame, score, LOOSE, trigger)


def _is_description(view: View, trigger: Trigger, limit: int) -> bool:
    """Whether a participle only tells which men a verb goes on of: "90 men caught there died"."""
    for verb in view.of_kind(FINITE):
        if trigger.end < verb.start < limit:
            return not _NEW_SUBJECT.search(view.text, trigger.end, verb.start)
    return False


def _said_of_whole(view: View, count: Count) -> int:
    """Return where the verb begins that is said of the whole only: "9 of the 90 who fled died"."""
    whole = next((c for c in view.counts if c.start >= count.end), None)
    if whole is None or not view.rules.partitive_gap.fullmatch(view.text[count.end : whole.start]):
        return -1
    if not view.rules.relative.match(view.text[whole.noun_end :]):
        return -1
    verbs = (t.start for t in view.of_kind(FINITE) if t.start >= whole.noun_end)
    return next(verbs, -1)


def _is_of_noun(view: View, between: str, trigger: Trigger) -> bool:
    """Whether the participle belongs to the noun: "of the 90 men of the Second Army captured, "."""
    closed = view.text[trigger.end : trigger.end + 4].lstrip().startswith((",", "in", "at", "by"))
    return closed and bool(_OF_NOUN.fullmatch(between))


def _is_beyond(view: View, count: Count, trigger: Trigger) -> bool:
    """Whether another number with a noun of its own is nearer to the participle."""
    between = [c for c in view.counts if count.noun_end <= c.start and c.end <= trigger.start]
    if between and view.rules.conjunction.match(view.text[count.noun_end : between[0].start]):
        between = between[1:]
    return any(c.quantity.noun and c.bracket == count.bracket for c in between)


def _is_one_of_two(view: View, trigger: Trigger) -> bool:
    """Whether "or" joins another measure to this one: "killed or captured" is neither."""
    measure = view.rules.frames[trigger.frame].measure
    for other in view.of_kind(FINITE, LOOSE):
        first, second = sorted((trigger, other), key=lambda t: t.start)
        gap = view.text[first.end : second.start]
        if view.rules.frames[other.frame].measure != measure and _OR.fullmatch(gap):
            return True
    return False


def _is_divided(view: View, count: Count) -> bool:
    """Whether what follows is said of a part only: "most of the 300", "of the 300, 20 died"."""
    if view.before(view.rules.partitive, count.start) or is_whole(view, count):
        return True
    previous = [c for c in view.counts if c.end <= count.start]
    gap = view.text[previous[-1].end : count.start] if previous else ""
    out_of = previous and OUT_OF.fullmatch(view.text, previous[-1].noun_end, count.start)
    return bool(out_of or (gap.strip() and view.rules.partitive_gap.fullmatch(gap)))


def _governs_another(view: View, count: Count, trigger: Trigger) -> bool:
    """Whether the word has a later number for its object: "30,000 men captured 2,000"."""
    for other in view.counts:
        if other.start >= trigger.end and trigger.kind == LOOSE:
            return bool(view.rules.filler.fullmatch(view.text[trigger.end : other.start].rstrip()))
    return False


def _preceded(view: View, count: Count) -> Iterator[Reading]:
    """Yield what a verb in front says, in Russian and German: "погибло 300 человек"."""
    if not view.rules.both_sides or count.bracket or is_whole(view, count):
        return
    for trigger in view.of_kind(FINITE, LOOSE):
        distance = count.start - trigger.end
        if not 0 <= distance <= REACH // 2:
            continue
        between = view.rules.parenthesis.sub(" ", view.plain[trigger.end : count.start] + ",")
        between = between.removesuffix(",")
        if view.rules.boundary.search(between) or "," in between or _DIGIT.search(between):
            continue
        yield reading_of(view, trigger.frame, 81 - distance / 8, "verb in front", trigger)


def _accompanied(view: View, count: Count) -> Iterator[Reading]:
    """Yield what the clause says of whom they were with: "he sailed, with 2,000 others"."""
    if not view.before(view.rules.company, count.start):
        return
    last = [t for t in view.of_kind(FINITE) if t.end <= count.start]
    if last:
        yield reading_of(view, last[-1].frame, 66, "company", last[-1])


def _bracketed(view: View, count: Count) -> Iterator[Reading]:
    """Yield what the clause around says: "Many went to the mines (about 300 men)"."""
    if count.bracket is None:
        return
    opening, closing = count.bracket
    first = all(
        c is count or c.bracket != count.bracket or c.start > count.start for c in view.counts
    )
    if not first:
        return
    for trigger in view.of_kind(FINITE, LOOSE):
        reach = 24 if trigger.kind == FINITE else 1
        if closing <= trigger.start <= closing + reach:
            yield reading_of(view, trigger.frame, 71, "behind brackets", trigger)
    last = None
    for trigger in view.of_kind(FINITE, LOOSE, SUBJECT):
        in_front = opening - REACH <= trigger.start and trigger.end <= opening
        if in_front and not view.rules.boundary.search(view.plain, trigger.end, opening):
            last = trigger
    if last is not None:
        yield reading_of(view, last.frame, 66, "before brackets", last)


def _described(view: View, count: Count) -> Iterator[Reading]:
    """Yield what a participle in front of the noun says: "90 deported Poles"."""
    for trigger in view.of_kind(LOOSE):
        inside = count.noun_start <= trigger.start and trigger.end < count.noun_end
        if inside and view.rules.frames[trigger.frame].measure not in _OF_LISTS:
            yield reading_of(view, trigger.frame, 57, "attribute", trigger)


def _weakly(view: View, count: Count) -> Iterator[Reading]:
    """Yield what the noun alone suggests: troops are a strength, prisoners were held."""
    noun = view.text[count.noun_start : count.noun_end]
    for _, end, frames in view.rules.weak_nouns.scan(noun):
        for index in frames:
            condition = view.rules.frames[index].weak_before
            if condition is None or view.before(condition, count.start):
                yield reading_of(view, index, 50 + end / 100, "noun alone", None)
