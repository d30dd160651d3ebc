"""Clauses out of phrases: for each verb its subject, objects, prepositional phrases and dates."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import EntityKind
from .arguments import OPENING, ArgumentReader, kind_of_phrase
from .doers import doers
from .noun_phrases import may_be_people, names_the_head
from .parts import ALSO_SUBORDINATORS, BEFORE_AFTER, CONTENT, Argument, Clause, Part, Phrase, Verb


def clauses_of(phrases: Sequence[Phrase]) -> list[Clause]:
    """Return the clauses of a sentence, in the order of their verbs."""
    reader = _Reader(phrases)
    for at, phrase in enumerate(phrases):
        if phrase.part is Part.VERB and phrase.verb is not None:
            reader.add(at, phrase.verb)
    reader.give_fronted_subjects()
    reader.read_front()
    return reader.clauses


class _Reader(ArgumentReader):
    def __init__(self, phrases: Sequence[Phrase]) -> None:
        super().__init__(phrases)
        self.clauses: list[Clause] = []
        self.waiting: list[Clause] = []

    def add(self, at: int, verb: Verb) -> None:
        clause = Clause(verb, at)
        previous = self.clauses[-1] if self.clauses else None
        self._find_subject(clause, previous)
        self._read_right(clause)
        self._invert(clause)
        clause.opener = clause.opener or self._opener(clause, previous)
        self.clauses.append(clause)

    def _invert(self, clause: Clause) -> None:
        """Read "in the camp were held Germans", "there was a camp": the subject comes last."""
        if clause.subjects or not clause.objects or clause.verb.form != "finite":
            return
        before = self.phrases[clause.at - 1] if clause.at else None
        there = clause.verb.copula and before is not None and before.word == "there"
        if (clause.verb.passive and clause.attached) or there:
            clause.subjects, clause.objects = clause.objects, []
            clause.arguments = [*clause.attached, *clause.arguments]

    def give_fronted_subjects(self) -> None:
        """Give a participle that opens the sentence the subject of the clause that follows."""
        for clause in self.waiting:
            later = (c for c in self.clauses if c.at > clause.at and c.verb.form == "finite")
            main = next(later, None)
            if main is not None:
                clause.subjects = main.subjects

    def read_front(self) -> None:
        """Give what opens the sentence ("In May 1946, in the camp, …") to its main clause."""
        mains = (
            clause
            for clause in self.clauses
            if clause.verb.form == "finite" and not clause.relative and not clause.opener
        )
        main = next(mains, None)
        if main is None or not main.subjects:
            return
        subject = next((i for i, p in enumerate(self.phrases) if p is main.subjects[0]), 0)
        front, at = Clause(main.verb, -1), 0
        while at < subject:
            phrase = self.phrases[at]
            opens = not at or self.phrases[at - 1].part in (Part.MARK, Part.ADVERB)
            if phrase.part is Part.PREPOSITION and opens:
                at = self._argument(front, at)
                continue
            if phrase.part is Part.DATE and phrase.date is not None and opens:
                front.dates.append(("", phrase.date))
            elif phrase.part is Part.VERB:
                break
            at += 1
        main.fronted = front.arguments
        main.dates += front.dates

    def _find_subject(self, clause: Clause, previous: Clause | None) -> None:
        at, form = clause.at - 1, clause.verb.form
        while self._part(at) is Part.ADVERB:
            at -= 1
        if form in ("infinitive", "gerund"):
            self._nonfinite(clause, at, previous)
            return
        if form == "participle":
            self._participle(clause, at, previous)
            return
        part = self._part(at)
        if part is Part.RELATIVE:
            self._relative(clause, at, previous)
        elif part is Part.CONJUNCTION or (part is Part.MARK and self._word(at) == ","):
            if part is Part.MARK and self._before_comma(clause, at, previous):
                return
            if previous is not None and self._coordinated(previous, at):
                told = self._told_before(previous, at)
                clause.subjects, clause.relative = told.subjects, told.relative
        elif part in (Part.NOUN, Part.DATE, Part.MARK):
            clause.subjects = self._subjects(clause, at)
            self._date_between(clause, at)
            self._object_relative(clause)

    def _told_before(self, previous: Clause, at: int) -> Clause:
        """Return whose verb goes on behind ", which …, and": the main one before the relative."""
        if not previous.relative or self._word(at - 1) != ",":
            return previous
        mains = (c for c in reversed(self.clauses) if c.verb.form == "finite" and not c.relative)
        main = next(mains, None)
        return main if main is not None and main.end < previous.at else previous

    def _nonfinite(self, clause: Clause, at: int, previous: Clause | None) -> None:
        """Give an infinitive or a gerund who does it; one that opens the sentence waits for it."""
        governed = clause.verb.form == "infinitive"
        clause.governor = previous if governed else None
        if previous is not None:
            clause.subjects = doers(previous) if governed else previous.subjects
        elif not governed and self._word(at) in BEFORE_AFTER:
            self.waiting.append(clause)

    def _date_between(self, clause: Clause, at: int) -> None:
        """Give the clause the date of "the court on 13 March upheld"."""
        date = self.phrases[at].date
        before = at - 1 if self._word(at - 1) in ("on", "in") else at
        if date is None or self.phrases[before - 1] not in clause.subjects:
            return
        if self._part(before - 2) is not Part.PREPOSITION:
            clause.dates.append((self._word(before) if before < at else "", date))

    def _object_relative(self, clause: Clause) -> None:
        """Give "the museum that Sato directs" the museum as its object."""
        if not clause.subjects or clause.verb.passive or clause.verb.copula:
            return
        first = next(i for i, p in enumerate(self.phrases) if p is clause.subjects[0])
        if self._part(first - 1) is not Part.RELATIVE or self._word(first - 1) == "whose":
            return
        if self._word(first - 1) == "that" and self._word(first - 2) in CONTENT:
            return
        before = first - 3 if self._word(first - 2) == "," else first - 2
        before = self._skip_bracket(before)
        if self._part(before) is Part.NOUN:
            clause.objects, clause.relative = [self.phrases[before]], True
            clause.opened_object = True

    def _coordinated(self, previous: Clause, at: int) -> bool:
        """Return whether nothing between the previous verb and *at* could open a new clause."""
        between = self.phrases[previous.at + 1 : at]
        return not any(phrase.part in (Part.SUBORDINATOR, Part.RELATIVE) for phrase in between)

    def _participle(self, clause: Clause, at: int, previous: Clause | None) -> None:
        if self._part(at) is Part.NOUN and (clause.verb.passive or self._word(at + 1) != ","):
            first, clause.subjects = self._list_left(at)
            clause.others = self._further_left(clause, at)
            self._appose(clause, first)
            if (
                previous is not None
                and previous.verb.copula
                and clause.subjects == previous.objects
            ):
                clause.subjects = previous.subjects
        elif at < 0:
            self.waiting.append(clause)
        elif self._word(at) in tuple(OPENING) and self._part(at - 1) is Part.NOUN:
            clause.subjects = [self.phrases[at - 1]]
        elif self._word(at) == "," and clause.verb.passive and self._noun_before(at) is not None:
            noun = self._noun_before(at) or 0
            clause.subjects = [self.phrases[noun]]
            clause.others = self._further_left(clause, noun)
        elif previous is None:
            self.waiting.append(clause)
        elif self._shares_subject(previous, at):
            clause.subjects = previous.subjects
        elif self._word(at) == "," and not clause.verb.passive:
            main = (c for c in reversed(self.clauses) if c.verb.form == "finite")
            clause.subjects = next((c.subjects for c in main), [])

    def _shares_subject(self, previous: Clause, at: int) -> bool:
        """Return whether a participle behind *at* has the subject of the clause before it.

        So it is in "were put to work felling timber, laying track and digging".
        """
        if previous.verb.form in ("finite", "infinitive"):
            return True
        listed = self._word(at) == "," or self._part(at) is Part.CONJUNCTION
        return listed and not previous.verb.passive

    def _appose(self, clause: Clause, first: int) -> None:
        """Let what is said of the apposition in "Sato, a poet born in …" hold for Sato."""
        noun = self._apposed_to(first)
        if noun != first:
            clause.subjects = [self.phrases[noun]]

    def _apposed_to(self, at: int) -> int:
        """Return the index of the name that the noun phrase at *at* stands in apposition to."""
        phrase = self.phrases[at]
        if phrase.mention is not None or phrase.lead not in ("a", "an", "the", "one"):
            return at
        noun = self._noun_before(at - 1) if self._word(at - 1) == "," else None
        if noun is not None and self._fronts(noun):
            return at
        return noun if noun is not None and self.phrases[noun].mention is not None else at

    def _fronts(self, at: int) -> bool:
        """Return whether the noun phrase at *at* ends what opens the sentence: "In Chita, …"."""
        if self._part(0) is not Part.PREPOSITION:
            return False
        row = (Part.NOUN, Part.PREPOSITION, Part.DATE, Part.ADVERB)
        return all(phrase.part in row for phrase in self.phrases[:at])

    def _further_left(self, clause: Clause, at: int) -> list[list[Phrase]]:
        """Return the noun phrases that what ends at *at* may hang on: "a camp in X, held …"."""
        found: list[list[Phrase]] = []
        while at > 0:
            first, phrases = self._list_left(at)
            if self._part(first - 1) is not Part.PREPOSITION:
                break
            clause.attached.append(Argument(self._word(first - 1), phrases))
            at = self._skip_bracket(first - 2)
            if self._part(at) is not Part.NOUN:
                break
            found.append([self.phrases[self._apposed_to(at)]])
        return found

    def _relative(self, clause: Clause, at: int, previous: Clause | None) -> None:
        clause.relative = True
        before = self._skip_bracket(at - 2 if self._word(at - 1) == "," else at - 1)
        if self._part(before) is not Part.NOUN:
            return
        phrase = self.phrases[before]
        clause.subjects = [phrase]
        clause.others = self._further_left(clause, before)
        place = phrase.mention is not None and phrase.mention.kind is EntityKind.PLACE
        if place and self._word(at) == "who":
            clause.subjects = clause.others.pop(0) if clause.others else []
        self._appose(clause, before)
        if self._word(at) == "who":
            clause.others = [row for row in clause.others if all(map(may_be_people, row))]
        called = previous is not None and phrase in previous.objects and phrase.mention is None
        if previous is not None and called and previous.verb.copula:
            inner = phrase.of if self._word(at - 1) == "," else None
            clause.subjects = [inner] if inner and inner.mention else previous.subjects
        if previous is not None and previous.relative and phrase.mention is None:
            clause.others.append(previous.subjects)

    def _before_comma(self, clause: Clause, comma: int, previous: Clause | None) -> bool:
        """Read "X, an apposition or a relative clause, did": the subject is X."""
        at = self._skip_bracket(comma - 1)
        while at >= 0 and not (self._part(at) is Part.MARK and self._word(at) in (",", ";")):
            at = self._skip_bracket(at - 1)
        if at > 0 and self._word(at) == ",":
            inside = self.phrases[at + 1 : comma]
            where = bool(inside) and inside[0].word == "where"
            passive = any(p.verb and p.verb.finite_passive for p in inside)
            if clause.verb.passive and passive and not where:
                return False
            if previous and inside and (where or inside[0].part is Part.RELATIVE):
                told = next((c for c in self.clauses if c.at > at), previous)
                noun = self._noun_before(at) if told.opened_object or where else None
                clause.subjects = told.subjects if noun is None else [self.phrases[noun]]
                return True
            if inside and inside[0].part is Part.CONJUNCTION:
                clause.subjects = self._list_left(comma - 1)[1]
                return True
            noun = self._noun_before(at)
            if noun is not None and names_the_head(self.phrases[noun], inside):
                clause.subjects = [inside[0]]
                return True
            if noun is not None:
                clause.subjects = self._subjects(clause, self._head_of_chain(noun))
                return bool(clause.subjects)
        return False

    def _noun_before(self, at: int) -> int | None:
        """Return the index of the noun phrase before *at*, brackets skipped, if there is one."""
        before = self._skip_bracket(at - 1)
        return before if self._part(before) is Part.NOUN else None

    def _head_of_chain(self, at: int) -> int:
        """Go back from "X, this, that" to X, as long as only X has a name."""
        while self.phrases[at].mention is None and self._word(at - 1) == ",":
            if self._part(at - 2) is not Part.NOUN:
                break
            at -= 2
        return at

    def _subjects(self, clause: Clause, at: int) -> list[Phrase]:
        """Return the noun phrases that end at *at*, past prepositional phrases to their head."""
        near = True
        at = self._skip_bracket(at)
        while at >= 0:
            part = self._part(at)
            dates = part is Part.CONJUNCTION and self._part(at + 1) is Part.DATE
            if part in (Part.ADVERB, Part.DATE, Part.PREPOSITION) or dates:
                at -= 1
            elif part is Part.NOUN:
                first, phrases = self._list_left(at)
                if self._part(first - 1) is Part.VERB:
                    fallback = [] if self._word(first - 2) == "what" else phrases
                    return self._subjects_of(first - 1, phrases) or fallback
                if self._part(first - 1) is not Part.PREPOSITION:
                    return phrases
                opens = self._word(first - 1) in ALSO_SUBORDINATORS
                if near and opens and not self._awaited(first - 1, clause.at):
                    clause.opener = self._word(first - 1)
                    return phrases
                clause.attached.append(Argument(self._word(first - 1), phrases))
                at, near = first - 2, False
            elif part is Part.VERB:
                return self._subjects_of(at)
            elif clause.attached and self._aged(at) is not None:
                at = self._aged(at) or 0
                continue
            else:
                break
            at = self._skip_bracket(at)
        return []

    def _aged(self, at: int) -> int | None:
        """Return the person in "Sato, 91, of Chita", where *at* is the comma behind the age."""
        if self._word(at) == "," and self._part(at - 1) is Part.NOUN:
            if self.phrases[at - 1].quantity is not None and self._word(at - 2) == ",":
                at -= 2
            mention = self.phrases[at - 1].mention
            if mention is not None and mention.kind is EntityKind.PERSON:
                return at - 1
        return None

    def _list_left(self, at: int) -> tuple[int, list[Phrase]]:
        """Return where the list of noun phrases that ends at *at* begins, and the list."""
        found, first, joined = [self.phrases[at]], at, False
        while True:
            before = first - 1
            if self._part(before) is Part.CONJUNCTION and self._word(before) in (
                "and",
                "or",
                "nor",
            ):
                joined = True
                before -= 1
                if self._word(before) == ",":
                    before -= 1
            elif joined and self._word(before) == ",":
                before -= 1
            else:
                return first, found
            before = self._skip_bracket(before)
            if self._part(before) is not Part.NOUN or self._part(before - 1) is Part.VERB:
                return first, found
            if self._part(before - 1) is Part.PREPOSITION and kind_of_phrase(
                self.phrases[before]
            ) != kind_of_phrase(found[0]):
                return first, found
            found.insert(0, self.phrases[before])
            first = before

    def _subjects_of(self, at: int, objects: Sequence[Phrase] = ()) -> list[Phrase]:
        """Return the subject of what stands between a subject and its verb.

        That is a participle or a relative clause; with *objects* only one that has these.
        """
        for clause in self.clauses:
            if clause.at != at or (objects and clause.objects[-1:] != list(objects)[-1:]):
                continue
            if clause.verb.form == "participle":
                return clause.others[-1] if clause.others else clause.subjects
            if clause.relative:
                return clause.objects if clause.opened_object else clause.subjects
        return []

    def _awaited(self, at: int, verb: int) -> bool:
        """Return whether "after the war" at *at* belongs to a subject that waits for *verb*."""
        before, behind = self.phrases[:at], self.phrases[verb + 1 :]
        if not before or before[0].part is not Part.NOUN:
            return False
        finite = (p.verb is not None and p.verb.form == "finite" for p in (*before, *behind))
        return not any(finite) and not any(p.part is Part.MARK for p in before)

    def _where(self, clause: Clause, at: int) -> None:
        """Let "the islands, where they surrendered" say where."""
        before = at - 1 if self._word(at - 1) != "," else at - 2
        if self._part(before) is Part.NOUN:
            clause.arguments.append(Argument("in", self._list_left(before)[1]))

    def _opener(self, clause: Clause, previous: Clause | None) -> str:
        """Return the subordinator between the last verb (or the start) and this one."""
        start = previous.at if previous is not None else -1
        for index in range(clause.at - 1, start, -1):
            phrase = self.phrases[index]
            if phrase.part is Part.SUBORDINATOR:
                if phrase.word == "where":
                    self._where(clause, index)
                return phrase.word
            if phrase.part is Part.RELATIVE and phrase.word == "that":
                return "that"
        return ""
