"""Look up known names in the tokens: authority records and the term lists of the rules."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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


class Gazetteer:
    """An index of names by their first word; the longest name at a place wins."""

    def __init__(self, entries: Iterable[Entry], cutter: JapaneseCutter) -> None:
        """Index *entries*; of two with the same name the first one counts."""
        self._index: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        """First word to the rest of the name and its entry."""
        seen: set[tuple[str, ...]] = set()
        for entry in entries:
            for variant in _variants(entry):
                words = tuple(tokenise([(0, variant)], cutter).words[:-1])
                if words and words not in seen:
                    seen.add(words)
                    self._index.setdefault(words[0], []).append((words[1:], entry))
        for found in self._index.values():
            found.sort(key=lambda item: -len(item[0]))

    def find(self, tokens: Tokens) -> Iterator[tuple[int, int, Entry]]:
        """Yield token ranges and entries from left to right, without overlap."""
        return self._find(tokens.words, 0, len(tokens.words), 0)

    def inside(self, tokens: Tokens, start: int, end: int) -> Iterator[tuple[int, int, Entry]]:
        """Yield the names strictly inside a range of tokens."""
        return self._find(tokens.words, start, end, end - start)

    def _find(
        self, words: list[str], start: int, stop: int, whole: int
    ) -> Iterator[tuple[int, int, Entry]]:
        index = self._index
        free = start
        for at in [at for at, word in enumerate(words[start:stop], start) if word in index]:
            if at < free:
                continue
            after = words[at + 1] if at + 1 < stop else ""
            for rest, entry in index[words[at]]:
                end = at + 1 + len(rest)
                if end - at == whole or end > stop or (rest and rest[0] != after):
                    continue
                if len(rest) < 2 or tuple(words[at + 1 : end]) == rest:
                    yield at, end, entry
                    free = end
                    break


def _variants(entry: Entry) -> list[str]:
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
