"""A reader speaks with a client itself, request after request, while they are plain queries.

So a short query costs no more hops than in a server of one process. The HTTP process, which lends
the connection, keeps a copy of it: it answers should the reader die, and takes it back as soon as
the client is silent, or asks for what is not a plain query.
"""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from maizuru.graph.errors import MaizuruError

from ..cache import AnswerCache
from ..front import check_host, error_response, headers_of, limits_header
from ..http import Request, Response
from ..jobs import Answer, Job
from ..limits import HEAVY_SECONDS
from ..plain import END, ending, read_head, response_head
from ..sparql import FORM, answer_headers, knows, parse, prepare
from .evaluate import evaluate
from .known import Known
from .ledger import Ledger, line_of
from .outlet import Outlet, Place, failed
from .views import Views

LINGER = 0.2
"""Seconds that a silent client keeps its reader."""
PART_OF_BODY = 0.05
"""Seconds to wait for more of a request of which a part has come."""
WHOLE_BODY = 0.25
"""Seconds to wait for all of it: what comes in drops is for the HTTP server."""
LONGEST = 60_000
"""Bytes of a request that is read here."""
POSTED = (FORM, "application/sparql-query")
CACHE_SHARE = 8
"""One part in so many of the cache is each reader's."""

_LENGTH = re.compile(rb"\r\n[Cc]ontent-[Ll]ength: *(\d{1,9})\r\n")

_ROOM = memoryview(bytearray(LONGEST))
"""Where requests are received: an allocation for each would cost more than the rest."""
BACK_IDLE, BACK_OTHER, BACK_CLOSED, BACK_UNSENT, STREAMED = "idle", "other", "closed", "unsent", ""


@dataclass(frozen=True, slots=True)
class Understood:
    """A request that was read."""

    method: str
    query: str
    """Hash of the query; a minus sign where it could not be read."""
    accept: str

    @property
    def about(self) -> bytes:
        """What the HTTP process must know to tell of an error."""
        return f"{self.method} {self.query} {self.accept}".encode()


@dataclass(frozen=True, slots=True)
class Wrong(Understood):
    """A request that can only be refused."""

    error: Response


@dataclass(frozen=True, slots=True)
class Plain(Understood):
    """A query to be answered."""

    job: Job
    tag: str
    """The answer's entity tag; empty if it depends on the moment."""
    head: bytes
    """The answer's head, but for what depends on the body."""
    unchanged: bytes
    """The whole answer, but for its end, where the client has it already; else empty."""
    long: dict[str, object]
    """What the HTTP process must know to send on an answer that is long."""


UNREAD = Understood("-", "-", "").about


@dataclass(slots=True)
class Loan:
    """A connection that is lent, and on which terms."""

    control: socket.socket
    client: socket.socket
    ledger: Ledger
    address: str
    seconds: float
    """Query-seconds the client may use."""
    rest: Callable[[], None]
    """Called before the reader waits for a request."""
    work: Callable[[], None]
    """Called as soon as one is there."""
    longest: float = 0.0
    """Seconds of the longest query."""


