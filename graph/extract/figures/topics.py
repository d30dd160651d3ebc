"""The group a document is about, which its numbers count where a sentence names no other."""

from __future__ import annotations

import re
from collections import Counter

from ...model import EntityKind, Extraction, Mention
from .population import are_captives, group_name
from .words import expression, words_of

_WORD = re.compile(r"[^\W\d_]{2,}")
_ENDING = re.compile(r"(?<=\w{3})(?:’s|'s|es|s)$")


def topic_of(extraction: Extraction) -> Mention | None:
    """Return the group named in the title, or the captives named most often."""
    document = extraction.document
    title = _stems(document.title)
    groups = [m for m in extraction.mentions if m.kind is EntityKind.GROUP and m.name]
    titled = [m for m in groups if _is_titled(m, document.title, title)]
    if titled:
        return max(titled, key=lambda m: len(group_name(m)))
    captives = [m for m in groups if are_captives(m.name, m.language)]
    times = Counter(m.name for m in captives)
    return max(captives, key=lambda m: times[m.name], default=None)


def titled_words(title: str, language: str) -> str:
    """Return the words of a title for people held or moved, that no mention names."""
    found = expression(words_of(language).get("titled", "(?!)")).search(title)
    return " ".join(found[0].split()) if found else ""


def _is_titled(mention: Mention, title: str, stems: frozenset[str]) -> bool:
    """Whether the title names the group, in the same words or in forms of them."""
    name = group_name(mention)
    if name.casefold() in title.casefold():
        return True
    own = _stems(name)
    return bool(own) and own <= stems


def _stems(text: str) -> frozenset[str]:
    return frozenset(_ENDING.sub("", word.casefold()) for word in _WORD.findall(text))
