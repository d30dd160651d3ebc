"""Word lists as one expression that says which list the word at a place belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LETTER = "0-9A-Za-zÀ-ɏЀ-ӿ"
"""Inside a character class: what a word of a spaced script is made of."""

DASH = r"\s?[‐‑‒–—―−~〜-]\s?"


_SPACES = re.compile(r"\(\?<[=!][^)]*\)|\[[^\]]*\]| \??")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One expression made of alternatives, each with a label."""

    regex: re.Pattern[str]
    labels: tuple[str, ...]

    def search(self, text: str) -> tuple[str, int] | None:
        """Return the label and length of what stands at the end of *text*."""
        match = self.regex.search(text)
        return (self.labels[(match.lastindex or 1) - 1], len(match[0])) if match else None

    def match(self, text: str, position: int) -> tuple[str, int] | None:
        """Return the label and length of what stands at *position*."""
        match = self.regex.match(text, position)
        return (self.labels[(match.lastindex or 1) - 1], len(match[0])) if match else None


def spaced(template: str) -> str:
    """Return the template with each space standing for any white space.

    Inside a character class it stands for one white space, inside a look-behind for itself.
    """
    return _SPACES.sub(_space, template)


def _space(match: re.Match[str]) -> str:
    if match[0].startswith("["):
        return match[0].replace(" ", r"\s")
    if match[0].startswith("("):
        return match[0].replace(" ", r"\x20")
    return r"\s*" if match[0] == " ?" else r"\s+"


def before(words: Iterable[tuple[str, str]], gap: str) -> Labelled | None:
    """Return an expression for `Labelled.search` from pairs of word and label, or None if empty.

    *gap* is the expression of what may stand between the word and the end of the text.
    """
    return _labelled(list(words), rf"(?<![{LETTER}])(?:", rf"){gap}$")


def after(words: Iterable[tuple[str, str]], gap: str) -> Labelled | None:
    """Return an expression for `Labelled.match` from pairs of word and label, or None if empty."""
    return _labelled(list(words), f"{gap}(?:", rf")(?![{LETTER}])")


def _labelled(words: list[tuple[str, str]], opening: str, closing: str) -> Labelled | None:
    if not words:
        return None
    groups = "|".join(f"({spaced(word)})" for word, _ in words)
    regex = re.compile(opening + groups + closing, re.IGNORECASE)
    return Labelled(regex, tuple(label for _, label in words))