class Direct:
    """What a reader knows for speaking with clients."""

    def __init__(self, place: Place, views: Views) -> None:
        """Answer from *views*."""
        self._place = place
        self._views = views
        self._told = limits_header(place.settings)
        self._known = Known[bytes, Plain | Wrong]()
        self._cache = AnswerCache(place.settings.cache_bytes // CACHE_SHARE)

    def serve(self, loan: Loan) -> tuple[str, bytes]:
        """Serve a client as long as it goes; return why no longer, and bytes that go with that.

        `BACK_OTHER`: a request as it came; `BACK_UNSENT`: the rest of an answer; `STREAMED`: the
        HTTP process has the connection again and reads on behind the answer.
        """
        waiting = select.poll()
        waiting.register(loan.client, select.POLLIN)
        while loan.seconds > 0 and loan.longest < HEAVY_SECONDS:
            loan.rest()
            ready = waiting.poll(LINGER * 1000)
            loan.work()
            if not ready or not loan.ledger.open or not self._place.current():
                break
            started = time.monotonic()
            data = _receive(loan.client, waiting)
            plain = self._known.get(data)
            if plain is None:
                # Should reading it be the end of this process, the client is told.
                loan.ledger.begin(started, UNREAD)
                plain = self._understand(data, loan.address)
            if plain is None:
                loan.ledger.drop()
                return (BACK_OTHER, data) if data else (BACK_CLOSED, b"")
            loan.ledger.begin(started, plain.about)
            if isinstance(plain, Plain):
                answer = self._answer(plain, loan, started)
            else:
                answer = self._refuse(plain, plain.error, loan, started)
            if answer is None:
                return STREAMED, b""
            unsent = _send(loan.client, answer)
            if unsent:
                return BACK_UNSENT, unsent
        return BACK_IDLE, b""

    def _understand(self, data: bytes, address: str) -> Plain | Wrong | None:
        """Return what was received as a plain request, or None if it is none, or nothing."""
        at = data.find(END) + len(END)
        head = read_head(data[:at]) if at >= len(END) else None
        if head is None or len(data) != at + head.length:
            return None
        environ = {**head.environ, "REMOTE_ADDR": address}
        request = Request(environ, self._place.settings)
        if request.method == "POST" and request.media_type not in POSTED:
            return None
        plain = self._read(request, data[at:])
        return None if plain is None else self._known.keep(data, plain, len(data))

    def _read(self, request: Request, body: bytes) -> Plain | Wrong | None:
        accept = request.header("Accept")
        try:
            check_host(request.environ)
            operation = parse(request, body.decode("utf-8"))
            if not operation.query:
                return None
            prepared = prepare(request, operation)
        except UnicodeDecodeError:
            return None
        except MaizuruError as error:
            return Wrong(request.method, "-", accept, error_response(error, accept))
        job = prepared.job
        tag = f'"{self._place.version}-{prepared.mark}"' if prepared.mark else ""
        headers = answer_headers(job, tag)
        unchanged = b""
        if tag and knows(request.header("If-None-Match"), tag):
            unchanged = response_head(304, headers_of(Response(304, headers), self._told))
        return Plain(
            request.method,
            prepared.digest,
            accept,
            job,
            tag,
            response_head(200, headers_of(Response(200, headers, ()), self._told)),
            unchanged,
            {"headers": headers, "format": job.format.name},
        )

    def _answer(self, plain: Plain, loan: Loan, started: float) -> bytes | None:
        """Return the whole response, after it is written down; None if it goes on elsewhere."""
        if plain.unchanged:
            _write_down(loan, plain, started, 304, 0, "unchanged")
            return plain.unchanged + ending()
        outcome, answer = "cached", self._cache.get(plain.tag)
        if answer is None:
            try:
                outcome, answer = "answered", self._evaluate(plain, loan)
            except MaizuruError as error:
                return self._refuse(plain, error_response(error, plain.accept), loan, started)
            if answer is None:
                return None
            if plain.tag:
                self._cache.put(plain.tag, answer)
        head, body = plain.head, cast(bytes, answer.body)
        if answer.truncated:
            outcome = "truncated"
            value = getattr(self._place.settings, answer.truncated)
            head += f"\r\nMaizuru-Truncated: {answer.truncated}={value}".encode()
        if answer.rows is not None:
            head += b"\r\nMaizuru-Rows: %d" % answer.rows
        _write_down(loan, plain, started, 200, len(body), outcome, answer.rows)
        return b"%b\r\nContent-Length: %d%b%b" % (head, len(body), ending(), body)

    def _refuse(self, about: Understood, error: Response, loan: Loan, started: float) -> bytes:
        """Return an error as a whole response."""
        body = cast(bytes, error.body)
        kind = str(error.note["outcome"])
        _write_down(loan, about, started, error.status, len(body), kind)
        return response_head(error.status, headers_of(error, self._told)) + ending() + body

    def _evaluate(self, plain: Plain, loan: Loan) -> Answer | None:
        """Return the answer, or None if it is so long that the HTTP process sends it on.

        Raises:
            MaizuruError: there is none.
        """
        place = self._place
        outlet = Outlet(loan.control, place, plain.long)
        signal.setitimer(signal.ITIMER_REAL, place.settings.query_seconds)
        try:
            rows, truncated = evaluate(self._views, plain.job, place.bounds, outlet.emit)
        except MaizuruError as error:
            if not outlet.streaming:
                raise
            outlet.finish(failed(error))
            return None
        except MemoryError:
            os.abort()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        if outlet.streaming:
            outlet.finish({"rows": rows, "truncated": truncated})
            return None
        return Answer(outlet.held, place.version, rows, truncated)


def _write_down(
    loan: Loan,
    about: Understood,
    started: float,
    status: int,
    sent: int,
    outcome: str,
    rows: int | None = None,
) -> None:
    """Write a request down that is answered but for the sending."""
    took = time.monotonic() - started
    loan.seconds -= took
    loan.longest = max(loan.longest, took)
    line = line_of(about.method, status, sent, took, outcome, about.query, rows)
    loan.ledger.end(line)


def _receive(client: socket.socket, waiting: select.poll) -> bytes:
    """Return what the client sent, up to the end of a request if it is plain; empty if it left."""
    try:
        size = client.recv_into(_ROOM, LONGEST, socket.MSG_DONTWAIT)
        data = bytes(_ROOM[:size])
        deadline = time.monotonic() + WHOLE_BODY
        while data and not _is_whole(data) and time.monotonic() < deadline:
            if not waiting.poll(PART_OF_BODY * 1000):
                break
            more = client.recv(LONGEST, socket.MSG_DONTWAIT)
            if not more:
                break
            data += more
    except OSError:
        return b""
    return data


def _is_whole(data: bytes) -> bool:
    """Tell whether there is no need to wait for more of a request."""
    if len(data) >= LONGEST:
        return True
    at = data.find(END) + len(END)
    if at < len(END):
        return False
    length = _LENGTH.search(data, 0, at)
    return length is None or len(data) >= at + int(length[1])


def _send(client: socket.socket, data: bytes) -> bytes:
    """Send as much as goes without waiting; return the rest."""
    try:
        sent = client.send(data, socket.MSG_DONTWAIT)
        return data[sent:]
    except BlockingIOError:
        return data
    except ConnectionError:
        return b""
