"""Of whom a number is said to hold: the group, if one is named."""

from __future__ import annotations

import re

from ...model import EntityKind, Mention
from .scope import scope_words
from .views import Count, View

_RIGHT_BEHIND = 12
_APART = re.compile(r":|\b(?:became|become|were|was|are)\b")
"""What stands in front of a list, or of what the counted became: "90 became prisoners"."""
_OWNERS = frozenset({EntityKind.CAMP, EntityKind.ORGANISATION})
_ARTICLES = frozenset({"", "The", "This", "the"})
_OF_GROUP = re.compile(r"(?:人|名)?(?:以上|余り?|ほど|前後|近く)?の?")
_NUMBERED = re.compile(
    r"^(?:(?:about|some|nearly|over|almost|around|roughly|more than)\s)?"
    r"\d[\d.,]*(?:\s(?:thousand|million))?\s",
    re.IGNORECASE,
)
_KINDS = {
    "camps": frozenset({EntityKind.CAMP}),
    "sites": frozenset({EntityKind.PLACE, EntityKind.CAMP}),
    "associations": frozenset({EntityKind.ORGANISATION, EntityKind.GROUP}),
    "memoirs": frozenset({EntityKind.WORK}),
    "works": frozenset({EntityKind.WORK}),
}
"""What the things of a unit are called when they have a name of their own."""


def counted_with(view: View, count: Count) -> Count:
    """Return the number whose noun says what is counted: "20 of the 300 men" are men."""
    following = next((c for c in view.counts if c.start >= count.end), None)
    if count.quantity.noun or following is None or not following.quantity.noun:
        return count
    gap = view.text[count.end : following.start]
    return following if view.rules.partitive_gap.fullmatch(gap) else count


def population(view: View, count: Count, authority: Mention | None = None) -> Mention | None:
    """Return the group whose members are counted, if the sentence names it.

    It is not the *authority*, who counts.
    """
    unit = count.quantity.unit
    kinds = _KINDS.get(unit, frozenset({EntityKind.GROUP}))
    groups = [n for n in view.names if n.mention.kind in kinds and n.mention is not authority]
    inside = [n for n in groups if n.start < count.noun_end and n.end > count.noun_start]
    if count.noun_end > count.noun_start and inside:
        return max(inside, key=lambda n: n.end - n.start).mention
    if view.rules.units.get(unit):
        return None
    before = [n for n in groups if n.end <= count.start]
    noun = view.text[count.noun_start : count.noun_end]
    pronoun = scope_words(view.language).anaphora.match(noun)
    if before and (not noun or pronoun or is_generic(noun, view.language)):
        return before[-1].mention
    after = [n for n in groups if n.start >= count.noun_end]
    near = after and after[0].start - count.noun_end <= _RIGHT_BEHIND
    if view.language == "ja":
        near = near and bool(_OF_GROUP.fullmatch(view.text[count.noun_end : after[0].start]))
    near = near and not _APART.search(view.text, count.noun_end, after[0].start)
    near = near and not any(count.end <= c.start < after[0].start for c in view.counts)
    return after[0].mention if near else None


def divided_phrase(view: View, count: Count) -> str:
    """Return whom the number divides: "fishermen" for "Of the fishermen, 90 were freed"."""
    found = list(scope_words(view.language).lead.finditer(view.text, 0, count.start))
    if not found or view.rules.boundary.search(view.text, found[-1].end(), count.start):
        return ""
    return " ".join(found[-1][1].split())


def rate_name(view: View, count: Count) -> str:
    """Return what a share is called, with whose it is: "death rate among the miners"."""
    found = list(scope_words(view.language).rate.finditer(view.plain, 0, count.start))
    return " ".join(found[-1][1].split()) if found else ""


def owner(view: View, count: Count) -> str:
    """Return what has the number of parts: the camp that opens "Camp No. 9, …, had 21 sections"."""
    if not view.before(scope_words(view.language).owned, count.start):
        return ""
    first = [n for n in view.names if n.mention.kind in _OWNERS and n.end < count.start]
    opens = first and view.text[: first[0].start].strip() in _ARTICLES
    return first[0].mention.name if opens else ""


def is_generic(noun: str, language: str) -> bool:
    """Whether a noun leaves open who is counted: persons, men, prisoners."""
    words = scope_words(language)
    return bool(words.generic.fullmatch(noun) or words.anaphora.match(noun))


def group_name(mention: Mention) -> str:
    """Return the name of a group without the number in front: "472,934 Japanese" are Japanese."""
    return _NUMBERED.sub("", mention.name) or mention.name


def are_captives(name: str, language: str) -> bool:
    """Whether the name of a group is one of captives, or tells that soldiers were taken."""
    return bool(scope_words(language).captives.search(name))
