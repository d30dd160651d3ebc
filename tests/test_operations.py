"""What operators do to a running service: reload it, copy it, read its metrics, find damage."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from prometheus_client.parser import text_string_to_metric_families

from maizuru.graph.errors import MaizuruError, StoreError
from maizuru.graph.store import DATA, STORE, DiskStore, write_release
from maizuru.graph.store.sums import SUMS, check_sums
from maizuru.server.auth import hash_token
from maizuru.server.backup import backup, restore
from maizuru.server.jobs import Change
from maizuru.server.launch import Service, free_port, running, start
from maizuru.server.readers.dataset import open_dataset
from maizuru.server.settings import Settings

EX = "http://example.org/"
ON_DISK = {"memory_quads": 0, "readers": 1, "update_token": hash_token("secret")}


def write(folder: Path, *, disk: bool) -> Path:
    """Write a release, with two graphs that share triples."""
    quads = (
        ox.Quad(ox.NamedNode(f"{EX}{n}"), ox.NamedNode(EX + "p"), ox.Literal(f"{n}"), graph)
        for n in range(3000)
        for graph in (ox.NamedNode(EX + "g"), ox.NamedNode(EX + "h"))
    )
    write_release(quads, folder, **({"memory_quads": 0} if disk else {}))
    return folder


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("disk") / "release", disk=True)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = write(tmp_path_factory.mktemp("memory") / "release", disk=False)
    many = {"client_seconds": 100_000, "client_queries": 100, "client_requests": 100}
    with running(folder, {"readers": 2, **many}, folder.with_name("log")) as started:
        yield started


def test_no_request_fails_while_the_service_reloads(service: Service) -> None:
    outcomes: Counter[str] = Counter()
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            try:
                outcomes[str(service.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").status)] += 1
            except (OSError, http.client.HTTPException) as error:
                outcomes[repr(error)] += 1

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    before = workers_of(service)
    os.kill(service.process.pid, signal.SIGHUP)
    deadline = time.monotonic() + 60
    while workers_of(service) & before and time.monotonic() < deadline:
        time.sleep(0.2)
    stop.set()
    for thread in threads:
        thread.join()
    assert list(outcomes) == ["200"]
    assert not workers_of(service) & before


def workers_of(service: Service) -> set[str]:
    """Return the processes that the service has started; the guardian is the oldest."""
    found = Path(f"/proc/{service.process.pid}/task/{service.process.pid}/children").read_text()
    return set(sorted(found.split(), key=int)[1:])


def test_metrics_are_what_prometheus_reads(service: Service) -> None:
    service.query("SELECT * { ?s ?p ?o } LIMIT 3")
    reply = service.request("GET", "/metrics")
    assert reply.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = {family.name: family for family in text_string_to_metric_families(reply.text)}
    assert set(families) == {
        "maizuru_requests",
        "maizuru_outcomes",
        "maizuru_query_seconds",
        "maizuru_rows",
        "maizuru_ready",
        "maizuru_queue_waiting",
        "maizuru_readers_replaced",
    }
    assert all(family.documentation and family.samples for family in families.values())
    buckets = [s.value for s in families["maizuru_query_seconds"].samples if "le" in s.labels]
    assert buckets == sorted(buckets)


def pair(number: int) -> str:
    data = f"<{EX}{number}> <{EX}one> {number} . <{EX}{number}> <{EX}two> {number} ."
    return f"INSERT DATA {{ GRAPH <{EX}new> {{ {data} }} }}"


def numbers(folder: Path, predicate: str) -> set[int]:
    quads = DiskStore.open(folder / STORE).raw.quads_for_pattern(
        None, ox.NamedNode(EX + predicate), None, None
    )
    return {int(quad.object.value) for quad in quads if isinstance(quad.object, ox.Literal)}


def test_backup_of_a_disk_release_while_it_changes(on_disk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "release"
    shutil.copytree(on_disk, folder)
    made: list[int] = []
    stop = threading.Event()
    with running(folder, ON_DISK, tmp_path / "log") as service:

        def change() -> None:
            while not stop.is_set():
                assert service.update(pair(len(made)), "secret").status == 204
                made.append(len(made))

        writer = threading.Thread(target=change)
        writer.start()
        for number in range(3):
            known = len(made)
            backup(folder, tmp_path / f"copy{number}")
            found = numbers(tmp_path / f"copy{number}", "one")
            assert set(range(known)) <= found == numbers(tmp_path / f"copy{number}", "two")
            while len(made) <= known + 1:
                time.sleep(0.01)
        stop.set()
        writer.join()
    restore(tmp_path / "copy2", folder)
    assert numbers(folder, "one") == numbers(tmp_path / "copy2", "one")
    assert numbers(tmp_path / "release.before-1", "one") == set(made)
    open_dataset(folder, Settings(memory_quads=0)).load()


def largest(folder: Path) -> Path:
    return max((folder / STORE).glob("*.sst"), key=lambda path: path.stat().st_size)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def turn_a_bit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: cut(largest(folder)), "checksum differs"),
        (lambda folder: turn_a_bit(largest(folder)), "checksum differs"),
        (lambda folder: largest(folder).unlink(), "broken"),
        (lambda folder: cut(next((folder / STORE).glob("MANIFEST*"))), "checksum differs"),
        (lambda folder: (folder / STORE / "CURRENT").write_text("nothing"), "broken"),
        (lambda folder: cut(folder / DATA), "checksum differs"),
        (lambda folder: (folder / DATA).unlink(), f"has no {DATA}"),
        (lambda folder: cut(folder / SUMS), "damaged"),
    ],
    ids=["cut", "bit", "gone", "manifest", "current", "dump", "no-dump", "sums"],
)
def test_damage_on_disk_is_told_at_the_start(
    on_disk: Path, tmp_path: Path, damage: Callable[[Path], object], said: str
) -> None:
    folder = tmp_path / "release"
    shutil.copytree(on_disk, folder)
    damage(folder)
    with pytest.raises(MaizuruError, match=said):
        open_dataset(folder, Settings(memory_quads=0)).load()


def test_damage_to_what_updates_added_is_told_at_the_start(on_disk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "release"
    shutil.copytree(on_disk, folder)
    before = set((folder / STORE).glob("*.sst"))
    dataset = open_dataset(folder, Settings(memory_quads=0, update_token=hash_token("secret")))
    for number in range(2):
        dataset.apply(Change("update", pair(number)))
    added = sorted(set((folder / STORE).glob("*.sst")) - before)
    assert added
    dataset.load()
    turn_a_bit(added[-1])
    with pytest.raises(StoreError, match=f"{added[-1].name} in release/ .* checksum differs"):
        dataset.load()


def test_what_is_said_of_a_broken_store_tells_no_paths(on_disk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "release"
    shutil.copytree(on_disk, folder)
    (folder / SUMS).unlink()
    for path in (folder / STORE).glob("*.sst"):
        path.write_bytes(b"nothing")
    with pytest.raises(StoreError, match="broken") as caught:
        DiskStore.open(folder / STORE).check()
    assert str(tmp_path) not in str(caught.value)
    assert "sst" in str(caught.value)


def test_service_that_cannot_start_says_why_in_one_sentence(on_disk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "release"
    shutil.copytree(on_disk, folder)
    turn_a_bit(largest(folder))
    with pytest.raises(StoreError) as caught:
        start(folder, ON_DISK, tmp_path / "log")
    assert "Traceback" not in str(caught.value)
    assert "checksum differs" in str(caught.value)


def test_files_that_updates_add_or_remove_are_no_damage(on_disk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "release"
    shutil.copytree(on_disk, folder)
    (folder / STORE / "999999.sst").write_bytes(b"new")
    next((folder / "union").glob("*.sst")).unlink()
    check_sums(folder)


def test_service_runs_without_privileges(on_disk: Path, tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    probe = [unshare or "unshare", "--user", "--map-user=65534"]
    if unshare is None or subprocess.run([*probe, "true"], capture_output=True).returncode:
        pytest.skip("this system lets nobody make a user namespace")
    port = free_port()
    command = [*probe, sys.executable, "-m", "maizuru.server", str(on_disk), "--port", str(port)]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([*command, "--readers", "1"], stdout=log, stderr=log, cwd="/")
    service = Service(process, port)
    deadline = time.monotonic() + 100
    answer = ""
    while not answer and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.2)
        with contextlib.suppress(OSError, http.client.HTTPException):
            answer = service.query(f"ASK {{ <{EX}7> ?p '7' }}").text
    user = Path(f"/proc/{process.pid}/status").read_text("utf-8")
    service.stop()
    assert re.search(r"^CapEff:\s*0+$", user, re.MULTILINE)
    assert answer == '{"head":{},"boolean":true}'
