"""What numbers joined by "and" share: "at Omsk 90 men and 8 women died in 1946"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...model import Figure
from .views import Count, View
from .words import expression, words_of

_WITH = re.compile(r",?\s(?:with|where)\s?")
_OF_PLACES = frozenset({"camps", "sites"})
"""Measures of places: what lies where is said of each alone."""


def shared(view: View, made: Sequence[tuple[Count, Figure]]) -> list[Figure]:
    """Return the figures of a sentence, each with the place and time of those it is joined to.

    Joined are numbers with nothing between but "and" or a comma, or whose remains they are.
    """
    joined = expression(words_of(view.language).get("joined", "(?!)"))
    figures = [figure for _, figure in made]
    for index, (count, _) in enumerate(made[1:], start=1):
        before = made[index - 1][0]
        gap = view.text[before.noun_end : count.start]
        if before.bracket == count.bracket and joined.fullmatch(gap):
            first, second = figures[index - 1], figures[index]
            figures[index - 1] = _completed(first, second)
            figures[index] = _completed(second, first)
        elif _goes_on(view, count, figures[index - 1]) and not figures[index].territory:
            figures[index] = replace(figures[index], territory=figures[index - 1].territory)
    return figures


def _goes_on(view: View, count: Count, before: Figure) -> bool:
    """Whether "with" joins the number to the place in front: "sent to Omsk, with 20 dying"."""
    ends = [place.end - view.offset for place in before.territory if place.start >= view.offset]
    return any(
        0 < end <= count.start and _WITH.fullmatch(view.text, end, count.start) for end in ends
    )


def _completed(figure: Figure, other: Figure) -> Figure:
    """Return *figure* with the period of the *other* if it has none, and so with the place."""
    placed = {figure.measure, other.measure}.isdisjoint(_OF_PLACES)
    return replace(
        figure,
        period=figure.period or other.period,
        territory=figure.territory or (other.territory if placed else ()),
    )
