"""Cut table rows whose cells were glued together, by the types of the columns.

A row such as ``1947166,240`` under *year* and *number* has one reading in which each cell looks
like its type and the widths of the cells add up to the width of the row. Where a row has several,
the one whose numbers are as wide as those of the other rows is taken; but where it is open how the
digits of two numbers are to be shared, only the sums of a row of totals decide, and without one
both cells stay empty: better no number than one cut at random.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, product
from statistics import median

from ..resources import rules

Cut = tuple[tuple[int, int], ...]
"""Start and end of each cell of a row."""

_CAMEL = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")
_TOKEN = re.compile(r"\S+")
_EMPTY = re.compile(r"[-–—]")
_LETTER = re.compile(r"[^\W\d_]")
_GROUPED = re.compile(r"\d{1,3}(?:[,.\u00a0\u202f ]\d{3})+")
_MAX_READINGS = 300
_MAX_SUMS = 20_000
_NOT_DIGIT = re.compile(r"\D")
_NUMBERS = frozenset({"integer", "percent"})


def header_columns(header: str) -> list[tuple[int, int]]:
    """Return where the columns of a header with glued cells start and end.

    Inside a cell words are parted by spaces; two cells touch. So the cuts are inside tokens: at a
    capital after a small letter, or between two known header words.
    """
    cuts = []
    for token in _TOKEN.finditer(header):
        position = token.start()
        for number, part in enumerate(_CAMEL.split(token[0])):
            if number:
                cuts.append(position)
            words = _known_words(part.lower())
            for word in words[:-1]:
                position += len(word)
                cuts.append(position)
            position += len(words[-1])
    bounds = [0, *cuts, len(header)]
    return list(pairwise(bounds))


def column_type(title: str) -> str:
    """Return the type of the column under a header cell; ``text`` if no word tells."""
    words = [word for token in title.lower().split() for word in _known_words(token)]
    kinds = {kind for word in words if (kind := _word_types().get(word))}
    return next((kind for kind in ("year", "date", "percent", "integer") if kind in kinds), "text")


def is_header_word(text: str) -> bool:
    """Tell whether *text* is made of known header words only."""
    return all(
        word in _word_types() for token in text.lower().split() for word in _known_words(token)
    )


def fits(text: str, kind: str) -> bool:
    """Tell whether a whole cell looks like its type; an empty one or a dash does."""
    return not text or bool(_EMPTY.fullmatch(text) or _cell(kind).fullmatch(text))


def cut_rows(rows: Sequence[str], types: Sequence[str]) -> list[Cut] | None:
    """Cut every row into cells of the given types; None if a row has no such reading.

    Cells of numbers that share their digits in more than one way are empty, see above.
    """
    readings: list[list[Cut]] = []
    for row in rows:
        readings.append(list(_readings(row, 0, types)))
        if not readings[-1]:
            return None
    widths = _usual_widths(readings, types)
    likeliest = [min(options, key=lambda cut: _cost(cut, types, widths)) for options in readings]
    shared = [_shared(options, types) for options in readings]
    if not any(shared):
        return likeliest
    summed = _summed(rows, readings, types)
    return summed or [_emptied(cut, cells) for cut, cells in zip(likeliest, shared, strict=True)]


def infer_types(rows: Sequence[str], columns: int = 0) -> tuple[str, ...] | None:
    """Return the column types under which all rows can be cut, the plainest first; or None.

    *columns* is the number of columns where a header tells it, otherwise two to four are tried.
    """
    counts = (columns,) if columns else (2, 3, 4)
    for count in counts:
        for types in product(("year", "date", "integer", "percent", "text"), repeat=count):
            plain = types[0] in {"year", "date", "text"} and types.count("text") <= 2
            if plain and "integer" in types and _text_apart(types) and cut_rows(rows, types):
                return types
    return None


def _text_apart(types: Sequence[str]) -> bool:
    return all(not (a == b == "text") for a, b in pairwise(types))


def _readings(row: str, start: int, types: Sequence[str]) -> Iterator[Cut]:
    """Yield the ways to read ``row[start:]`` as cells of the types, at most a few hundred."""
    if not types:
        if start == len(row):
            yield ()
        return
    found = 0
    for end in _ends(row, start, types[0], last=len(types) == 1):
        for rest in _readings(row, end, types[1:]):
            yield ((start, end), *rest)
            found += 1
            if found >= _MAX_READINGS:
                return


def _ends(row: str, start: int, kind: str, *, last: bool) -> list[int]:
    """Return where a cell of a type that begins at *start* may end, likeliest first."""
    while start < len(row) and row[start] == " ":
        start += 1
    if kind == "text":
        if last:
            whole = start == len(row) or _cell(kind).match(row, start)
            return [len(row)] if whole else []
        # A text cell before a number ends where the digits begin.
        return [m.start() for m in re.finditer(r"(?<=[^\d,.\s])\s*(?=\d)", row[start:])] and [
            start + m.start() for m in re.finditer(r"(?<=[^\d,.\s])(?=\s*\d)", row[start:])
        ]
    if match := _EMPTY.match(row, start):
        return [match.end()]
    if kind == "integer":
        return _integer_ends(row, start)
    match = _cell(kind).match(row, start)
    return [match.end()] if match else []


def _integer_ends(row: str, start: int) -> list[int]:
    """Return the ends of the integers that begin at *start*: grouped by thousands, or plain.

    A grouped number must end after a full group; a plain one must not be cut before a separator.
    """
    ends = []
    if grouped := _GROUPED.match(row, start):
        ends.append(grouped.end())
    digits = re.compile(r"\d+").match(row, start)
    if digits and not (row[start] == "0" and digits.end() - start > 1):
        for end in range(digits.end(), start, -1):
            rest = row[end : end + 1]
            if not rest or _LETTER.match(rest) or rest == " " or (rest.isdigit() and not grouped):
                ends.append(end)
    return ends


def _usual_widths(readings: Sequence[list[Cut]], types: Sequence[str]) -> list[float]:
    sure = [options[0] for options in readings if len(options) == 1] or [r[0] for r in readings]
    return [median(end - start for start, end in column) for column in zip(*sure, strict=True)]


def _cost(cut: Cut, types: Sequence[str], widths: Sequence[float]) -> float:
    """Return how unlike the other rows a reading is: numbers too wide or narrow, gaps, digits."""
    return sum(
        abs((end - start) - width) + (3 if end == start else 0)
        for (start, end), kind, width in zip(cut, types, widths, strict=True)
        if kind != "text"
    )


def _shared(options: Sequence[Cut], types: Sequence[str]) -> frozenset[int]:
    """Return the columns of numbers that touch at a place on which the readings disagree."""
    found: set[int] = set()
    for column, pair in enumerate(pairwise(types)):
        if set(pair) <= _NUMBERS and len({cut[column][1] for cut in options}) > 1:
            found |= {column, column + 1}
    return frozenset(found)


def _emptied(cut: Cut, columns: frozenset[int]) -> Cut:
    return tuple(
        (start, start) if column in columns else (start, end)
        for column, (start, end) in enumerate(cut)
    )


def _summed(
    rows: Sequence[str], readings: Sequence[Sequence[Cut]], types: Sequence[str]
) -> list[Cut] | None:
    """Return the only reading in which each column of numbers adds up to the row of totals."""
    words: list[str] = rules("structure_tables")["totals"]
    totals = [i for i, row in enumerate(rows) if row.strip().lower().startswith(tuple(words))]
    if len(totals) != 1:
        return None
    columns = [column for column, kind in enumerate(types) if kind == "integer"]
    found: dict[tuple[int, ...], list[Cut] | None] = {(0,) * len(columns): []}
    for index, options in enumerate(readings):
        sign = -1 if index in totals else 1
        found = _added(found, rows[index], options, columns, sign)
        if len(found) > _MAX_SUMS:
            return None
    return found.get((0,) * len(columns))


def _added(
    found: dict[tuple[int, ...], list[Cut] | None],
    row: str,
    options: Sequence[Cut],
    columns: Sequence[int],
    sign: int,
) -> dict[tuple[int, ...], list[Cut] | None]:
    """Return the sums with one more row: how each is reached, or None if in several ways."""
    sums: dict[tuple[int, ...], list[Cut] | None] = {}
    for cut in options:
        values = [sign * int(_NOT_DIGIT.sub("", row[slice(*cut[c])]) or 0) for c in columns]
        for before, cuts in found.items():
            key = tuple(a + b for a, b in zip(before, values, strict=True))
            sums[key] = None if key in sums or cuts is None else [*cuts, cut]
    return sums


@cache
def _cell(kind: str) -> re.Pattern[str]:
    return re.compile(rules("structure_tables")["cell"][kind])


@cache
def _word_types() -> dict[str, str]:
    listed: dict[str, list[str]] = rules("structure_tables")["header"]
    return {word: kind for kind, words in listed.items() for word in words}


@cache
def _known_words(token: str) -> tuple[str, ...]:
    """Return *token* as the fewest known header words it is made of, or itself if it is not."""
    known = _word_types()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(token)
    for end in range(1, len(token) + 1):
        for start in range(max(0, end - 24), end):
            before = best[start]
            if before is not None and token[start:end] in known:
                words = (*before, token[start:end])
                current = best[end]
                if current is None or len(words) < len(current):
                    best[end] = words
    return best[len(token)] or (token,)
