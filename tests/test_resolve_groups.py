"""Captives of different holders are different groups, where the text tells who holds them."""

from __future__ import annotations

import pytest

from maizuru.graph import documents
from maizuru.graph.language import sentences
from maizuru.graph.mentions import find_mentions
from maizuru.graph.model import EntityKind, Extraction
from maizuru.graph.resolve import resolve
from maizuru.graph.structure import structure

SOVIET = "Japanese prisoners of war built the road."


def groups(sentence: str) -> list[str]:
    """Return the keys of the captives in Soviet hands and in those of the sentence."""
    text = f"The Two Captivities\n\n{SOVIET} {sentence} They came home in the year that followed.\n"
    document = sentences.split(structure(documents.from_text(text)))
    extraction = Extraction(document, mentions=find_mentions(document))
    resolution = resolve([extraction])
    return [
        resolution.of(document.slug, mention)
        for mention in extraction.mentions
        if mention.kind is EntityKind.GROUP and "prisoners" in mention.text
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Western Allies had taken 35,000 Japanese prisoners.",
        "Japanese prisoners held by the Americans were sent home first.",
        "The food was better for Japanese prisoners of war in British hands.",
        "Australia held about 2,000 Japanese prisoners.",
        "Japanese prisoners of war taken by the Chinese were fewer.",
    ],
)
def test_captives_of_another_holder_are_another_group(sentence: str) -> None:
    one, other = groups(sentence)
    assert one != other


@pytest.mark.parametrize(
    "sentence",
    [
        "The Soviet Union held 560,000 Japanese prisoners.",
        "Japanese prisoners of war in the Soviet Union waited longer.",
        "The Americans asked for Japanese prisoners.",
    ],
)
def test_captives_of_the_holder_meant_are_one_group(sentence: str) -> None:
    one, other = groups(sentence)
    assert one == other
