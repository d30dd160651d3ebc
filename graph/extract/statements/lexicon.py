"""English words by what they do in a sentence; the lists are data in ``statements_words.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import Any

from ...resources import rules

_VOWELS = "aeiou"
_Add = Callable[[str, str, str], None]


@dataclass(frozen=True, slots=True)
class VerbForm:
    """A form of a verb: its base, and what the form can be."""

    lemma: str
    tags: frozenset[str]
    """Of ``base``, ``s``, ``past``, ``pp`` (past participle), ``ing``."""


@dataclass(frozen=True)
class Words:
    """The word lists, ready for look-up."""

    determiners: frozenset[str]
    prepositions: frozenset[str]
    tails: frozenset[str]
    conjunctions: frozenset[str]
    subordinators: frozenset[str]
    relatives: frozenset[str]
    adverbs: frozenset[str]
    pronouns: dict[str, tuple[str, ...]]
    possessives: dict[str, tuple[str, ...]]
    be: frozenset[str]
    have: frozenset[str]
    do: frozenset[str]
    modal: frozenset[str]
    of_quantity: frozenset[str]
    of_kind: frozenset[str]
    of_activity: frozenset[str]
    captive: frozenset[str]
    people: frozenset[str]
    works: frozenset[str]
    forces: frozenset[str]
    not_verbs: frozenset[str]
    not_adverbs: frozenset[str]
    """Words in "-ly" that are no adverbs."""
    verbs: dict[str, VerbForm]
    transitive: frozenset[str]
    """Verbs that some frame gives a theme: without an object they can only be passive."""
    intransitive: frozenset[str]
    undergone: frozenset[str]
    """Verbs of what is done to captives: without an object passive, "soldiers captured in"."""
    labile: frozenset[str]
    """Verbs with or without an object: "he studied at", "the camp closed"."""
    unaccusative: frozenset[str]
    """Of these, the ones whose subject is what an object would be: "the camp closed"."""
    clausal: frozenset[str]
    """Verbs behind which a noun begins a clause: "said the prisoners built"."""
    aspectual: frozenset[str]
    """Verbs behind which an "-ing" is the real verb: "began teaching"."""
    appointed: frozenset[str]
    """Participles behind which a passive has an object: "and appointed commander"."""
    compounds: frozenset[str]
    """Verbs of two words, ``lay down``."""
    framed: frozenset[str]
    """Verbs that some frame speaks of."""

    @cached_property
    def framed_forms(self) -> frozenset[str]:
        """Return the forms of the third person of verbs that some frame speaks of."""
        forms = self.verbs.items()
        return frozenset(f for f, v in forms if "s" in v.tags and v.lemma in self.framed)

    @cached_property
    def persons(self) -> frozenset[str]:
        """Return the words for people, captives or others."""
        return self.captive | self.people

    @cached_property
    def function_words(self) -> frozenset[str]:
        """Return the words that cannot be part of a noun phrase."""
        return (
            self.prepositions
            | self.conjunctions
            | self.subordinators
            | self.relatives
            | self.auxiliaries
            | self.adverbs
        )

    @cached_property
    def acting(self) -> frozenset[str]:
        """Return the verbs that are active where a passive goes before: "was hired and taught"."""
        return self.intransitive | self.labile

    @cached_property
    def auxiliaries(self) -> frozenset[str]:
        """Return auxiliaries and modals."""
        return self.be | self.have | self.do | self.modal

    @cached_property
    def verbal(self) -> frozenset[str]:
        """Return the words that a verb group can begin with, unknown "-ed" forms apart."""
        return self.auxiliaries | frozenset(self.verbs) | {"to"}

    @cached_property
    def marked(self) -> frozenset[str]:
        """Return every word that is more than a plain part of a noun phrase."""
        return self.function_words | self.openers | self.verbal | {"such", "'s"}

    @cached_property
    def openers(self) -> frozenset[str]:
        """Return the words that only begin a noun phrase."""
        return self.determiners | frozenset(self.pronouns) | frozenset(self.possessives)


_FRAMES = (
    "statements",
    "statements_events",
    "statements_works",
    "statements_matters",
    "statements_things",
    "statements_lives",
)


def frame_tables() -> list[dict[str, Any]]:
    """Return the tables of all frames, in the order in which they are tried."""
    return list(chain(*(rules(name)["frame"] for name in _FRAMES)))


@cache
def role_words(table: str, key: str = "nouns") -> frozenset[str]:
    """Return a list of a table of ``rules/roles.toml``."""
    return frozenset(rules("roles")[table][key])


def is_adverbial(word: str) -> bool:
    """Return whether a word ends as adverbs do."""
    return word.endswith("ly") and word not in words().not_adverbs


@cache
def words() -> Words:
    """Return the word lists with every form of every known verb."""
    data = rules("statements_words")
    auxiliaries, of_nouns, people = data["auxiliaries"], data["of-nouns"], data["people"]
    return Words(
        frozenset(data["determiners"]),
        frozenset(data["prepositions"]),
        frozenset(data["preposition-tails"]),
        frozenset(data["conjunctions"]),
        frozenset(data["subordinators"]),
        frozenset(data["relatives"]),
        frozenset(data["adverbs"]),
        {word: tuple(kinds) for word, kinds in data["pronouns"].items()},
        {word: tuple(kinds) for word, kinds in data["possessives"].items()},
        frozenset(auxiliaries["be"]),
        frozenset(auxiliaries["have"]),
        frozenset(auxiliaries["do"]),
        frozenset(auxiliaries["modal"]),
        frozenset(of_nouns["quantity"]),
        frozenset(of_nouns["kind"]),
        frozenset(of_nouns["activity"]),
        frozenset(people["captive"]),
        frozenset(people["person"]),
        frozenset(rules("roles")["works"]["nouns"]),
        frozenset(people["forces"]),
        frozenset(data["not-verbs"]["words"]),
        frozenset(data["not-adverbs"]["words"]),
        _verb_forms(data["forms"]),
        _transitive(frozenset(data["forms"]["intransitive"])),
        frozenset(data["forms"]["intransitive"]),
        _transitive(frozenset(data["forms"]["intransitive"]), "captives"),
        frozenset(data["forms"]["labile"]) | frozenset(data["forms"]["unaccusative"]),
        frozenset(data["forms"]["unaccusative"]),
        frozenset(data["forms"]["clausal"]),
        frozenset(data["forms"]["aspectual"]),
        frozenset(data["forms"]["appointed"]),
        frozenset(verb for verb in _frame_verbs() if " " in verb),
        frozenset(verb.split()[0] for verb in _frame_verbs()),
    )


def _transitive(intransitive: frozenset[str], kind: str = "") -> frozenset[str]:
    """Return the verbs some frame gives a theme (of *kind*): passive without an object.

    Frames that ask for a head noun of the theme tell of things, whoever they belong to.
    """
    theme = rf"\btheme(?:\.of)?[:|]{kind}"
    found = set[str]()
    for table in frame_tables():
        lines = [*table.get("say", ()), *table.get("tell", ())]
        if kind and "theme" in table:
            continue
        if any(re.search(theme, line) for line in lines):
            found.update(verb for verb in table["verbs"] if " " not in verb)
    return frozenset(found) - intransitive


def _verb_forms(forms: Mapping[str, list[str]]) -> dict[str, VerbForm]:
    """Return every form of the irregular verbs, the verbs of the frames, and other plain ones."""
    doubling = frozenset(forms["doubling"])
    found: dict[str, tuple[str, set[str]]] = {}

    def add(form: str, lemma: str, tag: str) -> None:
        known = found.setdefault(form, (lemma, set()))
        if known[0] == lemma:
            known[1].add(tag)

    bases = set()
    for row in forms["irregular"]:
        base, past, participle = row.split()
        bases.add(base)
        add(past, base, "past")
        add(participle, base, "pp")
        _add_regular(add, base, doubling, past=False)
    for base in sorted(_single_words(forms) - bases):
        _add_regular(add, base, doubling, past=True)
    return {word: VerbForm(lemma, frozenset(tags)) for word, (lemma, tags) in found.items()}


def _single_words(forms: Mapping[str, list[str]]) -> set[str]:
    named = {verb.split()[0] for verb in _frame_verbs()}
    return named | set(forms["plain"]) | set(forms["intransitive"])


def _frame_verbs() -> set[str]:
    """Return the verbs the frames speak of; of ``lay down`` the first word."""
    listed: set[str] = set()
    for table in (*frame_tables(), *rules("attribution")["speech"]):
        listed.update(table["verbs"])
    return listed


def _add_regular(add: _Add, base: str, doubling: frozenset[str], *, past: bool) -> None:
    stem = base + base[-1] if base in doubling else base
    add(base, base, "base")
    if base.endswith("y") and base[-2] not in _VOWELS:
        add(base[:-1] + "ies", base, "s")
    else:
        add(base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s"), base, "s")
    if base.endswith("ie"):
        add(base[:-2] + "ying", base, "ing")
    elif base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        add(base[:-1] + "ing", base, "ing")
    else:
        add(stem + "ing", base, "ing")
    if past:
        if base.endswith("e"):
            form = base + "d"
        elif base.endswith("y") and base[-2] not in _VOWELS:
            form = base[:-1] + "ied"
        else:
            form = stem + "ed"
        add(form, base, "past")
        add(form, base, "pp")
