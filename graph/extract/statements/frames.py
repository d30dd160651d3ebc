"""Apply the frames of ``rules/statements.toml`` to clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ...model import DateValue, EntityKind, Mention, Quantity, Stance, Term, Value
from ...resources import rules
from .items import Item
from .lexicon import words
from .parts import ALSO_SUBORDINATORS, Clause, Part, Phrase
from .referents import Referents

_LINE = re.compile(r"(\S+) (\S+) (\S+)")
_NOT_WHEN = frozenset({"until", "till", "since", "before", "after", "from"})
_POINTING = frozenset({"this", "that", "these", "those", "such", "it"})
_LITERALS = frozenset({"years", "labour", "language"})
_ETC = re.compile(r",?\s*\betc\b.*$")
_LEAD = re.compile(r"^(?:the|a|an|their|his|its|her|of|about)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Role:
    """Which parts of a clause may fill a slot, and what kinds of thing."""

    names: tuple[str, ...]
    kinds: frozenset[str]
    text: bool = False
    """Takes the words if no entity of the kinds is there."""


@dataclass(frozen=True, slots=True)
class Line:
    """One statement a frame makes."""

    subject: Role
    predicate: str
    object: Role


@dataclass(frozen=True, slots=True)
class Frame:
    """What a verb says."""

    name: str
    second: str
    """For verbs of two words, the second."""
    noun: frozenset[str]
    only: str
    needs: str
    """A prepositional phrase that must be there: ``in captivity``."""
    say: tuple[Line, ...]
    event: str
    tell: tuple[Line, ...]
    unless_told: frozenset[str]
    """Properties that are not stated as well if the event is."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement before it has a voice."""

    subject: Mention
    predicate: str
    object: Term
    rule: str
    scope: str = ""
    stance: Stance = Stance.ASSERTED


@cache
def frames() -> dict[str, tuple[Frame, ...]]:
    """Return the frames by the first word of their verbs."""
    kinds = {name: frozenset(listed) for name, listed in rules("statements")["kinds"].items()}
    found: dict[str, list[Frame]] = {}
    for table in rules("statements")["frame"]:
        for verb in table["verbs"]:
            first, _, second = verb.partition(" ")
            frame = Frame(
                table["name"],
                second,
                _noun_list(table.get("noun", ())),
                table.get("only", ""),
                table.get("needs", ""),
                tuple(_line(text, kinds) for text in table.get("say", ())),
                table.get("event", ""),
                tuple(_line(text, kinds) for text in table.get("tell", ())),
                frozenset(table.get("unless-told", ())),
            )
            found.setdefault(first, []).append(frame)
    return {verb: tuple(listed) for verb, listed in found.items()}


def _noun_list(listed: Sequence[str]) -> frozenset[str]:
    """Return nouns as they are listed; ``@occupations`` stands for a list of roles.toml."""
    found: set[str] = set()
    for noun in listed:
        if noun.startswith("@"):
            table = [word.lower() for word in rules("roles")[noun[1:]]["nouns"]]
            found.update(table, (word + "s" for word in table))
        else:
            found.add(noun)
    return frozenset(found)


def _line(text: str, kinds: dict[str, frozenset[str]]) -> Line:
    match = _LINE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a line of a frame: {text!r}")
    return Line(_role(match[1], kinds), match[2], _role(match[3], kinds))


