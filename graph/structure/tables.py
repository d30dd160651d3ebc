"""Find tables in plain text: rows with separators, with glued cells, or one cell to a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import BlockKind, Cell, Table
from .recut import column_type, cut_rows, fits, header_columns, infer_types, is_header_word
from .units import Unit, piece

_SEPARATOR = re.compile(r" *\| *| *\t+ *| {3,}| *\u3000[\u3000 ]*")
_WIDE = "\u3000"
"""The full-width space, which parts the cells of Japanese rows, and the parts of names."""
_RULE = re.compile(r"[\s|:+=–—-]+")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(
    r"(?:1[89]|20)\d\d\s?(?:年度?|г\.?|год)?|(?:昭和|平成|大正|令和)(?:\d{1,2}|元)年度?"
)
_LETTER = re.compile(r"[^\W\d_]{3}")
_COUNT = re.compile(r"[~≈<>]?\s?\d[\d\s.,’']*%?|[-–—]?")
_WORDS = re.compile(r"[^\W\d_](?:.{0,38}[^\W_.!?…)])?\)?")
"""A label of words, as long as a cell and no sentence."""
_MAX_COLUMNS = 8
_GRID_ROWS = 3
"""So many rows alike are a table, whatever stands in its head."""
_MAX_ROW = 240
_MAX_CELL = 160
_MAX_LOOSE_CELL = 40
_MAX_ROWS = 2000
Spans = list[tuple[int, int]]


def find_tables(units: list[Unit], text: str) -> list[Unit]:
    """Return the units with those of each table joined into one, whose *rows* hold the cells."""
    result: list[Unit] = []
    index = 0
    while index < len(units):
        table = _table_at(units, index, text)
        if table is None:
            result.append(units[index])
            index += 1
            continue
        count, rows = table
        members = units[index : index + count]
        unit = piece(text, members[0].start, members[-1].end)
        unit.gap, unit.rows = members[0].gap, rows
        unit.mark(BlockKind.TABLE)
        result.append(unit)
        index += count
    return result


def table_of(unit: Unit, block: int, text: str, caption: str) -> Table:
    """Return the table of a unit found by `find_tables`; a first row without digits heads it."""
    cells = [tuple(Cell(a, b, text[a:b]) for a, b in row) for row in unit.rows]
    plain = not any(_DIGIT.search(cell.text) for cell in cells[0])
    headed = plain or _is_dated_header(cells) or _is_worded_header(cells)
    return Table(block, cells[0] if headed else (), tuple(cells[headed:]), caption)


def _is_dated_header(cells: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether the first row heads columns of single years: 収容所 | 1945年 | 1946年."""
    first, rest = cells[0][1:], cells[1:]
    years = bool(first) and all(_YEAR.fullmatch(cell.text) for cell in first)
    below = [cell.text for row in rest for cell in row[1:]]
    counts = any(_DIGIT.search(text) and not _YEAR.fullmatch(text) for text in below)
    return years and counts and not _DIGIT.search(cells[0][0].text)


