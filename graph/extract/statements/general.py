"""What a clause says something is, when no frame knows better: "was a gargantuan undertaking"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ...model import EntityKind, Value
from ...resources import rules
from .frames import Claim, Sentence
from .lexicon import words
from .parts import Clause, Part, Phrase

_ANY = frozenset(kind.value for kind in EntityKind)
_WORDS = 2
"""As many words with a meaning a description must have."""
_LEAD = re.compile(r"^(?:(?:the|a|an|also|still|thus|therefore|now|then|only)\s+)+", re.IGNORECASE)
_RULE = "general: description"
_LINKING = frozenset({"become", "remain", "prove", "seem"})
_DESCRIBES = frozenset(
    {
        "characterizedAs",
        "heldRole",
        "occupation",
        "memberOf",
        "partOf",
        "politicalStance",
        "workKind",
    }
    | {"hasStatus", "adaptationOf", "author", "parent", "dependencyOf", "capturedIn", "successorOf"}
)
"""Properties that say what something is; where a frame gives one, nothing is to add."""


def descriptions(sentence: Sentence, clause: Clause, said: Sequence[Claim]) -> Iterator[Claim]:
    """Yield what a clause with "be", "become" or "remain" calls its subject, in its words."""
    if not (clause.verb.copula or clause.verb.lemma in _LINKING):
        return
    if any(claim.predicate in _DESCRIBES for claim in said):
        return
    if clause.relative or not clause.objects or not _describes(clause.objects[0]):
        return
    text = _whole(sentence, clause)
    if len(set(text.casefold().split()) - words().function_words - words().openers) < _WORDS:
        return
    for phrase in clause.subjects:
        if phrase.lead in ("this", "that"):
            continue
        for referent in sentence.referents.of(phrase, sentence.items, _ANY):
            yield Claim(
                referent.mention,
                "characterizedAs",
                Value(text),
                _RULE,
                referent.scope,
                certainty=referent.certainty,
            )


def _whole(sentence: Sentence, clause: Clause) -> str:
    """Return the words from the description on, to the next mark or clause."""
    first = next(i for i, p in enumerate(sentence.phrases) if p is clause.objects[0])
    last = first
    for at in range(first, len(sentence.phrases)):
        phrase = sentence.phrases[at]
        finite = phrase.verb is not None and phrase.verb.form == "finite"
        if phrase.part in (Part.MARK, Part.SUBORDINATOR, Part.RELATIVE) or finite:
            break
        after_verb = phrase.part is Part.ADVERB and sentence.phrases[at - 1].verb is not None
        if phrase.part in (Part.NOUN, Part.DATE) or phrase.verb is not None or after_verb:
            last = at
    start = sentence.items[sentence.phrases[clause.at].last].start
    end = sentence.items[sentence.phrases[last].last - 1].end
    return _LEAD.sub("", " ".join(sentence.text[start:end].split()))


@cache
def _people() -> frozenset[str]:
    """Return the words for what people are, of which other rules speak."""
    data, known = rules("roles"), words()
    trades = frozenset(data["occupations"]["nouns"]) | frozenset(data["offices"]["nouns"])
    return trades | known.captive | known.people


def _describes(phrase: Phrase) -> bool:
    if phrase.word == "one":
        return phrase.of is not None and phrase.of.mention is None
    if phrase.mention is not None or phrase.quantity is not None or phrase.word in _people():
        return False
    return phrase.word not in _EMPTY and phrase.lead not in words().pronouns


_EMPTY = frozenset(
    {"", "time", "reason", "case", "way", "fact", "subject", "part", "result", "same", "one", "far"}
)
