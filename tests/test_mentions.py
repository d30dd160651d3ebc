"""Names are found with their exact stretch, also when no list holds them."""

from __future__ import annotations

import pytest

from maizuru.graph.mentions import find_mentions
from maizuru.graph.model import Block, BlockKind, Document, Mention, Sentence


def document(text: str, language: str = "en", kind: BlockKind = BlockKind.PARAGRAPH) -> Document:
    """Return a document whose lines are its blocks and sentences."""
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    at = 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(kind, at, at + len(line)))
            sentences.append(Sentence(at, at + len(line), line, len(blocks) - 1, language))
        at += len(line) + 1
    return Document(
        "test", text, "", "", "", language, blocks=tuple(blocks), sentences=tuple(sentences)
    )


def mentions(text: str, language: str = "en") -> list[Mention]:
    found = find_mentions(document(text, language))
    assert all(text[m.start : m.end] == m.text for m in found)
    return list(found)


def pairs(text: str, language: str = "en") -> set[tuple[str, str]]:
    return {(m.kind.value, m.text) for m in mentions(text, language)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The historian Otto Bergmann counted the graves.", "Otto Bergmann"),
        ("According to P. Lindgren, the lists are short.", "P. Lindgren"),
        ("Few agreed with A.V. Morozov on this.", "A.V. Morozov"),
        ("Later Haneda Yasuo drew the barracks.", "Haneda Yasuo"),
        ("The poet Kenji Haneda was not released.", "Kenji Haneda"),
    ],
)
def test_person_in_no_list_is_found(text: str, name: str) -> None:
    assert ("person", name) in pairs(text)


def test_rank_is_an_attribute_of_the_person() -> None:
    (found,) = [m for m in mentions("Then Colonel Nikolai Petrenko came.") if m.kind == "person"]
    assert found.text == "Colonel Nikolai Petrenko"
    assert found.name == "Nikolai Petrenko"
    assert ("title", "Colonel") in found.attributes


def test_boilerplate_is_not_read() -> None:
    text = "The historian Otto Bergmann counted the graves."
    assert find_mentions(document(text, kind=BlockKind.BOILERPLATE)) == ()
