"""Share the service out: query-seconds for each client, and a queue with an end."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from .errors import Busy, TooManyRequests
from .jobs import Ending

REMEMBERED = 10_000
"""Clients whose budgets are kept; the one that was silent longest is forgotten first."""
HALF_LIFE = 300.0
HEAVY_SECONDS = 2.0
"""A client that used more for a single query lately waits for the places that others leave."""
LIGHT_AT_ONCE = 2
"""A client with more queries at once does so too."""


@dataclass(slots=True)
class Charge:
    """A query that a client is charged for."""

    heavy: bool
    """True if the client has used much lately, or asks much at once."""
    ending: Ending | None = None
    """Set by whoever answers, when the work goes on after the block."""
    waited: float = 0.0
    """Set by whoever answers: the seconds in the queue, which nobody is charged for."""


@dataclass(slots=True)
class Account:
    """What one client has left and has used lately, when that was reckoned, and what runs."""

    seconds: float
    at: float
    running: int = 0
    recent: float = 0.0
    """Seconds of its longest query, of which half is forgotten every `HALF_LIFE`."""
    lent: list[Lent] = field(default_factory=list)
    """What speaks for it with readers of its own, each for one query at once."""


class Lent(Protocol):
    """A client's connection that a reader has, and what that writes down of it."""

    @property
    def busy(self) -> bool:
        """Whether a query is running."""

    def revoke(self) -> None:
        """Have no other query begin."""

    def settle(self) -> None:
        """Charge what was used since the last time."""


class Budgets:
    """Query-seconds of each client: a bucket that fills by the minute."""

    def __init__(self, seconds_a_minute: float, at_once: int) -> None:
        """Allow each client so much query time a minute, and so many queries at once."""
        self._full = seconds_a_minute
        self._at_once = at_once
        self._accounts: OrderedDict[str, Account] = OrderedDict()
        self._lock = threading.Lock()

    @contextmanager
    def charge(self, client: str) -> Iterator[Charge]:
        """Charge the time the block takes to *client*, and that of an answer still at work.

        The block sets the ending of its answer on what it is given.

        Raises:
            TooManyRequests: the client has nothing left, or too many queries are running.
        """
        start = time.monotonic()
        account = self._open(client, start)
        charge = Charge(account.recent > HEAVY_SECONDS or account.running > LIGHT_AT_ONCE)

        def settle() -> None:
            now = time.monotonic()
            used = max(0.0, now - start - charge.waited)
            with self._lock:
                self._reckon(account, now)
                account.running -= 1
                account.seconds -= used
                account.recent = max(account.recent, used)

        try:
            yield charge
        except Busy:
            charge.waited = time.monotonic() - start
            raise
        finally:
            if charge.ending is not None:
                charge.ending.then(settle)
            else:
                settle()

    def lend(self, client: str, lent: Lent, most: float) -> float:
        """Let a reader speak with *client* for so many query-seconds; 0 if it had better not.

        One whose longest query took more than *most* seconds lately waits for its turn like all
        that comes by the queue. Whoever lends must `give_back`.
        """
        self._settle(client)
        now = time.monotonic()
        with self._lock:
            account = self._account(client, now)
            running = account.running + len(account.lent)
            if running >= self._at_once or account.recent > most:
                return 0.0
            if account.seconds > 0:
                account.lent.append(lent)
            return max(0.0, account.seconds)

    def give_back(self, client: str, lent: Lent) -> None:
        """Take note that the reader speaks with *client* no more."""
        with self._lock:
            self._account(client, time.monotonic()).lent.remove(lent)

    def use(self, client: str, seconds: float) -> None:
        """Charge a query of so many seconds to *client*, which a reader has answered."""
        now = time.monotonic()
        with self._lock:
            account = self._account(client, now)
            account.seconds -= seconds
            account.recent = max(account.recent, seconds)

    def _settle(self, client: str) -> None:
        """Charge what the client's own readers have answered until now."""
        with self._lock:
            account = self._accounts.get(client)
            lent = list(account.lent) if account else []
        for one in lent:
            one.settle()

    def _account(self, client: str, now: float) -> Account:
        account = self._accounts.setdefault(client, Account(self._full, now))
        self._accounts.move_to_end(client)
        self._reckon(account, now)
        return account

    def _open(self, client: str, now: float) -> Account:
        self._settle(client)
        with self._lock:
            account = self._account(client, now)
            running = account.running + sum(lent.busy for lent in account.lent)
            if running + 1 + len(account.lent) > self._at_once:
                for lent in account.lent:
                    lent.revoke()
            if running >= self._at_once:
                said = f"A client may run {self._at_once} queries at once"
                raise TooManyRequests(said, [("Retry-After", "1")])
            if account.seconds <= 0:
                wait = math.ceil(-account.seconds * 60 / max(self._full, 0.001)) + 1
                said = f"A client may use {self._full:g} seconds of query time a minute"
                raise TooManyRequests(said, [("Retry-After", str(wait))])
            account.running += 1
            self._forget()
            return account

    def _reckon(self, account: Account, now: float) -> None:
        """Credit what the client has earned, and forget what it has used long ago."""
        passed = now - account.at
        account.seconds = min(self._full, account.seconds + passed * self._full / 60)
        account.recent *= 0.5 ** (passed / HALF_LIFE)
        account.at = now

    def _forget(self) -> None:
        for client in list(self._accounts)[: len(self._accounts) - REMEMBERED]:
            if not (self._accounts[client].running or self._accounts[client].lent):
                del self._accounts[client]


