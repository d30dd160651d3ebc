"""Query results for people and pipes: the formats a result can be written in."""

from __future__ import annotations

from typing import cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    serialize,
)

from .errors import QueryError
from .namespaces import PREFIXES
from .store import QueryAnswer

TABLES = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
"""Formats of SELECT and ASK results, by the name a user gives."""

GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
"""Formats of CONSTRUCT and DESCRIBE results."""


def write(answer: QueryAnswer, form: str) -> bytes:
    """Return *answer* in the format of that name.

    Raises:
        QueryError: there is no such format, or it does not fit this kind of answer.
    """
    if isinstance(answer, QueryTriples):
        if form not in GRAPHS:
            raise QueryError(f"A graph can be written as {', '.join(GRAPHS)}, not as {form}.")
        written = serialize(answer, format=GRAPHS[form], prefixes=PREFIXES)
    else:
        if form not in TABLES:
            raise QueryError(f"A table can be written as {', '.join(TABLES)}, not as {form}.")
        if isinstance(answer, QueryBoolean) and form in ("csv", "tsv"):
            return f"{str(bool(answer)).lower()}\n".encode()
        written = cast(QuerySolutions, answer).serialize(format=TABLES[form])
    assert written is not None
    return written


def rows(answer: QueryAnswer) -> tuple[list[str], list[list[str]]]:
    """Return the columns and the cells of a table, as a person reads them."""
    if isinstance(answer, QueryBoolean):
        return ["answer"], [["yes" if answer else "no"]]
    if isinstance(answer, QueryTriples):
        lines = [[_cell(t.subject), _cell(t.predicate), _cell(t.object)] for t in answer]
        return ["subject", "predicate", "object"], lines
    names = [variable.value for variable in answer.variables]
    return names, [["" if v is None else _cell(v) for v in solution] for solution in answer]


def _cell(term: object) -> str:
    """Return a term without its brackets and datatype, and IRIs of known prefixes shortened."""
    value = str(getattr(term, "value", term))
    for prefix, start in PREFIXES.items():
        if value.startswith(start) and value != start:
            return f"{prefix}:{value.removeprefix(start)}"
    return value
