"""Events and instruments without a name: "a memorial service" and, later on, "the ceremony"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ...model import Document, EntityKind, Mention
from ...resources import rules
from .items import Item
from .lexicon import role_words
from .parts import Phrase
from .things import described

_REACH = 1500
"""Code points within which "the ceremony" looks back."""
_POINTING = ("this", "that", "the", "these")


class Told:
    """The events and instruments a text has told of so far, with a verb or by their noun alone."""

    def __init__(self, document: Document, instruments: Sequence[Mention]) -> None:
        """Read *document*; *instruments* are those with a name, in the order of the text."""
        self._document = document
        self._named = instruments
        self._events: list[Mention] = []
        self._noted: dict[str, Mention] = {}
        self._latest: Mention | None = None

    def tell(self, event: Mention) -> None:
        """Remember an event a clause told of, for "this announcement"."""
        self._events.append(event)

    def note(self, noun: str, mention: Mention) -> None:
        """Remember an instrument by its noun: "a law", of which "the law" speaks later."""
        if mention.kind is EntityKind.LEGAL_INSTRUMENT:
            self._noted[_alike().get(noun, noun)] = mention

    def event(self, phrase: Phrase, items: Sequence[Item]) -> Mention | None:
        """Return the event told last for "this visit", or a new one for "a banquet"."""
        head, start = phrase.word, items[phrase.first].start
        pointing = phrase.lead in _POINTING
        if pointing:
            for event in reversed(self._events[-4:]):
                named = phrase.of is None and head in event.name.casefold()
                if head and (head[:6] in event.subkind or named):
                    return event
        if pointing and phrase.last - phrase.first == 2:
            last = self._latest if head in role_words("events", "any") else self._noted.get(head)
            if last is not None and 0 <= start - last.start <= _REACH:
                return last
        if head not in role_words("events") or not _qualified(phrase, items):
            return None
        if phrase.lead in ("this", "that") and self._events:
            return self._events[-1]
        found = described(self._document, phrase, items, EntityKind.EVENT)
        self._noted[head] = self._latest = found
        return found

    def instrument(self, phrase: Phrase, items: Sequence[Item]) -> Mention | None:
        """Return the last legal instrument for "the decree"."""
        bare = phrase.last - phrase.first == 2 and phrase.lead in ("the", "this", "that")
        if not bare or phrase.word not in role_words("instruments"):
            return None
        start = items[phrase.first].start
        noun = _alike().get(phrase.word, phrase.word)
        noted = self._noted.get(noun)
        near = noted if noted is not None and 0 <= start - noted.start <= _REACH else None
        for mention in reversed(self._named):
            if mention.start >= start:
                continue
            if start - mention.start > _REACH or (near is not None and mention.start < near.start):
                break
            if _may_be(noun, mention):
                return mention
        return near


def speaks_of_thing(word: str) -> bool:
    """Return whether a word may stand for an event or instrument, or a body or site."""
    return word in _speaking()


def _may_be(noun: str, mention: Mention) -> bool:
    """Return whether "the decree" can mean an instrument: none that is called a treaty."""
    called = {_alike().get(word, word) for word in mention.name.casefold().split()}
    called &= role_words("instruments")
    return not called or noun in called


def _qualified(phrase: Phrase, items: Sequence[Item]) -> bool:
    """Return whether a noun that tells of an event only in company has it: "memorial service"."""
    wanted = rules("roles")["events"]["qualified"].get(phrase.word)
    if wanted is None:
        return True
    return any(item.lower in wanted for item in items[phrase.first : phrase.last])


@cache
def _speaking() -> frozenset[str]:
    told = role_words("events") | role_words("events", "any") | role_words("instruments")
    return told | role_words("things", "bodies") | role_words("things", "sites")


@cache
def _alike() -> dict[str, str]:
    table: dict[str, list[str]] = rules("roles")["instruments"]["alike"]
    return {word: noun for noun, listed in table.items() for word in listed}
