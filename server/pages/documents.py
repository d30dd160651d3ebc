"""``/documents``: the documents, and the reader that shows what was found in each."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from flask import Blueprint, Response, request

from maizuru.graph.errors import NotFound

from ..ask import Row, label_of, rows, services, text
from ..i18n import language_of
from ..texts import Text
from .layout import page, path_of

pages = Blueprint("documents", __name__)


@dataclass(slots=True)
class Piece:
    """A stretch of text that is marked in one way throughout."""

    text: str
    href: str = ""
    title: str = ""
    anchors: list[str] = field(default_factory=list)
    stated: bool = False


@dataclass(slots=True)
class Paragraph:
    """A block with its pieces and the claims whose passages begin in it."""

    kind: str
    level: int
    reason: str
    pieces: list[Piece]
    claims: list[Row]


@pages.get("/documents")
def index() -> Response:
    """List the documents."""
    return page("documents.html", documents=rows("documents"), text=text, path_of=path_of)


@pages.get("/page/document/<slug>")
def reader(slug: str) -> Response:
    """Show a document with everything that was found in it."""
    iri = f"{services().settings.base}id/document/{slug}"
    facts = [row for row in rows("document-titles") if text(row, "document") == iri]
    if not facts:
        raise NotFound(f"There is no document “{slug}” here.")
    mentions = rows("document-mentions", document=iri)
    claims = rows("document-claims", document=iri, language=language_of(request))
    body = services().texts.get(slug)
    return page(
        "reader.html",
        facts=facts[0],
        slug=slug,
        iri=iri,
        paragraphs=_paragraphs(body, mentions, claims) if body else [],
        claims=claims,
        at_hand=body is not None,
        text=text,
        label_of=label_of,
        path_of=path_of,
        stance=lambda row: text(row, "stance").rpartition("#")[2],
    )


def _paragraphs(body: Text, mentions: list[Row], claims: list[Row]) -> list[Paragraph]:
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
        pieces = _pieces(body.text, start, end, _outermost(inside), touching)
        told = [row for _, _, row in here]
        found.append(Paragraph(block["kind"], block["level"], block["reason"], pieces, told))
    return found


def _outermost(spans: list[tuple[int, int, Row]]) -> list[tuple[int, int, Row]]:
    """Drop mentions inside or across others: a link cannot stand in a link."""
    kept: list[tuple[int, int, Row]] = []
    for span in sorted(spans, key=lambda item: (item[0], -item[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _pieces(
    whole: str,
    start: int,
    end: int,
    links: list[tuple[int, int, Row]],
    claims: list[tuple[int, int, Row]],
) -> list[Piece]:
    """Cut a block at every border of a mention or passage, and mark each piece."""
    anchors: defaultdict[int, list[str]] = defaultdict(list)
    for from_, to, _ in claims:
        name = f"char={from_},{to}"
        if from_ >= start and name not in anchors[from_]:
            anchors[from_].append(name)
    for from_, to, _ in links:
        anchors[from_].append(f"char={from_},{to}")
    borders = {start, end}
    for from_, to, _ in [*links, *claims]:
        borders |= {min(max(from_, start), end), min(max(to, start), end)}
    cuts = sorted(borders)
    opens, closes = sorted(c[0] for c in claims), sorted(c[1] for c in claims)
    pieces = []
    for left, right in pairwise(cuts):
        linked = next((row for a, b, row in links if a <= left and right <= b), None)
        covered = bisect_right(opens, left) > bisect_right(closes, left)
        piece = Piece(whole[left:right], anchors=sorted(set(anchors[left])), stated=covered)
        if linked is not None:
            piece.href = path_of(text(linked, "entity"))
            piece.title = text(linked, "entity_label")
        pieces.append(piece)
    return pieces
