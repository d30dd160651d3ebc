"""The formats, as one table: name, file ending, media type, and what writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pyoxigraph import RdfFormat

from ..errors import ExportError
from ..store import Store
from . import rdf, tables

StreamWriter = Callable[[Store, IO[bytes]], object]
FolderWriter = Callable[[Store, Path], object]


@dataclass(frozen=True, slots=True)
class Export:
    """One format. It has either a stream writer (one file) or a folder writer (several)."""

    name: str
    ending: str
    media_type: str
    description: str
    stream: StreamWriter | None = None
    folder: FolderWriter | None = None


FORMATS = {
    export.name: export
    for export in (
        Export("turtle", "ttl", "text/turtle", "all graphs as one", rdf.union(RdfFormat.TURTLE)),
        Export(
            "ntriples",
            "nt",
            "application/n-triples",
            "all graphs as one",
            rdf.union(RdfFormat.N_TRIPLES),
        ),
        Export(
            "rdfxml",
            "rdf",
            "application/rdf+xml",
            "all graphs as one",
            rdf.union(RdfFormat.RDF_XML),
        ),
        Export("trig", "trig", "application/trig", "every graph", rdf.dataset(RdfFormat.TRIG)),
        Export(
            "nquads", "nq", "application/n-quads", "every graph", rdf.dataset(RdfFormat.N_QUADS)
        ),
        Export(
            "jsonld", "jsonld", "application/ld+json", "every graph", rdf.dataset(RdfFormat.JSON_LD)
        ),
        Export(
            "csv",
            "csv",
            "text/csv",
            "a table per class with CSVW metadata",
            folder=tables.write_tables,
        ),
        Export(
            "tsv",
            "tsv",
            "text/tab-separated-values",
            "a table per class with CSVW metadata",
            folder=lambda store, place: tables.write_tables(
                store, place, extension="tsv", delimiter="\t"
            ),
        ),
    )
}


def export_format(name: str) -> Export:
    """Return the format of that name.

    Raises:
        ExportError: there is none.
    """
    if name not in FORMATS:
        raise ExportError(f"There is no export “{name}”; there are {', '.join(FORMATS)}.")
    return FORMATS[name]


def export(store: Store, name: str, place: Path) -> None:
    """Write *store* in the format *name* to *place*, a file or, for tables, a folder.

    Nothing half written stays: a file is written beside its place and renamed.

    Raises:
        ExportError: there is no such format, or *place* cannot be written.
    """
    chosen = export_format(name)
    try:
        if chosen.folder is not None:
            chosen.folder(store, place)
            return
        assert chosen.stream is not None
        beside = place.with_name(f".{place.name}.partial")
        try:
            with beside.open("wb") as output:
                chosen.stream(store, output)
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(f"{place} cannot be written: {error.strerror}.") from error
