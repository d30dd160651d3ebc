"""Cut the blocks of a document into sentences.

A full stop ends a sentence unless the word before it (an initial, an abbreviation, a number) or
the word after it (in lower case) says otherwise; the words are data in ``rules/sentences.toml``.
Markers and markup inside a block are blanked first, one space for each character, so that offsets
keep; a paragraph that goes on after a page marker is read as one with its first part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from ..model import Block, BlockKind, Document, Sentence
from ..resources import rules
from .scripts import detect_language

SPLIT = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.NOTE})
WHOLE = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.CAPTION})
"""Kinds of block that are one sentence each; all others have none."""

_END = re.compile(r"[.!?…。！？．]+")
_CLOSERS = re.compile(r"[\"'”’»)\]」』）］】›*]*")
_SPACED_QUOTE = re.compile(r"[ \u00a0]{1,2}[\"”»](?=\s|$|[,;.)])")
_WORD_BEFORE = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*$|\d+$")
_NEXT_WORD = re.compile(r"[\s\"'“„«‘(\[「『（—–-]*([^\W_]+)")
_NON_LATIN = re.compile(r"[\u0400-\u052f\u3040-\u30ff\u3400-\u9fff]")
_CJK_END = frozenset("。！？．")
_OPEN = "(（「『"
_SHUT = ")）」』"
_GOES_ON = frozenset("とはがのをにもでへやなかよねっだけ、，")
"""After a closing bracket these go on with the Japanese sentence: 「…。」と言った."""
_LOOK_BACK = 40
_MAX_BRACKET = 600
"""A bracket left open longer than this was never meant to be closed."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists of one language."""

    opening: frozenset[str]
    closing: frozenset[str]
    starters: frozenset[str]
    followers: frozenset[str]


@cache
def _words(language: str) -> _Words:
    data = rules("sentences")
    # Names and titles in other languages turn up in every text: English lists serve them all.
    languages = dict.fromkeys((language, "en"))

    def words(key: str) -> frozenset[str]:
        return frozenset(word for name in languages for word in data[key].get(name, ()))

    followers = frozenset(data["ordinal-followers"].get(language, ()))
    return _Words(words("opening"), words("closing"), words("starters"), followers)


def split(document: Document) -> Document:
    """Return *document* with its sentences, in the order of the text.

    Paragraphs, quotes, list items and notes are cut into sentences; a title, heading or caption is
    one sentence; tables, references, metadata and boilerplate have none.
    """
    masked = _mask(document)
    sentences: list[Sentence] = []
    for run in _runs(document.blocks):
        first = document.blocks[run[0]]
        text = _run_text(document, masked, run)
        if first.kind in WHOLE:
            spans: Iterator[tuple[int, int]] | list[tuple[int, int]] = [(0, len(text))]
        else:
            spans = cut(text, document.language)
        for start, end in spans:
            if found := _sentence(document, text, first.start, start, end):
                sentences.append(found)
    return replace(document, sentences=tuple(sentences))


def cut(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence of a paragraph, white space at its ends included."""
    start = 0
    for match in _END.finditer(text):
        if match.start() < start:
            continue
        end = _close(text, match.end())
        if _ends(text, start, match, end, _words(language)):
            yield start, end
            start = end
    if text[start:].strip():
        yield start, len(text)


def _close(text: str, end: int) -> int:
    """Return where the closing quotes and brackets after a terminal end."""
    closers = _CLOSERS.match(text, end)
    end = closers.end() if closers else end
    quote = _SPACED_QUOTE.match(text, end)
    if quote and text.count('"', 0, quote.start()) % 2:
        return quote.end()
    return end


def _ends(text: str, start: int, match: re.Match[str], end: int, words: _Words) -> bool:
    rest = text[end : end + _LOOK_BACK]
    if not text[end:].strip():
        return True
    if match[0][-1] in _CJK_END:
        return rest[0] not in _GOES_ON and not _inside(text, start, match.start(), end)
    following = _NEXT_WORD.match(rest)
    if not rest[0].isspace():
        return _glued(text, match, end, following)
    if following is None:
        return True
    word = following[1]
    if word[0].islower():
        return False
    if match[0] == "." and not _full_stop(text, start, match.start(), word, words):
        return False
    return not _inside(text, start, match.start(), end)


def _full_stop(text: str, start: int, dot: int, following: str, words: _Words) -> bool:
    """Tell whether a single full stop, with a space and a capital or digit after it, is an end."""
    before = _WORD_BEFORE.search(text, max(start, dot - _LOOK_BACK), dot)
    if before is None:
        return True
    token = before[0]
    lower = token.lower()
    starts = (following.lower() in words.starters and not following.isupper()) or following == "I"
    if token.isdigit():
        label = not text[start : before.start()].strip()
        return not label and following.lower() not in words.followers
    if len(token) == 1 and token.isupper():
        return starts
    if lower in words.closing or ("." in token and lower not in words.opening):
        return starts or (following[0].isupper() and lower == "etc")
    return lower not in words.opening


def _glued(text: str, match: re.Match[str], end: int, following: re.Match[str] | None) -> bool:
    """Tell whether a terminal with no space after it ends a sentence all the same."""
    if match[0] != "." or following is None or following.start(1) != 0:
        return False
    word = following[1]
    capital = len(word) > 1 and word[0].isupper() and word[1:].islower()
    before = _WORD_BEFORE.search(text, max(0, match.start() - _LOOK_BACK), match.start())
    plain = before is not None and (
        before[0].isdigit() or (len(before[0]) > 1 and before[0].islower())
    )
    space = text.rfind(" ", 0, match.start()) + 1
    address = "://" in text[space:end] or text.startswith("www.", space)
    return capital and plain and not address


def _inside(text: str, start: int, dot: int, end: int) -> bool:
    """Tell whether a bracket that the sentence opened is still open and closes further on."""
    sentence = text[start:end]
    for opening, closing in zip(_OPEN, _SHUT, strict=True):
        if sentence.count(opening) > sentence.count(closing):
            at = start + sentence.rfind(opening)
            whole = not text[start:at].strip()
            close = text.find(closing, dot, at + _MAX_BRACKET)
            if close >= 0 and not whole:
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
    for index, block in enumerate(blocks):
        if block.kind not in SPLIT | WHOLE:
            continue
        origin = next((run for run in reversed(runs) if blocks[run[0]].kind == block.kind), None)
        if block.continues and origin:
            origin.append(index)
        else:
            runs.append([index])
    return iter(runs)


def _run_text(document: Document, masked: str, run: list[int]) -> str:
    """Return the text from the first block of the run to the end of its last, the rest blanked."""
    blocks = [document.blocks[index] for index in run]
    parts, position = [], blocks[0].start
    for block in blocks:
        parts += [" " * (block.start - position), masked[block.start : block.end]]
        position = block.end
    return "".join(parts)


def _sentence(document: Document, text: str, offset: int, start: int, end: int) -> Sentence | None:
    piece = text[start:end]
    body = piece.strip()
    if not any(character.isalnum() for character in body):
        return None
    first = start + len(piece) - len(piece.lstrip())
    last = first + len(body)
    return Sentence(
        offset + first,
        offset + last,
        body,
        _block_at(document.blocks, offset + first),
        _language(body, document.language),
    )


def _block_at(blocks: tuple[Block, ...], offset: int) -> int:
    low, high = 0, len(blocks) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if blocks[middle].start <= offset:
            low = middle
        else:
            high = middle - 1
    return low


def _language(text: str, default: str) -> str:
    if default in {"en", "de"} and not _NON_LATIN.search(text):
        return default
    return detect_language(text, default)
