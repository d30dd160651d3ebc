"""The data of a release: ``data.nq.gz``, its checksum and count and, when large, ``store/``.

``data.nq.gz`` is sorted N-Quads and byte-identical for the same quads. Up to `MEMORY_QUADS` quads
are served from memory; above that ``store/`` is written too, and served from disk; and beside it
``union/``, where two graphs hold the same triple.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from ..errors import ReleaseError, StoreError
from ..release import DATA, write_data
from ..sorting import sorted_unique
from .local import DiskStore, MemoryStore
from .protocol import Store
from .sums import SUMS, write_sums
from .union import load_union

CHECKSUM = "data.nq.gz.sha256"
COUNT = "data.nq.gz.count"
STORE = "store"
UNION = "union"
"""Folder of a store with the union of the graphs, for data on disk whose graphs share triples."""
MEMORY_QUADS = 5_000_000
"""Largest dataset that is served from memory: about 330 bytes a quad, so 1.7 GB."""
_STATEMENT = re.compile(
    rb'(\S+ <[^>]*> (?:<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"\S*)) (?:(?:<[^>]*>|_:\S+) )?\.\n'
)
"""A line of N-Quads as we write it, its triple, and perhaps its graph."""


def write_release(
    quads: Iterable[ox.Quad], folder: Path, *, memory_quads: int = MEMORY_QUADS
) -> int:
    """Write ``data.nq.gz`` and what belongs to it into *folder*; return the number of quads.

    Raises:
        ReleaseError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as scratch:
            lines = sorted_unique((f"{quad} ." for quad in quads), Path(scratch))
            write_data(lines, Path(scratch) / DATA)
            os.replace(Path(scratch) / DATA, folder / DATA)
    except OSError as error:
        raise ReleaseError(f"The release cannot be written: {error.strerror or error}") from error
    return write_release_store(folder, memory_quads=memory_quads)


def write_release_store(folder: Path, *, memory_quads: int = MEMORY_QUADS) -> int:
    """Write the checksum of the ``data.nq.gz`` in *folder*, and ``store/`` if the data are large.

    Each is written beside its name and renamed, so that none is ever half there. Returns the
    number of quads.

    Raises:
        ReleaseError: the folder has no sound ``data.nq.gz``, or cannot be written.
    """
    data = folder / DATA
    if not data.is_file():
        raise ReleaseError(f"The release {folder.name}/ has no {DATA}")
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as scratch:
            work = Path(scratch)
            count, distinct = _counts(data)
            if count > memory_quads:
                _write_store(data, work / STORE)
                if distinct < count:
                    _write_union(data, work / UNION)
                write_sums(work)
            (work / CHECKSUM).write_text(f"{file_digest(data)}  {DATA}\n", "ascii")
            for name in (STORE, UNION):
                shutil.rmtree(folder / name, ignore_errors=True)
            (work / COUNT).write_text(f"{count}\n{distinct}\n", "ascii")
            (folder / SUMS).unlink(missing_ok=True)
            for name in (CHECKSUM, COUNT, STORE, UNION, SUMS):
                if (work / name).exists():
                    os.replace(work / name, folder / name)
    except (EOFError, gzip.BadGzipFile) as error:
        raise StoreError(f"{DATA} is cut short or damaged: {error}") from error
    except OSError as error:
        raise ReleaseError(f"The release cannot be written: {error.strerror or error}") from error
    return count


def quad_count(folder: Path) -> int:
    """Return the number of quads that a release was written with.

    Raises:
        ReleaseError: the file that says so is missing or damaged.
    """
    try:
        return int((folder / COUNT).read_text("ascii").splitlines()[0])
    except (OSError, ValueError, IndexError) as error:
        raise ReleaseError(f"The release {folder.name}/ does not say how large it is") from error


def shares_triples(folder: Path) -> bool:
    """Tell whether two graphs of a release may hold the same triple."""
    try:
        count, distinct = map(int, (folder / COUNT).read_text("ascii").split())
    except (OSError, ValueError):
        return True
    return distinct < count


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_release(
    folder: Path, *, memory_quads: int | None = None, union_default_graph: bool = True
) -> Store:
    """Return the dataset of a release folder: from disk if it has a ``store/``, else in memory.

    With *memory_quads*, data of up to so many quads are taken into memory even so.

    Raises:
        ReleaseError: the folder or its data are missing, cut short or changed.
        StoreError: its store is broken.
    """
    check_release(folder)
    store = folder / STORE
    if not store.is_dir():
        return load_dump(folder / DATA, union_default_graph=union_default_graph)
    if memory_quads is not None and quad_count(folder) <= memory_quads:
        return load_dump(folder / DATA, union_default_graph=union_default_graph)
    return DiskStore.open(store, union_default_graph=union_default_graph)


def check_release(folder: Path) -> None:
    """Make sure that the data of *folder* are there and are those that were written.

    Raises:
        ReleaseError: they are not; the sentence says why.
    """
    data, checksum = folder / DATA, folder / CHECKSUM
    if not folder.is_dir():
        raise ReleaseError(f"There is no release folder {folder.name}/")
    if not data.is_file():
        raise ReleaseError(f"The release {folder.name}/ has no {DATA}")
    if not checksum.is_file():
        return
    words = checksum.read_text("ascii", "replace").split()
    if not words or words[0] != file_digest(data):
        raise ReleaseError(
            f"{DATA} in {folder.name}/ is not the file that was written: its checksum differs"
        )


def load_dump(path: Path, *, union_default_graph: bool = True) -> MemoryStore:
    """Return the quads of a gzip-compressed N-Quads file, in memory.

    Raises:
        StoreError: the file is cut short, damaged, or not N-Quads.
    """
    raw = ox.Store()
    load_into(raw, path)
    if union_default_graph:
        load_union(raw)
    return MemoryStore.of(raw, union_loaded=union_default_graph)


def load_into(store: ox.Store, path: Path) -> None:
    """Load a gzip-compressed N-Quads file into an open store.

    Raises:
        StoreError: the file is cut short, damaged, or not N-Quads.
    """
    try:
        with gzip.open(path, "rb") as file:
            store.bulk_load(cast(IO[bytes], file), ox.RdfFormat.N_QUADS)
    except (EOFError, gzip.BadGzipFile) as error:
        raise StoreError(f"{path.name} is cut short or damaged: {error}") from error
    except SyntaxError as error:
        raise StoreError(f"{path.name} is not N-Quads: {error.msg}") from error
    except OSError as error:
        raise StoreError(f"{path.name} cannot be read: {error}") from error


def _counts(data: Path) -> tuple[int, int]:
    """Return how many quads a sorted dump has, and how many triples that are surely distinct.

    Lines that begin with the same triple follow one another.
    """
    quads = distinct = 0
    last, triple = b"", b""
    with gzip.open(data, "rb") as lines:
        for line in lines:
            quads += 1
            match = _STATEMENT.match(line)
            if match is not None and line >= last and match[1] != triple:
                distinct += 1
            last, triple = line, match[1] if match else b""
    return quads, distinct


def _write_store(data: Path, folder: Path) -> None:
    """Write the disk store of a dump."""
    disk = DiskStore.open_writable(folder)
    load_into(disk.raw, data)
    disk.raw.optimize()
    disk.raw.flush()


def _write_union(data: Path, folder: Path) -> None:
    """Write the disk store of the union of a dump's graphs, each triple once."""
    disk = DiskStore.open_writable(folder)
    with gzip.open(data, "rb") as file:
        quads = ox.parse(cast(IO[bytes], file), ox.RdfFormat.N_QUADS)
        disk.raw.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    disk.raw.optimize()
    disk.raw.flush()
