"""The rows of ``queries/formats``: what an export reads, as text."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import QuerySolutions

from ..resources import query_text
from ..store import Store

Row = dict[str, str]


def rows(store: Store, name: str) -> Iterator[Row]:
    """Yield the rows of ``queries/formats/<name>.rq``; unbound variables are left out."""
    yield from table_rows(store, query_text(f"formats/{name}"))


def table_rows(store: Store, query: str) -> Iterator[Row]:
    """Yield the rows of a SELECT as text; unbound variables are left out."""
    answer = store.query(query)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    for solution in answer:
        pairs = zip(names, solution, strict=True)
        yield {key: str(getattr(term, "value", term)) for key, term in pairs if term is not None}
