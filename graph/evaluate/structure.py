"""Boilerplate by character, and what leaks out of it."""

from __future__ import annotations

from collections.abc import Iterable

from ..model import BlockKind, Document, InlineKind, Mention
from .compare import Span, overlap, plain
from .gold import Gold, Record
from .score import Layer, Miss, Score
from .subjects import Converted

_SKIPPED_BLOCKS = {BlockKind.BOILERPLATE, BlockKind.HEADING}
_SKIPPED_INLINES = set(InlineKind) - {InlineKind.CITATION}
_SHOWN = 60


def boilerplate(gold: Gold, documents: Iterable[Converted]) -> Layer:
    """Compare, character by character, what is not content.

    Spaces, citation markers (judged with the references) and table headers count for neither side.
    """
    layer = Layer("boilerplate")
    for document in documents:
        text = document.extraction.document.text
        records = gold.of("boilerplate", document.name)
        expected = bytearray(len(text))
        for record in records:
            if not record["extractTriples"]:
                _mark(expected, document.span(record))
        neutral = bytearray(len(text))
        for record in records:
            if record["kind"] == "table-header":
                _mark(neutral, document.span(record))
        _mark_neutral(neutral, document.extraction.document)
        found = _skipped(document.extraction.document)
        counted = [i for i in range(len(text)) if not neutral[i]]
        right = sum(1 for i in counted if expected[i] and found[i])
        score = Score(
            right, sum(found[i] for i in counted), right, sum(expected[i] for i in counted)
        )
        layer.add(document.name, score)
        layer.misses += _runs(document, expected, found, neutral)
    return layer


def _mark(marks: bytearray, span: Span) -> None:
    marks[span[0] : span[1]] = b"\x01" * (span[1] - span[0])


def _mark_neutral(neutral: bytearray, document: Document) -> None:
    for index, character in enumerate(document.text):
        if character.isspace():
            neutral[index] = 1
    for inline in document.inlines:
        if inline.kind is InlineKind.CITATION:
            _mark(neutral, (inline.start, inline.end))


def _skipped(document: Document) -> bytearray:
    marks = bytearray(len(document.text))
    for block in document.blocks:
        if block.kind in _SKIPPED_BLOCKS:
            _mark(marks, (block.start, block.end))
    for inline in document.inlines:
        if inline.kind in _SKIPPED_INLINES:
            _mark(marks, (inline.start, inline.end))
    return marks


def _runs(
    document: Converted, expected: bytearray, found: bytearray, neutral: bytearray
) -> Iterable[Miss]:
    """Yield the stretches where the two differ, spaces inside them included."""
    text = document.extraction.document.text
    start, state = 0, 0
    for index in range(len(text) + 1):
        now = state
        if index == len(text):
            now = 0
        elif not neutral[index]:
            now = expected[index] - found[index]
        if now != state:
            if state:
                kind = "missed" if state > 0 else "wrong"
                detail = "boilerplate taken for content" if state > 0 else "content skipped"
                shown = text[start:index].strip()[:_SHOWN]
                yield Miss(document.name, kind, start, index, shown, detail)
            start, state = index, now


def negatives(gold: Gold, documents: Iterable[Converted]) -> Layer:
    """Count names and figures that stand only in boilerplate and were converted all the same.

    Also every mention, figure and statement whose passage lies in boilerplate, but for mentions
    that the gold has there too (headings name things). Each is one wrong thing found; the gold side
    holds the negatives that were rightly left alone.
    """
    layer = Layer("negatives")
    for document in documents:
        furniture = [
            document.span(record)
            for record in gold.of("boilerplate", document.name)
            if not record["extractTriples"] and record["kind"] != "table-header"
        ]
        named_there = [
            document.span(mention)
            for record in gold.records.get("entities", ())
            for mention in record["mentions"]
            if mention["doc"] == document.name
        ]
        leaks = [*_in_boilerplate(document, furniture, named_there)]
        forbidden = gold.of("negatives", document.name)
        named = [leak for record in forbidden for leak in _named(document, record)]
        layer.add(document.name, Score(0, len({*leaks, *named}), 0, 0))
        kept = len(forbidden) - len({leak.text for leak in named})
        layer.add_part("left alone", Score(kept, len(forbidden), kept, len(forbidden)))
        layer.misses += sorted({*leaks, *named}, key=lambda m: (m.start, m.detail))
    return layer


def _in_boilerplate(
    document: Converted, furniture: list[Span], named_there: list[Span]
) -> Iterable[Miss]:
    extraction = document.extraction
    text = extraction.document.text
    passages = [
        *(("node", m.start, m.end, m.kind.value) for m in extraction.mentions),
        *(("figure", f.start, f.end, f.measure) for f in extraction.figures),
        *(("statement", s.start, s.end, s.predicate) for s in extraction.statements),
    ]
    for what, start, end, detail in passages:
        inside = sum(overlap((start, end), span) for span in furniture)
        if end <= start or inside * 2 <= end - start:
            continue
        known = what == "node" and any(overlap((start, end), span) for span in named_there)
        if not known:
            shown = text[start:end][:_SHOWN]
            yield Miss(document.name, "wrong", start, end, shown, f"{what} {detail}")


def _named(document: Converted, record: Record) -> Iterable[Miss]:
    """Yield what was made of a negative, wherever in the document it was taken from."""
    text, key = str(record["text"]), plain(str(record["text"]))
    extraction = document.extraction
    terms = [s.subject for s in extraction.statements]
    terms += [s.object for s in extraction.statements if isinstance(s.object, Mention)]
    for mention in dict.fromkeys([*extraction.mentions, *terms]):
        if plain(mention.name) == key:
            yield Miss(document.name, "wrong", mention.start, mention.end, text, "named node")
    for figure in extraction.figures:
        if plain(figure.quantity.text) == key:
            yield Miss(document.name, "wrong", figure.start, figure.end, text, "named figure")
