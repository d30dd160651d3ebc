"""Which place is the larger, and which country an adjective speaks of."""

from __future__ import annotations

from functools import cache

from ...model import EntityKind, Mention
from ...resources import rules


@cache
def _levels() -> dict[str, int]:
    """Return the level of each word that says what kind of place a name is; 1 is the smallest."""
    return {
        word: level
        for level, listed in enumerate(rules("roles")["levels"]["words"], start=1)
        for word in listed
    }


def level(mention: Mention) -> int:
    """Return how large a place is by its kind or its name: 1 a spot … 5 a state; 2 if unknown."""
    levels = _levels()
    if mention.subkind in levels:
        return levels[mention.subkind]
    name = mention.name.casefold()
    if name in levels:
        return levels[name]
    for word in reversed(name.split()):
        if word in levels:
            return levels[word]
    return 2


def larger(outer: Mention, inner: Mention) -> bool:
    """Return whether *outer* can be where *inner* lies."""
    return level(outer) > level(inner)


def by_direction(mention: Mention) -> bool:
    """Return whether a name only says where in a larger place: "northeast China"."""
    first = mention.text.split()[0]
    return first in rules("roles")["levels"]["directions"]


def country_of(adjective: str, start: int) -> Mention | None:
    """Return the country an adjective at *start* names, "soviet"; None if it is not known."""
    words = adjective.strip()
    name = rules("roles")["countries"].get(" ".join(words.casefold().split()))
    if name is None:
        return None
    end = start + len(words)
    return Mention(start, end, words, EntityKind.PLACE, name, "en", "country", rule="adjective")
