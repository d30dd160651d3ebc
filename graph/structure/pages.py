"""Page markers, separators and running heads: what the printed page left in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from ..model import BlockKind
from .patterns import pattern
from .units import Unit

PAGE_MARKER = "page marker"
RUNNING_HEAD = "running head"
_MIN_RUNNING_HEADS = 2
_MAX_RUNNING_HEAD = 80
_PARAGRAPH = 70
_MAX_STEP = 2
_CONTINUING = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.NOTE})


def mark_pages(units: Sequence[Unit]) -> None:
    """Mark page markers, bare page numbers in order, separators and repeated running heads."""
    numbers = _page_numbers(units) | _numbered_heads(units)
    for index, unit in enumerate(units):
        if not unit.open:
            continue
        if pattern("lines", "page-marker").fullmatch(unit.text) or (
            id(unit) in numbers or _between_paragraphs(units, index)
        ):
            unit.mark(BlockKind.BOILERPLATE, PAGE_MARKER)
        elif pattern("lines", "separator").fullmatch(unit.text):
            unit.mark(BlockKind.BOILERPLATE, "separator")
    heads = _running_heads(units)
    first = next((unit for unit in units if unit.open), None)
    for unit in units:
        if unit.open and unit.text in heads and unit is not first:
            unit.mark(BlockKind.BOILERPLATE, RUNNING_HEAD)


def mark_continuations(units: Sequence[Unit]) -> None:
    """Mark paragraphs that go on with the one before a page marker, or before a caption.

    The part before must end without a full stop, or the part after begin with a small letter; with
    no page marker between, both. Notes and captions at the foot of the page may stand between.
    """
    last: dict[BlockKind, Unit] = {}
    paged = parted = False
    for unit in units:
        if unit.reason in {PAGE_MARKER, RUNNING_HEAD}:
            paged = True
        elif unit.kind in _CONTINUING:
            before = last.get(unit.kind)
            if before and (paged or parted):
                small = unit.text[0].islower()
                unit.continues = (paged and small) or (not before.finished and (paged or small))
            last[unit.kind] = unit
            paged = parted = False
        elif unit.kind is BlockKind.CAPTION:
            parted = True
        elif unit.kind is BlockKind.HEADING:
            paged = parted = False


def _between_paragraphs(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a line is only a number, with running text above and below."""
    if not 0 < index < len(units) - 1:
        return False
    if not pattern("lines", "bare-number").fullmatch(units[index].text):
        return False
    above, below = units[index - 1], units[index + 1]
    return above.weight >= _PARAGRAPH and below.weight >= _PARAGRAPH


def _page_numbers(units: Sequence[Unit]) -> set[int]:
    """Return the identities of lines that are only a number, if the numbers count pages up."""
    bare = [
        index
        for index, unit in enumerate(units)
        if unit.open and pattern("lines", "bare-number").fullmatch(unit.text)
    ]
    steps = [
        b - a > 1 and 0 < int(units[b].text) - int(units[a].text) <= _MAX_STEP
        for a, b in pairwise(bare)
    ]
    cut_off = any(_cuts(units, index) for index in bare)
    if not all(steps) or len(bare) < (2 if cut_off else 3):
        return {id(units[index]) for index in bare if _cuts(units, index)}
    return {id(units[index]) for index in bare}


def _cuts(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a line stands inside a sentence: none has ended above, and it goes on below."""
    if not 0 < index < len(units) - 1:
        return False
    above, below = units[index - 1], units[index + 1]
    wide = above.weight >= _PARAGRAPH // 2 and below.weight >= _PARAGRAPH // 2
    return wide and not above.finished and below.text[0].islower()


def _numbered_heads(units: Sequence[Unit]) -> set[int]:
    """Return the identities of lines with a page number and the name of the book or its author.

    The numbers count up line by line of this form, running text stands between them, and a name
    comes back at least once.
    """
    chain: list[tuple[int, int, str]] = []
    found: set[int] = set()
    for index, unit in enumerate(units):
        match = None
        if unit.open and unit.weight <= _MAX_RUNNING_HEAD and not unit.finished:
            match = pattern("lines", "running-head").fullmatch(unit.text)
        if match is None:
            continue
        number = int(match["number"] or match["number2"])
        name = match["name"] or match["name2"]
        if chain and not (0 < number - chain[-1][1] <= _MAX_STEP and index - chain[-1][0] > 1):
            found |= _if_repeated(units, chain)
            chain = []
        chain.append((index, number, name))
    return found | _if_repeated(units, chain)


def _if_repeated(units: Sequence[Unit], chain: Sequence[tuple[int, int, str]]) -> set[int]:
    names = {name for _, _, name in chain}
    return {id(units[index]) for index, _, _ in chain} if len(names) < len(chain) else set()


def _running_heads(units: Sequence[Unit]) -> set[str]:
    """Return the short lines that stand again and again right above or below a page marker."""
    lines = Counter(
        unit.text
        for before, unit, after in zip_longest((None, *units), units, units[1:])
        if unit is not None
        and unit.open
        and len(unit.text) <= _MAX_RUNNING_HEAD
        and not unit.finished
        and PAGE_MARKER in {before and before.reason, after and after.reason}
    )
    return {text for text, count in lines.items() if count >= _MIN_RUNNING_HEADS}
