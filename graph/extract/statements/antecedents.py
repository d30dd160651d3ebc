"""Who pronouns and "the camp" point back to: small rules, and nothing where they are in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from ...model import BlockKind, Document, EntityKind, Extraction, Mention
from ...resources import rules
from .lexicon import words

_TOPIC_WORDS = 5
"""A group that a document is about has a short name."""
_LISTED = 80
"""So close together two names stand in one list, of which "the camp" can mean either."""
_FIRST_PERSON = 3
"""As many sentences must say "I" before a text counts as told by a narrator."""
QUOTATION = '"“”«»„'


def named_again(word: str, before: int, earlier: Sequence[Mention]) -> Mention | None:
    """Return the last of *earlier* mentions that "the camp" or "the society" can mean.

    *earlier* are mentions of one kind in the order of the text. Nothing where two different ones
    stand side by side.
    """
    fitting = [m for m in earlier if m.end <= before and _is_a(word, m)]
    if not fitting:
        return None
    last = fitting[-1]
    beside = [m for m in fitting if last.start - m.end <= _LISTED and m.name != last.name]
    return None if beside else last


def kind_of(word: str) -> str:
    """Return the kind of entity a noun like "camp" stands for; nothing for other nouns."""
    return _kinds().get(word, "")


def narrator(extraction: Extraction, author: Mention | None) -> Mention | None:
    """Return who says "I" in a text: its signed author, or a narrator without a name."""
    first, said = -1, 0
    for sentence in extraction.document.sentences:
        at = _first_person(sentence.text)
        block = extraction.document.blocks[sentence.block].kind
        if at < 0 or block is not BlockKind.PARAGRAPH:
            continue
        if not quoted(extraction.document, sentence.start + at, sentence.block):
            said += 1
            first = sentence.start + at if first < 0 else first
    if said < _FIRST_PERSON:
        return None
    if author is not None:
        return author
    name = f"narrator of {extraction.document.title or extraction.document.slug}"
    kind = EntityKind.PERSON
    return Mention(first, first + 1, "I", kind, name, "en", rule="first person", confidence=0.8)


def quoted(document: Document, at: int, block: int) -> bool:
    """Return whether *at* stands inside quotation marks that its block opened."""
    before = document.text[document.blocks[block].start : at]
    return sum(before.count(mark) for mark in QUOTATION) % 2 == 1


def nationality_of(mention: Mention) -> str:
    """Return the first word of a name in lower case: "japanese"."""
    return mention.name.split()[0].casefold() if mention.name else ""


def topic_of(groups: Sequence[Mention]) -> list[Mention]:
    """Return the mentions of the group of captives a document speaks of most."""
    known = words()
    kinds: Counter[str] = Counter()
    captives: list[Mention] = []
    for mention in groups:
        name = mention.name.casefold().split()
        if len(name) <= _TOPIC_WORDS and any(word in known.captive for word in name):
            captives.append(mention)
            kinds[nationality_of(mention)] += 1
    if not kinds:
        return []
    first = {nationality_of(mention): -mention.start for mention in reversed(captives)}
    best = max(kinds, key=lambda name: (kinds[name], first[name]))
    if kinds[best] * 2 <= sum(kinds.values()):
        return []
    return [mention for mention in captives if nationality_of(mention) == best]


def _first_person(text: str) -> int:
    at = text.find("I ")
    while at > 0 and (text[at - 1].isalnum() or text[at - 1] in ".-"):
        at = text.find("I ", at + 1)
    return at


def _is_a(word: str, mention: Mention) -> bool:
    """Return whether a name can be meant by the noun: "the society" needs a society."""
    names = mention.name.casefold().split()
    if word in rules("names_gender")["again"]["any"]:
        return not names[-1].endswith("s")
    return word in names


@cache
def _kinds() -> dict[str, str]:
    table: Mapping[str, Sequence[str]] = rules("names_gender")["nouns"]
    return {word: kind for kind, listed in table.items() for word in listed}
