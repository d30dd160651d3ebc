"""Gather what is known of one thing while its mentions go by, and make the entity of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from ..language.inflection import nominative_name
from ..language.transliteration import ascii_slug_name, search_key
from ..mentions.authorities import Authority, folder, records
from ..mentions.echo import family_name
from ..model import Candidate, Entity, EntityKind, Label, Mention
from ..namespaces import slugify
from ..resources import rules

_MOST_LABELS = 24
_SLUG_LENGTH = 60


@dataclass(slots=True)
class Draft:
    """The mentions with one form: how they are written, and what their names carry."""

    kind: EntityKind
    labels: Counter[tuple[str, str]] = field(default_factory=Counter)
    subkinds: Counter[str] = field(default_factory=Counter)
    attributes: set[tuple[str, str]] = field(default_factory=set)
    evidence: set[str] = field(default_factory=set)

    def add(self, mention: Mention) -> None:
        """Count a mention in."""
        name = mention.name
        if mention.kind is EntityKind.PERSON and mention.language == "ru":
            name = nominative_name(name)
        self.labels[name, mention.language] += 1
        if mention.subkind:
            self.subkinds[mention.subkind] += 1
        names = rules("resolve")["attributes"]
        for name, value in mention.attributes:
            if name in names:
                self.attributes.add((names[name], value))

    def merge(self, other: Draft) -> None:
        """Count in all mentions of another draft."""
        self.labels.update(other.labels)
        self.subkinds.update(other.subkinds)
        self.attributes |= other.attributes
        self.evidence |= other.evidence

    def name(self) -> str:
        """Return the name to go by: in Latin letters if it can be, the fullest, the commonest.

        A numbered camp goes by its number, however its name is written; a work told apart by its
        kind from others of its title goes by both.
        """
        numbers = sorted(value for name, value in self.attributes if name == "number")
        if self.kind is EntityKind.CAMP and numbers:
            return f"camp {numbers[0]}"
        text = self.ordered()[0].text
        kinds = set(self.subkinds) & set(rules("resolve")["adaptations"])
        if self.kind is EntityKind.WORK and len(kinds) == 1 and text[:1].isupper():
            return f"{text} {kinds.pop()}"
        return text

    def ordered(self) -> list[Label]:
        """Return the labels, the one to go by first."""

        def rank(item: tuple[tuple[str, str], int]) -> tuple[bool, int, int, str]:
            (text, language), count = item
            words = len([word for word in text.split() if len(word.rstrip(".")) > 1])
            full = words if self.kind is EntityKind.PERSON else 0
            return language != "en", -full, -count, text

        return [Label(*key) for key, _ in sorted(self.labels.items(), key=rank)]


@cache
def authorities() -> Mapping[str, Authority]:
    """Return the authority records by key."""
    return {record.key: record for record in records()}


@cache
def authority_forms() -> Mapping[tuple[str, str], str]:
    """Return kind and search key of every authority name that means one record only."""
    found: dict[tuple[str, str], set[str]] = {}
    for record in records():
        for name in (*(label.text for label in record.labels), *sorted(record.ambiguous)):
            key = search_key(name)
            if len(key) > 3 or record.kind is not EntityKind.PERSON:
                found.setdefault((record.kind.value, key), set()).add(record.key)
    return {form: next(iter(keys)) for form, keys in found.items() if len(keys) == 1}


@cache
def readings() -> Mapping[str, str]:
    """Return the reading in Latin letters of every Japanese name the authorities know."""
    found: dict[str, str] = {}
    for record in records():
        latin = next((label.text for label in record.labels if label.language == "ja-Latn"), "")
        for label in record.labels:
            if label.language == "ja" and latin:
                found.setdefault(label.text, latin)
    return found


def mint(kind: EntityKind, name: str) -> str:
    """Return the key of a thing that no authority record knows."""
    if kind is EntityKind.PERSON:
        name = _given_first(name)
    slug = slugify(ascii_slug_name(name, readings=readings())) or "unnamed"
    if len(slug) > _SLUG_LENGTH:
        slug = slug[:_SLUG_LENGTH].rsplit("-", 1)[0]
    return f"{folder(kind)}/{slug}"


def _given_first(name: str) -> str:
    before, comma, after = name.partition(",")
    if comma:
        return f"{after} {before}"
    words = name.split()
    full = [word for word in words if len(word.rstrip(".")) > 1]
    if len(words) > 1 and full and not words[0].endswith("."):
        family = family_name(full)
        if family == words[0]:
            return " ".join([*words[1:], words[0]])
    return name


def entity(key: str, draft: Draft, candidates: Iterable[Candidate]) -> Entity:
    """Return the entity of a finished draft; an authority record's names go first."""
    record = authorities().get(key)
    labels = list(record.labels) if record else []
    labels += [label for label in draft.ordered() if label not in labels]
    subkind = record.subkind if record else ""
    if not subkind and draft.subkinds:
        subkind = min(draft.subkinds, key=lambda kind: (-draft.subkinds[kind], kind))
    return Entity(
        key,
        draft.kind,
        tuple(labels[:_MOST_LABELS]),
        subkind,
        tuple(sorted(draft.attributes)),
        tuple(candidates),
        tuple(sorted(draft.evidence)),
    )
