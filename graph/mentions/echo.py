"""Find again what a document has introduced: a surname after the full name, a title, an acronym."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..language.transliteration import is_romaji
from ..model import EntityKind
from ..resources import rules
from .finder import Hit, Reading, take_entries
from .gazetteer import Entry, Gazetteer
from .machine import Machine

_REPEATED = frozenset(
    {
        EntityKind.ORGANISATION,
        EntityKind.PLACE,
        EntityKind.MILITARY_UNIT,
        EntityKind.WORK,
        EntityKind.CAMP,
        EntityKind.PERSON,
    }
)
_SURE = 0.8
_TOLD_TWICE = (EntityKind.PERSON, EntityKind.PLACE)


def repeat(reading: Reading, compiled: Machine) -> None:
    """Add the places where names found in this document stand again in a shorter form."""
    entries: dict[str, Entry] = {}
    for hit in list(reading.hits.values()):
        for entry in _short_forms(hit, reading):
            entries.setdefault(entry.name, entry)
        for entry in _inner_names(hit, reading, compiled):
            entries.setdefault(entry.name, entry)
    for entry in _found_twice(reading):
        entries.setdefault(entry.name, entry)
    _reclaim(reading, {name for name, one in entries.items() if one.kind is EntityKind.PERSON})
    if entries:
        found = Gazetteer(sorted(entries.values(), key=lambda entry: entry.name), compiled.cutter)
        take_entries(reading, compiled, found, "repeated")


def _short_forms(hit: Hit, reading: Reading) -> Iterator[Entry]:
    if hit.kind not in _REPEATED or hit.confidence < _SURE or _called_by_place(hit):
        return
    words = reading.tokens.words
    start, end = hit.name or hit.span
    text = reading.document.text[reading.tokens.starts[start] : reading.tokens.ends[end - 1]]
    if not hit.authority and hit.rule != "repeated" and (end - start > 1 or _proper(text)):
        yield Entry(" ".join(text.split()), hit.kind, hit.subkind)
    for name, first, last in hit.parts:
        if name == "acronym":
            yield Entry(words[first:last][0], hit.kind, hit.subkind, hit.authority)
    if hit.kind == EntityKind.PERSON:
        names = [word for word in words[start:end] if _proper(word)]
        surname = family_name(names)
        if surname and (len(names) > 1 or end - start > 1):
            yield Entry(surname, EntityKind.PERSON)


def _called_by_place(hit: Hit) -> bool:
    """Return whether a camp bears the name of its place, as in "the Taishet camps"."""
    return hit.kind is EntityKind.CAMP and hit.name is not None and hit.name[1] < hit.end


def _inner_names(hit: Hit, reading: Reading, compiled: Machine) -> Iterator[Entry]:
    """Yield the name a longer one is made of: the place of a camp, a company without its form."""
    words = reading.tokens.words[hit.start : hit.end]
    if hit.authority or len(words) < 2 or compiled.lexicon.lists(words[0]):
        return
    if hit.kind is EntityKind.ORGANISATION and len(words) == 2:
        if words[1] in rules("organisations")["forms"] and _proper(words[0]):
            yield Entry(words[0], EntityKind.ORGANISATION, hit.subkind)
    elif hit.rule in rules("camps")["by_place"] and _proper(words[0]) and words[1][0].islower():
        yield Entry(words[0], EntityKind.PLACE)


def _found_twice(reading: Reading) -> Iterator[Entry]:
    """Yield the names of one word that weak signs told at two places, which is sign enough.

    The family name of a Japanese name of two words counts as told twice.
    """
    words = reading.tokens.words
    counts = Counter(
        (hit.kind, words[hit.start])
        for hit in reading.hits.values()
        if hit.kind in _TOLD_TWICE and hit.end - hit.start == 1 and hit.confidence < _SURE
    )
    for hit in reading.hits.values():
        if hit.kind is EntityKind.PERSON and hit.end - hit.start == 2 and hit.confidence < _SURE:
            first, last = words[hit.start : hit.end]
            if is_romaji(first) and is_romaji(last):
                counts[hit.kind, family_name([first, last])] += 2
    for (kind, word), count in counts.items():
        if count > 1 and _proper(word):
            yield Entry(word, kind)


def _reclaim(reading: Reading, surnames: set[str]) -> None:
    """Give a person's surname back that was taken for a place: "Goro Shikoku ... Shikoku wrote".

    Behind a word that asks for a place it stays one.
    """
    words, asking = reading.tokens.words, set(rules("places")["words"]["in"])
    for number, hit in reading.hits.items():
        if hit.kind is not EntityKind.PLACE or words[hit.start] not in surnames:
            continue
        alone = hit.end - hit.start == 1 and reading.owner[hit.start] == number
        if alone and words[hit.start - 1].casefold() not in asking:
            reading.hits[number] = Hit(hit.start, hit.end, EntityKind.PERSON, "repeated")


def family_name(names: list[str]) -> str:
    """Return the family name among the full words of a person's name, in either order.

    The last word, unless the name is Japanese and its last word is a given name.
    """
    if not names:
        return ""
    words = rules("persons")["words"]
    if len(names) == 2 and all(is_romaji(name) for name in names):
        given, family = set(words["given-ja"]), set(words["surname-ja"])
        first, last = (_plain(name) for name in names)
        if last in given and first not in given:
            return names[0]
        if first in family and last not in family and first not in given:
            return names[0]
    return names[-1]


def _plain(name: str) -> str:
    return name.translate(str.maketrans("āēīōūâêîôûŌ", "aeiouaeiouO"))


def _proper(word: str) -> bool:
    return len(word) > 2 and word[0].isupper() and not word.isupper() and word[-1] != "."
