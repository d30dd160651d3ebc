"""The frames of ``rules/statements*.toml``: what verbs say of those who stand around them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from ...resources import rules
from .lexicon import frame_tables
from .literals import ENTITIES, LITERALS
from .newcomers import NEW

_LINE = re.compile(r"(\S+) (\S+) (\S+)(?: (\w+)=(\S+))?")


@dataclass(frozen=True, slots=True)
class Role:
    """Which parts of a clause may fill a slot, and what kinds of thing."""

    names: tuple[str, ...]
    kinds: frozenset[str]
    text: bool = False
    """Takes the words if no entity of the kinds is there."""
    tail: bool = False
    """Takes, with the words, a clause that hangs on the last of them."""
    new: str = ""
    """The kind that a thing is of which nobody has spoken before, if it is of such a kind."""
    special: str = ""
    """The kind that gives an entity if it passes a test, if it is of such a kind."""
    wording: str = ""
    """The kind that gives a value in the words of the text, if it is of such a kind."""


@dataclass(frozen=True, slots=True)
class Line:
    """One statement a frame makes."""

    subject: Role
    predicate: str
    object: Role
    qualifier: tuple[str, str] = ("", "")
    """A name and its value, ``verb`` for the verb of the clause."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a verb says."""

    name: str
    second: str
    """For verbs of two words, the second."""
    noun: frozenset[str]
    unless_noun: frozenset[str]
    """Head nouns of an object the verb must not have."""
    theme: frozenset[str]
    """Head nouns one of which the object, or the subject of a passive, must have."""
    only: str
    needs: tuple[str, frozenset[str]]
    """A prepositional phrase that must be there, ``in captivity``: the preposition, and heads."""
    say: tuple[Line, ...]
    event: str
    tell: tuple[Line, ...]
    alone: bool
    """Whether the verb must have no object."""
    first: bool
    """Whether only the first line that says anything counts."""
    unless_told: frozenset[str]
    """Properties that are not stated as well if the event is."""

    @property
    def any_noun(self) -> bool:
        """Whether it asks for no head noun at all, as most do."""
        return not (self.noun or self.unless_noun or self.theme)


@cache
def frames() -> dict[str, tuple[Frame, ...]]:
    """Return the frames by the first word of their verbs."""
    kinds = {name: frozenset(listed) for name, listed in rules("statements")["kinds"].items()}
    found: dict[str, list[Frame]] = {}
    for table in frame_tables():
        for verb in table["verbs"]:
            first, _, second = verb.partition(" ")
            frame = Frame(
                table["name"],
                second,
                _noun_list(table.get("noun", ())),
                _noun_list(table.get("unless-noun", ())),
                _noun_list(table.get("theme", ())),
                table.get("only", ""),
                _needs(table.get("needs", "")),
                tuple(_line(text, kinds) for text in table.get("say", ())),
                table.get("event", ""),
                tuple(_line(text, kinds) for text in table.get("tell", ())),
                table.get("alone", False),
                table.get("first", False),
                frozenset(table.get("unless-told", ())),
            )
            found.setdefault(first, []).append(frame)
    return {verb: tuple(listed) for verb, listed in found.items()}


def _noun_list(listed: Sequence[str]) -> frozenset[str]:
    """Return nouns as they are listed; ``@offices.leading`` stands for a list of roles.toml."""
    found: set[str] = set()
    for noun in listed:
        if noun.startswith("@"):
            name, _, key = noun[1:].partition(".")
            table = [word.lower() for word in rules("roles")[name][key or "nouns"]]
            found.update(table, (word + "s" for word in table))
        else:
            found.add(noun)
    return frozenset(found)


def _needs(text: str) -> tuple[str, frozenset[str]]:
    preposition, _, head = text.partition(" ")
    return preposition, _noun_list([head])


def _line(text: str, kinds: dict[str, frozenset[str]]) -> Line:
    match = _LINE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a line of a frame: {text!r}")
    qualifier = match[4] or "", match[5] or ""
    return Line(_role(match[1], kinds), match[2], _role(match[3], kinds), qualifier)


def _role(text: str, kinds: dict[str, frozenset[str]]) -> Role:
    names, _, listed = text.partition(":")
    allowed: set[str] = set()
    for kind in filter(None, listed.split("|")):
        allowed |= kinds.get(kind, {kind})
    tail = "tail" in allowed
    kept = frozenset(allowed - {"text", "tail"})
    new, special, wording = (_one_of(kept, table) for table in (NEW, ENTITIES, LITERALS))
    with_text = tail or "text" in allowed
    return Role(tuple(names.split("|")), kept, with_text, tail, new, special, wording)


def _one_of(kinds: frozenset[str], listed: Collection[str]) -> str:
    """Return the kind that is listed; there is one at most."""
    return next((kind for kind in kinds if kind in listed), "")
