"""Requests so plain that no HTTP server is needed to read them, and answers to them as bytes.

A query by GET or POST with headers of known names, each once, is read here; whatever else comes,
or comes in an odd way, is left to the HTTP server, which knows all of HTTP.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache

from .http import STATUS_LINES, Environ

END = b"\r\n\r\n"
LONGEST_HEAD = 16 * 1024
_LINE = re.compile(rb"(GET|POST) (/sparql)(?:\?([!\"$-~]*))? HTTP/1\.1")
_HEADER = re.compile(rb"([A-Za-z0-9-]+):[ \t]*([!-~](?:[ -~\t]*[!-~])?)?[ \t]*")
_KNOWN = frozenset(
    b"accept accept-charset accept-encoding accept-language cache-control connection "
    b"content-length content-type dnt host if-none-match origin pragma priority referer "
    b"user-agent x-requested-with".split()
)
_LENGTH = re.compile(rb"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a plain request."""

    environ: Environ
    """As WSGI has it."""
    length: int
    """Of the body."""


def looks_plain(start: bytes) -> bool:
    """Tell whether a request that begins so may be plain."""
    return start.startswith((b"POST /sparql", b"GET /sparql?"))


def read_head(head: bytes) -> Head | None:
    """Return the head of a request, which ends with an empty line; None if it is not plain."""
    first, *lines = head.removesuffix(END).split(b"\r\n")
    asked = _LINE.fullmatch(first)
    if asked is None or len(head) > LONGEST_HEAD:
        return None
    found: dict[bytes, bytes] = {}
    for line in lines:
        header = _HEADER.fullmatch(line)
        if header is None:
            return None
        name = header[1].lower()
        if name in found or not (name in _KNOWN or name.startswith(b"sec-")):
            return None
        found[name] = header[2] or b""
    length = found.pop(b"content-length", b"0")
    posted = asked[1] == b"POST"
    if not _LENGTH.fullmatch(length) or (not posted and int(length)):
        return None
    if found.pop(b"connection", b"keep-alive").lower() != b"keep-alive":
        return None
    environ = {
        "REQUEST_METHOD": asked[1].decode(),
        "PATH_INFO": asked[2].decode(),
        "QUERY_STRING": (asked[3] or b"").decode(),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": found.pop(b"content-type", b"").decode(),
        "wsgi.url_scheme": "http",
    }
    for name, value in found.items():
        environ["HTTP_" + name.decode().upper().replace("-", "_")] = value.decode()
    return Head(environ, int(length))


def response_head(status: int, headers: Iterable[tuple[str, str]]) -> bytes:
    """Return the head of a response, but for its date and the empty line: see `ending`."""
    lines = [f"HTTP/1.1 {STATUS_LINES[status]}", *(f"{name}: {text}" for name, text in headers)]
    return "\r\n".join(lines).encode("latin-1", "replace")


def ending() -> bytes:
    """Return what follows `response_head`."""
    return _ending(int(time.time()))


@lru_cache(maxsize=1)
def _ending(moment: int) -> bytes:
    return f"\r\nDate: {formatdate(moment, usegmt=True)}\r\n\r\n".encode()
