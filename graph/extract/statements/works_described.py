"""Names for works that a text only describes: "a film" of a novel is "film of NOVEL"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ...model import DESCRIBED, EntityKind, Mention, Term
from .frames import Claim

_NAMED_BY = {
    "adaptationOf": "of",
    "author": "by",
    "director": "by",
    "publishedBy": "of",
}
"""What tells one described work from another, the surest first, and how the name says it."""
_POINTING = ("these ", "those ")


def names_of(claims: Sequence[Claim]) -> Mapping[int, str]:
    """Return names for the described works of a sentence, by where they stand."""
    found: dict[int, str] = {}
    for predicate, joint in _NAMED_BY.items():
        for claim in claims:
            by, subject = claim.object, claim.subject
            if claim.predicate != predicate or not _is_described(subject):
                continue
            if isinstance(by, Mention) and not _is_described(by):
                found.setdefault(subject.start, f"{_bare(subject.name)} {joint} {by.name}")
    return found


def renamed(claim: Claim, names: Mapping[int, str]) -> Iterator[Claim]:
    """Yield the claim with its described works under their names; nothing if one has none.

    "These memoirs" need none: they are those spoken of before.
    """
    subject = _named(claim.subject, names)
    target: Term | None = claim.object
    if isinstance(target, Mention):
        target = _named(target, names)
    if subject is claim.subject and target is claim.object:
        yield claim
    elif subject is not None and target is not None:
        yield replace(claim, subject=subject, object=target)


def _named(mention: Mention, names: Mapping[int, str]) -> Mention | None:
    if not _is_described(mention) or mention.name.lower().startswith(_POINTING):
        return mention
    name = names.get(mention.start)
    return replace(mention, name=name) if name else None


def _is_described(mention: Mention) -> bool:
    return mention.kind is EntityKind.WORK and mention.rule == DESCRIBED


def _bare(name: str) -> str:
    return name[2:] if name.lower().startswith("a ") else name
