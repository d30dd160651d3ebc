"""The rules of structure as compiled patterns, read once from ``rules/structure*.toml``."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..language.prefilter import Sieve, prefilter
from ..resources import rules

_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,5}\.)\s+")
_EDIT = re.compile(r"\s*\[[^\]]{0,40}\]$")
_FRAMES = " 【】■◆◇●○▼▲▶★☆＜＞〔〕《》※"
_COUNT = re.compile(r"\{(?:\d*,)?(\d+)\}")
_UNBOUNDED = re.compile(r"(?<!\\)[+*]|,\}|\)\{")
"""A repetition without end, or of a group: no length can be told from the pattern."""
_TIERS = (240, 120, 60, -1)
"""Lines longer than so much are matched against fewer patterns."""
_MAX_NAME = 110
_MAX_LINE = 600
"""No line of furniture is longer; prose is not matched against the patterns at all."""


@cache
def pattern(table: str, name: str) -> re.Pattern[str]:
    """Return one named pattern of ``rules/structure.toml``."""
    return re.compile("|".join(rules("structure")[table][name]))


@cache
def sieve(table: str, name: str) -> Sieve:
    """Return one named pattern for texts that seldom hold it."""
    return Sieve(pattern(table, name))


@cache
def _sections() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile("|".join(names), re.I))
        for kind, names in rules("structure")["sections"].items()
    )


@cache
def _furniture(over: int) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the patterns of each kind that a line of more than *over* characters can match."""
    lines: dict[str, list[str]] = rules("structure_furniture")["lines"]
    listed = (
        (kind, [name for name in names if _longest(name) > over]) for kind, names in lines.items()
    )
    return tuple((kind, re.compile("|".join(names), re.I)) for kind, names in listed if names)


def _longest(source: str) -> float:
    """Return a length no match of a pattern exceeds: its own and what its counts allow."""
    if _UNBOUNDED.search(source):
        return float("inf")
    return len(source) + sum(int(count) for count in _COUNT.findall(source))


@cache
def company() -> re.Pattern[str]:
    """Return the words that are furniture only beside other furniture."""
    return re.compile("|".join(rules("structure_furniture")["company"]["words"]), re.I)


@cache
def _promotion() -> tuple[tuple[str, ...], dict[str, list[int]]]:
    """Return the phrases, and by words of which each holds one, the numbers of the phrases."""
    words: dict[str, list[str]] = rules("structure_furniture")["promotion"]
    phrases = (*(rf"\b(?:{phrase})" for phrase in words["phrases"]), *words["signs"])
    needed: dict[str, list[int]] = {}
    for number, phrase in enumerate(phrases):
        for word in next(iter(prefilter(re.compile(phrase)).exact), ("",)):
            needed.setdefault(word, []).append(number)
    return phrases, needed


@lru_cache(maxsize=512)
def _phrases(numbers: frozenset[int]) -> re.Pattern[str]:
    phrases, _ = _promotion()
    return re.compile("|".join(phrases[number] for number in sorted(numbers)))


def bare_name(heading: str) -> str:
    """Return a heading without its number, colon and edit link."""
    return _NUMBER.sub("", plain_name(heading).strip(_FRAMES)).rstrip(".").strip()


def plain_name(heading: str) -> str:
    """Return a heading without the colon and the edit link at its end."""
    return _EDIT.sub("", heading).strip().rstrip(":：").strip()


@cache
def section_of(heading: str) -> str:
    """Return what a heading says its section is (``references``, ``related`` …), or nothing."""
    if len(heading) > _MAX_NAME:
        return ""
    name = bare_name(heading)
    return next((kind for kind, names in _sections() if names.fullmatch(name)), "")


@lru_cache(maxsize=4096)
def furniture_of(line: str) -> str:
    """Return the kind of site furniture a whole line is (``share``, ``legal`` …), or nothing."""
    if len(line) > _MAX_LINE:
        return ""
    over = next(length for length in _TIERS if len(line) > length)
    return next((kind for kind, lines in _furniture(over) if lines.fullmatch(line)), "")


def promotion(text: str) -> int:
    """Count the phrases of *text* that speak to the visitor of a site."""
    lower = text[: 3 * _MAX_LINE].lower()
    needed = _promotion()[1]
    told = frozenset(number for word in needed if word in lower for number in needed[word])
    found = _phrases(told).findall(lower) if told else ()
    said = sum(phrase.startswith("you") for phrase in found)
    # A text may speak to its reader; alone, "you can" and "you have" count but once.
    return len(found) - max(0, said - 1) if said == len(found) else len(found)
