"""The formats, as one table: name, file ending, media type, and what writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pyoxigraph import RdfFormat

from ..errors import ExportError
from ..store import Store
from . import (
    bibliography,
    mentions,
    nanopubs,
    network,
    parquet,
    places,
    rdf,
    sqlite,
    tables,
)

StreamWriter = Callable[[Store, IO[bytes]], None]
TextWriter = Callable[[Store, Path, IO[bytes]], None]
FolderWriter = Callable[[Store, Path], object]


@dataclass(frozen=True, slots=True)
class Export:
    """One format; exactly one of its writers is set."""

    name: str
    ending: str
    media_type: str
    description: str
    stream: StreamWriter | None = None
    """Writes one file as it reads the store."""
    texts: TextWriter | None = None
    """The same, but reads the texts of the release too (its folder ``documents/``)."""
    folder: FolderWriter | None = None
    """Writes to a path of its own: several files, or one that must be seekable."""


FORMATS = {
    export.name: export
    for export in (
        Export(
            "turtle", "ttl", "text/turtle", "all graphs as one", stream=rdf.union(RdfFormat.TURTLE)
        ),
        Export(
            "ntriples",
            "nt",
            "application/n-triples",
            "all graphs as one",
            stream=rdf.union(RdfFormat.N_TRIPLES),
        ),
        Export(
            "rdfxml",
            "rdf",
            "application/rdf+xml",
            "all graphs as one",
            stream=rdf.union(RdfFormat.RDF_XML),
        ),
        Export(
            "trig", "trig", "application/trig", "every graph", stream=rdf.dataset(RdfFormat.TRIG)
        ),
        Export(
            "nquads",
            "nq",
            "application/n-quads",
            "every graph",
            stream=rdf.dataset(RdfFormat.N_QUADS),
        ),
        Export(
            "jsonld",
            "jsonld",
            "application/ld+json",
            "every graph",
            stream=rdf.dataset(RdfFormat.JSON_LD),
        ),
        Export(
            "csv",
            "csv",
            "text/csv",
            "a table per class, with CSVW metadata",
            folder=tables.csv_tables,
        ),
        Export(
            "csv-excel",
            "csv",
            "text/csv",
            "the same with a byte-order mark, for Excel",
            folder=tables.excel_tables,
        ),
        Export(
            "tsv",
            "tsv",
            "text/tab-separated-values",
            "a table per class, with CSVW metadata",
            folder=tables.tsv_tables,
        ),
        Export(
            "parquet",
            "parquet",
            "application/vnd.apache.parquet",
            "a table per class",
            folder=parquet.parquet,
        ),
        Export(
            "sqlite",
            "db",
            "application/vnd.sqlite3",
            "tables, views and full-text search, for Datasette",
            folder=sqlite.sqlite,
        ),
        Export(
            "geojson",
            "geojson",
            "application/geo+json",
            "places and camps with coordinates",
            stream=places.geojson,
        ),
        Export(
            "linked-places",
            "lpf.json",
            "application/geo+json",
            "Linked Places 1.3",
            stream=places.linked_places,
        ),
        Export(
            "gexf",
            "gexf",
            "application/gexf+xml",
            "links between things, for Gephi",
            stream=network.gexf,
        ),
        Export(
            "graphml",
            "graphml",
            "application/graphml+xml",
            "links between things",
            stream=network.graphml,
        ),
        Export(
            "bibtex", "bib", "application/x-bibtex", "the references", stream=bibliography.bibtex
        ),
        Export(
            "ris",
            "ris",
            "application/x-research-info-systems",
            "the references",
            stream=bibliography.ris,
        ),
        Export(
            "csl",
            "csl.json",
            "application/vnd.citationstyles.csl+json",
            "the references, for Zotero",
            stream=bibliography.csl_json,
        ),
        Export(
            "annotations",
            "anno.jsonld",
            "application/ld+json",
            "mentions as Web Annotations",
            stream=mentions.web_annotations,
        ),
        Export(
            "conll",
            "conll",
            "text/tab-separated-values",
            "tokens with IOB2 tags",
            texts=mentions.conll,
        ),
        Export(
            "uima", "xmi", "application/vnd.xmi+xml", "mentions as UIMA XMI", texts=mentions.uima
        ),
        Export(
            "tei",
            "tei.xml",
            "application/tei+xml",
            "texts with mentions in standOff",
            texts=mentions.tei,
        ),
        Export(
            "nanopubs",
            "nanopubs.trig",
            "application/trig",
            "asserted statements as nanopublications",
            stream=nanopubs.nanopublications,
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


def export(store: Store, name: str, place: Path, texts: Path | None = None) -> None:
    """Write *store* in the format *name* to *place*, a file or, for tables, a folder.

    *texts* is the folder ``documents/`` of the release, which some formats need. Nothing half
    written stays: a file is written beside its place and renamed.

    Raises:
        ExportError: there is no such format, its texts are missing, or *place* cannot be written.
    """
    chosen = export_format(name)
    beside = place.with_name(f".{place.name}.partial")
    try:
        if chosen.folder is not None:
            chosen.folder(store, place)
            return
        try:
            with beside.open("wb") as output:
                write_stream(chosen, store, output, texts)
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(f"{place} cannot be written: {error.strerror}.") from error


def write_stream(chosen: Export, store: Store, output: IO[bytes], texts: Path | None) -> None:
    """Write a format that is one file to *output*.

    Raises:
        ExportError: it needs the texts of the release, and *texts* is None; or it is a folder.
    """
    if chosen.stream is not None:
        chosen.stream(store, output)
    elif chosen.texts is not None:
        if texts is None:
            raise ExportError(f"The export {chosen.name} needs the texts of a release.")
        chosen.texts(store, texts, output)
    else:
        raise ExportError(f"The export {chosen.name} is a folder and cannot be streamed.")
