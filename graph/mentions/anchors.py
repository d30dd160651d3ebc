"""Find what a compiled pattern cannot match without, to skip the sentences that lack it.

The expressions are those `patterns` makes: character sets, groups, alternatives, quantifiers and
look-arounds.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby

_TOKEN = re.compile(
    r"\[(?P<set>[^\]]*)\]"
    r"|(?P<look>\(\?(?:=|!|<=|<!))"
    r"|(?P<open>\((?:\?:|\?P<\w+>)?)"
    r"|(?P<close>\))"
    r"|(?P<bar>\|)"
    r"|(?P<start>\^)"
)
_OPTIONAL = re.compile(r"[?*]|\{0?,\d*\}|\{0\}")
_QUANTIFIER = re.compile(r"[?*+]|\{\d*,?\d*\}")


@cache
def character_set(characters: frozenset[str]) -> str:
    """Return *characters* as a set of a regular expression, neighbours written as ranges."""
    pieces = []
    ordered = sorted(ord(character) for character in characters)
    for _, run in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0]):
        points = [point for _, point in run]
        pieces.append(chr(points[0]))
        if len(points) > 1:
            pieces.append("-" + chr(points[-1]))
    return f"[{''.join(pieces)}]"


@cache
def _characters(inside: str) -> frozenset[str]:
    found: set[str] = set()
    for match in re.finditer(r"(.)(?:-(.))?", inside):
        last = match[2] or match[1]
        found.update(chr(point) for point in range(ord(match[1]), ord(last) + 1))
    return frozenset(found)


def anchors(source: str) -> tuple[frozenset[str], ...]:
    """Return sets of characters: every match of *source* holds at least one of each set."""
    found, end = _alternatives(source, 0)
    if end != len(source):
        raise ValueError(
            f"cannot read the pattern from character {end}: {source[end : end + 20]!r}"
        )
    return tuple(sorted(set(found), key=lambda needed: (len(needed), sorted(needed))))


def _alternatives(source: str, at: int) -> tuple[list[frozenset[str]], int]:
    """Read up to the closing parenthesis or the end."""
    branches: list[list[frozenset[str]]] = []
    while True:
        needed, at = _sequence(source, at)
        branches.append(needed)
        if at < len(source) and source[at] == "|":
            at += 1
            continue
        if len(branches) == 1:
            return branches[0], at
        if not all(branches):
            return [], at
        return [frozenset().union(*(min(branch, key=len) for branch in branches))], at


def _sequence(source: str, at: int) -> tuple[list[frozenset[str]], int]:
    every: list[frozenset[str]] = []
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None or match["close"] or match["bar"]:
            break
        needed, at = _item(source, match)
        quantifier = _QUANTIFIER.match(source, at)
        if quantifier:
            at = quantifier.end()
            if _OPTIONAL.fullmatch(quantifier.group()):
                needed = []
        every += needed
    return every, at


def _item(source: str, match: re.Match[str]) -> tuple[list[frozenset[str]], int]:
    if match["set"] is not None:
        return [_characters(match["set"])], match.end()
    if match["start"]:
        return [], match.end()
    needed, at = _alternatives(source, match.end())
    return ([] if match["look"] else needed), at + 1
