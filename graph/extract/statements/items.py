"""A sentence as a row of items: words and marks, and the mentions, dates and quantities in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from ...model import DateValue, EntityKind, Extraction, Mention, Quantity, Sentence
from .lexicon import words
from .sorts import Sort

_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*(?![^\W_])|['’]s\b|['’](?:re|m|ve|ll|d)\b|n['’]t\b|[^\W_]+(?:[-.&/][^\W_]+)*(?:['’](?!s\b)[^\W\d_]+)?|[^\w\s]"
)


_CONTRACTING = frozenset({"it", "he", "she", "there", "that", "what", "who", "where", "here"})
"""Words behind which "'s" is a verb."""
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
"""What stands before "n't", where it is no word of its own."""
_NOT = 3
"""Letters of "n't"."""
QUOTES = frozenset("\"'“”„«»‘’")


class ItemKind(Sort):
    """What an item is."""

    WORD: ClassVar[ItemKind]
    MARK: ClassVar[ItemKind]
    MENTION: ClassVar[ItemKind]
    DATE: ClassVar[ItemKind]
    QUANTITY: ClassVar[ItemKind]


@dataclass(slots=True, eq=False)
class Item:
    """One item; offsets into the document. Not frozen: a long text has a great many."""

    kind: ItemKind
    start: int
    end: int
    lower: str
    """The text in lower case; empty for mentions, dates and quantities."""
    mention: Mention | None = None
    date: DateValue | None = None
    quantity: Quantity | None = None


Marked = Mention | DateValue | Quantity


class Marks:
    """The mentions, dates and quantities of a document, by place."""

    def __init__(self, extraction: Extraction) -> None:
        """Sort them; of overlapping ones the longest counts, and of equal ones the mention.

        An event that is told with a verb ("declared war on Japan") is no item: its words are.
        """
        self.told = sorted((m for m in extraction.mentions if _is_told(m)), key=lambda m: m.start)
        self._told_starts = [mention.start for mention in self.told]
        told = set(self.told)
        everything: list[tuple[int, int, int, Marked]] = [
            *((m.start, -m.end, 0, m) for m in extraction.mentions if m not in told),
            *((d.start, -d.end, 1, d) for d in extraction.dates),
            *((q.start, -q.end, 2, q) for q in extraction.quantities),
        ]
        everything.sort(key=lambda row: row[:3])
        self._outer: list[Marked] = []
        reached = -1
        for start, minus_end, _, mark in everything:
            if start >= reached:
                self._outer.append(mark)
                reached = -minus_end
        self._starts = [mark.start for mark in self._outer]
        self.mentions = sorted(extraction.mentions, key=lambda m: (m.start, -m.end))
        self._mention_starts = [m.start for m in self.mentions]

    def within(self, start: int, end: int) -> Sequence[Marked]:
        """Return the outermost marks of a range."""
        return self._outer[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def told_in(self, start: int, end: int) -> list[Mention]:
        """Return the events told with a verb that start in a range."""
        starts = self._told_starts
        return self.told[bisect_left(starts, start) : bisect_left(starts, end)]

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Return all mentions of a range, nested ones too."""
        low = bisect_left(self._mention_starts, start)
        high = bisect_left(self._mention_starts, end)
        return [mention for mention in self.mentions[low:high] if mention.end <= end]


def unquoted(items: Sequence[Item]) -> list[Item]:
    """Return the items without the quotation marks around names: "the film “White Birches” was"."""
    if not any(item.lower in QUOTES for item in items):
        return list(items)
    kept: list[Item] = []
    opened: int | None = None
    for at, item in enumerate(items):
        mark = item.lower if item.kind is ItemKind.MARK else ""
        if mark not in QUOTES or not mark:
            kept.append(item)
            continue
        follows = items[at + 1] if at + 1 < len(items) else None
        if opened is not None and opened >= len(kept) - 2:
            opened = None
        elif follows is not None and follows.mention is not None and _closes(items, at + 2):
            opened = len(kept)
        else:
            kept.append(item)
    return kept


def has_quotes(items: Sequence[Item]) -> bool:
    """Return whether a quotation mark stands among the items."""
    return any(item.lower and item.lower in QUOTES for item in items)


def _closes(items: Sequence[Item], at: int) -> bool:
    """Return whether a quotation mark stands at *at*, or behind the comma there."""
    after = [item.lower for item in items[at : at + 2]]
    return bool(after) and (after[0] in QUOTES or (after[0] in ",." and after[-1] in QUOTES))


def items_within(mention: Mention, marks: Marks) -> list[Item]:
    """Return the items of a name that holds other names, the outermost of them marked."""
    inner = [m for m in marks.mentions_in(mention.start, mention.end) if m.start < m.end]
    inner = [m for m in inner if (m.start, m.end) != (mention.start, mention.end)]
    found: list[Item] = []
    whole = Sentence(mention.start, mention.end, mention.text, 0, mention.language)
    position = 0
    for mark in inner:
        start = mark.start - mention.start
        if start < position:
            continue
        _add_words(found, whole, position, start)
        found.append(_marked(mark))
        position = mark.end - mention.start
    _add_words(found, whole, position, len(mention.text))
    return found


def _is_told(mention: Mention) -> bool:
    if mention.kind is not EntityKind.EVENT:
        return False
    forms = (words().verbs.get(word) for word in mention.text.lower().split())
    return any(form is not None and "past" in form.tags for form in forms)


def items_of(sentence: Sentence, marks: Marks) -> list[Item]:
    """Return the items of a sentence in order."""
    found: list[Item] = []
    position = 0
    for mark in marks.within(sentence.start, sentence.end):
        if mark.end > sentence.end:
            continue
        start, end = mark.start - sentence.start, mark.end - sentence.start
        _add_words(found, sentence, position, start)
        found.append(_marked(mark))
        position = end
    _add_words(found, sentence, position, len(sentence.text))
    return found


def _marked(mark: Marked) -> Item:
    if isinstance(mark, Mention):
        return Item(ItemKind.MENTION, mark.start, mark.end, "", mention=mark)
    if isinstance(mark, DateValue):
        return Item(ItemKind.DATE, mark.start, mark.end, "", date=mark)
    return Item(ItemKind.QUANTITY, mark.start, mark.end, "", quantity=mark)


def _add_words(found: list[Item], sentence: Sentence, start: int, end: int) -> None:
    offset, text = sentence.start, sentence.text
    word, mark = ItemKind.WORD, ItemKind.MARK
    plain = text.isascii()
    low = text.lower() if plain else text
    for match in _TOKEN.finditer(text, start, end):
        first, last = match.span()
        lower = low[first:last]
        if not plain:
            lower = lower.lower().replace("’", "'")
        if "'" not in lower:
            pass
        elif lower == "'" and _is_possessive(text, first):
            lower = "'s"
        elif lower == "'s" and found and found[-1].lower in _CONTRACTING:
            lower = "is"
        elif lower.endswith("n't") and len(lower) > _NOT:
            cut, stem = last - _NOT, lower[:-_NOT]
            found.append(Item(word, first + offset, cut + offset, _STEMS.get(stem, stem)))
            first, lower = cut, "n't"
        kind = word if lower[-1].isalnum() else mark
        found.append(Item(kind, first + offset, last + offset, lower))


def _is_possessive(text: str, at: int) -> bool:
    """Return whether the apostrophe at *at* is that of "the prisoners' graves", and no quote."""
    before, after = text[:at], text[at + 1 : at + 3]
    if not before.endswith("s") or not (after[:1] == " " and after[1:].islower()):
        return False
    return not any(mark in f" {before}" for mark in (" '", " ‘", "(‘", "('"))
