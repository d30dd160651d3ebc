"""The rules of structure as compiled patterns, read once from ``rules/structure*.toml``."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..resources import rules

_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,5}\.)\s+")
_EDIT = re.compile(r"\s*\[[^\]]{0,40}\]$")
_STEM = re.compile(r"(?:[^\W\d]| )+(?![?\w])")
_FRAMES = " 【】■◆◇●○▼▲▶★☆＜＞〔〕《》※"
_MAX_NAME = 90
_MAX_LINE = 600
"""No line of furniture is longer; prose is not matched against the patterns at all."""


@cache
def pattern(table: str, name: str) -> re.Pattern[str]:
    """Return one named pattern of ``rules/structure.toml``."""
    return re.compile("|".join(rules("structure")[table][name]))


@cache
def _sections() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile("|".join(names), re.I))
        for kind, names in rules("structure")["sections"].items()
    )


@cache
def _furniture() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lines: dict[str, list[str]] = rules("structure_furniture")["lines"]
    return tuple((kind, re.compile("|".join(names), re.I)) for kind, names in lines.items())


@cache
def company() -> re.Pattern[str]:
    """Return the words that are furniture only beside other furniture."""
    return re.compile("|".join(rules("structure_furniture")["company"]["words"]), re.I)


@cache
def _promotion() -> re.Pattern[str]:
    words: dict[str, list[str]] = rules("structure_furniture")["promotion"]
    return re.compile(rf"\b(?:{'|'.join(words['phrases'])})|{'|'.join(words['signs'])}")


def bare_name(heading: str) -> str:
    """Return a heading without its number, colon and edit link."""
    return _NUMBER.sub("", plain_name(heading).strip(_FRAMES)).rstrip(".").strip()


def plain_name(heading: str) -> str:
    """Return a heading without the colon and the edit link at its end."""
    return _EDIT.sub("", heading).strip().rstrip(":：").strip()


@cache
def _promotion_stems() -> tuple[str, ...]:
    """Return how the phrases begin: plain strings, quick to look for."""
    words: dict[str, list[str]] = rules("structure_furniture")["promotion"]
    found = (_STEM.match(phrase) for phrase in (*words["phrases"], *words["signs"]))
    return tuple({stem[0] for stem in found if stem})


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
    return next((kind for kind, lines in _furniture() if lines.fullmatch(line)), "")


def promotion(text: str) -> int:
    """Count the phrases of *text* that speak to the visitor of a site."""
    lower = text[: 3 * _MAX_LINE].lower()
    if not any(map(lower.__contains__, _promotion_stems())):
        return 0
    return len(_promotion().findall(lower))
