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
_FAR = 9
"""Items within which the "her" of a list of relatives must stand."""
_WHICH = frozenset({"elder", "older", "eldest", "younger", "youngest", "little", "big", "twin"})
"""What tells relatives apart."""
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

    def read(self, items: Sequence[Item]) -> None:
        """Remember whose book "Sato's memoir" is: he is "the author" later on."""
        for at, item in enumerate(items):
            mention = items[at - 1].mention if at and item.lower == "'s" else None
            if mention is None or mention.kind is not EntityKind.PERSON:
                continue
            if any(behind.lower in words().works for behind in items[at + 1 : at + 3]):
                self._called.setdefault("author", []).append(mention)

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


def _possessive(phrase: Phrase, items: Sequence[Item]) -> int:
    """Return where the "her" of "her mother" or of "her mother, younger sister and brother" is."""
    if phrase.lead in words().possessives:
        return phrase.first
    known = rules("roles")["kin"]["one"]
    if phrase.lead or not (phrase.first and items[phrase.first - 1].lower in ("and", ",")):
        return -1
    for at in range(phrase.first - 1, max(-1, phrase.first - _FAR), -1):
        word = items[at].lower
        if word in words().possessives:
            return at if items[at + 1].lower in known or items[at + 2].lower in known else -1
        if word not in known and word not in ("and", ",", *_WHICH):
            return -1
    return -1


def relative(phrase: Phrase, items: Sequence[Item], text: str, owner: _Owner) -> Mention | None:
    """Return a mention of the relative that *phrase* speaks of; *owner* finds whom "her" means.

    Nothing for other phrases, for relatives with a name, and where it is unclear whose they are.
    """
    known = rules("roles")["kin"]
    several = phrase.word in known["several"]
    if phrase.mention is not None or not (several or phrase.word in known["one"]):
        return None
    whose: Mention | None = None
    first = _possessive(phrase, items)
    if first >= 0:
        lead = items[first].lower
        whose = owner(Phrase(Part.NOUN, first, first + 1, lead=lead), items)
    elif phrase.inner and any(i.lower == "'s" for i in items[phrase.first : phrase.last]):
        whose = phrase.inner[-1]
    if whose is None or whose.kind is not EntityKind.PERSON:
        return None
    last = phrase.of.first - 1 if phrase.of is not None else phrase.last
    start, end = items[phrase.first].start, items[last - 1].end
    name = f"{phrase.word} of {whose.name}"
    kind = EntityKind.GROUP if several else EntityKind.PERSON
    return Mention(start, end, text[start:end], kind, name, "en", rule="relative")
