"""What a noun phrase is by its shape: a whole unit, a distance, a name, people."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import EntityKind
from ...resources import rules
from .items import Item
from .parts import Part, Phrase

_MEN_OF_THE = 3
"""Items of "the men of" and no more."""


def is_away(phrase: Phrase) -> bool:
    """Return whether a phrase tells how far off something is: "70 km north of Irkutsk"."""
    return phrase.quantity is not None and phrase.word in rules("roles")["levels"]["directions"]


def is_unit(phrase: Phrase) -> bool:
    """Return whether a noun phrase is a whole military unit: "the men of the 107th Division"."""
    mention = phrase.of.mention if phrase.of is not None and phrase.mention is None else None
    if mention is None or phrase.of is None or phrase.of.first - phrase.first > _MEN_OF_THE:
        return False
    return mention.kind is EntityKind.MILITARY_UNIT


def placed_behind(phrase: Phrase, items: Sequence[Item]) -> Phrase | None:
    """Return the place of "a camp in the Omsk region", as a noun phrase; None without one."""
    at = phrase.last
    if at >= len(items) or items[at].lower not in ("in", "near"):
        return None
    at += 1 + (at + 1 < len(items) and items[at + 1].lower == "the")
    mention = items[at].mention if at < len(items) else None
    return None if mention is None else Phrase(Part.NOUN, at, at + 1, mention=mention)


def names_the_head(head: Phrase, inside: Sequence[Phrase]) -> bool:
    """Return whether "the president, Ivan Petrov, …" gives the name after the comma."""
    named = inside[0].mention if inside else None
    return head.mention is None and named is not None and named.kind is not EntityKind.PLACE


def may_be_people(phrase: Phrase) -> bool:
    """Return whether "who" can mean what a noun phrase names."""
    people = (EntityKind.PERSON, EntityKind.GROUP)
    return phrase.mention is None or phrase.mention.kind in people
