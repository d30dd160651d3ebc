"""Nouns that tell what happened: "the transfer of prisoners to Chita", "his arrest in Harbin"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ...model import EntityKind
from ...resources import rules
from .arguments import ArgumentReader
from .items import Item, ItemKind, Marks, items_within
from .lexicon import words
from .parts import Clause, Part, Phrase, Verb

_TAKEN_APART = frozenset({EntityKind.EVENT, EntityKind.CONCEPT})


@dataclass(frozen=True, slots=True)
class _Nominal:
    verb: str
    theme: bool
    """Whether who stands behind "of" undergoes it."""


@dataclass(frozen=True, slots=True)
class _Words:
    nominals: dict[str, _Nominal]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    verbs: frozenset[str]
    adjectives: frozenset[str]
    heads: frozenset[str]


@cache
def _words() -> _Words:
    data = rules("statements_nominals")
    unreal = data["unreal"]
    return _Words(
        {
            noun: _Nominal(table["verb"], table["theme"])
            for table in data["nominal"]
            for noun in table["nouns"]
        },
        frozenset(unreal["determiners"]),
        frozenset(unreal["prepositions"]),
        frozenset(unreal["verbs"]),
        frozenset(unreal["adjectives"]),
        frozenset(data["real"]["heads"]),
    )


def opened(items: Sequence[Item], marks: Marks) -> list[Item]:
    """Return the items with names like "deportation of the settlers" taken apart."""
    found: list[Item] = []
    nominals = _words().nominals
    for item in items:
        mention = item.mention
        named = mention is not None and mention.kind in _TAKEN_APART
        if named and mention is not None and mention.text.split()[0].lower() in nominals:
            found += items_within(mention, marks)
        else:
            found.append(item)
    return found


def tells(items: Sequence[Item]) -> bool:
    """Return whether a sentence has such a noun in it."""
    nominals = _words().nominals
    return any(item.lower in nominals for item in items)


def nominal_clauses(
    items: Sequence[Item], phrases: Sequence[Phrase], clauses: Sequence[Clause]
) -> Iterator[tuple[Clause, Clause | None]]:
    """Yield a clause for each such noun, and the clause it stands in.

    Nothing comes of what is only planned, demanded or denied, nor of "a transfer".
    """
    reader = _Reader(phrases)
    for at, phrase in enumerate(phrases):
        if phrase.part is not Part.NOUN:
            continue
        core = phrase
        while core.word in _words().heads and core.of is not None:
            core = core.of
        nominal = _words().nominals.get(core.word)
        if nominal is None or not _real(items, phrases, at, core):
            continue
        host = _host(clauses, at)
        if host is not None and host.verb.lemma in _words().verbs:
            continue
        clause = reader.clause(at, nominal)
        who = _who(items, core, host, at)
        if not who:
            continue
        if core.of is not None and who[0] is core.of:
            who = [core.of, *reader.joined(at)]
        clause.subjects = who
        yield clause, host


class _Reader(ArgumentReader):
    def clause(self, at: int, nominal: _Nominal) -> Clause:
        verb = Verb(nominal.verb, "finite", passive=nominal.theme)
        clause = Clause(verb, at)
        self._read_right(clause)
        clause.objects = []
        return clause

    def joined(self, at: int) -> list[Phrase]:
        """Return what is listed behind the "of" of the noun phrase at *at*."""
        return self._joined_right(at)[0][1:]


def _real(items: Sequence[Item], phrases: Sequence[Phrase], at: int, core: Phrase) -> bool:
    known = _words()
    lead = phrases[at].lead
    if lead in known.determiners:
        return False
    if (
        at
        and phrases[at - 1].part is Part.PREPOSITION
        and phrases[at - 1].word in known.prepositions
    ):
        return False
    inside = items[phrases[at].first : core.last]
    return not any(item.lower in known.adjectives for item in inside)


def _host(clauses: Sequence[Clause], at: int) -> Clause | None:
    """Return the clause a noun phrase belongs to: whose object it is, or whose subject."""
    before = [clause for clause in clauses if clause.at < at < clause.end]
    if before:
        return before[-1]
    return next((clause for clause in clauses if clause.at > at), None)


def _who(items: Sequence[Item], core: Phrase, host: Clause | None, at: int) -> list[Phrase]:
    """Return who it happened to, or who did it: "of …", "Sato's …", "his …"."""
    if core.lead in words().possessives:
        ahead = host is not None and host.at > at and _fronted(host, core)
        if ahead and host is not None:
            return host.subjects
        return [Phrase(Part.NOUN, core.first, core.first + 1, lead=core.lead, word=core.lead)]
    for index in range(core.first, core.last - 1):
        item = items[index]
        if item.kind is ItemKind.MENTION and items[index + 1].lower == "'s":
            return [Phrase(Part.NOUN, index, index + 1, mention=item.mention)]
    return [core.of] if core.of is not None else []


def _fronted(host: Clause, core: Phrase) -> bool:
    """Return whether *core* stands before the subject of its clause, who is meant by "his"."""
    return bool(host.subjects) and host.subjects[0].first > core.first
