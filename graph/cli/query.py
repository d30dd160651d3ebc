"""``maizuru query``: ask a release a question of the library, or one of your own."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from .. import results
from ..errors import NotFound, QueryError
from ..questions import library, question
from ..resources import query_names
from ..store import QueryAnswer, RemoteStore, Store, open_release

FORMATS = ["table", *results.TABLES, *results.GRAPHS]


@click.command()
@click.argument("release", required=False)
@click.argument("text", metavar="QUESTION", required=False)
@click.option("-p", "--parameter", multiple=True, metavar="NAME=VALUE", help="Set a parameter.")
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), help="Default: table or ttl.")
@click.option("--list", "listing", is_flag=True, help="List the questions of the library.")
def query(
    release: str | None,
    text: str | None,
    parameter: tuple[str, ...],
    form: str | None,
    listing: bool,
) -> None:
    """Ask RELEASE (a folder or an endpoint's URL) a QUESTION.

    QUESTION is the name of a question in the library, a file that ends in .rq, “-” for standard
    input, or SPARQL itself.
    """
    if listing:
        for item in library():
            click.echo(f"{item.name:28} {item.title}")
        return
    if release is None or text is None:
        raise click.UsageError("Name a release and a question, or use --list.")
    answer = _open(release).query(_sparql(text, parameter))
    if (form is None and sys.stdout.isatty()) or form == "table":
        _print_table(answer)
        return
    default = "ttl" if type(answer).__name__ == "QueryTriples" else "csv"
    click.echo(results.write(answer, form or default), nl=False)


def _open(release: str) -> Store:
    if release.startswith(("http://", "https://")):
        return RemoteStore(release)
    return open_release(Path(release))


def _sparql(text: str, parameters: tuple[str, ...]) -> str:
    """Return the query meant by *text*, its parameters filled in."""
    values = dict(_pair(item) for item in parameters)
    if text in query_names():
        return question(text).query(values)
    if values:
        raise QueryError("Only questions of the library take parameters.")
    if text == "-":
        return sys.stdin.read()
    if text.endswith(".rq"):
        path = Path(text)
        if not path.is_file():
            raise NotFound(f"There is no file {text}.")
        return path.read_text("utf-8")
    if " " not in text.strip():
        raise NotFound(f"There is no question “{text}”; see `maizuru query --list`.")
    return text


def _pair(item: str) -> tuple[str, str]:
    name, equals, value = item.partition("=")
    if not equals:
        raise QueryError(f"“{item}” is not NAME=VALUE.")
    return name, value


def _print_table(answer: QueryAnswer) -> None:
    names, lines = results.rows(answer)
    table = Table(*names, caption=f"{len(lines)} rows")
    for line in lines:
        table.add_row(*line)
    Console().print(table)
