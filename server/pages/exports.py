"""``/exports``: the dataset in the formats of other tools, streamed as it is written."""

from __future__ import annotations

import gzip
import shutil
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Full, Queue
from typing import IO, cast

import pyoxigraph as ox
from flask import Blueprint, Response, jsonify, request

from maizuru.graph.errors import ExportError, NotFound
from maizuru.graph.export import FORMATS, Export, write_stream
from maizuru.graph.export.tables import write_table
from maizuru.graph.namespaces import PREFIXES
from maizuru.graph.release import DATA
from maizuru.graph.resources import query_names
from maizuru.graph.store import Store

from ..ask import services
from ..negotiate import Format, choose
from . import negotiated
from .layout import page
from .negotiated import HTML

pages = Blueprint("exports", __name__)

BLOCK = 256 * 1024
QUEUED = 16
"""Blocks written ahead of what the client has read."""
WAIT_SECONDS = 0.5
_JSON = Format("json", ("application/json",), HTML.engine)
_DELIMITERS = {"csv": ",", "csv-excel": ",", "tsv": "\t"}
_QUADS = {"trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}
_TRIPLES = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}

Write = Callable[[IO[bytes]], None]


class ClientGone(OSError):
    """The client reads no more, so nothing more need be written."""


class Pipe:
    """A binary file that one thread writes and another reads; nothing is held but a few blocks."""

    def __init__(self, write: Write) -> None:
        """Begin to *write* in a thread of its own."""
        self._blocks: Queue[bytes | None] = Queue(QUEUED)
        self._buffer = bytearray()
        self._gone = threading.Event()
        self._failure: BaseException | None = None
        threading.Thread(target=self._run, args=(write,), daemon=True).start()

    def _run(self, write: Write) -> None:
        try:
            write(cast(IO[bytes], self))
            self.flush_rest()
            self._put(None)
        except ClientGone:
            return
        except BaseException as error:
            self._failure = error
            self._gone.set()

    def write(self, data: bytes | memoryview) -> int:
        """Take what the export writes."""
        self._buffer += data
        if len(self._buffer) >= BLOCK:
            self.flush_rest()
        return len(data)

    def flush_rest(self) -> None:
        """Pass on what is held."""
        if self._buffer:
            self._put(bytes(self._buffer))
            self._buffer.clear()

    def flush(self) -> None:
        """Do nothing: blocks are passed on when they are full."""

    def writable(self) -> bool:
        """Return that it can be written."""
        return True

    def readable(self) -> bool:
        """Return that the writer cannot read it."""
        return False

    def seekable(self) -> bool:
        """Return that it has no places."""
        return False

    @property
    def closed(self) -> bool:
        """Return that it is open: the reader ends it."""
        return False

    def _put(self, block: bytes | None) -> None:
        while True:
            if self._gone.is_set():
                raise ClientGone
            try:
                self._blocks.put(block, timeout=WAIT_SECONDS)
                return
            except Full:
                continue

    def chunks(self) -> Iterator[bytes]:
        """Yield the blocks; raises what the writer raised, so that no half export looks whole."""
        try:
            while True:
                try:
                    block = self._blocks.get(timeout=WAIT_SECONDS)
                except Empty:
                    if self._failure is not None:
                        raise self._failure from None
                    continue
                if block is None:
                    return
                yield block
        finally:
            self._gone.set()


@pages.get("/exports")
def index() -> Response:
    """List the exports, as a page or as JSON."""
    form = choose(request.headers.get("Accept", ""), (HTML, _JSON))
    if form is _JSON:
        root = negotiated.root()
        listed = [
            {
                "name": item.name,
                "description": item.description,
                "mediaType": _media_type(item),
                "url": f"{root}/exports/{item.name}",
            }
            for item in FORMATS.values()
        ]
        response = jsonify({"exports": listed, "tables": list(query_names("export"))})
        response.headers["Vary"] = "Accept"
        return response
    return page("exports.html", exports=FORMATS.values(), tables=query_names("export"))


