"""Figures from tables: the header types the columns, every row is read by itself.

A column of years gives the period, a column of numbers a figure, a column of notes is read like a
sentence; any other column says of whom or where by the names in its cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ...language.dates import find_dates
from ...language.quantities import find_quantities
from ...model import Cell, DateValue, EntityKind, Extraction, Figure, Mention, Quantity, Table
from .captions import STOCKS, names_a_day, on_its_day
from .lexicon import Measures, measures
from .population import population
from .reading import read
from .scope import territory
from .views import Slices, make_view
from .voice import references
from .words import expression, words_of

_MOST = 0.6
_NUMBER = re.compile(
    r"(?:[~≈<>約]|およそ)?\s?\d[\d\s.,’'万億千百]*余?"
    r"(?:[人名柱体件点冊通基隻枚棟戸回]|世帯|[かヶケカ箇]所|%|\s?чел(?:овека?|\.)?|\s?тыс\.?)?"
    r"(?:以上|余り?|強|弱)?\*?"
)
_AROUND_DATE = re.compile(r"(?:度|現在|時点|度末|На|на|по состоянию|года?|гг?\.|[\s:：,])")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_PERSON_UNITS = frozenset({"", "persons"})


@dataclass(frozen=True, slots=True)
class Headers:
    """The expressions of ``rules/figures.toml`` about table headers."""

    year: re.Pattern[str]
    note: re.Pattern[str]
    total: re.Pattern[str]
    previous: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Columns:
    """What each column is: the index of the date column, and a measure for each of numbers."""

    date: int | None
    measures: dict[int, str]
    notes: tuple[int, ...]
    labels: tuple[int, ...]


@cache
def headers(language: str) -> Headers:
    """Return the expressions of *language*."""
    own = words_of(language)
    return Headers(
        *(expression(own[key]) for key in ("year_header", "note_header", "total", "previous"))
    )


def table_figures(
    extraction: Extraction,
    table: Table,
    slices: Slices,
    lead: str,
    group: Mention | None,
    authority: Mention | None = None,
) -> list[Figure]:
    """Return the figures of a table, row by row; `Figure.part_of` is an index into the list.

    *lead* is the text that introduces the table, *group* whoever it spoke of, *authority* whose
    numbers it says they are.
    """
    language = extraction.document.language
    columns = _typed(table, language, lead)
    found: list[Figure] = []
    total: dict[int, int] = {}
    for row in table.rows:
        start = min((cell.start for cell in row), default=0)
        end = max((cell.end for cell in row), default=0)
        period = _period(row, columns, language)
        names = _names(row, columns, slices)
        population_here = next((n for n in names if n.kind is EntityKind.GROUP), group)
        places = tuple(n for n in names if n.kind in {EntityKind.PLACE, EntityKind.CAMP})
        base = Figure(
            start=start,
            end=end,
            quantity=Quantity(0, 0, "", None, None),
            measure="",
            population=population_here,
            population_text=population_here.name if population_here else "",
            territory=places,
            period=period,
            authority=authority,
            references=references(slices.markers(start), start),
            rule="table-row",
        )
        for column, measure in columns.measures.items():
            if column < len(row) and (quantity := _number(row[column], measure, language)):
                label = " ".join(row[c].text for c in columns.labels if c < len(row))
                if headers(language).total.search(label):
                    total[column] = len(found)
                figure = replace(base, quantity=quantity, measure=measure)
                found.append(_of_column(figure, table, column, (lead, language)))
        for column in columns.notes:
            if column < len(row):
                found += _noted(row[column], base, slices, language)
    return _summed(found, total)


def _of_column(figure: Figure, table: Table, column: int, over: tuple[str, str]) -> Figure:
    """Return the figure with what the header of its column says; *over* is lead and language."""
    lead, language = over
    header = table.header[column].text if column < len(table.header) else ""
    period = _column_period(table, column, figure.period, language)
    period = on_its_day((header, table.caption, lead), figure.measure, period, language)
    group = figure.population
    told = _measure(group.name, language) if group else ""
    if group is not None and told not in {"", *STOCKS, figure.measure}:
        return replace(figure, period=period, population=None, population_text=header)
    return replace(figure, period=period)


def _summed(found: list[Figure], total: dict[int, int]) -> list[Figure]:
    """Return the figures with the rows made parts of the total row of the same measure."""
    wholes = {found[index].measure: index for index in total.values()}
    return [
        replace(figure, part_of=wholes[figure.measure])
        if figure.measure in wholes and index != wholes[figure.measure]
        else figure
        for index, figure in enumerate(found)
    ]


def _typed(table: Table, language: str, lead: str) -> _Columns:
    words = headers(language)
    date: int | None = None
    found: dict[int, str] = {}
    notes: list[int] = []
    labels: list[int] = []
    for column in range(max((len(row) for row in table.rows), default=0)):
        header = table.header[column].text if column < len(table.header) else ""
        cells = [row[column].text for row in table.rows if column < len(row) and row[column].text]
        if date is None and _is_date_column(header, cells, language):
            date = column
        elif words.note.search(header):
            notes.append(column)
        elif _share(cells, lambda cell: bool(_NUMBER.fullmatch(cell.strip()))):
            found[column] = _measure(header, language)
        else:
            labels.append(column)
    heads = [table.header[column].text for column in found if column < len(table.header)]
    if (len(found) == 1 or _are_dates(heads, language)) and not any(found.values()):
        whole = _measure(table.caption, language) or _measure(lead, language)
        found = dict.fromkeys(found, whole)
    if any(found.values()):
        days = {c for c, head in enumerate(table.header) if names_a_day(head.text, language)}
        found = {c: m or ("interned" if c in days else "") for c, m in found.items()}
    found = {column: measure for column, measure in found.items() if measure}
    return _Columns(date, found, tuple(notes), tuple(labels))


def _is_date_column(header: str, cells: Sequence[str], language: str) -> bool:
    """Tell whether a column says when: its cells are dates, or its header says so of words."""
    if _are_dates(cells, language):
        return True
    counts = _share(cells, lambda cell: bool(_NUMBER.fullmatch(cell.strip())))
    years = _share(cells, lambda cell: bool(_YEAR.match(cell.strip())))
    return bool(headers(language).year.search(header)) and (years or not counts)


def _column_period(
    table: Table, column: int, row: DateValue | None, language: str
) -> DateValue | None:
    """Return the period of a cell: that of its column, or of its row, or the year before that."""
    if column >= len(table.header):
        return row
    header = table.header[column]
    if headers(language).previous.search(header.text) and row and row.earliest:
        year = row.earliest.year - 1
        first, last = row.earliest.replace(year, 1, 1), row.earliest.replace(year, 12, 31)
        return DateValue(header.start, header.end, header.text, str(year), first, last)
    dates = find_dates(header.text, language)
    if len(dates) == 1 and row is None:
        offset = header.start
        return replace(dates[0], start=dates[0].start + offset, end=dates[0].end + offset)
    return row


def _are_dates(cells: Sequence[str], language: str) -> bool:
    def whole(cell: str) -> bool:
        dates = find_dates(cell.strip(), language)
        return len(dates) == 1 and not _AROUND_DATE.sub("", cell.replace(dates[0].text, "", 1))

    return _share(cells, whole)


def _share(cells: Sequence[str], test: object) -> bool:
    hits = sum(1 for cell in cells if callable(test) and test(cell))
    return bool(cells) and hits >= _MOST * len(cells)


def _measure(text: str, language: str) -> str:
    """Return the measure the words of a header or caption speak of, or nothing."""
    rules: Measures = measures(language)
    for words in (rules.nouns, rules.subjects, rules.finite, rules.loose):
        for _, _, frames in words.scan(text):
            return rules.frames[frames[0]].measure
    for _, _, frames in rules.nominals.scan(f"{text} of"):
        return rules.frames[frames[0]].measure
    for word in re.findall(r"\w+", text):
        quantities = find_quantities(f"2 {word}", language)
        unit = quantities[0].unit if quantities else ""
        if unit in rules.units:
            return rules.units[unit]
    return ""


def _period(row: Sequence[Cell], columns: _Columns, language: str) -> DateValue | None:
    if columns.date is None or columns.date >= len(row):
        return None
    cell = row[columns.date]
    dates = find_dates(cell.text, language)
    if not dates:
        return None
    date = dates[0]
    return replace(date, start=date.start + cell.start, end=date.end + cell.start)


def _names(row: Sequence[Cell], columns: _Columns, slices: Slices) -> list[Mention]:
    found: list[Mention] = []
    for column in columns.labels:
        if column < len(row):
            found += slices.mentions(row[column].start, row[column].end)
    return found


def _number(cell: Cell, measure: str, language: str) -> Quantity | None:
    quantities = find_quantities(cell.text, language)
    if len(quantities) != 1:
        return None
    quantity = quantities[0]
    unit = quantity.unit or ("camps" if measure == "camps" else "persons")
    return _moved(replace(quantity, unit=unit), cell.start)


def _moved(quantity: Quantity, offset: int) -> Quantity:
    return replace(quantity, start=quantity.start + offset, end=quantity.end + offset)


def _noted(cell: Cell, base: Figure, slices: Slices, language: str) -> list[Figure]:
    """Return the figures of a remark: "leaving 2,988 remaining"."""
    dates = find_dates(cell.text, language)
    quantities = find_quantities(cell.text, language, dates=dates)
    names = slices.names(cell.start, cell.end)
    moved = [_moved(q, cell.start) for q in quantities]
    view = make_view(cell.text, cell.start, language, -1, moved, [], names)
    found: list[Figure] = []
    for count in view.counts:
        reading = read(view, count)
        if reading is None or not reading.measure:
            continue
        unit = "persons" if count.quantity.unit in _PERSON_UNITS else count.quantity.unit
        found.append(
            replace(
                base,
                quantity=replace(count.quantity, unit=unit),
                measure=reading.measure,
                population=population(view, count) or base.population,
                territory=territory(view, count, reading),
                rule="table-note",
            )
        )
    return found
