"""Reads a document from top to bottom, remembering what "of them" and "also" refer to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...language.quantities import find_quantities
from ...model import (
    BlockKind,
    Comparator,
    DateValue,
    EntityKind,
    Extraction,
    Figure,
    Mention,
    Reference,
    Table,
)
from .reading import Reading, read
from .scope import description, period, population, refers_back, territory
from .sums import is_part_of_earlier, whole_of
from .tables import table_figures
from .views import Count, Named, Slices, View, make_view
from .voice import authority, method, quoted_authority, references, stance

THINGS = frozenset({"camps", "sites", "associations", "memoirs", "works", "certificates-issued"})
_PERSON_UNITS = frozenset({"", "persons"})
_PLAIN_SENTENCES = frozenset({BlockKind.TITLE, BlockKind.HEADING})
_REACH = 3
"""How many sentences back a number may refer."""


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A figure made before, and the sentence it stands in."""

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
        self._earlier: list[_Earlier] = []
        self._speaker: Mention | None = None
        self._speaking_after = -1
        self._lead = ""
        self._lead_group: Mention | None = None

    def read_sentence(self, index: int) -> None:
        """Read the figures of one sentence."""
        document = self._extraction.document
        sentence = document.sentences[index]
        block = document.blocks[sentence.block]
        names = self._names(sentence.start, sentence.end)
        self._remember_lead(sentence.text, names)
        if block.kind in _PLAIN_SENTENCES:
            return
        view = self._slices.view(sentence.text, sentence.start, sentence.language, sentence.block)
        if view is not None:
            speaker = self._speaker if block.kind is BlockKind.QUOTE else None
            made: dict[int, int] = {}
            for position, count in enumerate(view.counts):
                figure = self._figure(view, count, made, index, speaker)
                if figure is not None:
                    made[position] = len(self.figures)
                    self._earlier.append(_Earlier(len(self.figures), index, sentence.block))
                    self.figures.append(figure)
        if block.kind is not BlockKind.QUOTE:
            self._speaker = quoted_authority(sentence.text, names, sentence.language)

    def read_table(self, table: Table) -> None:
        """Read the figures of one table."""
        offset = len(self.figures)
        rows = table_figures(self._extraction, table, self._slices, self._lead, self._lead_group)
        for figure in rows:
            part = None if figure.part_of is None else figure.part_of + offset
            self.figures.append(replace(figure, part_of=part))

    def read_headlines(self) -> None:
        """Read the titles of the references that the text cites: headlines state numbers, too."""
        cited = {m.reference for m in self._extraction.markers if m.reference is not None}
        for index in sorted(cited):
            if index < len(self._extraction.references):
                self._headline(index, self._extraction.references[index])

    def _headline(self, index: int, reference: Reference) -> None:
        for title in reference.titles:
            at = reference.text.find(title.text)
            language = title.language.split("-")[0] or self._extraction.document.language
            if at < 0 or title.kind not in {"main", "original"}:
                continue
            offset = reference.start + at
            quantities = [
                replace(q, start=q.start + offset, end=q.end + offset)
                for q in find_quantities(title.text, language)
            ]
            names = self._names(offset, offset + len(title.text))
            view = make_view(title.text, offset, language, -1, quantities, [], names)
            for count in view.counts:
                reading = read(view, count)
                if reading and reading.measure and reading.rule in {"transitive", "noun"}:
                    figure = self._made(view, count, reading, None)
                    period_there = _year_of(reference.issued)
                    self.figures.append(
                        replace(figure, references=(index,), period=period_there, rule="headline")
                    )

    def _names(self, start: int, end: int) -> list[Named]:
        return [Named(m, m.start - start, m.end - start) for m in self._slices.mentions(start, end)]

    def _remember_lead(self, text: str, names: list[Named]) -> None:
        groups = [n.mention for n in names if n.mention.kind is EntityKind.GROUP]
        self._lead = text
        self._lead_group = groups[-1] if groups else self._lead_group

    def _figure(
        self,
        view: View,
        count: Count,
        made: dict[int, int],
        sentence: int,
        speaker: Mention | None,
    ) -> Figure | None:
        """Return the figure of one number, or None if nothing says what it measures."""
        reading = read(view, count)
        whole = whole_of(view, count)
        whole_index = made.get(view.counts.index(whole)) if whole is not None else None
        if whole_index is None and refers_back(view, count):
            whole_index = self._antecedent(sentence, view, count)
        earlier = self.figures[whole_index] if whole_index is not None else None
        reading = self._inherited(view, count, reading, earlier, sentence)
        if reading is None or not reading.measure:
            return None
        figure = self._made(view, count, reading, earlier)
        if (earlier is not None and is_part_of_earlier(view, count)) or whole is not None:
            figure = replace(figure, part_of=whole_index)
        return replace(figure, authority=figure.authority or speaker)

    def _antecedent(self, sentence: int, view: View, count: Count) -> int | None:
        """Return the figure that "of them" or "also" in this sentence refers to."""
        for earlier in reversed(self._earlier):
            if earlier.sentence == sentence:
                continue
            near = sentence - earlier.sentence < _REACH and earlier.block == view.block
            return earlier.index if near else None
        return None

    def _inherited(
        self,
        view: View,
        count: Count,
        reading: Reading | None,
        earlier: Figure | None,
        sentence: int,
    ) -> Reading | None:
        """Return the reading, or that of the number this one corrects, divides or continues."""
        if reading is not None and not reading.measure:
            return self._corrected(sentence, view, reading)
        bare = count.quantity.unit in _PERSON_UNITS
        if earlier is not None and bare and earlier.measure in THINGS and not count.quantity.unit:
            return Reading(earlier.measure, 60, "part")
        if reading is not None:
            return reading
        if earlier is not None and bare and is_part_of_earlier(view, count):
            return Reading(earlier.measure, 60, "part")
        return self._legend(view, count)

    def _corrected(self, sentence: int, view: View, reading: Reading) -> Reading | None:
        for earlier in reversed(self._earlier):
            if sentence - earlier.sentence <= _REACH and earlier.block == view.block:
                measure = self.figures[earlier.index].measure
                return Reading(measure, reading.score, reading.rule)
        return None

    def _legend(self, view: View, count: Count) -> Reading | None:
        """Return the measure of the legend entry before: "Black dots: over 10,000"."""
        labelled = view.text[: count.start].rstrip().endswith((":", "："))
        if not labelled or count.quantity.comparator is Comparator.EXACTLY or not self.figures:
            return None
        last = self.figures[-1]
        text = self._extraction.document.text
        same = text[: last.quantity.start].rstrip().endswith((":", "："))
        return Reading(last.measure, 60, "legend") if same else None

    def _made(self, view: View, count: Count, reading: Reading, earlier: Figure | None) -> Figure:
        """Return the figure with the scope its sentence gives, the rest from the *earlier* one."""
        who, words = population(view, count), description(view, count)
        where, when = territory(view, count, reading), period(view, count)
        date: DateValue | None = when.date if when else None
        if earlier is not None:
            who, words = who or earlier.population, words or earlier.population_text
            where, date = where or earlier.territory, date or earlier.period
        quantity = count.quantity
        if quantity.unit == "":
            unit = earlier.quantity.unit if reading.rule == "part" and earlier else "persons"
            quantity = replace(quantity, unit=unit)
        return Figure(
            start=view.offset,
            end=view.offset + len(view.text),
            quantity=quantity,
            measure=reading.measure,
            population=who,
            population_text=words or (who.name if who else ""),
            territory=where,
            period=date,
            method=method(view, count),
            authority=authority(view, count),
            stance=stance(view, count),
            references=references(self._extraction.markers, count.start + view.offset),
            rule=f"{reading.rule}:{reading.measure}",
            confidence=round(min(reading.score, 100.0) / 100, 2),
        )


def _year_of(issued: DateValue | None) -> DateValue | None:
    """Return the year of a headline: the day it was printed is not the day it speaks of."""
    if issued is None or issued.earliest is None:
        return None
    year = issued.earliest.year
    first, last = issued.earliest.replace(month=1, day=1), issued.earliest.replace(month=12, day=31)
    return replace(issued, edtf=f"{year:04d}", earliest=first, latest=last)
