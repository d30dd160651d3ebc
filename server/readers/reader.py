"""A reader: takes one query at a time, answers it, and is killed by the kernel at its deadline.

The deadline is an interval timer whose signal nobody handles: no code has to run for it to work,
and it stops the engine in the middle of a sort as well as between two rows.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import socket
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import IO, Any

import pyoxigraph as ox

from maizuru.graph.errors import MaizuruError

from ..errors import as_dict
from ..jobs import Job
from ..negotiate import FORMATS
from ..settings import MIB, Settings
from .evaluate import bounds_of, evaluate
from .isolation import confine, die_with_parent, private_bytes
from .wire import Hangup, receive, send

INLINE = 256 * 1024
"""Bytes of an answer sent in one message; longer ones go through a file."""
HEAVY_SECONDS = 0.2
"""After a query that took longer, the reader looks at how much memory it holds for itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a reader needs to know."""

    listener: socket.socket
    folder: str
    """For long answers on their way."""
    version: str
    settings: Settings
    union_loaded: bool


class Retired(BaseException):
    """Raised by the signal that tells an idle reader to leave."""


class Reader:
    """Answers queries until the listener is shut down, or it is told to leave."""

    def __init__(self, place: Place, store: ox.Store) -> None:
        """Read *store*; from now on this process is confined."""
        self._place = place
        self._store = store
        settings = place.settings
        confine(settings.reader_bytes, settings.max_bytes + MIB)
        self._bounds = replace(bounds_of(settings), union_loaded=place.union_loaded)
        self._idle = False
        self._leaving = False

    def leave(self, *_: object) -> None:
        """Leave now if idle, else after the answer at hand: the handler of SIGUSR1."""
        self._leaving = True
        if self._idle:
            raise Retired

    def run(self) -> None:
        """Take one connection after another, and on each one query after another."""
        while not self._leaving:
            try:
                self._wait()
                connection, _ = self._place.listener.accept()
            except OSError:
                return
            self._idle = False
            with connection, contextlib.suppress(Hangup, ConnectionError):
                while not self._leaving:
                    self._serve(connection)

    def _wait(self) -> None:
        """Be idle from here on; leave if told so before anybody could see that."""
        self._idle = True
        if self._leaving:
            raise Retired

    def _serve(self, connection: socket.socket) -> None:
        """Answer one query.

        Raises:
            Hangup: there is none, or nobody wants the answer any more.
        """
        self._wait()
        head, body, _ = receive(connection)
        self._idle = False
        signal.setitimer(signal.ITIMER_REAL, head.pop("seconds"))
        started = time.monotonic()
        outlet = _Outlet(connection, self._place)
        job = job_of(head, body)
        try:
            rows, truncated = evaluate(self._store, job, self._bounds, outlet.emit)
        except MaizuruError as error:
            outlet.finish({"failed": type(error).__name__, **as_dict(error)})
        except MemoryError:
            os.abort()
        else:
            outlet.finish({"rows": rows, "truncated": truncated})
        signal.setitimer(signal.ITIMER_REAL, 0)
        if time.monotonic() - started > HEAVY_SECONDS:
            self._leaving |= private_bytes() > self._place.settings.reader_bytes // 2


def run_reader(place: Place, open_store: Callable[[], ox.Store]) -> None:
    """Be a reader until told to leave."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.set_wakeup_fd(-1)
    die_with_parent()
    reader = Reader(place, open_store())
    with contextlib.suppress(Retired):
        signal.signal(signal.SIGUSR1, reader.leave)
        reader.run()


class _Outlet:
    """Sends an answer: short ones whole, long ones through a file the client side reads on."""

    def __init__(self, connection: socket.socket, place: Place) -> None:
        self._connection = connection
        self._place = place
        self._held = bytearray()
        self._file: IO[bytes] | None = None

    def emit(self, block: bytes) -> None:
        """Take a block of the answer; never waits for whoever asked."""
        if self._file is None:
            self._held += block
            if len(self._held) <= INLINE:
                return
            self._file = tempfile.TemporaryFile(dir=self._place.folder, buffering=0)  # noqa: SIM115
            _write_all(self._file, bytes(self._held))
            head = {"stream": True, "version": self._place.version}
            send(self._connection, head, file=self._file.fileno())
            _die_on_hangup(self._connection, True)
            return
        _write_all(self._file, block)

    def finish(self, head: dict[str, Any]) -> None:
        """Send the end."""
        head["version"] = self._place.version
        if self._file is not None:
            _die_on_hangup(self._connection, False)
        body = b"" if self._file is not None or "failed" in head else bytes(self._held)
        send(self._connection, head, body)
        if self._file is not None:
            self._file.close()


def _die_on_hangup(connection: socket.socket, wanted: bool) -> None:
    """Have the kernel end this process when whoever asked hangs up: SIGIO, which nobody handles."""
    fcntl.fcntl(connection, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(connection, fcntl.F_GETFL)
    flags = flags | os.O_ASYNC if wanted else flags & ~os.O_ASYNC
    fcntl.fcntl(connection, fcntl.F_SETFL, flags)


def _write_all(file: IO[bytes], data: bytes) -> None:
    while data:
        data = data[file.write(data) :]


def head_of(job: Job, seconds: float) -> tuple[dict[str, Any], bytes]:
    """Return a job as a message."""
    head = {
        "seconds": seconds,
        "form": job.form,
        "format": job.format.name,
        "default": job.default_graphs,
        "named": job.named_graphs,
        "known": job.known,
        "own": job.own_dataset,
        "base": job.base,
    }
    return head, job.text.encode("utf-8", "surrogatepass")


def job_of(head: dict[str, Any], body: bytes) -> Job:
    """Return the job of a message."""
    default, named = head["default"], head["named"]
    return Job(
        body.decode("utf-8", "replace"),
        head["form"],
        FORMATS[head["format"]],
        None if default is None else tuple(default),
        None if named is None else tuple(named),
        tuple(head["known"]),
        head["own"],
        head["base"],
    )
