"""A shallow parse of English: noun phrases, verb groups, prepositions and the rest, in a row.

No tagger and no model: closed word classes, verb forms and position decide, which is enough to
know who did what where. What stays unclear becomes part of a noun phrase and says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...model import EntityKind
from .items import Item, ItemKind
from .lexicon import is_adverbial
from .parts import Part, Phrase
from .verbs import NOMINATIVE, VerbReader

_ALONE = NOMINATIVE | {"it", "them", "nothing", "nobody"}
"""Pronouns that are a noun phrase of their own."""
_SUFFIXES = ("ed", "ly")
"""Endings of words that are no plain nouns: verbs and adverbs the lists do not have."""
_APPROXIMATE = frozenset({"only", "about", "almost", "nearly", "just", "mostly", "merely"})
"""Adverbs between "of" and its noun phrase: "one of only a few"."""
_TAILED = frozenset({"due", "owing", "because", "prior", "according", "outside"})


def parse(items: Sequence[Item]) -> list[Phrase]:
    """Return the phrases of a sentence."""
    return _Parser(items).run()


class _Parser(VerbReader):
    def __init__(self, items: Sequence[Item]) -> None:
        super().__init__(items)
        marked = self._words.marked
        self._plain = [
            item.lower not in marked
            and (not item.lower.endswith(_SUFFIXES) or item.lower in self._words.not_adverbs)
            if item.kind is ItemKind.WORD
            else item.kind is ItemKind.MENTION or item.kind is ItemKind.QUANTITY
            for item in items
        ]
        """Whether an item can only be part of a noun phrase: so it is for most words."""

    def run(self) -> list[Phrase]:
        at = 0
        while at < len(self._items):
            phrase = self._phrase(at)
            self._phrases.append(phrase)
            at = phrase.last
        return self._phrases

    def _phrase(self, at: int) -> Phrase:
        item, known = self._items[at], self._words
        if item.kind is ItemKind.MARK:
            return Phrase(Part.MARK, at, at + 1, word=item.lower)
        if self._plain[at]:
            return self._noun(at)
        special = self._dated(at) or self._linked(at) or self._verb(at)
        if special is not None:
            return special
        word = item.lower
        if word in known.relatives and self._is_relative(at):
            return Phrase(Part.RELATIVE, at, at + 1, word=word)
        if word not in known.function_words and not is_adverbial(word):
            return self._noun(at)
        if word in known.conjunctions:
            return Phrase(Part.CONJUNCTION, at, at + 1, word=word)
        if word in known.subordinators:
            return Phrase(Part.SUBORDINATOR, at, at + 1, word=word)
        if word in known.prepositions:
            tailed = word in _TAILED and self._lower(at + 1) in known.tails
            return Phrase(Part.PREPOSITION, at, at + 1 + tailed, word=word)
        if word in known.adverbs or (is_adverbial(word) and len(word) > 4):
            return Phrase(Part.ADVERB, at, at + 1, word=word)
        return self._noun(at)

    def _dated(self, at: int) -> Phrase | None:
        """Return a date, with the article before it."""
        item, follows = self._items[at], self._item(at + 1)
        if item.kind is ItemKind.DATE:
            return Phrase(Part.DATE, at, at + 1, date=item.date)
        if item.lower in self._words.determiners and follows and follows.kind is ItemKind.DATE:
            return Phrase(Part.DATE, at, at + 2, date=follows.date)
        return None

    def _linked(self, at: int) -> Phrase | None:
        """Return "as well as", "along with" as an "and", and "such as" as a preposition."""
        first = self._lower(at)
        if first not in ("as", "along", "together", "such"):
            return None
        second, third = self._lower(at + 1), self._lower(at + 2)
        if (first, second, third) == ("as", "well", "as"):
            return Phrase(Part.CONJUNCTION, at, at + 3, word="and")
        if first in ("along", "together") and second == "with":
            return Phrase(Part.CONJUNCTION, at, at + 2, word="and")
        if (first, second) == ("such", "as"):
            return Phrase(Part.PREPOSITION, at, at + 2, word="such as")
        return None

    def _is_relative(self, at: int) -> bool:
        """Return whether "that" opens a clause and is not a determiner ("that hope")."""
        if self._items[at].lower != "that":
            return True
        follows = self._item(at + 1)
        if follows is None or follows.kind is not ItemKind.WORD:
            return follows is not None
        return follows.lower in self._words.pronouns or self._verb(at + 1) is not None or bool(at)

    def _noun(self, at: int) -> Phrase:
        """Read a noun phrase up to the next preposition, verb or mark; then its "of"."""
        phrase = Phrase(Part.NOUN, at, at + 1)
        last = at
        while last < len(self._items):
            item = self._items[last]
            if last > at and (item.kind is ItemKind.DATE or not self._continues(last)):
                break
            self._take(phrase, item, last == at)
            last += 1
            if last == at + 1 and item.lower in _ALONE:
                break
        phrase.last = last
        if self._lower(last) == "of" and last + 1 < len(self._items):
            inner = self._phrase(last + 1 + (self._lower(last + 1) in _APPROXIMATE))
            if inner.part is Part.NOUN:
                phrase.of, phrase.last = inner, inner.last
        return phrase

    def _continues(self, at: int) -> bool:
        if self._begins_anew(at):
            return False
        if self._plain[at]:
            return True
        item = self._items[at]
        if item.lower == "-" and self._compounds(at):
            return True
        if item.kind is not ItemKind.WORD:
            return item.kind not in (ItemKind.MARK, ItemKind.DATE)
        return self._word_continues(at, item)

    def _compounds(self, at: int) -> bool:
        """Return whether the hyphen at *at* stands in "a 120-kilometer line"."""
        before, item, follows = self._items[at - 1], self._items[at], self._item(at + 1)
        if before.kind is not ItemKind.QUANTITY or follows is None:
            return False
        return before.end == item.start and item.end == follows.start

    def _word_continues(self, at: int, item: Item) -> bool:
        """Return whether a word that can be more than a noun goes on with the noun phrase."""
        if item.lower == "'s" or item.lower in NOMINATIVE or item.lower == "it":
            return item.lower == "'s"
        if self._is_adverb(item.lower) and self._attributive(at):
            return True
        if not self._noun_word(item.lower):
            return item.lower in ("most", "more") and self._lower(at + 1) != "than"
        if item.lower == "such" and self._lower(at + 1) == "as":
            return False
        if item.lower in self._words.determiners and item.lower not in ("other", "more"):
            return self._lower(at - 1) in self._words.determiners
        return self._verb(at) is None

    def _begins_anew(self, at: int) -> bool:
        """Return whether a person's name stands right behind that of a place: "in Chita Sato"."""
        before, item = self._items[at - 1].mention, self._items[at].mention
        if before is None or item is None or item.kind is not EntityKind.PERSON:
            return False
        return before.kind in (EntityKind.PLACE, EntityKind.CAMP, EntityKind.EVENT)

    def _is_adverb(self, word: str) -> bool:
        return word in self._words.adverbs or (is_adverbial(word) and len(word) > 4)

    def _attributive(self, at: int) -> bool:
        """Return whether an adverb stands between a determiner and an adjective."""
        follows = self._item(at + 1)
        if follows is None or follows.kind is not ItemKind.WORD:
            return False
        before = self._lower(at - 1)
        opened = before in self._words.determiners or before == "'s"
        return opened and self._noun_word(follows.lower)

    def _take(self, phrase: Phrase, item: Item, opening: bool) -> None:
        """Add an item to the noun phrase: the last mention or word is its head."""
        if item.kind is ItemKind.QUANTITY:
            phrase.quantity, phrase.word = item.quantity, ""
        elif item.kind is ItemKind.MENTION and item.mention is not None:
            if phrase.mention is not None:
                phrase.inner.append(phrase.mention)
            phrase.mention, phrase.word = item.mention, ""
        else:
            if opening and item.lower in self._words.openers:
                phrase.lead = item.lower
            if phrase.mention is not None:
                phrase.inner.append(phrase.mention)
                phrase.mention = None
            phrase.word = item.lower
