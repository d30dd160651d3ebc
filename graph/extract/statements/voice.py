"""In whose voice a clause is said, and how firmly."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from operator import attrgetter

from ...model import EntityKind, Mention, Stance
from .items import Item
from .parts import Clause, Part, Phrase
from .referents import Referents
from .voice_words import voice_words

_WEAKEST_FIRST = (Stance.DENIED, Stance.DISPUTED, Stance.HEDGED, Stance.ASSERTED)
_NOBODY = frozenset({"nothing", "nobody"})
_POWERS = ("person", "organisation", "group", "place", "work", "event")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it, and how."""

    stance: Stance = Stance.ASSERTED
    authority: Mention | None = None


def is_saying(clause: Clause) -> bool:
    """Return whether the verb of a clause is one of saying."""
    return clause.verb.lemma in voice_words().speech and not clause.verb.passive


class Voices:
    """The voices of one sentence; `of` gives that of a clause, or None if nothing is stated."""

    def __init__(
        self,
        phrases: Sequence[Phrase],
        items: Sequence[Item],
        clauses: Sequence[Clause],
        referents: Referents,
        around: Mention | None = None,
    ) -> None:
        """Find the sources of the sentence; *around* is who the whole passage quotes."""
        self._phrases = phrases
        self._items = items
        self._clauses = clauses
        ordered = sorted(clauses, key=attrgetter("at"))
        self._verbs = [clause.at for clause in ordered]
        self._reaches = list(accumulate((clause.end for clause in ordered), max))
        self._referents = referents
        self._question = bool(phrases) and any(p.word == "?" for p in phrases[-2:])
        self._whole = self._according() or around
        self._reported: dict[int, Voice] = {}
        self._unreal = self._conditional()
        lowers = {item.lower for item in items}
        self._contested = not lowers.isdisjoint(voice_words().disputes)
        self._hedging = not lowers.isdisjoint(voice_words().hedges)
        """Whether a word of the sentence hedges something, whatever it is."""
        for index, clause in enumerate(clauses):
            self._report(index, clause)
            self._judge(index, clause)

    @property
    def source(self) -> Mention | None:
        """Return who the sentence as a whole follows ("according to …"), if it says so."""
        return self._whole

    def of(self, clause: Clause) -> Voice | None:
        """Return the voice of a clause, or None for questions, conditions and mere intentions."""
        known = voice_words()
        if self._question or clause.opener in known.unreal_openers or clause.at in self._unreal:
            return None
        base = self._reported.get(clause.at, Voice(authority=self._whole))
        stance = self._own_stance(clause)
        if stance is None:
            return None
        if self._contested and clause.opener == "that":
            stance = Stance.DISPUTED
        weaker = _weaker(base.stance, stance)
        return base if weaker is base.stance else Voice(weaker, base.authority)

    def presupposed(self, host: Clause | None) -> Voice | None:
        """Return the voice of what a noun in *host* takes as having happened."""
        known = voice_words()
        if self._question:
            return None
        if host is None:
            return Voice(authority=self._whole)
        if host.opener in known.unreal_openers or host.at in self._unreal:
            return None
        if host.verb.modal in known.unreal_modals or host.verb.form == "infinitive":
            return None
        base = self._reported.get(host.at, Voice(authority=self._whole))
        hedged = host.verb.modal in known.hedging_modals or self._hedged(host)
        return replace(base, stance=Stance.HEDGED) if hedged else base

    def introduces(self, text: str) -> Mention | None:
        """Return who is quoted next, after a colon or a verb of saying at the end."""
        main = next((c for c in reversed(self._clauses) if c.verb.form == "finite"), None)
        if main is None:
            return None
        ends = main.verb.lemma in voice_words().speech and main.at >= len(self._phrases) - 2
        if not ends and not text.rstrip().endswith(":"):
            return None
        for phrase in main.subjects:
            for referent in self._referents.of(phrase, self._items, _POWERS):
                return referent.mention
        return None

    def speaker(self, clause: Clause) -> Mention | None:
        """Return who speaks in a clause of saying, if it is one."""
        if clause.verb.lemma not in voice_words().speech or clause.verb.passive:
            return None
        for phrase in [*clause.subjects, *clause.objects[:1]]:
            found = self._referents.of(phrase, self._items, _POWERS)
            if found and (phrase in clause.subjects or found[0].mention.kind.value == "person"):
                return found[0].mention
        return None

    def _conditional(self) -> set[int]:
        """Return the clauses that hold only under a condition: those beside an "if"."""
        found: set[int] = set()
        first = self._items[self._phrases[0].first].lower if self._phrases else ""
        if first in ("had", "were", "should") and self._clauses and self._clauses[0].at == 0:
            found |= {clause.at for clause in self._clauses[:2]}
        for index, clause in enumerate(self._clauses):
            if clause.opener not in ("if", "unless", "lest"):
                continue
            opens = index == 0
            for other in self._clauses[index + 1 :] if opens else self._clauses[index - 1 : index]:
                found.add(other.at)
        return found

    # -- sources

    def _according(self) -> Mention | None:
        """Return the source a phrase names: "according to Sato", "in the view of the ministry"."""
        known = voice_words()
        for at, phrase in enumerate(self._phrases[:-1]):
            if phrase.part is not Part.PREPOSITION:
                continue
            source: Phrase | None = self._phrases[at + 1]
            if source is None or source.part is not Part.NOUN:
                continue
            if phrase.word not in known.openers:
                source = self._viewer(source) if phrase.word == "in" else None
            if source is None:
                continue
            found = self._referents.of(source, self._items, _POWERS)
            owner = source.inner[0] if source.inner and source.mention is None else None
            named = found[0].mention if found else owner
            named = named or self._named_behind(at + 1)
            named = named or self._referents.unknown(source, self._items)
            if named is not None:
                return named
        return None

    def _named_behind(self, at: int) -> Mention | None:
        """Return who "a former guard, Ivan Petrov," names."""
        closed = [phrase.word for phrase in self._phrases[at + 1 : at + 4 : 2]] == [",", ","]
        if not closed or self._phrases[at + 2].part is not Part.NOUN:
            return None
        phrase = self._phrases[at + 2]
        if phrase.mention is None:
            return self._referents.unknown(phrase, self._items)
        return phrase.mention if phrase.mention.kind is EntityKind.PERSON else None

    def _viewer(self, phrase: Phrase) -> Phrase | None:
        """Return whose view "the view of Sato" or "Sato's opinion" is."""
        if phrase.word not in voice_words().views:
            return None
        if phrase.inner:
            first = phrase.first
            return Phrase(Part.NOUN, first, first + 1, mention=phrase.inner[0])
        return phrase.of

    def _judge(self, index: int, clause: Clause) -> None:
        """Give what follows "it is not true that" or "rumours that" the stance this means."""
        known = voice_words()
        following = self._clauses[index + 1] if index + 1 < len(self._clauses) else None
        governs = following is not None and following.opener == "that"
        doubted = governs and clause.verb.lemma not in known.factive
        if doubted and any(p.lead in known.denials or p.lead in _NOBODY for p in clause.subjects):
            self._cover(index, Voice(Stance.DENIED, self._whole))
        heard = any(p.word in known.doubtful for p in clause.subjects)
        if governs and heard and clause.verb.lemma in known.goes_round:
            self._cover(index, Voice(Stance.HEDGED, self._whole))
        if clause.verb.copula and following is not None and governs:
            judged = {p.word for p in clause.objects} | self._adverbs(clause, following)
            if judged & known.false or (judged & known.firm and clause.verb.negated):
                self._cover(index, Voice(Stance.DENIED, self._whole))
            elif judged & known.open:
                self._cover(index, Voice(Stance.HEDGED, self._whole))
        if clause.opener == "that" and clause.at not in self._reported:
            noun = self._noun_before_that(clause)
            if noun is not None and noun.word in known.doubtful:
                self._reported[clause.at] = self._doubt(index, noun)

    def _adverbs(self, clause: Clause, following: Clause) -> set[str]:
        return {p.word for p in self._phrases[clause.at : following.at] if p.part is Part.ADVERB}

    def _noun_before_that(self, clause: Clause) -> Phrase | None:
        for at in range(clause.at - 1, 0, -1):
            phrase = self._phrases[at]
            if phrase.part is Part.RELATIVE and phrase.word == "that":
                before = self._phrases[at - 1]
                return before if before.part is Part.NOUN else None
        return None

    def _doubt(self, index: int, noun: Phrase) -> Voice:
        """Return the voice of what a doubtful noun stands for: "no evidence that" denies it."""
        if noun.lead in voice_words().denials:
            return Voice(Stance.DENIED, self._whole)
        holder = next((c for c in self._clauses[:index] if noun in c.objects), None)
        said = voice_words().speech.get(holder.verb.lemma) if holder is not None else None
        if holder is not None and said in (Stance.DENIED, Stance.DISPUTED):
            return Voice(said, self.speaker(holder) or self._whole)
        after = self._clauses[index + 1 : index + 2]
        false = any(p.word in voice_words().false for clause in after for p in clause.objects)
        return Voice(Stance.DENIED if false else Stance.HEDGED, self._whole)

    def _report(self, index: int, clause: Clause) -> None:
        known, lemma = voice_words(), clause.verb.lemma
        if clause.verb.passive:
            doubtful = lemma in known.hedging_passives and self._impersonal(clause)
            if doubtful or (lemma in known.heard_passives and self._governs(clause)):
                self._cover(index, Voice(Stance.HEDGED, self._whole))
            return
        stance = known.speech.get(lemma)
        if stance is None:
            return
        speaker = self.speaker(clause)
        if clause.opener == "as" or self._parenthetical(clause):
            self._whole = speaker or self._whole
        elif self._governs(clause):
            nobody = speaker is None and self._whole is None and stance is Stance.ASSERTED
            voice = Voice(Stance.HEDGED if nobody else stance, speaker or self._whole)
            if clause.verb.negated:
                told = clause.verb.lemma not in known.factive
                hidden = Voice(Stance.HEDGED, self._whole)
                voice = replace(voice, stance=Stance.DENIED) if told else hidden
            self._cover(index, voice)

    def _impersonal(self, clause: Clause) -> bool:
        return any(phrase.lead == "it" for phrase in clause.subjects) or self._governs(clause)

    def _cover(self, index: int, voice: Voice) -> None:
        """Give *voice* to the clauses after a verb of saying, up to a semicolon."""
        start = self._clauses[index].at
        for clause in self._clauses[index + 1 :]:
            between = self._phrases[start : clause.at]
            if any(p.part is Part.MARK and p.word == ";" for p in between):
                break
            self._reported[clause.at] = voice

    def _governs(self, clause: Clause) -> bool:
        """Return whether what is said follows the verb: "that …", a quotation, or a clause."""
        at = clause.at + 1
        while at < len(self._phrases) and self._phrases[at].part in (
            Part.ADVERB,
            Part.PREPOSITION,
            Part.DATE,
        ):
            at += 1
        if at < len(self._phrases) and self._phrases[at].part is Part.NOUN:
            if self._after_noun(at):
                return True
            at += 1
        if at >= len(self._phrases):
            return False
        phrase = self._phrases[at]
        if phrase.part is Part.RELATIVE:
            return phrase.word == "that"
        if phrase.part is not Part.MARK:
            return False
        rest = self._phrases[at : at + 3]
        return phrase.word == ":" or any(p.word in ('"', "“", "«", "„") for p in rest)

    def _after_noun(self, at: int) -> bool:
        follows = self._phrases[at + 1] if at + 1 < len(self._phrases) else None
        return follows is not None and follows.verb is not None and follows.verb.form == "finite"

    def _parenthetical(self, clause: Clause) -> bool:
        """Return whether the verb stands between commas: ", said the mayor,"."""
        before = self._phrases[clause.at - 1] if clause.at else None
        if before is not None and before in clause.subjects and clause.at > 1:
            around = self._phrases[clause.at - 2], *self._phrases[clause.at + 1 : clause.at + 2]
            return [phrase.word for phrase in around] in ([",", ","], [",", "."])
        opened = before is not None and before.part is Part.MARK and before.word in ',"”’'
        return opened and bool(clause.objects) and clause.objects[0].mention is not None

    # -- stance

    def _own_stance(self, clause: Clause) -> Stance | None:
        known, verb = voice_words(), clause.verb
        if verb.form == "infinitive":
            return self._infinitive(clause)
        if verb.form == "gerund" and not self._told_in_gerund(clause):
            return None
        if verb.modal in known.hedging_modals:
            return None if clause.verb.negated else Stance.HEDGED
        if verb.modal in known.unreal_modals or (verb.progressive and verb.lemma == "go"):
            return None
        if self._scant(clause):
            return None
        if self._denied(clause):
            return Stance.DENIED
        return Stance.HEDGED if self._hedged(clause) else Stance.ASSERTED

    def _infinitive(self, clause: Clause) -> Stance | None:
        known, governor = voice_words(), clause.governor
        if governor is None or governor.end < clause.at - 1:
            return None
        outer = self._own_stance(governor)
        if outer is None:
            return None
        lemma = governor.verb.lemma
        if lemma in known.refused:
            return Stance.DENIED if outer is not Stance.DENIED else None
        if lemma in known.hedging_verbs or (
            governor.verb.passive and lemma in known.hedging_passives
        ):
            return Stance.HEDGED
        if lemma not in known.happened or governor.verb.copula:
            return None
        return Stance.DENIED if self._denied(clause) else outer

    def _told_in_gerund(self, clause: Clause) -> bool:
        """Return whether "after publishing …" tells what happened; "of sending" only names it."""
        before = self._phrases[clause.at - 1].word if clause.at else ""
        return before in ("after", "before", "by", "upon", "on", "since")

    def _denied(self, clause: Clause) -> bool:
        known = voice_words()
        if clause.verb.negated:
            return True
        before = self._phrases[clause.at - 1] if clause.at else None
        if before is not None and before.part is Part.ADVERB and before.word in known.denials:
            return True
        leads = {phrase.lead for phrase in (*clause.subjects, *clause.objects)}
        return not leads.isdisjoint(known.denials)

    def _scant(self, clause: Clause) -> bool:
        """Return whether it is said of "few" or "hardly any" only, which is almost a denial."""
        scant = voice_words().scant
        for phrase in (*clause.subjects, *clause.objects):
            if phrase.lead in scant:
                return True
        for phrase in self._phrases[max(0, clause.at - 1) : clause.end]:
            if phrase.part is Part.ADVERB and phrase.word in scant:
                return True
        return False

    def _hedged(self, clause: Clause) -> bool:
        if not self._hedging:
            return False
        known = voice_words()
        earlier = bisect_left(self._verbs, clause.at)
        start = self._reaches[earlier - 1] if earlier else 0
        around = self._phrases[start : clause.end]
        return any(
            item.lower in known.hedges
            for phrase in around
            for item in self._items[phrase.first : phrase.last]
        )


def _weaker(first: Stance, second: Stance) -> Stance:
    """Return the stance of what is said twice over: a denial or a hedge outweighs an assertion."""
    if first is second:
        return first
    return next(stance for stance in _WEAKEST_FIRST if stance in (first, second))
