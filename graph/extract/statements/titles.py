"""Lists of titles under "Books" or "Filmography": what stands there is a work, and often whose."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from ...model import Block, BlockKind, EntityKind, Extraction, Mention, Statement, Value
from ...resources import rules

_ITEM = re.compile(
    r"(?:[*•–—-]\s*)?[\"“«]?(?P<title>[A-ZÀ-Ž][^()\n\"”»]{1,90}?)[\"”»]?,?\s*"
    r"(?:\[[^\]\n]{2,80}\]\s*)?\((?P<year>(?:1[89]|20)\d\d)\)"
)
_HEADED = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH})
_RULE = "listed title"
_SURE = 0.75
"""How certain it is that books listed on a page about a person are that person's."""


def listed_titles(extraction: Extraction) -> Iterator[Statement]:
    """Yield unknown titles in lists of works, with their year, and whose books they are."""
    person = _of_the_page(extraction)
    heading = ""
    for block in extraction.document.blocks:
        text = extraction.document.text[block.start : block.end].strip()
        if block.kind in _HEADED:
            heading = text if len(text.split()) <= _words("longest") else ""
        elif block.kind is not BlockKind.LIST_ITEM:
            heading = ""
        if block.kind is BlockKind.LIST_ITEM and _speaks_of(heading, "works"):
            own = person if _speaks_of(heading, "written") else None
            yield from _item(extraction, block, own)


def _item(extraction: Extraction, block: Block, person: Mention | None) -> Iterator[Statement]:
    text = extraction.document.text
    match = _ITEM.match(text, block.start, block.end)
    if match is None:
        return
    start, end = match.span("title")
    inside = _mentions_in(extraction, start, end)
    work = next((m for m in inside if m.kind is EntityKind.WORK), None)
    whole = any(m.start <= start and m.end >= end for m in inside)
    if work is None and whole:
        return
    if work is None:
        name = " ".join(match["title"].split())
        work = Mention(start, end, text[start:end], EntityKind.WORK, name, "en", rule=_RULE)
        year = Value(match["year"], "edtf")
        yield Statement(match.start(), match.end(), work, "publicationDate", year, rule=_RULE)
    if person is not None:
        yield Statement(
            match.start(), match.end(), work, "author", person, rule=_RULE, confidence=_SURE
        )


def _of_the_page(extraction: Extraction) -> Mention | None:
    """Return the person whom the title of a document names first."""
    title = next((b for b in extraction.document.blocks if b.kind is BlockKind.TITLE), None)
    if title is None:
        return None
    named = _mentions_in(extraction, title.start, title.end)
    return next((m for m in named if m.kind is EntityKind.PERSON), None)


def _mentions_in(extraction: Extraction, start: int, end: int) -> Sequence[Mention]:
    """Return the mentions that begin in a range; they are in the order of the text."""
    low = bisect_left(extraction.mentions, start, key=lambda mention: mention.start)
    high = bisect_left(extraction.mentions, end, key=lambda mention: mention.start)
    return extraction.mentions[low:high]


def _speaks_of(heading: str, table: str) -> bool:
    return not _listed(table).isdisjoint(re.findall(r"[a-z]+", heading.casefold()))


def _words(key: str) -> int:
    return int(rules("works")["headings"][key])


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(rules("works")["headings"][key])
