"""What hangs on a noun phrase: "a nurse | interned in Chita | who never came home"."""

from __future__ import annotations

from collections.abc import Sequence

from .parts import ALSO_SUBORDINATORS, Part, Phrase

_IN_CLAUSE = frozenset(
    {Part.VERB, Part.NOUN, Part.PREPOSITION, Part.ADVERB, Part.DATE, Part.CONJUNCTION}
)


def complements(phrases: Sequence[Phrase], index: int) -> int:
    """Return the item after a noun phrase and the prepositional phrases right behind it."""
    return phrases[_past_prepositions(phrases, index + 1, ("to", "by")) - 1].last


def with_tail(phrases: Sequence[Phrase], index: int) -> int:
    """Return the same with the participle or relative clause that follows, up to the next mark."""
    barred = ("by",) if _behind_passive(phrases, index) else ()
    at = _past_prepositions(phrases, _past_second(phrases, index), barred)
    while at < len(phrases):
        phrase = phrases[at]
        hanging = phrase.verb is not None and phrase.verb.form == "participle"
        if phrase.part is Part.RELATIVE and at + 1 < len(phrases):
            return phrases[_past_clause(phrases, at + 1) - 1].last
        if not hanging:
            break
        at += 1
        if at < len(phrases) and phrases[at].part is Part.NOUN:
            at += 1
        at = _past_prepositions(phrases, at, ())
    return phrases[at - 1].last


def _past_second(phrases: Sequence[Phrase], index: int) -> int:
    """Return the index after "the treatment of A and B", of which only A hangs on the "of"."""
    of = phrases[index].of
    joined = phrases[index + 1 : index + 3]
    if of is None or len(joined) < 2 or joined[0].word != "and" or joined[1].mention is None:
        return index + 1
    return index + 3 if not (joined[1].lead or of.mention is not None) else index + 1


def _past_prepositions(phrases: Sequence[Phrase], at: int, barred: Sequence[str]) -> int:
    while at + 1 < len(phrases) and phrases[at].part is Part.PREPOSITION:
        word = phrases[at].word
        if word in ALSO_SUBORDINATORS or word in barred:
            break
        if phrases[at + 1].part not in (Part.NOUN, Part.DATE):
            break
        if phrases[at + 1].part is Part.DATE and word not in ("of", "between"):
            break
        at += 2
    return at


def _past_clause(phrases: Sequence[Phrase], at: int) -> int:
    """Return the index after a relative clause; a closing "and" is no part of it."""
    while at < len(phrases) and phrases[at].part in _IN_CLAUSE:
        at += 1
    while phrases[at - 1].part is Part.CONJUNCTION:
        at -= 1
    return at


def _behind_passive(phrases: Sequence[Phrase], index: int) -> bool:
    """Return whether the last verb before a phrase is passive: "by" names who did it."""
    for phrase in reversed(phrases[:index]):
        if phrase.verb is not None:
            return phrase.verb.passive
    return False
