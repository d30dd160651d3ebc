"""Text printed twice: a legend that is also an alternative text, a caption said again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import BlockKind
from .captions import FILE_NAME
from .units import Unit, fold

REPEATED = "repeated text"
_MIN_WEIGHT = 40
_KINDS = frozenset({BlockKind.CAPTION, BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.NOTE})


def mark_repeats(units: Sequence[Unit]) -> None:
    """Give one copy of every passage printed twice the reason ``repeated text``; it keeps its kind.

    Marked is the poorer copy: the one with a file name at its end, or with letters outside ASCII
    lost; else the later one.
    """
    for first, second in _pairs(units):
        poorer = first if _quality(units, first) < _quality(units, second) else second
        for index in poorer:
            units[index].reason = REPEATED


def _pairs(units: Sequence[Unit]) -> Iterator[tuple[range, range]]:
    """Yield the bounds of the first and of the second copy of each repeated passage."""
    keys = [_key(unit) for unit in units]
    seen: dict[str, int] = {}
    index = 0
    while index < len(units):
        first = seen.setdefault(keys[index], index) if keys[index] else index
        length = 1
        if first < index:
            while (
                index + length < len(units)
                and first + length < index
                and keys[first + length] == keys[index + length]
                and keys[index + length]
            ):
                length += 1
            yield range(first, first + length), range(index, index + length)
        index += length


def _key(unit: Unit) -> str:
    legend = unit.kind is BlockKind.REFERENCE and unit.reason == "legend"
    if not (unit.kind in _KINDS or legend) or unit.reason == FILE_NAME:
        return ""
    key = fold(unit.text)
    return key if legend or unit.weight >= _MIN_WEIGHT else ""


def _quality(units: Sequence[Unit], copy: range) -> tuple[bool, int]:
    after = units[copy.stop] if copy.stop < len(units) else None
    named = after is not None and after.reason == FILE_NAME
    return not named, sum(_beyond_ascii(units[index].text) for index in copy)


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))
