"""Tell at a glance that an expression cannot match: some word it needs is not in the text.

Looking for a word is many times faster than trying an expression at every letter, and most rules
speak of something that most sentences lack. What an expression needs is read off its own parse
tree, so nobody has to keep a list beside it; what cannot be told is not asked for, and then the
expression is tried. The answer never changes, only how soon it is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

_MOST = 60
"""Words of a set: looking for more takes as long as the expression."""
_KEPT = 3
_FOLDED = re.compile("[µıſ\u0345\u0370-\u03ff\u1c80-\u1c88\u1e9b\u1fbe\u1fd3\u1fe3\ufb05\ufb06]")
"""Letters that an expression takes for others in any case, and `str.lower` does not."""
_COMMON = frozenset(" aeiotnsrаеиотн.,")
"""Signs that nearly every text has: no use asking for one alone."""

Words = frozenset[str]
Entry = TypeVar("Entry")


class Haystack:
    """A text in which many expressions are tried: its lower case is made once."""

    __slots__ = ("_low", "text")

    def __init__(self, text: str) -> None:
        """Keep *text*."""
        self.text = text
        self._low: str | None = None

    @property
    def low(self) -> str:
        """The text in lower case; empty if a letter of it has several other cases."""
        if self._low is None:
            self._low = low = self.text.lower()
            if not low.isascii() and _FOLDED.search(low):
                self._low = ""
        return self._low


@dataclass(frozen=True, slots=True)
class Prefilter:
    """What each match of an expression holds: one word of each set."""

    exact: tuple[tuple[str, ...], ...] = ()
    folded: tuple[tuple[str, ...], ...] = ()
    """In lower case, for parts that match in any case."""

    def admits(self, hay: Haystack) -> bool:
        """Whether the expression may match somewhere in the text."""
        text = hay.text
        for words in self.exact:
            for word in words:
                if word in text:
                    break
            else:
                return False
        return not self.folded or self._admits_folded(hay.low)

    def _admits_folded(self, low: str) -> bool:
        return not low or all(any(map(low.__contains__, words)) for words in self.folded)

    def parted(self, signs: Words) -> tuple[Prefilter, Prefilter]:
        """Return the sets made of nothing but *signs*, and the others."""
        made = tuple(words for words in self.exact if signs.issuperset(words))
        other = tuple(words for words in self.exact if not signs.issuperset(words))
        return Prefilter(made), Prefilter(other, self.folded)


def prefilter(pattern: re.Pattern[str]) -> Prefilter:
    """Return the prefilter of a compiled expression; it may admit everything.

    It takes as long as compiling: keep it beside the expression.
    """
    tree = parser.parse(pattern.pattern, pattern.flags)
    found = [need for need in _Reader().sequence(tree, pattern.flags) if _telling(need[0])]
    found = sorted(set(found), key=lambda need: (_rank(need[0]), sorted(need[0])))[:_KEPT]
    exact, folded = (
        tuple(tuple(sorted(words)) for words, any_case in found if any_case is wanted)
        for wanted in (False, True)
    )
    return Prefilter(exact, folded)


def _telling(words: Words) -> bool:
    return bool(words) and len(words) <= _MOST and not words & _COMMON


def _rank(words: Words) -> tuple[int, int]:
    """Return what a set is preferred by: rare words, and few."""
    return -min(map(_rarity, words)), len(words)


def _rarity(word: str) -> int:
    """Return about how rare a word is: long ones are, and signs made for the rules."""
    return 4 if "\ue000" <= word[0] <= "\uf8ff" else min(4, len(word))


class Choices(Generic[Entry]):
    """Entries of which each has an expression; a text holds the matches of few."""

    __slots__ = ("_entries",)

    def __init__(self, entries: Iterable[tuple[Entry, re.Pattern[str]]]) -> None:
        """Read off each expression what its matches hold."""
        self._entries = [(entry, prefilter(pattern)) for entry, pattern in entries]

    def possible(self, text: str) -> tuple[Entry, ...]:
        """Return the entries that may match somewhere in *text*, in their order."""
        hay = Haystack(text)
        return tuple(entry for entry, needs in self._entries if needs.admits(hay))


class Sieve:
    """An expression with its prefilter, for texts that seldom hold it."""

    __slots__ = ("_needs", "pattern")

    def __init__(self, pattern: re.Pattern[str]) -> None:
        """Keep the expression, and read off it what its matches hold."""
        self.pattern = pattern
        self._needs = prefilter(pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in *text*."""
        return self.pattern.search(text) if self.possible(text) else None

    def possible(self, text: str) -> bool:
        """Whether the expression may match somewhere in *text*."""
        return self._needs.admits(Haystack(text))


Need = tuple[Words, bool]
"""A set of words, and whether they are in lower case."""


class _Reader:
    """Reads what the matches of a parsed expression have in common."""

    def sequence(self, nodes: Iterable[tuple[Any, Any]], flags: int) -> list[Need]:
        """Return the needs of parts that follow each other; literals in a row make one word."""
        found: list[Need] = []
        word = ""
        folding = bool(flags & re.IGNORECASE)
        for code, value in nodes:
            if code is codes.LITERAL:
                word += chr(value).lower() if folding else chr(value)
                continue
            if word:
                found.append((frozenset([word]), folding))
                word = ""
            found += self._node(code, value, flags)
        if word:
            found.append((frozenset([word]), folding))
        return found

    def _node(self, code: Any, value: Any, flags: int) -> list[Need]:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            least, _, inner = value
            return self.sequence(inner, flags) if least else []
        if code is codes.SUBPATTERN:
            _, added, removed, inner = value
            return self.sequence(inner, (flags | added) & ~removed)
        if code is codes.ATOMIC_GROUP:
            return self.sequence(value, flags)
        if code is codes.BRANCH:
            return self._branches([self.sequence(branch, flags) for branch in value[1]])
        if code is codes.IN:
            return self._characters(value, bool(flags & re.IGNORECASE))
        return []

    def _branches(self, branches: Sequence[list[Need]]) -> list[Need]:
        """Return one need for all branches, if each has one of the same case."""
        for any_case in (False, True):
            sets = [
                [words for words, folded in branch if folded is any_case and _telling(words)]
                for branch in branches
            ]
            if all(sets):
                return [(frozenset().union(*(min(s, key=_rank) for s in sets)), any_case)]
        return []

    def _characters(self, value: Any, folding: bool) -> list[Need]:
        signs: set[str] = set()
        for code, what in value:
            if code is codes.LITERAL:
                signs.add(chr(what))
            elif code is codes.RANGE and what[1] - what[0] < _MOST:
                signs.update(chr(point) for point in range(what[0], what[1] + 1))
            else:
                return []
        return [(frozenset(s.lower() for s in signs) if folding else frozenset(signs), folding)]