def _role(text: str, kinds: dict[str, frozenset[str]]) -> Role:
    names, _, listed = text.partition(":")
    allowed: set[str] = set()
    for kind in filter(None, listed.split("|")):
        allowed |= kinds.get(kind, {kind})
    return Role(tuple(names.split("|")), frozenset(allowed - {"text"}), "text" in allowed)


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
        happened = False
        for frame in frames().get(clause.verb.lemma, ()):
            if not self._fits(frame, clause):
                continue
            rule = f"frame: {frame.name}"
            tells = frame.event and not happened
            told = list(self._tell(frame, clause, rule)) if tells else []
            happened = happened or bool(told)
            yield from told
            for line in frame.say:
                if not (told and line.predicate in frame.unless_told):
                    yield from self._say(line, clause, rule, None)

    def _fits(self, frame: Frame, clause: Clause) -> bool:
        verb = clause.verb
        compound = f"{verb.lemma} {verb.second}" in words().compounds
        if frame.second != (verb.second if frame.second or compound else ""):
            return False
        if frame.only and frame.only != ("passive" if verb.passive else "active"):
            return False
        if frame.needs and not self._has(frame.needs, clause):
            return False
        return not frame.noun or any(self._heads(phrase, frame) for phrase in clause.objects)

    def _heads(self, phrase: Phrase, frame: Frame) -> bool:
        words_of_name = phrase.mention.name.split() if phrase.mention is not None else []
        named = [*words_of_name[:1], *words_of_name[-1:]]
        return phrase.word in frame.noun or any(word.lower() in frame.noun for word in named)

    def _has(self, needed: str, clause: Clause) -> bool:
        preposition, _, head = needed.partition(" ")
        return any(
            argument.preposition == preposition and phrase.word == head
            for argument in clause.arguments
            for phrase in argument.phrases
        )

    def _tell(self, frame: Frame, clause: Clause, rule: str) -> Iterator[Claim]:
        event = self._event(frame, clause)
        told = [claim for line in frame.tell for claim in self._say(line, clause, rule, event)]
        if len({claim.predicate for claim in told}) > 1:
            self.referents.tell(event)
            yield from told

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
        for subject, scope in subjects:
            if not isinstance(subject, Mention):
                continue
            for target, _ in targets:
                if target != subject:
                    yield Claim(subject, line.predicate, target, rule, scope)

    # -- roles

    def _fill(
        self, role: Role, clause: Clause, event: Mention | None
    ) -> Iterator[tuple[Term, str]]:
        """Yield what fills a role; of several that take words, the first that has any."""
        for name in role.names:
            found = list(self._fill_one(name, role, clause, event))
            yield from found
            if found and role.text:
                return

    def _fill_one(
        self, name: str, role: Role, clause: Clause, event: Mention | None
    ) -> Iterator[tuple[Term, str]]:
        if name == "event":
            if event is not None:
                yield event, ""
        elif name == "date":
            yield from self._dates(clause)
        elif name == "until":
            yield from self._until(clause)
        elif name == "vp":
            if clause.objects:
                yield self._verb_phrase(clause), ""
        else:
            for group in self._phrases_of(name, clause):
                if "words" in role.kinds and group:
                    yield self._span(group), ""
                    return
                found = [term for phrase in group for term in self._terms(phrase, role)]
                yield from found
                if found:
                    return

    def _dates(self, clause: Clause) -> Iterator[tuple[Term, str]]:
        for preposition, date in clause.dates:
            if preposition not in _NOT_WHEN and not _open(date):
                yield Value(date.edtf, "edtf"), ""

    def _until(self, clause: Clause) -> Iterator[tuple[Term, str]]:
        for preposition, date in clause.dates:
            if preposition in ("until", "till") or date.edtf.startswith("../"):
                yield Value(date.edtf.removeprefix("../"), "edtf"), ""

    def _phrases_of(self, name: str, clause: Clause) -> Iterator[list[Phrase]]:
        """Yield the lists of noun phrases that can fill a role, the likeliest first."""
        passive = clause.verb.passive
        if name == "subject" or (name == "theme" and passive):
            if not (name == "subject" and passive):
                yield clause.subjects
                yield from clause.others
        elif name in ("object", "theme"):
            yield clause.objects
        elif name == "agent":
            if passive:
                yield from (a.phrases for a in clause.arguments if a.preposition == "by")
            else:
                yield clause.subjects
                yield from clause.others
        else:
            arguments = clause.arguments
            if name[0] in "@^":
                arguments = clause.attached if name[0] == "@" else clause.fronted
            wanted = name.lstrip("@^")
            for argument in arguments:
                if argument.preposition == wanted:
                    yield argument.phrases

    def _terms(self, phrase: Phrase, role: Role) -> Iterator[tuple[Term, str]]:
        if "new-work" in role.kinds:
            work = self.referents.new_work(phrase, self.items)
            if work is not None:
                yield work, ""
            return
        if "archive" in role.kinds:
            for referent in self.referents.of(phrase, self.items, ("organisation",)):
                if _is_archive(referent.mention):
                    yield referent.mention, ""
            return
        special = next((kind for kind in role.kinds if kind in _LITERALS), "")
        if special:
            value = self._literal(special, phrase)
            if value is not None:
                yield value, ""
            return
        found = self.referents.of(phrase, self.items, role.kinds) if role.kinds else []
        if not found and phrase.of is not None and phrase.word in words().of_activity:
            found = self.referents.of(phrase.of, self.items, role.kinds)
        yield from ((referent.mention, referent.scope) for referent in found)
        text = self.words_of(phrase) if role.text and not found else ""
        if text:
            yield Value(text), ""

    def _literal(self, kind: str, phrase: Phrase) -> Value | None:
        """Return a value of a special kind if *phrase* is one: years, a labour, a language."""
        quantity = phrase.quantity
        if kind == "years" and quantity is not None and quantity.lower is not None:
            return Value(str(quantity.lower), "decimal") if _is_years(quantity) else None
        if kind == "labour" and phrase.word in _listed("labour"):
            return Value(self.words_of(phrase))
        name = self.items[phrase.last - 1].lower
        if kind == "language" and name in _listed("nationalities"):
            return Value(name.capitalize()) if phrase.last - phrase.first == 1 else None
        return None

    def _span(self, group: Sequence[Phrase]) -> Value:
        """Return a whole list as it stands."""
        start, end = self.items[group[0].first].start, self.items[group[-1].last - 1].end
        return Value(_LEAD.sub("", " ".join(self.text[start:end].split())))

    def words_of(self, phrase: Phrase) -> str:
        """Return a noun phrase with what hangs on it, without article.

        Pronouns and what only points at something said before ("this topic") give nothing.
        """
        if self.items[phrase.first].lower in _POINTING:
            return ""
        if phrase.last - phrase.first == 1 and self.items[phrase.first].lower in words().pronouns:
            return ""
        last = phrase.last
        index = next((i for i, p in enumerate(self.phrases) if p is phrase), -1)
        if index >= 0:
            last = self._with_complements(index)
        start, end = self.items[phrase.first].start, self.items[last - 1].end
        return _ETC.sub("", _LEAD.sub("", " ".join(self.text[start:end].split())))

    def _with_complements(self, index: int) -> int:
        """Return the item after a noun phrase and the prepositional phrases right behind it."""
        at = index + 1
        while at + 1 < len(self.phrases) and self.phrases[at].part is Part.PREPOSITION:
            if self.phrases[at].word in ALSO_SUBORDINATORS:
                break
            if self.phrases[at + 1].part is not Part.NOUN:
                break
            at += 2
        return self.phrases[at - 1].last

    def _verb_phrase(self, clause: Clause) -> Value:
        last = self.phrases[clause.end - 1]
        start, end = self.items[self.phrases[clause.at].first].start, self.items[last.last - 1].end
        return Value(" ".join(self.text[start:end].split()).rstrip(" ,;."))


def _is_archive(mention: Mention) -> bool:
    name = f"{mention.name} {mention.subkind}".casefold()
    return any(word in name for word in rules("roles")["archives"]["words"])


@cache
def _listed(table: str) -> frozenset[str]:
    data = rules("roles")[table]
    return frozenset(word.lower() for word in data.get("nouns", data.get("adjectives")))


def _is_years(quantity: Quantity) -> bool:
    return quantity.unit == "years" or quantity.noun.split()[:1] in (["years"], ["year"])


def _open(date: DateValue) -> bool:
    return ".." in date.edtf
