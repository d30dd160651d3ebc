"""Present verbs behind a noun that is no name: "the book describes", "the theme remains"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ...model import EntityKind
from ...resources import rules
from .items import Item, ItemKind
from .lexicon import words
from .parts import Part, Phrase

_OBJECTS = frozenset({"the", "a", "an", "their", "its", "his", "her"})
"""Words that show that an object begins."""
_FAR = 9
"""Items within which the article of the noun phrase must stand."""


def behind_noun(items: Sequence[Item], lowers: Sequence[str], at: int) -> bool:
    """Return whether the word at *at* is the present verb of a singular noun phrase before it.

    *lowers* are the words in lower case, one place later than their items. A word that is a plural
    noun as well ("records") must have an article, a pronoun or a name behind it.
    """
    word = lowers[at + 1]
    sure = word in _listed("sure")
    if not sure and word not in _listed("either"):
        return word in _listed("purposive") and lowers[at + 2] == "to" and bool(lowers[at])
    known = words()
    back = at - 1
    while back >= 0 and lowers[back + 1] in known.adverbs:
        back -= 1
    before = lowers[back + 1]
    several = back >= 0 and items[back].kind is ItemKind.MENTION and _is_group(items[back])
    if not several and (not before or before in known.function_words or before in known.openers):
        return False
    plural = several or (before.endswith("s") and not before.endswith(("ss", "series", "is", "us")))
    if not _opened(items, lowers, back, inner=plural):
        return False
    follows = items[at + 1] if at + 1 < len(items) else None
    behind = lowers[at + 2]
    if (
        follows is None
        or follows.kind is ItemKind.MARK
        or (behind in known.verbal and behind != "to")
    ):
        return False
    if sure or follows.mention is not None:
        return True
    if behind in known.openers or behind in known.subordinators:
        return True
    return word in _listed("linking") and bool(behind) and behind not in known.prepositions


def _is_group(item: Item) -> bool:
    return item.mention is not None and item.mention.kind is EntityKind.GROUP


def unlisted(lowers: Sequence[str], at: int) -> bool:
    """Return whether "mourn" in "to mourn the dead" is a verb, though no list has it."""
    word = lowers[at + 1]
    if not word.isalpha() or word in words().marked or word.endswith(("ed", "ly", "ing")):
        return False
    return lowers[at + 2] in _OBJECTS


def stem(word: str) -> str:
    """Return a verb that no list has without its "-ed"."""
    return word[:-2] if word.endswith("ed") else word


def joins_participle(phrases: Sequence[Phrase], follows: Item | None) -> bool:
    """Return whether "and building" goes on with "laying track": an object must follow."""
    if not phrases or phrases[-1].part is not Part.CONJUNCTION or follows is None:
        return False
    last = next((p.verb for p in reversed(phrases) if p.verb is not None), None)
    return (
        last is not None and last.form == "participle" and not last.passive and bool(follows.lower)
    )


def _opened(items: Sequence[Item], lowers: Sequence[str], back: int, *, inner: bool) -> bool:
    """Return whether an article, with no verb or mark since, opens the noun phrase at *back*.

    With *inner* it must stand before an "of": "the fate of prisoners".
    """
    known = words()
    for index in range(back, max(-1, back - _FAR), -1):
        word = lowers[index + 1]
        if (
            items[index].kind is ItemKind.MARK
            or word in known.auxiliaries
            or word in known.relatives
        ):
            return False
        inner = inner and word not in ("of", "to", "for")
        if not inner and (word in known.determiners or word in known.possessives):
            before = lowers[index]
            return before not in known.prepositions or before == "of" or index == 0
    return False


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(rules("statements_words")["third"][key])
