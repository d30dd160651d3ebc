"""Figures of what is no sentence: the fields of an entry, and numbers that a full stop cut off.

"Died: 4,300" among the metadata of a page; "They were sent to exile. 500 persons in all."
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...language.dates import find_dates
from ...language.quantities import find_quantities
from ...model import Block, BlockKind, Extraction, Figure, Sentence
from .labels import labelled
from .making import Maker
from .views import FINITE, LOOSE, SUBJECT, Count, Reading, Slices, View, make_view, triggers
from .voice import Voice

_FIELD = "label"
"""The reason structure gives for a line that is a name and its value."""

ROW = "row"
_ROW = re.compile(r"[^\d:–—]{2,60}?\s?(?:[:–—]|\s-|\s)\s?[\d,. ]+")
_LONGEST = 160


def cut_off(view: View, count: Count, before: Sentence | None) -> Reading | None:
    """Return what the last verb of the sentence *before* says of a number without a verb."""
    if before is None or not view.rules.counted_off.match(view.text, count.noun_end):
        return None
    if any(view.of_kind(FINITE, LOOSE)):
        return None
    said = [t for t in triggers(before.text, view.rules) if t.kind in {FINITE, LOOSE}]
    return Reading(view.rules.frames[said[-1].frame].measure, 56, "cut off") if said else None


def row(
    view: View, count: Count, before: Sequence[Sentence], last: Figure | None
) -> Reading | None:
    """Return what the lead of a list says of a line that holds a name and a number only.

    The line before such a line is one as well, or *before* (the nearest first) tells what the
    numbers are the number of: "the number of deportees by region", "Karelia – 446".
    """
    if len(view.counts) > 1 or not view.names or not _ROW.fullmatch(view.text):
        return None
    above = before[0].start if before else -1
    if last is not None and last.start == above and last.rule.startswith(f"{ROW}:"):
        return Reading(last.measure, 57, ROW)
    for sentence in before:
        heads = list(view.rules.heads.finditer(sentence.text))
        told = [t for t in triggers(sentence.text, view.rules) if t.kind == SUBJECT]
        told = [t for t in told if heads and t.start >= heads[-1].start()]
        if told and not any(letter.isdigit() for letter in sentence.text):
            return Reading(view.rules.frames[told[0].frame].measure, 57, ROW)
    return None


def field_figures(extraction: Extraction, slices: Slices, maker: Maker) -> list[Figure]:
    """Return the figures of the labelled lines of the metadata, in the order of the text."""
    document = extraction.document
    found: list[Figure] = []
    for index, block in enumerate(document.blocks):
        if block.kind is not BlockKind.METADATA or block.reason != _FIELD:
            continue
        view = _view(extraction, slices, index, block)
        if view is None:
            continue
        for count in view.counts:
            best = max(labelled(view, count), key=lambda r: r.score, default=None)
            if best is not None:
                found.append(maker.figure(view, count, best, None, Voice(view)))
    return found


def _view(extraction: Extraction, slices: Slices, index: int, block: Block) -> View | None:
    document = extraction.document
    text = document.text[block.start : block.end].rstrip()
    if len(text) > _LONGEST or not any(letter.isdigit() for letter in text):
        return None
    dates = find_dates(text, document.language)
    quantities = [
        replace(q, start=q.start + block.start, end=q.end + block.start)
        for q in find_quantities(text, document.language, dates=dates)
    ]
    dates = [replace(d, start=d.start + block.start, end=d.end + block.start) for d in dates]
    names = slices.names(block.start, block.end)
    return make_view(text, block.start, document.language, index, quantities, dates, names)