class Doorkeeper:
    """Counts the requests of each client that are under way, also those that are slow to read."""

    def __init__(self, at_once: int) -> None:
        """Allow each client so many requests at once."""
        self._at_once = at_once
        self._inside: dict[str, int] = {}
        self._lock = threading.Lock()

    def enter(self, client: str) -> None:
        """Let a request in; whoever enters must leave.

        Raises:
            TooManyRequests: the client has too many under way.
        """
        with self._lock:
            inside = self._inside.get(client, 0)
            if inside >= self._at_once:
                said = f"A client may have {self._at_once} requests under way at once"
                raise TooManyRequests(said, [("Retry-After", "1")])
            self._inside[client] = inside + 1

    def has_room(self, client: str) -> bool:
        """Tell whether another request of the client would be let in."""
        return self._inside.get(client, 0) < self._at_once

    def leave(self, client: str) -> None:
        """Let a request out."""
        with self._lock:
            self._inside[client] -= 1
            if not self._inside[client]:
                del self._inside[client]


class Queue:
    """Lets so many in at once; so many may wait, for so long.

    Where there is more than one place, one is kept for clients that have used little lately: those
    that ask for much never have all.
    """

    def __init__(self, places: int, length: int, seconds: float) -> None:
        """Allow *places* at once and *length* waiting, each for at most *seconds*."""
        self._free = places
        self._kept = 1 if places > 1 else 0
        self._length = length
        self._seconds = seconds
        self._changed = threading.Condition()
        self._waiting = 0

    @property
    def waiting(self) -> int:
        """How many are waiting."""
        return self._waiting

    def enter(self, *, heavy: bool = False) -> float:
        """Take a place and return the seconds waited for it; whoever enters must leave.

        Raises:
            Busy: the queue is full, or no place came free in time.
        """
        kept, started = self._kept if heavy else 0, time.monotonic()
        with self._changed:
            if self._free <= kept:
                self._wait(kept)
            self._free -= 1
        return time.monotonic() - started

    def _wait(self, kept: int) -> None:
        if self._waiting >= self._length:
            raise Busy("Too many queries are waiting; try again later", [("Retry-After", "5")])
        self._waiting += 1
        try:
            if not self._changed.wait_for(lambda: self._free > kept, self._seconds):
                said = "No reader came free in time; try again later"
                raise Busy(said, [("Retry-After", "5")])
        finally:
            self._waiting -= 1

    def leave(self) -> None:
        """Give the place back."""
        with self._changed:
            self._free += 1
            if self._waiting:
                self._changed.notify_all()
