"""A sentence with its numbers, dates, names and trigger words, at offsets of its own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...language.scanning import lower
from ...model import DateValue, Extraction, Marker, Mention, Quantity
from .lexicon import Measures, measures

_BRACKET = re.compile(
    r"\([^()]*\)|（[^（）]*）|(?:—|\s–\s)(?=[^—–.;()]{0,16}\d)(?:[^—–.;()]|\.(?=\d)){3,40}(?:—|\s–\s)"
)
_LOOK_BACK = 48
FAR = 120
"""How far in front of a number the words about it may begin, in characters: usually, at most."""
_NOUN_REACH = 24
_REACH = 40
"""How far in front of a participle its auxiliary may begin, in characters."""

MARKER_REACH = 8_000
LONGEST_SENTENCE = 4_000
MOST_NUMBERS = 60

FINITE, LOOSE, TRANSITIVE, NOMINAL, SUBJECT = "finite", "loose", "transitive", "nominal", "subject"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that says what a number measures, at its place in the sentence."""

    kind: str
    frame: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure, how sure it is (0 to 100), and the words that gave it."""

    measure: str
    score: float
    rule: str
    trigger: Trigger | None = None
    frame: int = -1


@dataclass(frozen=True, slots=True)
class Count:
    """A quantity, and where it and its noun stand in the sentence."""

    quantity: Quantity
    start: int
    end: int
    noun_start: int
    noun_end: int
    bracket: tuple[int, int] | None
    """Where the round brackets around it open and close."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, and where it stands in the sentence."""

    date: DateValue
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """A mention, and where it stands in the sentence."""

    mention: Mention
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class View:
    """What the rules see of a sentence. All offsets but *offset* are into *text*."""

    offset: int
    text: str
    plain: str
    """The text with what is in round brackets blanked out."""
    language: str
    block: int
    rules: Measures
    counts: tuple[Count, ...]
    dates: tuple[Dated, ...]
    names: tuple[Named, ...]
    triggers: tuple[Trigger, ...]

    def before(
        self, regex: re.Pattern[str], position: int, reach: int = _LOOK_BACK
    ) -> re.Match[str] | None:
        """Search in front of *position*: ``$`` matches there, ``^`` at the very start."""
        return regex.search(self.text, max(0, position - reach), position)

    def ends_in_colon(self, position: int) -> bool:
        """Whether a colon stands in front of *position*."""
        return self.text[max(0, position - 8) : position].rstrip().endswith((":", "："))

    def of_kind(self, *kinds: str) -> Iterator[Trigger]:
        """Yield the triggers of these kinds, in text order."""
        return (trigger for trigger in self.triggers if trigger.kind in kinds)


