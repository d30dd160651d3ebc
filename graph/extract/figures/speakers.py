"""Who speaks where the sentence does not name them: "according to her", or within a quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ...mentions.gender import may_mean
from ...model import Document, EntityKind, Mention
from .views import Count, Slices, View
from .voice import voices
from .words import expression, words_of

_OPENING, _CLOSING, _PLAIN = "“«„「", "”»“」", '"'
_WORD = re.compile(r"\w+")
_GENDERED = frozenset({"he", "she", "his", "him", "her"})
_BODIES = frozenset({EntityKind.ORGANISATION, EntityKind.PLACE})
_SAID_REACH = 160
_REACH = 1_500
"""How far in front of a sentence its speaker may have been named, in characters."""


@dataclass(frozen=True, slots=True)
class Speakers:
    """The expressions of ``rules/figures.toml`` for one language."""

    pronoun: re.Pattern[str]
    body_pronoun: re.Pattern[str]
    body: re.Pattern[str]
    """A common noun for the organisation that speaks: ", the ministry said"."""
    aside: re.Pattern[str]
    """Who speaks, put in between commas: ", he wrote,"."""
    """What stands for an organisation that speaks: "it maintained that"."""
    said_behind: re.Pattern[str]
    said_before: re.Pattern[str]


@cache
def speakers(language: str) -> Speakers:
    """Return the expressions of *language*."""
    own = words_of(language)
    names = (
        "speaker_pronoun", "body_pronoun", "speaker_body", "speaker_aside", "said_behind",
        "said_before",
    )  # fmt: skip
    return Speakers(*(expression(own.get(name, "(?!)")) for name in names))


def carried_speaker(
    view: View, count: Count, slices: Slices, block: tuple[int, int], document: Document
) -> Mention | None:
    """Return who says the number: the one a pronoun stands for, or who speaks in the block.

    *block* is where the paragraph starts and ends in the text of the document.
    """
    words = speakers(view.language)
    position = view.offset + count.start
    if pronoun := words.pronoun.search(view.text, 0, count.start):
        named = slices.mentions(max(0, view.offset - _REACH), view.offset)
        named += slices.mentions(view.offset, view.offset + pronoun.start())
        return _person_meant(pronoun[0], named, document.title)
    if aside := words.aside.search(view.text):
        named = slices.mentions(max(0, view.offset - _REACH), view.offset)
        return _person_meant(aside[0], named, document.title)
    if words.body_pronoun.search(view.text, 0, count.start):
        return _body_meant(slices.mentions(block[0], view.offset), document.text, view.language)
    if body := words.body.search(view.text):
        named = slices.mentions(max(0, view.offset - _REACH), view.offset + body.start())
        return _body_called(named, body["noun"])
    if not _is_quoted(document.text[block[0] : position]):
        return None
    return _quoting(slices.mentions(*block), document.text, words, position)


def _person_meant(pronoun: str, named: Sequence[Mention], title: str) -> Mention | None:
    """Return the person whom the title names if the pronoun can mean them, or the last who fits."""
    words = [word for word in _WORD.findall(pronoun.casefold()) if word in _GENDERED]
    people = [m for m in named if m.kind is EntityKind.PERSON]
    fitting = [m for m in people if not words or may_mean(words[0], m)]
    titled = [m for m in fitting if m.name in title]
    best = titled or fitting
    return best[-1] if best else None


def _body_meant(named: Sequence[Mention], text: str, language: str) -> Mention | None:
    """Return the organisation or state that spoke last in the paragraph."""
    after = voices(language).after
    spoke = [
        m for m in named if m.kind in _BODIES and after.match(text[m.end : m.end + _SAID_REACH])
    ]
    return spoke[-1] if spoke else None


def _body_called(named: Sequence[Mention], noun: str) -> Mention | None:
    """Return the organisation named last whose name has the *noun* that stands for it."""
    called = noun.casefold()
    bodies = [m for m in named if m.kind is EntityKind.ORGANISATION]
    fitting = [m for m in bodies if called in m.name.casefold()]
    return fitting[-1] if fitting else None


def _quoting(named: Sequence[Mention], text: str, words: Speakers, position: int) -> Mention | None:
    """Return the person with a verb of saying beside the name, the nearest to *position*."""
    found = [
        m
        for m in named
        if m.kind is EntityKind.PERSON
        and (
            words.said_behind.match(text[m.end : m.end + 80])
            or words.said_before.search(text[max(0, m.start - 24) : m.start])
        )
    ]
    return min(found, key=lambda m: abs(m.start - position), default=None)


def _is_quoted(before: str) -> bool:
    """Whether a quotation opened in the text in front is not closed there."""
    if before.count(_PLAIN) % 2:
        return True
    opened = max(before.rfind(mark) for mark in _OPENING)
    closed = max(before.rfind(mark) for mark in _CLOSING)
    return opened > closed
