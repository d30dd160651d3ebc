"""The quantity rules of one language, compiled once from ``rules/quantities*.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from ...resources import rules
from ..labelled import DASH, LETTER, Labelled, after, before, spaced
from .numbers import JAPANESE

_NOTHING = "(?!)"


@dataclass(frozen=True, slots=True)
class Nouns:
    """What is counted, in one language."""

    word: re.Pattern[str]
    strong: Labelled
    demonym: re.Pattern[str]
    modifier: re.Pattern[str]
    pronoun: re.Pattern[str]
    attributive: re.Pattern[str]
    of: re.Pattern[str]
    stop: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that is needed to read the amounts of one language."""

    language: str
    core: re.Pattern[str]
    """Groups: fraction, indefinite, digits, scale, second digits, second scale, words."""
    thousands: str
    decimal: str
    scales: tuple[tuple[re.Pattern[str], int], ...]
    words: Mapping[str, int]
    fractions: tuple[tuple[re.Pattern[str], Decimal], ...]
    indefinite: tuple[tuple[re.Pattern[str], Decimal], ...]
    percent: re.Pattern[str]
    before: Labelled | None
    after: Labelled | None
    range_always: re.Pattern[str]
    range_opened: re.Pattern[str]
    opening: re.Pattern[str]
    label_before: re.Pattern[str]
    label_behind: re.Pattern[str]
    nouns: Nouns


@cache
def lexicon(language: str) -> Lexicon:
    """Return the compiled rules of *language*; English ones for a language without rules."""
    data = rules("quantities")
    if language not in data["digits"]:
        language = "en"
    joins = data["ranges"][language]
    flags = re.IGNORECASE
    behind = [*data["label"]["behind"]]
    if language == "de":
        behind.append(data["label"]["ordinal_de"])
    gap = "" if language == "ja" else r"\s{1,2}(?:an?\s)?"
    return Lexicon(
        language=language,
        core=re.compile(_core(data, language)),
        thousands=data["thousands"][language][0],
        decimal=data["thousands"][language][1],
        scales=_table(data["scales"][language]),
        words=data["words"][language],
        fractions=tuple(
            (re.compile(spaced(k), flags), _decimal(v))
            for k, v in data["fractions"][language].items()
        ),
        indefinite=tuple(
            (re.compile(spaced(k), flags), Decimal(v))
            for k, v in data["indefinite"][language].items()
        ),
        percent=re.compile(spaced(data["percent"][language])),
        before=before(_pairs(data["before"][language]), rf"{gap}"),
        after=after(_pairs(data["after"][language]), ""),
        range_always=_either([*joins["always"], *joins["choice"]]),
        range_opened=_either(joins["opened"]),
        opening=re.compile(
            rf"(?<![{LETTER}])(?:{'|'.join(joins['opening']) or _NOTHING})\s+$", flags
        ),
        label_before=re.compile(f"(?:{'|'.join(data['label']['before'])})$"),
        label_behind=re.compile("|".join(behind)),
        nouns=_nouns(rules("quantities-nouns")[language]),
    )


def _core(data: dict[str, Any], language: str) -> str:
    """Return the expression that finds the amounts of a language."""
    fractions = "|".join(spaced(k) for k in data["fractions"][language])
    indefinite = "|".join(spaced(k) for k in data["indefinite"][language])
    start = rf"(?<![{LETTER}])(?<!\d[-/.,:])"
    if language == "ja":
        number = JAPANESE
        pair = f"(?<!\\d[.,])({number})()(?:{DASH}({number})())?"
        return f"(?:({fractions})|({indefinite})|{pair}|((?!)))"
    digits = data["digits"][language]
    scales = "|".join(spaced(k) for k in data["scales"][language])
    more = "|".join(spaced(word).removeprefix(r"\s+") for word in data["inside"].get(language, ()))
    more = rf"(?:(?:{more})\s+)?" if more else ""
    scale = rf"(?:[\s-]{{1,2}}({more}(?:{scales})(?:\s(?:{scales}))?)(?![{LETTER}]))?"
    word = "|".join(sorted(data["words"][language], key=len, reverse=True))
    article = r"(?:(?:an?|half\s+an?|one)\s+(?=hundred|thousand|million|billion|dozen))?"
    hundreds = r"(?:(?<=hundred)|(?<=thousand)|(?<=million))\s+and\s+"
    gap = r"[\s-]{1,2}" if language == "en" else r"\s{1,2}"
    words = rf"{article}(?:{word})(?:(?:{gap}|{hundreds})(?:{word}))*(?![{LETTER}])"
    return (
        rf"{start}(?:((?i:{fractions}))(?![{LETTER}])|((?i:{indefinite}))(?![{LETTER}])"
        rf"|({digits}){scale}(?:{DASH}({digits}){scale})?|((?i:{words})))"
    )


def _decimal(fraction: str) -> Decimal:
    value = Fraction(fraction)
    return round(Decimal(value.numerator) / Decimal(value.denominator), 4)


def _table(data: Mapping[str, int]) -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((re.compile(spaced(k), re.IGNORECASE), v) for k, v in data.items())


def _pairs(data: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    """Return words and their labels, the longest first, so that it wins."""
    found = [(word, label) for label, words in data.items() for word in words]
    return sorted(found, key=lambda pair: -len(pair[0]))


def _either(words: list[str]) -> re.Pattern[str]:
    parts = [DASH if word == "{dash}" else rf"\s*{spaced(word)}\s*" for word in words]
    return re.compile("|".join(parts) or _NOTHING, re.IGNORECASE)


def _nouns(data: dict[str, Any]) -> Nouns:
    def whole(expression: str) -> re.Pattern[str]:
        return re.compile(f"(?:{expression or _NOTHING})\\Z", re.IGNORECASE)

    units = data["nouns"]
    groups = "|".join(f"({expression})" for expression in units.values())
    return Nouns(
        word=re.compile(data.get("word", r"[^\W\d_](?:[\w’'.-]*\w)?")),
        strong=Labelled(re.compile(f"(?:{groups})", re.IGNORECASE), tuple(units)),
        demonym=whole(data["demonyms"]),
        modifier=whole(data["modifiers"]),
        pronoun=whole(data["pronouns"]),
        attributive=whole(data.get("attributive", "")),
        of=re.compile(spaced(data["of_pattern"]).lstrip("^") or _NOTHING, re.IGNORECASE),
        stop=whole(data["stop"]),
    )
