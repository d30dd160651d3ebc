"""Who does what the infinitive behind a verb says: "forced him to", "asked him to"."""

from __future__ import annotations

from .parts import Clause, Phrase

_FORCING = frozenset({"force", "compel", "oblige", "send", "take", "put", "set", "bring"})
"""Verbs whose object does what the infinitive behind it says."""
_ASKING = frozenset(
    {"order", "ask", "allow", "permit", "require", "urge", "invite", "persuade", "command"}
    | {"instruct", "enable", "request", "forbid", "commission", "hire", "encourage", "tell"}
    | {"teach", "want", "expect", "appoint", "advise", "remind", "challenge", "tempt"}
)
"""Verbs whose object may or may not have done it."""


def doers(governor: Clause) -> list[Phrase]:
    """Return who does what the infinitive behind a verb says; nobody if it is only asked for."""
    if not governor.objects or governor.verb.passive:
        return governor.subjects
    if governor.verb.lemma in _FORCING:
        return governor.objects
    return [] if governor.verb.lemma in _ASKING else governor.subjects
