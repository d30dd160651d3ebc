"""The two kinds of dataset a keeper keeps: in memory with a journal, or on disk."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from maizuru.graph.store import CHECKSUM, DATA, STORE, DiskStore, check_release
from maizuru.graph.store.release import file_digest, quad_count
from maizuru.graph.store.union import load_union

from ..changes import apply_change, as_update
from ..jobs import Change, Changed
from ..settings import Settings
from .aside import aside
from .journal import Journal


class Dataset(Protocol):
    """A dataset: how it is loaded, read and changed."""

    becomes: bool
    """True if the process that made a change has the new state and must become the keeper."""

    union_loaded: bool
    """True if the stored default graph is the union of the named graphs."""

    def load(self) -> None:
        """Get ready.

        Raises:
            ReleaseError: the data are missing or damaged.
        """

    def version(self) -> str:
        """Return the version of the data as they are now."""

    def open_for_reading(self) -> ox.Store:
        """Return the store a reader reads; called in the reader's process."""

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

    def __init__(self, release: Path, *, union_loaded: bool = False) -> None:
        """Serve this release folder; with *union_loaded* it must not be changed."""
        self.union_loaded = union_loaded
        self._release = release
        self._store = ox.Store()
        self._journal: Journal | None = None
        self._digest = ""

    def load(self) -> None:
        """See `Dataset.load`."""
        check_release(self._release)
        self._digest = file_digest(self._release / DATA)[:16]
        self._journal = Journal(self._release)
        self._journal.load(self._store)
        if self.union_loaded:
            load_union(self._store)

    def version(self) -> str:
        """See `Dataset.version`; the same after a restart."""
        return f"{self._digest}-{self._journal.count if self._journal else 0}"

    def open_for_reading(self) -> ox.Store:
        """See `Dataset.open_for_reading`."""
        return self._store

    def apply(self, change: Change) -> Changed:
        """See `Dataset.apply`."""
        existed = apply_change(self._store, change)
        if self._journal is not None:
            self._journal.append(as_update(change), self._store)
        return changed(change, existed, self.version())

    def changed_elsewhere(self) -> None:
        """See `Dataset.changed_elsewhere`; never happens to memory."""


class DiskDataset:
    """A dataset on disk; its store is durable by itself."""

    becomes = False
    union_loaded = False

    def __init__(self, release: Path) -> None:
        """Serve this release folder."""
        self._folder = release / STORE
        self._release = release
        self._run = secrets.token_hex(4)
        self._count = 0

    def load(self) -> None:
        """See `Dataset.load`."""
        if not (self._release / CHECKSUM).is_file():
            check_release(self._release)
        aside(lambda: DiskStore.open(self._folder).check())

    def version(self) -> str:
        """See `Dataset.version`; another after a restart."""
        return f"{self._run}-{self._count}"

    def open_for_reading(self) -> ox.Store:
        """See `Dataset.open_for_reading`."""
        return DiskStore.open(self._folder).raw

    def apply(self, change: Change) -> Changed:
        """See `Dataset.apply`."""
        store = DiskStore.open_writable(self._folder).raw
        existed = apply_change(store, change)
        store.flush()
        return changed(change, existed, f"{self._run}-{self._count + 1}")

    def changed_elsewhere(self) -> None:
        """See `Dataset.changed_elsewhere`."""
        self._count += 1


def changed(change: Change, existed: bool, version: str) -> Changed:
    """Return what a change did."""
    created = not existed and change.kind in ("put", "post")
    return Changed(version, created=created, existed=existed)


def open_dataset(release: Path, settings: Settings) -> Dataset:
    """Return the dataset of a release: on disk if it has a ``store/`` and is larger than allowed.

    A release that was changed in memory has a ``changes/`` folder and stays in memory. In memory,
    and where no update can come, the union of the graphs is loaded as the default graph.
    """
    store = release / STORE
    union_loaded = settings.union_default_graph and not settings.update_token
    in_memory = MemoryDataset(release, union_loaded=union_loaded)
    if not store.is_dir() or (release / "changes").is_dir():
        return in_memory
    large = quad_count(release) > settings.memory_quads
    return DiskDataset(release) if large else in_memory
