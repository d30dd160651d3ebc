"""A long answer on its way: the reader writes a file, the client's thread reads on behind it.

So the reader never waits for the client, and a client that stops reading holds no reader.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

from maizuru.graph.errors import MaizuruError

from ..jobs import Ending
from .wire import Hangup, receive

PIECE = 256 * 1024
GROWTH_PAUSE = 0.01
"""Seconds between two looks at an answer that is still growing."""


class Stream:
    """The chunks of an answer, as they come; must be closed."""

    def __init__(
        self,
        file: int,
        connection: socket.socket,
        ending: Ending,
        why: Callable[[], MaizuruError],
    ) -> None:
        """Read *file*; *connection* tells of the end, *why* what it means if it only breaks."""
        self.ending = ending
        self._file = file
        self._connection = connection
        self._why = why
        self._offset = 0
        self._told = False

    def watch(self) -> None:
        """Wait for the end in a thread, so that it is noticed while the client is slow."""
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        # What went wrong is told by the chunks' reader, from `Ending.failure`.
        with contextlib.suppress(MaizuruError):
            self.wait()

    def wait(self) -> dict[str, Any]:
        """Wait for the end and return what it says.

        Raises:
            LimitExceeded: the reader was stopped before it.
        """
        try:
            head, *_ = receive(self._connection)
            if "failed" in head:
                self.ending.failure = MaizuruError(head["error"]["message"])
            else:
                self.ending.rows, self.ending.truncated = head["rows"], head["truncated"]
        except (Hangup, OSError):
            self.ending.failure = self._why()
        finally:
            self._connection.close()
            self.ending.set()
        if self.ending.failure is not None:
            raise self.ending.failure
        return head

    def __iter__(self) -> Iterator[bytes]:
        """Return itself."""
        return self

    def __next__(self) -> bytes:
        """Return the next chunk, waiting for it if need be; the last says if the end is missing."""
        while True:
            ended = self.ending.wait(0)
            chunk = os.pread(self._file, PIECE, self._offset)
            if chunk:
                self._offset += len(chunk)
                return chunk
            if ended:
                failure = self.ending.failure
                if failure is None or self._told:
                    raise StopIteration
                self._told = True
                return f"\n# {failure}: this answer is incomplete\n".encode()
            self.ending.wait(GROWTH_PAUSE)

    def close(self) -> None:
        """Let go of the file, and of the reader if it is still at work."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
        try:
            self._connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
