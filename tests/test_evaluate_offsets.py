"""Offsets of a gold document in the text that the converter reads."""

from __future__ import annotations

import pytest

from maizuru.graph.errors import GoldError
from maizuru.graph.evaluate.offsets import OffsetMap

RAW = "Camp 12\r\nIvan Petrov\r\nCafe\u0301 Atlantis\r\n"
TEXT = "Camp 12\nIvan Petrov\nCaf\u00e9 Atlantis\n"


def test_offsets_cross_line_ends_and_composed_letters() -> None:
    offsets = OffsetMap(RAW, TEXT)
    for word in ("Camp 12", "Ivan Petrov", "Atlantis"):
        assert offsets(RAW.index(word)) == TEXT.index(word)
    assert offsets(len(RAW)) == len(TEXT)


def test_offsets_refuse_another_text() -> None:
    with pytest.raises(GoldError, match="does not fit"):
        OffsetMap("Something else", TEXT)
