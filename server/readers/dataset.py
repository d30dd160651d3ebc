"""The two kinds of dataset a keeper keeps: in memory with a journal, or on disk."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from maizuru.graph.store import DATA, STORE, DiskStore, check_release
from maizuru.graph.store.release import UNION, file_digest, quad_count, shares_triples
from maizuru.graph.store.sums import check_sums, note_tables
from maizuru.graph.store.union import amend_union, load_union, triples_of, union_of
from maizuru.graph.store.written import written_graphs

from ..changes import apply_change, as_update
from ..jobs import Change, Changed
from ..settings import Settings
from .aside import aside, in_own_arena
from .journal import Journal
from .views import Views


class Dataset(Protocol):
    """A dataset: how it is loaded, read and changed."""

    becomes: bool
    """True if the process that made a change has the new state and must become the keeper."""

    def load(self) -> None:
        """Get ready.

        Raises:
            ReleaseError: the data are missing or damaged.
        """

    def version(self) -> str:
        """Return the version of the data as they are now."""

    def open_for_reading(self) -> Views:
        """Return the dataset as a reader reads it; called in the reader's process."""

    def apply(self, change: Change) -> Changed:
        """Make a change, durably; called in a process of its own.

        Raises:
            QueryError: it cannot be applied; nothing is changed.
            NotFound: it concerns a graph that is not there.
            StoreError: it could not be made durable.
        """

    def changed_elsewhere(self) -> None:
        """Take note that another process applied a change."""


class MemoryDataset:
    """A dataset in memory, shared with readers by forking."""

    becomes = True

    def __init__(self, release: Path, *, writable: bool, union: bool) -> None:
        """Serve this release folder; with *union* queries search all graphs as one."""
        self._release = release
        self._writable = writable
        self._wants_union = union
        self._store = ox.Store()
        self._union: ox.Store | None = None
        self._union_loaded = False
        self._journal: Journal | None = None
        self._digest = ""

    def load(self) -> None:
        """See `Dataset.load`.

        Where no two graphs hold the same triple, searching all of them is as good as their union.
        """
        in_own_arena(self._load)

    def _load(self) -> None:
        check_release(self._release)
        self._digest = file_digest(self._release / DATA)[:16]
        self._journal = Journal(self._release)
        self._journal.load(self._store)
        shared = self._journal.count > 0 or shares_triples(self._release)
        if not self._wants_union or not (self._writable or shared):
            return
        self._union = union_of(self._store)
        if not self._writable:
            load_union(self._store)
            self._union_loaded = True

    def version(self) -> str:
        """See `Dataset.version`; the same after a restart."""
        return f"{self._digest}-{self._journal.count if self._journal else 0}"

    def open_for_reading(self) -> Views:
        """See `Dataset.open_for_reading`."""
        return Views(self._store, self._union, self._union_loaded)

    def apply(self, change: Change) -> Changed:
        """See `Dataset.apply`."""
        return in_own_arena(lambda: self._apply(change))

    def _apply(self, change: Change) -> Changed:
        text = as_update(change)
        graphs = _written(change) if self._union is not None else None
        before = None if graphs is None else triples_of(self._store, graphs)
        existed = apply_change(self._store, change)
        if self._union is not None and graphs is not None and before is not None:
            amend_union(self._union, self._store, before, triples_of(self._store, graphs))
        elif self._union is not None:
            self._union = union_of(self._store)
        if self._journal is not None:
            self._journal.append(text, self._store)
        return changed(change, existed, self.version())

    def changed_elsewhere(self) -> None:
        """See `Dataset.changed_elsewhere`; never happens to memory."""


class DiskDataset:
    """A dataset on disk; its store is durable by itself."""

    becomes = False

    def __init__(self, release: Path, *, writable: bool) -> None:
        """Serve this release folder."""
        self._folder = release / STORE
        self._union = release / UNION
        self._writable = writable
        self._release = release
        self._run = secrets.token_hex(4)
        self._count = 0

    def load(self) -> None:
        """See `Dataset.load`."""
        check_release(self._release)
        check_sums(self._release)
        aside(lambda: DiskStore.open(self._folder).check())

    def version(self) -> str:
        """See `Dataset.version`; another after a restart."""
        return f"{self._run}-{self._count}"

    def open_for_reading(self) -> Views:
        """See `Dataset.open_for_reading`."""
        has_union = self._union.is_dir() and not self._writable
        union = DiskStore.open(self._union).raw if has_union else None
        return Views(DiskStore.open(self._folder).raw, union)

    def apply(self, change: Change) -> Changed:
        """See `Dataset.apply`."""
        if self._union.is_dir():
            self._drop_union()
        store = DiskStore.open_writable(self._folder).raw
        existed = apply_change(store, change)
        store.flush()
        del store  # Closes it: nothing is written from here on.
        note_tables(self._release)
        return changed(change, existed, f"{self._run}-{self._count + 1}")

    def changed_elsewhere(self) -> None:
        """See `Dataset.changed_elsewhere`."""
        self._count += 1

    def _drop_union(self) -> None:
        """Remove the union, at one stroke and for good, before the graphs hold something else."""
        beside = self._union.with_name(f".{UNION}-{secrets.token_hex(4)}")
        os.replace(self._union, beside)
        handle = os.open(self._release, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
        shutil.rmtree(beside, ignore_errors=True)


def _written(change: Change) -> frozenset[str] | None:
    """Return the named graphs that a change may write, or None if it may be any."""
    if change.kind == "update":
        return written_graphs(change.text)
    if change.whole or change.kind == "clear":
        return None
    return frozenset(filter(None, [change.graph]))


def changed(change: Change, existed: bool, version: str) -> Changed:
    """Return what a change did."""
    created = not existed and change.kind in ("put", "post")
    return Changed(version, created=created, existed=existed)


def open_dataset(release: Path, settings: Settings) -> Dataset:
    """Return the dataset of a release: on disk if it has a ``store/`` and is larger than allowed.

    A release that was changed in memory has a ``changes/`` folder and stays in memory.
    """
    store = release / STORE
    union, writable = settings.union_default_graph, bool(settings.update_token)
    in_memory = MemoryDataset(release, writable=writable, union=union)
    if not store.is_dir() or (release / "changes").is_dir():
        return in_memory
    large = quad_count(release) > settings.memory_quads
    return DiskDataset(release, writable=writable) if large else in_memory
