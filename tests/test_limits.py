from __future__ import annotations

import threading
import time

import pytest

from maizuru.server import limits
from maizuru.server.errors import Busy, TooManyRequests
from maizuru.server.jobs import Ending
from maizuru.server.limits import Budgets, Doorkeeper, Queue


def spend(budgets: Budgets, client: str, seconds: float) -> None:
    with budgets.charge(client):
        time.sleep(seconds)


def test_budget_is_used_up_and_comes_back() -> None:
    budgets = Budgets(seconds_a_minute=0.06, at_once=2)
    spend(budgets, "a", 0.1)
    with pytest.raises(TooManyRequests) as caught:
        spend(budgets, "a", 0)
    assert caught.value.status == 429
    assert int(dict(caught.value.headers)["Retry-After"]) > 1
    spend(budgets, "b", 0)
    fast = Budgets(seconds_a_minute=60, at_once=2)
    spend(fast, "a", 0.05)
    spend(fast, "a", 0)


def test_queries_at_once_are_bounded_until_the_work_is_over() -> None:
    budgets = Budgets(60, 1)
    ending = Ending(lambda: None)
    with budgets.charge("a") as charge:
        charge.ending = ending
    with pytest.raises(TooManyRequests, match="1 queries at once"):
        spend(budgets, "a", 0)
    ending.set()
    spend(budgets, "a", 0)


def test_client_that_used_much_lately_is_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HEAVY_SECONDS", 0.03)
    monkeypatch.setattr(limits, "HALF_LIFE", 0.05)
    budgets = Budgets(60, 1)
    with budgets.charge("a") as charge:
        assert not charge.heavy
        time.sleep(0.05)
    with budgets.charge("a") as charge:
        assert charge.heavy
    with budgets.charge("b") as charge:
        assert not charge.heavy
    time.sleep(0.3)
    with budgets.charge("a") as charge:
        assert not charge.heavy


class Unread:
    busy = False

    def revoke(self) -> None: ...

    def settle(self) -> None: ...


def test_client_of_a_long_query_has_no_reader_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HALF_LIFE", 0.1)
    budgets, lent = Budgets(60, 2), Unread()
    assert budgets.lend("a", lent, most=5) == 60
    budgets.use("a", 4.9)
    budgets.give_back("a", lent)
    assert budgets.lend("a", lent, most=5) == pytest.approx(55.1, abs=0.1)
    budgets.use("a", 9.0)
    budgets.give_back("a", lent)
    assert budgets.lend("a", lent, most=5) == 0
    assert budgets.lend("b", Unread(), most=5) == 60
    time.sleep(0.3)
    assert budgets.lend("a", lent, most=5) > 0


def test_many_short_queries_make_no_client_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HEAVY_SECONDS", 0.5)
    budgets = Budgets(60, 1)
    for _ in range(60):
        spend(budgets, "a", 0.01)
    with budgets.charge("a") as charge:
        assert not charge.heavy


def turn_away() -> None:
    time.sleep(0.06)
    raise Busy("no place")


def test_waiting_is_not_charged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HEAVY_SECONDS", 0.03)
    budgets = Budgets(60, 1)
    with pytest.raises(Busy), budgets.charge("a"):
        turn_away()
    with budgets.charge("a") as charge:
        charge.waited = 0.06
        time.sleep(0.06)
    with budgets.charge("a") as charge:
        assert not charge.heavy


def test_silent_clients_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REMEMBERED", 3)
    budgets = Budgets(60, 1)
    for number in range(10):
        spend(budgets, str(number), 0)
    assert len(budgets._accounts) <= 4


def test_client_that_asks_much_at_once_is_heavy() -> None:
    budgets = Budgets(1000.0, 10)
    with budgets.charge("a") as first, budgets.charge("a") as second, budgets.charge("a") as third:
        assert (first.heavy, second.heavy, third.heavy) == (False, False, True)


def test_heavy_clients_never_have_every_place() -> None:
    queue = Queue(places=2, length=4, seconds=0.05)
    queue.enter(heavy=True)
    with pytest.raises(Busy, match="in time"):
        queue.enter(heavy=True)
    queue.enter()
    queue.leave()
    queue.leave()
    queue.enter(heavy=True)


def test_single_place_is_for_everybody() -> None:
    Queue(places=1, length=0, seconds=0).enter(heavy=True)


def test_queue_has_an_end_and_hands_places_on() -> None:
    queue = Queue(places=1, length=1, seconds=5)
    queue.enter()
    entered = threading.Event()

    def wait() -> None:
        queue.enter()
        entered.set()

    waiter = threading.Thread(target=wait)
    waiter.start()
    while not queue.waiting:
        time.sleep(0.001)
    with pytest.raises(Busy, match="Too many"):
        queue.enter()
    queue.leave()
    waiter.join()
    assert entered.is_set()
    assert queue.waiting == 0


def test_requests_under_way_are_bounded_for_each_client() -> None:
    door = Doorkeeper(2)
    door.enter("a")
    door.enter("a")
    with pytest.raises(TooManyRequests):
        door.enter("a")
    door.enter("b")
    door.leave("a")
    door.enter("a")
