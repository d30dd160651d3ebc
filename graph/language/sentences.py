"""Cut the blocks of a document into sentences.

A full stop ends a sentence unless the word before it (an initial, an abbreviation, a number) or
the word after it (in lower case) says otherwise; the words are data in ``rules/sentences.toml``.
Markers and markup inside a block are blanked first, one space for each character, so that offsets
keep; a paragraph that goes on after a page marker is read as one with its first part.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from ..model import Block, BlockKind, Document, Sentence
from ..resources import rules
from .scripts import detect_language

SPLIT = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.NOTE})
WHOLE = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.CAPTION})
"""Kinds of block that are one sentence each; all others have none."""

_LABELLED = frozenset({BlockKind.LIST_ITEM, BlockKind.NOTE})
_LABEL = re.compile(
    r"(?:\[\d{1,3}\]|\(?\d{1,3}[.)]|\(?[a-z]\)|[①-⑳]|[•●○◦▪■□◆◇▶►・‣⁃∙]|[-–*+†‡※](?=\s))\s*|\*+\s*"
)
"""The number or bullet before an item is no part of its first sentence."""
_END = re.compile(r"[.!?…。！？．]+|(?<! ) {3,}+(?=[A-ZА-ЯЁ])")
"""Where a sentence may end: at a terminal, or where a marker was blanked before a capital.

A run of spaces is tried once, from its first: markers in a row blank out long stretches."""
_TERMINALS = re.compile(r"[.!?…。！？．]+")
_BLANKED = "   "
"""A text without it has only terminals."""
_CLOSERS = re.compile(r"[\"'”’»)\]」』）］】›*]*")
_SPACED_QUOTE = re.compile(r"[ \u00a0]{1,2}[\"”»](?=\s|$|[,;.)])")
_QUOTE = re.compile('["“”«»„]')
_AFTER_QUOTE = re.compile(r"[\"”»]\s*(?:[,;:(–—-]|[a-zа-яё])")
_WORD_BEFORE = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*$|\d+$")
_NEXT_WORD = re.compile(r"[\s\"'“„«‘(\[「『（—–-]*([^\W_]+)")
_NUMBER_BEFORE = re.compile(r"(?:\d|[IVX])[\s\u00a0]?$")
_NUMBER_REACH = 3
"""Characters before a word in which the number that ends there is to be looked for."""
_LAST_NUMBER = re.compile(r"\s*\d{1,4}[.)]*\s*$")
_NON_LATIN = re.compile(r"[\u0400-\u052f\u3040-\u30ff\u3400-\u9fff]")
_CJK_END = frozenset("。！？．")
_BRACKETS = (("(", ")"), ("（", "）"), ("「", "」"), ("『", "』"))
_GOES_ON = frozenset("とはがのをにもでへやなかよねっだけ、，")
"""After a closing bracket these go on with the Japanese sentence: 「…。」と言った."""
_LOOK_BACK = 40
_PRINTED = re.compile(r"\S")
_MAX_BRACKET = 600
"""A bracket left open longer than this was never meant to be closed."""
_MAX_QUOTED = 220
"""A full stop in a quotation that closes within this distance may belong to a quoted title."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists of one language."""

    opening: frozenset[str]
    closing: frozenset[str]
    ending: frozenset[str]
    numbered: frozenset[str]
    initials: frozenset[str]
    starters: frozenset[str]
    followers: frozenset[str]


@cache
def _words(language: str) -> _Words:
    data = rules("sentences")
    # Names and titles in other languages turn up in every text: English lists serve them all.
    languages = dict.fromkeys((language, "en"))

    def words(key: str) -> frozenset[str]:
        return frozenset(word for name in languages for word in data[key].get(name, ()))

    return _Words(
        opening=words("opening"),
        closing=words("closing"),
        ending=words("ending"),
        numbered=words("after-number"),
        initials=frozenset(data["initials"]["all"]),
        starters=words("starters"),
        followers=frozenset(data["ordinal-followers"].get(language, ())),
    )


