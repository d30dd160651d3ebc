"""Many alternatives as one expression: it matches what they match, in the same order."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maizuru.graph.language.alternatives import any_of, one_of

WORDS = st.lists(st.text("abc .+", min_size=1, max_size=5), min_size=1, max_size=12)


@given(WORDS, st.text("abc .+", max_size=12))
def test_words_match_as_they_do_side_by_side_longest_first(words: list[str], text: str) -> None:
    plain = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    for tail in ("", "s?", "(?= )", "b"):
        beside = re.compile(f"(?:{plain}){tail}").finditer(text)
        sorted_in = re.compile(f"{one_of(words)}{tail}").finditer(text)
        assert [m.span() for m in sorted_in] == [m.span() for m in beside]


@given(WORDS, st.text("abc .+", max_size=12))
def test_looking_ahead_finds_the_places_of_all(words: list[str], text: str) -> None:
    expressions = [re.escape(word) for word in words]
    beside = re.compile(f"(?=(?:{'|'.join(expressions)})(?!a))").finditer(text)
    sorted_in = re.compile(f"(?={any_of(expressions)}(?!a))").finditer(text)
    assert [m.start() for m in sorted_in] == [m.start() for m in beside]


@pytest.mark.parametrize("text", ["ac", "abbc", "camps", "camp", "cat", "a b", "xyz"])
def test_repeated_letters_stay_together(text: str) -> None:
    expressions = ["ab*c", "a?x", "camps?", "ca{1}t", r"a\sb", "(?:x|z)y"]
    beside = re.compile(f"(?=(?:{'|'.join(expressions)}))").finditer(text)
    assert [m.start() for m in re.finditer(f"(?={any_of(expressions)})", text)] == [
        m.start() for m in beside
    ]
