"""Find the words of long lists fast, in any case.

Python's expressions try every alternative at every place; a list of hundreds would make that the
slowest step of all. So the text is put in lower case once, a probe whose alternatives are grouped
by first letter finds the places worth a try, and there only the entries with that letter are tried.
The first letters are read off the entries, which are expressions themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from .alternatives import any_of
from .expressions import Expression

_T = TypeVar("_T")

_CAPITALS = re.compile(r"\\.|\(\?<?[=!:]|[^\W\d_]")
_NEVER = "(?!)"
_FIRST_CJK = "\u3040"
_LEADING = re.compile(r"^(?:\\b|\(\?<!\\w\))")


@dataclass(frozen=True, slots=True)
class Scanner(Generic[_T]):
    """The entries by first letter: for each an expression, and what its groups stand for."""

    tables: Mapping[str, tuple[Expression, tuple[_T, ...]]]
    probe: Expression
    """Matches, without taking any, where an entry begins."""

    def places(self, text: str) -> list[int]:
        """Return where entries begin in *text*, overlapping or not."""
        return [match.start() for match in self.probe.regex.finditer(lower(text))]

    def scan(self, text: str) -> Iterator[tuple[int, int, _T]]:
        """Yield start, end and meaning of each entry found, in text order, none overlapping."""
        reached = 0
        low = lower(text)
        for place in self.probe.regex.finditer(low):
            if place.start() >= reached:
                for found in self.at(low, (place.start(),)):
                    reached = found[1]
                    yield found

    def at(self, low: str, places: Iterable[int]) -> Iterator[tuple[int, int, _T]]:
        """Yield start, end and meaning of the entries at *places* of a lower-case text."""
        for start in places:
            table = self.tables.get(low[start])
            match = table[0].regex.match(low, start) if table else None
            if table and match:
                yield start, match.end(), table[1][(match.lastindex or 1) - 1]


def lower(text: str) -> str:
    """Return *text* in lower case if that keeps every character in its place."""
    low = text.lower()
    return low if len(low) == len(text) else text


def scanner(
    entries: Iterable[tuple[str, _T]], *, spaced: bool = True, behind: str | None = None
) -> Scanner[_T]:
    """Return a scanner of expressions and their meanings; an entry earlier in order wins.

    The expressions have no capturing groups. *behind* must follow each; a word end if not given.
    With *spaced* an entry begins at the start of a word, or at a sign or CJK character.
    """
    ordered = [
        (single, meaning)
        for expression, meaning in entries
        for single in _singles(_lowered(expression))
    ]
    edge = behind if behind is not None else r"(?!\w)" if spaced else ""
    tables = {
        letter: (
            Expression(f"(?:{'|'.join(f'({e})' for e, _ in found)}){edge}"),
            tuple(meaning for _, meaning in found),
        )
        for letter, found in by_initial(ordered).items()
    }
    unspaced = "".join(re.escape(c) for c in tables if c >= _FIRST_CJK or not c.isalnum())
    start = rf"(?:(?<!\w)|(?=[{unspaced}]))" if unspaced else r"(?<!\w)"
    probe = _probe([e for e, _ in ordered], edge)
    return Scanner(tables, Expression((start if spaced else "") + probe))


def _probe(expressions: list[str], edge: str) -> str:
    """Return an expression for the places of entries, their common beginnings tried once."""
    whole = [e if "|" not in _top(e) else f"(?:{e})" for e in expressions]
    return f"(?={any_of(whole)}{edge})" if whole else f"(?={_NEVER})"


def _singles(expression: str) -> list[str]:
    """Return the expressions an expression stands for: "(?:a|b) c" for "a c" and "b c"."""
    bare = _LEADING.sub("", expression)
    if not bare.startswith("(?:"):
        return [expression]
    parts, depth, start = [], 0, 3
    for position, char in enumerate(bare):
        if bare[position - 1 : position] == "\\" or (char not in "(|)"):
            continue
        depth += (char == "(") - (char == ")")
        if (char == "|" and depth == 1) or depth == 0:
            parts.append(bare[start:position])
            start = position + 1
        if depth == 0:
            rest = bare[position + 1 :]
            whole = rest[:1] in {"?", "*", "+", "{"} or "|" in _top(bare)
            return [expression] if whole else [part + rest for part in parts]
    return [expression]


def _top(expression: str) -> str:
    """Return the expression without what is in round brackets."""
    kept, depth = [], 0
    for position, char in enumerate(expression):
        escaped = position > 0 and expression[position - 1] == "\\"
        depth += (char == "(" and not escaped) - (char == ")" and not escaped)
        if not depth:
            kept.append(char)
    return "".join(kept)


def _lowered(expression: str) -> str:
    """Return the expression with its letters, but not its escapes, in lower case."""
    return _CAPITALS.sub(lambda m: m[0] if len(m[0]) > 1 else m[0].lower(), expression)


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
