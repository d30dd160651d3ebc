"""Patterns over tokens, written in the rule files and compiled to regular expressions.

The language of a pattern (blanks do not matter):

    <class>  <a|b>  <a&!b>   a token of these classes
    'word'   'a|b'           a token that is this word, in any case
    @place                   a whole mention of that kind, found by an earlier layer
    (title: … )              a part to be kept: ``m`` is the mention, ``name`` its name, others
                             become attributes of that name
    (list: … )               a series; each of its members becomes a mention
    {macro}                  a piece of pattern defined in ``[macros]``
    ( … | … ) ? * + {1,3} (?=…) (?!…) (?<!…)   as in regular expressions
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..language.expressions import Expression
from ..model import EntityKind
from .anchors import anchors, character_set
from .lexicon import Lexicon

_ELEMENT = re.compile(r"<(?P<cls>[^<>=!][^<>]*)>|'(?P<word>[^']+)'|@(?P<kind>[a-z-]+)")
_GROUP = re.compile(r"\(([a-z_]+):")
_NAMED = re.compile(r"\(\?P<(\w+)>")
_MOST_ANCHORS = 4
_TELLING = 1_000
"""Most codes of a set that tells something: nearly every sentence holds a capital."""
_MACRO = re.compile(r"\{([a-z][a-z_-]*)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One compiled rule."""

    name: str
    kind: EntityKind
    expression: Expression
    needs: tuple[frozenset[str], ...]
    """Sets of codes; every match holds one of each set."""
    subkind: str
    priority: int
    confidence: float
    layer: int
    zones: tuple[str, ...]
    """Kinds of block it is for; empty for all."""
    absorbs: tuple[str, ...]
    """Kinds of mention that it swallows when they are inside it; ``*`` for all."""
    authority: str
    """Key of the record a fixed abbreviation stands for."""
    only_new: bool
    """In a series: leave out members that are mentions already."""
    whole: str | int
    """The group that is the mention: ``m``, or 0."""
    parts: tuple[str, ...]
    """The groups that become attributes."""
    has_name: bool
    has_list: bool

    def wants(self, owner: int, hits: Mapping[int, Any]) -> bool:
        """Return whether a member of a series whose first token is in *owner* is to be taken."""
        if self.only_new:
            return owner < 0
        return owner in hits and hits[owner].kind == EntityKind.PLACE


def literals(text: str) -> list[str]:
    """Return the words quoted in a pattern or macro."""
    return [word for match in re.finditer(r"'([^']+)'", text) for word in match[1].split("|")]


def compile_pattern(entry: Mapping[str, Any], macros: Mapping[str, str], lex: Lexicon) -> Pattern:
    """Return the pattern of one ``[[pattern]]`` table of a rule file.

    Raises:
        KeyError: a macro or a key is missing.
        ValueError: a class of the pattern is empty.
    """
    source = _to_regex(expand(entry["match"], macros), lex, entry["name"])
    groups = _NAMED.findall(source)
    return Pattern(
        name=entry["name"],
        kind=EntityKind(entry["kind"]),
        expression=Expression(source),
        needs=_needs(source),
        subkind=entry.get("subkind", ""),
        priority=entry.get("priority", 50),
        confidence=entry.get("confidence", 0.9),
        layer=entry.get("layer", 1),
        zones=tuple(entry.get("zones", ())),
        absorbs=tuple(entry.get("absorbs", ())),
        authority=entry.get("authority", ""),
        only_new=entry.get("only_new", False),
        whole="m" if "m" in groups else 0,
        parts=tuple(part for part in groups if part not in {"m", "name", "list"}),
        has_name="name" in groups,
        has_list="list" in groups,
    )


def _needs(source: str) -> tuple[frozenset[str], ...]:
    """Return sets of codes one of each of which every match holds, the smallest first."""
    found = anchors(source)[:_MOST_ANCHORS]
    telling = [codes for codes in found[1:] if len(codes) <= _TELLING]
    return tuple(map(_one_of_a_kind, (*found[:1], *telling)))


@cache
def _one_of_a_kind(codes: frozenset[str]) -> frozenset[str]:
    """Return the first set made that equals *codes*, so that sets are compared by identity."""
    return codes


def expand(source: str, macros: Mapping[str, str]) -> str:
    """Return *source* with its macros replaced, inner ones too."""
    while _MACRO.search(source):
        source = _MACRO.sub(lambda match: f"(?:{macros[match[1]]})", source)
    return source


def _to_regex(source: str, lex: Lexicon, name: str) -> str:
    def element(match: re.Match[str]) -> str:
        if match["kind"]:
            return f"(?:{codes('@' + match['kind'])}{codes('inside')}*)"
        if match["word"]:
            return filled(lex.select_words(match["word"].split("|")), match["word"])
        return codes(match["cls"])

    def codes(wanted: str) -> str:
        return filled(lex.select(wanted), wanted)

    def filled(found: frozenset[str], wanted: str) -> str:
        if not found:
            raise ValueError(f"pattern {name!r}: no token is {wanted!r}")
        return character_set(found)

    pieces = []
    at = 0
    for match in _ELEMENT.finditer(source):
        pieces.append(_plain(source[at : match.start()]))
        pieces.append(element(match))
        at = match.end()
    pieces.append(_plain(source[at:]))
    return "".join(pieces)


def _plain(piece: str) -> str:
    return re.sub(r"\s+", "", _GROUP.sub(r"(?P<\1>", piece))
