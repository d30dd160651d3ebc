"""Names that no authority lists, in sentences of three languages: their exact range and kind."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from maizuru.graph import documents
from maizuru.graph.language import sentences
from maizuru.graph.mentions import find_mentions
from maizuru.graph.model import Block, BlockKind, EntityKind, Mention

Name = tuple[int, int, EntityKind]

TABLE = Path(__file__).parent / "cases" / "mentions.txt"
KINDS = {
    "pe": EntityKind.PERSON,
    "pl": EntityKind.PLACE,
    "ca": EntityKind.CAMP,
    "or": EntityKind.ORGANISATION,
    "mu": EntityKind.MILITARY_UNIT,
    "li": EntityKind.LEGAL_INSTRUMENT,
    "wo": EntityKind.WORK,
    "ev": EntityKind.EVENT,
}
MARKED = re.compile(r"\{(\w\w)\|([^}]*)\}")
LINES = [
    line
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def parse(line: str) -> tuple[str, set[Name]]:
    """Return the sentence of a line, and the names marked in it."""
    text = ""
    names = set()
    end = 0
    for match in MARKED.finditer(line):
        text += line[end : match.start()]
        names.add((len(text), len(text) + len(match[2]), KINDS[match[1]]))
        text += match[2]
        end = match.end()
    return text + line[end:], names


def outer(found: tuple[Mention, ...], events: bool) -> set[Name]:
    """Return the mentions inside no other, groups and notions left out, and unnamed events."""
    spans = {(m.start, m.end) for m in found}
    kinds = set(KINDS.values()) - (set() if events else {EntityKind.EVENT})
    return {
        (m.start, m.end, m.kind)
        for m in found
        if m.kind in kinds
        and not any(a <= m.start and m.end <= b and (a, b) != (m.start, m.end) for a, b in spans)
    }


@pytest.mark.parametrize("line", LINES)
def test_names_of_a_sentence(line: str) -> None:
    text, names = parse(line)
    document = documents.from_text(text)
    assert document.text == text
    whole = Block(BlockKind.PARAGRAPH, 0, len(text))
    document = sentences.split(replace(document, blocks=(whole,)))
    events = any(kind is EntityKind.EVENT for _, _, kind in names)
    assert outer(find_mentions(document), events) == names


def test_the_table_holds_sentences_enough() -> None:
    assert len(LINES) >= 200
