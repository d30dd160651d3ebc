"""Tell works of one title apart by the word for their kind: the novel, the film made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from ..model import EntityKind
from ..resources import rules
from .authorities import records
from .finder import Hit, Reading


def settle_kinds(reading: Reading) -> None:
    """Give works the kind the text calls them by, and the record of that kind and title.

    A record of another kind that bears the title is another work.
    """
    for number, hit in list(reading.hits.items()):
        if hit.kind is EntityKind.WORK:
            said = _said(hit, reading)
            if said and said != hit.subkind:
                title = " ".join(reading.tokens.words[hit.start : hit.end])
                authority = _records().get((title, said), "")
                reading.hits[number] = replace(hit, subkind=said, authority=authority)


def _said(hit: Hit, reading: Reading) -> str:
    for name, start, end in hit.parts:
        if name == "kind":
            return _kinds().get(" ".join(reading.tokens.words[start:end]).casefold(), "")
    return ""


@cache
def _kinds() -> Mapping[str, str]:
    """Return what each word for a kind of work says: "movie" is ``film``."""
    return {word: kind for kind, words in rules("works")["kinds"].items() for word in words}


@cache
def _records() -> Mapping[tuple[str, str], str]:
    """Return the key of the one work of a title and kind."""
    return {
        (label.text, record.subkind): record.key
        for record in records()
        if record.kind is EntityKind.WORK
        for label in record.labels
    }
