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
from ..labelled import DASH, LETTER, Ending, Following, ending, following, spaced
from ..scanning import Scanner, by_initial, scanner
from .numbers import JAPANESE

_NOTHING = "(?!)"


@dataclass(frozen=True, slots=True)
class Nouns:
    """What is counted, in one language."""

    word: re.Pattern[str]
    strong: Following
    demonym: re.Pattern[str]
    modifier: re.Pattern[str]
    pronoun: re.Pattern[str]
    determiner: re.Pattern[str]
    attributive: re.Pattern[str]
    of: re.Pattern[str]
    stop: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that is needed to read the amounts of one language."""

    language: str
    cores: Mapping[str, re.Pattern[str]]
    """By first character, expressions with the groups fraction, indefinite, digits, scale, second
    digits, second scale, words."""
    digits_finder: re.Pattern[str]
    words_finder: re.Pattern[str]
    signals: frozenset[str]
    """Words without which a text has no amount in words."""
    thousands: str
    decimal: str
    scales: tuple[tuple[re.Pattern[str], int], ...]
    words: Mapping[str, float]
    parts: Mapping[str, float]
    and_half: re.Pattern[str]
    fractions: tuple[tuple[re.Pattern[str], Decimal], ...]
    indefinite: tuple[tuple[re.Pattern[str], Decimal], ...]
    percent: re.Pattern[str]
    before: Ending | None
    after: Following | None
    range_always: re.Pattern[str]
    range_opened: re.Pattern[str]
    opening: re.Pattern[str]
    change: re.Pattern[str]
    """What stands in front of two numbers of which one became the other."""
    label_before: Scanner[bool]
    label_behind: re.Pattern[str]
    one_in: re.Pattern[str]
    """What follows the number word of a ratio: "one in four"."""
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
    cjk = language == "ja"
    gap = "" if cjk else r"\s{1,2}(?:an?\s)?"
    cores = _cores(data, language)
    letters = "".join(re.escape(letter) for letter in cores)
    return Lexicon(
        language=language,
        cores=cores,
        digits_finder=re.compile(f"[{letters}]" if cjk else rf"(?<![{LETTER}])[0-9]"),
        words_finder=re.compile(f"[{letters}]" if cjk else rf"(?<![{LETTER}])[{letters}]"),
        signals=frozenset(data["signals"][language]) | frozenset(data["words"][language]),
        thousands=data["thousands"][language][0],
        decimal=data["thousands"][language][1],
        scales=_table(data["scales"][language]),
        words=data["words"][language],
        parts=data["parts"][language],
        and_half=re.compile(rf"\s+{spaced(data['and_half'].get(language, _NOTHING))}"),
        fractions=tuple(
            (re.compile(spaced(k), flags), _decimal(v))
            for k, v in _fractions(data, language).items()
        ),
        indefinite=tuple(
            (re.compile(spaced(k), flags), Decimal(v))
            for k, v in data["indefinite"][language].items()
        ),
        percent=re.compile(spaced(data["percent"][language])),
        before=ending(_pairs(data["before"][language]), gap, cjk=cjk),
        after=following(_pairs(data["after"][language]), ""),
        range_always=_either([*joins["always"], *joins["choice"]]),
        range_opened=_either(joins["opened"]),
        opening=re.compile(
            rf"(?<![{LETTER}])(?:{'|'.join(joins['opening']) or _NOTHING})\s+$", flags
        ),
        change=re.compile(spaced(joins.get("change", _NOTHING)), flags),
        label_before=scanner(
            [(spaced(word), True) for word in data["label"]["before"]], behind=r"\Z"
        ),
        label_behind=re.compile("|".join(behind)),
        one_in=re.compile(spaced(data["label"]["one_in"])),
        nouns=_nouns(rules("quantities-nouns")[language]),
    )


def _cores(data: dict[str, Any], language: str) -> dict[str, re.Pattern[str]]:
    """Return the expressions that find the amounts of a language, by their first character."""
    kinds: list[tuple[str, tuple[int, str]]] = []
    for kind, expressions in enumerate(
        (_fractions(data, language), data["indefinite"][language], *_numbers(data, language))
    ):
        kinds += [(spaced(e) if kind < 2 else e, (kind, e)) for e in expressions]
    cores: dict[str, re.Pattern[str]] = {}
    for letter, found in by_initial(kinds).items():
        parts: list[list[str]] = [[], [], [], []]
        for expression, (kind, _) in found:
            parts[kind].append(expression)
        core = re.compile(_joined(parts, data, language), re.IGNORECASE)
        cores[letter] = cores[letter.upper()] = core
    return cores


def _fractions(data: dict[str, Any], language: str) -> dict[str, str]:
    """Return the expressions of parts of a whole with their values: "a third", "one in ten"."""
    fractions: dict[str, str] = dict(data["fractions"][language])
    for ratios in data["ratios"].get(language, ()):
        fractions |= {part + ratios["behind"]: value for part, value in ratios["parts"].items()}
    return fractions


def _numbers(data: dict[str, Any], language: str) -> tuple[list[str], list[str]]:
    """Return the expressions of numbers in digits and in words."""
    if language == "ja":
        return [JAPANESE], []
    word = "|".join(_longest(data, language))
    article = r"(?:an?|one)\s+(?=hundred|thousand|million|billion|dozen)"
    hundreds = r"(?:(?<=hundred)|(?<=thousand)|(?<=million))\s+and\s+"
    half = spaced(data["and_half"].get(language, _NOTHING))
    gap = r"[\s-]{1,2}" if language == "en" else r"\s{1,2}"
    more = rf"(?:(?:{gap}|{hundreds}|\s{half}\s)(?:{word}))*(?:\s{half})?(?![{LETTER}])"
    begun = [rf"{article}(?:{word}){more}"] if language == "en" else []
    part = data["part_of_scale"].get(language)
    begun += [rf"{spaced(part)}(?:{word}){more}"] if part else []
    return [data["digits"][language]], [*begun, *(f"{w}{more}" for w in _longest(data, language))]


def _longest(data: dict[str, Any], language: str) -> list[str]:
    return sorted(data["words"][language], key=len, reverse=True)


def _joined(parts: list[list[str]], data: dict[str, Any], language: str) -> str:
    """Return one expression with the seven groups of `Lexicon.cores`."""
    fractions, indefinite, numbers, words = ("|".join(p) or _NOTHING for p in parts)
    if language == "ja":
        pair = f"(?<!\\d[.,])({numbers})()(?:{DASH}({numbers})())?"
        return f"(?:({fractions})|({indefinite})|{pair}|({_NOTHING}))"
    scales = "|".join(spaced(k) for k in data["scales"][language])
    inside = data["inside"].get(language, ())
    more = "|".join(spaced(word).removeprefix(r"\s+") for word in inside)
    more = rf"(?:(?:{more})\s+)?" if more else ""
    scale = rf"(?:[\s-]{{1,2}}({more}(?:{scales})(?:\s(?:{scales}))?)(?![{LETTER}]))?"
    return (
        rf"(?<!\d[-/.,:])(?:({fractions})(?![{LETTER}])|({indefinite})(?![{LETTER}])"
        rf"|({numbers}){scale}(?:{DASH}({data['digits'][language]}){scale})?|({words}))"
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
    parts = [
        spaced(word.removesuffix("{dash}")) + DASH
        if word.endswith("{dash}")
        else rf"\s*{spaced(word)}\s*"
        for word in words
    ]
    return re.compile("|".join(parts) or _NOTHING, re.IGNORECASE)


def _nouns(data: dict[str, Any]) -> Nouns:
    def whole(expression: str) -> re.Pattern[str]:
        return re.compile(f"(?:{expression or _NOTHING})\\Z", re.IGNORECASE)

    units = data["nouns"]
    groups = "|".join(f"({expression})" for expression in units.values())
    return Nouns(
        word=re.compile(data.get("word", r"[^\W\d_](?:[\w’'.-]*\w)?")),
        strong=Following(re.compile(f"(?:{groups})", re.IGNORECASE), tuple(units)),
        demonym=whole(data["demonyms"]),
        modifier=whole(data["modifiers"]),
        pronoun=whole(data["pronouns"]),
        determiner=whole(data.get("determiners", "")),
        attributive=whole(data.get("attributive", "")),
        of=re.compile(spaced(data["of_pattern"]).lstrip("^") or _NOTHING, re.IGNORECASE),
        stop=whole(data["stop"]),
    )
