"""Who speaks where the sentence does not name them: "according to her", or within a quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ...model import EntityKind, Mention
from .views import Count, Slices, View
from .words import expression, words_of

_OPENING, _CLOSING, _PLAIN = "“«„「", "”»“」", '"'
_REACH = 1_500
"""How far in front of a sentence its speaker may have been named, in characters."""


@dataclass(frozen=True, slots=True)
class Speakers:
    """The expressions of ``rules/figures.toml`` for one language."""

    pronoun: re.Pattern[str]
    said_behind: re.Pattern[str]
    said_before: re.Pattern[str]


@cache
def speakers(language: str) -> Speakers:
    """Return the expressions of *language*."""
    own = words_of(language)
    names = ("speaker_pronoun", "said_behind", "said_before")
    return Speakers(*(expression(own.get(name, "(?!)")) for name in names))


def carried_speaker(
    view: View, count: Count, slices: Slices, block: tuple[int, int], text: str
) -> Mention | None:
    """Return the person who says the number: the one named last, or who speaks in the block.

    *block* is where the paragraph starts and ends in *text*, the whole document.
    """
    words = speakers(view.language)
    position = view.offset + count.start
    if words.pronoun.search(view.text, 0, count.start):
        named = slices.mentions(max(0, view.offset - _REACH), view.offset)
        people = [m for m in named if m.kind is EntityKind.PERSON]
        return people[-1] if people else None
    if not _is_quoted(text[block[0] : position]):
        return None
    return _quoting(slices.mentions(*block), text, words, position)


def _quoting(named: Sequence[Mention], text: str, words: Speakers, position: int) -> Mention | None:
    """Return the person with a verb of saying beside the name, the nearest to *position*."""
    found = [
        m
        for m in named
        if m.kind is EntityKind.PERSON
        and (
            words.said_behind.match(text[m.end : m.end + 80])
            or words.said_before.search(text[max(0, m.start - 24) : m.start])
        )
    ]
    return min(found, key=lambda m: abs(m.start - position), default=None)


def _is_quoted(before: str) -> bool:
    """Whether a quotation opened in the text in front is not closed there."""
    if before.count(_PLAIN) % 2:
        return True
    opened = max(before.rfind(mark) for mark in _OPENING)
    closed = max(before.rfind(mark) for mark in _CLOSING)
    return opened > closed
