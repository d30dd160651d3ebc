"""The text of a document cut into pieces, each marked by what was found in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..texts import Text


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the text, by code points, and the IRI of what it names or carries."""

    start: int
    end: int
    iri: str


@dataclass(slots=True)
class Piece:
    """A stretch of text that is marked in one way throughout."""

    text: str
    entity: str = ""
    """The IRI of what it names."""
    anchors: list[str] = field(default_factory=list)
    stated: bool = False
    silent: bool = False
    """In a sentence that has a name, date or figure, but gave no statement."""


@dataclass(slots=True)
class Paragraph:
    """A block with what was found in it; claims stand where their passage begins."""

    kind: str
    level: int
    reason: str
    start: int
    end: int
    mentions: list[Span]
    """Outermost names: a link cannot stand in a link."""
    claims: list[Span]
    touching: list[Span]
    """Claims whose passages reach into the block."""
    weight: int
    """About how many bytes it takes on the page."""
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Silence:
    """Sentences that gave no statement, of how many that could have."""

    spans: tuple[tuple[int, int], ...]
    telling: int


_FIGURE = re.compile(r"\d{2,}")
_SKIPPED = ("title", "heading", "boilerplate", "reference", "navigation")


def silence_of(body: Text, mentions: Sequence[Span], claims: Sequence[Span]) -> Silence:
    """Return the sentences with a name, date or figure on which no statement rests."""
    named = sorted(span.start for span in mentions)
    stated = _Overlaps((span.start, span.end) for span in claims)
    skipped = [(b["start"], b["end"]) for b in body.blocks if b["kind"] in _SKIPPED or b["reason"]]
    spans, telling = [], 0
    for start, end, _ in body.structure["sentences"]:
        names = bisect_right(named, end - 1) - bisect_right(named, start - 1)
        if not names and not _FIGURE.search(body.text, start, end):
            continue
        if any(a <= start and end <= b for a, b in skipped):
            continue
        telling += 1
        if not stated.touch(start, end):
            spans.append((start, end))
    return Silence(tuple(spans), telling)


class _Overlaps:
    """Tells whether any of some stretches reaches into another."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(stretches)
        self._starts = [start for start, _ in ordered]
        self._reach: list[int] = []
        for _, end in ordered:
            self._reach.append(max(end, self._reach[-1]) if self._reach else end)

    def touch(self, start: int, end: int) -> bool:
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start


def paragraphs_of(body: Text, mentions: Sequence[Span], claims: Sequence[Span]) -> list[Paragraph]:
    """Return the blocks of a text that hold anything, not yet cut into pieces."""
    named, stated = sorted(mentions), sorted(claims)
    opens, begins = [span.start for span in named], [span.start for span in stated]
    longest = max((span.end - span.start for span in stated), default=0)
    made = []
    for block in body.blocks:
        start, end = block["start"], block["end"]
        words = body.text[start:end]
        if not words.strip():
            continue
        here = named[bisect_left(opens, start) : bisect_left(opens, end)]
        inside = _outermost(span for span in here if span.end <= end)
        near = stated[bisect_left(begins, start - longest) : bisect_left(begins, end)]
        touching = [span for span in near if span.end > start]
        own = [span for span in touching if span.start >= start]
        weight = 120 + len(words.encode()) + 250 * len(inside) + 520 * len(own)
        known = block["kind"], block["level"], block["reason"], start, end
        made.append(Paragraph(*known, inside, own, touching, weight))
    return made


def parts_of(paragraphs: Sequence[Paragraph], heaviest: int) -> list[list[Paragraph]]:
    """Cut a long document into parts that make light pages."""
    parts: list[list[Paragraph]] = [[]]
    weight = 0
    for paragraph in paragraphs:
        if parts[-1] and weight + paragraph.weight > heaviest:
            parts.append([])
            weight = 0
        parts[-1].append(paragraph)
        weight += paragraph.weight
    return parts


def mark(body: Text, paragraphs: Iterable[Paragraph], silence: Silence) -> None:
    """Cut paragraphs into pieces, at every border of a name, a passage or a silent sentence."""
    sentences = [(start, end) for start, end, _ in body.structure["sentences"]]
    begins = [start for start, _ in sentences]
    quiet = [start for start, _ in silence.spans]
    for paragraph in paragraphs:
        own = sentences[bisect_left(begins, paragraph.start) : bisect_left(begins, paragraph.end)]
        first = max(0, bisect_right(quiet, paragraph.start) - 1)
        silent = [
            span
            for span in silence.spans[first : bisect_left(quiet, paragraph.end)]
            if span[1] > paragraph.start
        ]
        paragraph.pieces = _pieces(body.text, paragraph, _anchors(paragraph, own), silent)


def _outermost(spans: Iterable[Span]) -> list[Span]:
    """Drop mentions inside or across others."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _anchors(paragraph: Paragraph, sentences: list[tuple[int, int]]) -> dict[int, list[str]]:
    """Return the names under which passages and sentences of a block are linked, by offset."""
    anchors: defaultdict[int, list[str]] = defaultdict(list)
    claimed = [(span.start, span.end) for span in paragraph.claims]
    named = [(span.start, span.end) for span in paragraph.mentions]
    for start, end in [*sentences, *claimed, *named]:
        name = f"char={start},{end}"
        if name not in anchors[start]:
            anchors[start].append(name)
    return dict(anchors)


def _pieces(
    whole: str, paragraph: Paragraph, anchors: dict[int, list[str]], quiet: list[tuple[int, int]]
) -> list[Piece]:
    start, end = paragraph.start, paragraph.end
    borders = {start, end, *(at for at in anchors if start <= at < end)}
    stretches = [(s.start, s.end) for s in [*paragraph.mentions, *paragraph.touching]]
    for from_, to in [*stretches, *quiet]:
        borders |= {min(max(from_, start), end), min(max(to, start), end)}
    opens = sorted(span.start for span in paragraph.touching)
    closes = sorted(span.end for span in paragraph.touching)
    silent, starts = _Overlaps(quiet), [span.start for span in paragraph.mentions]
    pieces = []
    for left, right in pairwise(sorted(borders)):
        at = bisect_right(starts, left) - 1
        linked = at >= 0 and right <= paragraph.mentions[at].end
        pieces.append(
            Piece(
                whole[left:right],
                paragraph.mentions[at].iri if linked else "",
                sorted(set(anchors.get(left, ()))),
                stated=bisect_right(opens, left) > bisect_right(closes, left),
                silent=silent.touch(left, right),
            )
        )
    return pieces
