"""Makes a figure of a number and its reading: the scope the sentence gives, and what is left."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from ...model import EntityKind, Extraction, Figure, InlineKind, Mention
from .placing import territory
from .population import counted_with, group_name, is_generic, population
from .reading import Reading
from .scope import is_place, period, refers_back, scope_words, stays_there
from .sums import SHARES
from .topics import titled_words, topic_of
from .views import Count, Slices, View
from .voice import Voice, references
from .wording import (
    completed,
    description,
    kind_of_part,
    noun_before,
    noun_phrase,
    with_head,
)

_MARK_BEHIND = 8
_SAID = 60
"""How far behind a number the words may stand that tell when, in characters."""
_HEAD_END = re.compile(r"(?:^of|\s(?:who|held|captured|taken|sent|in|at|from|to|by|on))\s.*")
"""What restricts the people of a number, and need not hold for the next one."""
_LED_ON = re.compile(r"\s(?:to|into|from)\s")
_LISTED = re.compile(r"(?:[^\W\d]+ )?[^\W\d]+(?:, [^\W\d]+)+,? (?:and|or|и|или) [^\W\d]+")
"""Soldiers, sailors and airmen: no one group that the text names is all of them."""
_SAID_AGAIN = frozenset({"correction", "again"})
"""Rules of numbers that are of the people counted before."""
_PERSONS = frozenset({"", "persons"})
_MOVES = frozenset({"transferred", "planned-transfer", "repatriated", "personnel"})
"""Measures whose place is where people went: a part of them need not be there."""


class Maker:
    """Makes the figures of one document."""

    def __init__(self, extraction: Extraction, slices: Slices) -> None:
        """Find the topic, if the title names a group."""
        self._extraction = extraction
        self._slices = slices
        inlines = extraction.document.inlines
        self._editorial = [one.start for one in inlines if one.kind is InlineKind.EDITORIAL]
        self._last: tuple[int, Mention | None] = (-1, None)
        """The block of the last figure, and whom it counted."""
        self._people: tuple[int, str] = (-1, "")
        """The block of the last figure of people, and the words for them."""
        self.topic = topic_of(extraction)
        """The group the document is about, if it can be told."""
        self._titled = titled_words(extraction.document.title, extraction.document.language)

    def figure(
        self,
        view: View,
        count: Count,
        reading: Reading,
        earlier: Figure | None,
        voice: Voice,
        whole: Count | None = None,
    ) -> Figure:
        """Return the figure; what its sentence leaves open comes from the *earlier* one.

        *whole* is the number that this one is a part of, whether it is a figure itself or not.
        """
        authority = voice.authority(count)
        named = counted_with(view, count)
        who, words = population(view, named, authority), description(view, named, reading)
        if earlier is None and whole is not None:
            who = who or population(view, whole, authority)
            words = words or noun_phrase(view, whole)
        where, when = territory(view, count, reading), period(view, count, reading)
        date = when.date if when else None
        if earlier is None and (divided := whole or named) is not count:
            where = where or territory(view, divided, reading)
        if earlier is not None:
            who = _whose(reading, earlier, who)
            where = where or _place_kept(view, count, reading, earlier)
            date = date or (None if _is_later(view, count) else earlier.period)
        elif words and _LISTED.match(words):
            who = None
        elif who is None and self._of_topic(view, count, reading):
            who = self._recent(view.block) or self.topic
        words = self._worded(view, count, reading, earlier, (who, words))
        self._remember(view, who, part=earlier is not None and reading.rule == "part")
        self._speak_of(view, count, words)
        return Figure(
            start=view.offset,
            end=view.offset + len(view.text),
            quantity=replace(count.quantity, unit=_unit(count, reading, earlier)),
            measure=reading.measure,
            population=who,
            population_text=words or (group_name(who) if who else ""),
            territory=where,
            period=date,
            method=voice.method(count),
            authority=authority,
            stance=voice.stance(count),
            references=self._references(view, count),
            rule=f"{reading.rule}:{reading.measure}",
            confidence=round(min(reading.score, 100.0) / 100, 2),
        )

    def _worded(
        self,
        view: View,
        count: Count,
        reading: Reading,
        earlier: Figure | None,
        told: tuple[Mention | None, str],
    ) -> str:
        """Return the words for what is counted, *told* or taken from who was spoken of before."""
        who, words = told
        if not words or (reading.rule == "part" and is_generic(words, view.language)):
            base = group_name(who) if who else noun_before(view, count)
            base = base or self._spoken_of(view, count, reading)
            named = counted_with(view, count)
            words = completed(view, named, reading, base, earlier) or words or base
        elif earlier is not None and refers_back(view, count):
            words = kind_of_part(view, count) or words
        return with_head(words, who, view.language)

    def _speak_of(self, view: View, count: Count, words: str) -> None:
        if count.quantity.unit in _PERSONS and (head := _HEAD_END.split(words)[0]):
            self._people = view.block, head

    def _remember(self, view: View, who: Mention | None, *, part: bool) -> None:
        if who is not None and who.kind is EntityKind.GROUP and not part:
            self._last = view.block, who

    def _spoken_of(self, view: View, count: Count, reading: Reading) -> str:
        """Return the words for the people a bare number can only mean: those spoken of before."""
        if count.quantity.unit not in _PERSONS or not self._of_topic(view, count, reading):
            return ""
        block, words = self._people
        if block == view.block:
            return words
        return self._titled or (words if block == view.block - 1 else "")

    def _recent(self, block: int) -> Mention | None:
        """Return whom the last figure of the same block counted."""
        return self._last[1] if self._last[0] == block else None

    def _references(self, view: View, count: Count) -> tuple[int, ...]:
        document = self._extraction.document
        block = document.blocks[view.block] if view.block >= 0 else None
        text = document.text[block.start : block.end].rstrip() if block else ""
        stretch = (block.start, block.start + len(text)) if block else (0, 0)
        position = count.start + view.offset
        if self._unsourced(view):
            stretch = (0, 0)
        return references(self._slices.markers(position), position, stretch)

    def _unsourced(self, view: View) -> bool:
        """Whether the sentence is marked as lacking a source."""
        start, end = view.offset, view.offset + len(view.text) + _MARK_BEHIND
        return bisect_left(self._editorial, start) < bisect_left(self._editorial, end)

    def _of_topic(self, view: View, count: Count, reading: Reading) -> bool:
        """Whether nothing but the document's topic can be meant: "60,000 died", "300 men"."""
        words, noun = scope_words(view.language), view.text[count.noun_start : count.noun_end]
        if count.quantity.unit in SHARES:
            return bool(words.anaphora.match(noun))
        if reading.rule in {"unit", "part", "legend"} or reading.measure == "personnel":
            return False
        if words.of_others.match(view.text, count.noun_end):
            return False
        return not noun or reading.rule in {"noun", "subject"} or is_generic(noun, view.language)


