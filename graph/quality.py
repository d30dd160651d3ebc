"""The quality queries: ``queries/qc/<name>-violation.rq``; every row is a finding.

A file begins with a header of comments::

    # Problem: This figure has no passage, so nobody can look it up.
    # Solution: Write the passage it was read from as mz:statedIn.
    # Severity: violation

and selects ``?focus``, the thing that is wrong, and if it helps ``?value``, what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple

from .errors import QueryError
from .resources import quality_query_names, query_text

_HEADER = re.compile(r"#\s*(Problem|Solution|Severity):\s*(.+)")


class Severity(StrEnum):
    """How grave a finding is; the order is that of SHACL (section 2.1.4)."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, in words for a person."""

    severity: Severity
    rule: str
    """Name of the shape (``Figure-measure``) or of the quality query (``bounds-inverted``)."""
    message: str
    focus: str
    """The thing: an IRI, a blank node label, or the file that could not be read."""
    value: str = ""
    graph: str = ""
    """The named graph or file that speaks of the thing, where it was found."""
    solution: str = ""


@dataclass(frozen=True, slots=True)
class QualityQuery:
    """A quality query with its header."""

    name: str
    problem: str
    solution: str
    severity: Severity
    text: str


@cache
def quality_queries() -> tuple[QualityQuery, ...]:
    """Return every quality query, by name.

    Raises:
        QueryError: a query lacks a header line or names an unknown severity.
    """
    return tuple(_read(name) for name in quality_query_names())


def _read(name: str) -> QualityQuery:
    text = query_text(f"qc/{name}-violation")
    header = {match[1].lower(): match[2].strip() for match in _HEADER.finditer(text)}
    try:
        severity = Severity(header["severity"].lower())
        return QualityQuery(name, header["problem"], header["solution"], severity, text)
    except (KeyError, ValueError) as error:
        raise QueryError(
            f"The header of qc/{name}-violation.rq lacks or mistakes {error}."
        ) from error


def findings_of(query: QualityQuery, store: Store) -> Iterator[Finding]:
    """Yield what *query* finds in *store*; its named graphs together are the default graph."""
    solutions = store.query(query.text, use_default_graph_as_union=True)
    assert isinstance(solutions, QuerySolutions)
    names = {variable.value for variable in solutions.variables}
    for row in solutions:
        value = row["value"] if "value" in names else None
        graph = row["graph"] if "graph" in names else None
        yield Finding(
            query.severity,
            query.name,
            query.problem,
            plain(row["focus"]),
            "" if value is None else plain(value),
            "" if graph is None else plain(graph),
            query.solution,
        )


def plain(term: NamedNode | BlankNode | Literal | Triple) -> str:
    """Return a term as a person reads it: without brackets, quotes or datatype."""
    if isinstance(term, Triple):
        return str(term)
    return term.value
