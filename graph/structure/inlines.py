"""Stretches inside a block that are no part of the sentence: markers, carets, markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ..model import Block, BlockKind, Inline, InlineKind
from ..resources import rules
from .notes import label_of
from .pages import PAGE_MARKER
from .patterns import pattern
from .wide_calls import wide_calls

_BRACKETED = (
    (InlineKind.CITATION, "citation"),
    (InlineKind.EDITORIAL, "editorial"),
    (InlineKind.PAGE_MARKER, "page-marker"),
    (InlineKind.MARKUP, "markup"),
)
_OTHERS = (
    (InlineKind.CITATION, "citation", (*"⁰¹²³⁴⁵⁶⁷⁸⁹", "ote ", "прим", "Прим")),
    (InlineKind.PAGE_MARKER, "page-marker", ("{",)),
    (InlineKind.MARKUP, "tag", ("<",)),
    (InlineKind.MARKUP, "entity", ("&",)),
    (
        InlineKind.MARKUP,
        "file",
        ("File:", "Image:", "Файл:", "ние:", "イル:", "画像:", "Datei:", "Bild:"),
    ),
    (InlineKind.MARKUP, "wiki", ("{{", "[[", "]]", "''")),
    (InlineKind.MARKUP, "colon", (" :",)),
    (InlineKind.MARKUP, "return", ("↩",)),
)
"""Kind, pattern, and the strings without one of which a text need not be searched for it."""
_BRACKET = re.compile(r"(\[[^\[\]\n]{1,60}\])(:\d{1,4}(?:[-–]\d{1,4})?)?")
"""A stretch in square brackets, and the page number wikis print after it: ``[3]:45``."""
_ENTRIES = frozenset({BlockKind.REFERENCE, BlockKind.NOTE})
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.NOTE})
_BACK_LABELS = re.compile(r"\d{1,3}\.[ \t]+((?:\d{1,2} ){2,}|(?:[a-z] ){2,})(?=\S)")
_STAR = re.compile(r"(?<=[\w\"”»).,;:!?])(?:\*{1,3}|†|‡)(?![\w*])")
_STAR_LABEL = re.compile(r"(?:\*{1,3}|†|‡)(?=\s*[^\s*])")
_PARENTHESISED = re.compile(r"(?<=[\w.,;:”’»!?])\(\d{1,3}\)")
_YEAR_END = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d\.$")
_SENTENCE_BEGINS = re.compile(r"\s*(?:$|[\"“«„(]?[A-ZА-ЯЁÄÖÜ])")
_WORD = re.compile(r"[^\W\d_]+$")


def find_inlines(text: str, blocks: Sequence[Block]) -> tuple[Inline, ...]:
    """Return all inline stretches in the order of the text, none overlapping another."""
    found: list[Inline] = []
    found += _bracketed(text)
    for kind, name, signs in _OTHERS:
        if any(sign in text for sign in signs):
            found += _matches(kind, pattern("inline", name), text, 0, len(text))
    for block in blocks:
        if block.reason == PAGE_MARKER:
            line = text[block.start : block.end].rstrip()
            found.append(Inline(InlineKind.PAGE_MARKER, block.start, block.start + len(line), line))
        elif block.kind in _ENTRIES:
            backlink = pattern("inline", "backlink")
            found += _matches(InlineKind.BACKLINK, backlink, text, block.start, block.end)
            if labels := _BACK_LABELS.match(text, block.start, block.end):
                found.append(_inline(InlineKind.BACKLINK, text, labels.start(1), labels.end(1) - 1))
    found += footnote_calls(text, blocks)
    found += wide_calls(text, blocks)
    return tuple(_without_overlaps(found))


def _bracketed(text: str) -> Iterator[Inline]:
    """Yield citation markers, ``[citation needed]`` and the like, whatever their spelling."""
    for match in _BRACKET.finditer(text):
        lower = match[1].lower()
        for kind, name in _BRACKETED:
            if pattern("bracketed", name).fullmatch(lower):
                end = match.end() if kind is InlineKind.CITATION else match.end(1)
                yield _inline(kind, text, match.start(), end)
                break


def footnote_calls(text: str, blocks: Sequence[Block]) -> Iterator[Inline]:
    """Yield bare footnote digits and asterisks, if the notes they call are in the document.

    Digits count only where each number of a list of notes, in its order, is found before the list
    in a place where no ordinary number can stand.
    """
    if any(_STAR_LABEL.match(text, b.start) for b in blocks if b.kind is BlockKind.NOTE):
        for block in blocks:
            if block.kind in _PROSE:
                yield from _matches(InlineKind.CITATION, _STAR, text, block.start, block.end)
    begin = 0
    for first, last in _note_lists(blocks):
        labels = [label_of(text[block.start : block.end]) for block in blocks[first:last]]
        numbers = [label for label in labels if label is not None]
        if numbers:
            prose = [b for b in blocks[begin:first] if b.kind in _PROSE]
            if text[blocks[first].start] == "(":
                yield from _in_order(text, _in_parentheses(text, prose), numbers)
            else:
                yield from _calls(text, prose, numbers)
            begin = last


def _note_lists(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    index = 0
    while index < len(blocks):
        end = index
        while end < len(blocks) and blocks[end].kind in _ENTRIES and not blocks[end].reason:
            end += 1
        if end > index:
            yield index, end
        index = end + 1


def _calls(text: str, prose: Sequence[Block], numbers: Sequence[int]) -> list[Inline]:
    """Return the calls of the numbered notes, or none if too few stand in their order."""
    candidates = [
        match
        for block in prose
        for match in _call_pattern().finditer(text, block.start, block.end)
        if _may_call(text, match, block)
    ]
    return _in_order(text, candidates, numbers)


def _in_parentheses(text: str, prose: Sequence[Block]) -> list[re.Match[str]]:
    """Return numbers in parentheses that touch the word or stop before them."""
    return [
        match for block in prose for match in _PARENTHESISED.finditer(text, block.start, block.end)
    ]


def _in_order(
    text: str, candidates: Sequence[re.Match[str]], numbers: Sequence[int]
) -> list[Inline]:
    """Return the candidates that call the notes in their order, none if they are too few."""
    calls: list[Inline] = []
    wanted = list(dict.fromkeys(numbers))
    position = 0
    for match in candidates:
        if position < len(wanted) and int(match[0].strip("()")) == wanted[position]:
            calls.append(_inline(InlineKind.CITATION, text, *match.span()))
            position += 1
    return calls if wanted and position * 3 >= len(wanted) * 2 else []


def _may_call(text: str, match: re.Match[str], block: Block) -> bool:
    """Tell whether digits may be a footnote call: after a word and before punctuation or an end."""
    start, end = match.span()
    attached = not text[start - 1].isspace()
    before = text[max(block.start, start - 30) : start].rstrip()
    last = before[-1:]
    after = text[end : min(end + 2, block.end)]
    closes = not after.strip() or after[0] in '.,;:)]"”»'
    if last.isdigit() or last in "-–—/([#№":
        return False
    if last in ".," and before[-2:-1].isdigit():
        # A number goes on after a point, but no year does, nor one that ends its sentence.
        if last == "," or not (closes or after[0].isspace()):
            return False
        return bool(_YEAR_END.search(before) or _SENTENCE_BEGINS.match(text, end, block.end))
    if last.isalpha():
        word = _WORD.search(before)
        listed = word is not None and word[0].lower() in _number_words()
        short = word is not None and len(word[0]) < 3
        return not listed and not short and (closes or (attached and after[0].isspace()))
    if last in '"”»’)]':
        return closes or after[:1].isspace()
    return last in ".,;:!?" and attached and (closes or after[:1].isspace())


def _matches(
    kind: InlineKind, found: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[Inline]:
    for match in found.finditer(text, start, end):
        yield Inline(kind, match.start(), match.end(), match[0])


def _inline(kind: InlineKind, text: str, start: int, end: int) -> Inline:
    return Inline(kind, start, end, text[start:end])


def _without_overlaps(found: Sequence[Inline]) -> Iterator[Inline]:
    end = 0
    for inline in sorted(found, key=lambda one: (one.start, -one.end)):
        if inline.start >= end:
            yield inline
            end = inline.end


@cache
def _call_pattern() -> re.Pattern[str]:
    return re.compile(r"\d(?<!\d\d)\d{0,2}(?!\d|[.,]\d)")


@cache
def _number_words() -> frozenset[str]:
    return frozenset(rules("structure")["footnote"]["number-words"])
