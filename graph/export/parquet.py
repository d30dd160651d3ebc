"""The tables as Parquet files, by DuckDB (the ``parquet`` extra)."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ..errors import ExportError
from ..resources import query_names
from ..store import Store
from .tables import write_table

_TYPES = {
    "integer": "BIGINT",
    "nonNegativeInteger": "BIGINT",
    "decimal": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
"""DuckDB's types of the CSVW datatypes; everything else is text, so that “007” stays as it is."""


def parquet(store: Store, folder: Path) -> dict[str, int]:
    """Write every table as ``<table>.parquet``; return rows by table.

    Raises:
        ExportError: DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise ExportError("Parquet needs DuckDB: pip install 'maizuru[parquet]'.") from error
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    with TemporaryDirectory() as scratch, duckdb.connect() as database:
        for name in query_names("export"):
            path = Path(scratch) / f"{name}.csv"
            with path.open("wb") as output:
                made = write_table(store, name, output, guard=str)
            counts[name] = made.rows
            types = {
                column: _TYPES.get(datatype, "VARCHAR")
                for column, datatype in zip(made.columns, made.datatypes, strict=True)
            }
            source = database.read_csv(str(path), header=True, columns=types, auto_detect=False)
            source.write_parquet(str(folder / f"{name}.parquet"))
    return counts