class Slices:
    """The quantities, dates and mentions that lie in a stretch of the text, by bisection."""

    def __init__(self, extraction: Extraction) -> None:
        """Sort once by start."""
        self._quantities = sorted(extraction.quantities, key=lambda q: q.start)
        self._dates = sorted(extraction.dates, key=lambda d: d.start)
        self._mentions = sorted(extraction.mentions, key=lambda m: (m.start, -m.end))
        self._markers = sorted(extraction.markers, key=lambda m: m.start)
        self._starts = tuple(
            [item.start for item in items]
            for items in (self._quantities, self._dates, self._mentions, self._markers)
        )

    def quantities(self, start: int, end: int) -> list[Quantity]:
        """Return the quantities that start in the stretch."""
        return self._quantities[slice(*self._range(0, start, end))]

    def dates(self, start: int, end: int) -> list[DateValue]:
        """Return the dates that start in the stretch."""
        return self._dates[slice(*self._range(1, start, end))]

    def mentions(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that start in the stretch."""
        return self._mentions[slice(*self._range(2, start, end))]

    def names(self, start: int, end: int) -> list[Named]:
        """Return the mentions of the stretch with their offsets into it."""
        return [Named(m, m.start - start, m.end - start) for m in self.mentions(start, end)]

    def markers(self, position: int) -> list[Marker]:
        """Return the markers near enough to back what stands at *position*."""
        return self._markers[
            slice(*self._range(3, position - MARKER_REACH, position + MARKER_REACH))
        ]

    def _range(self, which: int, start: int, end: int) -> tuple[int, int]:
        starts = self._starts[which]
        return bisect_left(starts, start), bisect_left(starts, end)

    def view(self, text: str, offset: int, language: str, block: int) -> View | None:
        """Return the view of a stretch of the document, or None if it holds no number.

        A sentence that never ends, or holds numbers by the dozen, is a list and not read.
        """
        end = offset + len(text)
        quantities = self.quantities(offset, end)
        if not 0 < len(quantities) <= MOST_NUMBERS or len(text) > LONGEST_SENTENCE:
            return None
        names = [Named(m, m.start - offset, m.end - offset) for m in self.mentions(offset, end)]
        return make_view(text, offset, language, block, quantities, self.dates(offset, end), names)


def make_view(
    text: str,
    offset: int,
    language: str,
    block: int,
    quantities: Sequence[Quantity],
    dates: Sequence[DateValue],
    names: Sequence[Named],
) -> View:
    """Return a view of *text*; *quantities* and *dates* have offsets into the document."""
    rules = measures(language)
    brackets = [match.span() for match in _BRACKET.finditer(text)]
    plain = text
    for start, end in brackets:
        plain = f"{plain[: start + 1]}{' ' * (end - start - 2)}{plain[end - 1 :]}"
    return View(
        offset,
        text,
        plain,
        language,
        block,
        rules,
        tuple(_count(q, text, offset, brackets) for q in quantities),
        tuple(Dated(d, d.start - offset, d.end - offset) for d in dates),
        tuple(names),
        tuple(triggers(text, rules)),
    )


def _count(
    quantity: Quantity, text: str, offset: int, brackets: Sequence[tuple[int, int]]
) -> Count:
    start, end = quantity.start - offset, quantity.end - offset
    noun_start = noun_end = end
    if quantity.noun:
        found = text.find(quantity.noun, end, end + len(quantity.noun) + _NOUN_REACH)
        if found >= 0:
            noun_start, noun_end = found, found + len(quantity.noun)
    bracket = next(((a, b) for a, b in brackets if a < start and end < b), None)
    return Count(quantity, start, end, noun_start, noun_end, bracket)


def triggers(text: str, rules: Measures) -> list[Trigger]:
    """Return all trigger words of a sentence in text order; one scan for each kind."""
    found: list[Trigger] = []
    low, places = lower(text), rules.all.places(text)
    for kind, words in (
        (FINITE, rules.finite),
        (LOOSE, rules.loose),
        (TRANSITIVE, rules.transitive),
        (NOMINAL, rules.nominals),
        (SUBJECT, rules.subjects),
    ):
        for start, end, frames in words.at(low, places):
            passive = kind == LOOSE and rules.auxiliary.search(text[max(0, start - _REACH) : start])
            if passive:
                start -= len(passive[0])
            if kind not in {FINITE, LOOSE} or not _is_negated(text, start, end, rules):
                found += [Trigger(FINITE if passive else kind, f, start, end) for f in frames]
    finite = [(t.start, t.end) for t in found if t.kind == FINITE]
    kept = [
        t
        for t in found
        if t.kind != LOOSE or not any(a <= t.start and t.end <= b for a, b in finite)
    ]
    return sorted(kept, key=lambda t: (t.start, t.end))


def _is_negated(text: str, start: int, end: int, rules: Measures) -> bool:
    """Whether a verb is denied: "never returned", "帰国しなかった"."""
    before = rules.negated_before.search(text, max(0, start - _REACH), start)
    return bool(before or rules.negated_behind.match(text, end))
