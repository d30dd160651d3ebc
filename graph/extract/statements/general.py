"""What a clause says something is, when no frame knows better: "was a gargantuan undertaking"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ...model import EntityKind, Value
from ...resources import rules
from .frames import Claim, Sentence
from .lexicon import words
from .literals import literal
from .matters import MATTER
from .parts import Clause, Part, Phrase

_ANY = frozenset({*(kind.value for kind in EntityKind), MATTER})
_PERSON = frozenset({EntityKind.PERSON.value})
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
    | {
        "residence",
        "bornIn",
        "hasStatus",
        "adaptationOf",
        "author",
        "parent",
        "dependencyOf",
        "capturedIn",
        "successorOf",
        "age",
        "influencedBy",
        "internedIn",
    }
)
"""Properties that say what something is; where a frame gives one, nothing is to add."""
_JUDGES = frozenset({"characterizedAs"})
"""Properties beside which not even a superlative adds anything."""


_SUPERLATIVE = frozenset(
    {"first", "last", "only", "most", "least", "best", "worst", "greatest", "few", "leading"}
    | {"final", "largest", "best-known", "least-known", "lesser-known", "foremost", "latest"}
)

_SINGLING = frozenset({"first", "last", "only", "few", "final"})
"""Of these, the ones that say something of a singer whom other rules call one."""


def descriptions(sentence: Sentence, clause: Clause, said: Sequence[Claim]) -> Iterator[Claim]:
    """Yield what a clause with "be", "become" or "remain" calls its subject, in its words."""
    if not (clause.verb.copula or clause.verb.lemma in _LINKING) or not clause.objects:
        return
    best = _is_best(sentence, clause.objects[0])
    if clause.relative and not best:
        return
    known = {claim.predicate for claim in said}
    if known & (_JUDGES if best else _DESCRIBES):
        return
    if not (best or _describes(sentence, clause.objects[0])):
        return
    text, end = _whole(sentence, clause)
    if len(set(text.casefold().split()) - words().function_words - words().openers) < _WORDS:
        return
    for phrase in clause.subjects:
        if phrase.lead in ("this", "that") and phrase.last - phrase.first == 1:
            continue
        if phrase.lead == "it" and _points_ahead(sentence.phrases[clause.at + 1 : end + 1]):
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


def ages(sentence: Sentence, clause: Clause) -> Iterator[Claim]:
    """Yield how old somebody is at whose clause "at the age of 84" or "at age 84" stands."""
    for argument in (*clause.fronted, *clause.arguments):
        phrase = argument.phrases[0]
        if argument.preposition != "at" or not _tells_age(sentence, phrase):
            continue
        counted = phrase.of or phrase
        value = literal("age", counted, sentence.items, lambda _: None)
        for subject in clause.subjects if value is not None else ():
            for referent in sentence.referents.of(subject, sentence.items, _PERSON):
                if value is not None:
                    sure = referent.certainty
                    yield Claim(referent.mention, "age", value, "general: age", certainty=sure)


def _tells_age(sentence: Sentence, phrase: Phrase) -> bool:
    inside = (item.lower for item in sentence.items[phrase.first : phrase.last])
    return next((word for word in inside if word not in words().openers), "") == "age"


def _whole(sentence: Sentence, clause: Clause) -> tuple[str, int]:
    """Return the words from the description on, to the next mark or clause, and the phrase there.

    Adjectives in a row go on behind a comma: "weak, poorly clothed and always hungry".
    """
    first = next(i for i, p in enumerate(sentence.phrases) if p is clause.objects[0])
    last = first
    for at in range(first, len(sentence.phrases)):
        phrase = sentence.phrases[at]
        finite = phrase.verb is not None and phrase.verb.form == "finite"
        if phrase.word == "," and _listed(sentence.phrases, first, at):
            continue
        if phrase.part in (Part.MARK, Part.SUBORDINATOR, Part.RELATIVE) or finite:
            row = sentence.phrases[at - 2 : at]
            contact = finite and last == at - 1 and all(p.part is Part.NOUN for p in row)
            last -= contact and at - 2 >= first
            break
        after_verb = phrase.part is Part.ADVERB and sentence.phrases[at - 1].verb is not None
        if phrase.part in (Part.NOUN, Part.DATE) or phrase.verb is not None or after_verb:
            last = at
    start = sentence.items[sentence.phrases[clause.at].last].start
    end = sentence.items[sentence.phrases[last].last - 1].end
    return _LEAD.sub("", " ".join(sentence.text[start:end].split())), last + 1


def _listed(phrases: Sequence[Phrase], first: int, comma: int) -> bool:
    """Return whether a comma stands between adjectives: no article, and the row ends in "and"."""
    row = []
    for phrase in phrases[comma:]:
        if phrase.verb is not None and phrase.verb.form == "finite":
            return False
        if phrase.part in (Part.MARK, Part.SUBORDINATOR, Part.RELATIVE) and phrase.word != ",":
            break
        row.append(phrase)
    nouns = [phrases[first], *(phrase for phrase in row if phrase.part is Part.NOUN)]
    plain = all(phrase.mention is None and not phrase.lead for phrase in nouns)
    return plain and any(phrase.part is Part.CONJUNCTION for phrase in row)


def _is_best(sentence: Sentence, phrase: Phrase) -> bool:
    """Return whether a description ranks: "one of the first", "the last", "the most painful"."""
    core = phrase.of if phrase.word in ("one", "some", "many") and phrase.of else phrase
    head = core.of.first if core.of is not None else core.last
    inside = [item.lower for item in sentence.items[core.first : head]]
    if core is phrase and phrase.lead != "the":
        return False
    if core.word.removesuffix("s") in _people():
        return not _SINGLING.isdisjoint(inside[:4])
    return any(word in _SUPERLATIVE or _ends_so(word) for word in inside[:4])


def _ends_so(word: str) -> bool:
    return len(word) > 5 and word.endswith("est") and word not in ("interest", "request", "harvest")


def _points_ahead(following: Sequence[Phrase]) -> bool:
    """Return whether "it" only announces what follows: "it was a relief that", "to"."""
    return any(
        phrase.word == "that" or (phrase.verb is not None and phrase.verb.form == "infinitive")
        for phrase in following
    )


@cache
def _people() -> frozenset[str]:
    """Return the words for what people are, of which other rules speak."""
    data, known = rules("roles"), words()
    trades = frozenset(data["occupations"]["nouns"]) | frozenset(data["offices"]["nouns"])
    return trades | known.captive | known.people


def _describes(sentence: Sentence, phrase: Phrase) -> bool:
    if phrase.word == "one":
        return phrase.of is not None and phrase.of.mention is None
    if phrase.mention is not None or phrase.quantity is not None or phrase.word in _people():
        return False
    if phrase.lead in words().possessives:
        return False
    if phrase.word in _SHAPELESS:
        before = sentence.items[phrase.first : phrase.last - 1]
        return any(item.lower not in words().openers for item in before) and phrase.of is None
    return phrase.word not in _EMPTY and phrase.lead not in words().pronouns


_SHAPELESS = frozenset({"subject", "topic", "matter", "issue", "question"})
"""Nouns that say nothing without an adjective: "a taboo subject"."""
_EMPTY = frozenset(
    {"", "time", "reason", "case", "way", "fact", "part", "result", "same", "one", "far"}
    | {"able", "unable", "likely", "unlikely", "ready", "willing", "due", "bound", "free", "sure"}
    | {"aware", "afraid", "party", "signatory", "member", "members"}
)
