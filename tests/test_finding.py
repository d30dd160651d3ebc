"""Finding a text again gives what the regular expression made of its words gives."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maizuru.graph.language.finding import find_words, find_words_folded

LETTERS = "abAB sSſkKKıiІі_1.йЙΣσςßẞİ\n\u00a0日-("
TEXTS = st.text(alphabet=LETTERS, max_size=40)
WORDS = st.lists(
    st.text(alphabet=LETTERS.replace(" ", "").replace("\n", "").replace("\u00a0", ""), min_size=1),
    min_size=1,
    max_size=3,
)


@given(TEXTS, WORDS, st.integers(0, 10), st.integers(0, 45))
def test_folded_words_are_found_where_the_expression_finds_them(
    text: str, words: list[str], start: int, end: int
) -> None:
    expression = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    match = expression.search(text, start, min(end, len(text)))

    found = find_words_folded(text, words, start, min(end, len(text)))

    assert found == (match.span() if match else None)


@given(TEXTS, WORDS, st.integers(0, 10), st.integers(0, 45))
def test_whole_words_are_found_where_the_expression_finds_them(
    text: str, words: list[str], start: int, end: int
) -> None:
    joined = r"\s*".join(map(re.escape, words))
    match = re.compile(rf"(?<!\w){joined}(?!\w)").search(text, start, min(end, len(text)))

    found = find_words(text, words, start, min(end, len(text)))

    assert found == (match.span() if match else None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Long\n Winter", (4, 16)),
        ("the LONG WINTER.", (4, 15)),
        ("the longwinter", None),
        ("the long-winter long  winter", (16, 28)),
    ],
)
def test_spacing_and_case_may_differ(text: str, found: tuple[int, int] | None) -> None:
    assert find_words_folded(text, ["long", "winter"], 0, len(text)) == found


@pytest.mark.parametrize(
    ("text", "word"), [("ſeven", "SEVEN"), ("75 K", "75 k"), ("ΟΔΟΣ", "οδος"), ("ẛ", "Ṡ")]
)
def test_letters_with_several_other_cases_are_found(text: str, word: str) -> None:
    assert find_words_folded(text, word.split(), 0, len(text)) == (0, len(text))


def test_a_word_that_goes_on_is_not_found() -> None:
    assert find_words("Omskaya, Omsk", ["Omsk"], 0, 13) == (9, 13)
    assert find_words("Omskaya", ["Omsk"], 0, 4) == (0, 4)
