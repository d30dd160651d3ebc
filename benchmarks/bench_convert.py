"""Speed and memory of the converter, stage by stage, and how both grow.

    python benchmarks/bench_convert.py [FOLDER]

Without a folder the bundled corpus is converted. Times are processor seconds for a megabyte of
UTF-8, the best of some rounds; on a shared machine only the ratios say anything. Two peers run over
the same text in the same rounds: one expression that cuts it into words, the least any reader of it
must do, and, where spaCy is installed, its blank English pipeline with a sentence splitter and an
entity ruler that looks up the names of the authority files.

Expressions that `re` has compiled for one text are thrown away before every round, as they would be
of no use for the next. Memory is measured in a process of its own for each number of documents.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from importlib.resources import as_file
from pathlib import Path
from time import process_time
from typing import Any

from maizuru.graph import documents
from maizuru.graph.build import Spill
from maizuru.graph.convert import convert, extract, numbers
from maizuru.graph.extract.figures import find_figures
from maizuru.graph.extract.references import find_references
from maizuru.graph.extract.statements import find_statements
from maizuru.graph.language.sentences import split
from maizuru.graph.mentions import add_references, find_mentions
from maizuru.graph.mentions.authorities import records
from maizuru.graph.model import Document, Extraction
from maizuru.graph.resources import corpus
from maizuru.graph.structure import structure

ROUNDS = 4
TIMES = (1, 10, 50)
_WORDS = re.compile(r"\w+|[^\w\s]")

Stages = dict[str, float]


def main() -> None:
    """Print the seconds of each stage, the peers, and the memory."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--memory", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.folder:
        run(options.folder, options.memory)
        return
    with as_file(corpus()) as bundled:
        run(bundled, options.memory)


def run(folder: Path, copies: int | None) -> None:
    """Measure one folder; with *copies* only the memory of building it so many times over."""
    if copies is not None:
        print(memory(folder, copies))
        return
    read = [documents.read(path) for path in documents.find_sources([folder])]
    size = sum(len(document.text.encode()) for document in read) / 1e6
    show_stages(read, size)
    texts = [document.text for document in read]
    joined = documents.from_text("\n\n".join(texts * 4))
    seconds = sum(best(partial(stages, [joined]), 1).values())
    print(f"the same as one document, four times over: {4 * size / seconds:.3f} MB/s")
    for times in TIMES:
        done = subprocess.run(
            [sys.executable, __file__, str(folder), "--memory", str(times)],
            check=True,
            capture_output=True,
            text=True,
        )
        print(f"{times:>3} × the documents: peak {int(done.stdout):>5} MB")


def show_stages(read: list[Document], size: float) -> None:
    """Print the stages and the peers."""
    extract(read[0])
    found = best(partial(stages, read), ROUNDS)
    total = sum(found.values())
    for name, seconds in found.items():
        print(f"{name:12} {seconds / size:8.3f} s/MB {100 * seconds / total:5.1f} %")
    print(f"{'all':12} {total / size:8.3f} s/MB    {size / total:.3f} MB/s, {len(read)} documents")
    for name, work in peers([document.text for document in read]).items():
        seconds = min(timed(work) for _ in range(ROUNDS))
        print(f"{name:24} {size / seconds:8.3f} MB/s: ours takes × {total / seconds:.1f}")


def best(work: Callable[[], Stages], rounds: int) -> Stages:
    """Return the least time of each stage in some rounds."""
    found: Stages = {}
    for _ in range(rounds):
        re.purge()
        for name, seconds in work().items():
            found[name] = min(seconds, found.get(name, seconds))
    return found


def stages(read: Iterable[Document]) -> Stages:
    """Convert documents as `extract` does, and return the seconds of each stage."""
    spent: Stages = {}

    def step(name: str, work: Callable[..., Any], *given: Any) -> Any:
        begin = process_time()
        done = work(*given)
        spent[name] = spent.get(name, 0.0) + process_time() - begin
        return done

    for document in read:
        document = step("sentences", split, step("structure", structure, document))
        references, markers = step("references", find_references, document)
        mentions = step("mentions", find_mentions, document)
        mentions = step("mentions", add_references, document, mentions, references)
        dates, quantities = step("numbers", numbers, document)
        found = Extraction(document, mentions, dates, quantities, references, markers)
        found = replace(found, figures=step("figures", find_figures, found))
        step("statements", find_statements, found)
    return spent


def peers(texts: list[str]) -> dict[str, Callable[[], object]]:
    """Return what else reads the texts, by name."""
    found: dict[str, Callable[[], object]] = {
        "one expression for words": lambda: [_WORDS.findall(text) for text in texts]
    }
    try:
        import spacy
    except ImportError:
        return found
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    ruler: Any = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": record.kind.value, "pattern": label.text}
            for record in records()
            for label in record.labels
        ]
    )
    found["spaCy, blank, with ruler"] = lambda: list(pipeline.pipe(texts))
    return found


def timed(work: Callable[[], object]) -> float:
    """Return the processor seconds that *work* takes."""
    begin = process_time()
    work()
    return process_time() - begin


def memory(folder: Path, copies: int) -> int:
    """Convert the documents of *folder* so many times over, as a build does.

    Return the most memory held at a time, in megabytes. What a build does afterwards, reasoning
    above all, is not measured here.
    """
    with tempfile.TemporaryDirectory() as scratch:
        spill = Spill(Path(scratch))
        for copy in range(copies):
            for path in documents.find_sources([folder]):
                spill.add(convert(path, f"{path.stem}-{copy}"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
