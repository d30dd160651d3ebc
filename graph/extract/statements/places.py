"""Find a text again inside a stretch of the document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from ...language.finding import find_words_folded
from ...model import Document, Mention

_SLACK = 4
_GAP = re.compile(r"[\s\u00a0]+")


@dataclass(frozen=True, slots=True)
class Spot:
    """A range of the document and its text."""

    start: int
    end: int
    text: str


def find_text(document: Document, text: str, start: int, end: int) -> Spot | None:
    """Return where *text* stands between *start* and *end*; spacing and quotes may differ."""
    words = _GAP.split(text.strip(' \t\n"“”'))
    if not words or not words[0]:
        return None
    found = find_words_folded(document.text, words, start, end)
    return Spot(*found, document.text[slice(*found)]) if found else None


def covering(mentions: Sequence[Mention], spot: Spot) -> Mention | None:
    """Return the mention that has the range of *spot*, give or take an article or a mark.

    *mentions* must be in the order of the text.
    """
    first = bisect_left(mentions, spot.start - _SLACK, key=lambda mention: mention.start)
    best: Mention | None = None
    for mention in islice(mentions, first, None):
        if mention.start > spot.start + _SLACK:
            break
        distance = abs(mention.start - spot.start) + abs(mention.end - spot.end)
        if distance <= _SLACK and (best is None or _length(mention) > _length(best)):
            best = mention
    return best


def _length(mention: Mention) -> int:
    return mention.end - mention.start
