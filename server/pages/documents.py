"""``/documents``: the documents, and the reader that shows what was found in each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from flask import Blueprint, Response, request

from maizuru.graph.errors import NotFound

from ..ask import Row, label_of, rows, services, text
from ..claim_rows import figure_rows, statement_rows
from ..i18n import language_of
from ..names import names_of
from ..texts import Text
from .layout import page, path_of
from .marking import Paragraph, Span, mark, paragraphs_of, parts_of, silence_of
from .paging import part
from .sources import source
from .versions import siblings

pages = Blueprint("documents", __name__)

SHOWN = 100
"""Documents, or claims of a document without its text, on a page."""
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
    body = services().texts.get(slug)
    return page(
        "reader.html",
        facts=facts[0],
        slug=slug,
        iri=iri,
        **(_with_text(iri, body) if body else _without_text(iri)),
        source=source,
        siblings=siblings(slug, rows("document-titles")),
        at_hand=body is not None,
        text=text,
        label_of=label_of,
        path_of=path_of,
        stance=lambda row: text(row, "stance").rpartition("#")[2],
    )


def _with_text(iri: str, body: Text) -> dict[str, object]:
    """Return the part of the text that is asked for, marked and explained."""
    mentions, claims = _mentions(iri), _claims(iri)
    silence = silence_of(body, mentions, claims)
    parts = parts_of(paragraphs_of(body, mentions, claims), HEAVIEST)
    number = _asked_part(parts)
    shown = parts[number - 1]
    mark(body, shown, silence)
    entities = {span.iri for paragraph in shown for span in paragraph.mentions}
    return {
        "paragraphs": shown,
        "part": number,
        "parts": len(parts),
        "silent": len(silence.spans),
        "telling": silence.telling,
        "names": {
            each: name.value for each, name in names_of(entities, language_of(request)).items()
        },
        "told": _told([span for paragraph in shown for span in paragraph.claims]),
    }


def _without_text(iri: str) -> dict[str, object]:
    """Return the claims of a document whose text is not at hand, in its order."""
    claims = part(sorted(_claims(iri)), SHOWN)
    return {"claims": claims, "told": _told(claims.items)}


def _mentions(iri: str) -> list[Span]:
    return _spans(iri, rows("document-mentions", document=iri), "entity")


def _claims(iri: str) -> list[Span]:
    return _spans(iri, rows("document-claims", document=iri), "claim")


def _spans(document: str, found: list[Row], name: str) -> list[Span]:
    """Return where the passages of rows lie in a document: their IRIs tell it (RFC 5147)."""
    spans = []
    for row in found:
        place = _PLACE.fullmatch(text(row, "passage").removeprefix(document))
        if place:
            spans.append(Span(int(place[1]), int(place[2]), text(row, name)))
    return spans


_PLACE = re.compile(r"#char=(\d+),(\d+)")


def _told(spans: Sequence[Span]) -> dict[str, Row]:
    """Return what claims say, by their IRI."""
    language = language_of(request)
    wanted = {span.iri for span in spans}
    figures = {iri for iri in wanted if "/id/figure/" in iri}
    statements = statement_rows(wanted - figures, language, quotes=False)
    counted = figure_rows(figures, language, quotes=False)
    told = {text(row, "statement"): row for row in statements}
    return told | {text(row, "figure"): row for row in counted}


def _asked_part(parts: Sequence[Sequence[Paragraph]]) -> int:
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
