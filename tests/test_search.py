"""The index of the search: names and sentences, and questions asked in words."""

from __future__ import annotations

from collections import Counter

import pytest

from maizuru.server.pages.search import marked
from maizuru.server.search import Indexed, SearchIndex, Sentence

TOLD = (
    "Nobody who was sent to Tataria died of the cold.",
    "The cold of that year came early.",
    "兵士たちは船とトラックでハルタへ送られた。",
)


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    names = {
        "urn:tataria": {("Tataria", "en"), ("タタリア", "ja"), ("Татария", "ru")},
        "urn:north-tataria": {("North Tataria", "en")},
        "urn:harta": {("Harta", "en"), ("ハルタ", "ja"), ("Haruta", "ja-latn")},
    }
    things = [
        Indexed(iri, iri, "Place", names=known, documents=Counter("d"))
        for iri, known in names.items()
    ]
    return SearchIndex(things, [Sentence("urn:d", 0, 9, told, "en") for told in TOLD])


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("how many died in Tataria?", ["urn:tataria"]),
        ("the camps of North Tataria", ["urn:north-tataria"]),
        ("タタリアで何人死んだか", ["urn:tataria"]),
        ("сколько умерло: Татария", ["urn:tataria"]),
        ("from Harta to North Tataria", ["urn:north-tataria", "urn:harta"]),
        ("how many died there?", []),
    ],
)
def test_a_question_names_things(index: SearchIndex, question: str, things: list[str]) -> None:
    assert [hit.iri for hit in index.named_in(question)] == things


def test_a_thing_is_shown_by_the_name_that_was_asked(index: SearchIndex) -> None:
    assert [hit.name for hit in index.named_in("ハルタの船")] == ["ハルタ"]
    assert [hit.name for hit in index.names("ハルタ")] == ["ハルタ"]


def test_a_word_in_katakana_is_found_within_a_sentence(index: SearchIndex) -> None:
    assert [told.text for told in index.sentences("ハルタ")] == [TOLD[2]]


def test_the_sentence_with_most_of_the_words_comes_first(index: SearchIndex) -> None:
    assert not index.sentences("who died of the cold in Tataria")
    assert [told.text for told in index.some("who died of the cold in Tataria")] == [
        TOLD[0],
        TOLD[1],
    ]


@pytest.mark.parametrize("words", ["", "?", "か", "the", "a" * 200, "死 " * 90])
def test_any_question_may_be_asked(index: SearchIndex, words: str) -> None:
    assert index.named_in(words) == []
    assert len(index.some(words)) <= len(TOLD)


def test_a_word_is_marked_where_a_word_begins() -> None:
    pieces = [piece for piece, found in marked("In the ministry, in May", "in") if found]

    assert pieces == ["In", "in"]