def split(document: Document) -> Document:
    """Return *document* with its sentences, in the order of the text.

    Paragraphs, quotes, list items and notes are cut into sentences; a title, heading or caption is
    one sentence; tables, references, metadata and boilerplate have none.
    """
    masked = _mask(document)
    starts = [block.start for block in document.blocks]
    sentences: list[Sentence] = []
    for run in _runs(document.blocks):
        first = document.blocks[run[0]]
        text = _run_text(document, masked, run)
        if first.kind in _LABELLED and (label := _LABEL.match(text)):
            text = " " * label.end() + text[label.end() :]
        if first.kind in WHOLE:
            spans: Iterator[tuple[int, int]] | list[tuple[int, int]] = [(0, len(text))]
        else:
            spans = cut(text, document.language)
        for start, end in spans:
            if found := _trim(text, start, end):
                begin = first.start + found[0]
                block = bisect_right(starts, begin) - 1
                body = text[found[0] : found[1]]
                language = _language(body, document.language)
                end_at = first.start + found[1]
                sentences.append(Sentence(begin, end_at, body, block, language))
    sentences.sort(key=lambda sentence: sentence.start)
    return replace(document, sentences=tuple(sentences))


def cut(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence of a paragraph, white space at its ends included."""
    cutter = _Cutter(text, _words(language))
    start = 0
    ends = _END if _BLANKED in text else _TERMINALS
    for match in ends.finditer(text):
        if match.start() >= start and (end := cutter.end_at(match, start)):
            yield start, end
            start = end
    if text[start:].strip():
        yield start, len(text)


class _Cutter:
    """Decides for one paragraph which of its terminals end a sentence."""

    def __init__(self, text: str, words: _Words) -> None:
        self._text = text
        self._words = words
        self._length = len(text.rstrip())
        self._quotes = [match.start() for match in _QUOTE.finditer(text)]

    def end_at(self, match: re.Match[str], start: int) -> int:
        """Return where the sentence that began at *start* ends, 0 if it goes on after *match*."""
        text = self._text
        if match[0][0] == " ":
            return match.end() if self._unmarked_end(match, start) else 0
        end = self._close(match.end())
        if end >= self._length:
            return end
        after = text[end : end + _LOOK_BACK]
        if match[0][-1] in _CJK_END:
            over = after[0] not in _GOES_ON and not (match[0][-1] == "．" and after[0].isdigit())
        else:
            over = self._western_end(match, start, end, after)
        return end if over and not self._inside(start, match.start(), end) else 0

    def _close(self, end: int) -> int:
        """Return where the closing quotes and brackets after a terminal end."""
        closers = _CLOSERS.match(self._text, end)
        end = closers.end() if closers else end
        quote = _SPACED_QUOTE.match(self._text, end)
        if quote and bisect_left(self._quotes, quote.end() - 1) % 2:
            return quote.end()
        return end

    def _unmarked_end(self, match: re.Match[str], start: int) -> bool:
        """Tell whether a sentence without full stop ends at a blanked marker."""
        following = _NEXT_WORD.match(self._text, match.end())
        before = self._text[match.start() - 1 : match.start()]
        if following is None or before.isspace() or before in ".,;:!?-–—(":
            return False
        word = following[1].lower()
        starts = word == "a" or word in self._words.starters
        return starts and not self._inside(start, match.start(), match.end())

    def _western_end(self, match: re.Match[str], start: int, end: int, after: str) -> bool:
        following = _NEXT_WORD.match(after)
        if not after[0].isspace():
            return self._glued(match, following)
        if following is None:
            return True
        if following[1][0].islower() or _LAST_NUMBER.match(self._text, end):
            return False
        initial = len(following[1]) == 1 and after[following.end() : following.end() + 1] == "."
        word = "" if initial else following[1]
        if match[0] == "." and not self._full_stop(start, match.start(), word):
            return False
        return not self._in_quoted_title(match.start())

    def _full_stop(self, start: int, dot: int, following: str) -> bool:
        """Tell whether a full stop, with a space and a capital or digit after it, is an end."""
        words = self._words
        before = _WORD_BEFORE.search(self._text, max(start, dot - _LOOK_BACK), dot)
        if before is None:
            return True
        token, lower = before[0], before[0].lower()
        if token.isdigit():
            label = _PRINTED.search(self._text, start, before.start()) is None
            return not label and following.lower() not in words.followers
        # What follows is empty when it is an initial: that opens no sentence after an initial.
        starts = following == "I" or (
            following.lower() in words.starters and not following.isupper()
        )
        if token[0].isupper() and (len(token) == 1 or lower in words.initials):
            return starts
        near = max(start, before.start() - _NUMBER_REACH)
        if lower in words.numbered and _NUMBER_BEFORE.search(self._text, near, before.start()):
            return following[:1].isupper() or not following
        if lower in words.ending:
            return following[:1].isupper() or not following
        if lower in words.closing or ("." in token and lower not in words.opening):
            return starts
        return lower not in words.opening

    def _glued(self, match: re.Match[str], following: re.Match[str] | None) -> bool:
        """Tell whether a full stop with no space after it ends a sentence all the same."""
        if match[0] != "." or following is None or following.start(1) != 0:
            return False
        text, dot = self._text, match.start()
        word = following[1]
        before = _WORD_BEFORE.search(text, max(0, dot - _LOOK_BACK), dot)
        if before is None or not (len(word) > 1 and word[0].isupper() and word[1:].islower()):
            return False
        token = before[0]
        space = max(text.rfind(" ", 0, dot), text.rfind("\n", 0, dot)) + 1
        if "://" in text[space:dot] or text.startswith("www.", space):
            return False
        if token[0].isupper() and len(token) > 2:
            return word.lower() in self._words.starters
        listed = token.lower() in self._words.opening
        return token.isdigit() or (len(token) > 1 and token.islower() and not listed)

    def _in_quoted_title(self, dot: int) -> bool:
        """Tell whether a full stop is inside quotation marks after which the sentence goes on."""
        position = bisect_left(self._quotes, dot)
        if position % 2 == 0 or position == len(self._quotes):
            return False
        close = self._quotes[position]
        opens = self._text[close - 1].isspace() and self._text[close + 1 : close + 2].isalnum()
        near = close - dot <= _MAX_QUOTED and not opens
        return near and bool(_AFTER_QUOTE.match(self._text, close))

    def _inside(self, start: int, dot: int, end: int) -> bool:
        """Tell whether a bracket that the sentence opened is still open and closes further on."""
        text = self._text
        first = max(start, end - _MAX_BRACKET)
        for opening, closing in _BRACKETS:
            if text.count(opening, first, end) > text.count(closing, first, end):
                at = text.rfind(opening, first, end)
                whole = opening in "(（" and _PRINTED.search(text, start, at) is None
                if not whole and text.find(closing, dot, at + _MAX_BRACKET) >= 0:
                    return True
        return False


def _mask(document: Document) -> str:
    """Return the text with every inline stretch as spaces, as long as before."""
    parts, position = [], 0
    for inline in sorted(document.inlines, key=lambda found: found.start):
        if inline.start >= position:
            parts += [document.text[position : inline.start], " " * (inline.end - inline.start)]
            position = inline.end
    return "".join(parts) + document.text[position:]


def _runs(blocks: tuple[Block, ...]) -> Iterator[list[int]]:
    """Yield the indexes of the blocks that make up one text: a block and its continuations."""
    runs: list[list[int]] = []
    last: dict[BlockKind, list[int]] = {}
    for index, block in enumerate(blocks):
        if block.kind not in SPLIT | WHOLE:
            continue
        if block.continues and block.kind in last:
            last[block.kind].append(index)
        else:
            last[block.kind] = [index]
            runs.append(last[block.kind])
    return iter(runs)


def _run_text(document: Document, masked: str, run: list[int]) -> str:
    """Return the text from the first block of the run to the end of its last, the rest blanked."""
    blocks = [document.blocks[index] for index in run]
    parts, position = [], blocks[0].start
    for block in blocks:
        parts += [" " * (block.start - position), masked[block.start : block.end]]
        position = block.end
    return "".join(parts)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the bounds without outer white space; None if there is no letter or digit between."""
    piece = text[start:end]
    body = piece.strip()
    if not any(character.isalnum() for character in body):
        return None
    first = start + len(piece) - len(piece.lstrip())
    return first, first + len(body)


def _language(text: str, default: str) -> str:
    if default in {"en", "de"} and not _NON_LATIN.search(text):
        return default
    return detect_language(text, default)
