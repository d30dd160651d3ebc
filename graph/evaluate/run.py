"""Evaluate the converter: convert the gold documents and compare layer by layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ..convert import convert
from ..errors import DocumentError, GoldError
from ..model import Extraction
from ..resolve import resolve
from ..works import cited_works
from .citations import entries, markers
from .figures import figures
from .gold import Gold, load
from .names import mentions, resolution
from .offsets import OffsetMap
from .score import Layer, Report
from .statements import statements
from .structure import boilerplate, negatives
from .subjects import Converted, Resolved, Subjects

_NEEDED = {
    "boilerplate": ("boilerplate",),
    "reference fields": ("citations",),
    "marker binding": ("citations",),
    "mentions": ("entities",),
    "resolution": ("entities",),
    "figures": ("entities", "facts", "citations"),
    "statements": ("entities", "facts"),
    "negatives": ("negatives", "boilerplate"),
}


def evaluate(gold_dir: Path, *, progress: Callable[[str], None] = lambda _: None) -> Report:
    """Convert the documents that *gold_dir* names and compare the result with its annotations.

    *progress* is told the name of each document before it is converted.

    Raises:
        GoldError: the gold standard is missing, unreadable, or does not fit its documents.
    """
    gold = load(gold_dir)
    extractions: dict[str, Extraction] = {}
    for name, document in gold.documents.items():
        progress(name)
        try:
            extractions[name] = convert(document.path)
        except DocumentError as error:
            raise GoldError(f"Document {name} cannot be converted: {error}") from error
    works = cited_works(extractions.values())
    return measure(gold, extractions, resolve(extractions.values(), works))


def measure(gold: Gold, extractions: Mapping[str, Extraction], resolved: Resolved) -> Report:
    """Compare what was converted, by gold document name, with the gold standard.

    Raises:
        GoldError: an extraction is not that of the gold document of its name.
    """
    documents = {
        name: Converted(
            name,
            extraction,
            OffsetMap(gold.documents[name].raw, extraction.document.text),
            gold.documents[name].work,
        )
        for name, extraction in extractions.items()
    }
    layers, skipped = _layers(gold, documents, resolved)
    leaks = next((layer.total.found for layer in layers if layer.name == "negatives"), 0)
    slugs = {name: d.extraction.document.slug for name, d in documents.items()}
    return Report(str(gold.folder), slugs, tuple(layers), int(leaks), tuple(skipped))


def _layers(
    gold: Gold, documents: Mapping[str, Converted], resolved: Resolved
) -> tuple[list[Layer], list[str]]:
    subjects = Subjects(gold, documents, resolved)
    all_documents = list(documents.values())
    run: dict[str, Callable[[], list[Layer]]] = {
        "boilerplate": lambda: [boilerplate(gold, all_documents)],
        "reference fields": lambda: [entries(gold, all_documents)],
        "marker binding": lambda: [markers(gold, all_documents)],
        "mentions": lambda: [mentions(all_documents, subjects)],
        "resolution": lambda: [resolution(all_documents, subjects)],
        "figures": lambda: list(figures(gold, all_documents, subjects)),
        "statements": lambda: [statements(gold, all_documents, subjects)],
        "negatives": lambda: [negatives(gold, all_documents)],
    }
    layers: list[Layer] = []
    skipped: list[str] = []
    for name, make in run.items():
        absent = [file for file in _NEEDED[name] if file not in gold.records]
        if absent:
            skipped.append(f"{name}: the gold standard has no {', '.join(absent)}.jsonl")
        else:
            layers += make()
    return layers, skipped
