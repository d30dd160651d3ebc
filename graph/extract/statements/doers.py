"""Who does what the infinitive behind a verb says: "forced him to", "asked him to"."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import EntityKind
from .parts import Clause, Phrase, Verb

BEFORE_AFTER = frozenset({"after", "before", "upon", "on", "since", "by", "while"})
"""Prepositions whose gerund, at the head of a sentence, is done by the subject that follows."""
CONTENT = frozenset(
    {"story", "claim", "fact", "idea", "rumour", "rumor", "belief", "thesis", "view"}
)
"""Nouns whose "that" opens what they say, and no clause about them."""
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


def names_the_head(head: Phrase, inside: Sequence[Phrase]) -> bool:
    """Return whether "the president, Ivan Petrov, …" gives the name after the comma."""
    named = inside[0].mention if inside else None
    return head.mention is None and named is not None and named.kind is not EntityKind.PLACE


def may_be_people(phrase: Phrase) -> bool:
    """Return whether "who" can mean what a noun phrase names."""
    people = (EntityKind.PERSON, EntityKind.GROUP)
    return phrase.mention is None or phrase.mention.kind in people


def is_passive(verb: Verb) -> bool:
    """Return whether a verb is a passive of its own: "was held", not "held"."""
    return verb.passive and verb.form == "finite"
