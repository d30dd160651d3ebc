"""Which noun phrases of a clause can fill a role of a frame: subject, theme, "in", "object.of"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model import EntityKind, Mention
from .items import Item
from .lexicon import words
from .parts import Argument, Clause, Part, Phrase

_AT = frozenset({"at", "near", "on", "outside"})
"""Prepositions of a place behind which "in" only tells where that lies."""


def phrases_of(name: str, clause: Clause, items: Sequence[Item]) -> Iterator[list[Phrase]]:
    """Yield the lists of noun phrases that can fill a role, the likeliest first."""
    if name.endswith(".whose"):
        for group in phrases_of(name.removesuffix(".whose"), clause, items):
            yield [owner for phrase in group for owner in _owners(phrase, items)]
    elif name.endswith(".of"):
        for group in phrases_of(name.removesuffix(".of"), clause, items):
            yield [phrase.of for phrase in group if phrase.of is not None]
    elif name in ("subject", "theme", "agent", "object", "inner"):
        yield from _core(name, clause, items)
    else:
        arguments = clause.arguments
        if name[0] in "@^":
            arguments = clause.attached if name[0] == "@" else clause.fronted
        wanted = name.lstrip("@^")
        for at, argument in enumerate(arguments):
            if argument.preposition == wanted and not _nested(arguments, at):
                yield [*argument.phrases, *_joined(arguments, at)]


def _joined(arguments: Sequence[Argument], at: int) -> Iterator[Phrase]:
    """Yield what goes on with an argument: "for a truce and for peace"."""
    for argument in arguments[at + 1 :]:
        if not argument.joined or argument.preposition != arguments[at].preposition:
            return
        yield from argument.phrases


def _nested(arguments: Sequence[Argument], at: int) -> bool:
    """Return whether a place only tells where the one before it lies: "at Y in Chita"."""
    if not at or arguments[at].preposition != "in" or arguments[at - 1].preposition not in _AT:
        return False
    kinds = [
        a.phrases[-1].mention.kind for a in arguments[at - 1 : at + 1] if a.phrases[-1].mention
    ]
    return kinds == [EntityKind.PLACE, EntityKind.PLACE]


def _owners(phrase: Phrase, items: Sequence[Item]) -> Iterator[Phrase]:
    """Yield whose a noun phrase is: "their bodies", "Sato's ashes"."""
    if phrase.lead in words().possessives:
        yield Phrase(Part.NOUN, phrase.first, phrase.first + 1, lead=phrase.lead, word=phrase.lead)
    elif phrase.inner and any(i.lower == "'s" for i in items[phrase.first : phrase.last]):
        yield _within(items, phrase.inner[-1], phrase)


def _core(name: str, clause: Clause, items: Sequence[Item]) -> Iterator[list[Phrase]]:
    """Yield what stands in the core of the clause: before the verb, behind it, behind "by"."""
    passive = clause.verb.passive
    if name == "agent" and passive:
        yield from (a.phrases for a in clause.arguments if a.preposition == "by")
    elif name == "inner":
        yield [_within(items, m, phrase) for phrase in clause.objects for m in phrase.inner]
    elif name == "object" or (name == "theme" and not (passive or _happens(clause))):
        yield clause.objects
    elif not (name == "subject" and passive):
        yield clause.subjects
        yield from clause.others


def _happens(clause: Clause) -> bool:
    """Return whether the subject undergoes what an active verb says: "the camp closed"."""
    return not clause.objects and clause.verb.lemma in words().unaccusative


def _within(items: Sequence[Item], mention: Mention, phrase: Phrase) -> Phrase:
    """Return a mention inside a noun phrase as a noun phrase of its own."""
    at = next(i for i in range(phrase.first, phrase.last) if items[i].mention is mention)
    return Phrase(Part.NOUN, at, at + 1, mention=mention)
