"""How an answer leaves its reader: whole if it is short, else through a file."""

from __future__ import annotations

import fcntl
import socket
import struct
import tempfile
import termios
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Any

from maizuru.graph.errors import MaizuruError

from ..errors import as_dict
from ..settings import Settings
from .evaluate import Bounds, bounds_of
from .wire import send

INLINE = 256 * 1024
"""Bytes of an answer sent in one message; longer ones go through a file."""
_YES, _NO = struct.pack("i", 1), struct.pack("i", 0)


@dataclass(frozen=True, slots=True)
class Place:
    """What a reader needs to know."""

    listener: socket.socket
    folder: str
    """For long answers on their way."""
    version: str
    settings: Settings
    current: Callable[[], bool]
    """Tells whether the readers of this version are the newest."""
    bounds: Bounds = field(init=False)

    def __post_init__(self) -> None:
        """Read the bounds off the settings."""
        object.__setattr__(self, "bounds", bounds_of(self.settings))


class Outlet:
    """Sends an answer: short ones whole, long ones through a file the client side reads on."""

    def __init__(
        self, connection: socket.socket, place: Place, about: dict[str, Any] | None = None
    ) -> None:
        """Send to *connection*; *about* goes with the beginning of an answer on its way."""
        self._connection = connection
        self._place = place
        self._about = about or {}
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
            head = {"stream": True, "version": self._place.version, **self._about}
            send(self._connection, head, files=[self._file.fileno()])
            return
        _write_all(self._file, block)

    @property
    def streaming(self) -> bool:
        """Whether a part of the answer is sent already."""
        return self._file is not None

    @property
    def held(self) -> bytes:
        """The answer, if no part of it is sent."""
        return bytes(self._held)

    def finish(self, head: dict[str, Any]) -> None:
        """Send the end."""
        head["version"] = self._place.version
        die_on_hangup(self._connection, False)
        body = b"" if self._file is not None or "failed" in head else bytes(self._held)
        send(self._connection, head, body)
        if self._file is not None:
            self._file.close()


def die_on_hangup(connection: socket.socket, wanted: bool) -> None:
    """Have the kernel end this process when whoever asked hangs up: SIGIO, which nobody handles."""
    fcntl.ioctl(connection, termios.FIOASYNC, _YES if wanted else _NO)


def _write_all(file: IO[bytes], data: bytes) -> None:
    while data:
        data = data[file.write(data) :]


def failed(error: MaizuruError) -> dict[str, Any]:
    """Return an error as the end of an answer."""
    return {"failed": type(error).__name__, **as_dict(error)}
