"""The rules that say what a number measures, one language each, from ``rules/measures.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from ...language.labelled import spaced
from ...language.scanning import Scanner, scanner
from ...resources import rules

_NEVER = "(?!)"


@dataclass(frozen=True, slots=True)
class Frame:
    """One measure and the conditions under which its words speak of it."""

    measure: str
    weight: int
    context: re.Pattern[str] | None
    """Must be found somewhere in the sentence."""
    following: re.Pattern[str] | None
    """Must be found behind the number."""
    weak_before: re.Pattern[str] | None
    """Must be found in front of the number for the weak nouns to count."""
    territory: str
    """Which prepositions lead to the place: ``in``, or ``to`` as well, or ``left``."""


Words = Scanner[tuple[int, ...]]
"""The words of a kind; each stands for the frames that share it."""


@dataclass(frozen=True, slots=True)
class Measures:
    """All that one language says about measures."""

    frames: tuple[Frame, ...]
    units: dict[str, str]
    all: Words
    """Every word of the five kinds that follow, to tell at one try that a place has none."""
    finite: Words
    auxiliary: re.Pattern[str]
    loose: Words
    transitive: Words
    nominals: Words
    nouns: Words
    weak_nouns: Words
    subjects: Words
    heads: re.Pattern[str]
    filler: re.Pattern[str]
    conjunction: re.Pattern[str]
    joined: re.Pattern[str]
    """More of whom the same is said: "and some civilians were …"."""
    partitive: re.Pattern[str]
    partitive_gap: re.Pattern[str]
    relative: re.Pattern[str]
    correction: re.Pattern[str]
    again: re.Pattern[str]
    again_bare: re.Pattern[str]
    """The same in front of a number with no noun: "the office admitted only 40"."""
    nominalised: re.Pattern[str]
    company: re.Pattern[str]
    unreal: re.Pattern[str]
    aside: re.Pattern[str]
    of_them: re.Pattern[str]
    rate: re.Pattern[str]
    """What a percentage in the same clause is a share of, without an "of": "mortality was 9%"."""
    gapped: re.Pattern[str]
    """What may stand between a number and the next, whose verb is left out: ", at Omsk"."""
    set_against: re.Pattern[str]
    """Words that set one number against the next as a name would: "others"."""
    inverted: re.Pattern[str]
    """What stands between a participle and its subject behind: "buried here are 90 men"."""
    equated: re.Pattern[str]
    """A verb that makes a number of what stands in front: "those captured totalled 90"."""
    put_at: re.Pattern[str]
    """"Puts … at" in front of a number; the group is what is put there."""
    parenthesis: re.Pattern[str]
    """What may be set in between a verb and its number: "погибло, по данным МВД, 90"."""
    named_behind: re.Pattern[str]
    """Behind a number, what it is named: "gives 90 as the number of those shot"."""
    counted_off: re.Pattern[str]
    """Behind a number set off by commas that counts what is in front: "130 in number"."""
    share_of: re.Pattern[str]
    """What a percentage of people is of, where no list has the noun: "of the contingent"."""
    captives: re.Pattern[str]
    """Nouns of people who are held somewhere, at the end of a noun phrase."""
    opening: re.Pattern[str]
    """What a sentence opens with that its numbers divide: "Of those captured, 90"."""
    share_verb: re.Pattern[str]
    """A verb right behind a share, which can only be of people: "one in five died"."""
    promised: re.Pattern[str]
    future: re.Pattern[str]
    """With *promised* in front, an event that is only announced: "said they would be freed"."""
    negated_before: re.Pattern[str]
    negated_behind: re.Pattern[str]
    whole: re.Pattern[str]
    boundary: re.Pattern[str]
    both_sides: bool
    """Whether verbs also stand in front of what they say it of, as in Russian and German."""


_SINGLE = (
    "heads",
    "filler",
    "conjunction",
    "joined",
    "partitive",
    "partitive_gap",
    "relative",
    "correction",
    "again",
    "again_bare",
    "nominalised",
    "company",
    "unreal",
    "aside",
    "of_them",
    "rate",
    "gapped",
    "set_against",
    "inverted",
    "equated",
    "put_at",
    "parenthesis",
    "named_behind",
    "counted_off",
    "share_of",
    "captives",
    "opening",
    "share_verb",
    "promised",
    "future",
    "negated_before",
    "negated_behind",
    "whole",
    "boundary",
)
"""Expressions of a language that stand alone, each a field of `Measures`; one may be absent."""


@cache
def measures(language: str) -> Measures:
    """Return the compiled rules of *language*; English ones for a language without rules."""
    data = rules("measures")
    own: dict[str, Any] = data.get(language) or data["en"]
    cjk = own is data.get("ja")
    frames = own["frames"]
    of = f" {own['passive_of']}" if own["passive_of"] else ""
    nominals = [[n + of for n in f.get("nominals", ())] for f in frames]
    kinds = ("verbs", "participles", "transitive", "subjects")
    everything = ([w for kind in kinds for w in f.get(kind, ())] for f in frames)
    return Measures(
        frames=tuple(_frame(frame) for frame in frames),
        units=data["units"],
        all=_words((a + b for a, b in zip(everything, nominals, strict=True)), cjk),
        finite=_words((f.get("verbs", ()) for f in frames), cjk),
        auxiliary=_one(rf"(?<!\w)(?:{own['auxiliary']})\s+$" if own["auxiliary"] else ""),
        loose=_words((f.get("participles", ()) for f in frames), cjk),
        transitive=_words((f.get("transitive", ()) for f in frames), cjk),
        nominals=_words(nominals, cjk),
        nouns=_words((f.get("nouns", ()) for f in frames), cjk),
        weak_nouns=_words((f.get("weak_nouns", ()) for f in frames), cjk),
        subjects=_words((f.get("subjects", ()) for f in frames), cjk),
        **{name: _one(own.get(name, "")) for name in _SINGLE},
        both_sides=own.get("both_sides", False),
    )


def _frame(data: dict[str, Any]) -> Frame:
    return Frame(
        data["measure"],
        data.get("weight", 0),
        _one(data["context"]) if "context" in data else None,
        _one(data["following"]) if "following" in data else None,
        _one(data["weak_before"]) if "weak_before" in data else None,
        data.get("territory", "in"),
    )


def _one(expression: str) -> re.Pattern[str]:
    return re.compile(spaced(expression) if expression else _NEVER, re.IGNORECASE)


def _words(lists: Iterable[Iterable[str]], cjk: bool) -> Words:
    """Return the words of all frames, phrases first, so that they win over their parts."""
    frames: dict[str, list[int]] = {}
    for index, words in enumerate(lists):
        for word in words:
            frames.setdefault(spaced(word), []).append(index)
    ordered = sorted(frames, key=lambda word: (-word.count(r"\s"), -len(word)))
    return scanner([(word, tuple(frames[word])) for word in ordered], spaced=not cjk)
