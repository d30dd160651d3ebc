r"""Carry offsets of the raw file over to the normalised text of the document.

The gold standard counts code points in the file as it is; a `Document` is NFC, with ``\n`` line
ends and perhaps without a byte order mark. Both are walked in parallel, one composed character
at a time.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from ..errors import GoldError

_LOOK_AHEAD = 400
_HYPHENS = ("-", "¬", "\u00ad")


class OffsetMap:
    """Offsets of a raw text as offsets of the normalised one."""

    def __init__(self, raw: str, text: str) -> None:
        """Align the two texts.

        Raises:
            GoldError: they are not the same text.
        """
        self._to_text = [0] * (len(raw) + 1)
        self._fill(raw, text)

    def _fill(self, raw: str, text: str) -> None:
        position = 0
        for start, end in _characters(raw):
            composed = unicodedata.normalize("NFC", raw[start:end])
            for index in range(start, end):
                self._to_text[index] = position
            if text.startswith(composed, position):
                position += len(composed)
            elif composed in _HYPHENS and raw[end : end + 1] in ("\r", "\n"):
                pass  # the word goes on, the normalised text joins it
            elif composed.isspace() or unicodedata.category(composed[0]) in ("Cc", "Cf"):
                if composed != "\r" and position < len(text) and text[position].isspace():
                    position += 1
            else:
                position = _resume(text, position, composed, raw[start : start + 24])
                for index in range(start, end):
                    self._to_text[index] = position
                position += len(composed)
        self._to_text[len(raw)] = position

    def __call__(self, offset: int) -> int:
        """Return where the character at *offset* of the raw text stands in the normalised one."""
        return self._to_text[min(max(offset, 0), len(self._to_text) - 1)]


def _characters(raw: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of base characters with the combining marks that follow them."""
    start = 0
    for index in range(1, len(raw) + 1):
        if index == len(raw) or not unicodedata.combining(raw[index]):
            if index > start:
                yield start, index
            start = index


def _resume(text: str, position: int, composed: str, near: str) -> int:
    found = text.find(composed, position, position + _LOOK_AHEAD)
    if found < 0:
        raise GoldError(f"The converted text does not fit the gold document near {near!r}.")
    return found
