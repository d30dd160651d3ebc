"""Say what sort of thing a name is of, from the words in it or beside it.

A work takes its kind from the word the text calls it by ("the film …"), all others from a word of
the name itself ("Verkhny Oblast", "labour camps").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from ..model import EntityKind
from ..resources import rules
from .authorities import records
from .finder import Hit, Reading

_FILES = {
    EntityKind.WORK: "works",
    EntityKind.PLACE: "places",
    EntityKind.CAMP: "camps",
    EntityKind.EVENT: "events",
    EntityKind.LEGAL_INSTRUMENT: "instruments",
    EntityKind.ORGANISATION: "organisations",
}


def settle_kinds(reading: Reading) -> None:
    """Fill in the finer kinds of hits, and part works of one title by them."""
    for number, hit in list(reading.hits.items()):
        if hit.kind is EntityKind.WORK:
            reading.hits[number] = _work(hit, reading)
        elif not hit.subkind and hit.kind in _FILES:
            reading.hits[number] = replace(hit, subkind=_by_words(hit, reading))


def _work(hit: Hit, reading: Reading) -> Hit:
    """Return a work with the kind it is called by, and the record of that kind and title.

    A record of another kind that bears the title is another work.
    """
    words = reading.tokens.words
    spans = (span for name, *span in hit.parts if name == "kind")
    said = next((_kinds(hit.kind).get(words[start].casefold(), "") for start, _ in spans), "")
    if not said or said == hit.subkind:
        return hit
    title = " ".join(words[hit.start : hit.end])
    return replace(hit, subkind=said, authority=_records().get((title, said), ""))


def _by_words(hit: Hit, reading: Reading) -> str:
    kinds = _kinds(hit.kind)
    for word in reversed(reading.tokens.words[hit.start : hit.end]):
        found = kinds.get(word.casefold())
        if found:
            return found
    return ""


@cache
def _kinds(kind: EntityKind) -> Mapping[str, str]:
    """Return what each word says: "movie" is ``film``."""
    table = rules(_FILES[kind])["kinds"]
    return {word: name for name, words in table.items() for word in words}


@cache
def _records() -> Mapping[tuple[str, str], str]:
    """Return the key of the one work of a title and kind."""
    return {
        (label.text, record.subkind): record.key
        for record in records()
        if record.kind is EntityKind.WORK
        for label in record.labels
    }
