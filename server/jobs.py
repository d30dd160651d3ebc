"""What is asked of an engine, and what it gives back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from maizuru.graph.errors import LimitExceeded, MaizuruError

from .negotiate import Format


@dataclass(frozen=True, slots=True)
class Job:
    """A question for the dataset."""

    text: str
    """The query; empty for `form` ``GRAPH``."""
    form: str
    """``SELECT``, ``ASK``, ``CONSTRUCT``, ``DESCRIBE``; ``GRAPH`` for one graph as it stands,
    ``HAS`` for whether it is there."""
    format: Format
    default_graphs: tuple[str, ...] | None = None
    """Graphs that make up the default graph; None for the query's own or the dataset's."""
    named_graphs: tuple[str, ...] | None = None
    known: tuple[str, ...] = ()
    """Graphs the query names, which must exist."""
    own_dataset: bool = False
    """True if the query has FROM clauses."""
    asks_graphs: bool = True
    """False if the query surely has no GRAPH clause."""
    base: str = ""
    """IRI that relative ones are resolved against, if there are any."""


class Ending:
    """The moment the work on an answer is over, which may be after its first chunks are sent."""

    def __init__(self, then: Callable[[], None]) -> None:
        """Call *then* at that moment."""
        self.truncated = ""
        """The setting that cut the answer, known at that moment."""
        self.rows: int | None = None
        self.failure: MaizuruError | None = None
        """Why the answer has no end, known at that moment."""
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._then = [then]

    def then(self, callback: Callable[[], None]) -> None:
        """Call *callback* at that moment, or now if it has passed."""
        with self._lock:
            if not self._event.is_set():
                self._then.append(callback)
                return
        callback()

    def set(self) -> None:
        """Tell that the work is over; the first call counts."""
        with self._lock:
            if self._event.is_set():
                return
            self._event.set()
            callbacks, self._then = self._then, []
        for callback in callbacks:
            callback()

    def wait(self, seconds: float) -> bool:
        """Wait for that moment, at most so long."""
        return self._event.wait(seconds)


@dataclass(slots=True)
class Answer:
    """The answer to a job, serialised."""

    body: bytes | Iterable[bytes]
    """Whole, or in chunks; an iterable with ``close`` must be closed."""
    version: str
    """Of the dataset that answered."""
    rows: int | None = None
    """Rows of a SELECT, where known."""
    truncated: str = ""
    """The setting that cut the answer: ``max_rows``, ``max_bytes``; empty when it is whole."""
    streaming: bool = False
    """True if it was sent on before its end was known: then only the body tells of a cut."""
    ending: Ending | None = None
    """When the work on it is over; None if it was when the answer was made."""
    waited: float = 0.0
    """Seconds it waited for its turn."""

    def whole(self) -> bytes:
        """Return the whole body.

        Raises:
            LimitExceeded: it was cut at a limit.
        """
        body = self.body if isinstance(self.body, bytes) else b"".join(self.body)
        if self.ending is not None and self.ending.failure is not None:
            raise self.ending.failure
        truncated = self.truncated or (self.ending.truncated if self.ending else "")
        if truncated:
            raise LimitExceeded(f"The answer is longer than {truncated} allows")
        return body


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the dataset: applied whole, made durable, or not at all."""

    kind: str
    """``update``; ``put``, ``post`` or ``delete`` of a graph; ``clear`` of the whole dataset."""
    text: str = ""
    """The update."""
    graph: str | None = None
    """Name of the graph; None for the default graph."""
    data: bytes = b""
    """N-Triples for a graph, or N-Quads for the whole dataset."""
    whole: bool = False
    """True if it is about the whole dataset."""
    expect: str = ""
    """Version the dataset must have; empty for any."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change did."""

    version: str
    created: bool = False
    """True if the graph was not there before."""
    existed: bool = False


class Engine(Protocol):
    """Where jobs are done: in this process, in reader processes, or at a remote endpoint."""

    writable: bool

    def version(self) -> str:
        """Return the version of the dataset: it changes with every change of the data."""

    def answer(self, job: Job, *, heavy: bool = False, peer: str = "") -> Answer:
        """Do a job; *heavy* if it is for a client that has used much lately, and may wait.

        *peer* is the address that is connected; when it hangs up, the job may be given up.

        Raises:
            QueryError: the query is wrong or refused.
            LimitExceeded: a limit was met before anything could be answered.
            Busy: there was no room.
        """

    def has_graph(self, name: str) -> bool:
        """Tell whether the dataset has a graph of that name."""

    def change(self, change: Change) -> Changed:
        """Apply a change and return once it is durable."""

    def ready(self) -> bool:
        """Tell whether jobs can be done now."""

    def gauges(self) -> dict[str, float]:
        """Return what `/metrics` tells of the moment, by name."""

    def close(self) -> None:
        """Let go of processes and files."""
