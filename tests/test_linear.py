"""The converter reads any text in time that grows as the text does, whatever is repeated in it.

Processor time is compared, not the clock: a text eight times as long may take three times its share
before a test fails, which nothing but a growth with the square of the length reaches.
"""

from __future__ import annotations

from time import process_time

import pytest

from maizuru.graph.convert import extract
from maizuru.graph.documents import from_text
from maizuru.graph.language.quantities import find_quantities

LENGTH = 100_000
SHARE = 8
ALLOWED = 3 * SHARE
START = 0.5
"""Seconds of processor time that measuring may be wrong by."""

HOSTILE = {
    "markers": "[1] ",
    "markers without spaces": "[1]",
    "sentences with markers": "He died. [1] ",
    "open brackets": "(",
    "brackets in brackets": "((a. B) ",
    "open Japanese brackets": "「",
    "quotation marks": '"A. ',
    "no spaces": "abcdef",
    "no full stop": "the men of the camp were moved ",
    "one line": "The men of the camp were moved. ",
    "one number": "1",
    "numbers": "1000 ",
    "camps": "Camp No. 5, ",
    "numbered camps": "Camp No. {}, ",
    "headings": "# a\n",
    "headings apart": "## The camp\n\n",
    "kanji numerals": "三",
    "full stops": ". ",
    "spaces": "   ",
}


def _seconds(piece: str, length: int) -> float:
    count = length // len(piece) + 1
    text = "".join(piece.replace("{}", str(number)) for number in range(count))
    document = from_text(text[:length] + " end.")
    begin = process_time()
    found = extract(document)
    assert found.document.text == document.text
    return process_time() - begin


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_as_the_text_does(piece: str) -> None:
    _seconds(piece, LENGTH // 100)  # The rules of its language are read once, and not timed here.
    short = _seconds(piece, LENGTH // SHARE)

    assert _seconds(piece, LENGTH) < ALLOWED * short + START


@pytest.mark.parametrize(
    ("digit", "language"), [("7", "en"), ("三", "ja"), ("7", "ja"), ("万", "ja")]
)
def test_a_number_without_end_counts_nothing(digit: str, language: str) -> None:
    assert find_quantities(f"{digit * 5000}人 men", language) == []
