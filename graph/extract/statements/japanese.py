"""Japanese sentences clause by clause: the topic goes on until another, the verb stands last.

A sentence is a row of signs for names and dates with the words between them. It is cut at commas
behind verbs; each clause has the subject its particles give it, or the topic spoken of before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ...language.prefilter import Choices
from ...model import EntityKind, Mention, Stance, Term, Value
from ...resources import rules
from .frames import Claim
from .names import Row, clause_macros, expanded
from .row_values import bound

_COMMA = re.compile(r"[、，。；]")
_SPEECH = re.compile(r"「[^「」]*」|（[^（）]*）|\([^()]*\)")
_SUBJECTS = frozenset(
    {EntityKind.PERSON, EntityKind.GROUP, EntityKind.ORGANISATION, EntityKind.MILITARY_UNIT}
)
"""Kinds of thing that go on as the topic of the next sentence."""

_TAIL = 28


@dataclass(frozen=True, slots=True)
class _Say:
    predicate: str
    match: re.Pattern[str]
    turned: bool
    """Whether subject and object change places."""


@dataclass(frozen=True, slots=True)
class _Frame:
    name: str
    kinds: frozenset[EntityKind]
    verb: re.Pattern[str]
    say: tuple[_Say, ...]


@dataclass(frozen=True, slots=True)
class _Beside:
    """A construction of names that stand beside each other."""

    name: str
    match: re.Pattern[str]
    say: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class _Rules:
    frames: tuple[_Frame, ...]
    beside: tuple[_Beside, ...]
    reading: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb of a frame at its place in the row."""

    frame: _Frame
    start: int
    end: int


@cache
def _compiled() -> _Rules:
    data = rules("statements_ja_clauses")
    macros = clause_macros(data, "ja")

    def expand(text: str) -> re.Pattern[str]:
        return expanded(text, macros)

    def say(line: str) -> _Say:
        predicate, _, match = line.partition(" ")
        return _Say(predicate.lstrip("^"), expand(match), predicate.startswith("^"))

    return _Rules(
        tuple(
            _Frame(
                table["name"],
                frozenset(EntityKind(kind) for kind in table["subject"]),
                expand(table["verb"]),
                tuple(map(say, table["say"])),
            )
            for table in data["frame"]
        ),
        tuple(
            _Beside(
                table["name"],
                expand(table["match"]),
                tuple(tuple(line.split()) for line in table["say"]),
            )
            for table in data["beside"]
        ),
        {name: expand(text) for name, text in data["reading"].items()},
    )


class Clauses:
    """Reads the sentences of a document in their order and remembers the topic."""

    def __init__(self) -> None:
        """Start with no topic."""
        self._topic: Mention | None = None
        self._kin: dict[str, Mention] = {}
        """Who "the father" is, once the text has named him."""
        self._section: tuple[str, ...] = ()

    def claims(
        self, row: Row, section: tuple[str, ...], headed: Mention | None = None
    ) -> Iterator[Claim]:
        """Yield what a sentence in *section* says, in the order of its clauses.

        *headed* is whom the heading right above names: the topic from there.
        """
        if section != self._section:
            self._section, self._topic = section, None
        self._topic = headed or self._topic
        yield from _beside(row)
        reading = _compiled().reading
        for match in reading["kin_named"].finditer(row.row):
            named = _mention(row, match.start("s"))
            if named is not None:
                self._kin[match["k"]] = named
        text = _SPEECH.sub(lambda found: _blank(found[0]), row.row)
        skipped = bool(reading["skipped"].search(text))
        carried = self._opening(row) or self._topic
        stranger = False
        for start, end in _clauses(text):
            own = self._subject(row, text, start, end)
            if own is not None:
                subject, particle = own
                if particle == "は":
                    carried, stranger = subject, False
            elif _is_stranger(text[start:end]):
                subject = None
                stranger = stranger or bool(reading["topical"].search(text[start:end]))
            else:
                subject = None if stranger else carried
            if not skipped:
                yield from _said(row, text, (start, end), subject)
        ending = reading["ending"].search(text)
        carried = (_mention(row, ending.start("s")) if ending is not None else None) or carried
        if carried is not None and carried.kind in _SUBJECTS:
            self._topic = carried

    def _opening(self, row: Row) -> Mention | None:
        """Return the name that opens a sentence with no particle behind: 森田さん、."""
        match = _compiled().reading["opening"].match(row.row)
        return _mention(row, match.start("s")) if match is not None else None

    def _subject(self, row: Row, text: str, start: int, end: int) -> tuple[Mention, str] | None:
        """Return the name that is the subject of a clause, and its particle."""
        reading = _compiled().reading
        topic = self._topic
        spoken = topic is not None and topic.kind is EntityKind.PERSON
        if topic is not None and spoken and reading["pronoun"].search(text, start, end):
            return topic, "は"
        kin = reading["kin"].search(text, start, end)
        if kin is not None and kin["k"] in self._kin:
            return self._kin[kin["k"]], kin["p"]
        found = None
        for match in reading["subject"].finditer(text, start, end):
            mention = _mention(row, match.start("s"))
            if mention is not None and (found is None or match["p"] == "は"):
                found = mention, match["p"]
        return found


