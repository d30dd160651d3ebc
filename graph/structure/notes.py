"""Footnotes and reference lists without a heading of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..model import BlockKind
from .pages import PAGE_MARKER
from .patterns import furniture_of, pattern
from .units import Unit, piece
from .zones import explains

_NOTE_LENGTH = 8
"""At most so many paragraphs of a starred note before the page marker that ends it."""
_LABEL = re.compile(r"(?:[\^↑]\s?)?(?:[\[(](\d{1,3})[\])]\s*|(\d{1,3})(?:[.)]\s*|\s+))(?=\S)")
_STARRED = re.compile(r"[^\W_][\"”»)]?[.,;:!?]?[\"”»)]?(\*{1,3}|†|‡|※)(?![\w*])")
_RAISED = re.compile(r"(?<=[^\s⁰¹²³⁴⁵⁶⁷⁸⁹])[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?!\w)")
_WIDE = re.compile(r"[(（](?:注|註)\s?\d{1,3}[)）]|※\s?\d{1,3}(?!\d)")
_STARS = re.compile("[*†‡※]")
_LIST_KINDS = frozenset({None, BlockKind.LIST_ITEM})


def mark_notes(units: Sequence[Unit]) -> None:
    """Mark starred notes at the foot of a page, entries with carets or numbers, source lines."""
    _mark_starred(units)
    _mark_raised(units)
    _mark_wide(units)
    for unit in units:
        if unit.kind in _LIST_KINDS and pattern("starts", "entry-caret").match(unit.text):
            unit.mark(BlockKind.NOTE if explains(unit) else BlockKind.REFERENCE)
    _mark_numbered(units)
    for unit in units:
        source = unit.open and pattern("starts", "source").match(unit.text)
        if (
            source
            and not furniture_of(unit.text)
            and pattern("within", "bibliographic").search(unit.text)
        ):
            unit.mark(BlockKind.REFERENCE)


def join_entries(units: list[Unit], text: str) -> list[Unit]:
    """Join the lines of numbered entries that go on without a number on the next line."""
    joined: list[Unit] = []
    numbered: Unit | None = None
    for unit in units:
        entry = unit.kind in {BlockKind.REFERENCE, BlockKind.NOTE} and not unit.given
        label = label_of(unit.text) if entry else None
        own = entry and pattern("starts", "own-entry").match(unit.text)
        goes_on = entry and label is None and not own and not unit.gap and not unit.reason
        if goes_on and numbered is not None:
            whole = piece(text, numbered.start, unit.end)
            whole.gap, whole.kind, whole.reason = numbered.gap, numbered.kind, numbered.reason
            joined[-1] = numbered = whole
            continue
        numbered = unit if label is not None else None
        joined.append(unit)
    return joined


def label_of(text: str) -> int | None:
    """Return the number an entry begins with: ``[4] …``, ``4. …``, ``4) …``, ``^ 4 …``."""
    match = _LABEL.match(text)
    return int(match[1] or match[2]) if match else None


def _mark_starred(units: Sequence[Unit]) -> None:
    called: set[str] = set()
    for index, unit in enumerate(units):
        if unit.reason == PAGE_MARKER:
            called.clear()
        elif unit.open:
            star = pattern("starts", "note-star").match(unit.text)
            if star and star["label"] in called:
                for member in _page_foot(units, index):
                    member.mark(BlockKind.NOTE)
            if _STARS.search(unit.text):
                called.update(match[1] for match in _STARRED.finditer(unit.text))


def _mark_raised(units: Sequence[Unit]) -> None:
    """Mark the notes at the foot of pages that raised digits in the text before call."""
    called: set[str] = set()
    for unit in units:
        if not unit.open:
            continue
        raised = pattern("starts", "note-raised").match(unit.text)
        if raised and raised["label"] in called:
            unit.mark(BlockKind.NOTE if explains(unit) else BlockKind.REFERENCE)
        else:
            if not unit.text.isascii():
                called.update(_RAISED.findall(unit.text))


def _mark_wide(units: Sequence[Unit]) -> None:
    """Mark the paragraphs that begin with a call of the text before: （注1）, ※1."""
    called: set[str] = set()
    follows = False
    for unit in units:
        if unit.kind not in _LIST_KINDS:
            continue
        label = _WIDE.match(unit.text)
        follows = bool(label and (label[0] in called or follows))
        if follows:
            unit.mark(BlockKind.NOTE if explains(unit) else BlockKind.REFERENCE)
        else:
            if not unit.text.isascii():
                called.update(_WIDE.findall(unit.text))


def _page_foot(units: Sequence[Unit], index: int) -> Sequence[Unit]:
    """Return the note and, if a page marker follows soon, all paragraphs of it up to there."""
    for end in range(index + 1, min(index + 1 + _NOTE_LENGTH, len(units))):
        if units[end].reason == PAGE_MARKER:
            return units[index:end]
        if not units[end].open:
            break
    return units[index : index + 1]


def _mark_numbered(units: Sequence[Unit]) -> None:
    text = "\n".join(unit.text for unit in units if unit.open)
    brackets = {int(number) for number in re.findall(r"\[\s?(\d{1,3})\s?\]", text)}
    for start, end in _runs(units):
        run = units[start:end]
        labels = [label_of(unit.text) for unit in run]
        sources = sum(bool(pattern("within", "bibliographic").search(unit.text)) for unit in run)
        if sources * 2 >= len(run):
            for unit in run:
                unit.mark(BlockKind.NOTE if explains(unit) else BlockKind.REFERENCE)
            continue
        at_foot = end < len(units) and units[end].reason == PAGE_MARKER
        last = not any(unit.open and unit.substantial for unit in units[end:])
        cited = sum(label in brackets for label in labels)
        if cited * 3 >= len(run) * 2 and (at_foot or last):
            for unit in run:
                unit.mark(BlockKind.NOTE)


def _runs(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of runs of units numbered n, n+1, n+2 …; a single one counts at 1 only."""
    index = 0
    while index < len(units):
        label = label_of(units[index].text) if units[index].kind in _LIST_KINDS else None
        end = index + 1
        while (
            label is not None
            and end < len(units)
            and units[end].kind in _LIST_KINDS
            and label_of(units[end].text) == label + end - index
        ):
            end += 1
        if label is not None and (end - index > 1 or units[min(end, len(units) - 1)].reason):
            yield index, end
        index = end
