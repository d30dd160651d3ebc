"""Tables: one CSV or TSV per class, with CSVW metadata (Tabular Data on the Web, W3C 2015).

What a table holds is one query of ``queries/export/``. Cells that a spreadsheet would take for a
formula get an apostrophe in front (OWASP, CSV injection); numbers are left alone.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pyoxigraph import Literal, QuerySolutions

from ..errors import NotFound
from ..namespaces import expand
from ..questions import parse
from ..resources import query_names, query_text
from ..store import Store

_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r]")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
BOM = "\ufeff"
"""Lets Excel see that a file is UTF-8."""

_CSVW_TYPES = {
    expand("xsd:integer"): "integer",
    expand("xsd:nonNegativeInteger"): "nonNegativeInteger",
    expand("xsd:decimal"): "decimal",
    expand("xsd:boolean"): "boolean",
    expand("xsd:date"): "date",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns and its rows, read as they are asked for."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]
    """Terms of pyoxigraph, or None in an empty cell."""


def table(store: Store, name: str) -> Table:
    """Return a table by name, ``persons`` or ``figures``.

    Raises:
        NotFound: there is no such table.
    """
    if name not in query_names("export"):
        raise NotFound(f"There is no table “{name}”; there are {', '.join(query_names('export'))}.")
    question = parse(name, query_text(f"export/{name}"))
    answer = store.query(question.text)
    assert isinstance(answer, QuerySolutions)
    columns = tuple(variable.value for variable in answer.variables)
    return Table(name, question.title, columns, (tuple(row) for row in answer))


def written(term: Any) -> str:
    """Return the text of a cell."""
    return "" if term is None else str(getattr(term, "value", term))


def guarded(cell: str) -> str:
    """Return *cell* so that no spreadsheet takes it for a formula."""
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


@dataclass(frozen=True, slots=True)
class Written:
    """What a table turned out to be when it was written."""

    name: str
    title: str
    columns: tuple[str, ...]
    datatypes: tuple[str, ...]
    """By column the CSVW datatype that all its cells share, else ``string``."""
    rows: int


def write_table(
    store: Store,
    name: str,
    output: IO[bytes],
    *,
    delimiter: str = ",",
    bom: bool = False,
    guard: Callable[[str], str] = guarded,
) -> Written:
    """Write one table as CSV (RFC 4180) or TSV, in one pass over its rows.

    *guard* is applied to every cell; give `str` where no spreadsheet will read the file.
    """
    found = table(store, name)
    kinds: list[set[str]] = [set() for _ in found.columns]
    text = io.TextIOWrapper(output, encoding="utf-8", newline="", write_through=True)
    try:
        if bom:
            text.write(BOM)
        writer = csv.writer(text, delimiter=delimiter)
        writer.writerow(found.columns)
        count = 0
        for row in found.rows:
            writer.writerow([guard(written(term)) for term in row])
            for cell, kind in zip(row, kinds, strict=True):
                if cell is not None:
                    kind.add(_datatype(cell))
            count += 1
    finally:
        text.detach()
    shared = tuple(kind.pop() if len(kind) == 1 else "string" for kind in kinds)
    return Written(name, found.title, found.columns, shared, count)


def write_tables(
    store: Store, folder: Path, *, extension: str = "csv", delimiter: str = ",", bom: bool = False
) -> dict[str, int]:
    """Write every table into *folder* with ``csv-metadata.json``; return rows by table."""
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    schemas: list[dict[str, Any]] = []
    for name in query_names("export"):
        with (folder / f"{name}.{extension}").open("wb") as output:
            made = write_table(store, name, output, delimiter=delimiter, bom=bom)
        counts[name] = made.rows
        schemas.append(_schema(made, f"{name}.{extension}"))
    metadata = csvw(schemas, delimiter)
    text = json.dumps(metadata, ensure_ascii=False, indent=1) + "\n"
    (folder / "csv-metadata.json").write_text(text, encoding="utf-8")
    return counts


def csv_tables(store: Store, folder: Path) -> dict[str, int]:
    """Write every table as CSV."""
    return write_tables(store, folder)


def excel_tables(store: Store, folder: Path) -> dict[str, int]:
    """Write every table as CSV with the byte-order mark Excel needs to see UTF-8."""
    return write_tables(store, folder, bom=True)


def tsv_tables(store: Store, folder: Path) -> dict[str, int]:
    """Write every table as TSV."""
    return write_tables(store, folder, extension="tsv", delimiter="\t")


def csvw(schemas: Sequence[dict[str, Any]], delimiter: str) -> dict[str, Any]:
    """Return the metadata of a table group."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dialect": {"delimiter": delimiter, "header": True, "encoding": "utf-8"},
        "tables": list(schemas),
    }


def _schema(made: Written, url: str) -> dict[str, Any]:
    columns = [
        {"name": column, "titles": column.replace("_", " "), "datatype": datatype}
        for column, datatype in zip(made.columns, made.datatypes, strict=True)
    ]
    schema: dict[str, Any] = {"columns": columns}
    if "id" in made.columns:
        schema |= {"primaryKey": "id", "aboutUrl": "{+id}"}
    return {"url": url, "dc:title": made.title, "tableSchema": schema}


def _datatype(term: Any) -> str:
    if isinstance(term, Literal):
        return _CSVW_TYPES.get(term.datatype.value, "string")
    return "anyURI"
