"""The rules of Russian clauses, compiled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ...model import EntityKind
from ...resources import rules
from .names import clause_macros, expanded

_KINDS_OF_VERB = ("verb", "transitive", "participle")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a verb says of the name it is about."""

    name: str
    kinds: frozenset[EntityKind]
    verbs: Mapping[str, re.Pattern[str]]
    """``verb``: about its subject; ``transitive``: about its object (отправили, вывезено);
    ``participle``: about the name in front (отправленный)."""
    say: tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of ``rules/statements_ru_clauses.toml``."""

    frames: tuple[Frame, ...]
    reading: Mapping[str, re.Pattern[str]]
    before: re.Pattern[str]
    """All that stands in front of a verb when its subject is left out."""


@cache
def compiled() -> Rules:
    """Return the rules."""
    data = rules("statements_ru_clauses")
    macros = clause_macros(data, "ru")

    def expand(text: str) -> re.Pattern[str]:
        return expanded(text, macros)

    def say(line: str) -> tuple[str, re.Pattern[str]]:
        predicate, _, match = line.partition(" ")
        return predicate, expand(f"(?<!\\S){match}")

    reading = data["reading"]
    name = f"[{macros['signs']}{macros['date']}{macros['number']}]"
    noun = rf"(?:{name}|(?!{reading['another']} )[а-яё-]+{reading['oblique_tail']})"
    phrase = rf"{reading['preposition']} (?:{noun} ){{1,3}}"
    idle = rf"(?:{reading['idle']}|{macros['date']}|(?:не|был|была|были|было)) "
    return Rules(
        tuple(
            Frame(
                table["name"],
                frozenset(EntityKind(kind) for kind in table["subject"]),
                {
                    key: expand(rf"(?<!\S)(?:{table[key]}){reading['verb_end']}")
                    for key in _KINDS_OF_VERB
                    if key in table
                },
                tuple(map(say, table["say"])),
            )
            for table in data["frame"]
        ),
        {name: expand(text) for name, text in reading.items()},
        re.compile(f"(?:{phrase}|{idle})*"),
    )
