"""What numbers joined by "and" share: "at Omsk 90 men and 8 women died in 1946"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...model import Figure
from .views import Count, View
from .words import expression, words_of

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
    return figures


def _completed(figure: Figure, other: Figure) -> Figure:
    """Return *figure* with the period of the *other* if it has none, and so with the place."""
    placed = {figure.measure, other.measure}.isdisjoint(_OF_PLACES)
    return replace(
        figure,
        period=figure.period or other.period,
        territory=figure.territory or (other.territory if placed else ()),
    )
