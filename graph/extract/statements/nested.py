"""What a name carries inside: a decree its number, an office its body, an event its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from ...model import DateValue, EntityKind, Mention, Value
from ...resources import rules
from .frames import Claim

_QUOTES = frozenset('"“”„«»')
_ATTRIBUTES = {
    EntityKind.LEGAL_INSTRUMENT: {"number": "number", "title": "title"},
    EntityKind.PERSON: {"title": "heldRole"},
}


def name_claims(
    mention: Mention, inner: Sequence[Mention], dates: Sequence[DateValue]
) -> Iterator[Claim]:
    """Yield what *mention* says by its parts; *inner* and *dates* lie inside it."""
    yield from _attributes(mention)
    for date in dates:
        if "/" in date.edtf and mention.kind is EntityKind.LEGAL_INSTRUMENT:
            continue
        if mention.kind in (EntityKind.EVENT, EntityKind.LEGAL_INSTRUMENT):
            yield Claim(mention, "date", Value(date.edtf, "edtf"), "name: date inside")
    for part in inner:
        predicate = _relation(mention, part)
        if predicate:
            yield Claim(mention, predicate, part, f"name: {part.kind.value} inside")


def _attributes(mention: Mention) -> Iterator[Claim]:
    wanted = _ATTRIBUTES.get(mention.kind, {})
    names = mention.text.split() if mention.kind is EntityKind.PERSON else []
    title = list(takewhile(_is_office, names))
    if title and len(title) < len(names):
        yield Claim(mention, "heldRole", Value(" ".join(title)), "name: title")
    for name, text in mention.attributes:
        if name not in wanted or _is_part_of_instrument(mention):
            continue
        if mention.kind is not EntityKind.PERSON or _is_office(text):
            yield Claim(mention, wanted[name], Value(text), f"name: {name}")


def _is_part_of_instrument(mention: Mention) -> bool:
    """Return whether a name is only an article or clause of an instrument."""
    first = mention.text.split()[0].casefold()
    return first in rules("roles")["instruments"]["parts"]


def _is_office(title: str) -> bool:
    offices: Sequence[str] = rules("roles")["offices"]["nouns"]
    return any(word.strip(".").lower() in offices for word in title.split())


def _relation(outer: Mention, part: Mention) -> str:
    """Return the property between a name and one inside it, if the words say one."""
    before = outer.text[: part.start - outer.start].casefold().split()
    after = outer.text[part.end - outer.start :].strip()
    if outer.kind is EntityKind.EVENT and part.kind is EntityKind.PLACE:
        return "place" if before[-1:] in (["in"], ["at"], ["near"]) else ""
    if outer.kind is EntityKind.LEGAL_INSTRUMENT and part.kind is EntityKind.ORGANISATION:
        plain = not set("".join(before)) & _QUOTES
        return "issuedBy" if plain and (not before or before[-1] in ("the", "of")) else ""
    if outer.kind is EntityKind.ORGANISATION and part.kind is EntityKind.ORGANISATION:
        is_unit = before[:1] and before[0] in rules("roles")["units"]["nouns"]
        joined = before[-1:] in (["of"], ["the"], ["in"], ["at"]) or before[-1:][-1:] == [","]
        return "partOf" if is_unit and joined and not after else ""
    return ""
