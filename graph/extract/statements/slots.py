"""Which noun phrases of a clause can fill a role of a frame: subject, theme, "in", "object.of"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model import Mention
from .items import Item
from .lexicon import words
from .parts import Clause, Part, Phrase


def phrases_of(name: str, clause: Clause, items: Sequence[Item]) -> Iterator[list[Phrase]]:
    """Yield the lists of noun phrases that can fill a role, the likeliest first."""
    if name.endswith(".of"):
        for group in phrases_of(name.removesuffix(".of"), clause, items):
            yield [phrase.of for phrase in group if phrase.of is not None]
    elif name in ("subject", "theme", "agent", "object", "inner"):
        yield from _core(name, clause, items)
    else:
        arguments = clause.arguments
        if name[0] in "@^":
            arguments = clause.attached if name[0] == "@" else clause.fronted
        wanted = name.lstrip("@^")
        for argument in arguments:
            if argument.preposition == wanted:
                yield argument.phrases


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
