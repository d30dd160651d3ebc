"""Stores inside this process: pyoxigraph in memory or on disk.

In memory the engine answers four to eight times faster than on disk; on disk a store opens in
milliseconds and its size is bounded by the disk. `release.open_release` chooses.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Self

import pyoxigraph as ox

from ..errors import QueryError, StoreError
from .outline import outline
from .protocol import QueryAnswer
from .union import load_union, named_quads
from .wording import as_asked, worded

OPEN_ATTEMPTS = 40
"""Tries to open a disk store for reading; a writer that compacts makes single tries fail."""
OPEN_PAUSE = 0.025
"""Seconds between two tries."""

_BROKEN = (OSError, RuntimeError)
"""What the engine raises for files that are missing, damaged or in use."""
_FOLDERS = re.compile(r"(?<![\w.])(?:/[^/\s:]+)*/(?=[^/\s])")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


class LocalStore:
    """What the memory and the disk store share."""

    def __init__(
        self, store: ox.Store, *, union_default_graph: bool = True, union_loaded: bool = False
    ) -> None:
        """Wrap an open pyoxigraph store.

        With *union_default_graph* false the default graph of a query is the stored default graph,
        as the W3C test suites take it. With *union_loaded* the stored default graph is that union
        (see `union`): it is made anew after every change, and is no part of the dataset's quads.
        """
        self.raw = store
        self._union = union_default_graph and not union_loaded
        self.union_loaded = union_loaded

    def query(
        self,
        text: str,
        *,
        default_graph: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        timeout: float | None = None,
    ) -> QueryAnswer:
        """See `Store.query`; *timeout* has no effect here."""
        try:
            wanted = worded(self.raw, text, default_graph, named_graphs)
            if default_graph is None and named_graphs is None:
                union = self._union and not outline(text).has_dataset
                return self.raw.query(wanted, use_default_graph_as_union=union)
            return self.raw.query(
                wanted,
                default_graph=[ox.NamedNode(iri) for iri in default_graph or ()],
                named_graphs=[ox.NamedNode(iri) for iri in named_graphs or ()],
            )
        except SyntaxError as error:
            raise query_error("query", as_asked(text, None, error)) from error
        except (ValueError, RuntimeError) as error:
            raise QueryError(f"The query cannot be answered: {error}") from error
        except OSError as error:
            raise StoreError(f"The store cannot be read: {error}") from error

    def update(self, text: str, *, timeout: float | None = None) -> None:
        """See `Store.update`; *timeout* has no effect here."""
        try:
            self.raw.update(text)
            self._renew_union()
        except SyntaxError as error:
            raise query_error("update", error) from error
        except (ValueError, RuntimeError) as error:
            raise QueryError(f"The update cannot be applied: {error}") from error
        except OSError as error:
            raise StoreError(f"The store cannot be written: {error}") from error

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """See `Store.add`."""
        self.raw.extend(quads)
        self._renew_union()

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """See `Store.quads`."""
        if graph is None and self.union_loaded:
            return named_quads(self.raw)
        name = None if graph is None else ox.NamedNode(graph)
        return self.raw.quads_for_pattern(None, None, None, name)

    def graphs(self) -> tuple[str, ...]:
        """See `Store.graphs`; graphs named by blank nodes are left out."""
        names = self.raw.named_graphs()
        return tuple(sorted(name.value for name in names if isinstance(name, ox.NamedNode)))

    def contains(self, iri: str) -> bool:
        """See `Store.contains`; what is not an IRI is not contained."""
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            return False
        return next(self.raw.quads_for_pattern(node, None, None, None), None) is not None

    def size(self) -> int:
        """See `Store.size`."""
        return sum(1 for _ in self.quads()) if self.union_loaded else len(self.raw)

    def dump(self, output: IO[bytes]) -> None:
        """See `Store.dump`."""
        ox.serialize(self.quads(), output, ox.RdfFormat.N_QUADS)

    def _renew_union(self) -> None:
        if self.union_loaded:
            self.raw.clear_graph(ox.DefaultGraph())
            load_union(self.raw)


class MemoryStore(LocalStore):
    """A store in memory."""

    def __init__(
        self,
        quads: Iterable[ox.Quad] = (),
        *,
        union_default_graph: bool = True,
        union_loaded: bool = False,
    ) -> None:
        """Hold *quads*."""
        super().__init__(
            ox.Store(), union_default_graph=union_default_graph, union_loaded=union_loaded
        )
        self.raw.bulk_extend(quads)
        self._renew_union()

    @classmethod
    def of(cls, store: ox.Store, *, union_loaded: bool) -> Self:
        """Wrap a store that was loaded already."""
        made = cls(union_default_graph=False)
        made.raw, made.union_loaded = store, union_loaded
        return made


class DiskStore(LocalStore):
    """A store in a folder: one writer at a time, any number of readers."""

    @classmethod
    def open(cls, folder: Path, *, union_default_graph: bool = True) -> Self:
        """Open for reading what is there now; later commits are not seen.

        Raises:
            StoreError: the folder is missing, or no sound store is in it.
        """
        if not (folder / "CURRENT").is_file():
            raise StoreError(f"There is no store in the folder {folder.name}/")
        reason: Exception | None = None
        for _ in range(OPEN_ATTEMPTS):
            try:
                return cls(ox.Store.read_only(str(folder)), union_default_graph=union_default_graph)
            except _BROKEN as error:
                reason = error
                time.sleep(OPEN_PAUSE)
        said = _without_paths(str(reason))
        raise StoreError(f"The store in {folder.name}/ is broken: {said}") from reason

    @classmethod
    def open_writable(cls, folder: Path, *, union_default_graph: bool = True) -> Self:
        """Open for reading and writing, making the store if there is none.

        Raises:
            StoreError: another process holds it, or it is broken.
        """
        try:
            return cls(ox.Store(str(folder)), union_default_graph=union_default_graph)
        except _BROKEN as error:
            said = _without_paths(str(error))
            raise StoreError(f"The store in {folder.name}/ cannot be opened: {said}") from error

    def check(self) -> None:
        """Read the first quad.

        Raises:
            StoreError: it cannot be read.
        """
        try:
            next(self.raw.quads_for_pattern(None, None, None, None), None)
        except _BROKEN as error:
            raise StoreError(f"The store is broken: {_without_paths(str(error))}") from error

    def backup(self, folder: Path) -> None:
        """Copy the store into *folder*, which must not exist, while others go on using it."""
        try:
            self.raw.backup(str(folder))
        except _BROKEN as error:
            raise StoreError(f"The backup cannot be written: {error}") from error


def _without_paths(text: str) -> str:
    """Return what the engine says of files, with their names but not where they are."""
    return _FOLDERS.sub("", text)


def query_error(kind: str, error: SyntaxError) -> QueryError:
    """Return our error for the engine's syntax error, with its place if it tells one."""
    reason = (error.msg or "it is not SPARQL").strip()
    place = _PLACE.match(reason)
    if place is None:
        return QueryError(f"The {kind} cannot be parsed: {reason}")
    line, column, rest = int(place[1]), int(place[2]), place[3]
    return QueryError(
        f"The {kind} cannot be parsed at line {line}, column {column}: {rest}",
        line=line,
        column=column,
    )
