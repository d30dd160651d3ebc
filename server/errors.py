"""Refusals of the service, and the one shape every error takes.

    MaizuruError
    ├── …                       the errors of the graph, each with its status
    ├── InternalError           500: a fault of ours; the log has the rest
    └── Refusal                 what HTTP itself asks us to refuse
        ├── BadRequest          400     ├── TooLarge             413
        ├── Unauthorised        401     ├── UnsupportedMedia     415
        ├── MethodNotAllowed    405     ├── UnsupportedEncoding  415
        ├── NotAcceptable       406     ├── TooManyRequests      429
        ├── BodyTimeout         408     │
        ├── LengthRequired      411     └── Busy, Abandoned      503
        └── PreconditionFailed  412

    QueryFailed 500 is a query that is right but cannot be evaluated (SPARQL 1.1 Protocol, 2.1.7);
    QueryTimeout and QueryMemory (503) are kinds of LimitExceeded.

JSON: ``{"error": {"status", "kind", "message", "line"?, "column"?, "limit"?}}``; text: the message;
HTML: a page with the message. No error shows a path, a version or a trace.
"""

from __future__ import annotations

import html
import json
from typing import Any

from werkzeug.exceptions import HTTPException

from maizuru.graph.errors import LimitExceeded, MaizuruError, NotFound, QueryError

Headers = list[tuple[str, str]]


class Refusal(MaizuruError):
    """A request that HTTP or a limit makes us refuse; *headers* go with the answer."""

    def __init__(self, message: str, headers: Headers | None = None) -> None:
        """Keep the sentence and the headers."""
        super().__init__(message)
        self.headers = headers or []


class BadRequest(Refusal):
    """The request breaks the protocol."""


class Unauthorised(Refusal):
    """The request needs a token, or another one."""

    status = 401


class MethodNotAllowed(Refusal):
    """The method is not one for this address."""

    status = 405


class NotAcceptable(Refusal):
    """No format the client takes can be given."""

    status = 406


class BodyTimeout(Refusal):
    """The body did not come in time."""

    status = 408


class LengthRequired(Refusal):
    """A change must tell its length, so that one cut short is not taken for whole."""

    status = 411


class PreconditionFailed(Refusal):
    """The resource is not in the state the client expects."""

    status = 412


class TooLarge(Refusal):
    """The body or query is too long."""

    status = 413


class UnsupportedMedia(Refusal):
    """The body is in a format that is not taken here."""

    status = 415


class UnsupportedEncoding(Refusal):
    """The body is packed in a way that is not known here."""

    status = 415


class TooManyRequests(Refusal):
    """The client has used up its budget."""

    status = 429


class Busy(Refusal):
    """There is no room in the queue, or no reader to be had."""

    status = 503


class QueryFailed(QueryError):
    """The query is right, but the engine cannot evaluate it."""

    status = 500


class QueryTimeout(LimitExceeded):
    """The query took longer than it may; *limit* is a setting's name."""

    limit = "query_seconds"


class Abandoned(Refusal):
    """The client hung up before it was answered; nobody reads this but the log."""

    status = 503


class QueryMemory(LimitExceeded):
    """The query needed more memory than it may."""

    limit = "reader_bytes"


INTERNAL = "Something went wrong here; the request can be tried again."


class InternalError(MaizuruError):
    """Something that should not happen did; the log has it, the client is told no more."""

    status = 500


_OF_HTTP: dict[int, type[Refusal]] = {
    405: MethodNotAllowed,
    406: NotAcceptable,
    413: TooLarge,
    415: UnsupportedMedia,
}


def of_http(error: HTTPException) -> MaizuruError:
    """Return our error for one that the routing or the reading of a request raised."""
    status = error.code or 500
    if status >= 500:
        return InternalError(INTERNAL)
    if status == 404:
        return NotFound("There is nothing at this address")
    headers = [(name, value) for name, value in error.get_headers() if name == "Allow"]
    return _OF_HTTP.get(status, BadRequest)(error.description or error.name, headers)


def as_dict(error: MaizuruError) -> dict[str, Any]:
    """Return the JSON shape of an error."""
    shape: dict[str, Any] = {
        "status": error.status,
        "kind": type(error).__name__,
        "message": str(error),
    }
    for name in ("line", "column", "limit"):
        if (value := getattr(error, name, None)) is not None:
            shape[name] = value
    return {"error": shape}


def render(error: MaizuruError, accept: str) -> tuple[int, Headers, bytes]:
    """Return status, headers and body of an error, in the form that *accept* prefers.

    An ``Accept`` for HTML gives a page, one for plain text (alone) gives text, all else JSON.
    """
    headers: Headers = list(error.headers) if isinstance(error, Refusal) else []
    if error.status == 503 and not any(name == "Retry-After" for name, _ in headers):
        headers.append(("Retry-After", "5"))
    wanted = accept.lower()
    if "text/html" in wanted:
        media_type, body = "text/html; charset=utf-8", _page(error)
    elif wanted.startswith("text/plain"):
        media_type, body = "text/plain; charset=utf-8", str(error) + "\n"
    else:
        media_type, body = "application/json", json.dumps(as_dict(error), ensure_ascii=False) + "\n"
    headers += [("Content-Type", media_type), ("Cache-Control", "no-store")]
    return error.status, headers, body.encode()


def _page(error: MaizuruError) -> str:
    """Return the error in the site's own dress, without a template: the front has none."""
    message = html.escape(str(error))
    where = "".join(
        f" {name} {value}"
        for name in ("line", "column")
        if (value := getattr(error, name, None)) is not None
    )
    place = f'<p class="soft">{where.strip().capitalize()}.</p>\n' if where else ""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_TITLES.get(error.status, 'Error')} · Maizuru</title>\n"
        '<link rel="stylesheet" href="/static/style.css">\n'
        '<link rel="icon" href="/static/icon.svg" type="image/svg+xml">\n</head>\n<body>\n'
        '<header class="band"><div><a class="brand" href="/">'
        '<span lang="ja">舞鶴</span> Maizuru</a></div></header>\n<main id="main">\n'
        f'<p class="kind">Error {error.status}</p>\n'
        f"<h1>{_TITLES.get(error.status, 'The request failed')}</h1>\n"
        f'<p role="alert">{message}</p>\n{place}'
        '<ul class="formats"><li><a href="/">Home</a></li><li><a href="/search">Search</a></li>'
        '<li><a href="/documents">Documents</a></li></ul>\n</main>\n</body>\n</html>\n'
    )


_TITLES = {
    400: "The request was not understood",
    401: "A token is needed",
    404: "There is nothing here",
    405: "That is not done here",
    406: "Not in that format",
    413: "Too much at once",
    429: "Too many requests",
    500: "Something went wrong here",
    503: "Busy at the moment",
}
"""Headings of the pages of errors, by status."""
