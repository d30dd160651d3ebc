"""Of whom, where and when a number is said to hold, by its own sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ...language.labelled import spaced
from ...model import EntityKind, Mention
from ...resources import rules
from .reading import Reading
from .views import FINITE, Count, Dated, Named, View

PHRASE = 140
"""Longest description of what is counted, in characters."""

_PLACES = frozenset({EntityKind.PLACE, EntityKind.CAMP})
_RELATIVE = re.compile(r"\s+(?:who|whom|that|which)\b", re.IGNORECASE)
_STOP = re.compile(r"[,;:()（）。、—]|\.(?!\d)|\s[–-]\s")


@dataclass(frozen=True, slots=True)
class Scope:
    """The expressions of ``rules/figures.toml`` for one language."""

    inside: re.Pattern[str]
    at: re.Pattern[str]
    to: re.Pattern[str]
    construction: re.Pattern[str]
    behind: re.Pattern[str]
    series: re.Pattern[str]
    apposition: re.Pattern[str]
    embedding: re.Pattern[str]
    verb: re.Pattern[str]
    anaphora: re.Pattern[str]
    continues: re.Pattern[str]


@cache
def scope_words(language: str) -> Scope:
    """Return the expressions of *language*; English ones for a language without rules."""
    own = words_of(language)
    names = {
        "inside": "within", "at": "in", "to": "to", "construction": "construction",
        "behind": "behind", "series": "series", "apposition": "apposition",
        "embedding": "embedding", "verb": "verb", "anaphora": "anaphora", "continues": "continues",
    }  # fmt: skip
    return Scope(**{field: expression(own.get(key, "(?!)")) for field, key in names.items()})


def words_of(language: str) -> dict[str, Any]:
    """Return the raw rules of *language*; English ones for a language without rules."""
    data = rules("figures")
    found: dict[str, Any] = data.get(language) or data["en"]
    return found


def expression(text: str) -> re.Pattern[str]:
    """Return a compiled expression in which a space stands for any white space."""
    return re.compile(spaced(text) if text else "(?!)", re.IGNORECASE)


def refers_back(view: View, count: Count) -> bool:
    """Whether the number is of people spoken of before: "of them", "in addition"."""
    words = scope_words(view.language)
    before = view.text[: count.start]
    return bool(
        words.continues.search(view.text)
        or words.anaphora.search(before)
        or words.anaphora.match(view.text[count.noun_start : count.noun_end])
    )


def population(view: View, count: Count) -> Mention | None:
    """Return the group whose members are counted, if the sentence names it."""
    groups = [n for n in view.names if n.mention.kind is EntityKind.GROUP]
    inside = [n for n in groups if n.start < count.noun_end and n.end > count.noun_start]
    if count.noun_end > count.noun_start and inside:
        return max(inside, key=lambda n: n.end - n.start).mention
    if view.rules.units.get(count.quantity.unit):
        return None
    before = [n for n in groups if n.end <= count.start]
    if before:
        return before[-1].mention
    after = [n for n in groups if n.start >= count.noun_end]
    near = after and not _STOP.search(view.text[count.noun_end : after[0].start])
    return after[0].mention if near else None


def description(view: View, count: Count) -> str:
    """Return the words that say what is counted, with what restricts them."""
    if count.noun_end == count.noun_start:
        return ""
    limit = min(len(view.text), count.noun_end + PHRASE)
    relative = _RELATIVE.match(view.text, count.noun_end)
    start = relative.end() if relative else count.noun_end
    stop = _STOP.search(view.text, start, limit)
    limit = stop.start() if stop else limit
    if not relative:
        verbs = [t.start for t in view.of_kind(FINITE) if t.start >= count.noun_end]
        verb = scope_words(view.language).verb.search(view.text, count.noun_end, limit)
        limit = min([limit, *verbs, *([verb.start()] if verb else [])])
    others = [c.start for c in view.counts if c.start >= count.noun_end]
    limit = min([limit, *others])
    return " ".join(view.text[count.noun_start : limit].split()).strip(" ,;")


def territory(view: View, count: Count, reading: Reading) -> tuple[Mention, ...]:
    """Return the places where the number is said to hold, if the sentence places it."""
    places = _outermost([n for n in view.names if n.mention.kind in _PLACES])
    words = scope_words(view.language)
    found: list[Named] = []
    last: Named | None = None
    for place in places:
        if last is not None and words.series.match(view.text[last.end : place.start]):
            if last in found:
                found.append(place)
        elif not _in_apposition(view, last, place) and _placed(view, count, place, reading):
            found.append(place)
        last = place
    behind = [p for p in found if p.start >= count.noun_end]
    return tuple(p.mention for p in (behind or found))


def _in_apposition(view: View, last: Named | None, place: Named) -> bool:
    """Whether the place only says where the one before it lies: "Kansk, Krasnoyarsk Krai"."""
    if last is None:
        return False
    return bool(scope_words(view.language).apposition.match(view.text[last.end : place.start]))


def _outermost(places: list[Named]) -> list[Named]:
    """Return the places that lie in no other: a camp named after a town is one place."""
    kept: list[Named] = []
    for place in sorted(places, key=lambda n: (n.start, -n.end)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def _placed(view: View, count: Count, place: Named, reading: Reading) -> bool:
    """Whether a preposition puts the number, and nothing nearer, in this place."""
    words = scope_words(view.language)
    if count.bracket is not None:
        if count.bracket[0] < place.start < count.bracket[1]:
            return bool(words.at.search(view.text[: place.start]))
        gap = view.text[place.end : count.bracket[0]].strip()
        return not gap and count.bracket[0] >= place.end
    before = view.text[: place.start]
    frame = view.rules.frames[reading.frame] if reading.frame >= 0 else None
    leads_to = frame is not None and frame.territory == "to"
    if place.start >= count.noun_end:
        return _placed_behind(view, count, place, leads_to)
    if view.rules.boundary.search(view.text, place.end, count.start) and not _leading(view, place):
        return False
    if any(place.end <= c.start < count.start for c in view.counts if c.bracket is None):
        return _leading(view, place)
    if frame is not None and frame.territory == "left":
        return True
    if view.language == "ja":
        return bool(words.behind.match(view.text[place.end :]))
    return bool(words.at.search(before) or words.inside.search(before)) and (
        _leading(view, place) or not _embedded(view, 0, place)
    )


def _leading(view: View, place: Named) -> bool:
    """Whether the place opens the sentence: "In Kazakhstan, …"."""
    return place.start <= 24 and bool(re.match(r"\s*,", view.text[place.end :]))


def _placed_behind(view: View, count: Count, place: Named, leads_to: bool) -> bool:
    words = scope_words(view.language)
    between = view.plain[count.noun_end : place.start]
    if place.start - count.noun_end > PHRASE or _STOP.search(between.replace(",", "")):
        return False
    if view.plain[place.start : place.end].isspace():
        return False
    if view.language == "ja":
        return bool(words.behind.match(view.text[place.end :]))
    if any(count.noun_end <= c.start < place.start for c in view.counts):
        return False
    if words.inside.search(between) or words.construction.search(between):
        return True
    prepositions = (words.at, words.to) if leads_to else (words.at,)
    if not any(p.search(between) for p in prepositions):
        return False
    return not _embedded(view, count.noun_end, place)


def _embedded(view: View, start: int, place: Named) -> bool:
    """Whether the place belongs to another noun: "prisoners of camps in Siberia"."""
    words = scope_words(view.language)
    between = view.plain[start : place.start]
    verbs = [m.end() for m in words.verb.finditer(between)]
    verbs += [t.end - start for t in view.triggers if start <= t.start and t.end <= place.start]
    return bool(words.embedding.search(between, max(verbs, default=0)))


def period(view: View, count: Count) -> Dated | None:
    """Return the date that the sentence gives the number."""
    dates = [d for d in view.dates if _visible(view, count, d)]
    behind = [d for d in dates if d.start >= count.end and _same_clause(view, count, d)]
    if behind and not any(count.noun_end <= c.start < behind[0].start for c in _main(view, count)):
        return behind[0]
    before = [
        d for d in dates if d.end <= count.start and ";" not in view.text[d.end : count.start]
    ]
    if before:
        return before[-1]
    return behind[0] if behind else None


def _main(view: View, count: Count) -> list[Count]:
    return [c for c in view.counts if c is not count and c.bracket == count.bracket]


def _visible(view: View, count: Count, date: Dated) -> bool:
    """Whether a date may be of this number: not one in somebody else's brackets."""
    inside = view.plain[date.start : date.end].isspace()
    if count.bracket is None:
        return not inside
    return not inside or count.bracket[0] < date.start < count.bracket[1]


def _same_clause(view: View, count: Count, date: Dated) -> bool:
    between = view.plain[count.noun_end : date.start]
    return not view.rules.boundary.search(between)
