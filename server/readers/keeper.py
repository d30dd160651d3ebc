"""The keeper: holds the dataset, forks the readers, replaces those that die, applies changes.

One process, one thread, so that forking is safe. A change is made in a fork of the keeper: it has
the data, it can be killed at its deadline, and nothing is lost if it fails. When it succeeds, the
fork becomes the keeper of the next generation and the old keeper leaves as soon as its readers have
answered what they had begun. Readers of one generation share one listening socket, whose shutdown
tells them to leave.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import select
import signal
import socket
import sys
import time
import traceback
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NoReturn

from maizuru.graph.errors import MaizuruError

from ..errors import PreconditionFailed, as_dict
from ..jobs import Change, Changed
from ..settings import Settings
from .board import Board
from .dataset import Dataset
from .isolation import leave_network
from .outlet import Place
from .reader import run_reader
from .wire import Hangup, receive, send

CHANGES = "changes.sock"
FAILED_READER_PAUSE = 0.05
"""Seconds between replacements when readers die at once, so that a broken engine cannot spin."""

log = logging.getLogger("maizuru.keeper")


class Keeper:
    """The keeper of one generation after another."""

    def __init__(
        self,
        dataset: Dataset,
        settings: Settings,
        board: Board,
        folder: Path,
        lifeline: int,
        news: int,
    ) -> None:
        """Keep *dataset*; sockets are in *folder*; when *lifeline* closes, the service has ended.

        Once readers answer, a plus sign is written to *news*, if that is a file, and it is closed.
        """
        self._dataset = dataset
        self._settings = settings
        self._board = board
        self._folder = folder
        self._lifeline = lifeline
        self._news = news
        self._listener: socket.socket | None = None
        self._changes: socket.socket | None = None
        self._readers: dict[int, float] = {}
        self._generation = 0
        self._candidate = 0
        self._candidate_pipe = -1
        self._pending: socket.socket | None = None
        self._wake_in = self._wake_out = -1
        self._leaving = False

    def run(self) -> None:
        """Load, then serve until the service ends.

        Raises:
            ReleaseError: the data are missing or damaged.
        """
        self._take_signals()
        if not self._settings.allowed_services() and not leave_network():
            log.warning("readers keep the network: the system does not let them leave it")
        self._dataset.load()
        if self._settings.update_token:
            self._changes = listen(self._folder / CHANGES)
        gc.collect()
        gc.freeze()
        self._start_generation()
        if self._news >= 0:
            os.write(self._news, b"+")
            os.close(self._news)
            self._news = -1
        self._loop()

    def _take_signals(self) -> None:
        self._wake_in, self._wake_out = os.pipe()
        os.set_blocking(self._wake_in, False)
        os.set_blocking(self._wake_out, False)
        signal.set_wakeup_fd(self._wake_out, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)

    def _start_generation(self) -> None:
        """Fork readers for the data as they are, then let everybody know."""
        number = self._generation = self._board.generation + 1
        self._listener = listen(reader_path(self._folder, number))
        self._readers = {}
        # One for clients that have used little lately, and a spare one for those that die.
        count = self._settings.reader_count() + 1 + self._settings.lent_count()
        for _ in range(count * max(1, self._settings.workers) + 1):
            self._fork_reader()
        self._board.publish(number, os.getpid(), self._dataset.version())

    def _fork_reader(self) -> None:
        if self._listener is None:
            return
        version = self._dataset.version()
        number = self._generation
        place = Place(
            self._listener,
            str(self._folder),
            version,
            self._settings,
            lambda: self._board.generation == number,
        )
        pid = os.fork()
        if pid:
            self._readers[pid] = time.monotonic()
            return
        try:
            self._close_in_child()
            run_reader(place, self._dataset.open_for_reading)
        except MaizuruError as error:
            log.error("a reader cannot start: %s", error)
        finally:
            leave_process(0)

    def _close_in_child(self) -> None:
        files = (self._lifeline, self._news, self._wake_in, self._wake_out, self._candidate_pipe)
        for file in files:
            if file >= 0:
                os.close(file)
        for connection in (self._changes, self._pending):
            if connection is not None:
                connection.close()

    def _loop(self) -> None:
        while self._readers or not self._leaving:
            waiting = [self._lifeline, self._wake_in]
            if self._candidate:
                waiting.append(self._candidate_pipe)
            elif self._changes is not None and not self._leaving:
                waiting.append(self._changes.fileno())
            ready, _, _ = select.select(waiting, [], [], 1.0)
            if self._lifeline in ready:
                self._end()
                return
            if self._candidate_pipe in ready and self._candidate:
                self._candidate_told()
            elif self._changes is not None and self._changes.fileno() in ready:
                self._take_change()
            self._reap()

    def _end(self) -> None:
        """Kill everything below; the service has ended."""
        for pid in [*self._readers, *([self._candidate] if self._candidate else [])]:
            os.kill(pid, signal.SIGKILL)

    def _reap(self) -> None:
        """Replace readers that died, and take note of a change that failed."""
        try:
            while os.read(self._wake_in, 512):
                continue
        except BlockingIOError:
            pass
        while True:
            try:
                pid, _ = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            if pid == self._candidate:
                self._candidate_told()
            born = self._readers.pop(pid, None)
            if born is not None and not self._leaving:
                if time.monotonic() - born < FAILED_READER_PAUSE:
                    time.sleep(FAILED_READER_PAUSE)
                self._board.count_replaced()
                self._fork_reader()

    # Changes

    def _take_change(self) -> None:
        """Accept one change and fork the process that makes it."""
        if self._changes is None:
            return
        connection, _ = self._changes.accept()
        read, write = os.pipe()
        pid = os.fork()
        if pid:
            os.close(write)
            self._candidate, self._candidate_pipe = pid, read
            self._pending = None if self._dataset.becomes else connection
            if self._dataset.becomes:
                connection.close()
            return
        os.close(read)
        self._make_change(connection, write)

    def _make_change(self, connection: socket.socket, pipe: int) -> None:
        """Make the change; this process becomes the keeper and returns, or ends here."""
        try:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            head, body, _ = receive(connection)
            signal.setitimer(signal.ITIMER_REAL, self._settings.update_seconds)
            done = self._apply(change_of(head, body))
            signal.setitimer(signal.ITIMER_REAL, 0)
            if not self._dataset.becomes:
                os.write(pipe, b"+created" if done.created else b"+")
                os._exit(0)
            self._become_keeper()
            # Whoever asked may be gone; the change is made all the same.
            with contextlib.suppress(ConnectionError):
                reply(connection, done)
            os.write(pipe, b"+")
            os.close(pipe)
            connection.close()
        except MaizuruError as error:
            with contextlib.suppress(ConnectionError):
                send(connection, {"failed": type(error).__name__, **as_dict(error)})
            os._exit(0)
        except (Hangup, ConnectionError):
            os._exit(1)
        except BaseException:
            leave_process(1)

    def _apply(self, change: Change) -> Changed:
        if change.expect and change.expect != self._dataset.version():
            raise PreconditionFailed("The graph has changed since")
        return self._dataset.apply(change)

    def _become_keeper(self) -> None:
        """Take over: new readers first, then the board tells."""
        for file in (self._wake_in, self._wake_out):
            os.close(file)
        if self._listener is not None:
            self._listener.close()
        self._candidate, self._candidate_pipe = 0, -1
        self._take_signals()
        self._start_generation()

    def _candidate_told(self) -> None:
        """Act on what the process that made the change says: done, or nothing for failed."""
        told = os.read(self._candidate_pipe, 16)
        os.close(self._candidate_pipe)
        pid, self._candidate, self._candidate_pipe = self._candidate, 0, -1
        pending, self._pending = self._pending, None
        if not told:
            if self._board.keeper == pid:
                self._leave()
        elif self._dataset.becomes:
            self._leave()
        else:
            self._dataset.changed_elsewhere()
            self._leave_readers()
            self._start_generation()
            if pending is not None:
                created = told == b"+created"
                reply(pending, Changed(self._dataset.version(), created=created))
        if pending is not None:
            pending.close()

    def _leave_readers(self) -> None:
        """Tell the readers of this generation to leave once they have answered."""
        if self._listener is not None:
            path = self._listener.getsockname()
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
            Path(path).unlink(missing_ok=True)
        for pid in self._readers:
            os.kill(pid, signal.SIGUSR1)

    def _leave(self) -> None:
        """Leave the dataset to the new keeper, and go once the readers have gone."""
        self._leaving = True
        self._leave_readers()
        if self._changes is not None:
            self._changes.close()
            self._changes = None


def leave_process(code: int) -> NoReturn:
    """End this fork at once, without what the service does at its end; tell of what went wrong."""
    if sys.exc_info()[0] is not None:
        traceback.print_exc()
    sys.stderr.flush()
    os._exit(code)


def listen(path: Path) -> socket.socket:
    """Return a socket that listens at *path*."""
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(path))
    listener.listen(256)
    return listener


def reader_path(folder: Path, generation: int) -> Path:
    """Return where the readers of a generation listen."""
    return folder / f"readers-{generation}.sock"


def reply(connection: socket.socket, done: Changed) -> None:
    """Tell whoever asked for a change that it is durable and visible."""
    send(connection, asdict(done))


def head_of_change(change: Change) -> tuple[dict[str, Any], bytes]:
    """Return a change as a message."""
    head = asdict(replace(change, text="", data=b""))
    del head["data"], head["text"]
    body = change.data if change.kind in ("put", "post") else change.text.encode()
    return head, body


def change_of(head: dict[str, Any], body: bytes) -> Change:
    """Return the change of a message."""
    if head["kind"] in ("put", "post"):
        return Change(**head, data=body)
    return Change(**head, text=body.decode("utf-8", "replace"))