def _is_worded_header(cells: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether the first row names columns of numbers in words: Camp | Held, 1 May 1946."""
    first, rest = cells[0], cells[1:]
    words = all(_LETTER.search(cell.text) for cell in first if cell.text)
    numbered = [
        column
        for column in range(len(first))
        if rest and all(_COUNT.fullmatch(row[column].text) for row in rest if column < len(row))
    ]
    return words and any(not _DIGIT.match(first[column].text) for column in numbered)


def _table_at(units: Sequence[Unit], index: int, text: str) -> tuple[int, list[Spans]] | None:
    """Return the table that begins at a unit: how many units it takes, and its cells."""
    unit = units[index]
    if not unit.open or len(unit.text) > _MAX_ROW:
        return None
    below = units[index + 1] if index + 1 < len(units) else None
    if _SEPARATOR.search(unit.text) and (table := _separated(_run(units, index), text)):
        return table
    if below is not None and _DIGIT.search(below.text) and len(header_columns(unit.text)) > 1:
        return _glued(_run(units, index))
    return _flattened(units, index) or _gridded(units, index)


def _run(units: Sequence[Unit], index: int) -> list[Unit]:
    """Return the short open lines that follow each other without a blank line from *index* on."""
    run = [units[index]]
    for unit in units[index + 1 : index + _MAX_ROWS]:
        if unit.gap or not unit.open or len(unit.text) > _MAX_ROW:
            break
        run.append(unit)
    return run


def _spans(unit: Unit, cuts: Sequence[tuple[int, int]]) -> Spans:
    """Return the offsets in the document of the cells, without their outer white space."""
    spans = []
    for start, end in cuts:
        part = unit.text[start:end]
        first = unit.start + start + len(part) - len(part.lstrip())
        spans.append((first, first + len(part.strip())))
    return spans


def _separated(run: Sequence[Unit], text: str) -> tuple[int, list[Spans]] | None:
    """Read rows whose cells are parted by bars, tabs or wide gaps, the same number in each."""
    rows: list[Spans] = []
    count = 0
    for unit in run:
        if not _RULE.fullmatch(unit.text):
            row = _row(unit, text)
            if len(row) < 2 or (rows and len(row) != len(rows[0])):
                break
            rows.append(row)
        count += 1
    return (count, rows) if len(rows) >= 2 and _has_figures(run[:count]) else None


def _has_figures(run: Sequence[Unit]) -> bool:
    """Tell whether rows parted by full-width spaces alone hold numbers: names do not."""
    if any(_WIDE not in unit.text for unit in run):
        return True
    return sum(1 for unit in run if _DIGIT.search(unit.text)) * 2 >= len(run)


def _row(unit: Unit, text: str) -> Spans:
    """Return the cells of a line; none if one is too long to be a cell."""
    line = unit.text
    cuts, position = [], 1 if line.startswith("|") else 0
    end = len(line) - (1 if line.endswith("|") and len(line) > 1 else 0)
    separators = list(_SEPARATOR.finditer(line, position, end))
    for separator in separators:
        cuts.append((position, separator.start()))
        position = separator.end()
    cuts.append((position, end))
    drawn = any("|" in separator[0] or "\t" in separator[0] for separator in separators)
    if any(b - a > (_MAX_CELL if drawn else _MAX_LOOSE_CELL) for a, b in cuts):
        return []
    # Tabs at the ends of the line were taken for white space: they part empty cells.
    before = text.count("\t", text.rfind("\n", 0, unit.start) + 1, unit.start)
    stop = text.find("\n", unit.end)
    after = text.count("\t", unit.end, stop if stop >= 0 else len(text))
    empty = [(unit.start, unit.start)] * before
    return empty + _spans(unit, cuts) + [(unit.end, unit.end)] * after


def _glued(run: Sequence[Unit]) -> tuple[int, list[Spans]] | None:
    """Read a header without digits and at least two rows whose cells touch each other."""
    header, rows = run[0], run[1:]
    if len(rows) < 2 or _DIGIT.search(header.text) or header.finished:
        return None
    while rows and not _DIGIT.search(rows[-1].text):
        rows = rows[:-1]
    columns = header_columns(header.text)
    if len(rows) < 2 or len(columns) < 2:
        return None
    lines = [row.text for row in rows]
    types: tuple[str, ...] | None = tuple(column_type(header.text[a:b]) for a, b in columns)
    cuts = cut_rows(lines, types) if types and "integer" in types else None
    if cuts is None:
        types = infer_types(lines, len(columns))
        cuts = cut_rows(lines, types) if types else None
    if cuts is None:
        return None
    body = [_spans(row, cut) for row, cut in zip(rows, cuts, strict=True)]
    return 1 + len(rows), [_spans(header, columns), *body]


def _flattened(units: Sequence[Unit], index: int) -> tuple[int, list[Spans]] | None:
    """Read a table with one cell to a line: header words first, then rows in their order."""
    titles = []
    for unit in units[index : index + 8]:
        if not unit.open or _DIGIT.search(unit.text) or not is_header_word(unit.text):
            break
        titles.append(unit)
    types = [column_type(unit.text) for unit in titles]
    if len(titles) < 2 or types[0] not in {"year", "date"} or "integer" not in types:
        return None
    rows: list[list[Unit | None]] = []
    count = len(titles)
    for unit in units[index + len(titles) : index + _MAX_ROWS]:
        if not unit.open or len(unit.text) > _MAX_ROW or not _place(unit, types, rows):
            break
        count += 1
    if len(rows) < 2:
        return None
    header = [(unit.start, unit.end) for unit in titles]
    return count, [header, *(_cells(row) for row in rows)]


def _gridded(units: Sequence[Unit], index: int) -> tuple[int, list[Spans]] | None:
    """Read one cell to a line where the lines repeat: as many titles, then rows of numbers.

    Each row begins with a year, or with words, and the rest of it are counts.
    """
    head = units[index : index + _MAX_COLUMNS + 2]
    texts = [unit.text if unit.open else "" for unit in head]
    first = next((at for at, text in enumerate(texts) if not text or _DIGIT.match(text)), 0)
    if first < 2 or not texts[first] or any(len(text) > _MAX_LOOSE_CELL for text in texts[:first]):
        return None
    if any(unit.finished for unit in head[: first - 1]):
        return None
    return _grid(units, index, first, _YEAR) or _grid(units, index, first - 1, _WORDS)


def _grid(
    units: Sequence[Unit], index: int, width: int, label: re.Pattern[str]
) -> tuple[int, list[Spans]] | None:
    """Return the table of *width* columns whose rows begin with a *label*, if there are three."""
    rows = [units[index : index + width]]
    at, gap = index + width, units[index + 1].gap
    while width > 1 and len(rows) < _MAX_ROWS:
        row = units[at : at + width]
        counts = [unit.text for unit in row[1:] if unit.open and unit.gap == gap]
        if len(counts) < width - 1 or not all(map(_COUNT.fullmatch, counts)):
            break
        if not row[0].open or not label.fullmatch(row[0].text):
            break
        rows.append(row)
        at += width
    if len(rows) < _GRID_ROWS + 1:
        return None
    return at - index, [[(unit.start, unit.end) for unit in row] for row in rows]


def _place(unit: Unit, types: Sequence[str], rows: list[list[Unit | None]]) -> bool:
    """Put a cell in the next column it fits, or at the head of a new row; False if in neither."""
    row = rows[-1] if rows else []
    for column in range(len(row), len(types) if row else 0):
        if fits(unit.text, types[column]) and (types[column] != "text" or not unit.substantial):
            if column == len(types) - 1 and fits(unit.text, types[0]):
                break
            row += [None] * (column - len(row)) + [unit]
            return True
    if fits(unit.text, types[0]):
        rows.append([unit])
        return True
    return False


def _cells(row: Sequence[Unit | None]) -> Spans:
    spans: Spans = []
    for unit in row:
        end = spans[-1][1] if spans else 0
        spans.append((unit.start, unit.end) if unit else (end, end))
    return spans
