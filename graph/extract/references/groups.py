"""Find what stands in quotation marks and brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

QUOTES = {"“": "”", "«": "»", "「": "」", "『": "』", "„": "“”", "‹": "›"}
BRACKETS = {"(": ")", "[": "]", "（": "）", "［": "］", "〈": "〉", "《": "》", "【": "】"}
STRAIGHT = '"'
_SINGLE = re.compile(
    r"(?:(?<=[\s(,;:])|^)['‘](?=\S)[^'‘]{3,300}?(?:['’](?=\w)[^'‘]{1,300}?){0,9}['’](?=[,.;:)\]]|\s[(\[]|$|(?<=[.,]['’])\s[A-ZА-ЯЁ])"
)
_DEPTH = 8
"""Open marks looked back at for the partner of a closing one."""


@dataclass(frozen=True, slots=True)
class Group:
    """A stretch in quotation marks or brackets; the inner bounds leave the marks out."""

    mark: str
    """The opening mark."""
    start: int
    end: int
    inner_start: int
    inner_end: int

    def text(self, source: str) -> str:
        """Return what stands between the marks."""
        return source[self.inner_start : self.inner_end]


def quotes(text: str) -> tuple[Group, ...]:
    """Return the outermost quotations of *text*, in order; unclosed ones are left out.

    Doubled straight marks (``""Title""``) are one quotation whose content is again quoted.
    """
    return _outermost([*_pairs(text, QUOTES), *_straight(text), *_single(text)])


def brackets(text: str) -> tuple[Group, ...]:
    """Return the outermost brackets of *text*, in order; unclosed ones are left out."""
    return _outermost(_pairs(text, BRACKETS))


def _pairs(text: str, pairs: Mapping[str, str]) -> Iterator[Group]:
    closing = frozenset("".join(pairs.values()))
    open_marks: list[int] = []
    for mark in _marks(pairs).finditer(text):
        position, char = mark.start(), mark[0]
        partner = _partner(text, open_marks, char, pairs) if char in closing else None
        if partner is not None:
            start = open_marks[partner]
            del open_marks[partner:]
            yield Group(text[start], start, position + 1, start + 1, position)
        elif char in pairs:
            open_marks.append(position)


def _marks(pairs: Mapping[str, str]) -> re.Pattern[str]:
    signs = "".join((*pairs, *pairs.values()))
    return re.compile(f"[{re.escape(signs)}]")


def _partner(text: str, open_marks: list[int], char: str, pairs: Mapping[str, str]) -> int | None:
    for index in range(len(open_marks) - 1, max(-1, len(open_marks) - 1 - _DEPTH), -1):
        if char in pairs[text[open_marks[index]]]:
            return index
    return None


def _straight(text: str) -> Iterator[Group]:
    start = text.find(STRAIGHT)
    while start >= 0:
        doubled = text.startswith(STRAIGHT * 2, start) and text[start + 2 : start + 3].strip()
        run = 2 if doubled else 1
        end = text.find(STRAIGHT * run, start + run)
        if end < 0:
            return
        yield Group(STRAIGHT, start, end + run, start + 1, end + run - 1)
        start = text.find(STRAIGHT, end + run)


def _single(text: str) -> Iterator[Group]:
    """Find British quotations, whose marks are also apostrophes (``'The Lost Legion',``)."""
    for match in _SINGLE.finditer(text):
        yield Group(match[0][0], match.start(), match.end(), match.start() + 1, match.end() - 1)


def _outermost(groups: Iterable[Group]) -> tuple[Group, ...]:
    kept: list[Group] = []
    for group in sorted(groups, key=lambda one: (one.start, -one.end)):
        if not kept or group.start >= kept[-1].end:
            kept.append(group)
    return tuple(kept)
