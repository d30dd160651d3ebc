"""``/ask``: write a query, see its answer, keep its address; works without script."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, request

from maizuru.graph import results
from maizuru.graph.errors import MaizuruError
from maizuru.graph.questions import library, question

from ..ask import services
from ..guard import check_query
from ..http import Request
from .layout import bundled, page
from .questions import Cell, cell_of

pages = Blueprint("ask", __name__)


@dataclass(slots=True)
class Outcome:
    """An answer as the page shows it, or why there is none."""

    columns: list[str]
    lines: list[list[Cell]]
    seconds: float = 0.0
    graph: bool = False
    error: MaizuruError | None = None


@pages.get("/ask")
def ask() -> Response:
    """Show the form, and under it the answer if a query was sent."""
    query = request.args.get("query", "")
    outcome = _answer(query) if query.strip() else None
    forms = results.GRAPHS if outcome is not None and outcome.graph else results.TABLES
    response = page(
        "ask.html",
        query=query or question("death-toll-estimates").text.partition("\n\n")[2],
        query_given=bool(query),
        outcome=outcome,
        downloads=[(form, _download(query, form)) for form in forms] if query else [],
        library=library(),
        enhanced=bundled("ask.js"),
    )
    if outcome is not None and outcome.error is not None:
        response.status_code = outcome.error.status
    return response


def _answer(query: str) -> Outcome:
    """Run a visitor's query under the same guard and budget as the endpoint."""
    client = Request(request.environ, services().settings).client
    started = perf_counter()
    try:
        check_query(query, services().settings)
        with services().budgets.charge(client):
            answer = services().store.query(query)
            columns, lines = _table(answer)
    except MaizuruError as error:
        return Outcome([], [], error=error)
    seconds = perf_counter() - started
    return Outcome(columns, lines, seconds, isinstance(answer, ox.QueryTriples))


def _table(answer: object) -> tuple[list[str], list[list[Cell]]]:
    if isinstance(answer, ox.QueryBoolean):
        return ["answer"], [[Cell("true" if answer else "false")]]
    if isinstance(answer, ox.QuerySolutions):
        names = [variable.value for variable in answer.variables]
        return names, [[cell_of(term) for term in row] for row in answer]
    assert isinstance(answer, ox.QueryTriples)
    lines = [[cell_of(t.subject), cell_of(t.predicate), cell_of(t.object)] for t in answer]
    return ["subject", "predicate", "object"], lines


def _download(query: str, form: str) -> str:
    return f"/sparql?{urlencode({'query': query, 'format': form})}"
