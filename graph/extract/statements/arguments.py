"""What follows a verb: its objects, prepositional phrases, dates, each with its list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ...model import EntityKind
from ...resources import rules
from .lexicon import words
from .locations import larger
from .parts import Argument, Clause, Part, Phrase

OPENING, CLOSING = "([", ")]"


_SUBJECTS = frozenset({"it", "he", "she", "they", "we", "i"})
"""Pronouns that begin the next clause."""


class ArgumentReader:
    """Looks at the phrases of a sentence, to the right of a verb."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        """Read *phrases*."""
        self.phrases = phrases

    def _part(self, at: int) -> Part | None:
        return self.phrases[at].part if 0 <= at < len(self.phrases) else None

    def _word(self, at: int) -> str:
        return self.phrases[at].word if 0 <= at < len(self.phrases) else ""

    def _read_right(self, clause: Clause) -> None:
        at = clause.at + 1
        may_object, joined = not clause.opened_object, False
        while at < len(self.phrases):
            phrase = self.phrases[at]
            if phrase.part is Part.ADVERB:
                at += 1
            elif phrase.part is Part.DATE and phrase.date is not None:
                if self._word(at - 1) != "'s":
                    clause.dates.append(("", phrase.date))
                at += 1
            elif phrase.part is Part.NOUN and may_object:
                clause.objects, at = self._joined_right(at)
                may_object = False
            elif phrase.part is Part.PREPOSITION:
                at, may_object = self._argument(clause, at, joined=joined), False
                joined = False
            elif phrase.part is Part.MARK and phrase.word in tuple(OPENING):
                at = self._past_bracket(at)
            elif self._goes_on(at):
                joined = joined or phrase.part is Part.CONJUNCTION
                at += 1
            else:
                break
        clause.end = at

    def _goes_on(self, at: int) -> bool:
        """Return whether a comma or "and" only leads to one more prepositional phrase or date."""
        phrase = self.phrases[at]
        if phrase.part is Part.MARK and phrase.word != ",":
            return False
        if phrase.part not in (Part.MARK, Part.CONJUNCTION):
            return False
        follows = at + 1
        while self._part(follows) in (Part.CONJUNCTION, Part.ADVERB) or self._word(follows) == ",":
            follows += 1
        if self._part(follows) is Part.DATE:
            return True
        if self._part(follows) is not Part.PREPOSITION:
            return False
        return not self._heads_clause(follows)

    def _heads_clause(self, at: int) -> bool:
        """Return whether what starts at *at* is the opening of the next clause with its subject."""
        while at < len(self.phrases):
            part = self._part(at)
            if part is Part.VERB:
                verb = self.phrases[at].verb
                return verb is not None and verb.form == "finite"
            if part is Part.MARK and self._word(at) == ",":
                return self._part(at + 1) is Part.NOUN and self._finite_after(at + 1)
            if part not in (Part.NOUN, Part.PREPOSITION, Part.DATE, Part.ADVERB):
                return False
            at += 1
        return False

    def _finite_after(self, at: int) -> bool:
        follows = at + 1
        while self._part(follows) in (Part.ADVERB, Part.PREPOSITION):
            follows += 1 if self._part(follows) is Part.ADVERB else 2
        if self._part(follows) is not Part.VERB:
            return False
        verb = self.phrases[follows].verb
        return verb is not None and verb.form == "finite"

    def _argument(self, clause: Clause, at: int, *, joined: bool = False) -> int:
        preposition = self.phrases[at].word
        follows = at + 1
        while self._part(follows) in (Part.ADVERB, Part.PREPOSITION):
            follows += 1
        if self._part(follows) is Part.DATE:
            date = self.phrases[follows].date
            if date is not None:
                clause.dates.append((preposition, date))
            return follows + 1
        if self._part(follows) is Part.NOUN:
            phrases, follows = self._joined_right(follows)
            clause.arguments.append(Argument(preposition, phrases, joined))
            return follows
        return follows

    def _past_bracket(self, at: int) -> int:
        start = at
        while at < len(self.phrases) and self._word(at) not in tuple(CLOSING):
            at += 1
        return at + 1 if at < len(self.phrases) else start + 1

    def _skip_bracket(self, at: int) -> int:
        if self._word(at) not in tuple(CLOSING):
            return at
        while at >= 0 and self._word(at) not in tuple(OPENING):
            at -= 1
        return self._skip_bracket(at - 1)

    def _joined_right(self, at: int) -> tuple[list[Phrase], int]:
        """Return the list of noun phrases that starts at *at*, and the index after it."""
        found = [self.phrases[at]]
        kind = kind_of_phrase(found[0])
        at += 1
        while True:
            follows = at
            if self._word(at) in tuple(OPENING):
                follows = self._past_bracket(at)
                found += self._parts_in(at, follows, kind)
            if self._enumerates(found, follows):
                found, at = [], follows + 1
                kind = kind_of_phrase(self.phrases[at])
                found.append(self.phrases[at])
                at += 1
                continue
            start = follows
            while self._word(follows) == "," or (
                self._part(follows) is Part.CONJUNCTION and self._word(follows) in ("and", "or")
            ):
                follows += 1
            while self._part(follows) is Part.ADVERB and self._word(follows) in (
                "then",
                "also",
                "simply",
            ):
                follows += 1
            if follows == start or self._part(follows) is not Part.NOUN:
                return found, (start if start > at and follows > start else at)
            phrase = self.phrases[follows]
            if kind_of_phrase(phrase) != kind or self._finite_after(follows):
                return found, at
            if phrase.lead in _SUBJECTS:
                return found, at
            if not self._holds(found, phrase, start, follows):
                found.append(phrase)
            at = follows + 1

    def _holds(self, found: Sequence[Phrase], outer: Phrase, comma: int, at: int) -> bool:
        """Return whether *outer* only tells where the one place before it lies: "Chita, Russia"."""
        inner = found[-1].mention
        if len(found) > 1 or at - comma > 1 or inner is None or outer.mention is None:
            return False
        if outer.mention.kind is not EntityKind.PLACE or self._word(at + 1) == "and":
            return False
        joined = self._word(at + 1) == "," and self._part(at + 2) in (Part.NOUN, Part.CONJUNCTION)
        return not joined and larger(outer.mention, inner)

    def _enumerates(self, found: list[Phrase], at: int) -> bool:
        """Return whether a colon opens the list of what a noun phrase only counts."""
        return (
            self._word(at) == ":"
            and len(found) == 1
            and not kind_of_phrase(found[0])
            and self._part(at + 1) is Part.NOUN
            and bool(kind_of_phrase(self.phrases[at + 1]))
        )

    def _parts_in(self, start: int, end: int, kind: str) -> list[Phrase]:
        """Return the parts listed in a bracket: "Kazakhstan (this province and that one)"."""
        inside = self.phrases[start + 1 : end - 1]
        if not kind or not any(phrase.part is Part.CONJUNCTION for phrase in inside):
            return []
        nouns = [phrase for phrase in inside if phrase.part is Part.NOUN]
        return nouns if all(kind_of_phrase(phrase) == kind for phrase in nouns) else []


def kind_of_phrase(phrase: Phrase) -> str:
    """Return what a noun phrase can be listed with: the kind of its mention, or words."""
    core = phrase
    if core.mention is None and core.of is not None and core.of.mention is not None:
        core = core.of
    if core.mention is not None:
        return core.mention.kind.value
    return "group" if core.word in _people() else ""


@cache
def _people() -> frozenset[str]:
    return words().captive | words().people | frozenset(rules("roles")["kin"]["nouns"])
