"""The engine that works in reader processes, as the HTTP process sees it."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from maizuru.graph import errors as graph_errors
from maizuru.graph.errors import MaizuruError, StoreError

from .. import errors as server_errors
from ..abandoned import Watch, watching
from ..errors import Abandoned, Busy, QueryMemory, QueryTimeout
from ..jobs import Answer, Change, Changed, Ending, Job
from ..limits import Queue
from ..negotiate import RESULTS
from ..settings import Settings
from .board import Board
from .keeper import CHANGES, head_of_change, reader_path
from .reader import message_of
from .stream import Stream
from .wire import Hangup, receive, send

GRACE = 1.0
"""Seconds beyond a deadline before a reader that the kernel should have killed is given up."""
RETRY_PAUSE = 0.01
AT_ONCE = 0.05
"""A reader that hangs up within so many seconds may have left before it heard of the job."""
_ATTEMPTS = 50


class ReaderPool:
    """Sends jobs to readers. One for each HTTP process."""

    def __init__(self, settings: Settings, board: Board, folder: Path) -> None:
        """Reach the readers that *board* tells of, through sockets in *folder*."""
        self.writable = bool(settings.update_token)
        # One place more than readers that may be busy with heavy clients' queries.
        places = settings.reader_count() + 1
        self.queue = Queue(places, settings.queue_length, settings.queue_seconds)
        self._settings = settings
        self._board = board
        self._folder = folder
        self._idle: list[tuple[int, socket.socket]] = []

    def version(self) -> str:
        """See `Engine.version`."""
        return self._board.version

    def ready(self) -> bool:
        """See `Engine.ready`."""
        return self._board.generation > 0 and self._board.keeper > 0

    def gauges(self) -> dict[str, float]:
        """See `Engine.gauges`."""
        return {
            "queue_waiting": float(self.queue.waiting),
            "readers_replaced": float(self._board.replaced),
        }

    def close(self) -> None:
        """See `Engine.close`; the readers belong to the guardian."""
        while self._idle:
            self._idle.pop()[1].close()

    def answer(self, job: Job, *, heavy: bool = False, peer: str = "") -> Answer:
        """See `Engine.answer`."""
        waited = self.queue.enter(heavy=heavy)
        ending = Ending(self.queue.leave)
        try:
            with watching(peer) as watch:
                answer = self._answer(job, ending, watch)
            answer.waited = waited
            return answer
        except BaseException:
            ending.set()
            raise

    def _answer(self, job: Job, ending: Ending, watch: Watch) -> Answer:
        why = self._why(time.monotonic(), watch)
        connection, head, body, files = self._ask(job, watch, why)
        if not files:
            self.take_back(connection, head)
            ending.set()
            return _whole(head, body)
        stream = Stream(files[0], connection, ending, why)
        return streamed(job.format.name, stream, head)

    def lend(self, client: int, ledger: int, address: str, seconds: float) -> socket.socket | None:
        """Lend the open connection *client* to a reader; return where it tells of the end.

        It writes down what it does in the open file *ledger*. None if there is no reader just now.
        """
        head, fresh = {"address": address, "seconds": seconds}, False
        while not fresh:
            connection, fresh = self._connection(self._board.generation)
            if connection is None:
                return None
            try:
                send(connection, head, files=(client, ledger))
            except OSError:
                connection.close()
                continue
            return connection
        return None

    def take_back(self, connection: socket.socket, head: dict[str, Any]) -> None:
        """Keep the connection to a reader that gave a client back with *head*."""
        if head["last"]:
            connection.close()
        else:
            self._keep(connection, head["version"])

    def has_graph(self, name: str) -> bool:
        """See `Engine.has_graph`."""
        return self.answer(Job("", "HAS", RESULTS[0], default_graphs=(name,))).whole() == b"1"

    def change(self, change: Change) -> Changed:
        """See `Engine.change`."""
        connection = connect(self._folder / CHANGES)
        if connection is None:
            raise Busy("Changes cannot be made just now; try again later")
        with connection:
            connection.settimeout(2 * self._settings.update_seconds + GRACE)
            try:
                send(connection, *head_of_change(change))
                head, *_ = receive(connection)
            except (Hangup, ConnectionError) as error:
                said = "The change took too long or too much memory; it was not made"
                raise QueryTimeout(said) from error
            except TimeoutError as error:
                raise Busy("Other changes are being made; try again later") from error
        if "failed" in head:
            raise error_of(head)
        return Changed(**head)

    def _ask(
        self, job: Job, watch: Watch, why: Callable[[], MaizuruError]
    ) -> tuple[socket.socket, dict[str, Any], bytes, Sequence[int]]:
        """Send the job to a reader of the newest generation; return its first message.

        A reader that left hangs up at once on what it is still sent; then another is asked.
        """
        started = time.monotonic()
        for _ in range(_ATTEMPTS):
            generation = self._board.generation
            connection, fresh = self._connection(generation)
            if connection is None:
                time.sleep(RETRY_PAUSE)
                continue
            watch.connection = connection
            try:
                connection.sendall(message_of(job, self._settings.query_seconds))
                return connection, *receive(connection)
            except (Hangup, ConnectionError, BlockingIOError) as error:
                connection.close()
                changed = self._board.generation != generation
                at_once = time.monotonic() - started < AT_ONCE
                if watch.gone or not (changed or (at_once and not fresh)):
                    raise why() from error
        raise Busy("The dataset is not ready; try again later")

    def _connection(self, generation: int) -> tuple[socket.socket | None, bool]:
        """Return a connection to a reader of *generation*, and whether it is a new one."""
        while self._idle:
            try:
                of, connection = self._idle.pop()
            except IndexError:
                break
            if of == generation:
                return connection, False
            connection.close()
        made = connect(reader_path(self._folder, generation))
        if made is not None:
            _give_up_after(made, self._settings.query_seconds + GRACE)
        return made, True

    def _keep(self, connection: socket.socket, version: str) -> None:
        """Keep the connection for the next job, unless its reader is of an older generation."""
        if version == self._board.version:
            self._idle.append((self._board.generation, connection))
        else:
            connection.close()

    def _why(self, started: float, watch: Watch) -> Callable[[], MaizuruError]:
        """Return what tells, once a reader died, why: its deadline, or else its memory."""
        allowed = self._settings.query_seconds

        def why() -> MaizuruError:
            if watch.gone:
                return Abandoned("The client hung up")
            if time.monotonic() - started >= allowed * 0.98:
                return QueryTimeout(f"The query took longer than {allowed:g} seconds")
            return QueryMemory("The query needed more memory than it may have")

        return why


def streamed(format_name: str, stream: Stream, head: dict[str, Any]) -> Answer:
    """Return an answer that is still growing; a table without room for a note only whole."""
    answer = Answer(stream, head["version"], streaming=True, ending=stream.ending)
    if format_name not in ("csv", "tsv"):
        stream.watch()
        return answer
    end = stream.wait()
    answer.rows, answer.truncated, answer.streaming = end["rows"], end["truncated"], False
    return answer


def connect(path: Path) -> socket.socket | None:
    """Return a connection to a Unix socket, or None where nobody listens."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(str(path))
    except (FileNotFoundError, ConnectionError, BlockingIOError):
        connection.close()
        return None
    return connection


def _give_up_after(connection: socket.socket, seconds: float) -> None:
    """Have the kernel end a wait on *connection*, which costs less than asking it before each."""
    whole, part = divmod(seconds, 1)
    limit = struct.pack("@ll", int(whole), int(part * 1_000_000))
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)


def _whole(head: dict[str, Any], body: bytes) -> Answer:
    """Return the answer of a single message, or raise the error it tells of."""
    if "failed" in head:
        raise error_of(head)
    return Answer(body, head["version"], head["rows"], head["truncated"])


def error_of(head: dict[str, Any]) -> MaizuruError:
    """Return the error a reader or the keeper tells of."""
    shape = head["error"]
    for module in (graph_errors, server_errors):
        kind = getattr(module, head["failed"], None)
        if isinstance(kind, type) and issubclass(kind, MaizuruError):
            error = kind(shape["message"])
            error.line, error.column = shape.get("line"), shape.get("column")
            return error
    return StoreError(shape["message"])
