"""Ask the dataset for a page: a query of ``queries/pages``, labelled for the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

import pyoxigraph as ox
from flask import current_app

from maizuru.graph.namespaces import PREFIXES
from maizuru.graph.questions import Question, parse
from maizuru.graph.resources import query_text

from .app import EXTENSION, Services

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = dict[str, Term]


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
    answer = services().store.query(query)
    solutions = cast(ox.QuerySolutions, answer)
    names = [variable.value for variable in solutions.variables]
    return [
        {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for row in solutions
    ]


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
    return str(getattr(row.get(name), "value", default))


def short(iri: str) -> str:
    """Return an IRI with its prefix shortened."""
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and iri != start:
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri


def best_label(labels: Sequence[ox.Literal], language: str) -> ox.Literal | None:
    """Return the label in *language*, else English, else any: the page shows which it is."""
    for wanted in (language, "en"):
        for label in labels:
            if label.language == wanted:
                return label
    return labels[0] if labels else None
