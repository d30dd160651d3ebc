"""People who are named once, as a source, and found by nothing but their capital letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...model import EntityKind, Mention
from ...resources import rules
from .items import Item
from .lexicon import words
from .parts import Phrase

_CAPITALS = re.compile(r"(?:(?<=\s)|^)[A-Z][\w’'-]+(?:\s(?:[A-Z]\.|[A-Z][\w’'-]+)){0,2}$")
"""A name of one to three words, at the end of a noun phrase."""


def stranger(text: str, phrase: Phrase, items: Sequence[Item]) -> Mention | None:
    """Return a mention of the person a noun phrase of *text* names; None if it names nobody."""
    start = items[phrase.first].start
    named = _CAPITALS.search(text[start : items[phrase.last - 1].end])
    if named is None or any(item.mention for item in items[phrase.first : phrase.last]):
        return None
    name = " ".join(named.group().split())
    if name.lower() in words().openers or name in rules("roles")["nationalities"]["adjectives"]:
        return None
    start += named.start()
    end = start + len(named.group())
    kind = EntityKind.PERSON
    return Mention(
        start, end, named.group(), kind, name, "en", rule="named as a source", confidence=0.7
    )
