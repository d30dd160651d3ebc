"""Apply the frames of ``rules/statements.toml`` to clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from ...model import EntityKind, Mention, Stance, Term, Value
from .frame_table import Frame, Line, Role, frames
from .items import Item
from .lexicon import words
from .literals import dates, entities, literal
from .parts import Clause, Part, Phrase
from .referents import Referents
from .slots import phrases_of
from .tails import complements, with_tail

_NAMED = frozenset({"person", "place", "organisation", "group", "military-unit"})
_POINTING = frozenset({"this", "that", "these", "those", "such", "it"})
_ETC = re.compile(r",?\s*\betc\b.*$")
_CUT = re.compile(r",[^,]* \d+$")
"""The end of a list that breaks off in a measure: "a 120-kilometre line"."""
_ADJECTIVAL = ("ent", "ous", "ful", "ive", "ical", "ant", "ible", "able")
_LEAD = re.compile(r"^(?:the|a|an|their|his|its|her|of|about)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement before it has a voice."""

    subject: Mention
    predicate: str
    object: Term
    rule: str
    scope: str = ""
    stance: Stance = Stance.ASSERTED
    certainty: float = 1.0
    """Below 1 where who is meant had to be inferred: a pronoun, "the camp"."""
    qualifier: tuple[str, str] = ("", "")
    """One more qualifier of the statement, and its value."""


class _Filler(NamedTuple):
    """What fills a role."""

    term: Term
    scope: str = ""
    certainty: float = 1.0


