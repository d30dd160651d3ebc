"""Look up known names in the tokens: authority records and the term lists of the rules."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..language.inflection import russian_forms
from ..model import EntityKind
from .tokens import JapaneseCutter, Tokens, tokenise

_CIRCUMFLEX = str.maketrans("āēīōūĀĒĪŌŪ", "âêîôûÂÊÎÔÛ")
_MACRONS = "̂̄"


@dataclass(frozen=True, slots=True)
class Entry:
    """One known name."""

    name: str
    kind: EntityKind
    subkind: str = ""
    authority: str = ""
    language: str = ""
    folded: bool = False
    """True for terms that may be written in lower case."""


@dataclass(slots=True)
class _Node:
    """Where some words lead: the name that ends here, and the words a longer one goes on with."""

    entry: Entry | None = None
    following: dict[str, _Node] = field(default_factory=dict)


class Gazetteer:
    """A tree of names, word by word; the longest name at a place wins."""

    def __init__(self, entries: Iterable[Entry], cutter: JapaneseCutter) -> None:
        """Index *entries*; of two with the same name the first one counts."""
        self._names: dict[str, _Node] = {}
        for entry in entries:
            for variant in _variants(entry):
                self._add(_words(variant, cutter), entry)

    def _add(self, words: tuple[str, ...], entry: Entry) -> None:
        following, node = self._names, None
        for word in words:
            node = following.get(word)
            if node is None:
                node = following[word] = _Node()
            following = node.following
        if node is not None and node.entry is None:
            node.entry = entry

    def find(self, tokens: Tokens) -> Iterator[tuple[int, int, Entry]]:
        """Yield token ranges and entries from left to right, without overlap."""
        return self._find(tokens.words, 0, len(tokens.words), 0)

    def inside(self, tokens: Tokens, start: int, end: int) -> Iterator[tuple[int, int, Entry]]:
        """Yield the names strictly inside a range of tokens."""
        return self._find(tokens.words, start, end, end - start)

    def _find(
        self, words: list[str], start: int, stop: int, whole: int
    ) -> Iterator[tuple[int, int, Entry]]:
        names = self._names
        free = start
        part = words[start:stop] if whole else words
        for at in [at for at, word in enumerate(part, start) if word in names]:
            if at < free:
                continue
            node: _Node | None = names[words[at]]
            found, end = None, at + 1
            while node is not None:
                if node.entry is not None and end - at != whole:
                    found, free = node.entry, end
                node = node.following.get(words[end]) if end < stop else None
                end += 1
            if found is not None:
                yield at, free, found


def _words(name: str, cutter: JapaneseCutter) -> tuple[str, ...]:
    """Return the tokens of a name; one of plain letters is one token."""
    if name.isascii() and name.isalpha():
        return (name,)
    return tuple(tokenise([(0, name)], cutter).words[:-1])


def _variants(entry: Entry) -> list[str]:
    if entry.name.isascii() and entry.name.isalpha() and not entry.folded:
        return [entry.name, entry.name.upper()] if len(entry.name) > 3 else [entry.name]
    decomposed = unicodedata.normalize("NFD", entry.name)
    plain = "".join(character for character in decomposed if character not in _MACRONS)
    names = {entry.name, entry.name.replace("'", "’"), entry.name.replace("-", "–")}
    if not any(character > "぀" for character in entry.name):
        names |= {unicodedata.normalize("NFC", plain), entry.name.translate(_CIRCUMFLEX)}
    if entry.language == "ru" or any("а" <= character <= "я" for character in entry.name):
        person = entry.kind is EntityKind.PERSON
        names |= set(russian_forms(entry.name, every_word=person))
    if entry.folded:
        names |= {name[:1].upper() + name[1:] for name in names}
        names |= {name.title() for name in names}
    if len(entry.name) > 3:
        names |= {name.upper() for name in names}
    return sorted(names)
