"""The door: takes every connection, and leads each request to who answers it.

    client ── door ── reader            plain queries: the reader has the connection meanwhile
                 └─── HTTP server       all else: bytes are passed on

A connection that goes to the HTTP server goes there to its end. It comes to that server from an
address of the loopback network of its own, so that there, too, it can be told from all others.
"""

from __future__ import annotations

import contextlib
import select
import socket
import threading
import time
from collections import Counter
from itertools import count

from maizuru.graph.errors import StoreError

from .errors import TooManyRequests
from .front import error_response, headers_of, limits_header
from .lending import AGAIN, CLOSE, Lender
from .plain import ending, looks_plain, response_head
from .relay import relay
from .settings import Settings

PEEK = 16
START_SECONDS = 20.0
"""Seconds for the HTTP server of this process to begin to listen."""
CONNECTIONS = 1024
"""Connections open at once, of all clients."""
LOOK = 0.25
"""Seconds between two looks at whether the end has come."""
SETTLED = 3.0
"""Seconds that a connection on which nothing has come yet is waited for at the end."""
AT_THE_END = 8.0
"""Seconds for the requests under way at the end."""


def listen(settings: Settings) -> socket.socket:
    """Return the socket that takes connections.

    Raises:
        StoreError: the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=1024)
    except OSError as error:
        said = f"The service cannot listen on {settings.host}:{settings.port}: {error.strerror}"
        raise StoreError(said) from error
    listener.setblocking(False)
    # Connections inherit these.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    stall = max(1, round(settings.stall_seconds * 1000))
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, stall)
    return listener


class Door:
    """One for each HTTP process; all take connections from the same socket."""

    def __init__(
        self,
        settings: Settings,
        listener: socket.socket,
        private: tuple[str, int],
        addresses: dict[str, str],
        lender: Lender | None,
    ) -> None:
        """Lend to readers by *lender*, and pass on to the HTTP server that listens at *private*.

        *addresses* is told the client's address of each connection passed on.
        """
        self._settings = settings
        self._listener = listener
        self._private = private
        self._addresses = addresses
        self._lender = lender
        self._open: Counter[str] = Counter()
        self._attended = 0
        self._passed_on = 0
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._closing = 0.0

    def serve(self, orders: socket.socket) -> None:
        """Take connections until something comes on *orders*; answer there once all is settled."""
        waiting = select.poll()
        waiting.register(self._listener, select.POLLIN)
        waiting.register(orders, select.POLLIN)
        while orders.fileno() not in {number for number, _ in waiting.poll()}:
            # Another process may have been faster.
            with contextlib.suppress(BlockingIOError, ConnectionError):
                self._take(*self._listener.accept())
        self._closing = time.monotonic()
        if self._lender is not None:
            self._lender.pool.close()
        deadline = self._closing + AT_THE_END
        while self._attended and time.monotonic() < deadline:
            if self._lender is not None:
                self._lender.revoke()
            time.sleep(0.02)
        with contextlib.suppress(OSError):
            orders.sendall(b".")

    def finish(self) -> None:
        """Wait until what the HTTP server answered is passed on; it has ended."""
        deadline = time.monotonic() + AT_THE_END
        while self._passed_on and time.monotonic() < deadline:
            time.sleep(0.02)
        if self._lender is not None:
            self._lender.settle()

    def _take(self, client: socket.socket, address: tuple[str, int]) -> None:
        """Attend to a new connection, in a thread of its own."""
        name = address[0]
        client.setblocking(True)
        with self._lock:
            few = self._settings.trusted_proxies or (
                self._open[name] < self._settings.client_connections
            )
            if not few or self._open.total() >= CONNECTIONS:
                self._turn_away(client)
                return
            self._open[name] += 1
            self._attended += 1
        threading.Thread(target=self._attend, args=(client, name), daemon=True).start()

    def _turn_away(self, client: socket.socket) -> None:
        """Tell a client that it has too many connections."""
        allowed = self._settings.client_connections
        said = f"A client may have {allowed} connections open at once"
        error = error_response(TooManyRequests(said, [("Retry-After", "1")]), "")
        headers = [*headers_of(error, limits_header(self._settings)), ("Connection", "close")]
        body = error.body if isinstance(error.body, bytes) else b""
        with client, contextlib.suppress(OSError):
            client.send(response_head(error.status, headers) + ending() + body)
            client.shutdown(socket.SHUT_WR)

    def _attend(self, client: socket.socket, address: str) -> None:
        """Attend to a connection to its end."""
        try:
            with client, contextlib.suppress(OSError):
                first = self._lead(client, address)
                if first is not None:
                    self._pass_on(client, address, first)
        finally:
            with self._lock:
                self._attended -= 1
                self._open[address] -= 1
                if not self._open[address]:
                    del self._open[address]

    def _lead(self, client: socket.socket, address: str) -> bytes | None:
        """Have readers answer while they can.

        Return what was read of a request for the HTTP server, or None at the end.
        """
        fresh = True
        while self._wait(client, fresh):
            start = client.recv(PEEK, socket.MSG_PEEK)
            if not start:
                return None
            if self._lender is None or not looks_plain(start):
                return b""
            how, data = self._lender.lend(client, address)
            if how == CLOSE:
                return None
            if how != AGAIN:
                return data
            fresh = False
        return None

    def _wait(self, client: socket.socket, fresh: bool) -> bool:
        """Wait for a request; tell whether one has begun to come."""
        waiting = select.poll()
        waiting.register(client, select.POLLIN)
        deadline = time.monotonic() + self._settings.header_seconds
        while (left := deadline - time.monotonic()) > 0:
            if waiting.poll(min(left, LOOK) * 1000):
                return True
            if self._closing and (not fresh or time.monotonic() > self._closing + SETTLED):
                return False
        return False

    def _pass_on(self, client: socket.socket, address: str, first: bytes) -> None:
        """Pass everything on to the HTTP server and back."""
        number = next(self._numbers) % (250 << 16)
        alias = f"127.{1 + (number >> 16)}.{number >> 8 & 255}.{number & 255}"
        self._addresses[alias] = address
        with self._lock:
            self._attended -= 1
            self._passed_on += 1
        try:
            with self._connect(alias) as server:
                server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                relay(client, server, first)
        finally:
            with self._lock:
                self._attended += 1
                self._passed_on -= 1
            del self._addresses[alias]

    def _connect(self, alias: str) -> socket.socket:
        """Return a connection to the HTTP server, which may only be about to listen."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                return socket.create_connection(self._private, source_address=(alias, 0))
            except ConnectionRefusedError:
                if self._closing or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
