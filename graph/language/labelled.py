"""Word lists as one expression that says which list the word at a place belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .scanning import Scanner, scanner

LETTER = "0-9A-Za-zÀ-ɏЀ-ӿ"
"""Inside a character class: what a word of a spaced script is made of."""

DASH = r"\s?[‐‑‒–—―−~〜-]\s?"

_SPACES = re.compile(r"\(\?<[=!][^)]*\)|\[[^\]]*\]| \??")


@dataclass(frozen=True, slots=True)
class Ending:
    """Words that may stand at the end of a text, each with a label."""

    scanner: Scanner[str]

    def search(self, text: str) -> tuple[str, int] | None:
        """Return the label and length of the longest that *text* ends with."""
        for start, end, label in self.scanner.scan(text):
            return label, end - start
        return None


@dataclass(frozen=True, slots=True)
class Following:
    """Words that may stand at a place, each with a label."""

    regex: re.Pattern[str]
    labels: tuple[str, ...]

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


def ending(words: Iterable[tuple[str, str]], gap: str, *, cjk: bool = False) -> Ending | None:
    """Return the words with their labels for the end of a text, or None if there are none.

    *gap* is the expression of what may stand between the word and the end of the text.
    """
    entries = [(spaced(word), label) for word, label in words]
    return Ending(scanner(entries, spaced=not cjk, behind=rf"{gap}\Z")) if entries else None


def following(words: Iterable[tuple[str, str]], gap: str) -> Following | None:
    """Return the words with their labels for a given place, or None if there are none."""
    pairs = list(words)
    if not pairs:
        return None
    groups = "|".join(f"({spaced(word)})" for word, _ in pairs)
    regex = re.compile(rf"{gap}(?:{groups})(?![{LETTER}])", re.IGNORECASE)
    return Following(regex, tuple(label for _, label in pairs))
