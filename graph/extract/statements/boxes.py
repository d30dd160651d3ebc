"""Fact boxes: what lines like "Founded: 4 May 1946" say of the thing that a page is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ...model import DOCUMENT, BlockKind, Extraction, Mention, Statement, Term, Value
from ...resources import rules

_LABEL = re.compile(
    r"^[ \t*•|–-]*([A-Za-z][A-Za-z0-9 ]{2,24}?)[ \t]*[:|][ \t]*(\S[^\n]*)", re.MULTILINE
)
_READ = (BlockKind.METADATA, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE)
_RULE = "fact box"
_LONGEST = 160
"""Code points of a value; longer ones are prose."""


@dataclass(frozen=True, slots=True)
class _Field:
    about: frozenset[str]
    property: str
    kinds: frozenset[str]
    date: str


def box_statements(extraction: Extraction) -> Iterator[Statement]:
    """Yield what the labelled lines of a page, if several, say of what its title names."""
    lines = list(_lines(extraction))
    if len({label for label, _, _ in lines}) < rules("statements_boxes")["least"]:
        return
    topic = _topic(extraction)
    if topic is None:
        return
    for label, start, end in lines:
        for field in _fields()[label]:
            if topic.kind.value in field.about:
                for said in _values(extraction, field, start, end):
                    if said != topic:
                        yield Statement(start, end, topic, field.property, said, rule=_RULE)


def _lines(extraction: Extraction) -> Iterator[tuple[str, int, int]]:
    """Yield the labels that are known, with the ranges of their values."""
    document = extraction.document
    for block in document.blocks:
        if block.kind not in _READ or ":" not in document.text[block.start : block.start + 40]:
            continue
        for match in _LABEL.finditer(document.text, block.start, block.end):
            label = match[1].casefold()
            if label in _fields() and len(match[2]) <= _LONGEST:
                yield label, match.start(2), match.start(2) + len(match[2].rstrip(" .;"))


def _topic(extraction: Extraction) -> Mention | None:
    """Return the first mention of what the title names."""
    title = " ".join((extraction.document.title or "").casefold().split())
    named = (m for m in extraction.mentions if m.name.casefold() == title and m.subkind != DOCUMENT)
    return min(named, key=lambda m: m.start, default=None) if title else None


def _values(extraction: Extraction, field: _Field, start: int, end: int) -> Iterator[Term]:
    if field.date:
        for date in extraction.dates:
            if start <= date.start and date.end <= end:
                first, _, last = date.edtf.partition("/")
                edtf = {"first": first, "last": last, "whole": date.edtf}[field.date]
                if edtf or field.date == "last":
                    yield Value(edtf or first, "edtf")
                return
    elif field.kinds:
        reached = start
        mentions = extraction.mentions
        for mention in mentions[bisect_left(mentions, start, key=lambda m: m.start) :]:
            if mention.end > end:
                return
            if mention.kind.value in field.kinds and mention.start >= reached:
                yield mention
                reached = mention.end
                if field.property in ("locatedIn", "place"):
                    return
    else:
        yield Value(" ".join(extraction.document.text[start:end].split()))


@cache
def _fields() -> Mapping[str, list[_Field]]:
    found: dict[str, list[_Field]] = {}
    for table in rules("statements_boxes")["field"]:
        kinds = frozenset(table.get("kinds", ()))
        field = _Field(frozenset(table["about"]), table["property"], kinds, table.get("date", ""))
        for label in table["labels"]:
            found.setdefault(label, []).append(field)
    return found
