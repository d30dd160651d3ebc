"""Which script and which language a text is in."""

from __future__ import annotations

import re
from collections import Counter

from ..resources import rules

_RANGES = (
    ("kana", re.compile(r"[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9d]")),
    ("han", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")),
    ("cyrillic", re.compile(r"[\u0400-\u052f]")),
    ("latin", re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
)
_WORD = re.compile(r"[a-zäöüß]+")
_SAMPLE = 20_000
"""Code points looked at: enough for stop words to tell the language of a whole document."""


def scripts(text: str) -> Counter[str]:
    """Count the letters of *text* by script: ``kana``, ``han``, ``cyrillic``, ``latin``."""
    return Counter({name: len(pattern.findall(text)) for name, pattern in _RANGES})


def detect_language(text: str, default: str = "en") -> str:
    """Return ``en``, ``de``, ``ja`` or ``ru`` by script and, within Latin, by stop words.

    A sign of kanji or kana weighs as much as three letters, since it stands for about a syllable
    or word. *default* is the answer for a text with no letters, or Latin without any stop word.
    """
    sample = text[:_SAMPLE]
    counts = scripts(sample)
    japanese = 3 * (counts["kana"] + counts["han"])
    best = max(japanese, counts["cyrillic"], counts["latin"])
    if not best:
        return default
    if best == japanese:
        return "ja"
    if best == counts["cyrillic"]:
        return "ru"
    return _latin_language(sample, default)


def _latin_language(text: str, default: str) -> str:
    words = Counter(_WORD.findall(text.lower()))
    stop_words: dict[str, list[str]] = rules("sentences")["stop-words"]
    scores = {
        language: sum(words[word] for word in listed) for language, listed in stop_words.items()
    }
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] else default
