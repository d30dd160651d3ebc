"""Matters that texts judge though they have no name: "the issue of the prisoners", "this topic"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...model import EntityKind, Mention, description
from ...resources import rules
from .items import Item
from .lexicon import role_words, words
from .parts import Phrase

MATTER = "matter"
"""The kind by which frames ask for a matter; its mention is a concept."""
_REACH = 2500
"""Code points within which "this problem" looks back for the matter."""
_NAMED = frozenset({"person", "group", "event", "camp", "concept", "organisation", "military-unit"})
_LONGEST = 90
_KEPT = 40
"""As many matters are looked through, the last ones."""

_Owner = Callable[[Phrase, Sequence[Item]], Mention | None]
_Deed = Callable[[str, int], Mention | None]


class Matters:
    """The matters a text has spoken of so far."""

    def __init__(self, text: str, owner: _Owner, deed: _Deed) -> None:
        """Read matters in *text*.

        *owner* tells whose "their fate" is, *deed* what "the internment" is in this text: what
        was named before, or the group it befell.
        """
        self._text = text
        self._owner = owner
        self._deed = deed
        self._said: list[Mention] = []

    def of(self, phrase: Phrase, items: Sequence[Item]) -> Mention | None:
        """Return the matter a noun phrase speaks of, new or spoken of before; None for others."""
        if phrase.mention is not None or not speaks_of_matter(phrase.word):
            return None
        start = items[phrase.first].start
        if phrase.last - phrase.first == 2 and phrase.lead in ("the", "this", "that"):
            if phrase.word in role_words("matters", "again"):
                return self._last(phrase.word, start)
            return (
                self._done(phrase, items) if phrase.word in role_words("matters", "deeds") else None
            )
        if phrase.lead in words().possessives and phrase.last - phrase.first == 2:
            return self._owned(phrase, items)
        if phrase.of is None or phrase.lead not in ("", "the") or not self._concerns(phrase, items):
            return None
        return self._new(phrase, items)

    def _last(self, noun: str, before: int) -> Mention | None:
        """Return the last matter, the last that *noun* is part of if there is one."""
        near = [m for m in self._said[-_KEPT:] if m.end <= before <= m.start + _REACH]
        fitting = [m for m in near if noun in m.name.casefold().split()]
        return next(reversed(fitting or near), None)

    def _done(self, phrase: Phrase, items: Sequence[Item]) -> Mention | None:
        """Return what "the internment" is."""
        found = self._deed(phrase.word, items[phrase.first].start)
        if found is None or found.kind is not EntityKind.GROUP:
            return found
        inside = items[phrase.first + 1 : phrase.last]
        return self._mention(inside, f"{phrase.word} of {found.name}")

    def _owned(self, phrase: Phrase, items: Sequence[Item]) -> Mention | None:
        """Return "fate of the internees" for "their fate"."""
        own = Phrase(phrase.part, phrase.first, phrase.first + 1, lead=phrase.lead)
        owner = self._owner(own, items) if phrase.word in role_words("matters", "owned") else None
        if owner is None:
            return None
        inside = items[phrase.first + 1 : phrase.last]
        return self._mention(inside, f"{phrase.word} of {owner.name}")

    def _concerns(self, phrase: Phrase, items: Sequence[Item]) -> bool:
        """Return whether it is known who or what a matter is about."""
        if phrase.word in role_words("matters", "themselves"):
            return True
        inside = items[phrase.first : phrase.last]
        return any(
            (item.mention is not None and item.mention.kind.value in _NAMED)
            or item.lower in words().captive
            or item.lower in words().people
            or item.lower in role_words("matters", "who")
            or item.lower.capitalize() in rules("roles")["nationalities"]["adjectives"]
            for item in inside
        )

    def _new(self, phrase: Phrase, items: Sequence[Item]) -> Mention | None:
        inside = list(items[phrase.first : phrase.last])
        if inside[0].lower == "the":
            inside = inside[1:]
        inside += _where(items[phrase.last : phrase.last + 3])
        named = " ".join(self._text[inside[0].start : inside[-1].end].split())
        if len(named) > _LONGEST:
            return None
        return self._mention(inside, named)

    def _mention(self, inside: Sequence[Item], name: str) -> Mention:
        start, end = inside[0].start, inside[-1].end
        acted = name.split(" of ")[0].split()[-1].casefold() in role_words("matters", "acts")
        kind = EntityKind.EVENT if acted else EntityKind.CONCEPT
        found = description(self._text, start, end, kind, name)
        self._said.append(found)
        return found


def speaks_of_matter(word: str) -> bool:
    """Return whether a word may stand for a matter."""
    return word in role_words("matters") or word in role_words("matters", "acts")


def _where(behind: Sequence[Item]) -> Sequence[Item]:
    """Return "in the Soviet Union" if a place follows so."""
    if not behind or behind[0].lower != "in":
        return ()
    for at, item in enumerate(behind):
        if item.mention is not None:
            return behind[: at + 1] if item.mention.kind is EntityKind.PLACE else ()
    return ()
