"""Which numbers are parts of which: "347 (including 254 dead)", "of the 15 camps, 4 …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .scope import expression, words_of
from .views import Count, View


@dataclass(frozen=True, slots=True)
class Sums:
    """The expressions of ``rules/figures.toml`` for one language."""

    whole_here: re.Pattern[str]
    inclusive: re.Pattern[str]
    anaphora: re.Pattern[str]
    total: re.Pattern[str]


@cache
def sums(language: str) -> Sums:
    """Return the expressions of *language*; English ones for a language without rules."""
    own = words_of(language)
    return Sums(*(expression(own[key]) for key in ("whole_here", "inclusive", "anaphora", "total")))


def is_whole(view: View, count: Count) -> bool:
    """Whether the sentence says "of the 15 camps, …": a number there to be divided."""
    return bool(sums(view.language).whole_here.search(view.text[: count.start]))


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
    for candidate in reversed(before):
        if candidate.bracket is None and is_whole(view, candidate):
            return candidate
    previous = next((c for c in reversed(before) if c.bracket is None), None)
    if previous is None:
        return None
    gap = view.text[previous.noun_end : count.start]
    larger = (previous.quantity.lower or previous.quantity.upper or 0) > (
        count.quantity.upper or count.quantity.lower or 0
    )
    return previous if larger and words.inclusive.search(gap) else None


def is_part_of_earlier(view: View, count: Count) -> bool:
    """Whether the number is a part of one in the sentence before: "Of these, …"."""
    words = sums(view.language)
    noun = view.text[count.noun_start : count.noun_end]
    return bool(words.anaphora.search(view.text[: count.start]) or words.anaphora.search(noun))
