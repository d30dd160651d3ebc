"""Things that a text tells of for the first time, by the noun alone: "a resolution on …"."""

from __future__ import annotations

from collections.abc import Iterable

from ...model import EntityKind, Mention, Statement

NEW = {
    "new-work": (EntityKind.WORK, "works"),
    "new-instrument": (EntityKind.LEGAL_INSTRUMENT, "instruments"),
    "new-court": (EntityKind.ORGANISATION, "courts"),
    "new-site": (EntityKind.PLACE, "memorials"),
    "new-body": (EntityKind.ORGANISATION, "bodies"),
}
"""Kinds of role that a thing fills of which nobody has spoken before, and the nouns it needs."""


def with_new(mentions: tuple[Mention, ...], statements: Iterable[Statement]) -> tuple[Mention, ...]:
    """Return the mentions with those the statements brought, in the order of the text."""
    known = {(mention.start, mention.end, mention.kind) for mention in mentions}
    new: dict[tuple[int, int, object], Mention] = {}
    for statement in statements:
        terms = [statement.subject, statement.object, statement.authority]
        terms += [value for _, value in statement.qualifiers]
        for term in terms:
            if isinstance(term, Mention):
                key = (term.start, term.end, term.kind)
                if key not in known:
                    new.setdefault(key, term)
    return tuple(sorted((*mentions, *new.values()), key=lambda m: (m.start, -m.end, m.kind)))