class Sentence:
    """One sentence with all that frames ask of it."""

    def __init__(
        self,
        text: str,
        items: Sequence[Item],
        phrases: Sequence[Phrase],
        clauses: Sequence[Clause],
        referents: Referents,
        told: Sequence[Mention] = (),
    ) -> None:
        """Keep the parts; *text* is that of the document, *told* its events told with a verb."""
        self.told = told
        self.text = text
        self.items = items
        self.phrases = phrases
        self.clauses = clauses
        self.referents = referents

    def claims(self, clause: Clause) -> Iterator[Claim]:
        """Yield what the frames of the clause's verb make of it."""
        happened, verb = False, clause.verb
        compound = f"{verb.lemma} {verb.second}" in words().compounds
        for frame in frames().get(verb.lemma, ()):
            second = verb.second if frame.second or compound else ""
            if frame.second != second or not self._fits(frame, clause):
                continue
            rule = f"frame: {frame.name}"
            tells = frame.event and not happened
            told = list(self._tell(frame, clause, rule)) if tells else []
            happened = happened or bool(told)
            yield from told
            for line in frame.say:
                if told and line.predicate in frame.unless_told:
                    continue
                said = list(self._say(line, clause, rule, None))
                yield from said
                if said and frame.first:
                    break

    def _fits(self, frame: Frame, clause: Clause) -> bool:
        verb = clause.verb
        if frame.only == "finite":
            return verb.form == "finite" and self._has_noun(frame, clause)
        if frame.only and frame.only != ("passive" if verb.passive else "active"):
            return False
        if frame.alone and clause.objects:
            return False
        if frame.needs[0] and not _has(*frame.needs, clause):
            return False
        return self._has_noun(frame, clause)

    def _has_noun(self, frame: Frame, clause: Clause) -> bool:
        if frame.any_noun:
            return True
        given = (argument for argument in clause.arguments if argument.preposition != "by")
        around = [*clause.objects, *(p for a in given for p in a.phrases)]
        if frame.unless_noun and any(self._heads(p, frame.unless_noun) for p in around):
            return False
        if frame.theme and not any(
            self._heads(phrase, frame.theme) or self._apposed(phrase, frame.theme)
            for group in phrases_of("theme", clause, self.items)
            for phrase in group
        ):
            return False
        return not frame.noun or any(self._heads(phrase, frame.noun) for phrase in clause.objects)

    def _heads(self, phrase: Phrase, nouns: frozenset[str]) -> bool:
        words_of_name = phrase.mention.name.split() if phrase.mention is not None else []
        named = [*words_of_name[:1], *words_of_name[-1:]]
        return phrase.word in nouns or any(word.lower() in nouns for word in named)

    def _apposed(self, phrase: Phrase, nouns: frozenset[str]) -> bool:
        """Return whether one of *nouns* stands right before the name: "the exhibition Ice"."""
        return any(
            item.lower in nouns and follows.mention is not None
            for item, follows in pairwise(self.items[phrase.first : phrase.last])
        )

    def _tell(self, frame: Frame, clause: Clause, rule: str) -> Iterator[Claim]:
        event = self._themed(frame, clause) or self._event(frame, clause)
        told = [claim for line in frame.tell for claim in self._say(line, clause, rule, event)]
        if len({claim.predicate for claim in told}) > 1:
            self.referents.tell(event)
            yield from told

    def _themed(self, frame: Frame, clause: Clause) -> Mention | None:
        """Return the event that the theme itself is: "an exhibition on the camps"."""
        for group in phrases_of("theme", clause, self.items) if frame.theme else ():
            for phrase in group:
                if phrase.word in frame.theme and not self._apposed(phrase, frame.theme):
                    for referent in self.referents.of(phrase, self.items, ("event",)):
                        return referent.mention
        return None

    def _event(self, frame: Frame, clause: Clause) -> Mention:
        """Return a mention of the event a clause tells of, from its subject to its end."""
        last = self.phrases[min(clause.end, len(self.phrases)) - 1]
        firsts = [phrase.first for phrase in clause.subjects]
        first = min([*firsts, self.phrases[clause.at].first])
        start, end = self.items[first].start, self.items[last.last - 1].end
        verb = self.items[self.phrases[clause.at].first].start
        for mention in self.told:
            if mention.start <= verb < mention.end:
                return replace(mention, subkind=frame.event)
        text = self.text[start:end].rstrip(" ,;.")
        return Mention(
            start,
            start + len(text),
            text,
            EntityKind.EVENT,
            " ".join(text.split()),
            "en",
            subkind=frame.event,
            rule=f"frame: {frame.name}",
        )

    def _say(self, line: Line, clause: Clause, rule: str, event: Mention | None) -> Iterator[Claim]:
        subjects = list(self._fill(line.subject, clause, event))
        if not subjects:
            return
        targets = list(self._fill(line.object, clause, event))
        name, value = line.qualifier
        qualifier = name, clause.verb.lemma if value == "verb" else value
        for subject in subjects:
            if not isinstance(subject.term, Mention):
                continue
            for target in targets:
                itself = isinstance(target.term, Value) and target.term.text == subject.term.name
                if target.term != subject.term and not itself:
                    sure = min(subject.certainty, target.certainty)
                    yield Claim(
                        subject.term,
                        line.predicate,
                        target.term,
                        rule,
                        subject.scope,
                        certainty=sure,
                        qualifier=qualifier,
                    )

    # -- roles

    def _fill(self, role: Role, clause: Clause, event: Mention | None) -> Iterator[_Filler]:
        """Yield what fills a role; of several that take words, the first that has any."""
        for name in role.names:
            found = list(self._fill_one(name, role, clause, event))
            yield from found
            if found and role.text:
                return

    def _fill_one(
        self, name: str, role: Role, clause: Clause, event: Mention | None
    ) -> Iterator[_Filler]:
        if name == "event":
            if event is not None:
                yield _Filler(event)
        elif name in ("date", "since", "until"):
            yield from map(_Filler, dates(clause, name))
        elif name in ("vp", "deed", "done", "told"):
            said = self._said(name, clause)
            if said:
                yield _Filler(Value(said))
        else:
            for group in self._phrases_of(name, clause):
                if "words" in role.kinds and group:
                    yield _Filler(self._span(group))
                    return
                listed = _nouns_of(group, self.items) if role.text else group
                found = [term for phrase in listed for term in self._terms(phrase, role)]
                yield from found
                if found and "labour" not in role.kinds:
                    return

    def _said(self, name: str, clause: Clause) -> str:
        """Return the words of the verb with its object, its infinitive, or its passive subject."""
        if name == "deed":
            at = next((i for i, c in enumerate(self.clauses) if c is clause), len(self.clauses))
            following = self.clauses[at + 1 : at + 2]
            if not following or following[0].governor is not clause:
                return ""
            return self._words_between(following[0].at, following[0].end - 1).removeprefix("to ")
        if name == "told":
            return self._told(clause)
        if name == "vp":
            said = self._words_between(clause.at, clause.end - 1) if clause.objects else ""
            return _CUT.sub("", said.removeprefix("to "))
        subject = next((i for i, p in enumerate(self.phrases) if p in clause.subjects[:1]), -1)
        if not 0 <= subject < clause.at or clause.subjects[0].mention is not None:
            return ""
        return _LEAD.sub("", self._words_between(subject, clause.at))

    def _told(self, clause: Clause) -> str:
        """Return the words behind "that", to the end of what is said."""
        first = clause.at + 2
        if self.phrases[min(first, len(self.phrases)) - 1].word == ",":
            first += 1
        if first >= len(self.phrases) or self.phrases[first - 1].part is not Part.RELATIVE:
            return ""
        ends = (
            at
            for at in range(first, len(self.phrases))
            if self.phrases[at].part is Part.MARK and self.phrases[at].word in ".;:"
        )
        return self._words_between(first, next(ends, len(self.phrases)) - 1)

    def _phrases_of(self, name: str, clause: Clause) -> Iterator[list[Phrase]]:
        """Yield the lists of noun phrases that can fill a role, the likeliest first."""
        if name != "topic":
            yield from phrases_of(name, clause, self.items)
            return
        spoken = self.referents.topic_mention(self.items[self.phrases[clause.at].first].start)
        if spoken is not None:
            yield [Phrase(Part.NOUN, 0, 1, mention=spoken)]

    def _terms(self, phrase: Phrase, role: Role) -> Iterator[_Filler]:
        if role.new:
            told = self.referents.new(role.new, self._whole(phrase, role.new), self.items)
            yield from map(_Filler, told)
            return
        named = phrase.mention is not None and phrase.mention.kind.value in _NAMED
        if named and "unnamed" in role.kinds:
            return
        if role.special:
            found = list(entities(role.special, phrase, self.items, self.referents))
            yield from (_Filler(r.mention, r.scope, r.certainty) for r in found)
            if found or not role.text or role.special == "adapted":
                return
        if role.wording:
            value = literal(role.wording, phrase, self.items, self._bare)
            if value is not None:
                yield _Filler(value)
            return
        found = self.referents.of(phrase, self.items, role.kinds) if role.kinds else []
        if not found and phrase.of is not None and phrase.word in words().of_activity:
            found = self.referents.of(phrase.of, self.items, role.kinds)
        yield from (_Filler(r.mention, r.scope, r.certainty) for r in found)
        text = self.words_of(phrase, tail=role.tail) if role.text and not found else ""
        if text:
            yield _Filler(Value(text))

    def _whole(self, phrase: Phrase, kind: str) -> Phrase:
        """Return an instrument or a monument with what it is about or for; else *phrase*."""
        index = next((i for i, p in enumerate(self.phrases) if p is phrase), -1)
        if index < 0 or kind not in ("new-instrument", "new-site", "new-body"):
            return phrase
        if [p.word for p in self.phrases[index + 1 : index + 2]] == ["to"]:
            index += 2
        return replace(phrase, last=complements(self.phrases, index))

    def _span(self, group: Sequence[Phrase]) -> Value:
        """Return a whole list as it stands."""
        start, end = self.items[group[0].first].start, self.items[group[-1].last - 1].end
        return Value(_LEAD.sub("", " ".join(self.text[start:end].split())))

    def words_of(self, phrase: Phrase, *, tail: bool = False) -> str:
        """Return a noun phrase with what hangs on it, without article; clauses too with *tail*.

        Pronouns and what only points at something said before ("this topic") give nothing.
        """
        if self.items[phrase.first].lower in _POINTING:
            return ""
        if phrase.last - phrase.first == 1 and phrase.lead in words().determiners:
            return ""
        if phrase.last - phrase.first == 1 and self.items[phrase.first].lower in words().pronouns:
            return ""
        last = phrase.last
        index = next((i for i, p in enumerate(self.phrases) if phrase is p or phrase is p.of), -1)
        if index >= 0:
            last = (with_tail if tail else complements)(self.phrases, index)
        start, end = self.items[phrase.first].start, self.items[last - 1].end
        return _ETC.sub("", _LEAD.sub("", " ".join(self.text[start:end].split())))

    def _bare(self, phrase: Phrase) -> Value | None:
        """Return a noun phrase without what hangs on it."""
        if not self.words_of(phrase):
            return None
        text = self._words_of_items(phrase.first, phrase.last)
        return Value(_ETC.sub("", _LEAD.sub("", text).strip('"“” ')))

    def _words_of_items(self, first: int, last: int) -> str:
        start, end = self.items[first].start, self.items[last - 1].end
        return " ".join(self.text[start:end].split())

    def _words_between(self, first: int, last: int) -> str:
        """Return the words from one phrase to another."""
        text = self._words_of_items(self.phrases[first].first, self.phrases[last].last)
        return text.rstrip(" ,;.")


def _has(preposition: str, heads: frozenset[str], clause: Clause) -> bool:
    return any(
        argument.preposition == preposition and phrase.word in heads
        for argument in clause.arguments
        for phrase in argument.phrases
    )


def _nouns_of(group: Sequence[Phrase], items: Sequence[Item]) -> Sequence[Phrase]:
    """Return a list without an adjective that stands before its noun: "harsh and long winters"."""
    return [
        phrase
        for phrase, follows in pairwise([*group, None])
        if phrase is not None
        and not (
            follows is not None
            and phrase.mention is None
            and phrase.last - phrase.first == 1
            and follows.last - follows.first > 1
            and not follows.lead
            and phrase.word.endswith(_ADJECTIVAL)
        )
    ]
