"""Measure the pages: bytes and server time of every kind, on a release and on a multiple of it.

    python benchmarks/bench_pages.py RELEASE [--copies 8] [--each 7]

RELEASE is a release folder. ``--copies N`` serves instead a release in which every document, and
every thing the editors do not know, stands N times under other names, so that pages of the known
(a state, a ministry) have N times as much to tell. Printed for each kind of page: the largest size
in bytes, the median time in milliseconds of a first visit (pages of one kind, each asked for once,
in a service whose start has settled) and of a second, which finds the answers to its queries kept.
Times are those of the whole answer over a local connection.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from maizuru.graph.namespaces import DEFAULT_BASE, MZ
from maizuru.graph.store import write_release
from maizuru.server.launch import Service, running

CLASSES = (
    *("Person", "Group", "Organisation", "MilitaryUnit", "Place", "Camp", "Event"),
    *("LegalInstrument", "Work", "FictionalWork", "Statement", "Figure", "Reference", "Document"),
)
FIXED = {
    "home": "/",
    "documents": "/documents",
    "map": "/map",
    "timeline": "/timeline",
    "repatriation": "/repatriation",
    "network": "/network",
    "questions": "/queries",
    "ask": "/ask",
    "model": "/ontology",
    "exports": "/exports",
}
"""Kinds of which there is one page; asked for again and again."""
SEVERAL = {
    "search": [f"/search?q={quote(word)}" for word in ("Siberia", "Kuznetsov", "抑留", "camp")],
    "figures": [f"/figures?measure={name}" for name in ("died", "interned", "released")],
    "term": [f"/ontology/{name}" for name in ("heldIn", "Person", "Figure", "partOf")],
    "vocabulary": [f"/vocabulary/{name}" for name in ("measure", "work-kind", "event-type")],
    "concept": [f"/vocabulary/measure/{name}" for name in ("died", "interned", "missing")],
    "question": [f"/queries/{name}" for name in ("camps", "people-held", "named", "doubted")],
}
SETTLE = 1.0
LIMITS = {"client_seconds": 10**6, "client_queries": 10**4, "client_requests": 10**4}


def multiplied(release: Path, copies: int, folder: Path) -> Path:
    """Write a release that holds the documents of *release* so many times."""
    known: set[str] = set()
    with gzip.open(release / "data.nq.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.rstrip().endswith(f"<{DEFAULT_BASE}graph/authority> ."):
                known.update(_KEY.findall(line))
    write_release(_quads(release, copies, known), folder, memory_quads=10**9)
    documents = folder / "documents"
    documents.mkdir(exist_ok=True)
    for path in (release / "documents").iterdir():
        for number in range(copies):
            name = f"{path.stem}{_mark(number)}{path.suffix}"
            (documents / name).write_bytes(path.read_bytes())
    return folder


_KEY = re.compile(rf"<{re.escape(DEFAULT_BASE)}id/(\w+/[^/#>]+)")
_NAME = re.compile(rf"<{re.escape(DEFAULT_BASE)}(id|graph)/(\w+/[^/#>]+)")


def _mark(number: int) -> str:
    return f"-copy{number}" if number else ""


def _quads(release: Path, copies: int, known: set[str]) -> Iterator[ox.Quad]:
    """Yield the quads of a release, those of documents and inferences once for each copy."""
    for number in range(copies):
        mark = _mark(number)

        def renamed(match: re.Match[str], mark: str = mark) -> str:
            kept = match[1] == "id" and match[2] in known
            return match[0] if kept else match[0] + mark

        with gzip.open(release / "data.nq.gz", "rt", encoding="utf-8") as lines:
            chosen = [
                _NAME.sub(renamed, line)
                for line in lines
                if not number or "/graph/document/" in line or "/graph/inferred> ." in line
            ]
        yield from ox.parse("".join(chosen).encode(), ox.RdfFormat.N_QUADS)


def addresses(service: Service, each: int) -> dict[str, list[str]]:
    """Return some pages of every kind; of things, those of which most is stated."""
    found = {kind: [address] * each for kind, address in FIXED.items()} | SEVERAL
    for name in CLASSES:
        query = (
            "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
            f"SELECT ?thing (COUNT(?line) AS ?lines) {{ ?thing a <{MZ}{name}> . "
            f"OPTIONAL {{ ?line rdf:subject|rdf:object|<{MZ}citesReference> ?thing }} }} "
            f"GROUP BY ?thing ORDER BY DESC(?lines) ?thing LIMIT {each}"
        )
        answer = service.request(
            "GET",
            "/sparql?" + urlencode({"query": query}),
            headers={"Accept": "application/sparql-results+json"},
        )
        things = [row["thing"]["value"] for row in json.loads(answer.body)["results"]["bindings"]]
        paths = [thing.replace(f"{DEFAULT_BASE}id/", "/page/") for thing in things]
        found[name.lower()] = [quote(path, safe="/") for path in paths]
    slugs = [quote(path.rpartition("/")[2]) for path in found["document"][:2]]
    if len(slugs) == 2:
        found["side by side"] = [f"/compare-documents?a={slugs[0]}&b={slugs[1]}"]
    person = found["person"][0].removeprefix("/page/")
    found["explain"] = [f"/explain?s={person}&p=rdf:type&o=mz:Agent"]
    return {kind: paths for kind, paths in found.items() if paths}


def visit(service: Service, address: str) -> tuple[int, float]:
    """Return the size of a page and the milliseconds its answer took."""
    begun = time.perf_counter()
    answer = service.request("GET", address, headers={"Accept": "text/html"}, timeout=120)
    milliseconds = (time.perf_counter() - begun) * 1000
    if answer.status != 200:
        raise SystemExit(f"{address} answered {answer.status}")
    return len(answer.body), milliseconds


def measure(release: Path, each: int) -> None:
    """Print the table for one release."""
    settings = {**LIMITS, "access_log": "/dev/null", "query_seconds": 60}
    with (
        tempfile.TemporaryDirectory() as scratch,
        running(release, settings, Path(scratch) / "log") as service,
    ):
        visit(service, "/search?q=Maizuru")
        time.sleep(SETTLE)
        print(f"{'page':16} {'pages':>5} {'bytes':>8} {'first ms':>9} {'again ms':>9}")
        for kind, paths in addresses(service, each).items():
            first = [visit(service, path) for path in paths]
            again = [visit(service, path) for path in paths]
            times = [median(ms for _, ms in rounds) for rounds in (first, again)]
            size = max(size for size, _ in first)
            print(f"{kind:16} {len(paths):5} {size:8} {times[0]:9.1f} {times[1]:9.1f}")


def main() -> None:
    """Read the arguments, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("release", type=Path)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--each", type=int, default=7)
    asked = parser.parse_args()
    if asked.copies == 1:
        measure(asked.release, asked.each)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = multiplied(asked.release, asked.copies, Path(scratch) / "kg")
        with gzip.open(folder / "data.nq.gz", "rb") as lines:
            size = sum(1 for _ in lines)
        print(f"{asked.copies} copies: {size:,} quads")
        measure(folder, asked.each)


if __name__ == "__main__":
    main()
