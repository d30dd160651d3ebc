"""What a clause says something is, when no frame knows better: "was a gargantuan undertaking"."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import EntityKind, Value
from .frames import Claim, Sentence
from .lexicon import words
from .parts import Clause, Phrase

_ANY = frozenset(kind.value for kind in EntityKind)
_LEADS = frozenset({"a", "an", "the", "one"})
_RULE = "general: description"


def descriptions(sentence: Sentence, clause: Clause) -> Iterator[Claim]:
    """Yield what a clause with "be", "become" or "remain" calls its subject, in its words.

    Only of subjects that have a name in the clause, and only nouns with an article: the rest is
    too often half a thought.
    """
    if not (clause.verb.copula or clause.verb.lemma in ("become", "remain")):
        return
    if clause.relative or not clause.objects or not _describes(clause.objects[0]):
        return
    text = sentence.words_of(clause.objects[0])
    if " " not in text:
        return
    for phrase in clause.subjects:
        if phrase.lead in words().pronouns or phrase.mention is None:
            continue
        for referent in sentence.referents.of(phrase, sentence.items, _ANY):
            yield Claim(referent.mention, "characterizedAs", Value(text), _RULE, referent.scope)


def _describes(phrase: Phrase) -> bool:
    return phrase.lead in _LEADS and phrase.mention is None and phrase.word not in _EMPTY


_EMPTY = frozenset(
    {"", "time", "reason", "case", "way", "fact", "subject", "part", "result", "same", "one", "far"}
)
