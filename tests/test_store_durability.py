"""Kill the keeper and all it has started at random moments, and see what is left on the disk."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import threading
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from maizuru.graph.errors import MaizuruError, ReleaseError, StoreError
from maizuru.graph.store import DATA, STORE, DiskStore, write_release
from maizuru.server.auth import hash_token
from maizuru.server.backup import backup, restore
from maizuru.server.jobs import Change, Job
from maizuru.server.launch import start
from maizuru.server.negotiate import FORMATS
from maizuru.server.readers import guardian
from maizuru.server.readers.board import Board
from maizuru.server.readers.dataset import open_dataset
from maizuru.server.readers.journal import FOLDER, Journal
from maizuru.server.readers.lock import locked
from maizuru.server.readers.pool import ReaderPool
from maizuru.server.settings import Settings

EX = "http://example.org/"
SETTINGS = Settings(update_token="set", readers=1, update_seconds=5, query_seconds=5)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    node = ox.NamedNode(EX + "p")
    write_release([ox.Quad(node, node, ox.Literal("base"), ox.NamedNode(EX + "g"))], folder)
    return folder


class Running:
    """A guardian in a process group of its own, which can be killed as a whole."""

    def __init__(self, release: Path, sockets: Path) -> None:
        sockets.mkdir(parents=True, exist_ok=True)
        self.board = Board()
        self.pool = ReaderPool(SETTINGS, self.board, sockets)
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.setpgid(0, 0)
                with locked(release):
                    guardian.start(
                        lambda: open_dataset(release, SETTINGS), SETTINGS, self.board, sockets
                    ).wait()
                    while True:
                        signal.pause()
            finally:
                os._exit(1)
        deadline = time.monotonic() + 60
        while not self.pool.ready() and time.monotonic() < deadline:
            time.sleep(0.002)
        assert self.pool.ready()

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.pool.close()


def pair(number: int) -> str:
    """Return an update of two triples; every fifth cannot be replayed and makes a checkpoint."""
    data = f"<{EX}{number}> <{EX}one> {number} . <{EX}{number}> <{EX}two> {number} ."
    if number % 5:
        return f"INSERT DATA {{ GRAPH <{EX}g> {{ {data} }} }}"
    return f"INSERT {{ GRAPH <{EX}g> {{ {data} }} }} WHERE {{ SELECT * {{ }} LIMIT 1 }}"


def numbers(store: ox.Store, predicate: str) -> set[int]:
    quads = store.quads_for_pattern(None, ox.NamedNode(EX + predicate), None, None)
    return {int(quad.object.value) for quad in quads if isinstance(quad.object, ox.Literal)}


class Writer(threading.Thread):
    """Makes one change after another until stopped, and notes those that were acknowledged."""

    def __init__(self, pool: ReaderPool, first: int) -> None:
        super().__init__()
        self.pool = pool
        self.number = first
        self.acknowledged: set[int] = set()
        self.first_was = threading.Event()
        self.stop = threading.Event()

    def run(self) -> None:
        while not self.stop.is_set():
            with contextlib.suppress(MaizuruError):
                self.pool.change(Change("update", pair(self.number)))
                self.acknowledged.add(self.number)
                self.first_was.set()
            self.number += 1


@pytest.mark.slow
def test_memory_survives_a_hundred_kills(release: Path, tmp_path: Path) -> None:
    """Every other kill waits for an acknowledged change, so that there is something to lose."""
    chance = random.Random(20)
    acknowledged: set[int] = set()
    number = 1
    for round_number in range(100):
        running = Running(release, tmp_path / str(round_number))
        writer = Writer(running.pool, number)
        writer.start()
        if round_number % 2:
            assert writer.first_was.wait(60)
        time.sleep(chance.uniform(0, 0.15))
        running.kill()
        writer.stop.set()
        writer.join()
        acknowledged |= writer.acknowledged
        number = writer.number
        wait_for_unlocked(release)
        store = ox.Store()
        Journal(release).load(store)
        check(store, acknowledged)
    assert len(acknowledged) >= 50


def check(store: ox.Store, acknowledged: set[int]) -> None:
    found = numbers(store, "one")
    assert found == numbers(store, "two"), "half a change was applied"
    assert acknowledged <= found, "an acknowledged change was lost"


def wait_for_unlocked(release: Path) -> None:
    """Give the kernel time to end what was killed."""
    with locked(release, wait=5):
        return


@pytest.mark.slow
def test_disk_survives_kills(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    node = ox.NamedNode(EX + "p")
    write_release([ox.Quad(node, node, node, node)], folder, memory_quads=0)
    chance, acknowledged, number = random.Random(21), set[int](), 0
    settings = {"memory_quads": 0, "update_token": hash_token("secret"), "readers": 1}
    for _ in range(8):
        service = start(folder, settings, tmp_path / "log")
        killer = threading.Timer(chance.uniform(0.1, 1.0), service.kill)
        with contextlib.suppress(OSError, http.client.HTTPException):
            while True:
                number += 1
                if service.update(pair(number), "secret").status == 204:
                    acknowledged.add(number)
                if killer.ident is None:
                    assert number in acknowledged
                    killer.start()
        killer.join()
        wait_for_unlocked(folder)
        check(DiskStore.open(folder / STORE).raw, acknowledged)
    assert len(acknowledged) >= 8


def ask(pool: ReaderPool, text: str) -> str:
    job = Job(text, "SELECT", FORMATS["csv"])
    return pool.answer(job).whole().decode().strip().splitlines()[-1]


@pytest.fixture
def running(release: Path, tmp_path: Path) -> Running:
    return Running(release, tmp_path / "sockets")


COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def test_reader_sees_a_change_at_once_and_a_killed_keeper_is_replaced(running: Running) -> None:
    try:
        for number in range(1, 30):
            running.pool.change(Change("update", pair(number)))
            assert ask(running.pool, COUNT) == str(1 + 2 * number)
        os.kill(running.board.keeper, signal.SIGKILL)
        before = running.board.generation
        deadline = time.monotonic() + 10
        while running.board.generation == before and time.monotonic() < deadline:
            time.sleep(0.01)
        assert ask(running.pool, COUNT) == "59"
        running.pool.change(Change("update", pair(30)))
        assert ask(running.pool, COUNT) == "61"
    finally:
        running.kill()


def test_changes_of_many_clients_are_all_made(running: Running) -> None:
    def change(first: int) -> None:
        for number in range(first, first + 10):
            running.pool.change(Change("update", pair(number)))

    threads = [threading.Thread(target=change, args=(100 * n,)) for n in range(4)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert ask(running.pool, COUNT) == "81"
    finally:
        running.kill()


def test_endless_update_is_stopped_and_changes_nothing(running: Running) -> None:
    try:
        for number in range(1, 20):
            running.pool.change(Change("update", pair(number)))
        cross = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(9))
        either = f"{{ {cross} }} UNION {{ GRAPH ?g {{ {cross} }} }}"
        text = f"INSERT {{ <{EX}x> <{EX}x> ?a0 }} WHERE {{ {either} }}"
        with pytest.raises(MaizuruError, match="too long"):
            running.pool.change(Change("update", text))
        assert ask(running.pool, COUNT) == "39"
        running.pool.change(Change("update", pair(99)))
        assert ask(running.pool, COUNT) == "41"
    finally:
        running.kill()


def written(release: Path, count: int) -> None:
    store, journal = ox.Store(), Journal(release)
    journal.load(store)
    for number in range(1, count + 1):
        store.update(pair(number))
        journal.append(pair(number), store)


def test_torn_end_of_the_log_is_dropped(release: Path) -> None:
    written(release, 4)
    log = next((release / FOLDER).glob("log-*"))
    log.write_bytes(log.read_bytes()[:-3])
    store = ox.Store()
    journal = Journal(release)
    journal.load(store)
    assert numbers(store, "one") == {1, 2, 3}
    store.update(pair(7))
    journal.append(pair(7), store)
    again = ox.Store()
    Journal(release).load(again)
    assert numbers(again, "one") == {1, 2, 3, 7}


def test_damage_inside_the_log_is_refused(release: Path) -> None:
    written(release, 4)
    log = next((release / FOLDER).glob("log-*"))
    data = bytearray(log.read_bytes())
    data[30] ^= 1
    log.write_bytes(data)
    with pytest.raises(StoreError, match="damaged at 0"):
        Journal(release).load(ox.Store())


def test_damaged_checkpoint_is_refused(release: Path) -> None:
    written(release, 6)
    base = next((release / FOLDER).glob("base-*"))
    base.write_bytes(base.read_bytes()[:-9])
    with pytest.raises(StoreError, match="missing or damaged"):
        Journal(release).load(ox.Store())


def test_changes_of_another_build_are_refused(release: Path) -> None:
    written(release, 2)
    node = ox.NamedNode(EX + "other")
    write_release([ox.Quad(node, node, node, node)], release)
    with pytest.raises(StoreError, match="another build"):
        Journal(release)


def test_empty_graphs_outlive_a_checkpoint(release: Path) -> None:
    store, journal = ox.Store(), Journal(release)
    journal.load(store)
    for text in (f"CREATE GRAPH <{EX}empty>", pair(5)):
        store.update(text)
        journal.append(text, store)
    again = ox.Store()
    Journal(release).load(again)
    assert again.contains_named_graph(ox.NamedNode(EX + "empty"))


def test_backup_while_changing_and_restore(running: Running, release: Path, tmp_path: Path) -> None:
    stop = threading.Event()
    acknowledged = 0

    def change() -> None:
        nonlocal acknowledged
        while not stop.is_set():
            running.pool.change(Change("update", pair(acknowledged + 1)))
            acknowledged += 1

    writer = threading.Thread(target=change)
    writer.start()
    try:
        time.sleep(0.1)
        known = acknowledged
        backup(release, tmp_path / "copy")
    finally:
        stop.set()
        writer.join()
        running.kill()
    wait_for_unlocked(release)
    restore(tmp_path / "copy", release)
    store = ox.Store()
    Journal(release).load(store)
    assert set(range(1, known + 1)) <= numbers(store, "one") == numbers(store, "two")
    assert (tmp_path / "release.before-1" / DATA).is_file()


def test_restore_refuses_what_is_in_use_or_broken(release: Path, tmp_path: Path) -> None:
    backup(release, tmp_path / "copy")
    with locked(release), pytest.raises(StoreError, match="in use"):
        restore(tmp_path / "copy", release)
    data = tmp_path / "copy" / DATA
    data.write_bytes(data.read_bytes()[:-1])
    with pytest.raises(ReleaseError, match="checksum"):
        restore(tmp_path / "copy", release)
    with pytest.raises(ReleaseError, match="already"):
        backup(release, tmp_path / "copy")