def _whose(reading: Reading, earlier: Figure, named: Mention | None) -> Mention | None:
    """Return of whom a number is that goes on from an earlier one."""
    if reading.rule in _SAID_AGAIN:
        return earlier.population or named
    return named or earlier.population


def _place_kept(view: View, count: Count, reading: Reading, earlier: Figure) -> tuple[Mention, ...]:
    """Return the place of the earlier figure, if the number of those it divides is there too."""
    return earlier.territory if _keeps_its_place(view, count, reading, earlier) else ()


def _keeps_its_place(view: View, count: Count, reading: Reading, earlier: Figure) -> bool:
    """Whether what the earlier figure tells of a place holds for this one too."""
    if stays_there(view):
        return True
    stays = reading.rule != "correction" and earlier.measure not in _MOVES
    led = _LED_ON.match(view.text, count.noun_end)
    return stays and not (reading.rule == "gapped" and (led or _is_elsewhere(view, count)))


def _is_later(view: View, count: Count) -> bool:
    """Whether the number is of a later time than that of the people it divides."""
    return bool(scope_words(view.language).later.search(view.plain[count.start :][:_SAID]))


def _is_elsewhere(view: View, count: Count) -> bool:
    """Whether a place of its own stands between the number and the one in front."""
    start = max((c.end for c in view.counts if c.end <= count.start), default=0)
    return any(start < n.start < count.start and is_place(n.mention) for n in view.names)


def _unit(count: Count, reading: Reading, earlier: Figure | None) -> str:
    """Return the unit; a number without a noun counts persons, or what its whole counts."""
    if count.quantity.unit:
        return count.quantity.unit
    return earlier.quantity.unit if earlier is not None and reading.rule == "part" else "persons"
