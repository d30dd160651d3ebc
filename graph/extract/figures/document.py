"""Reads a document from top to bottom, remembering what "of them" and "also" refer to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ...language.dates import find_dates
from ...model import (
    BlockKind,
    Comparator,
    DateValue,
    EntityKind,
    Extraction,
    Figure,
    Mention,
    Quantity,
    Sentence,
    Table,
)
from .captions import issued_year, source_of
from .ellipsis import is_gapped, partition_of
from .fragments import cut_off, field_figures, row
from .headlines import headline_figures
from .making import Maker
from .neutral import RULE as NEUTRAL
from .neutral import neutral
from .reading import Reading, read
from .scope import (
    is_place,
    outermost,
    points_back,
    refers_back,
    situates,
    speaks_of_now,
    stays_there,
)
from .sharing import shared
from .speakers import carried_speaker
from .sums import SHARES, is_listed, is_part_of_earlier, whole_of
from .tables import Lead, table_figures
from .views import Count, Slices, View
from .voice import Voice, quoted_authority

THINGS = frozenset({"camps", "sites", "associations", "memoirs", "works", "certificates-issued"})
_PERSON_UNITS = frozenset({"", "persons"})
_WITHOUT_FIGURES = frozenset({BlockKind.TITLE, BlockKind.HEADING})
_VALUE = re.compile(
    r"[~≈]?\d{1,3}(?:,\d{3})+(?:\s?[-–]\s?\d{1,3}(?:,\d{3})+)?\+? [a-zA-Z]+(?: [a-zA-Z]+)?$"
)
_LEAD = 5
"""How many sentences in front of a list its lead may stand."""
_LABEL_GAP = 8
_REACH = 3
"""How many sentences back a number may refer."""


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A figure made before, and the sentence and block it stands in."""

    index: int
    sentence: int
    block: int


