"""Read a request's body within bounds of length and time."""

from __future__ import annotations

import threading
import zlib
from typing import Any

from .errors import BadRequest, BodyTimeout, TooLarge, UnsupportedEncoding

PIECE = 64 * 1024


def read_body(environ: dict[str, Any], limit: int, seconds: float) -> bytes:
    """Return the body, unpacked if it came as gzip or deflate.

    Raises:
        TooLarge: it is over *limit* bytes, packed or unpacked.
        BodyTimeout: it did not arrive within *seconds*.
        BadRequest: it ended early, or is not what its encoding says.
        UnsupportedEncoding: its encoding is neither gzip nor deflate.
    """
    declared = environ.get("CONTENT_LENGTH") or ""
    if declared and not (declared.isascii() and declared.isdigit()):
        raise BadRequest("Content-Length is not a number")
    length = int(declared) if declared else None
    if length is not None and length > limit:
        raise TooLarge(f"The body may have {limit} bytes, not {length}")
    if length == 0 or (length is None and "HTTP_TRANSFER_ENCODING" not in environ):
        return b""
    reading = _Reading(environ["wsgi.input"], limit)
    body = reading.within(seconds)
    if length is not None and len(body) < length:
        raise BadRequest("The body is shorter than its Content-Length")
    return _unpack(body, environ.get("HTTP_CONTENT_ENCODING", ""), limit)


class _Reading:
    """Reads in a thread of its own, because a server's ``read`` waits without end."""

    def __init__(self, source: Any, limit: int) -> None:
        self._source = source
        self._limit = limit
        self._pieces: list[bytes] = []
        self._size = 0

    def within(self, seconds: float) -> bytes:
        thread = threading.Thread(target=self._run, daemon=True)
        thread.start()
        thread.join(seconds)
        if thread.is_alive():
            raise BodyTimeout(f"The body did not arrive within {seconds:g} seconds")
        if self._size > self._limit:
            raise TooLarge(f"The body may have {self._limit} bytes")
        return b"".join(self._pieces)

    def _run(self) -> None:
        while self._size <= self._limit and (piece := self._source.read(PIECE)):
            self._pieces.append(piece)
            self._size += len(piece)


def _unpack(body: bytes, encoding: str, limit: int) -> bytes:
    """Undo the content encoding, at most to *limit* bytes: a small body may unpack to gigabytes."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return body
    if name not in ("gzip", "x-gzip", "deflate"):
        raise UnsupportedEncoding(f"The content encoding {name[:40]!r} is not known here")
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        unpacked = unpacker.decompress(body, limit + 1)
    except zlib.error as error:
        raise BadRequest(f"The body is not {name}") from error
    if len(unpacked) > limit:
        raise TooLarge(f"The body may have {limit} bytes once unpacked")
    if not unpacker.eof:
        raise BadRequest(f"The {name} body is cut short")
    return unpacked
