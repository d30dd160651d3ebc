"""Bodies and sites known by what they are: "the salvage commission", "a museum of the camp"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ...model import Document, EntityKind, Mention, description
from ...resources import rules
from .items import Item, ItemKind
from .lexicon import role_words, words
from .parts import Phrase

THING = "thing"
"""The kind by which frames ask for such a body or site."""
_REACH = 2500
"""Code points within which "the commission" looks back."""
_TELLING = 2
"""As many words beside the head noun tell a thing from others of its kind in other texts."""


class Things:
    """The bodies and sites without a name that a text has told of so far."""

    def __init__(self, document: Document) -> None:
        """Read things in *document*."""
        self._document = document
        self._last: dict[str, Mention] = {}

    def of(self, phrase: Phrase, items: Sequence[Item]) -> Mention | None:
        """Return the body or site a noun phrase tells of, new or told of before; None for others.

        "The commission" is the last one; a new one needs more than its noun.
        """
        noun = phrase.word
        kind = _kind(noun)
        if kind is None or phrase.mention is not None or phrase.lead not in ("a", "an", "the"):
            return None
        start = items[phrase.first].start
        if phrase.last - phrase.first == 2 and phrase.lead == "the":
            last = self._last.get(noun)
            return last if last is not None and start - last.start <= _REACH else None
        inside = [*items[phrase.first + 1 : phrase.last], *_behind(items, phrase.last)]
        if any(item.kind in (ItemKind.QUANTITY, ItemKind.MARK) for item in inside):
            return None
        telling = [item for item in inside if _tells(item, noun)]
        if not telling:
            return None
        return self._new(inside, noun, kind, plain=len(telling) < _TELLING)

    def _new(self, inside: Sequence[Item], noun: str, kind: EntityKind, *, plain: bool) -> Mention:
        found = description(self._document.text, inside[0].start, inside[-1].end, kind)
        if plain and not any(item.mention is not None for item in inside):
            page = self._document.title or self._document.slug
            found = replace(found, name=f"{found.name} ({page})")
        self._last[noun] = found
        return found


def _behind(items: Sequence[Item], at: int) -> Sequence[Item]:
    """Return "to the Japanese dead", "honouring orphans" behind a noun: whom it is for."""
    if at >= len(items) or items[at].lower not in role_words("things", "whose"):
        return ()
    for index in range(at + 1, min(len(items), at + 5)):
        item = items[index]
        if item.mention is not None or item.lower in _whom():
            return items[at : index + 1]
        if item.kind is not ItemKind.WORD or (item.lower in words().verbal and item.lower != "to"):
            break
    return ()


def described(
    document: Document, phrase: Phrase, items: Sequence[Item], kind: EntityKind
) -> Mention:
    """Return a mention of something described and not named, article left out."""
    inside = items[phrase.first : phrase.last]
    if inside[0].lower in ("a", "an", "the") and len(inside) > 1:
        inside = inside[1:]
    return description(document.text, inside[0].start, inside[-1].end, kind)


def _tells(item: Item, noun: str) -> bool:
    if item.mention is not None or item.date is not None:
        return True
    word = item.lower
    if not word or word in (noun, "of"):
        return False
    return word not in role_words("things", "empty") and word not in words().openers


def _kind(noun: str) -> EntityKind | None:
    if noun in role_words("things", "bodies"):
        return EntityKind.ORGANISATION
    return EntityKind.PLACE if noun in role_words("things", "sites") else None


@cache
def _whom() -> frozenset[str]:
    data = rules("roles")
    peoples = (word.lower() for word in data["nationalities"]["adjectives"])
    return frozenset((*data["matters"]["who"], *peoples)) | words().captive
