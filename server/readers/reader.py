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
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from maizuru.graph.errors import MaizuruError

from ..jobs import Job
from ..limits import HEAVY_SECONDS
from ..negotiate import FORMATS
from ..settings import MIB
from .direct import STREAMED, Direct, Loan
from .evaluate import evaluate
from .isolation import confine, die_with_parent, private_bytes
from .known import LONGEST, MOST, Known
from .ledger import Ledger
from .outlet import Outlet, Place, die_on_hangup, failed
from .views import Views
from .wire import Hangup, head_of_raw, message, receive_raw, send

LOOK_SECONDS = 0.2
"""After a query that took longer, the reader looks at how much memory it holds for itself."""


class Reader:
    """Answers queries until the listener is shut down, or it is told to leave."""

    def __init__(self, place: Place, views: Views) -> None:
        """Read *views*; from now on this process is confined."""
        self._place = place
        self._views = views = replace(views, wordings=Known())
        settings = place.settings
        confine(settings.reader_bytes, settings.max_bytes + MIB)
        self._direct = Direct(place, views)
        self._known = Known[bytes, tuple[float, Job]]()
        self._idle = False
        self._leaving = False

    def leave(self, *_: object) -> None:
        """Leave now if idle, else after the answer at hand: the handler of SIGUSR1."""
        self._leaving = True
        if self._idle:
            os._exit(0)

    def run(self) -> None:
        """Take one connection after another, and on each one query after another."""
        while not self._leaving:
            try:
                self._wait()
                connection, _ = self._place.listener.accept()
            except OSError:
                return
            self._idle = False
            fcntl.fcntl(connection, fcntl.F_SETOWN, os.getpid())
            with connection, contextlib.suppress(Hangup, ConnectionError):
                while not self._leaving:
                    self._serve(connection)

    def _wait(self) -> None:
        """Be idle from here on; leave if told so before anybody could see that."""
        self._idle = True
        if self._leaving:
            os._exit(0)

    def _serve(self, connection: socket.socket) -> None:
        """Answer one query.

        Raises:
            Hangup: there is none, or nobody wants the answer any more.
        """
        self._wait()
        data, start, files = receive_raw(connection)
        self._idle = False
        if files:
            self._borrow(connection, head_of_raw(data, start), files)
            return
        started = time.monotonic()
        seconds, job = self._known.get(data) or self._read(data, start)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        outlet = Outlet(connection, self._place)
        die_on_hangup(connection, True)
        try:
            rows, truncated = evaluate(self._views, job, self._place.bounds, outlet.emit)
            head: dict[str, Any] = {"rows": rows, "truncated": truncated}
        except MaizuruError as error:
            head = failed(error)
        except MemoryError:
            os.abort()
        self._consider(time.monotonic() - started)
        # Told with the answer, or the next query might be sent to a reader that is leaving.
        outlet.finish({**head, "last": self._leaving})
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _consider(self, seconds: float) -> None:
        """Leave after a query of so many seconds, if it left too much memory behind."""
        if seconds > LOOK_SECONDS:
            self._leaving |= private_bytes() > self._place.settings.reader_bytes // 2

    def _borrow(
        self, connection: socket.socket, head: dict[str, Any], files: Sequence[int]
    ) -> None:
        """Serve a client on its own connection, and give that back."""
        ledger = Ledger(files[1])
        ledger.take_up()
        with socket.socket(fileno=files[0]) as client, contextlib.closing(ledger):
            die_on_hangup(connection, True)
            loan = Loan(
                connection, client, ledger, head["address"], head["seconds"], self._wait, self._work
            )
            why, data = self._direct.serve(loan)
            die_on_hangup(connection, False)
        self._consider(loan.longest)
        # After such a query it has less of the processor than others: see `lending`.
        self._leaving |= loan.longest > HEAVY_SECONDS
        if why != STREAMED:
            last = {"back": why, "version": self._place.version, "last": self._leaving}
            send(connection, last, data)

    def _work(self) -> None:
        """Be at work from here on."""
        self._idle = False

    def _read(self, data: bytes, start: int) -> tuple[float, Job]:
        """Return what a message asks: the seconds it may take, and the job."""
        head = head_of_raw(data, start)
        found = (head.pop("seconds"), job_of(head, data[start:]))
        return self._known.keep(data, found, len(data))


def run_reader(place: Place, open_views: Callable[[], Views]) -> None:
    """Be a reader until told to leave."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.set_wakeup_fd(-1)
    die_with_parent()
    _silence_engine()
    reader = Reader(place, open_views())
    signal.signal(signal.SIGUSR1, reader.leave)
    reader.run()


def _silence_engine() -> None:
    """Leave standard error to Python: the engine writes there whenever a query's memory ends."""
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def message_of(job: Job, seconds: float) -> bytes:
    """Return a job, which may take so many seconds, as a message."""
    return (_message_of if len(job.text) <= LONGEST else _message_of.__wrapped__)(job, seconds)


@lru_cache(maxsize=MOST)
def _message_of(job: Job, seconds: float) -> bytes:
    head = {
        "seconds": seconds,
        "form": job.form,
        "format": job.format.name,
        "default": job.default_graphs,
        "named": job.named_graphs,
        "known": job.known,
        "own": job.own_dataset,
        "asks": job.asks_graphs,
        "base": job.base,
    }
    return message(head, job.text.encode("utf-8", "surrogatepass"))


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
        head["asks"],
        head["base"],
    )
