"""Compile the rule files and the authorities into what the finder runs, once per process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..model import EntityKind
from ..resources import rules
from .authorities import records
from .gazetteer import Entry, Gazetteer
from .lexicon import RULE_FILES, Lexicon, word_lists
from .patterns import Pattern, compile_pattern, expand, literals
from .tokens import JapaneseCutter


@dataclass(frozen=True, slots=True)
class Machine:
    """Everything compiled from the rule files and the authorities."""

    lexicon: Lexicon
    cutter: JapaneseCutter
    names: Gazetteer
    """Names of authority records; looked up before any pattern."""
    terms: Gazetteer
    """Terms of the rule files; looked up after all patterns."""
    layers: tuple[tuple[Pattern, ...], ...]
    nests: Mapping[str, frozenset[str]]
    """Kind to the kinds it may hold."""


@cache
def machine() -> Machine:
    """Return the compiled rules; the first call takes a moment."""
    files = [rules(name) for name in RULE_FILES]
    macros: dict[str, str] = {}
    for data in files:
        macros.update(data.get("macros", {}))
    tables = [table for data in files for table in data.get("pattern", ())]
    nests = {kind: frozenset(inner) for kind, inner in rules("names")["nests"].items()}
    lexicon = Lexicon(_lists(tables, macros))
    names, terms = _names(), _terms(files)
    words = [*lexicon.words, *_simple([*names, *terms], nests)]
    cutter = JapaneseCutter(words, word_lists()["honorific-ja"])
    patterns = [compile_pattern(table, macros, lexicon) for table in tables]
    layers = sorted({pattern.layer for pattern in patterns})
    return Machine(
        lexicon,
        cutter,
        Gazetteer(names, cutter),
        Gazetteer(terms, cutter),
        tuple(_ordered(p for p in patterns if p.layer == layer) for layer in layers),
        nests,
    )


def _ordered(patterns: Iterable[Pattern]) -> tuple[Pattern, ...]:
    return tuple(sorted(patterns, key=lambda pattern: (-pattern.priority, pattern.name)))


def _lists(tables: Iterable[Mapping[str, Any]], macros: Mapping[str, str]) -> dict[str, list[str]]:
    lists = {name: list(words) for name, words in word_lists().items()}
    for table in tables:
        for word in literals(expand(table["match"], macros)):
            lists["=" + word.casefold()] = [word.casefold()]
    return lists


def _names() -> list[Entry]:
    """Return the names of all records, and of places without one.

    A title that several works bear is nobody's by itself.
    """
    owners: dict[tuple[EntityKind, str], set[str]] = {}
    for record in records():
        for label in record.labels:
            owners.setdefault((record.kind, label.text), set()).add(record.key)
    entries = []
    for record in records():
        for label in record.labels:
            sole = len(owners[record.kind, label.text]) == 1
            subkind, key = (record.subkind, record.key) if sole else ("", "")
            entries.append(Entry(label.text, record.kind, subkind, key, label.language))
    for table in rules("toponyms").values():
        for language, names in table.items():
            entries += [Entry(name, EntityKind.PLACE, language=language) for name in names]
    return entries


def _terms(files: Iterable[Mapping[str, Any]]) -> list[Entry]:
    return [
        Entry(
            text,
            EntityKind(term["kind"]),
            term.get("subkind", ""),
            term.get("key", ""),
            folded=True,
        )
        for data in files
        for term in data.get("term", ())
        for text in term["names"]
    ]


def _simple(entries: list[Entry], nests: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the names that hold no other name, so that the cutter leaves inner names apart."""
    inner: dict[str, set[str]] = {}
    for entry in entries:
        inner.setdefault(entry.name, set()).add(entry.kind.value)
    simple = []
    for entry in entries:
        allowed = nests.get(entry.kind.value, frozenset())
        starts = (entry.name[:end] for end in range(2, len(entry.name)))
        if not any(inner.get(start, frozenset()) & allowed for start in starts):
            simple.append(entry.name)
    return simple
