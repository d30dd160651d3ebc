"""Kinds of role that are no kinds of entity: a number of years, an office, an archive, a status."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache

from ...model import EntityKind, Mention, Quantity, Value
from ...resources import rules
from .items import Item
from .lexicon import words
from .parts import Clause, Part, Phrase
from .referents import Referent, Referents

LITERALS = frozenset(
    {
        "years",
        "labour",
        "language",
        "bare",
        "nameless",
        "status",
        "occupation",
        "office",
        "kind",
        "age",
        "name",
    }
)
"""Kinds that give a value in the words of the text."""
_ORGANISATION = (EntityKind.ORGANISATION.value,)
_WORK = (EntityKind.WORK.value,)
_NAMED = {
    "archive": (_ORGANISATION, "archives"),
    "institution": (_ORGANISATION, "institutions"),
    "cemetery": ((EntityKind.PLACE.value,), "cemeteries"),
    "monument": ((EntityKind.PLACE.value,), "monuments"),
    "register": ((*_WORK, *_ORGANISATION, EntityKind.CONCEPT.value), "registers"),
}
_LED = (*_ORGANISATION, EntityKind.CAMP.value, EntityKind.GROUP.value)
ENTITIES = frozenset({*_NAMED, "adapted", "sourced", "led", "own", "filmed", "titled"})
"""Kinds that give an entity if it passes a test."""
_RANKING = frozenset({"first", "second", "third", "last", "major", "new", "best", "famous", "main"})
"""Words before a kind of work that are no part of it: "first novel"."""
_YOUNGEST, _OLDEST = 2, 115
_NAMELESS = frozenset({EntityKind.CONCEPT})
_NOT_WHEN = frozenset({"until", "till", "since", "before", "after", "from"})
_SPANS = frozenset({"", "from", "between", "in", "during"})


def literal(
    kind: str, phrase: Phrase, items: Sequence[Item], bare: Callable[[Phrase], Value | None]
) -> Value | None:
    """Return the value of a kind of `LITERALS` if *phrase* is one; *bare* reads its words."""
    quantity = phrase.quantity
    if kind == "years":
        counted = quantity is not None and quantity.lower is not None and _is_years(quantity)
        return Value(str(quantity.lower), "decimal") if counted and quantity else None
    if kind == "age":
        old = quantity is not None and quantity.lower is not None and not quantity.unit
        grown = old and quantity is not None and _YOUNGEST < (quantity.lower or 0) < _OLDEST
        return Value(str(quantity.lower), "decimal") if grown and quantity else None
    if kind == "language":
        name = items[phrase.last - 1].lower
        one = name in _listed("nationalities") and phrase.last - phrase.first == 1
        return Value(name.capitalize()) if one else None
    if kind == "kind":
        return _kind(phrase, items)
    if kind == "nameless" and phrase.mention is not None and phrase.mention.kind not in _NAMELESS:
        return None
    table = {"occupation": "occupations", "office": "offices", "labour": "labour"}.get(kind)
    if table is not None and phrase.word not in _listed(table):
        return None
    text = bare(phrase)
    if kind == "name":
        return text if text is not None and text.text[:1].isupper() else None
    if kind == "labour" and text is not None and text.text.casefold() in _listed("vague"):
        return None
    if text is None or (kind == "status" and not _is_status(text.text)):
        return None
    return text


def entities(
    kind: str, phrase: Phrase, items: Sequence[Item], referents: Referents
) -> Iterator[Referent]:
    """Yield what a phrase refers to, if it is of a kind of `ENTITIES`."""
    if kind == "led":
        yield from _led(phrase, items, referents)
        return
    if kind == "own":
        if phrase.lead in words().possessives:
            yield from referents.of(phrase, items, _WORK)
        return
    if kind in ("filmed", "titled"):
        yield from _made(kind, phrase, items, referents)
        return
    if kind in ("adapted", "sourced"):
        for referent in referents.of(phrase, items, _WORK):
            if (referent.mention.subkind in _listed("adaptations")) == (kind == "adapted"):
                yield referent
        return
    kinds, table = _NAMED[kind]
    for referent in referents.of(phrase, items, kinds):
        if _is_called(referent.mention, table):
            yield referent


def dates(clause: Clause, name: str) -> Iterator[Value]:
    """Yield the dates of a clause: on which (``date``), from which or until which it holds."""
    for preposition, date in clause.dates:
        first, _, last = date.edtf.partition("/")
        if name == "date":
            if preposition not in _NOT_WHEN and ".." not in date.edtf:
                yield Value(date.edtf, "edtf")
        elif name == "until":
            ends = preposition in ("until", "till") or first == ".."
            if ends or (last not in ("", "..") and preposition in _SPANS):
                yield Value(last or first, "edtf")
        elif first != ".." and (
            preposition in ("since", "from") or (preposition in _SPANS and last)
        ):
            yield Value(first, "edtf")


def _made(
    kind: str, phrase: Phrase, items: Sequence[Item], referents: Referents
) -> Iterator[Referent]:
    """Yield works with their titles, and such a one as "a film" that was made of another."""
    if kind == "titled" or phrase.mention is not None or _is_screened(phrase.word):
        yield from referents.works(phrase, items, named=kind == "titled")


def _led(phrase: Phrase, items: Sequence[Item], referents: Referents) -> Iterator[Referent]:
    """Yield what "the commandant of the camp" or "its head" leads."""
    if phrase.word not in rules("roles")["offices"]["leading"]:
        return
    inner = phrase.of
    if inner is None and phrase.lead in words().possessives:
        inner = Phrase(
            Part.NOUN, phrase.first, phrase.first + 1, word=phrase.lead, lead=phrase.lead
        )
    if inner is not None:
        yield from referents.of(inner, items, _LED)


def _kind(phrase: Phrase, items: Sequence[Item]) -> Value | None:
    """Return the kind of work a noun phrase names: "online comic"."""
    if phrase.word not in _listed("works"):
        return None
    last = phrase.of.first - 1 if phrase.of is not None else phrase.last
    kept: list[str] = []
    for item in reversed(items[phrase.first : last]):
        if item.lower in ("", "'s") or item.lower in words().openers:
            break
        if item.lower in _listed("nationalities"):
            break
        if item.lower in _RANKING:
            break
        kept.insert(0, item.lower)
    return Value(" ".join(kept)) if kept else None


def _is_screened(noun: str) -> bool:
    """Return whether a word names a kind of work that is made from others: "film"."""
    kinds: Mapping[str, Sequence[str]] = rules("works")["kinds"]
    return any(noun in listed and kind in _listed("adaptations") for kind, listed in kinds.items())


def _is_called(mention: Mention, table: str) -> bool:
    """Return whether a name says what the thing is: an archive, a register."""
    name = f"{mention.name} {mention.subkind}".casefold()
    listed: Collection[str] = rules("roles")[table]["words"]
    return any(word in name for word in listed)


def _is_status(text: str) -> bool:
    return any(word in _listed("statuses") for word in text.casefold().split())


def _is_years(quantity: Quantity) -> bool:
    return quantity.unit == "years" or quantity.noun.split()[:1] in (["years"], ["year"])


@cache
def _listed(table: str) -> frozenset[str]:
    data = rules("roles")[table]
    return frozenset(word.lower() for word in data.get("nouns", data.get("adjectives")))