class DocumentReader:
    """Collects the figures of one document."""

    def __init__(self, extraction: Extraction) -> None:
        """Start with no figures."""
        self.figures: list[Figure] = []
        self._extraction = extraction
        self._slices = Slices(extraction)
        self._maker = Maker(extraction, self._slices)
        self._earlier: list[_Earlier] = []
        self._speaker: Mention | None = None
        self._lead: Sentence | None = None
        """The last sentence read: it introduces a table that follows."""
        self._issued = issued_year(extraction.document)
        self._captions: tuple[int, DateValue | None] = (-1, None)
        """The last block of a run of captions, and the date it gives what it shows."""

    def read_sentence(self, index: int) -> None:
        """Read the figures of one sentence."""
        document = self._extraction.document
        sentence = document.sentences[index]
        kind = document.blocks[sentence.block].kind
        self._lead = sentence
        if kind is BlockKind.CAPTION:
            self._captions = sentence.block, self._caption_date(sentence)
        if kind in _WITHOUT_FIGURES and not _is_field(sentence, kind):
            return
        view = self._slices.view(sentence.text, sentence.start, sentence.language, sentence.block)
        if view is not None:
            speaker = self._speaker if kind is BlockKind.QUOTE else None
            self._read_view(view, index, speaker, kind)
        if kind is not BlockKind.QUOTE:
            self._speaker = None
            if sentence.text.endswith((":", "：")):
                names = self._slices.names(sentence.start, sentence.end)
                self._speaker = quoted_authority(sentence.text, names, sentence.language)

    def read_table(self, table: Table) -> None:
        """Read the figures of one table."""
        offset = len(self.figures)
        lead = self._lead.text if self._lead else ""
        start = self._lead.start if self._lead else 0
        end = self._lead.end if self._lead else 0
        block = self._extraction.document.blocks[table.block]
        over = max(0, block.start - len(table.caption) - 2)
        named = self._slices.mentions(start, end) + self._slices.mentions(over, block.start)
        near = [m for m in named if m.kind is EntityKind.GROUP]
        document, over = self._extraction.document, min(over, start if lead else over)
        text, names = document.text[over : block.end], self._slices.names(over, block.end)
        source = source_of(text[: block.start - over], names, document.language)
        held = frozenset({EntityKind.PLACE, EntityKind.CAMP})
        here = [m for m in named if m.kind in held]
        here = [m for m in here if situates(document.text, m, document.language)]
        place = here[0] if len({m.name for m in here}) == 1 else None
        given = Lead(lead, near[-1] if near else self._maker.topic, place, source)
        rows = table_figures(self._extraction, table, self._slices, given)
        for figure in rows:
            part = None if figure.part_of is None else figure.part_of + offset
            self.figures.append(replace(figure, part_of=part))

    def read_headlines(self) -> None:
        """Read the titles of the references that the text cites, and the fields of metadata."""
        self.figures += field_figures(self._extraction, self._slices, self._maker)
        self.figures += headline_figures(self._extraction, self._slices, self._maker)

    def _caption_date(self, sentence: Sentence) -> DateValue | None:
        """Return the date of what a caption shows: in it, in front of it, or in the one before."""
        document = self._extraction.document
        start = document.blocks[sentence.block].start
        dates = self._slices.dates(sentence.start, sentence.end)
        dates = dates or [
            replace(date, start=date.start + start, end=date.end + start)
            for date in find_dates(document.text[start : sentence.start], sentence.language)
        ]
        last, date = self._captions
        return dates[0] if dates else date if 0 <= sentence.block - last <= 1 else None

    def _read_view(self, view: View, index: int, speaker: Mention | None, kind: BlockKind) -> None:
        made: dict[Count, int] = {}
        voice = Voice(view)
        back, there = points_back(view), stays_there(view)
        setting = self._setting(index) if back or there else ((), None)
        for count in view.counts:
            figure = self._figure(view, count, made, index, voice)
            if figure is None:
                continue
            period = (
                self._captions[1] if kind is BlockKind.CAPTION else setting[1] if back else None
            )
            period = figure.period or period
            territory = figure.territory or setting[0]
            if period is not figure.period or territory is not figure.territory:
                figure = replace(figure, period=period, territory=territory)
            made[count] = len(self.figures)
            if not figure.rule.startswith(NEUTRAL):
                self._earlier.append(_Earlier(len(self.figures), index, view.block))
            if figure.period is None and speaks_of_now(view, count):
                figure = replace(figure, period=self._issued)
            said = figure.authority or speaker or self._carried(view, count)
            if said is not figure.authority:
                figure = replace(figure, authority=said)
            self.figures.append(figure)
        if len(made) > 1:
            told = [(count, self.figures[at]) for count, at in made.items()]
            self.figures[-len(told) :] = shared(view, told)

    def _carried(self, view: View, count: Count) -> Mention | None:
        """Return who speaks in the paragraph, if the sentence leaves it to that."""
        document = self._extraction.document
        block = document.blocks[view.block]
        return carried_speaker(view, count, self._slices, (block.start, block.end), document)

    def _figure(
        self, view: View, count: Count, made: dict[Count, int], sentence: int, voice: Voice
    ) -> Figure | None:
        """Return the figure of one number, or None if nothing says what it measures."""
        reading = read(view, count)
        if reading is not None and not reading.measure and not (made or self._earlier):
            reading = read(view, count, alone=True)
        whole = whole_of(view, count)
        antecedent = made.get(whole) if whole is not None else self._same_part(count, made)
        corrected = reading is not None and not reading.measure
        told = self._told(made)
        if reading is not None and reading.rule == "again" and told:
            antecedent = max(told.values())
        elif antecedent is None and (corrected or _is_first_to_refer(view, count)):
            antecedent = self._antecedent(sentence, view.block, count.quantity, corrected)
        earlier = self.figures[antecedent] if antecedent is not None else None
        if earlier is not None and earlier.measure in THINGS and _is_of_people(reading):
            antecedent = earlier = None
        share = count.quantity.unit in SHARES
        divided = whole is not None or share or is_part_of_earlier(view, count)
        listed = divided and is_listed(view, count, whole)
        reading = self._inherited(view, count, reading, earlier, listed)
        if reading is None and (gapped := self._gapped(view, count, made)) is not None:
            antecedent, divided = gapped, False
            earlier = self.figures[gapped]
            reading = Reading(earlier.measure, 58, "gapped")
        elif reading is None and (parted := partition_of(view, count, made)) is not None:
            antecedent, divided = made[parted], True
            earlier = self.figures[made[parted]]
            reading = Reading(earlier.measure, 59, "part")
        reading = reading or self._fragment(view, count, sentence) or neutral(view, count)
        if reading is None or not reading.measure:
            return None
        if reading.rule == NEUTRAL:
            antecedent = earlier = None
        figure = self._maker.figure(view, count, reading, earlier, voice, whole)
        part = antecedent is not None and divided and not corrected
        return replace(figure, part_of=antecedent) if part else figure

    def _fragment(self, view: View, count: Count, index: int) -> Reading | None:
        """Return what the text in front says of a number that no sentence holds."""
        cut = cut_off(view, count, self._before(index))
        if cut is not None:
            return cut
        near = self._extraction.document.sentences[max(0, index - _LEAD) : index][::-1]
        return row(view, count, near, self.figures[-1] if self.figures else None)

    def _before(self, index: int) -> Sentence | None:
        """Return the sentence before in the same block."""
        sentences = self._extraction.document.sentences
        before = sentences[index - 1] if index else None
        return before if before and before.block == sentences[index].block else None

    def _setting(self, index: int) -> tuple[tuple[Mention, ...], DateValue | None]:
        """Return the place and date of the sentence before, if there is one each.

        Where it names several places, it is that of its last number.
        """
        before = self._before(index)
        if before is None:
            return (), None
        dates = self._slices.dates(before.start, before.end)
        names = self._slices.names(before.start, before.end)
        places = outermost([n for n in names if is_place(n.mention)])
        last = self.figures[-1] if self.figures else None
        told = last.territory if last is not None and last.start == before.start else ()
        where = (places[0].mention,) if len(places) == 1 else told
        return where, dates[0] if len(dates) == 1 else None

    def _same_part(self, count: Count, made: dict[Count, int]) -> int | None:
        """Return the whole of the number in front that a share repeats: "15,735, or 50.6%"."""
        if count.quantity.unit not in SHARES or not made:
            return None
        return self.figures[max(made.values())].part_of

    def _antecedent(
        self, sentence: int, block: int, quantity: Quantity, corrected: bool
    ) -> int | None:
        """Return the figure that "of them", "also" or "the actual number" refers to.

        A part is not larger than its whole, so "of them" may reach over smaller numbers.
        """
        unit = quantity.unit
        for earlier in reversed(self._earlier):
            counted = self.figures[earlier.index].quantity.unit
            same = unit in {"", counted} or unit in SHARES
            if not corrected and self._is_smaller(earlier.index, quantity):
                continue
            if earlier.sentence < sentence and same and counted not in SHARES:
                distance = sentence - earlier.sentence
                near = distance <= (_REACH if earlier.block == block else 1)
                index = earlier.index if corrected else self._whole_of_several(earlier.index)
                return index if near else None
        return None

    def _whole_of_several(self, index: int) -> int:
        """Return the whole of a part that has brothers: "of them" means all; or the figure."""
        whole = self.figures[index].part_of
        parts = [f for f in self.figures if whole is not None and f.part_of == whole]
        return whole if whole is not None and len(parts) > 1 else index

    def _is_smaller(self, index: int, quantity: Quantity) -> bool:
        """Whether a figure that is itself a part counts less than *quantity*."""
        figure = self.figures[index]
        most = figure.quantity.upper or figure.quantity.lower
        least = quantity.lower or quantity.upper
        if figure.part_of is None or most is None or least is None:
            return False
        return quantity.unit not in SHARES and most < least

    def _inherited(
        self,
        view: View,
        count: Count,
        reading: Reading | None,
        earlier: Figure | None,
        listed: bool,
    ) -> Reading | None:
        """Return the reading, or that of the number this one corrects, divides or continues."""
        bare = count.quantity.unit in _PERSON_UNITS
        if reading is not None and not reading.measure:
            measure = earlier.measure if earlier else ""
            return Reading(measure, reading.score, reading.rule)
        if reading is not None:
            return reading
        if earlier is not None and earlier.measure in THINGS and not count.quantity.unit:
            return Reading(earlier.measure, 60, "part")
        if earlier is not None and bare and listed and earlier.measure != "unit-size":
            return Reading(earlier.measure, 60, "part")
        return self._legend(view, count)

    def _gapped(self, view: View, count: Count, made: dict[Count, int]) -> int | None:
        """Return the figure in front that shares its verb with this number, left out here."""
        told = self._told(made)
        if not told or count.quantity.unit not in _PERSON_UNITS:
            return None
        before = is_gapped(view, count, told)
        return None if before is None else told[before]

    def _told(self, made: dict[Count, int]) -> dict[Count, int]:
        """Return the figures whose measure the text tells."""
        return {c: i for c, i in made.items() if not self.figures[i].rule.startswith(NEUTRAL)}

    def _legend(self, view: View, count: Count) -> Reading | None:
        """Return the measure of the legend entry before: "Black dots: over 10,000"."""
        labelled = view.ends_in_colon(count.start)
        if not labelled or count.quantity.comparator is Comparator.EXACTLY or not self.figures:
            return None
        last = self.figures[-1]
        start = last.quantity.start
        before = self._extraction.document.text[max(0, start - _LABEL_GAP) : start].rstrip()
        return Reading(last.measure, 60, "legend") if before.endswith((":", "：")) else None


def _is_field(sentence: Sentence, kind: BlockKind) -> bool:
    """Whether a short line taken for a heading is the value of a field: "9,780 killed"."""
    return kind is BlockKind.HEADING and bool(_VALUE.match(sentence.text))


def _is_of_people(reading: Reading | None) -> bool:
    """Whether the number's own words count people, so that it is no part of a number of things."""
    return reading is not None and reading.measure not in {"", "population-share", *THINGS}


def _is_first_to_refer(view: View, count: Count) -> bool:
    """Whether the number refers back beyond its sentence: no other stands before it there."""
    return refers_back(view, count) and not any(c.end <= count.start for c in view.counts)
