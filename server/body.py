"""Read a request's body within bounds of length and time."""

from __future__ import annotations

import zlib
from typing import Any

from .errors import BadRequest, BodyTimeout, LengthRequired, TooLarge, UnsupportedEncoding
from .slow import reading

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
    with reading(str(environ.get("REMOTE_ADDR", "")), seconds) as found:
        body = _read_all(environ["wsgi.input"], limit)
    if found.cut and (length is None or len(body) < length):
        raise BodyTimeout(f"The body did not arrive within {seconds:g} seconds")
    if len(body) > limit:
        raise TooLarge(f"The body may have {limit} bytes")
    if length is not None and len(body) < length:
        raise BadRequest("The body is shorter than its Content-Length")
    return _unpack(body, environ.get("HTTP_CONTENT_ENCODING", ""), limit)


def require_length(environ: dict[str, Any]) -> None:
    """Make sure that a body cut short would be noticed: in chunks the server ends it silently.

    Raises:
        LengthRequired: its length is not told.
    """
    if "HTTP_TRANSFER_ENCODING" in environ and not environ.get("CONTENT_LENGTH"):
        raise LengthRequired("A change must come with its Content-Length")


def _read_all(source: Any, limit: int) -> bytes:
    """Read to the end, or just beyond *limit*."""
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
