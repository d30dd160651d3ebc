"""Which numbers are parts of which: "347 (including 254 dead)", "of the 15 camps, 4 …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .views import FAR, Count, View
from .words import expression, words_of

_OPENING = ",;:(（—–-、，"
_INTRODUCED = re.compile(
    r"\b(?:and|or|including|whom|them|these|those|which|number|of|namely|were|are|while|whereas|и|или|также|них|которых"
    r"|числе|включая|было|были|und|oder|darunter|davon|ihnen)$|[のちは]$",
    re.IGNORECASE,
)
"""What stands in front of a part of which nothing but its kind is said."""

_OF_THESE = re.compile(r"\b[Oo]f (?:these|those) $")
_VERB_NEXT = re.compile(
    r" (?:had|have|has|were|was|are|died|perished|returned|remained|came|went|survived)\b"
)
"""A number between "of these" and a verb is the part: "Of these 90 had been freed"."""

_HAPPENED = re.compile(
    r" (?:fell|occurred|happened|took place) (?:in|between|during|on|before|after)\b"
)
"""A part of events: "of 90 deaths, 80 fell in the winter"."""

SHARES = frozenset({"share", "percent"})


@dataclass(frozen=True, slots=True)
class Sums:
    """The expressions of ``rules/figures.toml`` for one language."""

    whole_here: re.Pattern[str]
    whole_behind: re.Pattern[str]
    inclusive: re.Pattern[str]
    anaphora: re.Pattern[str]
    total: re.Pattern[str]
    kind: re.Pattern[str]


@cache
def sums(language: str) -> Sums:
    """Return the expressions of *language*; English ones for a language without rules."""
    own = words_of(language)
    keys = ("whole_here", "whole_behind", "inclusive", "anaphora", "total", "part_kind")
    return Sums(*(expression(own[key]) for key in keys))


def is_whole(view: View, count: Count) -> bool:
    """Whether the sentence says "of the 15 camps, …": a number there to be divided."""
    words = sums(view.language)
    if view.before(_OF_THESE, count.start) and _VERB_NEXT.match(view.text, count.end):
        return False
    return bool(
        view.before(words.whole_here, count.start)
        or words.whole_behind.match(view.text, count.end)
        or words.whole_behind.match(view.text, count.noun_end)
    )


def whole_of(view: View, count: Count) -> Count | None:
    """Return the number of the same sentence that this one is a part of."""
    before = [c for c in view.counts if c.end <= count.start]
    if not before:
        return None
    words = sums(view.language)
    if count.bracket is not None:
        outside = [c for c in before if c.bracket is None]
        inner = view.text[count.bracket[0] : count.start]
        if outside and words.inclusive.search(inner):
            return outside[-1]
        return None
    noun = view.text[count.noun_start : count.noun_end]
    if words.anaphora.match(noun) and before[-1].quantity.unit not in SHARES:
        return before[-1]
    outside = [c for c in reversed(before) if c.bracket is None and _larger(c, count)]
    for candidate in outside:
        gap = view.text[candidate.noun_end : count.start]
        if is_whole(view, candidate) or words.inclusive.search(gap):
            return candidate
    return None


def _larger(whole: Count, part: Count) -> bool:
    if whole.quantity.unit in SHARES:
        return False
    high = whole.quantity.lower or whole.quantity.upper or 0
    low = part.quantity.upper or part.quantity.lower or 0
    return part.quantity.unit in SHARES or high > low


def is_listed(view: View, count: Count, whole: Count | None) -> bool:
    """Whether nothing but its kind is said of the part: "of these, 15 were Finns"."""
    if whole is not None and is_whole(view, whole):
        return bool(_HAPPENED.match(view.text, count.noun_end))
    before = view.text[: count.start].rstrip()
    if before and before[-1] not in _OPENING and not _INTRODUCED.search(before):
        return False
    return bool(sums(view.language).kind.match(view.text, count.noun_end))


def is_part_of_earlier(view: View, count: Count) -> bool:
    """Whether the number is a part of one spoken of before: "Of these, …"."""
    words = sums(view.language)
    noun = view.text[count.noun_start : count.noun_end]
    return bool(view.before(words.anaphora, count.start, FAR) or words.anaphora.search(noun))
