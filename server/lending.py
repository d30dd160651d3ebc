"""Lend clients' connections to readers, and answer for what becomes of them."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import threading
import time
from collections.abc import Iterable

from maizuru.graph.errors import MaizuruError

from .access_log import Asked
from .errors import Abandoned, QueryMemory, QueryTimeout
from .front import Front, error_response, headers_of, limits_header
from .http import Response
from .jobs import Ending
from .limits import HEAVY_SECONDS, Budgets
from .plain import ending as head_ending
from .plain import response_head
from .readers.direct import BACK_CLOSED, BACK_OTHER, BACK_UNSENT
from .readers.ledger import BUSY, IDLE, Ledger
from .readers.pool import GRACE, ReaderPool, streamed
from .readers.stream import Stream
from .readers.wire import Hangup, receive
from .settings import Settings
from .sparql import respond

LOOK = 0.1
"""Seconds between two looks at a reader that speaks with a client."""
GONE = 0.25
"""Seconds for which a query goes on whose client hung up: most are answered before."""
LONG_SHARE = 0.5
"""A client whose query lately used so much of the time allowed has no reader of its own."""
NICENESS = 10
"""Of a reader whose query takes long: short queries of others go first."""

AGAIN, CLOSE, PASS_ON = "again", "close", "pass on"


class Lender:
    """Knows the readers' ledgers, and which connections are lent."""

    def __init__(
        self, settings: Settings, pool: ReaderPool, budgets: Budgets, front: Front
    ) -> None:
        """Lend to the readers of *pool*."""
        self.settings = settings
        self.pool = pool
        self.budgets = budgets
        self.front = front
        self.limits = limits_header(settings)
        self._ledgers = [Ledger() for _ in range(settings.lent_count())]
        self._lent: set[Loan] = set()
        self._lock = threading.Lock()

    def lend(self, client: socket.socket, address: str) -> tuple[str, bytes]:
        """Lend a connection on which a request has come; return how it goes on.

        `AGAIN`: wait for a request; `CLOSE`; `PASS_ON`: the request is for the HTTP server, and
        what was read of it is returned too.
        """
        loan = self._open(client, address)
        if loan is None:
            return PASS_ON, b""
        with contextlib.ExitStack() as stack:
            stack.callback(loan.release)
            control = self.pool.lend(client.fileno(), loan.ledger.file, address, loan.seconds)
            return loan.follow(control) if control is not None else (PASS_ON, b"")

    def _open(self, client: socket.socket, address: str) -> Loan | None:
        if not self.front.door.has_room(address):
            return None
        with self._lock:
            if not self._ledgers:
                return None
            loan = Loan(self, client, address, self._ledgers.pop())
            self._lent.add(loan)
        most = self.settings.query_seconds * LONG_SHARE
        loan.seconds = self.budgets.lend(address, loan, most)
        if loan.seconds:
            return loan
        self.closed(loan)
        return None

    def closed(self, loan: Loan) -> None:
        """Take the ledger of a loan that is over."""
        with self._lock:
            if loan in self._lent:
                self._lent.discard(loan)
                self._ledgers.append(loan.ledger)

    def settle(self) -> None:
        """Count all that readers have answered until now."""
        with self._lock:
            lent = list(self._lent)
        for loan in lent:
            loan.settle()

    def revoke(self) -> None:
        """Have every client's connection given back."""
        with self._lock:
            for loan in self._lent:
                loan.revoke()


