"""Sentences in Russian and Japanese: constructions only, with their sources and conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ...language.inflection import russian_forms
from ...model import EntityKind, Mention, Value
from ...resources import rules
from .frames import Claim
from .names import Row, expand, macros_of

_FILES = {"ru": "statements_ru", "ja": "statements_ja"}
_QUESTION = re.compile(r"[?？]\s*$|か。\s*$")


def languages() -> frozenset[str]:
    """Return the languages read by constructions alone."""
    return frozenset(_FILES)


def foreign_claims(
    row: Row, language: str, standing: Mapping[str, Mention | None]
) -> Iterator[Claim]:
    """Yield what a sentence says; nothing for questions and conditions."""
    if _QUESTION.search(row.row) or any(word in row.words for word in _conditions(language)):
        return
    if _void(language).search(row.row):
        return
    yield from row.claims(standing)


def source_of(row: Row, language: str) -> Mention | None:
    """Return who is named as the source of a sentence."""
    for pattern in _sources(language):
        match = pattern.search(row.row)
        if match is not None:
            for item in row.items_in(*match.span("a")):
                if item.mention is not None:
                    return item.mention
    side = _side(language)
    match = side.search(row.row) if side is not None else None
    return None if match is None else row.named(match.span("a"), EntityKind.ORGANISATION)


def inside_claims(mention: Mention, inner: Sequence[Mention]) -> Iterator[Claim]:
    """Yield what a name in Russian says by its parts: a rank, a number, who issued it."""
    parts = dict(mention.attributes)
    if mention.kind is EntityKind.PERSON and mention.text.startswith(parts.get("title", "\0")):
        words = (_ranks().get(word.lower(), word.lower()) for word in parts["title"].split())
        yield Claim(mention, "heldRole", Value(" ".join(words)), "name: title")
    if mention.kind is EntityKind.LEGAL_INSTRUMENT and "number" in parts:
        yield Claim(mention, "number", Value(parts["number"]), "name: number")
        for part in inner:
            alone = " " not in mention.text[: part.start - mention.start].strip()
            if part.kind is EntityKind.ORGANISATION and alone:
                yield Claim(mention, "issuedBy", part, "name: organisation inside")


@cache
def _ranks() -> dict[str, str]:
    """Return the oblique forms of ranks with their nominative."""
    words = rules("persons")["words"]
    found: dict[str, str] = {}
    for rank in (*words["rank"], *words["rank-adj"]):
        for form in russian_forms(rank):
            found.setdefault(form, rank)
    return found


@cache
def _conditions(language: str) -> frozenset[str]:
    return frozenset(rules(_FILES[language])["sources"]["conditional"])


@cache
def _void(language: str) -> re.Pattern[str]:
    return re.compile(rules(_FILES[language])["sources"]["void"])


@cache
def _side(language: str) -> re.Pattern[str] | None:
    text = rules(_FILES[language])["sources"].get("sides")
    return re.compile(expand(text, macros_of(language))) if text else None


@cache
def _sources(language: str) -> tuple[re.Pattern[str], ...]:
    macros = macros_of(language)
    return tuple(
        re.compile(expand(text, macros)) for text in rules(_FILES[language])["sources"]["patterns"]
    )
