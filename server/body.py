"""Read a request's body within bounds of length and time."""

from __future__ import annotations

import zlib
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from .errors import BadRequest, BodyTimeout, TooLarge, UnsupportedEncoding

PIECE = 64 * 1024
READERS = 256
"""Bodies that can be read at once; more wait, within their time."""


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
    body = _read_within(environ["wsgi.input"], limit, seconds)
    if length is not None and len(body) < length:
        raise BadRequest("The body is shorter than its Content-Length")
    return _unpack(body, environ.get("HTTP_CONTENT_ENCODING", ""), limit)


@cache
def _threads() -> ThreadPoolExecutor:
    """Return the threads that read bodies, because a server's ``read`` waits without end."""
    return ThreadPoolExecutor(READERS, thread_name_prefix="body")


def _read_within(source: Any, limit: int, seconds: float) -> bytes:
    """Read to the end, or just beyond *limit*; whoever sends too slowly is given up."""
    reading = _threads().submit(_read_all, source, limit)
    try:
        body = reading.result(seconds)
    except TimeoutError as error:
        raise BodyTimeout(f"The body did not arrive within {seconds:g} seconds") from error
    if len(body) > limit:
        raise TooLarge(f"The body may have {limit} bytes")
    return body


def _read_all(source: Any, limit: int) -> bytes:
    pieces, size = [], 0
    while size <= limit and (piece := source.read(PIECE)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


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
