"""Figures of what is no sentence: the fields of an entry, and numbers that a full stop cut off.

"Died: 4,300" among the metadata of a page; "They were sent to exile. 500 persons in all."
"""

from __future__ import annotations

from dataclasses import replace

from ...language.dates import find_dates
from ...language.quantities import find_quantities
from ...model import Block, BlockKind, Extraction, Figure, Sentence
from .labels import labelled
from .making import Maker
from .views import FINITE, LOOSE, Count, Reading, Slices, View, make_view, triggers
from .voice import Voice

_FIELD = "label"
"""The reason structure gives for a line that is a name and its value."""

_LONGEST = 160


def cut_off(view: View, count: Count, before: Sentence | None) -> Reading | None:
    """Return what the last verb of the sentence *before* says of a number without a verb."""
    if before is None or not view.rules.counted_off.match(view.text, count.noun_end):
        return None
    if any(view.of_kind(FINITE, LOOSE)):
        return None
    said = [t for t in triggers(before.text, view.rules) if t.kind in {FINITE, LOOSE}]
    return Reading(view.rules.frames[said[-1].frame].measure, 56, "cut off") if said else None


def field_figures(extraction: Extraction, slices: Slices, maker: Maker) -> list[Figure]:
    """Return the figures of the labelled lines of the metadata, in the order of the text."""
    document = extraction.document
    found: list[Figure] = []
    for index, block in enumerate(document.blocks):
        if block.kind is not BlockKind.METADATA or block.reason != _FIELD:
            continue
        view = _view(extraction, slices, index, block)
        for count in view.counts if view else ():
            readings = list(labelled(view, count)) if view else []
            best = max(readings, key=lambda r: r.score, default=None)
            if view is not None and best is not None:
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
