"""What holds under an instrument: "under the law, former internees will receive a pension"."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Value
from .frames import Claim, Sentence
from .lexicon import role_words
from .parts import Clause, Part

_RULE = "provision"
_KINDS = ("legal-instrument",)


def provisions(sentence: Sentence, clause: Clause) -> Iterator[Claim]:
    """Yield the effect of the instrument a clause opens with, and the people it applies to.

    What a law only foresees is no fact yet, and still what the law says.
    """
    for argument in clause.fronted:
        if argument.preposition not in role_words("instruments", "openers"):
            continue
        for phrase in argument.phrases:
            for referent in sentence.referents.of(phrase, sentence.items, _KINDS):
                text = _said(sentence, clause)
                if text:
                    target = Value(text)
                    yield Claim(referent.mention, "hasEffect", target, _RULE, certainty=0.9)
                for people in clause.subjects:
                    for group in sentence.referents.of(people, sentence.items, ("group",)):
                        whom = group.mention
                        yield Claim(referent.mention, "appliesTo", whom, _RULE, certainty=0.9)


def _said(sentence: Sentence, clause: Clause) -> str:
    """Return the words of the clause, from its subject to the next mark."""
    first = next((i for i, p in enumerate(sentence.phrases) if p in clause.subjects[:1]), clause.at)
    last = clause.end
    while last > clause.at + 1 and sentence.phrases[last - 1].part is Part.MARK:
        last -= 1
    start = sentence.items[sentence.phrases[first].first].start
    end = sentence.items[sentence.phrases[last - 1].last - 1].end
    return " ".join(sentence.text[start:end].split())
