"""Sentences in Russian and Japanese: constructions only, with their sources and conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from ...model import EntityKind, Mention
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


@cache
def _conditions(language: str) -> frozenset[str]:
    return frozenset(rules(_FILES[language])["sources"]["conditional"])


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
