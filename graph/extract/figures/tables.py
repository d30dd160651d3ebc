"""Figures from tables: the header types the columns, every row is read by itself.

A column of years gives the period, a column of numbers a figure, a column of notes is read like a
sentence; any other column says of whom or where by the names in its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ...language.dates import find_dates
from ...language.quantities import find_quantities
from ...model import Cell, DateValue, EntityKind, Extraction, Figure, Mention, Quantity, Table
from .captions import STOCKS, as_of, names_a_day, on_its_day
from .lexicon import Measures, measures
from .placing import territory
from .population import population
from .reading import read
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
    part: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Columns:
    """What each column is: the index of the date column, and a measure for each of numbers.

    The columns of *parts* count some of those of the column in front ("of them").
    """

    date: int | None
    measures: dict[int, str]
    parts: frozenset[int]
    notes: tuple[int, ...]
    labels: tuple[int, ...]


@cache
def headers(language: str) -> Headers:
    """Return the expressions of *language*."""
    own = words_of(language)
    return Headers(
        *(
            expression(own[key])
            for key in ("year_header", "note_header", "total", "previous", "part_header")
        )
    )


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands in front of a table: its text, of whom, where, and whose numbers they are."""

    text: str
    group: Mention | None
    place: Mention | None
    source: Mention | None


_SEVERAL = re.compile(r"[^\W\d_],\s[^\W\d_]")
"""A row of several groups together is of none of them alone."""


def table_figures(extraction: Extraction, table: Table, slices: Slices, lead: Lead) -> list[Figure]:
    """Return the figures of a table, row by row; `Figure.part_of` is an index into the list."""
    language = extraction.document.language
    table = _headed(table, language)
    columns = _typed(table, language, lead.text)
    found: list[Figure] = []
    column_of: dict[int, int] = {}
    totals: dict[int, int] = {}
    for row in table.rows:
        start = min((cell.start for cell in row), default=0)
        end = max((cell.end for cell in row), default=0)
        period = _period(row, columns, language)
        names = _names(row, columns, slices)
        places = tuple(n for n in names if n.kind in {EntityKind.PLACE, EntityKind.CAMP})
        groups = [n for n in names if n.kind is EntityKind.GROUP]
        several = _label(row, columns) if groups else ""
        several = several if _SEVERAL.search(several) else ""
        group = None if several else groups[0] if groups else lead.group
        label = "" if names or _is_total(row, columns, period, language) else _label(row, columns)
        base = Figure(
            start=start,
            end=end,
            quantity=Quantity(0, 0, "", None, None),
            measure="",
            population=group,
            population_text=group.name if group else several,
            territory=places or ((lead.place,) if lead.place else ()),
            period=period,
            authority=lead.source,
            references=references(slices.markers(start), start),
            rule="table-row",
        )
        whole: int | None = None
        for column, measure in columns.measures.items():
            quantity = _number(row[column], measure, language) if column < len(row) else None
            if quantity is None:
                continue
            part = whole if column in columns.parts else None
            if part is None:
                whole = len(found)
            if part is None and _is_total(row, columns, period, language):
                totals[column] = len(found)
            column_of[len(found)] = column
            figure = replace(base, quantity=quantity, measure=measure, part_of=part)
            found.append(_of_row(_of_column(figure, table, column, (lead.text, language)), label))
        for column in columns.notes:
            if column < len(row):
                found += _noted(row[column], base, slices, language)
    return _summed(found, column_of, totals)


def _headed(table: Table, language: str) -> Table:
    """Return the table with its first row as header, where only dates stand beside a label."""
    if table.header or len(table.rows) < 2:
        return table
    first, *rest = table.rows
    dates = [cell.text for cell in first[1:]]
    if len(dates) < 2 or _NUMBER.fullmatch(first[0].text.strip()):
        return table
    whole = _are_dates(dates, language) and not _are_dates([row[0].text for row in rest], language)
    return replace(table, header=first, rows=tuple(rest)) if whole else table


def _of_column(figure: Figure, table: Table, column: int, over: tuple[str, str]) -> Figure:
    """Return the figure with what the header of its column says; *over* is lead and language."""
    lead, language = over
    header = table.header[column].text if column < len(table.header) else ""
    period = _column_period(table, column, figure.period, language)
    period = period or as_of((header, table.caption, lead), language)
    period = on_its_day((header, table.caption, lead), figure.measure, period, language)
    group = figure.population
    told = _measure(group.name, language) if group else ""
    if group is not None and told not in {"", *STOCKS, figure.measure}:
        return replace(figure, period=period, population=None, population_text=header)
    return replace(figure, period=period)


def _of_row(figure: Figure, label: str) -> Figure:
    """Return the figure as one of its row alone, if words that name no entity label that."""
    words = ", ".join(filter(None, [figure.population_text, label]))
    return replace(figure, population=None, population_text=words) if label else figure


def _label(row: Sequence[Cell], columns: _Columns) -> str:
    """Return what a row is about in words that name no entity: its numbers hold for it alone."""
    return " ".join(row[c].text for c in columns.labels if c < len(row) and row[c].text).strip()


def _is_total(
    row: Sequence[Cell], columns: _Columns, period: DateValue | None, language: str
) -> bool:
    """Whether a row sums up the others: its label says so, which may stand where the dates do."""
    named = [*columns.labels] if period or columns.date is None else [*columns.labels, columns.date]
    label = " ".join(row[c].text for c in named if c < len(row))
    return bool(headers(language).total.search(label))


def _summed(found: list[Figure], columns: dict[int, int], totals: dict[int, int]) -> list[Figure]:
    """Return the figures with those of each column made parts of the column's total."""
    summed: list[Figure] = []
    for index, figure in enumerate(found):
        whole = totals.get(columns.get(index, -1), index)
        own = figure.part_of is None and whole != index
        summed.append(replace(figure, part_of=whole) if own else figure)
    return summed


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
    parts = frozenset(c for c in found if _is_part(table, c, found, language))
    for column in sorted(parts):
        found[column] = found[column] or found[max(c for c in found if c < column)]
    heads = [table.header[column].text for column in found if column < len(table.header)]
    if (len(found) == 1 or _are_dates(heads, language)) and not any(found.values()):
        whole = _measure(table.caption, language) or _measure(lead, language)
        found = dict.fromkeys(found, whole)
    if any(found.values()):
        days = {c for c, head in enumerate(table.header) if names_a_day(head.text, language)}
        found = {c: m or ("interned" if c in days else "") for c, m in found.items()}
    found = {column: measure for column, measure in found.items() if measure}
    return _Columns(date, found, parts & found.keys(), tuple(notes), tuple(labels))


def _is_part(table: Table, column: int, numbers: Iterable[int], language: str) -> bool:
    """Whether the header of a column opens with "of them", and numbers stand to its left."""
    header = table.header[column].text if column < len(table.header) else ""
    return bool(headers(language).part.match(header)) and min(numbers) < column


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
        persons = count.quantity.unit in _PERSON_UNITS
        unit = "persons" if persons else count.quantity.unit
        things = "" if persons else view.text[count.noun_start : count.noun_end]
        found.append(
            replace(
                base,
                quantity=replace(count.quantity, unit=unit),
                measure=reading.measure,
                population=population(view, count) or (None if things else base.population),
                population_text=things or base.population_text,
                territory=territory(view, count, reading),
                rule="table-note",
            )
        )
    return found
