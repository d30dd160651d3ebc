"""Groups that are described by where they were held, whose they are and what befell them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maizuru.graph import documents
from maizuru.graph.language import sentences
from maizuru.graph.mentions import find_mentions
from maizuru.graph.model import Block, BlockKind, EntityKind


@pytest.mark.parametrize(
    ("text", "group"),
    [
        (
            "The former prisoners of Soviet camps met once a year.",
            "former prisoners of Soviet camps",
        ),
        ("A law was made for the citizens of other states.", "citizens of other states"),
        ("The lists name the members of the Kwantung Army.", "members of the Kwantung Army"),
        (
            "They told officials of the Ministry of Health so.",
            "officials of the Ministry of Health",
        ),
        ("The families of the deceased came to the pier.", "families of the deceased"),
        (
            "A stone stands for the victims of political repression.",
            "victims of political repression",
        ),
        ("The Karaganda residents remember their names.", "Karaganda residents"),
        ("All wrongly convicted people were to be cleared.", "wrongly convicted people"),
        (
            "The Romanian prisoners of war convicted of war crimes stayed.",
            "Romanian prisoners of war convicted of war crimes",
        ),
        (
            "The stone names Japanese who died while in Soviet captivity.",
            "Japanese who died while in Soviet captivity",
        ),
        ("The court heard the plaintiffs twice.", "plaintiffs"),
    ],
)
def test_group(text: str, group: str) -> None:
    document = documents.from_text(text)
    whole = Block(BlockKind.PARAGRAPH, 0, len(text))
    document = sentences.split(replace(document, blocks=(whole,)))
    groups = [m.text for m in find_mentions(document) if m.kind is EntityKind.GROUP]
    assert groups[:1] == [group]
