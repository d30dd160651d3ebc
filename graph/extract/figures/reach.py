"""How far behind a number its verb may stand, past what is put in between."""

from __future__ import annotations

import re

from .subjects import REACH
from .views import FINITE, Count, View

PERSONS = frozenset({"persons", ""})
"""Units of numbers of people; a bare number may be one."""

OUT_OF = re.compile(r"\sout\sof\s(?:the\s|all\s|a\stotal\sof\s)?")
_LIST_GAP = re.compile(r",\s(?:and\s)?")
_OF_THINGS_GAP = re.compile(r"\s(?:of|from|in|at|aboard|из|в|на)\s")
"""Between a number of people and a number of things that goes with it: "90 men of 9 nations"."""


def behind(view: View, count: Count) -> tuple[str, int]:
    """Return the text in which to look for a verb behind the number, and where to stop."""
    if count.bracket:
        return view.text, count.bracket[1]
    text = view.plain
    limit = min(len(text), count.noun_end + REACH)
    joined = view.rules.joined.match(text, count.noun_end)
    boundary = view.rules.boundary.search(text, joined.end() if joined else count.noun_end, limit)
    if boundary:
        limit = min(limit, boundary.start())
    comma = text.find(",", count.noun_end)
    if comma == count.noun_end and text[: count.start].rstrip().endswith(","):
        comma = text.find(",", comma + 1)
    if view.rules.both_sides and comma >= 0 and not view.rules.relative.match(text[comma:]):
        limit = min(limit, comma)
    for other in view.counts:
        if other.start >= count.noun_end and other.bracket is None:
            gap = text[count.noun_end : other.start]
            of = text[count.end : other.start]
            goes_on = (
                view.rules.conjunction.match(gap)
                or _is_put_between(view, other, gap)
                or view.rules.partitive_gap.fullmatch(of)
                or OUT_OF.fullmatch(gap)
                or (other.quantity.unit not in PERSONS and _OF_THINGS_GAP.fullmatch(gap))
                or _is_aside(view, other, gap)
                or _is_listed_next(view, other, gap)
            )
            if not goes_on:
                limit = min(limit, other.start)
                break
            count = other
    return text, limit


def _is_aside(view: View, other: Count, gap: str) -> bool:
    """Whether a part is named in passing: "90 men, including 8 officers, died".

    In "90 men, of whom 8 died" the verb is that of the part.
    """
    aside = view.rules.aside.fullmatch(gap)
    closed = view.text[other.noun_end : other.noun_end + 1] == ","
    return bool(aside) and (closed or not gap.rstrip().endswith(("whom", "which", "about", "some")))


def _is_listed_next(view: View, other: Count, gap: str) -> bool:
    """Whether a list of people goes on to a last member: "90 Finns, 8 Poles and 7 Danes were"."""
    following = next((c for c in view.counts if c.start >= other.noun_end), None)
    if not _LIST_GAP.fullmatch(gap) or following is None or not other.quantity.noun:
        return False
    onward = view.text[other.noun_end : following.start]
    return bool(view.rules.conjunction.match(onward) or _LIST_GAP.fullmatch(onward))


def _is_put_between(view: View, other: Count, gap: str) -> bool:
    """Whether a part is put between a number and its verb: "90 men, 8 of them sick, died"."""
    if gap.strip() != "," or not view.rules.of_them.match(view.text, other.end):
        return False
    comma = view.text.find(",", other.noun_end)
    return not any(other.end <= t.start < comma or comma < 0 for t in view.of_kind(FINITE))
