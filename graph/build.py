"""Build a release from documents. The driver reads like the process.

convert every document → resolve names across them → write RDF → reason → compare → store →
describe
"""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from pyoxigraph import Quad

from . import compare, describe, documents, reason, release, triples
from .convert import convert
from .errors import DocumentError
from .model import Extraction
from .namespaces import Iris
from .publish import published_quads
from .report import BuildReport, Failure, report_on
from .resolve import Resolution, resolve
from .sorting import sorted_unique
from .store import write_release_store
from .works import CitedWorks, cited_works

Progress = Callable[[str, int, int], None]
"""Called with the step's name, how many are done, and how many there are."""

PARALLEL_FROM = 32
"""Documents from which it pays to start further processes, which load their rules first."""


def _silent(step: str, done: int, total: int) -> None:
    """Report nothing: the default where no terminal watches."""


@dataclass(slots=True)
class Spill:
    """Converted documents on disk, so that memory does not grow with their number."""

    folder: Path
    names: list[str] = field(default_factory=list)

    def add(self, extraction: Extraction) -> None:
        """Keep one converted document."""
        name = extraction.document.slug
        with (self.folder / f"{name}.pickle").open("wb") as file:
            pickle.dump(extraction, file, pickle.HIGHEST_PROTOCOL)
        self.names.append(name)

    def __iter__(self) -> Iterator[Extraction]:
        """Yield the documents in the order they were added; our own files, so pickle is safe."""
        for name in self.names:
            with (self.folder / f"{name}.pickle").open("rb") as file:
                extraction: Extraction = pickle.load(file)
            yield extraction


def build(
    sources: Iterable[Path],
    out: Path,
    *,
    iris: Iris | None = None,
    engine: str = "maizuru",
    jobs: int | None = None,
    progress: Progress = _silent,
) -> BuildReport:
    """Convert *sources* (files or folders) into the release folder *out*.

    *jobs* is how many documents are converted at once; None for one a processor.

    A document that cannot be read is reported under `BuildReport.failures`; the others are built.

    Raises:
        DocumentError: no document could be read at all; *out* is left as it was.
        ReleaseError: *out* holds something that is not a release.
    """
    iris = iris or Iris()
    report = BuildReport()
    with release.writing(out) as folder, tempfile.TemporaryDirectory(dir=folder) as scratch:
        spill = Spill(Path(scratch))
        paths = list(documents.find_sources(sources))
        _convert_all(paths, spill, folder, report, jobs or os.cpu_count() or 1, progress)
        works = cited_works(spill)
        resolution = resolve(spill, works)
        quads = _all_quads(spill, resolution, works, iris, engine, report, progress)
        lines = sorted_unique((f"{quad} ." for quad in quads), Path(scratch))
        tally = describe.Tally()
        digest = release.write_data(tally.watch(lines), folder / release.DATA)
        progress("store", 0, 1)
        write_release_store(folder)
        progress("store", 1, 1)
        report.counts = tally.counts()
        describe.describe(folder, iris, report.counts, digest, report)
    return report


def _convert_all(
    paths: list[Path],
    spill: Spill,
    folder: Path,
    report: BuildReport,
    jobs: int,
    progress: Progress,
) -> None:
    """Convert each file; name those that cannot be read and go on."""
    (folder / "documents").mkdir()
    for number, converted in enumerate(_converted(paths, jobs)):
        progress("convert", number, len(paths))
        if isinstance(converted, Failure):
            report.failures.append(converted)
            continue
        spill.add(converted)
        report.documents.append(report_on(converted))
        describe.write_document(folder / "documents", converted.document)
    progress("convert", len(paths), len(paths))
    if not spill.names:
        reasons = " ".join(failure.reason for failure in report.failures)
        raise DocumentError(f"No document could be read. {reasons}".strip())


def _converted(paths: list[Path], jobs: int) -> Iterator[Extraction | Failure]:
    """Convert the files in their order, several at a time where there are several processors."""
    named = list(documents.slugs(paths))
    if jobs < 2 or len(named) < PARALLEL_FROM:
        yield from map(_convert_one, named)
        return
    with ProcessPoolExecutor(min(jobs, len(named)), get_context("spawn")) as pool:
        yield from pool.map(_convert_one, named)


def _convert_one(named: tuple[Path, str]) -> Extraction | Failure:
    path, slug = named
    try:
        return convert(path, slug)
    except DocumentError as error:
        return Failure(str(path), str(error))


def _all_quads(
    spill: Spill,
    resolution: Resolution,
    works: CitedWorks,
    iris: Iris,
    engine: str,
    report: BuildReport,
    progress: Progress,
) -> Iterator[Quad]:
    """Yield every quad of the release, graph after graph, and then what follows from them."""
    premises: list[Quad] = []
    for quad in published_quads(iris):
        premises.append(quad)
        yield quad
    for number, extraction in enumerate(spill):
        progress("write", number, len(spill.names))
        for quad in triples.write(extraction, resolution, works, iris):
            premises.append(quad)
            yield quad
    progress("write", len(spill.names), len(spill.names))
    progress("reason", 0, 1)
    inference = reason.infer(premises, iris, engine=engine)
    report.contradictions = inference.contradictions()
    inferred = list(inference)
    yield from inferred
    progress("reason", 1, 1)
    progress("compare", 0, 1)
    yield from compare.compare([*premises, *inferred], iris)
    progress("compare", 1, 1)
