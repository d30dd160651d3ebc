"""What every request passes: routing, errors, security headers, CORS and the access log.

``/sparql`` and ``/store`` are answered here without Flask; all else goes to the Flask application.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

from maizuru.graph.errors import MaizuruError

from .access_log import AccessLog, Asked
from .errors import INTERNAL, BadRequest, InternalError, render
from .graph_store import PATH as STORE_PATH
from .http import CLIENT, Environ, Request, Response
from .limits import Doorkeeper
from .metrics import Metrics
from .settings import Settings
from .sparql import FORM_SHARE

StartResponse = Callable[..., Any]
Wsgi = Callable[[Environ, StartResponse], Iterable[bytes]]
Handler = Callable[[Request], Response]

SECURITY = (
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'self'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
)
DOCUMENTS = (
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
"""What browsers heed in documents only."""
CORS = (
    ("Access-Control-Allow-Origin", "*"),
    (
        "Access-Control-Expose-Headers",
        "Content-Location, ETag, Link, Location, Maizuru-Rows, Maizuru-Truncated",
    ),
)
PREFLIGHT = (
    ("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE, OPTIONS"),
    (
        "Access-Control-Allow-Headers",
        "Accept, Authorization, Content-Type, If-Match, If-None-Match",
    ),
    ("Access-Control-Max-Age", "86400"),
)


_HOST = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?", re.ASCII)
COMMON = (*CORS, *SECURITY, ("Server", "Maizuru"))


class Front:
    """The outermost WSGI application."""

    def __init__(
        self,
        settings: Settings,
        pages: Wsgi,
        handlers: dict[str, Handler],
        log: AccessLog,
        metrics: Metrics,
        addresses: Mapping[str, str],
    ) -> None:
        """Answer the paths of *handlers* by them, and the others by *pages*.

        *addresses* are those of clients, by the address of the connection they come on.
        """
        self._settings = settings
        self._pages = pages
        self._handlers = handlers
        self._log = log
        self.door = Doorkeeper(settings.client_requests)
        self.metrics = metrics
        self._addresses = addresses
        self._told = limits_header(settings)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        started = time.monotonic()
        peer = str(environ.get("REMOTE_ADDR", ""))
        environ[CLIENT] = self._addresses.get(peer, peer)
        request = Request(environ, self._settings)
        try:
            self.door.enter(request.client)
        except MaizuruError as error:
            response = error_response(error, request.header("Accept"))
            return self._send(request, response, start_response, started, entered=False)
        handler = self._handler(str(environ.get("PATH_INFO", "")))
        try:
            check_host(environ)
            if handler is None:
                self._take_body(request)
        except MaizuruError as error:
            return self._send(
                request, error_response(error, request.header("Accept")), start_response, started
            )
        if handler is None:
            return self._page(request, start_response, started)
        return self._send(request, self._answer(handler, request), start_response, started)

    def _send(
        self,
        request: Request,
        response: Response,
        start_response: StartResponse,
        started: float,
        *,
        entered: bool = True,
    ) -> Iterable[bytes]:
        """Start the response and return its body."""

        def done(sent: int) -> None:
            if entered:
                self.door.leave(request.client)
            self._done(request, response.status, sent, started, response.note)

        headers = headers_of(response, self._told)
        if request.method == "OPTIONS":
            headers += PREFLIGHT
        body = response.body
        if isinstance(body, bytes):
            start_response(response.status_line(), headers)
            done(len(body))
            return [] if request.method == "HEAD" else [body]
        start_response(response.status_line(), headers)
        chunks = Watched(body, done)
        if request.method == "HEAD":
            chunks.close()
            return []
        return chunks

    def _handler(self, path: str) -> Handler | None:
        if path.startswith(STORE_PATH + "/"):
            path = STORE_PATH
        return self._handlers.get(path)

    def _answer(self, handler: Handler, request: Request) -> Response:
        """Return the handler's response, or the error it raised as one: the one error handler."""
        try:
            return handler(request)
        except MaizuruError as error:
            return error_response(error, request.header("Accept"))
        except Exception as error:  # the one broad handler: no trace may leave
            self._log.exception(error)
            return error_response(InternalError(INTERNAL), request.header("Accept"))

    def _take_body(self, request: Request) -> None:
        """Read a page's form before its time is over, and hand it on as it would have come."""
        environ = request.environ
        body = request.body(FORM_SHARE * self._settings.max_query_bytes)
        environ["wsgi.input"] = BytesIO(body)
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        environ.pop("HTTP_CONTENT_ENCODING", None)
        if body:
            environ["CONTENT_LENGTH"] = str(len(body))

    def _page(
        self, request: Request, start_response: StartResponse, started: float
    ) -> Iterable[bytes]:
        """Let Flask answer, with our headers where it set none of the name."""
        status = 200

        def start(line: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            nonlocal status
            status = int(line[:3])
            present = {name.lower() for name, _ in headers}
            common = (*COMMON, *DOCUMENTS, *(PREFLIGHT if request.method == "OPTIONS" else ()))
            more = [pair for pair in common if pair[0].lower() not in present]
            return start_response(line, [*headers, *more], *rest)

        body = self._pages(request.environ, start)

        def done(sent: int) -> None:
            self.door.leave(request.client)
            self._done(request, status, sent, started, {})

        return Watched(body, done)

    def _done(
        self, request: Request, status: int, sent: int, started: float, note: dict[str, Any]
    ) -> None:
        path = str(request.environ.get("PATH_INFO", ""))
        asked = Asked(request.client, request.method, path)
        self.count(asked, status, sent, time.monotonic() - started, note)

    def count(
        self, asked: Asked, status: int, sent: int, seconds: float, note: dict[str, Any]
    ) -> None:
        """Count a request that was answered, and write it to the log."""
        self.metrics.record(asked.path, status, seconds, note)
        self._log.write(asked, status, sent, seconds, note)


def limits_header(settings: Settings) -> tuple[str, str]:
    """Return the header that tells every client of the limits."""
    limits = ("query_seconds", "max_rows", "max_bytes", "client_seconds")
    told = ", ".join(f"{name}={getattr(settings, name):.15g}" for name in limits)
    return "Maizuru-Limits", told


def headers_of(response: Response, limits: tuple[str, str]) -> list[tuple[str, str]]:
    """Return all headers of a response; its length where that is known."""
    headers = [*response.headers, *COMMON, limits]
    if any(value.startswith("text/html") for name, value in response.headers):
        headers += DOCUMENTS
    if isinstance(response.body, bytes) and response.status not in (204, 304):
        headers.append(("Content-Length", str(len(response.body))))
    return headers


def check_host(environ: Environ) -> None:
    """Make sure that the request names one host as a host is written (RFC 9112, section 3.2).

    Raises:
        BadRequest: it does not.
    """
    host = str(environ.get("HTTP_HOST", ""))
    if not host and environ.get("SERVER_PROTOCOL") != "HTTP/1.1":
        return
    if not _HOST.fullmatch(host):
        raise BadRequest("The header Host must name one host")


def error_response(error: MaizuruError, accept: str) -> Response:
    """Return an error as a response, in the one shape."""
    status, headers, body = render(error, accept)
    return Response(status, headers, body, {"outcome": type(error).__name__})


class Watched:
    """Chunks that are counted, and closed when the server is done with them."""

    def __init__(self, chunks: Iterable[bytes], done: Callable[[int], None]) -> None:
        """Watch *chunks*, and call *done* with the number of bytes once they end or are closed."""
        self._chunks = chunks
        self._iterator = iter(chunks)
        self._done: Callable[[int], None] | None = done
        self._sent = 0

    def __iter__(self) -> Iterator[bytes]:
        """Return itself."""
        return self

    def __next__(self) -> bytes:
        """Return the next chunk."""
        try:
            chunk = next(self._iterator)
        except StopIteration:
            self.close()
            raise
        self._sent += len(chunk)
        return chunk

    def close(self) -> None:
        """Close the source, and tell once how much was sent."""
        close = getattr(self._chunks, "close", None)
        if close is not None:
            close()
        done, self._done = self._done, None
        if done is not None:
            done(self._sent)
