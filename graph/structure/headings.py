"""Headings, lists and quotations in plain text, known by their shape and their neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from ..model import BlockKind
from ..resources import rules
from .patterns import bare_name, pattern, section_of
from .units import Unit, cut, fold

_MAX_HEADING = 110
_SHORT_HEADING = 60
_LEAD = 80
_NO_LEAD = frozenset('.!?…;,)"”»')
_SHORT_WORDS = 8
_LINE = 70
_MIN_COMMAS = 2
_OPENING, _CLOSING = re.compile(r"[(（「『«]"), re.compile(r"[)）」』»]")
_MAX_WORDS = 14
_FOLLOWERS = frozenset({BlockKind.TABLE, BlockKind.CAPTION, BlockKind.QUOTE, BlockKind.LIST_ITEM})
_INSERTED = frozenset(
    {"page marker", "separator", "hatnote", "maintenance", "link", "sponsor", "image-stub", "share"}
)
"""Furniture that stands in the middle of a text: a heading above it is not empty for it."""
_ANY_LETTER = re.compile(r"[^\W\d_]")


def split_headings(units: list[Unit], text: str) -> list[Unit]:
    """Cut off headings that are stuck to their paragraph.

    Known are the names of common sections (stuck without a space) and the entries of a table of
    contents in the same text (stuck with or without one).
    """
    listed = sorted(
        {bare_name(u.text) for u in units if u.reason == "navigation" and not section_of(u.text)},
        key=len,
    )
    result: list[Unit] = []
    for unit in units:
        length = _stuck(unit, listed[::-1]) if unit.open and unit.substantial else 0
        if length:
            head, rest = cut(unit, text, [unit.start + length])
            head.mark(BlockKind.HEADING, level=2)
            result += [head, rest]
        else:
            result.append(unit)
    return result


def mark_headings(units: Sequence[Unit]) -> None:
    """Mark short lines that stand alone above a paragraph; not where the markup has headings."""
    if any(unit.given and unit.kind is BlockKind.HEADING for unit in units):
        return
    after: Unit | None = None
    chain = 0
    cut_off = False
    # Where paragraphs stand line by line, no blank line can tell a heading.
    tight = sum(unit.gap > 0 for unit in units[1:]) * 5 < len(units)
    for before, unit in zip([*reversed(units[:-1]), None], reversed(units), strict=False):
        candidate = unit.open and after is not None and not cut_off
        candidate = candidate and not _broken_off(before)
        if (
            candidate
            and after is not None
            and _is_heading(unit, after, chain, tight=tight, below=before is None or before.prose)
        ):
            numbered = pattern("lines", "numbered-heading").fullmatch(unit.text)
            unit.mark(BlockKind.HEADING, level=2 + bool(numbered and unit.text.count(".") > 1))
            chain += 1
        else:
            chain = 0
        after = unit
        if unit.kind not in {BlockKind.NOTE, BlockKind.REFERENCE, BlockKind.CAPTION}:
            # What goes on below with a small letter is a sentence cut in two.
            cut_off = unit.open and unit.text[0].islower()


def mark_empty_headings(units: Sequence[Unit]) -> None:
    """Mark headings with nothing beneath them: the next is no lower, or furniture, or the end."""
    after: Unit | None = None
    for unit in reversed(units):
        if unit.kind is BlockKind.HEADING:
            known = bool(section_of(unit.text))
            ended = after is None or after.kind in {BlockKind.BOILERPLATE, BlockKind.METADATA}
            heading = after is not None and after.kind is BlockKind.HEADING
            lower = heading and after is not None and after.level > unit.level
            if (ended and (known or unit.given)) or (
                heading and not lower and (known or unit.given)
            ):
                unit.mark(BlockKind.BOILERPLATE, "empty heading")
        if unit.reason not in _INSERTED:
            after = unit


def mark_lists(units: Sequence[Unit]) -> None:
    """Mark lines that begin with a bullet, and runs of lines that begin with numbers."""
    for name in ("bullet", "number"):
        matches = [unit.open and bool(pattern("starts", name).match(unit.text)) for unit in units]
        for index, unit in enumerate(units):
            if not matches[index] or not unit.open:
                continue
            neighbours = matches[max(0, index - 1) : index] + matches[index + 1 : index + 2]
            if any(neighbours) or (name == "bullet" and unit.text[0] not in "-–*+"):
                unit.mark(BlockKind.LIST_ITEM, level=1)


def mark_quotations(units: Sequence[Unit]) -> None:
    """Mark a paragraph as a quotation when the one before leads over to it."""
    for before, unit in pairwise(units):
        apart = unit.open and unit.gap and before.kind in {None, BlockKind.PARAGRAPH}
        if apart and unit.prose and _leads_over(before, unit):
            unit.mark(BlockKind.QUOTE)


def _leads_over(before: Unit, unit: Unit) -> bool:
    tail = before.body[-_LEAD:]
    speaks = tail[-1:] not in _NO_LEAD and _compiled("introduction").search(tail)
    return bool(speaks) and not _compiled("excluded").match(unit.text)


def mark_paragraphs(units: Sequence[Unit]) -> None:
    """Mark everything no other step has decided on as a paragraph."""
    for unit in units:
        if unit.open:
            unit.mark(BlockKind.PARAGRAPH)


def _broken_off(unit: Unit | None) -> bool:
    """Tell whether a line of running Japanese has not come to its end: it goes on below."""
    wide = unit is not None and unit.open and unit.weight > 2 * len(unit.text)
    return wide and unit is not None and unit.weight >= _LINE and not unit.finished


def _is_heading(unit: Unit, after: Unit, chain: int, *, tight: bool, below: bool) -> bool:
    text = unit.body
    numbered = bool(pattern("lines", "numbered-heading").fullmatch(text))
    if (
        not text
        or unit.weight > _MAX_HEADING
        or len(text.split()) > _MAX_WORDS
        or not _ANY_LETTER.search(text)
    ):
        return False
    if section_of(text) or pattern("shapes", "edit-link").search(unit.text):
        return bool(unit.gap or after.gap or unit.text.endswith("]") or (tight and after.open))
    if (
        text[-1] in ".,;:!…。！、，；：-–—"
        or (not numbered and pattern("shapes", "sentence-end").search(bare_name(text)))
        or text[0].islower()
        or pattern("starts", "bullet").match(text)
    ):
        return False
    if pattern("within", "bibliographic").search(text) or _enumerates(text):
        return False
    if pattern("shapes", "dated-end").match(text):
        return False  # what a picture shows, and when
    if pattern("shapes", "barred-cell").search(text) or _glued(text):
        return False  # a row of a box of facts
    if pattern("shapes", "question").search(text):
        return False  # what somebody was asked
    if not unit.gap:
        short = unit.weight <= _SHORT_HEADING and len(text.split()) <= _SHORT_WORDS
        long = after.substantial or (
            after.prose and (numbered or (below and after.weight >= _LINE))
        )
        return tight and short and after.open and long
    if after.kind is BlockKind.HEADING:
        return chain < 2 and bool(after.gap)
    stands = after.gap > 0 or after.substantial or unit.weight <= _SHORT_HEADING
    cut_by_page = after.sentences > 1 and after.weight >= _SHORT_HEADING
    text_below = after.open and (after.prose or after.substantial or cut_by_page)
    return stands and (text_below or after.kind in _FOLLOWERS)


def _enumerates(text: str) -> bool:
    """Tell whether a line lists several things, or opens a bracket that it does not close."""
    listed = text.count(", ") >= _MIN_COMMAS or text.count("、") >= _MIN_COMMAS
    return listed or len(_OPENING.findall(text)) != len(_CLOSING.findall(text))


def _glued(text: str) -> bool:
    return bool(pattern("shapes", "glued-cell").search(text))


def _stuck(unit: Unit, listed: Sequence[str]) -> int:
    """Return the length of a heading at the beginning of a paragraph, 0 if there is none."""
    match = _common().match(unit.text)
    if match:
        return match.end()
    for name in listed:
        if unit.text.startswith(name) and 3 < len(name) < len(unit.text):
            rest = unit.text[len(name) :]
            if rest[0].isupper() or (rest[0] == " " and rest[1:2].isupper() and fold(name)):
                return len(name)
    return 0


@cache
def _common() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in rules("structure")["sections"]["common"])
    return re.compile(rf"(?:{names})(?=[A-ZА-ЯЁ][a-zа-яё]*\s)")


@cache
def _compiled(name: str) -> re.Pattern[str]:
    return re.compile("|".join(rules("structure")["quotation"][name]))
