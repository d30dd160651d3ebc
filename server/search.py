"""Full-text search over names and sentences, in any script.

SQLite's FTS5 holds the index in memory. Names are indexed under `search_key`, so that spellings in
kana, Latin and Cyrillic letters meet; runs of kanji and kana are cut into pairs of characters,
because no space divides them (a trigram index would not find two-character names).
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from maizuru.graph.language.transliteration import search_key

_CJK = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_WORD = re.compile(r"[^\W_]+")

MAX_HITS = 1000

_SCHEMA = """
CREATE VIRTUAL TABLE names USING fts5(grams, key UNINDEXED, thing UNINDEXED, name UNINDEXED);
CREATE VIRTUAL TABLE sentences USING fts5(grams, content='');
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing whose name matches."""

    iri: str
    label: str
    name: str
    """The name that matched."""
    kind: str
    documents: tuple[str, ...]
    mentions: int
    places: tuple[str, ...] = ()
    """Names of the places that statements join it with."""
    periods: tuple[str, ...] = ()
    """Decades of the statements about it, as ``1940s``."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that holds the words."""

    document: str
    start: int
    end: int
    text: str
    language: str


@dataclass(slots=True)
class Indexed:
    """A thing as the index takes it in."""

    iri: str
    label: str
    kind: str
    names: set[tuple[str, str]] = field(default_factory=set)
    documents: Counter[str] = field(default_factory=Counter)
    places: set[str] = field(default_factory=set)
    periods: set[str] = field(default_factory=set)


class SearchIndex:
    """The index of one version of the dataset."""

    def __init__(self, things: Iterable[Indexed], sentences: Iterable[Sentence]) -> None:
        """Build the index; a few seconds for a hundred thousand names."""
        self._things = list(things)
        self._sentences = list(sentences)
        self._lock = Lock()
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._db.executescript(_SCHEMA)
        self._db.executemany(
            "INSERT INTO names VALUES (?, ?, ?, ?)",
            (
                (_grams(key), key, number, name)
                for number, thing in enumerate(self._things)
                for name, _ in thing.names
                for key in (search_key(name),)
            ),
        )
        self._db.executemany(
            "INSERT INTO sentences (rowid, grams) VALUES (?, ?)",
            ((number, _grams(search_key(s.text))) for number, s in enumerate(self._sentences)),
        )

    def names(self, words: str) -> list[Hit]:
        """Return the things one of whose names holds all the words, the best first.

        An exact name comes before a name that begins so, and that before any other; then what the
        documents name most often.
        """
        key = search_key(words)
        best: dict[int, tuple[tuple[int, int], str]] = {}
        select = "SELECT key, thing, name FROM names"
        for own_key, number, name in self._match(select, "names", key):
            thing = self._things[number]
            grade = 0 if own_key == key else 1 if own_key.startswith(key) else 2
            rank = (grade, -thing.documents.total())
            if number not in best or rank < best[number][0]:
                best[number] = (rank, name)
        ordered = sorted(best.items(), key=lambda item: (item[1][0], self._things[item[0]].label))
        return [self._hit(number, name) for number, (_, name) in ordered]

    def sentences(self, words: str) -> list[Sentence]:
        """Return the sentences that hold all the words, the most telling first (BM25)."""
        key = search_key(words)
        found = self._match("SELECT rowid FROM sentences", "sentences", key)
        return [self._sentences[number] for (number,) in found]

    def _hit(self, number: int, name: str) -> Hit:
        thing = self._things[number]
        documents = tuple(sorted(thing.documents))
        total = thing.documents.total()
        places, periods = tuple(sorted(thing.places)), tuple(sorted(thing.periods))
        return Hit(thing.iri, thing.label, name, thing.kind, documents, total, places, periods)

    def _match(self, select: str, table: str, key: str) -> list[tuple[Any, ...]]:
        expression = _expression(key)
        if not expression:
            return []
        with self._lock:
            return self._db.execute(
                f"{select} WHERE {table} MATCH ? ORDER BY rank LIMIT {MAX_HITS}", (expression,)
            ).fetchall()


def _grams(key: str) -> str:
    """Return the terms a key is found by: words; characters and pairs of scripts without spaces."""
    terms: list[str] = []
    at = 0
    for run in _CJK.finditer(key):
        terms += _WORD.findall(key[at : run.start()])
        text = run.group()
        terms += [text[i : i + 2] for i in range(len(text) - 1)] + list(text)
        at = run.end()
    return " ".join([*terms, *_WORD.findall(key[at:])])


def _expression(key: str) -> str:
    """Return what FTS5 shall match: every word, the last one also as a beginning."""
    parts: list[str] = []
    at = 0
    for run in _CJK.finditer(key):
        parts += [f'"{word}"' for word in _WORD.findall(key[at : run.start()])]
        text = run.group()
        pairs = [text[i : i + 2] for i in range(len(text) - 1)] or [text]
        parts += [f'"{pair}"' for pair in pairs]
        at = run.end()
    tail = _WORD.findall(key[at:])
    parts += [f'"{word}"' for word in tail]
    if tail:
        parts[-1] += "*"
    return " AND ".join(parts)
