"""Compile the patterns of the rule files, with the named pieces (``<pages>``) filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ...language.prefilter import Haystack, Prefilter, prefilter
from ...resources import rules

DATE = "\ue000"
"""Stands for every character of a date in a shadow text."""
TAKEN = "\x1f"
"""Stands for every character already read into a field."""

_PIECE = re.compile(r"(?<!\?P)<([a-z][a-z-]*)>")
_EXTENDED = [chr(code) for code in (*range(0x100, 0x180), *range(0x490, 0x500))]
UPPER = "A-ZÀ-ÖØ-ÞЀ-Я" + "".join(letter for letter in _EXTENDED if letter.isupper())
"""Upper-case letters of the Latin and Cyrillic scripts, for use inside ``[ ]``."""
LOWER = "a-zß-öø-ÿа-џ" + "".join(letter for letter in _EXTENDED if letter.islower())
"""The lower-case ones."""
_LETTER = r"[^\W\d_]"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of a rule file with the rest of its table."""

    pattern: re.Pattern[str]
    table: Mapping[str, Any]
    has: tuple[str, ...]
    needs: Prefilter

    def possible(self, text: str) -> bool:
        """Whether the pattern can be in *text*: one of its telling words is."""
        return not self.has or any(map(text.__contains__, self.has))

    def admits(self, hay: Haystack) -> bool:
        """Whether what the pattern itself cannot match without is in a text."""
        return self.needs.admits(hay)

    @property
    def field(self) -> str:
        """The field the pattern fills."""
        return str(self.table["field"])


@cache
def _pieces() -> dict[str, str]:
    pieces = {"U": UPPER, "L": LOWER, "date": f"{DATE}++", "taken": TAKEN}
    for name, pattern in rules("references")["piece"].items():
        pieces[name] = fill(str(pattern), pieces)
    return pieces


def fill(pattern: str, pieces: Mapping[str, str]) -> str:
    """Return *pattern* with every ``<name>`` replaced by that piece; unknown names stay."""
    pattern = pattern.replace("[<U><L>]", _LETTER).replace("<D>", DATE)
    pattern = pattern.replace("<U>", pieces["U"]).replace("<L>", pieces["L"])
    return _PIECE.sub(lambda match: pieces.get(match[1], match[0]), pattern)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return *pattern*, its pieces filled in, as a compiled expression."""
    return re.compile(fill(pattern, _pieces()))


@cache
def rule_list(file: str, section: str) -> tuple[Rule, ...]:
    """Return the compiled rules of one array of tables, in the order of the file."""
    found = []
    for table in rules(file)[section]:
        pattern = compiled(str(table["pattern"]))
        found.append(Rule(pattern, table, tuple(table.get("has", ())), prefilter(pattern)))
    return tuple(found)


@cache
def word_set(file: str, section: str, name: str) -> frozenset[str]:
    """Return a word list of a rule file as a set, in lower case."""
    return frozenset(str(word).lower() for word in rules(file)[section][name])
