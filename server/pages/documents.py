"""``/documents``: the documents, and the reader that shows what was found in each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from flask import Blueprint, Response, request

from maizuru.graph.errors import NotFound

from ..ask import Row, label_of, rows, services, text
from ..texts import Text
from .layout import page, path_of
from .paging import part
from .sources import source
from .versions import siblings

pages = Blueprint("documents", __name__)


@dataclass(slots=True)
class Piece:
    """A stretch of text that is marked in one way throughout."""

    text: str
    href: str = ""
    title: str = ""
    anchors: list[str] = field(default_factory=list)
    stated: bool = False
    silent: bool = False
    """In a sentence that has a name, date or figure, but gave no statement."""


@dataclass(slots=True)
class Paragraph:
    """A block with its pieces and the claims whose passages begin in it."""

    kind: str
    level: int
    reason: str
    pieces: list[Piece]
    claims: list[Row]
    end: int

    @property
    def weight(self) -> int:
        """About how many bytes it takes on the page."""
        words = sum(len(piece.text.encode()) for piece in self.pieces)
        marks = sum(130 if piece.href else 60 for piece in self.pieces)
        anchors = sum(55 * len(piece.anchors) for piece in self.pieces)
        return 120 + words + marks + anchors + 420 * len(self.claims)


SHOWN = 100
"""Documents on a page of the list."""
HEAVIEST = 75_000
"""About how many bytes of a document stand on one page."""


@pages.get("/documents")
def index() -> Response:
    """List the documents."""
    found = part(rows("documents"), SHOWN)
    return page("documents.html", documents=found, text=text, path_of=path_of, source=source)


@pages.get("/page/document/<slug>")
def reader(slug: str) -> Response:
    """Show a document with everything that was found in it."""
    iri = f"{services().settings.base}id/document/{slug}"
    facts = [row for row in rows("document-titles") if text(row, "document") == iri]
    if not facts:
        raise NotFound(f"There is no document “{slug}” here.")
    mentions = rows("document-mentions", document=iri)
    claims = _claims(iri)
    body = services().texts.get(slug)
    silence = _silence(body, mentions, claims) if body else _Silence((), 0)
    paragraphs = _paragraphs(body, mentions, claims, silence) if body else []
    parts = _parts(paragraphs)
    part = _asked_part(parts)
    return page(
        "reader.html",
        facts=facts[0],
        slug=slug,
        iri=iri,
        paragraphs=parts[part - 1],
        part=part,
        parts=len(parts),
        silent=len(silence.spans),
        telling=silence.telling,
        source=source,
        siblings=siblings(slug, rows("document-titles")),
        claims=claims,
        at_hand=body is not None,
        text=text,
        label_of=label_of,
        path_of=path_of,
        stance=lambda row: text(row, "stance").rpartition("#")[2],
    )


def _claims(iri: str) -> list[Row]:
    """Return the statements and figures of a document in the order of the text."""
    found = rows("document-statements", document=iri) + rows("document-figures", document=iri)
    return sorted(found, key=lambda row: (int(text(row, "start")), int(text(row, "end"))))


@dataclass(frozen=True, slots=True)
class _Silence:
    """Sentences that gave no statement, of how many that could have."""

    spans: tuple[tuple[int, int], ...]
    telling: int


_FIGURE = re.compile(r"\d{2,}")
_SKIPPED = ("title", "heading", "boilerplate", "reference", "navigation")


def _silence(body: Text, mentions: list[Row], claims: list[Row]) -> _Silence:
    """Return the sentences with a name, date or figure on which no statement rests."""
    named = sorted(int(text(row, "start")) for row in mentions)
    stated = [(int(text(row, "start")), int(text(row, "end"))) for row in claims]
    skipped = [(b["start"], b["end"]) for b in body.blocks if b["kind"] in _SKIPPED or b["reason"]]
    spans, telling = [], 0
    for start, end, _ in body.structure["sentences"]:
        names = bisect_right(named, end - 1) - bisect_right(named, start - 1)
        if not names and not _FIGURE.search(body.text, start, end):
            continue
        if any(a <= start and end <= b for a, b in skipped):
            continue
        telling += 1
        if not any(a < end and b > start for a, b in stated):
            spans.append((start, end))
    return _Silence(tuple(spans), telling)


def _paragraphs(
    body: Text, mentions: list[Row], claims: list[Row], silence: _Silence
) -> list[Paragraph]:
    spans = [(int(text(row, "start")), int(text(row, "end")), row) for row in mentions]
    stated = [(int(text(row, "start")), int(text(row, "end")), row) for row in claims]
    found = []
    for block in body.blocks:
        start, end = block["start"], block["end"]
        if not body.text[start:end].strip():
            continue
        inside = [span for span in spans if span[0] >= start and span[1] <= end]
        here = [claim for claim in stated if start <= claim[0] < end]
        touching = [claim for claim in stated if claim[0] < end and claim[1] > start]
        quiet = [span for span in silence.spans if span[0] < end and span[1] > start]
        told_here = [(a, b) for a, b, _ in body.structure["sentences"] if start <= a < end]
        anchors = _anchors(start, told_here, touching)
        pieces = _pieces(body.text, (start, end), _outermost(inside), touching, quiet, anchors)
        told = [row for _, _, row in here]
        found.append(Paragraph(block["kind"], block["level"], block["reason"], pieces, told, end))
    return found


def _parts(paragraphs: list[Paragraph]) -> list[list[Paragraph]]:
    """Cut a long document into parts that make light pages."""
    parts: list[list[Paragraph]] = [[]]
    weight = 0
    for paragraph in paragraphs:
        if parts[-1] and weight + paragraph.weight > HEAVIEST:
            parts.append([])
            weight = 0
        parts[-1].append(paragraph)
        weight += paragraph.weight
    return parts


def _asked_part(parts: list[list[Paragraph]]) -> int:
    """Return the number of the part asked for by ``part``, or of that which holds offset ``at``.

    Raises:
        NotFound: there is no such part.
    """
    part, at = request.args.get("part", ""), request.args.get("at", "")
    if at.isascii() and at.isdigit():
        ends = [paragraphs[-1].end if paragraphs else 0 for paragraphs in parts]
        return min(bisect_right(ends, int(at)) + 1, len(parts))
    if not part:
        return 1
    if not (part.isascii() and part.isdigit() and 1 <= int(part) <= len(parts)):
        raise NotFound(f"This document has {len(parts)} parts, and no part “{part}”.")
    return int(part)


def _outermost(spans: list[tuple[int, int, Row]]) -> list[tuple[int, int, Row]]:
    """Drop mentions inside or across others: a link cannot stand in a link."""
    kept: list[tuple[int, int, Row]] = []
    for span in sorted(spans, key=lambda item: (item[0], -item[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _anchors(
    start: int, sentences: list[tuple[int, int]], claims: list[tuple[int, int, Row]]
) -> dict[int, list[str]]:
    """Return the names under which passages and sentences of a block are linked, by offset."""
    anchors: defaultdict[int, list[str]] = defaultdict(list)
    for from_, to in [*sentences, *((a, b) for a, b, _ in claims)]:
        name = f"char={from_},{to}"
        if from_ >= start and name not in anchors[from_]:
            anchors[from_].append(name)
    return dict(anchors)


def _pieces(
    whole: str,
    block: tuple[int, int],
    links: list[tuple[int, int, Row]],
    claims: list[tuple[int, int, Row]],
    quiet: list[tuple[int, int]],
    anchors: dict[int, list[str]],
) -> list[Piece]:
    """Cut a block at every border of a mention or passage, and mark each piece."""
    start, end = block
    for from_, to, _ in links:
        anchors.setdefault(from_, []).append(f"char={from_},{to}")
    borders = {start, end}
    borders |= {at for at in anchors if start <= at < end}
    for from_, to in [*((a, b) for a, b, _ in [*links, *claims]), *quiet]:
        borders |= {min(max(from_, start), end), min(max(to, start), end)}
    cuts = sorted(borders)
    opens, closes = sorted(c[0] for c in claims), sorted(c[1] for c in claims)
    pieces = []
    for left, right in pairwise(cuts):
        linked = next((row for a, b, row in links if a <= left and right <= b), None)
        covered = bisect_right(opens, left) > bisect_right(closes, left)
        silent = any(a <= left and right <= b for a, b in quiet)
        piece = Piece(
            whole[left:right],
            anchors=sorted(set(anchors.get(left, ()))),
            stated=covered,
            silent=silent,
        )
        if linked is not None:
            piece.href = path_of(text(linked, "entity"))
            piece.title = text(linked, "entity_label")
        pieces.append(piece)
    return pieces
