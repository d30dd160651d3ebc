"""People whom nobody names: "her father", "Sato's elder brother", "in all, 140 were buried"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from ...model import EntityKind, Mention
from ...resources import rules
from .items import Item
from .lexicon import words
from .parts import Part, Phrase

_Owner = Callable[[Phrase, Sequence[Item]], Mention | None]


class Unnamed:
    """Finds whom a relative's noun or a bare number means."""

    def __init__(self, text: str, owner: _Owner, topic: Callable[[int], Mention | None]) -> None:
        """Read *text*; *owner* finds whom "her" means, *topic* the captives it is about."""
        self._text = text
        self._owner = owner
        self._topic = topic

    def of(self, phrase: Phrase, items: Sequence[Item], kinds: Collection[str]) -> Mention | None:
        """Return the relative "her father" means, or the captives whom a number alone counts."""
        if "person" in kinds:
            kin = relative(phrase, items, self._text, self._owner)
            if kin is not None:
                return kin
        counted = "group" in kinds and _counts_people(phrase, items)
        return self._topic(items[phrase.first].start) if counted else None


def _counts_people(phrase: Phrase, items: Sequence[Item]) -> bool:
    """Return whether a number alone is a subject: "about 2,000 were transferred"."""
    quantity = phrase.quantity
    if quantity is None or phrase.word or quantity.unit or quantity.noun or phrase.of is not None:
        return False
    follows = items[phrase.last].lower if phrase.last < len(items) else ""
    claimed = phrase.first > 0 and items[phrase.first - 1].lower == "that"
    alone = phrase.last - phrase.first == 1 and not claimed
    return alone and (follows in words().be or follows in words().have)


def relative(phrase: Phrase, items: Sequence[Item], text: str, owner: _Owner) -> Mention | None:
    """Return a mention of the relative that *phrase* speaks of; *owner* finds whom "her" means.

    Nothing for other phrases, for relatives with a name, and where it is unclear whose they are.
    """
    if phrase.mention is not None or phrase.word not in rules("roles")["kin"]["one"]:
        return None
    whose: Mention | None = None
    if phrase.lead in words().possessives:
        whose = owner(Phrase(Part.NOUN, phrase.first, phrase.first + 1, lead=phrase.lead), items)
    elif phrase.inner and any(i.lower == "'s" for i in items[phrase.first : phrase.last]):
        whose = phrase.inner[-1]
    if whose is None or whose.kind is not EntityKind.PERSON:
        return None
    last = phrase.of.first - 1 if phrase.of is not None else phrase.last
    start, end = items[phrase.first].start, items[last - 1].end
    name = f"{phrase.word} of {whose.name}"
    return Mention(start, end, text[start:end], EntityKind.PERSON, name, "en", rule="relative")
