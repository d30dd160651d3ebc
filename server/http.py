"""Requests and responses of the thin path: WSGI without a framework.

Flask renders pages; a SPARQL request is answered in a fraction of the time a framework takes to
wrap it, so the protocol handlers work on these two small classes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, quote

from .body import read_body
from .errors import BadRequest
from .settings import Settings

Environ = dict[str, Any]
Form = list[tuple[str, str]]
CLIENT = "maizuru.client"
"""In a WSGI environment: the address of the client, or of the proxy in front of it."""


@dataclass(slots=True)
class Request:
    """A request, read as far as asked."""

    environ: Environ
    settings: Settings

    @property
    def method(self) -> str:
        """The method, in capitals."""
        return str(self.environ["REQUEST_METHOD"])

    def header(self, name: str) -> str:
        """Return a header's value, or empty text."""
        return str(self.environ.get(_key(name), ""))

    @property
    def media_type(self) -> str:
        """The media type of the body, without parameters, in lower case."""
        return self.header("Content-Type").partition(";")[0].strip().lower()

    @property
    def query_string(self) -> str:
        """The parameters of the address as they came."""
        return str(self.environ.get("QUERY_STRING", ""))

    def parameters(self) -> Form:
        """Return the parameters of the address, percent-decoded once."""
        return parse_form(self.query_string)

    def body(self, limit: int) -> bytes:
        """Return the body, unpacked; raises `TooLarge`, `BodyTimeout` or `BadRequest`."""
        return read_body(self.environ, limit, self.settings.body_seconds)

    @property
    def client(self) -> str:
        """Who asks: the address, or what the outermost trusted proxy says it is."""
        trusted = self.settings.trusted_proxies
        sender = str(self.environ.get(CLIENT) or self.peer)
        if not trusted:
            return sender
        forwarded = [part.strip() for part in self.header("X-Forwarded-For").split(",")]
        if len(forwarded) >= trusted and forwarded[-trusted]:
            return forwarded[-trusted]
        return sender

    @property
    def peer(self) -> str:
        """The address of the connection it came on, as this process has it open."""
        return str(self.environ.get("REMOTE_ADDR", ""))

    @property
    def root(self) -> str:
        """The address of the service as clients see it, without a final slash."""
        if self.settings.public_url:
            return self.settings.public_url.rstrip("/")
        host = self.header("Host") or self.environ.get("SERVER_NAME", "localhost")
        return f"{self.environ['wsgi.url_scheme']}://{host}"

    @property
    def url(self) -> str:
        """The address asked, without its parameters, as clients see it."""
        path = str(self.environ.get("PATH_INFO", "/")).encode("latin-1", "replace")
        return self.root + quote(path, safe="/:@!$&'()*+,;=~")


@lru_cache(maxsize=100)
def _key(name: str) -> str:
    """Return the name of a header in a WSGI environment; names come from our own code."""
    key = name.upper().replace("-", "_")
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_" + key


def parse_form(text: str) -> Form:
    """Decode ``application/x-www-form-urlencoded`` text, once, as UTF-8.

    Raises:
        BadRequest: it is not UTF-8, or has far too many fields.
    """
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError as error:
        raise BadRequest("A parameter is not UTF-8 once percent-decoded") from error
    except ValueError as error:
        raise BadRequest(f"The parameters cannot be read: {error}") from error


@dataclass(slots=True)
class Response:
    """A response; *body* is whole bytes, or chunks as they come."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes | Iterable[bytes] = b""
    note: dict[str, Any] = field(default_factory=dict)
    """What the access log says of it beyond the status: rows, outcome, query hash."""

    def status_line(self) -> str:
        """Return ``200 OK``."""
        return STATUS_LINES[self.status]


STATUS_LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}
