"""Captions: labelled, credited, doubled with a file name, or known by their shape; map legends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..model import BlockKind
from .pages import PAGE_MARKER
from .patterns import furniture_of, pattern, sieve
from .units import Unit, cut, fold

FILE_NAME = "file name"
_MAX_CAPTION = 500
_MIN_DOUBLED, _MAX_DOUBLED = 16, 200
_LEGEND_SIGNS = re.compile(r"[○●◎◯△▲▽▼□■◇◆☆★☉⊙]")
_ENUMERATOR = re.compile(r"(?:(?<=[.\s)])|^)(\d{1,2}|[A-Z])\)\s?(?=[^\W\d_])")
_MIN_INTRODUCTION = 60


def split_captions(units: list[Unit], text: str) -> list[Unit]:
    """Cut file names off the captions they are stuck to, and legends into their entries."""
    result: list[Unit] = []
    for index, unit in enumerate(units):
        if not unit.open:
            result.append(unit)
        elif _is_legend(unit) and (offsets := _entries(unit)):
            parts = cut(unit, text, offsets)
            _mark_legend(parts)
            result += parts
        elif at := _file_name(unit, units[index + 1] if index + 1 < len(units) else None):
            parts = cut(unit, text, [at])
            parts[-1].mark(BlockKind.CAPTION, FILE_NAME)
            result += parts
        else:
            result.append(unit)
    return result


def mark_legends(units: Sequence[Unit]) -> None:
    """Mark the lines of map legends as captions, their enumerated sources as references."""
    index = 0
    while index < len(units):
        if not (units[index].open and _is_legend(units[index])):
            index += 1
            continue
        end = index + 1
        while end < len(units) and not units[end].gap and not _leaves_legend(units[end]):
            end += 1
        zone = units[index:end]
        if len(zone) < 3 and not any(_LEGEND_SIGNS.search(unit.text) for unit in zone):
            zone[0].mark(BlockKind.NOTE)
        else:
            _mark_legend(zone)
        index = end


def mark_captions(units: Sequence[Unit]) -> None:
    """Mark captions by their label, credit, file name, or by being said twice."""
    for index, unit in enumerate(units):
        if not unit.open or unit.weight > _MAX_CAPTION:
            continue
        after = units[index + 1] if index + 1 < len(units) else None
        doubled = after is not None and after.reason == FILE_NAME
        if (
            pattern("starts", "caption").match(unit.text)
            or _credited(unit)
            or (pattern("within", "image-file").search(unit.text) and not furniture_of(unit.text))
            or doubled
        ):
            unit.mark(BlockKind.CAPTION)
    _mark_doubled(units)
    captions = {fold(unit.text) for unit in units if unit.kind is BlockKind.CAPTION}
    for unit in units:
        if unit.open and unit.weight <= _MAX_CAPTION and fold(unit.text) in captions:
            unit.mark(BlockKind.CAPTION)


def _mark_doubled(units: Sequence[Unit]) -> None:
    """Mark a short line said twice in a row below running text: what stands for a picture."""
    body = False
    for unit, below in pairwise(units):
        body = body or (unit.open and unit.substantial)
        alike = body and unit.open and below.open and unit.text == below.text
        if alike and not unit.finished and _MIN_DOUBLED <= unit.weight <= _MAX_DOUBLED:
            unit.mark(BlockKind.CAPTION)


def mark_unfinished(units: Sequence[Unit]) -> None:
    """Mark single lines of a sentence's length that do not end like one: captions by shape."""
    below: Unit | None = None
    cut_off = False
    for unit in reversed(units):
        if unit.open and below is not None and below.gap and not cut_off and _shaped(unit):
            unit.mark(BlockKind.CAPTION, "by shape")
        below = unit
        if unit.kind not in {BlockKind.NOTE, BlockKind.REFERENCE, BlockKind.CAPTION}:
            # What stands above a page marker, or above a small letter, is cut off, not a caption.
            cut_off = unit.reason == PAGE_MARKER or (unit.open and unit.text[0].islower())


