"""Tell which documents are copies or versions of one article, by the wording they share.

Of each document only a sketch is kept: the smallest hashes of its runs of words, of the text alone
and not of the furniture round it. What two sketches share tells how much of the shorter text stands
in the longer one (Broder, On the resemblance and containment of documents, 1997).
"""

from __future__ import annotations

import heapq
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..language.transliteration import search_key
from ..model import BlockKind, Document, EntityKind
from .drafts import mint

SIZE = 400
"""Hashes kept of one document."""
RUN = 6
"""Words in a run; of Japanese, signs."""
SHARED = 0.5
"""Part of the shorter text that makes two documents versions of one article whatever the title."""
SHARED_WITH_TITLE = 0.15
FEWEST = 8
"""So many runs must be shared at least."""
_WORDS = re.compile(r"[^\W_\u3040-\u30ff\u3400-\u9fff]+|[\u3040-\u30ff\u3400-\u9fff]")
_SPACE = 1 << 32
_TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.NOTE})


@dataclass(frozen=True, slots=True)
class Article:
    """What several documents are snapshots of."""

    key: str
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class _Sketch:
    slug: str
    title: str
    language: str
    length: int
    hashes: tuple[int, ...]
    """In order; all that are no greater than *limit*."""
    limit: int


@dataclass(slots=True)
class Copies:
    """Collects the sketches of documents while they go by."""

    _sketches: list[_Sketch] = field(default_factory=list)

    def add(self, document: Document) -> None:
        """Keep the sketch of a document."""
        words = [word for text in _texts(document) for word in _WORDS.findall(text.casefold())]
        runs = (" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1))
        found = {zlib.crc32(run.encode()) for run in runs}
        kept = tuple(heapq.nsmallest(SIZE, found))
        limit = kept[-1] if len(kept) == SIZE else _SPACE
        sketch = _Sketch(document.slug, document.title, document.language, len(words), kept, limit)
        self._sketches.append(sketch)

    def articles(self) -> Mapping[str, Article]:
        """Return the article of every document that has a copy, by its slug."""
        groups = _Groups()
        by_slug = {sketch.slug: sketch for sketch in sorted(self._sketches, key=_slug)}
        for one, other in _sharing(by_slug.values()):
            if _same_article(by_slug[one], by_slug[other]):
                groups.join(one, other)
        found: dict[str, Article] = {}
        taken: set[str] = set()
        for members in groups.members():
            longest = max((by_slug[slug] for slug in members), key=lambda one: one.length)
            key = _free(mint(EntityKind.WORK, f"{longest.title} article"), taken)
            taken.add(key)
            article = Article(key, longest.title, longest.language)
            found |= dict.fromkeys(members, article)
        return found


def _slug(sketch: _Sketch) -> str:
    return sketch.slug


def _texts(document: Document) -> Iterable[str]:
    if not document.blocks:
        return [document.text]
    return (document.text[b.start : b.end] for b in document.blocks if b.kind in _TEXT)


def _sharing(sketches: Iterable[_Sketch]) -> list[tuple[str, str]]:
    """Return the pairs that share runs enough to be looked at."""
    holders: dict[int, list[str]] = defaultdict(list)
    for sketch in sketches:
        for value in sketch.hashes:
            holders[value].append(sketch.slug)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for slugs in holders.values():
        for number, one in enumerate(slugs):
            for other in slugs[number + 1 :]:
                shared[one, other] += 1
    return sorted(pair for pair, count in shared.items() if count >= FEWEST)


def _same_article(one: _Sketch, other: _Sketch) -> bool:
    """Compare the hashes below the lower limit of the two, where both are complete."""
    limit = min(one.limit, other.limit)
    left = {value for value in one.hashes if value <= limit}
    right = {value for value in other.hashes if value <= limit}
    both = len(left & right)
    if both < FEWEST:
        return False
    part = both / min(len(left), len(right))
    same_title = search_key(one.title) == search_key(other.title)
    return part >= (SHARED_WITH_TITLE if same_title else SHARED)


def _free(key: str, taken: set[str]) -> str:
    number, wanted = 1, key
    while wanted in taken:
        number += 1
        wanted = f"{key}-{number}"
    return wanted


class _Groups:
    """Documents joined pair by pair."""

    def __init__(self) -> None:
        self._leader: dict[str, str] = {}

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self._of(one), self._of(other)))
        self._leader[second] = first

    def members(self) -> list[list[str]]:
        """Return the groups, each in order, in the order of their first members."""
        found: dict[str, list[str]] = defaultdict(list)
        for slug in sorted(self._leader):
            found[self._of(slug)].append(slug)
        return [found[leader] for leader in sorted(found)]

    def _of(self, slug: str) -> str:
        leader = self._leader.setdefault(slug, slug)
        while leader != self._leader[leader]:
            leader = self._leader[leader]
        return leader
