"""People whom nobody names: "her father", "the author", "in all, 140 were buried"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from ...model import EntityKind, Mention, Term, Value
from ...resources import rules
from .items import Item
from .lexicon import words
from .parts import Part, Phrase

_REACH = 1200
"""Code points within which "the author" looks back for who was called so."""
_BY_OBJECT = {"author": ("author", "writer"), "director": ("director", "filmmaker")}
"""What the object of a property may be called afterwards."""
_Owner = Callable[[Phrase, Sequence[Item]], Mention | None]


class Unnamed:
    """Finds whom a relative's noun or a bare number means."""

    def __init__(self, text: str, owner: _Owner, topic: Callable[[int], Mention | None]) -> None:
        """Read *text*; *owner* finds whom "her" means, *topic* the captives it is about."""
        self._text = text
        self._owner = owner
        self._topic = topic
        self._called: dict[str, list[Mention]] = {}

    def learn(self, subject: Mention, predicate: str, target: Term) -> None:
        """Remember what somebody is: "the poet" means them later on."""
        if predicate in ("occupation", "heldRole") and isinstance(target, Value):
            head = target.text.casefold().partition(" of ")[0].split()
            if head and subject.kind is EntityKind.PERSON:
                self._called.setdefault(head[-1], []).append(subject)
        elif predicate in _BY_OBJECT and isinstance(target, Mention):
            for noun in _BY_OBJECT[predicate] if target.kind is EntityKind.PERSON else ():
                self._called.setdefault(noun, []).append(target)

    def is_called(self, word: str) -> bool:
        """Return whether somebody was called by *word*."""
        return word in self._called

    def _calling(self, phrase: Phrase, items: Sequence[Item]) -> Mention | None:
        """Return whom "the author" means; nobody if two may be meant."""
        bare = phrase.last - phrase.first == 2 and phrase.lead == "the"
        called = self._called.get(phrase.word, ()) if bare else ()
        start = items[phrase.first].start
        near = [m for m in called if 0 <= start - m.end <= _REACH]
        if not near or any(m.name.split()[-1] != near[-1].name.split()[-1] for m in near):
            return None
        return near[-1]

    def of(self, phrase: Phrase, items: Sequence[Item], kinds: Collection[str]) -> Mention | None:
        """Return the relative "her father" means, or the captives whom a number alone counts."""
        if "person" in kinds or "group" in kinds:
            kin = relative(phrase, items, self._text, self._owner)
            found = kin or self._calling(phrase, items)
            if found is not None and found.kind.value in kinds:
                return found
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
    known = rules("roles")["kin"]
    several = phrase.word in known["several"]
    if phrase.mention is not None or not (several or phrase.word in known["one"]):
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
    kind = EntityKind.GROUP if several else EntityKind.PERSON
    return Mention(start, end, text[start:end], kind, name, "en", rule="relative")
