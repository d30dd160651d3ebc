"""Ask the dataset for a page: a query of ``queries/pages``, labelled for the reader."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import cast

import pyoxigraph as ox
from flask import current_app

from maizuru.graph.namespaces import PREFIXES
from maizuru.graph.questions import Question, parse
from maizuru.graph.resources import query_text

from .app import EXTENSION, Services

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = dict[str, Term]
MANY = 400
"""Things asked for in one query."""


def services() -> Services:
    """Return what the application was made with."""
    return cast(Services, current_app.extensions[EXTENSION])


@cache
def _page_query(name: str) -> Question:
    return parse(name, query_text(f"pages/{name}"))


def rows(name: str, **values: str) -> list[Row]:
    """Return the rows of ``queries/pages/<name>.rq``; unbound variables are left out.

    Raises:
        QueryError, LimitExceeded: as `Store.query`.
    """
    return answer_rows(_page_query(name).query(values))


def answer_rows(query: str) -> list[Row]:
    """Return the rows of a SELECT; unbound variables are left out."""
    return answer_table(query).rows


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a SELECT: its variables in order, and its rows."""

    names: list[str]
    rows: list[Row]


def answer_table(query: str) -> Table:
    """Return the answer to a SELECT.

    It is kept until the dataset changes: rows are shared, and not to be altered.
    """
    return _kept(query, lambda: _evaluated(query))


def rows_of_many(
    name: str, parameter: str, wanted: Iterable[str], *, keep: bool = True
) -> Iterator[Row]:
    """Yield the rows of ``queries/pages/<name>.rq`` for all that is wanted, many in each query.

    Those that go into `kept_rows` need not be kept by themselves.
    """
    ordered = sorted(set(wanted))
    for start in range(0, len(ordered), MANY):
        query = _page_query(name).query({parameter: " ".join(ordered[start : start + MANY])})
        yield from (answer_rows(query) if keep else _evaluated(query).rows)


def kept_rows(key: str, make: Callable[[], list[Row]]) -> list[Row]:
    """Return what *make* gathers from several answers, kept like an answer under *key*.

    Rows are shared, and not to be altered.
    """
    return _kept(key, lambda: Table([], make())).rows


def _kept(key: str, make: Callable[[], Table]) -> Table:
    kept = cast(_Kept, current_app.extensions.setdefault("maizuru-rows", _Kept()))
    version = services().engine.version()
    found = kept.get(version, key)
    if found is None:
        found = make()
        kept.put(version, key, found)
    return found


def _evaluated(query: str) -> Table:
    answer = services().store.query(query)
    solutions = cast(ox.QuerySolutions, answer)
    names = [variable.value for variable in solutions.variables]
    found = [
        {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for row in solutions
    ]
    return Table(names, found)


class _Kept:
    """The answers to the pages' own queries on one version of the dataset, oldest out first."""

    MOST_ROWS = 50_000

    def __init__(self) -> None:
        self._lock = Lock()
        self._version = ""
        self._answers: OrderedDict[str, Table] = OrderedDict()
        self._rows = 0

    def get(self, version: str, query: str) -> Table | None:
        """Return the answer if it is kept and of this *version*."""
        with self._lock:
            if version != self._version or query not in self._answers:
                return None
            self._answers.move_to_end(query)
            return self._answers[query]

    def put(self, version: str, query: str, found: Table) -> None:
        """Keep an answer, and let go of the oldest beyond `MOST_ROWS` rows."""
        with self._lock:
            if version != self._version:
                self._version, self._rows = version, 0
                self._answers.clear()
            if query in self._answers:
                return
            self._answers[query] = found
            self._rows += len(found.rows) + 1
            while self._rows > self.MOST_ROWS and self._answers:
                _, dropped = self._answers.popitem(last=False)
                self._rows -= len(dropped.rows) + 1


@dataclass(frozen=True, slots=True)
class Named:
    """A thing and the name to show for it; *language* is that of the name."""

    iri: str
    label: str
    language: str = ""


def label_of(row: Row, name: str) -> Named:
    """Return the thing in column *name*, labelled by column ``<name>_label`` if that is bound."""
    term = row[name]
    label = row.get(f"{name}_label")
    iri = term.value if isinstance(term, ox.NamedNode) else ""
    if isinstance(label, ox.Literal):
        return Named(iri, label.value, label.language or "")
    if isinstance(term, ox.Literal):
        return Named("", term.value, term.language or "")
    return Named(iri, short(iri))


def text(row: Row, name: str, default: str = "") -> str:
    """Return the text of a column, or *default* where it is unbound."""
    return text_of(row.get(name), default)


def text_of(term: Term | None, default: str = "") -> str:
    """Return the text of an IRI, a blank node or a literal, or *default* where there is none."""
    return str(getattr(term, "value", default))


def short(iri: str) -> str:
    """Return an IRI with its prefix shortened."""
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and iri != start:
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri
