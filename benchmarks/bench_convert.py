"""Speed and memory of the converter: characters a second, against reading and splitting alone.

    python benchmarks/bench_convert.py [FOLDER]

Without a folder the bundled corpus is converted. The ratio says how much slower the whole
conversion is than reading, cutting into blocks and splitting sentences of the same text.
"""

from __future__ import annotations

import resource
import sys
from importlib.resources import as_file
from pathlib import Path
from time import perf_counter

from maizuru.graph import documents
from maizuru.graph.convert import extract
from maizuru.graph.language.sentences import split
from maizuru.graph.resources import corpus
from maizuru.graph.structure import structure

ROUNDS = 5


def main() -> None:
    """Print one line a document and the totals."""
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]))
        return
    with as_file(corpus()) as bundled:
        measure(bundled)


def measure(folder: Path) -> None:
    """Convert every document of *folder* a few times and print the best time."""
    total = whole = reading = 0.0
    for path in documents.find_sources([folder]):
        document = documents.read(path)
        slow = min(_seconds(lambda d=document: extract(d)) for _ in range(ROUNDS))
        fast = min(_seconds(lambda d=document: split(structure(d))) for _ in range(ROUNDS))
        size = len(document.text.encode())
        total, whole, reading = total + size, whole + slow, reading + fast
        print(f"{path.name:40} {size:>8} bytes {slow * 1000:8.1f} ms  × {slow / fast:.1f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{total / whole / 1e6:.3f} MB/s, × {whole / reading:.1f} of reading, peak {peak:.0f} MB")


def _seconds(work: object) -> float:
    assert callable(work)
    begin = perf_counter()
    work()
    return perf_counter() - begin


if __name__ == "__main__":
    main()
