"""Score names: exact, in another script or order, misspelt, abbreviated.

Names are compared by their `search_key`, under which kana, Latin and Cyrillic spellings meet.
Scores are 0–100: 100 the name itself, 98 the same in another spelling, 96 in another order; below,
how much of both names agrees, word by word or as one run of letters (Dice, 1945; Ratcliff and
Obershelp, 1988).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from maizuru.graph.language.transliteration import search_key

SAME, SPELLING, ORDER, CLOSE = 100.0, 98.0, 96.0, 94.0
LEAST = 50.0
"""Candidates below are not given."""
CERTAIN = 90.0
"""A score from which the best candidate is taken for a match, if no other comes near."""
MARGIN = 5.0
LOOKED_AT = 120
"""Things scored for a query, out of those that share letters with it."""
_WORD = re.compile(r"\w+")
_ALIKE = 0.7
"""Words less alike than this are different words."""
_INITIAL = 0.7
"""What an initial counts for the word it may stand for."""


@dataclass(slots=True)
class Thing:
    """A thing with its names; *label* is the one to show."""

    key: str
    label: str = ""
    names: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant."""

    thing: Thing
    score: float
    match: bool = False


class NameIndex:
    """The things of one version of the dataset, found by the letters of their names."""

    def __init__(self, things: Iterable[Thing]) -> None:
        """Index the things."""
        self.things = {thing.key: thing for thing in things}
        self._grams: defaultdict[str, set[str]] = defaultdict(set)
        for thing in self.things.values():
            for name in thing.names:
                for gram in _grams(search_key(name)):
                    self._grams[gram].add(thing.key)

    def match(self, query: str, classes: Iterable[str] = (), limit: int = 5) -> list[Candidate]:
        """Return the things that *query* may name, the best first.

        *classes* are IRIs, one of which a thing must have; none means any. The best is a match
        where it is certain and no other comes near.
        """
        wanted = set(classes)
        scored = []
        for key in self._near(search_key(query)):
            thing = self.things[key]
            if wanted and not wanted & thing.classes:
                continue
            score = max((likeness(query, name) for name in thing.names), default=0.0)
            if score >= LEAST:
                scored.append(Candidate(thing, round(score, 1)))
        scored.sort(key=lambda found: (-found.score, found.thing.key))
        return decided(scored)[:limit]

    def starting(self, prefix: str, classes: Iterable[str] = ()) -> list[Thing]:
        """Return the things a word of whose names begins so, those of shorter names first."""
        wanted, key = set(classes), search_key(prefix)
        found: list[tuple[int, int, str]] = []
        for thing in self.things.values():
            if wanted and not wanted & thing.classes:
                continue
            keys = [search_key(name) for name in thing.names]
            places = [0 if own.startswith(key) else 1 for own in keys if f" {key}" in f" {own}"]
            if key and places:
                found.append((min(places), len(thing.label), thing.key))
        return [self.things[name] for _, _, name in sorted(found)]

    def _near(self, key: str) -> list[str]:
        """Return the keys of the things that share most pairs of letters with *key*."""
        shared: Counter[str] = Counter()
        for gram in _grams(key):
            shared.update(self._grams.get(gram, ()))
        ranked = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
        return [name for name, _ in ranked[:LOOKED_AT]]


def decided(scored: list[Candidate]) -> list[Candidate]:
    """Return the candidates with the first marked as a match where that is safe."""
    if not scored or scored[0].score < CERTAIN:
        return scored
    rival = scored[1].score if len(scored) > 1 else 0.0
    exact = scored[0].score >= ORDER > rival
    if exact or scored[0].score - rival >= MARGIN:
        return [Candidate(scored[0].thing, scored[0].score, match=True), *scored[1:]]
    return scored


@lru_cache(maxsize=100_000)
def likeness(asked: str, name: str) -> float:
    """Return how well *asked* fits *name*, 0–100."""
    if _plain(asked) == _plain(name):
        return SAME
    left, right = _words(asked), _words(name)
    if not left or not right:
        return 0.0
    if left == right or "".join(left) == "".join(right):
        return SPELLING
    if sorted(left) == sorted(right):
        return ORDER
    run = SequenceMatcher(None, "".join(left), "".join(right), autojunk=False).ratio()
    return CLOSE * max(_by_words(left, right), run if run >= _ALIKE else 0.0)


def _by_words(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    """Return the share of both names' letters that stands in words alike (Dice)."""
    free = list(right)
    agreed = 0.0
    for word in sorted(left, key=len, reverse=True):
        best = max(free, key=lambda own: _alike(word, own), default="")
        alike = _alike(word, best) if best else 0.0
        if alike:
            free.remove(best)
            agreed += alike * (len(word) + len(best))
    return agreed / (sum(map(len, left)) + sum(map(len, right)))


def _alike(word: str, own: str) -> float:
    if word == own:
        return 1.0
    if min(len(word), len(own)) == 1:
        return _INITIAL if word[0] == own[0] else 0.0
    ratio = SequenceMatcher(None, word, own, autojunk=False).ratio()
    return ratio if ratio >= _ALIKE else 0.0


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@lru_cache(maxsize=100_000)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(search_key(text)))


def _grams(key: str) -> set[str]:
    """Return single words' pairs of letters, with their ends marked; order plays no part."""
    found: set[str] = set()
    for word in _WORD.findall(key):
        marked = f"^{word}$"
        found |= {marked[at : at + 2] for at in range(len(marked) - 1)}
    return found
