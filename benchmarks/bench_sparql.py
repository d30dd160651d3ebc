"""Compare the endpoint with its peers, on one machine in one run.

    python benchmarks/bench_sparql.py EQUIPMENT [--persons 7500 75000] [--clients 1 4]

EQUIPMENT is a folder that can be written to, with ``gen_pow.py`` (data), ``sparql_bench.py`` and
``bench-queries/`` (the closed loop that asks them in turns), ``peers.py`` and, as ``v/``, the
peers' environment. All hold the same triples, answers are not kept, and every query is asked of
each in slots that alternate. Printed for each number of clients: median and 95th percentile in
milliseconds, the median as a multiple of the best, and the geometric mean of these; on a shared
machine only the multiples say anything. rdflib is asked by one client only, and not above
`RDFLIB_PERSONS`: single queries take it minutes. ``--earlier FOLDER`` measures another version of
this package beside it, which FOLDER holds under the name ``maizuru``.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from maizuru.graph.store import write_release
from maizuru.server.launch import running

MEMORY = ("ours", "earlier", "oxigraph-mem", "virtuoso", "jena", "rdflib", "rdflib-ox")
DISK = ("ours-disk", "oxigraph", "virtuoso")
RDFLIB_PERSONS = 20_000
GRAPH = ox.NamedNode("urn:bench")
OURS = {
    "cache_bytes": 0,
    "client_seconds": 10**6,
    "client_queries": 1000,
    "client_requests": 1000,
    "max_rows": 10**7,
    "max_bytes": 10**9,
    "query_seconds": 60,
    "access_log": "/dev/null",
}


def release_of(data: Path, folder: Path, *, on_disk: bool) -> Path:
    """Return a release of the triples of an N-Triples file."""
    quads = (ox.Quad(q.subject, q.predicate, q.object, GRAPH) for q in ox.parse(path=data))
    write_release(quads, folder, memory_quads=0 if on_disk else 10**9)
    return folder


@contextlib.contextmanager
def peers(equipment: Path, names: Sequence[str], data: Path) -> Iterator[dict[str, str]]:
    """Run the peers with *data* and give their query addresses; those that fail are left out."""
    script = [sys.executable, str(equipment / "peers.py")]
    found = {}
    try:
        for name in names:
            command = [*script, "start", name, "--data", str(data), "--fresh"]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                print(f"{name} does not start: {done.stderr.strip()[-200:]}")
                continue
            print(done.stdout.strip(), flush=True)
            found[name] = done.stdout.split("--query ")[1].split()[0]
        yield found
    finally:
        for name in names:
            subprocess.run([*script, "stop", name], check=False)


@contextlib.contextmanager
def first_on_path(folder: str) -> Iterator[None]:
    """Have processes started in the block find packages in *folder* before all others."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = folder
    try:
        yield
    finally:
        os.environ.pop("PYTHONPATH")
        if before is not None:
            os.environ["PYTHONPATH"] = before


def measure(equipment: Path, endpoints: dict[str, str], clients: int, rounds: int) -> list[Any]:
    """Ask all queries of all endpoints in turns; return one row for each query and endpoint."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        command = [sys.executable, str(equipment / "sparql_bench.py"), "--json", out.name]
        command += ["--queries", str(equipment / "bench-queries"), "--clients", str(clients)]
        command += ["--rounds", str(rounds), "--seconds", "0.5", "--timeout", "60"]
        command += [f"{name}={url}" for name, url in endpoints.items()]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        rows: list[Any] = json.load(out)["rows"]
        return rows


def show(rows: list[Any], names: Sequence[str], title: str) -> None:
    """Print medians, 95th percentiles and multiples of the best of the endpoints *names*."""
    cells = {(row["query"], row["endpoint"]): row for row in rows if row["endpoint"] in names}
    names = [name for name in names if any(key[1] == name for key in cells)]
    print(f"\n{title}: median / 95th percentile in ms, × best")
    print(f"{'':14}" + "".join(f"{name:>26}" for name in names))
    multiples: dict[str, list[float]] = {name: [] for name in names}
    for query in dict.fromkeys(key[0] for key in cells):
        found = {name: cells[query, name] for name in names if (query, name) in cells}
        best = min((row["median_ms"] for row in found.values() if "median_ms" in row), default=1)
        line = f"{query:14}"
        for name in names:
            row = found.get(name, {})
            if "median_ms" not in row:
                line += f"{'– ' + str(row.get('error', ''))[:20]:>26}"
                continue
            multiples[name].append(row["median_ms"] / best)
            mark = "!" if row["differs"] else " "
            times = f"{row['median_ms']:.2f} /{row['p95_ms']:.2f}{mark}"
            line += f"{times:>19}{multiples[name][-1]:6.2f}×"
        print(line)
    line = f"{'geometric mean':14}"
    for name in names:
        mean = math.exp(sum(map(math.log, multiples[name])) / max(1, len(multiples[name])))
        line += f"{mean:25.2f}×"
    print(line, flush=True)


def compare(equipment: Path, persons: int, options: argparse.Namespace) -> None:
    """Compare all at one size."""
    data = equipment / f"pow-{persons}.nt"
    if not data.is_file():
        command = [sys.executable, str(equipment / "gen_pow.py"), "--persons", str(persons)]
        subprocess.run([*command, "-o", str(data)], check=True)
    bounded = persons > RDFLIB_PERSONS or max(options.clients) > 1
    wanted = [name for name in options.peers if not bounded or "rdflib" not in name]
    for name in sorted(set(options.peers) - set(wanted)):
        print(f"{name} is left out: it would take minutes for single queries")
    with contextlib.ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=equipment)))
        endpoints = {}
        for name in options.ours:
            release = release_of(data, scratch / name, on_disk=name == "ours-disk")
            settings = {**OURS, "memory_quads": 0 if name == "ours-disk" else 10**9}
            path = options.earlier if name == "earlier" else os.environ.get("PYTHONPATH", "")
            with first_on_path(path):
                service = stack.enter_context(running(release, settings, scratch / f"{name}.log"))
            endpoints[name] = f"http://127.0.0.1:{service.port}/sparql"
        endpoints.update(stack.enter_context(peers(equipment, wanted, data)))
        for clients in options.clients:
            rows = measure(equipment, endpoints, clients, options.rounds)
            if options.json:
                Path(f"{options.json}-{persons}-{clients}.json").write_text(json.dumps(rows))
            title = f"{persons} persons, {clients} client(s), "
            show(rows, MEMORY, title + "in memory")
            if not endpoints.keys().isdisjoint(DISK[:2]):
                show(rows, DISK, title + "on disk")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("equipment", type=Path)
    parser.add_argument("--persons", type=int, nargs="+", default=[7_500, 75_000])
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--ours", nargs="*", default=["ours", "ours-disk"])
    chosen = ["oxigraph-mem", "oxigraph", "virtuoso", "jena", "rdflib", "rdflib-ox"]
    parser.add_argument("--peers", nargs="*", default=chosen)
    parser.add_argument("--earlier", default="")
    parser.add_argument("--json", help="beginning of the names of files to write the rows to")
    options = parser.parse_args()
    # What was started is stopped, also when this is told to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    options.equipment = options.equipment.resolve()
    if options.earlier:
        options.ours.append("earlier")
    if shutil.which("virtuoso-t") is None and "virtuoso" in options.peers:
        print("Virtuoso is not installed (Debian's virtuoso-opensource-7)")
        options.peers.remove("virtuoso")
    for persons in options.persons:
        compare(options.equipment, persons, options)


if __name__ == "__main__":
    main()
