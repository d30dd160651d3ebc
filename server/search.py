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
SOME = 20
"""Sentences shown that hold only some of the words."""
LONGEST_NAME = 8
"""Words of the longest name looked for in a question."""
SHORT = 3
"""Letters of a word that tells little in a question of several."""

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
        self._exact: dict[str, list[tuple[int, str]]] = {}
        for number, thing in enumerate(self._things):
            for name, _ in sorted(thing.names):
                self._exact.setdefault(search_key(name), []).append((number, name))
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
            ((number, _grams(_text_key(s.text))) for number, s in enumerate(self._sentences)),
        )

    def names(self, words: str) -> list[Hit]:
        """Return the things one of whose names holds all the words, the best first.

        An exact name comes before a name that begins so, and that before any other; then what the
        documents name most often.
        """
        key = search_key(words)
        best: dict[int, tuple[tuple[int, int, int], str]] = {}
        select = "SELECT key, thing, name FROM names"
        for own_key, number, name in self._match(select, "names", key):
            thing = self._things[number]
            grade = 0 if own_key == key else 1 if own_key.startswith(key) else 2
            rank = (grade, -thing.documents.total(), int(name != words))
            if number not in best or rank < best[number][0]:
                best[number] = (rank, name)
        ordered = sorted(best.items(), key=lambda item: (item[1][0], self._things[item[0]].label))
        return [self._hit(number, name) for number, (_, name) in ordered]

    def named_in(self, words: str) -> list[Hit]:
        """Return the things whose whole names stand in a question, the longest names first."""
        found: dict[int, str] = {}
        taken: set[int] = set()
        for start, end in _stretches(words):
            if not taken.isdisjoint(range(start, end)):
                continue
            named = self._exact.get(search_key(words[start:end]), ())
            if named:
                taken.update(range(start, end))
            for number, name in sorted(
                named, key=lambda each, said=words[start:end]: each[1] != said
            ):
                found.setdefault(number, name)
        return [self._hit(number, name) for number, name in found.items()]

    def some(self, words: str) -> list[Sentence]:
        """Return the sentences that hold most of the words of a question."""
        keys = {search_key(words[start:end]) for start, end in _tokens(words)}
        telling = {key for key in keys if len(key) > SHORT or not key.isascii()} or keys
        parts = [part for part in map(_expression, sorted(telling)) if part]
        expression = " OR ".join(f"({part})" for part in parts)
        found = self._matching("SELECT rowid FROM sentences", "sentences", expression, MAX_HITS)
        told = [self._sentences[number] for (number,) in found]
        held = {id(each): _held(_text_key(each.text), telling) for each in told}
        return sorted(told, key=lambda each: -held[id(each)])[:SOME]

    def sentences(self, words: str) -> list[Sentence]:
        """Return the sentences that hold all the words, the most telling first (BM25)."""
        key = _text_key(words)
        found = self._match("SELECT rowid FROM sentences", "sentences", key)
        return [self._sentences[number] for (number,) in found]

    def _hit(self, number: int, name: str) -> Hit:
        thing = self._things[number]
        documents = tuple(sorted(thing.documents))
        total = thing.documents.total()
        places, periods = tuple(sorted(thing.places)), tuple(sorted(thing.periods))
        return Hit(thing.iri, thing.label, name, thing.kind, documents, total, places, periods)

    def _match(self, select: str, table: str, key: str) -> list[tuple[Any, ...]]:
        return self._matching(select, table, _expression(key), MAX_HITS)

    def _matching(self, select: str, table: str, expression: str, most: int) -> list[Any]:
        if not expression:
            return []
        with self._lock:
            return self._db.execute(
                f"{select} WHERE {table} MATCH ? ORDER BY rank LIMIT {most}", (expression,)
            ).fetchall()


_TOKEN = re.compile(
    r"[\u30a1-\u30ff]+|[\u3005\u3400-\u4dbf\u4e00-\u9fff]+|[^\W_\u3040-\u30ff\u3400-\u9fff]+"
)
"""A word of a question; Japanese is divided where its scripts change, and hiragana is left out."""


def _tokens(words: str) -> list[tuple[int, int]]:
    return [match.span() for match in _TOKEN.finditer(words)]


def _stretches(words: str) -> list[tuple[int, int]]:
    """Return where names may stand in a question: runs of words and of kanji, the longest first."""
    tokens, found = _tokens(words), set()
    for place, (start, last) in enumerate(tokens):
        found |= {(start, end) for _, end in tokens[place : place + LONGEST_NAME]}
        if _CJK.match(words, start):
            found |= {(a, b) for a in range(start, last) for b in range(a + 2, last + 1)}
    return sorted(found, key=lambda each: (each[0] - each[1], each[0]))


_KATAKANA = re.compile(r"[\u30a1-\u30ff]+")


def _text_key(text: str) -> str:
    """Return the key of running text, in which words in katakana stand apart from what follows."""
    return search_key(_KATAKANA.sub(r" \g<0> ", text))


def _held(key: str, words: set[str]) -> int:
    """Count the words that stand in a sentence, each at the beginning of a word of its own."""
    return sum(
        re.search(rf"(?:\b|(?<=[^a-z])){re.escape(word)}", key) is not None for word in words
    )


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