@pages.get("/exports/<name>")
def whole(name: str) -> Response:
    """Give the dataset in the format of that name."""
    chosen = _export(name)
    store, folder = services().store, services().texts.folder
    if chosen.folder is not None:
        return _download(_packed(chosen, store), _file_name(chosen), _media_type(chosen))
    write = _from_release(chosen, folder)
    if write is None:

        def write(output: IO[bytes]) -> None:
            write_stream(chosen, store, output, folder)

    if chosen.texts is not None and folder is None:
        raise NotFound(f"The export {name} needs texts, which are not at hand here.")
    return _download(write, _file_name(chosen), _media_type(chosen))


@pages.get("/exports/<name>/<table>")
def one_table(name: str, table: str) -> Response:
    """Give one table, ``/exports/csv/figures.csv``."""
    ending = FORMATS[name].ending if name in _DELIMITERS else ""
    stem = table.removesuffix(f".{ending}")
    if not ending:
        raise NotFound(f"Single tables are under {', '.join(_DELIMITERS)}, not “{name}”.")
    if stem not in query_names("export"):
        raise NotFound(f"There is no table “{stem}”; there are {', '.join(query_names('export'))}.")
    store = services().store

    def write(output: IO[bytes]) -> None:
        bom = name == "csv-excel"
        write_table(store, stem, output, delimiter=_DELIMITERS[name], bom=bom)

    return _download(write, f"{stem}.{ending}", _media_type(FORMATS[name], single=True))


def _export(name: str) -> Export:
    if name not in FORMATS:
        raise NotFound(f"There is no export “{name}”; there are {', '.join(FORMATS)}.")
    return FORMATS[name]


def _media_type(chosen: Export, *, single: bool = False) -> str:
    if chosen.folder is not None and chosen.name != "sqlite" and not single:
        return "application/zip"
    charset = "; charset=utf-8" if chosen.media_type.startswith("text/") else ""
    return chosen.media_type + charset


def _file_name(chosen: Export) -> str:
    several = chosen.folder is not None and chosen.name != "sqlite"
    return f"maizuru-{chosen.name}.zip" if several else f"maizuru.{chosen.ending}"


def _download(write: Write, file_name: str, media_type: str) -> Response:
    """Return what *write* writes as it comes; what fails before the first block is a refusal."""
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    headers["Cache-Control"] = "no-cache"
    if request.method == "HEAD":
        return Response(b"", content_type=media_type, headers=headers)
    chunks = Pipe(write).chunks()
    try:
        first = next(chunks, b"")
    except ExportError as error:
        raise NotFound(str(error)) from error
    return Response(_after(first, chunks), content_type=media_type, headers=headers)


def _after(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _from_release(chosen: Export, folder: Path | None) -> Write | None:
    """Return a writer that reads the release's own dump: its size then does not matter.

    None where the service takes updates, so that the dump may be older than the data, or where no
    dump is at hand, or the format is not RDF.
    """
    if services().engine.writable or folder is None:
        return None
    dump = folder.parent / DATA
    if chosen.name not in ("nquads", *_QUADS, *_TRIPLES) or not dump.is_file():
        return None

    def write(output: IO[bytes]) -> None:
        with gzip.open(dump, "rb") as lines:
            if chosen.name == "nquads":
                shutil.copyfileobj(lines, output, BLOCK)
                return
            quads = ox.parse(cast(IO[bytes], lines), format=ox.RdfFormat.N_QUADS)
            if chosen.name in _QUADS:
                ox.serialize(quads, output, _QUADS[chosen.name], prefixes=PREFIXES)
                return
            triples = (quad.triple for quad in quads)
            ox.serialize(triples, output, _TRIPLES[chosen.name], prefixes=PREFIXES)

    return write


def _packed(chosen: Export, store: Store) -> Write:
    """Return a writer of what is first made as files: SQLite as it is, folders as ZIP."""

    def write(output: IO[bytes]) -> None:
        with tempfile.TemporaryDirectory(prefix="maizuru-export-") as scratch:
            place = Path(scratch) / "export"
            assert chosen.folder is not None
            chosen.folder(store, place)
            if place.is_file():
                with place.open("rb") as file:
                    shutil.copyfileobj(file, output, BLOCK)
                return
            with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as packed:
                for path in sorted(place.iterdir()):
                    packed.write(path, path.name)

    return write
