"""Which language a title is in, and which one an entry says its work is in."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ...resources import rules

_KANA = re.compile(r"[\u3041-\u30ff\uff66-\uff9d]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_WORDS = re.compile(r"[^\W\d_]+")
_MORA = re.compile(
    r"(?:(?:(kk?|ss?|tt?|pp?|gg?|dd?|zz?|h|b|m|r|n|j|f|w|y|t?ch|ss?h|t?ts)y?)?[aiueo]|n(?![aiueoy]))+"
)
"""Syllables of Japanese in Hepburn or Kunrei letters."""


@cache
def _named() -> dict[str, str]:
    listed: dict[str, list[str]] = rules("references_languages")["named"]
    return {word: code for code, words in listed.items() for word in words}


def language_named(word: str) -> str:
    """Return the code of the language *word* names in English, Russian, Japanese or German."""
    return _named().get(word.lower().strip(". "), "")


def title_language(text: str, default: str) -> str:
    """Return the language tag of a title, such as ``en``, ``ru``, ``ru-Latn`` or ``ja-Latn``.

    By script, then for Latin letters by frequent words and endings; *default* when nothing tells.
    """
    japanese = len(_KANA.findall(text)) + len(_HAN.findall(text))
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if japanese and 3 * japanese >= max(cyrillic, latin):
        return "ja"
    if cyrillic > latin:
        return "ru"
    return _latin(text, default)


def _latin(text: str, default: str) -> str:
    words = [word.lower() if len(word) > 1 else word for word in _WORDS.findall(text)]
    if not words:
        return default
    if is_romaji(words):
        return "ja-Latn"
    tables = rules("references_languages")
    scores = {
        code: float(sum(word in listed for word in words))
        for code, listed in tables["words"].items()
    }
    for code, endings in tables["endings"].items():
        scores[code] += 0.8 * sum(len(w) > 4 and w.endswith(tuple(endings)) for w in words)
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] >= 1 else default


def may_be_romaji(text: str) -> bool:
    """Whether all words of *text* have the syllables of Japanese."""
    words = _WORDS.findall(text)
    return len(words) > 1 and all(_MORA.fullmatch(_folded(word)) for word in words)


def is_romaji(words: list[str]) -> bool:
    """Whether all words are Japanese syllables, and two are long or one has a long vowel."""
    folded = [_folded(word) for word in words]
    if not folded or not all(_MORA.fullmatch(word) for word in folded):
        return False
    long_words = [word for word in folded if len(word) > 3]
    marked = any(plain != word for plain, word in zip(folded, words, strict=True))
    return len(long_words) > 1 or (marked and bool(long_words))


def _folded(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
