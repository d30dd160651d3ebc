"""Sort more lines than memory holds: sorted runs on disk, merged into one stream.

Memory is bounded by the size of one run, whatever the number of documents.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

RUN = 400_000
"""Lines held in memory at a time (about 100 MB of N-Quads)."""


def sorted_unique(lines: Iterable[str], folder: Path, *, run: int = RUN) -> Iterator[str]:
    """Yield *lines* in code-point order, each once; *folder* takes the runs and must exist.

    The lines must not hold line breaks and come back without.
    """
    runs: list[Path] = []
    held: set[str] = set()
    for line in lines:
        held.add(line)
        if len(held) >= run:
            runs.append(_spill(held, folder / f"run-{len(runs)}"))
            held = set()
    if not runs:
        yield from sorted(held)
        return
    runs.append(_spill(held, folder / f"run-{len(runs)}"))
    yield from _merge(runs)


def _spill(held: set[str], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in sorted(held))
    return path


def _merge(runs: list[Path]) -> Iterator[str]:
    with ExitStack() as stack:
        streams = [
            (line.rstrip("\n") for line in stack.enter_context(path.open(encoding="utf-8")))
            for path in runs
        ]
        previous: str | None = None
        for line in heapq.merge(*streams):
            if line != previous:
                yield line
            previous = line