def _shaped(unit: Unit) -> bool:
    return (
        unit.gap > 0
        and not unit.finished
        and unit.text[-1] not in ",-–—"
        and unit.sentences == 1
        and 60 <= unit.weight <= 300
        and len(unit.text.split()) >= 8
        and not unit.text[0].islower()
    )


def _is_legend(unit: Unit) -> bool:
    file = pattern("inline", "file").match(unit.text)
    named = file is not None and file[0].rstrip().endswith("LEGEND:")
    return named or bool(pattern("starts", "legend").match(unit.text))


def _mark_legend(zone: Sequence[Unit]) -> None:
    for unit in zone:
        if unit.open:
            entry = _is_entry(unit)
            unit.mark(BlockKind.REFERENCE if entry else BlockKind.CAPTION, "legend")


def _is_entry(unit: Unit) -> bool:
    return bool(pattern("starts", "enumerated").match(unit.text)) or _sourced(unit)


def _leaves_legend(unit: Unit) -> bool:
    """Tell whether a line after a legend is the next paragraph of the text."""
    inside = _is_entry(unit) or pattern("starts", "legend").match(unit.text)
    return unit.substantial and unit.sentences > 1 and not inside


def _credited(unit: Unit) -> bool:
    credit = sieve("within", "credit").search(unit.text.lower())
    shown = credit is not None and (unit.sentences <= 3 or credit.start() < 10)
    return shown and furniture_of(unit.text) not in {"maintenance", "hatnote"}


def _sourced(unit: Unit) -> bool:
    """Tell whether the part of a legend before its second entry is the first, its label lost."""
    return bool(
        pattern("shapes", "year").search(unit.text)
        and pattern("within", "bibliographic").search(unit.text)
        and not _is_legend(unit)
        and unit.sentences >= 2
    )


def _file_name(unit: Unit, after: Unit | None) -> int | None:
    """Return where the file name at the end of a unit begins, if that can be known.

    It can when the next line says the same without it, or when a full stop stands before it.
    """
    names = list(pattern("within", "image-file").finditer(unit.text))
    if not names or names[-1].end() != len(unit.text):
        return None
    if after is not None and unit.text.startswith(after.text) and len(after.text) > 20:
        return unit.start + len(after.text)
    stop = max(unit.text.rfind(mark, 0, names[-1].start()) for mark in (". ", "。", ".) "))
    if stop > 20 and len(unit.text) - stop < 200:
        return unit.start + stop + 1
    return None


def _entries(unit: Unit) -> list[int]:
    """Return the offsets at which the enumerated entries of a legend on one line begin."""
    offsets: list[int] = []
    expected = {"A": None, "1": None, "2": None}
    series: list[re.Match[str]] = []
    for match in _ENUMERATOR.finditer(unit.text):
        label = match[1]
        if (series and label == _next(series[-1][1])) or label in expected:
            if series and label in expected and label != _next(series[-1][1]):
                offsets += _introduction(unit, series[-1].end(), match.start())
            elif not series and label == "2":
                offsets += _first_entry(unit, match.start())
            series.append(match)
            offsets.append(unit.start + match.start())
    return offsets if len(series) >= 2 else []


def _next(label: str) -> str:
    return str(int(label) + 1) if label.isdigit() else chr(ord(label) + 1)


def _introduction(unit: Unit, start: int, end: int) -> list[int]:
    """Return where the sentence that introduces the next series begins."""
    stops = [m.end() for m in re.finditer(r"[.!?](?=\s?[A-ZА-Я][a-zа-я]+ )", unit.text[start:end])]
    begin = start + stops[-1] if stops else start
    return [unit.start + begin] if stops and end - begin >= _MIN_INTRODUCTION else []


def _first_entry(unit: Unit, end: int) -> list[int]:
    """Return where an entry begins whose label ``1)`` was lost: after the last legend sign."""
    signs = list(_LEGEND_SIGNS.finditer(unit.text, 0, end))
    if not signs:
        return []
    gloss = re.compile(r"\s?\S+\s").match(unit.text, signs[-1].end())
    return [unit.start + gloss.end()] if gloss and gloss.end() < end - 20 else []