class Loan:
    """A client's connection that a reader has; see `limits.Lent`."""

    def __init__(self, lender: Lender, client: socket.socket, address: str, ledger: Ledger) -> None:
        """Lend *client*, on which requests come from *address*."""
        ledger.reset()
        self.ledger = ledger
        self.seconds = 0.0
        self._lender = lender
        self._client = client
        self._address = address
        self._gone = 0.0
        self._gave_way = False
        self._ending = Ending(self._close)

    @property
    def busy(self) -> bool:
        """See `Lent.busy`."""
        return self.ledger.state == BUSY

    def revoke(self) -> None:
        """See `Lent.revoke`."""
        self.ledger.revoke()

    def settle(self) -> None:
        """See `Lent.settle`; write to the log and count, too."""
        for entry in self.ledger.entries():
            asked = Asked(self._address, entry.method, "/sparql")
            self._lender.front.count(asked, entry.status, entry.sent, entry.seconds, entry.note)
            self._lender.budgets.use(self._address, entry.seconds)

    def release(self) -> None:
        """End the loan; the first call counts."""
        self._ending.set()

    def _close(self) -> None:
        self.settle()
        self._lender.budgets.give_back(self._address, self)
        self._lender.closed(self)

    def follow(self, control: socket.socket) -> tuple[str, bytes]:
        """Wait until the reader gives the client back, or dies; see `Lender.lend`."""
        try:
            self._watch(control)
            head, data, files = receive(control)
        except (Hangup, OSError):
            control.close()
            return self._died()
        if files:
            return self._stream(Stream(files[0], control, Ending(self._streamed), self._why), head)
        self.release()
        self._lender.pool.take_back(control, head)
        back = head["back"]
        if back == BACK_UNSENT:
            self._client.sendall(data)
        if back == BACK_OTHER:
            return PASS_ON, data
        return (CLOSE if back == BACK_CLOSED else AGAIN), b""

    def _watch(self, control: socket.socket) -> None:
        """Wait for the reader to say something; meanwhile write down what it did."""
        waiting = select.poll()
        waiting.register(control, select.POLLIN)
        waiting.register(self._client, select.POLLRDHUP)
        while True:
            ready = {number for number, _ in waiting.poll(LOOK * 1000)}
            if control.fileno() in ready:
                return
            if self._client.fileno() in ready:
                self._gone = time.monotonic()
                waiting.unregister(self._client)
            self.settle()
            if self.busy:
                self._look(control)

    def _look(self, control: socket.socket) -> None:
        """Stop a query that is running if nobody wants it any more, or have it give way."""
        now = time.monotonic()
        took = now - self.ledger.started
        late = took > self._lender.settings.query_seconds + GRACE
        if late or (self._gone and now - self._gone > GONE):
            control.shutdown(socket.SHUT_RDWR)
        elif took > HEAVY_SECONDS and not self._gave_way:
            self._gave_way = True
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.ledger.reader, NICENESS)

    def _why(self) -> MaizuruError:
        """Return why a reader died over a query."""
        if self._gone:
            return Abandoned("The client hung up")
        allowed = self._lender.settings.query_seconds
        if time.monotonic() - self.ledger.started >= allowed * 0.98:
            return QueryTimeout(f"The query took longer than {allowed:g} seconds")
        return QueryMemory("The query needed more memory than it may have")

    def _died(self) -> tuple[str, bytes]:
        """Answer in the place of a reader that died, if a request was at hand."""
        if self.ledger.state == IDLE:
            self.release()
            return AGAIN, b""
        self._used()
        started, (method, query, accept) = self.ledger.started, self.ledger.about
        response = error_response(self._why(), accept)
        if query != "-":
            response.note["query"] = query
        self.release()
        return self._send(response, method, started)

    def _used(self) -> None:
        """Charge the request at hand."""
        self._lender.budgets.use(self._address, time.monotonic() - self.ledger.started)

    def _streamed(self) -> None:
        """Take note that the reader has written a long answer to its end."""
        self._used()
        self.release()

    def _stream(self, stream: Stream, head: dict[str, object]) -> tuple[str, bytes]:
        """Send an answer on that is still growing."""
        started, (method, query, accept) = self.ledger.started, self.ledger.about
        note: dict[str, object] = {"query": query, "outcome": "answered"}
        headers = [(name, value) for name, value in head["headers"]]  # type: ignore[attr-defined]
        with contextlib.closing(stream), contextlib.ExitStack() as stack:
            try:
                # Sending may take long, and is a request under way like those of the HTTP server.
                self._lender.front.door.enter(self._address)
                stack.callback(self._lender.front.door.leave, self._address)
                answer = streamed(str(head["format"]), stream, head)
                response = respond(answer, headers, note, self._lender.settings)
            except MaizuruError as error:
                response = error_response(error, accept)
            return self._send(response, method, started)

    def _send(self, response: Response, method: str, started: float) -> tuple[str, bytes]:
        """Send the response to a request that came at *started*, and count it."""
        sent = 0
        headers = headers_of(response, self._lender.limits)
        try:
            for piece in _pieces(response, headers):
                self._client.sendall(piece)
                sent += len(piece)
        except OSError:
            return CLOSE, b""
        finally:
            seconds = time.monotonic() - started
            asked = Asked(self._address, method, "/sparql")
            self._lender.front.count(asked, response.status, sent, seconds, response.note)
        return AGAIN, b""


def _pieces(response: Response, headers: list[tuple[str, str]]) -> Iterable[bytes]:
    """Yield a response as it is sent; one of unknown length in chunks (RFC 9112, section 7.1)."""
    if isinstance(response.body, bytes):
        yield response_head(response.status, headers) + head_ending() + response.body
        return
    headers = [*headers, ("Transfer-Encoding", "chunked")]
    yield response_head(response.status, headers) + head_ending()
    for chunk in response.body:
        yield b"%x\r\n%b\r\n" % (len(chunk), chunk)
    yield b"0\r\n\r\n"
