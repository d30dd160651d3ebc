"""Changes of a dataset in memory, made durable before they are acknowledged.

``changes/current`` names a base and a log. The base is the release's ``data.nq.gz`` or a later
checkpoint; the log has one record for each change: length, CRC-32, the update's text. A record is
written and flushed to the disk before anybody hears of its change; what a crash leaves of an
unfinished record at the end of the log is dropped, anything else that is wrong is refused.

An update whose outcome depends on the moment (NOW, RAND, UUID, BNODE) or on an order the engine is
free to choose (LIMIT, SAMPLE, GROUP_CONCAT) cannot be replayed: a checkpoint is written instead.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from maizuru.graph.errors import StoreError
from maizuru.graph.store import DATA
from maizuru.graph.store.release import file_digest, load_into

from ..changes import apply_update

FOLDER = "changes"
CURRENT = "current"
CHECKPOINT_BYTES = 256 * 1024 * 1024
"""Length of a log after which a checkpoint is written."""
_RECORD = struct.Struct("!QI")
_EMPTY_GRAPH = b"# graph "
_UNREPEATABLE = re.compile(
    r"\b(NOW|RAND|UUID|STRUUID|BNODE|LIMIT|OFFSET|SAMPLE|GROUP_CONCAT|SERVICE)\b", re.IGNORECASE
)


def is_repeatable(text: str) -> bool:
    """Tell whether an update always does the same to the same data."""
    return _UNREPEATABLE.search(text) is None


class Journal:
    """The changes of one release folder."""

    def __init__(self, release: Path) -> None:
        """Find what is there; nothing is written before the first change.

        Raises:
            StoreError: the changes belong to other data, or are damaged.
        """
        self._release = release
        self._folder = release / FOLDER
        self.count = 0
        """Changes made durable since the release was built."""
        self._length = 0
        self._state: dict[str, Any] = {}
        current = self._folder / CURRENT
        if current.is_file():
            try:
                self._state = json.loads(current.read_text("utf-8"))
                self.count = int(self._state["count"])
                origin = str(self._state["release"])
            except (ValueError, KeyError, TypeError) as error:
                raise StoreError("The changes of this release are damaged: current") from error
            if origin != file_digest(release / DATA):
                raise StoreError(
                    "The folder changes/ belongs to another build of this release; restore the "
                    "build it was made on, or remove the folder"
                )

    def load(self, store: ox.Store) -> None:
        """Load base and changes into an empty store.

        Raises:
            StoreError: a file is missing or damaged.
        """
        base = self._state.get("base")
        if base is None:
            load_into(store, self._release / DATA)
        else:
            path = self._folder / str(base)
            if not path.is_file() or file_digest(path) != self._state.get("sha256"):
                raise StoreError(f"The checkpoint {base} is missing or damaged")
            load_into(store, path)
            _load_empty_graphs(store, path)
        if self._state:
            for text in self._records(self._folder / str(self._state["log"])):
                apply_update(store, text)
                self.count += 1

    def append(self, text: str, store: ox.Store) -> None:
        """Make a change durable that *store* already has.

        Raises:
            StoreError: it cannot be written; the change must not be acknowledged.
        """
        try:
            if not is_repeatable(text) or self._length > CHECKPOINT_BYTES:
                self._checkpoint(store)
                return
            if not self._state:
                self._begin(None, "")
            data = text.encode("utf-8", "surrogatepass")
            record = _RECORD.pack(len(data), zlib.crc32(data)) + data
            with (self._folder / str(self._state["log"])).open("r+b") as log:
                log.truncate(self._length)
                log.seek(self._length)
                log.write(record)
                log.flush()
                os.fsync(log.fileno())
        except OSError as error:
            raise StoreError("The change cannot be made durable: the disk refuses it") from error
        self._length += len(record)
        self.count += 1

    def _checkpoint(self, store: ox.Store) -> None:
        """Write the whole dataset as a new base, with an empty log."""
        self._folder.mkdir(exist_ok=True)
        name = f"base-{self.count + 1}.nq.gz"
        path = self._folder / name
        with path.open("wb") as raw:
            with gzip.GzipFile("", "wb", 1, raw, mtime=0) as out:
                for graph in store.named_graphs():
                    out.write(_EMPTY_GRAPH + str(graph).encode() + b"\n")
                store.dump(cast(IO[bytes], out), ox.RdfFormat.N_QUADS)
            raw.flush()
            os.fsync(raw.fileno())
        earlier = dict(self._state)
        self.count += 1
        self._begin(name, file_digest(path))
        for key in ("base", "log"):
            if earlier.get(key):
                (self._folder / str(earlier[key])).unlink(missing_ok=True)

    def _begin(self, base: str | None, digest: str) -> None:
        """Start an empty log on a base, and make both the current ones at one stroke."""
        self._folder.mkdir(exist_ok=True)
        log = f"log-{self.count}"
        (self._folder / log).write_bytes(b"")
        self._state = {
            "release": file_digest(self._release / DATA),
            "base": base,
            "sha256": digest,
            "log": log,
            "count": self.count,
        }
        beside = self._folder / (CURRENT + ".new")
        with beside.open("w", encoding="utf-8") as file:
            json.dump(self._state, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, self._folder / CURRENT)
        for folder in (self._folder, self._release):
            handle = os.open(folder, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)
        self._length = 0

    def _records(self, path: Path) -> Iterator[str]:
        """Yield the texts of a log, and note how far it is sound."""
        if not path.is_file():
            raise StoreError(f"The log {path.name} of changes is missing")
        data = path.read_bytes()
        while len(data) - self._length >= _RECORD.size:
            length, checksum = _RECORD.unpack_from(data, self._length)
            start = self._length + _RECORD.size
            record = data[start : start + length]
            if len(record) < length:
                return
            if zlib.crc32(record) != checksum:
                if start + length >= len(data):
                    return
                raise StoreError(f"The log {path.name} of changes is damaged at {self._length}")
            self._length = start + length
            yield record.decode("utf-8", "surrogatepass")


def _load_empty_graphs(store: ox.Store, path: Path) -> None:
    """Make the graphs that a checkpoint names, of which some may hold nothing."""
    with gzip.open(path, "rb") as lines:
        for line in lines:
            if not line.startswith(_EMPTY_GRAPH):
                return
            name = line[len(_EMPTY_GRAPH) :].strip().decode()
            if name.startswith("<"):
                store.add_graph(ox.NamedNode(name[1:-1]))
