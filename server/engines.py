"""Engines that work in this process: on an embedded store."""

from __future__ import annotations

import secrets
import threading
from tempfile import SpooledTemporaryFile
from typing import cast

import pyoxigraph as ox

from .changes import apply_change
from .errors import PreconditionFailed
from .jobs import Answer, Change, Changed, Job
from .readers.evaluate import bounds_of, evaluate
from .readers.views import Views
from .settings import MIB, Settings

INLINE = MIB
"""Bytes of an answer held in memory; more go through a file."""


class LocalEngine:
    """Does jobs on a pyoxigraph store in this process: for tests and for use inside programs.

    Nothing can stop a query here; the service runs `readers.pool.ReaderPool` instead.
    """

    def __init__(
        self,
        store: ox.Store,
        settings: Settings,
        *,
        writable: bool = True,
        union_loaded: bool = False,
    ) -> None:
        """Work on an open store; one with *union_loaded* must not be changed."""
        self.writable = writable
        self._store = store
        self._views = Views(store, union_loaded=union_loaded)
        self._bounds = bounds_of(settings)
        self._run = secrets.token_hex(4)
        self._count = 0
        self._lock = threading.Lock()

    def version(self) -> str:
        """See `Engine.version`."""
        return f"{self._run}-{self._count}"

    def answer(self, job: Job, *, heavy: bool = False, peer: str = "") -> Answer:
        """See `Engine.answer`."""
        version = self.version()
        with SpooledTemporaryFile(INLINE) as spool:
            rows, truncated = evaluate(
                self._views, job, self._bounds, lambda block: cast(None, spool.write(block))
            )
            spool.seek(0)
            return Answer(spool.read(), version, rows, truncated)

    def has_graph(self, name: str) -> bool:
        """See `Engine.has_graph`."""
        return self._store.contains_named_graph(ox.NamedNode(name))

    def change(self, change: Change) -> Changed:
        """See `Engine.change`; durable only if the store is."""
        with self._lock:
            if change.expect and change.expect != self.version():
                raise PreconditionFailed("The graph has changed since")
            existed = apply_change(self._store, change)
            self._count += 1
            created = not existed and change.kind in ("put", "post")
            return Changed(self.version(), created=created, existed=existed)

    def ready(self) -> bool:
        """See `Engine.ready`."""
        return True

    def gauges(self) -> dict[str, float]:
        """See `Engine.gauges`."""
        return {}

    def close(self) -> None:
        """See `Engine.close`."""
