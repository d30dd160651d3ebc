"""Kinds of role that are no kinds of entity: a number of years, an office, an archive, a status."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
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
_PERSON = (EntityKind.PERSON.value,)
_PLACE = (EntityKind.PLACE.value,)
_NAMED = {
    "archive": (_ORGANISATION, "archives"),
    "institution": (_ORGANISATION, "institutions"),
    "school": (_ORGANISATION, "schools"),
    "army": ((*_ORGANISATION, EntityKind.MILITARY_UNIT.value), "armies"),
    "cemetery": (_PLACE, "cemeteries"),
    "monument": (_PLACE, "monuments"),
    "captor-land": (_PLACE, "captors"),
    "exhibited": ((EntityKind.EVENT.value,), "exhibitions"),
    "register": ((*_WORK, *_ORGANISATION, EntityKind.CONCEPT.value), "registers"),
}
_LED = (*_ORGANISATION, EntityKind.CAMP.value, EntityKind.GROUP.value)
_RANKING = frozenset({"first", "second", "third", "last", "major", "new", "best", "famous", "main"})
"""Words before a kind of work that are no part of it: "first novel"."""
_YOUNGEST, _OLDEST = 2, 115
_AGED = frozenset({"age", "aged", "the", "of", "only", "just", "about"})
"""Words that may stand before the number of an age."""
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
        return _age(phrase, items)
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
    text = None if quantity is not None and _is_years(quantity) else bare(phrase)
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
    if kind in _NAMED:
        kinds, table = _NAMED[kind]
        found = referents.of(phrase, items, kinds)
        yield from (r for r in found if _is_called(r.mention, table))
    else:
        yield from _READERS[kind](phrase, items, referents)


def _own(phrase: Phrase, items: Sequence[Item], referents: Referents) -> Iterator[Referent]:
    if phrase.lead in words().possessives:
        yield from referents.of(phrase, items, _WORK)


def _child(phrase: Phrase, items: Sequence[Item], referents: Referents) -> Iterator[Referent]:
    """Yield whose child "the eldest son of Sato" is."""
    if phrase.of is not None and phrase.word in rules("roles")["kin"]["children"]:
        yield from referents.of(phrase.of, items, _PERSON)


def _field(phrase: Phrase, items: Sequence[Item], referents: Referents) -> Iterator[Referent]:
    """Yield places where prisoners were taken, and not the lands where they were kept."""
    found = referents.of(phrase, items, _PLACE)
    yield from (r for r in found if not _is_called(r.mention, "captors"))


def _filmed(phrase: Phrase, items: Sequence[Item], referents: Referents) -> Iterator[Referent]:
    """Yield works with their titles, and such a one as "a film" that was made of another."""
    if phrase.mention is not None or _is_screened(phrase.word):
        yield from referents.works(phrase, items, named=False)


def _titled(phrase: Phrase, items: Sequence[Item], referents: Referents) -> Iterator[Referent]:
    yield from referents.works(phrase, items, named=True)


def _adapted(phrase: Phrase, items: Sequence[Item], referents: Referents) -> Iterator[Referent]:
    found = referents.of(phrase, items, _WORK)
    yield from (r for r in found if r.mention.subkind in _listed("adaptations"))


def _sourced(phrase: Phrase, items: Sequence[Item], referents: Referents) -> Iterator[Referent]:
    found = referents.of(phrase, items, _WORK)
    yield from (r for r in found if r.mention.subkind not in _listed("adaptations"))


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


def _age(phrase: Phrase, items: Sequence[Item]) -> Value | None:
    """Return an age: a number that counts nothing, or that stands alone behind "aged"."""
    quantity = phrase.quantity
    counts = quantity is not None and quantity.unit and phrase.word != "old"
    if quantity is not None and quantity.lower is not None and not counts:
        old = quantity.lower
    else:
        *before, last = (item.lower for item in items[phrase.first : phrase.last])
        if not last.isdecimal() or not _AGED.issuperset(before):
            return None
        old = Decimal(last)
    return Value(str(old), "decimal") if _YOUNGEST < old < _OLDEST else None


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


_READERS: dict[str, Callable[[Phrase, Sequence[Item], Referents], Iterator[Referent]]] = {
    "adapted": _adapted,
    "child": _child,
    "field": _field,
    "filmed": _filmed,
    "led": _led,
    "own": _own,
    "sourced": _sourced,
    "titled": _titled,
}
ENTITIES = frozenset({*_NAMED, *_READERS})
"""Kinds that give an entity if it passes a test."""
