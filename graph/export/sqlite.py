"""The tables as one SQLite file with full-text search, ready for Datasette."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from pyoxigraph import Literal

from ..namespaces import expand
from ..resources import query_names
from ..store import Store
from .tables import Table, table, written

_NUMBERS = {expand("xsd:integer"), expand("xsd:nonNegativeInteger"), expand("xsd:decimal")}
SEARCHED = {
    "figures": "quote",
    "statements": "quote",
    "mentions": "quote",
    "references": "citation",
}
"""Tables with full-text search, and the column that is searched."""


def sqlite(store: Store, place: Path) -> dict[str, int]:
    """Write the file; return the number of rows by table.

    Each table of the exports is a table of the same name; ``works_of_fact`` and ``places_located``
    are views.
    """
    place.unlink(missing_ok=True)
    database = sqlite3.connect(place)
    try:
        counts = {name: _copy(database, table(store, name)) for name in query_names("export")}
        for name, column in SEARCHED.items():
            _index(database, name, column)
        _views(database)
        database.commit()
        return counts
    finally:
        database.close()


def _copy(database: sqlite3.Connection, found: Table) -> int:
    """Copy one table; bounds and counts are stored as numbers, everything else as text."""
    columns = ", ".join(f'"{column}"' for column in found.columns)
    database.execute(f'CREATE TABLE "{found.name}" ({columns})')
    marks = ", ".join("?" for _ in found.columns)
    cursor = database.executemany(
        f'INSERT INTO "{found.name}" VALUES ({marks})',
        ([_value(term) for term in row] for row in found.rows),
    )
    return cursor.rowcount


def _value(term: Any) -> str | int | float | None:
    if isinstance(term, Literal) and term.datatype.value in _NUMBERS:
        number = float(term.value)
        return int(number) if number.is_integer() else number
    return None if term is None else written(term)


def _index(database: sqlite3.Connection, name: str, column: str) -> None:
    """Add full-text search over one column (FTS5, content in the table itself)."""
    database.execute(
        f'CREATE VIRTUAL TABLE "{name}_fts" USING fts5("{column}", content="{name}", '
        "tokenize='trigram')"
    )
    database.execute(f'INSERT INTO "{name}_fts"("{name}_fts") VALUES (\'rebuild\')')


def _views(database: sqlite3.Connection) -> None:
    database.execute(
        'CREATE VIEW works_of_fact AS SELECT * FROM "works" WHERE id NOT IN '
        '(SELECT id FROM "fiction")'
    )
    database.execute('CREATE VIEW places_located AS SELECT * FROM "places" WHERE lat IS NOT NULL')
