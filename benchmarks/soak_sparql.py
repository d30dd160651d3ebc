"""Let hostile clients at the endpoint beside friendly ones, and see what the friendly ones notice.

    python benchmarks/soak_sparql.py [--minutes 20] [--persons 20000]

Every client has an address of its own (127.0.1.1 and on). Eight are hostile, each in its way: see
`HOSTILE`. Two friendly ones ask small questions and a page. Printed are the friendly ones' medians
and 95th percentiles before, during and after, what everybody was answered, and the memory of all
the service's processes (proportional set size) over time.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import itertools
import os
import random
import socket
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from maizuru.graph.store import write_release
from maizuru.server.launch import Service, running

EX = "http://example.org/"
CALM_SECONDS = 30.0
"""Before and after the attack."""
PAUSE = 0.1
"""Seconds between two requests of a friendly client."""
FRIENDLY = (
    "SELECT ?p ?o {{ <{ex}s{n}> ?p ?o }}",
    "SELECT ?l ?m {{ <{ex}s{n}> <{ex}next>/<{ex}next> ?o . ?o <{ex}label> ?l ; <{ex}kind> ?m }}",
    "SELECT ?s ?l {{ ?s <{ex}kind> <{ex}k{k}> ; <{ex}label> ?l }} LIMIT 20",
)
CARTESIAN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c"
REGEX = 'SELECT * { ?s ?p ?o . ?t ?q ?x FILTER regex(concat(str(?o), str(?x)), "(n+.*)+y$", "i") }'
PROPERTY_PATH = f"SELECT (COUNT(*) AS ?n) {{ ?a (<{EX}next>|^<{EX}next>|!<{EX}no>)* ?b }}"
EVERYTHING = "SELECT * { ?s ?p ?o . ?s ?q ?x . ?s ?r ?y }"


def quads(persons: int) -> Iterator[ox.Quad]:
    """Yield the data: persons, their kind, label and successor, in ten graphs."""
    for number in range(persons):
        graph = ox.NamedNode(f"{EX}g{number % 10}")
        subject = ox.NamedNode(f"{EX}s{number}")
        following = ox.NamedNode(f"{EX}s{number * 7919 % persons}")
        kind = ox.NamedNode(f"{EX}k{number % 997}")
        yield ox.Quad(subject, ox.NamedNode(EX + "kind"), kind, graph)
        yield ox.Quad(subject, ox.NamedNode(EX + "label"), ox.Literal(f"name {number}"), graph)
        yield ox.Quad(subject, ox.NamedNode(EX + "next"), following, graph)


class Soak:
    """One soak: its clients and what they met."""

    def __init__(self, service: Service, persons: int) -> None:
        """Attack *service*."""
        self.service = service
        self.persons = persons
        self.phase = "before"
        self.attacking = self.running = True
        self.times: dict[str, list[float]] = {"before": [], "during": [], "after": []}
        self.outcomes: Counter[str] = Counter()
        self.memory: list[tuple[float, int]] = []

    def friend(self, number: int) -> None:
        """Ask small questions, never the same, until the end."""
        chance = random.Random(number)
        while self.running:
            text = chance.choice(FRIENDLY).format(
                ex=EX, n=chance.randrange(self.persons), k=chance.randrange(997)
            )
            phase, started = self.phase, time.perf_counter()
            outcome = self.ask(text, f"127.0.1.{number}", 30.0)
            self.times[phase].append(time.perf_counter() - started)
            self.outcomes[f"friendly {phase}: {outcome}"] += 1
            time.sleep(PAUSE)

    def ask(self, text: str, source: str, timeout: float) -> str:
        """Ask a query and return the status, or what went wrong."""
        try:
            body = urlencode({"query": text}).encode()
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            reply = self.service.request("POST", "/sparql", body, headers, timeout, source)
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__
        return str(reply.status)

    def enemy(self, number: int, name: str, attack: Callable[[Soak, str], str]) -> None:
        """Attack again and again; only a pause for what is refused at once."""
        while self.attacking:
            started = time.monotonic()
            try:
                outcome = attack(self, f"127.0.2.{number}")
            except OSError as error:
                outcome = type(error).__name__
            self.outcomes[f"{name}: {outcome}"] += 1
            time.sleep(max(0.0, 0.02 - (time.monotonic() - started)))

    def weigh(self) -> None:
        """Note the memory every so often."""
        started = time.monotonic()
        while self.running:
            self.memory.append((time.monotonic() - started, memory_of(self.service.process.pid)))
            time.sleep(5)

    def connect(self, source: str) -> socket.socket:
        """Return a connection from the address *source*."""
        address = ("127.0.0.1", self.service.port)
        return socket.create_connection(address, timeout=30, source_address=(source, 0))


def of_query(text: str, timeout: float = 30.0) -> Callable[[Soak, str], str]:
    """Return the attack that asks a query and waits for so long."""
    return lambda soak, source: soak.ask(text, source, timeout)


def slow_reader(soak: Soak, source: str) -> str:
    """Ask for much and take little of it, slowly."""
    with contextlib.closing(soak.connect(source)) as connection:
        query = urlencode({"query": EVERYTHING})
        connection.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        for _ in range(20):
            if not connection.recv(512):
                return "cut off"
            if not soak.attacking:
                break
            time.sleep(0.5)
    return "left"


def slow_sender(soak: Soak, source: str) -> str:
    """Send a body, a byte at a time."""
    with contextlib.closing(soak.connect(source)) as connection:
        kind = "Content-Type: application/sparql-query\r\n"
        head = f"POST /sparql HTTP/1.1\r\nHost: x\r\n{kind}Content-Length: 99999\r\n\r\n"
        connection.sendall(head.encode())
        connection.settimeout(0.5)
        while soak.attacking:
            connection.sendall(b"#")
            with contextlib.suppress(TimeoutError):
                return connection.recv(64)[9:12].decode("latin-1") or "cut off"
    return "left"


def oversize(soak: Soak, source: str) -> str:
    """Send a body that is far too large."""
    with contextlib.closing(soak.connect(source)) as connection:
        kind = "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n"
        connection.sendall(f"POST /sparql HTTP/1.1\r\nHost: x\r\n{kind}\r\n".encode())
        chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
        for _ in range(1600):
            if not soak.attacking:
                return "left"
            connection.sendall(chunk)
        connection.sendall(b"0\r\n\r\n")
        return connection.recv(64)[9:12].decode("latin-1")


def flood(soak: Soak, source: str) -> str:
    """Open forty connections at once, ask on each, and hang up."""
    query = urlencode({"query": SORTED})
    with contextlib.ExitStack() as stack:
        for _ in range(40):
            connection = stack.enter_context(contextlib.closing(soak.connect(source)))
            connection.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.2)
    return "hung up"


MALFORMED = (
    b"GET /sparql?query=%FF%FE HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0",
    b"GET /sparql?query=SELECT%20%7B%7B%7B%7B HTTP/1.1\r\nHost: x\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
)


def malformed(soak: Soak, source: str) -> str:
    """Send what is not HTTP, or not SPARQL."""
    with contextlib.closing(soak.connect(source)) as connection:
        connection.sendall(random.choice(MALFORMED))
        connection.settimeout(2)
        with contextlib.suppress(TimeoutError):
            return connection.recv(64)[9:12].decode("latin-1") or "closed"
    return "no answer"


def many_sides(soak: Soak, source: str) -> str:
    """Take turns at a cartesian product, a sort without end, and hanging up on them."""
    text, timeout = next(_SIDES)
    return soak.ask(text, source, timeout)


_SIDES = itertools.cycle([(CARTESIAN, 30.0), (SORTED, 30.0), (CARTESIAN, 0.5), (EVERYTHING, 0.5)])
HOSTILE: dict[str, Callable[[Soak, str], str]] = {
    "regex": of_query(REGEX),
    "cartesian": many_sides,
    "property path": of_query(PROPERTY_PATH),
    "slow reader": slow_reader,
    "slow sender": slow_sender,
    "oversize body": oversize,
    "flood": flood,
    "malformed": malformed,
}


def memory_of(leader: int) -> int:
    """Return the proportional set size of a process group, in mebibytes."""
    total = 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError, ProcessLookupError):
            if os.getpgid(int(name)) == leader:
                lines = Path(f"/proc/{name}/smaps_rollup").read_text().splitlines()
                total += next(int(x.split()[1]) for x in lines if x.startswith("Pss:"))
    return total // 1024


def show(soak: Soak) -> None:
    """Print what was met."""
    for phase, times in soak.times.items():
        if times:
            median = 1000 * statistics.median(times)
            late = 1000 * sorted(times)[int(0.95 * len(times))]
            worst = 1000 * max(times)
            print(
                f"friendly {phase:7}{len(times):7} requests, median {median:8.1f} ms, "
                f"95th percentile {late:8.1f} ms, slowest {worst:8.1f} ms"
            )
    for name, count in sorted(soak.outcomes.items()):
        print(f"{count:8}  {name}")
    step = max(1, len(soak.memory) // 24)
    kept = soak.memory[::step]
    print("memory in MiB at second: " + ", ".join(f"{at:.0f}: {size}" for at, size in kept))
    print(f"greatest {max(size for _, size in soak.memory)} MiB", flush=True)


def main() -> None:
    """Run the soak and print what was met."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--persons", type=int, default=20_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        release, log = Path(scratch) / "release", Path(scratch) / "log"
        write_release(quads(options.persons), release)
        with running(release, {"access_log": "/dev/null"}, log) as service:
            soak = Soak(service, options.persons)
            calm = [threading.Thread(target=soak.friend, args=(n,)) for n in (1, 2)]
            calm.append(threading.Thread(target=soak.weigh))
            hostile = [
                threading.Thread(target=soak.enemy, args=(n, name, attack))
                for n, (name, attack) in enumerate(HOSTILE.items(), 1)
            ]
            for thread in calm:
                thread.start()
            time.sleep(CALM_SECONDS)
            soak.phase = "during"
            for thread in hostile:
                thread.start()
            time.sleep(60 * options.minutes)
            soak.attacking = False
            for thread in hostile:
                thread.join()
            soak.phase = "after"
            time.sleep(CALM_SECONDS)
            soak.running = False
            for thread in calm:
                thread.join()
            show(soak)
            print("the service still runs" if service.process.poll() is None else "IT ENDED")
        print("its log: " + (log.read_text("utf-8", "replace").strip()[-2000:] or "empty"))


if __name__ == "__main__":
    main()
