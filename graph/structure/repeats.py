"""Text printed twice: a legend that is also an alternative text, a caption said again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import BlockKind
from .captions import FILE_NAME
from .units import Unit, fold

REPEATED = "repeated text"
_MIN_WEIGHT = 40
_KEY_LENGTH = 120
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
    """Yield the bounds of the first and of the second copy of each repeated passage.

    A passage begins with a line long enough to be known again; the lines around it that are the
    same in both copies belong to it, however short.
    """
    keys = [_key(unit) for unit in units]
    seen: dict[str, int] = {}
    index = done = 0
    while index < len(units):
        long = keys[index] and units[index].weight >= _MIN_WEIGHT
        first = seen.setdefault(keys[index], index) if long else index
        if not _same(units, keys, first, index):
            index += 1
            continue
        before = 0
        while index - before > done and _same(units, keys, first - before - 1, index - before - 1):
            before += 1
        length = 1
        while first + length < index - before and _same(
            units, keys, first + length, index + length
        ):
            length += 1
        yield range(first - before, first + length), range(index - before, index + length)
        index = done = index + length


def _same(units: Sequence[Unit], keys: Sequence[str], first: int, second: int) -> bool:
    """Tell whether two units say the same; the keys tell those apart that begin differently."""
    if not 0 <= first < second < len(keys) or not keys[first] or keys[first] != keys[second]:
        return False
    one, other = units[first].text, units[second].text
    alike = abs(len(one) - len(other)) * 5 <= len(one)
    return alike and fold(one) == fold(other)


def _key(unit: Unit) -> str:
    legend = unit.kind is BlockKind.REFERENCE and unit.reason == "legend"
    wanted = (unit.kind in _KINDS or legend) and unit.reason != FILE_NAME
    return fold(unit.text[:_KEY_LENGTH]) if wanted else ""


def _quality(units: Sequence[Unit], copy: range) -> tuple[bool, int]:
    after = units[copy.stop] if copy.stop < len(units) else None
    named = after is not None and after.reason == FILE_NAME
    return not named, sum(_beyond_ascii(units[index].text) for index in copy)


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))
