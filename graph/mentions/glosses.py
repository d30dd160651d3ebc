"""Take in the same name in another script, which stands in brackets behind it or before it.

"Satsuo Yamamoto (山本薩夫)", "Jun Amano (天野 淳 Amano Jun, 1911)", "the Siberia Series
(シベリア・シリーズ)", "The Human Condition (人間の條件, Ningen no jōken)".
"""

from __future__ import annotations

from collections.abc import Iterator

from ..language.transliteration import is_romaji
from ..model import EntityKind
from ..resources import rules
from .finder import Hit, Reading
from .machine import Machine

RULE = "gloss"
_GLOSSED = frozenset(
    {
        EntityKind.PERSON,
        EntityKind.WORK,
        EntityKind.ORGANISATION,
        EntityKind.PLACE,
        EntityKind.EVENT,
    }
)
_OPEN, _CLOSE, _SEPARATORS = frozenset("(（"), frozenset(")）"), frozenset(",;、；，")
_LONGEST = 14


def add_glosses(reading: Reading, compiled: Machine) -> None:
    """Add the names in brackets behind hits, and titles before a work's name in brackets."""
    for hit in sorted(reading.hits.values(), key=lambda hit: hit.span):
        if hit.kind not in _GLOSSED:
            continue
        for start, end in _behind(hit, reading):
            there = {reading.hits[n] for n in reading.owner[start:end] if n >= 0}
            if all(other.kind is hit.kind and not other.authority for other in there):
                reading.take(_like(hit, start, end), compiled)
        span = _before(hit, reading)
        if span and all(number < 0 for number in reading.owner[span[0] : span[1]]):
            reading.take(_like(hit, *span), compiled)


def _like(hit: Hit, start: int, end: int) -> Hit:
    return Hit(start, end, hit.kind, RULE, hit.subkind, 0.8, hit.authority)


def _behind(hit: Hit, reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the parts of a bracket behind *hit* that are written in another script."""
    words = reading.tokens.words
    if hit.end >= len(words) or words[hit.end] not in _OPEN or _foreign(words[hit.start]):
        return
    start = hit.end + 1
    foreign_before = False
    for at in range(start, min(start + _LONGEST, len(words))):
        if words[at] in _CLOSE or words[at] in _SEPARATORS:
            part = words[start:at]
            lead = _leading(part)
            foreign = bool(part) and lead == len(part)
            romaji = foreign_before and bool(part) and all(_romaji(word) for word in part)
            if foreign or romaji:
                yield start, at
            elif lead and all(_romaji(word) for word in part[lead:]):
                yield start, start + lead
                yield start + lead, at
            foreign_before = foreign_before or foreign
            start = at + 1
        if words[at] in _CLOSE:
            return


def _leading(part: list[str]) -> int:
    """Return how many words stand in other letters before the first that does not."""
    return next((at for at, word in enumerate(part) if not _foreign(word)), len(part))


def _before(hit: Hit, reading: Reading) -> tuple[int, int] | None:
    """Return the run of title words before a bracket that holds a work's foreign name."""
    words = reading.tokens.words
    if hit.kind is not EntityKind.WORK or not hit.authority or not _foreign(words[hit.start]):
        return None
    end = hit.start - 1
    if end < 1 or words[end] not in _OPEN:
        return None
    small = set(rules("works")["title_small_words"])
    start = end
    while start > 0 and (words[start - 1][0].isupper() or words[start - 1] in small):
        start -= 1
    while start < end and not words[start][0].isupper():
        start += 1
    return (start, end) if end > start else None


def _foreign(word: str) -> bool:
    """Return whether a word is written in other letters than Latin ones."""
    return word[0].isalpha() and word[0] > "ɏ"


def _romaji(word: str) -> bool:
    return is_romaji(word) or word.casefold() in {"no", "to", "ni", "e", "o", "wo", "wa", "ga", "n"}
