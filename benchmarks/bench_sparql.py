"""Compare the endpoint with Oxigraph's own server, on one machine in one run.

    python benchmarks/bench_sparql.py [TRIPLES]

Both hold the same triples in memory, answers are not kept, requests alternate. Printed are the
medians in milliseconds and their ratio; on a shared machine only the ratio says anything.
"""

from __future__ import annotations

import contextlib
import http.client
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from maizuru.graph.store import DATA, write_release
from maizuru.server.launch import free_port, running

EX = "http://example.org/"
QUERIES = {
    "lookup": f"SELECT * {{ <{EX}s7> ?p ?o }}",
    "star": f"SELECT * {{ ?s <{EX}kind> <{EX}k3> ; <{EX}label> ?l ; <{EX}next> ?n }} LIMIT 50",
    "path": f"SELECT * {{ <{EX}s7> <{EX}next>/<{EX}next>/<{EX}next> ?o }}",
    "optional": f"SELECT * {{ <{EX}s7> <{EX}next> ?n OPTIONAL {{ ?n <{EX}none> ?x }} }}",
    "group": f"SELECT ?k (COUNT(*) AS ?n) {{ ?s <{EX}kind> ?k }} GROUP BY ?k",
    "construct": f"CONSTRUCT {{ ?s <{EX}l> ?l }} {{ ?s <{EX}kind> <{EX}k3> ; <{EX}label> ?l }}",
}
ROUNDS = 60


def quads(triples: int) -> Iterator[ox.Quad]:
    """Yield so many triples in one graph: persons, their kind, label and successor."""
    graph, count = ox.NamedNode(EX + "g"), triples // 3
    for number in range(count):
        subject = ox.NamedNode(f"{EX}s{number}")
        following = ox.NamedNode(f"{EX}s{number * 7919 % count}")
        kind = ox.NamedNode(f"{EX}k{number % 97}")
        yield ox.Quad(subject, ox.NamedNode(EX + "kind"), kind, graph)
        yield ox.Quad(subject, ox.NamedNode(EX + "label"), ox.Literal(f"name {number}"), graph)
        yield ox.Quad(subject, ox.NamedNode(EX + "next"), following, graph)


@contextlib.contextmanager
def oxigraph(release: Path) -> Iterator[int]:
    """Run Oxigraph's server with the release's data and give its port."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if program is None:
        sys.exit("the package oxigraph, a server, is not installed")
    port = free_port()
    command = [program, "serve", "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        time.sleep(1)
        connection = http.client.HTTPConnection("127.0.0.1", port)
        headers = {"Content-Type": "application/n-quads", "Content-Encoding": "gzip"}
        connection.request("POST", "/store", (release / DATA).read_bytes(), headers)
        if connection.getresponse().status >= 300:
            sys.exit("Oxigraph's server did not take the data")
        connection.close()
        yield port
    finally:
        process.terminate()
        process.wait()


def ask(connection: http.client.HTTPConnection, path: str, query: str) -> float:
    """Return the milliseconds a query takes over a connection that is kept."""
    body, headers = (
        urlencode({"query": query}),
        {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/sparql-results+json, application/n-triples;q=0.9",
        },
    )
    started = time.perf_counter()
    connection.request("POST", path, body, headers)
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        sys.exit(f"a query was answered with status {response.status}")
    return 1000 * (time.perf_counter() - started)


def main() -> None:
    """Print the table."""
    triples = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    limits = {"cache_bytes": 0, "client_seconds": 10**6, "client_requests": 1000}
    with tempfile.TemporaryDirectory() as scratch:
        release = Path(scratch) / "release"
        write_release(quads(triples), release)
        log = Path(scratch) / "log"
        with running(release, limits, log) as service, oxigraph(release) as port:
            ours = http.client.HTTPConnection("127.0.0.1", service.port)
            theirs = http.client.HTTPConnection("127.0.0.1", port)
            ratios = []
            print(f"{triples} triples{'ours':>12}{'oxigraph':>12}{'ratio':>8}")
            for name, query in QUERIES.items():
                pairs = [
                    (ask(ours, "/sparql", query), ask(theirs, "/query", query))
                    for _ in range(ROUNDS)
                ]
                mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
                ratios.append(mine / other)
                print(f"{name:14}{mine:12.2f}{other:12.2f}{mine / other:8.2f}")
            mean = math.exp(statistics.fmean(map(math.log, ratios)))
            print(f"geometric mean of the ratios {mean:.2f}")
            ours.close()
            theirs.close()


if __name__ == "__main__":
    main()
