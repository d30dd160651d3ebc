"""When two spans, names, dates or values count as the same. Every rule is in docs/evaluation.md."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from ..language.dates import find_dates
from ..resources import rules

Span = tuple[int, int]
_Gold = TypeVar("_Gold")
_Found = TypeVar("_Found")

_NOT_WORD = re.compile(r"[\W_]+")
_PLURAL = re.compile(r"(?<=\w{3})(?:ies|es|s|ed|ing)$")


_LANGUAGES = ("en", "ru", "ja")
_SEASONS = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
_SEASON = re.compile(r"(\d{4})(?:/\d{2,4})? ?\((spring|summer|autumn|fall|winter)\)", re.IGNORECASE)


def overlap(first: Span, second: Span) -> int:
    """Return how many code points two ranges share."""
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def closeness(first: Span, second: Span) -> float:
    """Return the shared part of two ranges over their union, 0 to 1."""
    shared = overlap(first, second)
    union = max(first[1], second[1]) - min(first[0], second[0])
    return shared / union if shared else 0.0


def plain(text: str) -> str:
    """Return *text* without case, accents, punctuation and spacing: a key for comparison."""
    decomposed = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NOT_WORD.sub("", letters.casefold())


def words(text: str) -> frozenset[str]:
    """Return the content words of *text*, roughly stemmed; scripts without spaces by character."""
    stop: Sequence[str] = rules("evaluation")["stop_words"]
    found: set[str] = set()
    for word in _NOT_WORD.split(text.casefold()):
        if not word or word in stop:
            continue
        if word[0] >= "\u3040":
            found.update(word)
        else:
            found.add(_PLURAL.sub("", word))
    return frozenset(found)


def same_wording(first: str, second: str) -> bool:
    """Return whether two descriptions share most of their content words.

    More than half the words of the longer, or all the words of the shorter (two or more) one; a
    semicolon separates wordings of which one will do.
    """
    if ";" in second:
        return any(same_wording(first, part) for part in second.split(";"))
    if plain(first) == plain(second):
        return True
    ours, theirs = words(first), words(second)
    shared = len(ours & theirs)
    if not shared:
        return False
    shorter, longer = sorted((len(ours), len(theirs)))
    return shared * 2 > longer or (shared == shorter and shorter > 1)


def same_number(first: str, second: str) -> bool:
    """Return whether two texts are the same decimal number."""
    try:
        return Decimal(first.replace(",", "")) == Decimal(second.replace(",", ""))
    except InvalidOperation:
        return False


def same_date(found: str, gold: str) -> bool:
    """Return whether a date of ours (EDTF) is the gold's, which may be ISO or words."""
    if plain(found) == plain(gold) or _canonical(found) == _canonical(gold):
        return True
    for language in _LANGUAGES:
        read = find_dates(gold, language)
        if len(read) == 1 and _canonical(read[0].edtf) == _canonical(found):
            return True
    return False


def _canonical(edtf: str) -> str:
    """Return EDTF without doubt marks, decades as ``199X``, seasons by number.

    "1945/1946 (winter)" is the winter that begins in 1945.
    """
    text = edtf.strip().rstrip("?~%")
    season = _SEASON.fullmatch(text)
    if season:
        return f"{season[1]}-{_SEASONS[season[2].casefold()]}"
    return re.sub(r"^(\d{3})0s$", r"\1X", text)


def is_dated(gold: str | None) -> bool:
    """Return whether a free-text date of the gold names a date that can be compared."""
    return bool(gold) and bool(re.search(r"\d{4}", str(gold)))


def pair_up(
    gold: Sequence[_Gold],
    found: Sequence[_Found],
    scores: Iterable[tuple[float, int, int]],
) -> list[tuple[int, int]]:
    """Return pairs of indexes, best score first, each gold and each found thing at most once.

    *scores* holds ``(score, gold index, found index)`` of the pairs that may match at all.
    """
    free_gold, free_found = set(range(len(gold))), set(range(len(found)))
    pairs: list[tuple[int, int]] = []
    for _, left, right in sorted(scores, key=lambda s: (-s[0], s[1], s[2])):
        if left in free_gold and right in free_found:
            free_gold.discard(left)
            free_found.discard(right)
            pairs.append((left, right))
    return pairs