def _blank(text: str) -> str:
    """Return quoted words or a bracket blanked out; a name alone in quotes stays."""
    return (
        text if len(text) == 3 and text[0] == "「" else text[0] + "\0" * (len(text) - 2) + text[-1]
    )


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the clauses: pieces between commas, those without a verb with the next."""
    start = reached = 0
    closing = _compiled().reading["closing"]
    for comma in _COMMA.finditer(text):
        piece = text[reached : comma.start()]
        reached = comma.end()
        if closing.search(piece) or any(_verbs(text, start, comma.start())):
            yield start, reached
            start = reached
    if start < len(text):
        yield start, len(text)


@cache
def _choices() -> Choices[_Frame]:
    return Choices((frame, frame.verb) for frame in _compiled().frames)


@lru_cache(maxsize=16)
def _possible(text: str) -> tuple[_Frame, ...]:
    """Return the frames whose verbs a sentence may hold; its clauses ask for them in turn."""
    return _choices().possible(text)


def _verbs(text: str, start: int, end: int) -> list[_Verb]:
    found = [
        _Verb(frame, match.start(), match.end())
        for frame in _possible(text)
        for match in frame.verb.finditer(text, start, end)
    ]
    return sorted(found, key=lambda verb: (verb.start, verb.end))


def _is_stranger(clause: str) -> bool:
    """Whether the subject of a clause is something without a name: 母は, 生活が."""
    reading = _compiled().reading
    return any(
        not reading["temporal"].search(clause[: match.end()])
        for match in reading["stranger"].finditer(clause)
    )


def _said(row: Row, text: str, clause: tuple[int, int], subject: Mention | None) -> Iterator[Claim]:
    """Yield what the verbs of a clause say of the subject, or of the noun they modify."""
    reading = _compiled().reading
    start, end = clause
    reached = start
    verbs = _verbs(text, start, end)
    for number, verb in enumerate(verbs):
        tail = text[verb.end : min(end, verb.end + _TAIL)]
        of = subject
        head_noun = reading["relative_name"].match(tail)
        if head_noun is not None and not reading["not_relative"].match(tail):
            of = _mention(row, verb.end + head_noun.start("s"))
        elif reading["relative"].match(tail) and not reading["not_relative"].match(tail):
            of = None
        stance = _stance(tail)
        if of is not None and stance is not None and of.kind in verb.frame.kinds:
            head, length = (reached, verb.start), verb.end - verb.start
            for claim in _filled(row, text, head, length, verb.frame, of):
                yield Claim(*claim, f"ja: {verb.frame.name}", stance=stance)
        following = verbs[number + 1] if number + 1 < len(verbs) else None
        if following is not None and following.start >= verb.end:
            reached = verb.end


def _stance(tail: str) -> Stance | None:
    """Return how firmly a verb is put forward, None if it is only wished or ordered."""
    reading = _compiled().reading
    if reading["unreal"].search(tail):
        return None
    if reading["negated"].search(tail):
        return Stance.DENIED
    return Stance.HEDGED if reading["hedged"].search(tail) else Stance.ASSERTED


def _alone(match: re.Pattern[str], sign: str) -> re.Match[str] | None:
    """Return the match of a name or date that would stand in front of its verb."""
    forms = (match.search(f"{sign}{particle}") for particle in ("", "に", "で"))
    return next(filter(None, forms), None)


def _filled(
    row: Row, text: str, head: tuple[int, int], length: int, frame: _Frame, subject: Mention
) -> Iterator[tuple[Mention, str, Term]]:
    """Yield subject, predicate and object for the words in front of the verb of *frame*.

    *length* is that of the verb; behind it may stand what a cleft sentence tells.
    """
    words = text[head[0] : head[1]]
    cleft = _compiled().reading["cleft"].match(text[head[1] + length : head[1] + length + _TAIL])
    for say in frame.say:
        at = head[0]
        match = say.match.search(words)
        if match is None and cleft is not None:
            at = head[1] + length + cleft.start("o")
            match = _alone(say.match, cleft["o"])
        if match is None:
            continue
        if "x" in say.match.groupindex:
            yield subject, say.predicate, Value(_plain(row, match["x"], at + match.start("x")))
            continue
        term = row.term(at + match.start("o"))
        if term is None or term == subject:
            continue
        if say.turned:
            if isinstance(term, Mention):
                yield term, say.predicate, subject
        else:
            yield subject, say.predicate, term


@cache
def _standing() -> Choices[_Beside]:
    return Choices((rule, rule.match) for rule in _compiled().beside)


def _beside(row: Row) -> Iterator[Claim]:
    """Yield what names say by what they stand beside."""
    for rule in _standing().possible(row.row):
        for match in rule.match.finditer(row.row):
            subject = _mention(row, match.start("s"))
            if subject is None:
                continue
            for _, predicate, group in rule.say:
                target = _target(row, match, group)
                if target is not None and target != subject:
                    yield Claim(subject, predicate, target, f"ja: {rule.name}")


def _target(row: Row, match: re.Match[str], group: str) -> Term | None:
    """Return the object in a group: a name or date, or text for ``x`` and ``x:b``.

    ``first:d`` and ``last:d`` are the ends of a period; a single date has none.
    """
    form, _, plain = group.rpartition(":")
    if match[plain] is None:
        return None
    if form in {"first", "last"}:
        return next(bound(row.items_in(*match.span(plain)), form), None)
    if plain == "x":
        items = row.items_in(*match.span(plain))
        quantity = items[0].quantity if len(items) == 1 else None
        text = str(quantity.lower) if quantity is not None else match[plain].strip()
        return Value(text, "decimal" if text.isdecimal() else "string")
    term = row.term(match.start(plain))
    if group.startswith("x:"):
        return Value(term.name if isinstance(term, Mention) else match[plain])
    return term


def _plain(row: Row, text: str, start: int) -> str:
    """Return a piece of the row with its signs written out."""
    written = []
    for at, sign in enumerate(text, start):
        term = row.term(at) if "\ue000" <= sign <= "\uf8ff" else sign
        written.append(term.text if isinstance(term, Mention | Value) else sign)
    return "".join(written)


def _mention(row: Row, at: int) -> Mention | None:
    term = row.term(at)
    return term if isinstance(term, Mention) else None
