"""Reference fields and marker binding on the annotated documents beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from maizuru.graph import documents
from maizuru.graph.evaluate.citations import entries, markers
from maizuru.graph.evaluate.gold import Gold, load
from maizuru.graph.evaluate.offsets import OffsetMap
from maizuru.graph.evaluate.subjects import Converted
from maizuru.graph.extract.references import find_references, join_works
from maizuru.graph.language import sentences
from maizuru.graph.model import Extraction
from maizuru.graph.structure import structure

LIMIT = 0.95


@pytest.fixture(scope="module")
def gold(shared: Path) -> Gold:
    return load(shared / "gold")


@pytest.fixture(scope="module")
def converted(gold: Gold) -> list[Converted]:
    found = []
    for name, one in gold.documents.items():
        document = sentences.split(structure(documents.read(one.path)))
        references, marks = find_references(document)
        extraction = Extraction(document, references=references, markers=marks)
        found.append(Converted(name, extraction, OffsetMap(one.raw, document.text), one.work))
    return found


def test_fields(gold: Gold, converted: list[Converted]) -> None:
    assert entries(gold, converted).total.f1 >= LIMIT


def test_markers(gold: Gold, converted: list[Converted]) -> None:
    assert markers(gold, converted).total.f1 >= LIMIT


def test_entries_of_one_work_are_joined_and_no_others(
    gold: Gold, converted: list[Converted]
) -> None:
    works = join_works({one.name: one.extraction.references for one in converted})
    ours = {place: work.key for work in works for place in work.members}
    pairs: list[tuple[str, str]] = []
    for one in converted:
        for record in gold.of("citations", one.name, "entry"):
            start = one.offsets(int(record["start"]))
            for index, reference in enumerate(one.extraction.references):
                if reference.start == start:
                    pairs.append((ours[one.name, index], str(record["work"])))
    assert len(pairs) > 50
    right = wrong = missed = 0
    for n, (key, work) in enumerate(pairs):
        for other_key, other_work in pairs[n + 1 :]:
            right += key == other_key and work == other_work
            wrong += key == other_key and work != other_work
            missed += key != other_key and work == other_work
    assert 2 * right / (2 * right + wrong + missed) >= LIMIT
