"""``/queries``: the question library as pages and as data."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, request

from maizuru.graph import results
from maizuru.graph.errors import NotFound
from maizuru.graph.questions import Question, library, question

from ..ask import answer_table, services, short
from ..i18n import language_of
from .layout import page, path_of, quoted, word
from .paging import part
from .sources import source_names

pages = Blueprint("questions", __name__)

_MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}


SHOWN, LONGEST = 100, 300
"""Rows on a page, and letters of a cell; files of results hold all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table of results."""

    text: str
    href: str = ""
    number: bool = False


@pages.get("/queries")
def index() -> Response:
    """List the questions."""
    return page("questions.html", library=library())


@pages.get("/queries/<name>")
def show(name: str) -> Response:
    """Answer a question as a page, or as data when the name ends in a format."""
    stem, dot, form = name.rpartition(".")
    if dot and form in _MEDIA_TYPES:
        return _data(question(stem), form)
    if dot:
        offered = ", ".join(_MEDIA_TYPES)
        raise NotFound(f"There is no format “{form}”; there are {offered}.")
    return _page(question(name))


def _values() -> dict[str, str]:
    return {name: value for name, value in request.args.items() if name not in ("lang", "from")}


def _data(item: Question, form: str) -> Response:
    body = results.write(services().store.query(item.query(_values())), form)
    response = Response(body, content_type=_MEDIA_TYPES[form])
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def _page(item: Question) -> Response:
    values = _values()
    sparql = item.query(values)
    table = answer_table(sparql)
    shown = part(table.rows, SHOWN)
    return page(
        "question.html",
        item=item,
        values=values,
        sparql=sparql.partition("\n\n")[2] or sparql,
        forms=list(results.TABLES),
        permalink=_address(item, values, ""),
        samples=_samples(_address(item, values, ".csv")),
        columns=table.names,
        shown=shown,
        lines=[[cell_of(row.get(name)) for name in table.names] for row in shown.items],
    )


def _address(item: Question, values: dict[str, str], ending: str) -> str:
    """Return the full address of a question with its parameters."""
    asked = f"?{urlencode(values)}" if values else ""
    return f"{request.url_root}queries/{item.name}{ending}{asked}"


def _samples(address: str) -> list[tuple[str, str]]:
    """Return how programs ask: for the table, at an address that stays."""
    return [
        ("curl", f"curl '{address}'"),
        ("Python", f'import pandas\n\ntable = pandas.read_csv("{address}")\nprint(table)'),
        ("R", f'table <- read.csv("{address}", encoding = "UTF-8")\nprint(table)'),
        (
            "JavaScript",
            f'const answer = await fetch("{address.replace(".csv", ".json")}");\n'
            "const { results } = await answer.json();\n"
            "console.table(results.bindings);",
        ),
    ]


def cell_of(term: object) -> Cell:
    """Return a term as a cell: linked if it is ours, set to the right if it is a number."""
    if isinstance(term, ox.NamedNode):
        own = term.value.removeprefix(f"{services().settings.base}id/")
        known = word(term.value, language_of(request)) or short(own)
        return Cell(source_names().get(term.value, known), path_of(term.value))
    if isinstance(term, ox.Literal):
        number = term.datatype.value.rpartition("#")[2] in ("integer", "decimal", "double")
        return Cell(quoted(term.value, LONGEST), number=number)
    return Cell("" if term is None else str(term))
