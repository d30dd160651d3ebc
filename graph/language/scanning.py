"""Find the words of long lists fast: at each place try only the entries with its first letter.

Python's expressions try every alternative at every place; a list of hundreds would make that the
slowest step of all. The first letters are read off the entries, which are expressions themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

_T = TypeVar("_T")

Starts = list[tuple[int, str]]
"""Places worth trying in a text, with the letter there in lower case."""

_WORD_START = re.compile(r"(?<!\w)\w|[^\w\s]|[\u3040-\u9fff]")


@dataclass(frozen=True, slots=True)
class Scanner(Generic[_T]):
    """The entries by first letter: for each an expression, and what its groups stand for."""

    tables: Mapping[str, tuple[re.Pattern[str], tuple[_T, ...]]]
    spaced: bool
    """Whether entries stand at word starts only, as in scripts with spaces."""

    def starts(self, text: str) -> Starts:
        """Return the places worth trying, with the letter there in lower case."""
        if self.spaced:
            return [(m.start(), m[0].lower()) for m in _WORD_START.finditer(text)]
        return list(enumerate(text))

    def promising(self, text: str, starts: Starts) -> Starts:
        """Return those of *starts* where an entry is found, overlapping or not."""
        tables = self.tables
        return [
            (start, letter)
            for start, letter in starts
            if letter in tables and tables[letter][0].match(text, start)
        ]

    def scan(
        self, text: str, starts: Iterable[tuple[int, str]] | None = None
    ) -> Iterator[tuple[int, int, _T]]:
        """Yield start, end and meaning of each entry found, in text order, none overlapping."""
        reached = 0
        tables = self.tables
        for start, letter in self.starts(text) if starts is None else starts:
            table = tables.get(letter)
            if table is None or start < reached:
                continue
            match = table[0].match(text, start)
            if match is not None:
                reached = match.end()
                yield start, reached, table[1][(match.lastindex or 1) - 1]


def scanner(
    entries: Iterable[tuple[str, _T]], *, spaced: bool = True, behind: str | None = None
) -> Scanner[_T]:
    """Return a scanner of expressions and their meanings; an entry earlier in order wins.

    The expressions have no capturing groups. *behind* must follow each; a word end if not given.
    """
    ordered = list(entries)
    edge = behind if behind is not None else r"(?!\w)" if spaced else ""
    return Scanner(
        {
            letter: (
                re.compile(f"(?:{'|'.join(f'({e})' for e, _ in found)}){edge}", re.IGNORECASE),
                tuple(meaning for _, meaning in found),
            )
            for letter, found in by_initial(ordered).items()
        },
        spaced,
    )


def by_initial(
    entries: Iterable[tuple[str, _T]], *, fold: bool = True
) -> dict[str, list[tuple[str, _T]]]:
    """Return the entries (expression and meaning) by each letter they may begin with.

    With *fold* the letters are lower case; without it they are as the expressions have them.
    """
    ordered = [(expression, meaning, initials(expression)) for expression, meaning in entries]
    known = {letter for _, _, letters in ordered for letter in letters or ()}
    table: dict[str, list[tuple[str, _T]]] = {}
    for expression, meaning, letters in ordered:
        chosen = known if letters is None else letters
        for letter in {c.lower() for c in chosen} if fold else chosen:
            table.setdefault(letter, []).append((expression, meaning))
    return table


def initials(expression: str) -> frozenset[str] | None:
    """Return the characters an expression may begin with; None if it may be any."""
    return _Reader(expression).alternatives()[0]


class _Reader:
    """Reads the beginning of a regular expression of the kinds our rules use."""

    _QUANTIFIER = re.compile(r"[?*+]\??|\{\d*,?\d*\}\??")
    _GROUP = re.compile(r"\((?:\?(?P<flag>-?i)?:|\?(?P<look>=|!|<=|<!))?")
    _RANGE = re.compile(r"(\\?.)(?:-([^\\\]]))?", re.DOTALL)
    _DIGITS = frozenset("0123456789")

    def __init__(self, expression: str) -> None:
        self._text = expression
        self._at = 0

    def alternatives(self) -> tuple[frozenset[str] | None, bool]:
        """Read up to the closing bracket: the first characters, and whether it may be empty."""
        letters: set[str] = set()
        anything = empty = False
        while True:
            found, optional = self._sequence()
            anything |= found is None
            letters |= found or frozenset()
            empty |= optional
            if self._at >= len(self._text) or self._text[self._at] == ")":
                return (None if anything else frozenset(letters)), empty
            self._at += 1

    def _sequence(self) -> tuple[frozenset[str] | None, bool]:
        letters: set[str] = set()
        anything, beginning = False, True
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            found, optional = self._item()
            quantifier = self._QUANTIFIER.match(self._text, self._at)
            if quantifier:
                self._at = quantifier.end()
                optional = optional or quantifier[0].startswith(("?", "*", "{0", "{,"))
            if beginning:
                anything |= found is None
                letters |= found or frozenset()
                beginning = optional
        return (None if anything else frozenset(letters)), beginning

    def _item(self) -> tuple[frozenset[str] | None, bool]:
        char = self._text[self._at]
        if char == "(":
            return self._group()
        if char == "[":
            return self._class(), False
        if char == "\\":
            self._at += 2
            return self._escaped(self._text[self._at - 1])
        self._at += 1
        if char in "^$":
            return frozenset(), True
        return (None if char == "." else frozenset(char)), False

    def _group(self) -> tuple[frozenset[str] | None, bool]:
        opening = self._GROUP.match(self._text, self._at)
        self._at = opening.end() if opening else self._at + 1
        found, empty = self.alternatives()
        self._at += 1
        if opening and opening["look"]:
            return frozenset(), True
        if opening and opening["flag"] == "i" and found is not None:
            found = frozenset(c for letter in found for c in (letter.lower(), letter.upper()))
        return found, empty

    def _escaped(self, char: str) -> tuple[frozenset[str] | None, bool]:
        if char in "bBZA":
            return frozenset(), True
        if char == "d":
            return self._DIGITS, False
        return (None if char.isalnum() else frozenset(char)), False

    def _class(self) -> frozenset[str] | None:
        end = self._text.index("]", self._at + 2)
        inside = self._text[self._at + 1 : end]
        self._at = end + 1
        if inside.startswith("^"):
            return None
        found: set[str] = set()
        for match in self._RANGE.finditer(inside):
            first = match[1]
            if first.startswith("\\"):
                letters, _ = self._escaped(first[1])
                if letters is None:
                    return None
                found |= letters
            else:
                last = match[2] or first
                found |= {chr(code) for code in range(ord(first), ord(last) + 1)}
        return frozenset(found)
