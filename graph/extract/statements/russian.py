"""Russian sentences clause by clause: any order of words, a subject that may be left out.

A subject is a name in the nominative, a pronoun for the topic, or the topic itself where nothing
that could be a subject stands in front of the verb and the verb agrees in number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ...language.inflection import nominative_name
from ...model import EntityKind, Mention, Stance, Term, Value
from ...resources import rules
from .frames import Claim
from .names import Row, clause_macros, expanded, macros_of, sign_of

_CUT = re.compile(r" (?:[,;:—–] )+| (?=(?:и|но|а|где|затем|после чего) )")
_PLURAL = re.compile(r"(?:ли|лись|ны|ты|ут|ют|ат|ят)$")
_CARRIED = frozenset(
    {EntityKind.PERSON, EntityKind.GROUP, EntityKind.CAMP, EntityKind.ORGANISATION}
)
_HEDGE = 20
"""How far in front of a clause a word like "probably" may stand, in a clause of its own."""

_SIGNS = frozenset(map(sign_of, EntityKind))
_PEOPLE = frozenset({EntityKind.GROUP})
_NEGATED = re.compile(r"(?:^| )(?:не|ни|никогда не|так и не|не смог\w*|не удалось)(?: \w+)? $")


@dataclass(frozen=True, slots=True)
class _Frame:
    name: str
    kinds: frozenset[EntityKind]
    verb: re.Pattern[str]
    say: tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class _Rules:
    frames: tuple[_Frame, ...]
    reading: Mapping[str, re.Pattern[str]]
    before: re.Pattern[str]
    """All that stands in front of a verb when its subject is left out."""


@cache
def _compiled() -> _Rules:
    data = rules("statements_ru_clauses")
    macros = clause_macros(data, "ru")

    def expand(text: str) -> re.Pattern[str]:
        return expanded(text, macros)

    def say(line: str) -> tuple[str, re.Pattern[str]]:
        predicate, _, match = line.partition(" ")
        return predicate, expand(f"(?<!\\S){match}")

    reading = data["reading"]
    name = f"[{macros['signs']}{macros['date']}{macros['number']}]"
    noun = rf"(?:{name}|[а-яё-]+{reading['oblique_tail']})"
    phrase = rf"{reading['preposition']} (?:{noun} ){{1,3}}"
    idle = rf"(?:{reading['idle']}|{macros['date']}|(?:не|был|была|были|было)) "
    return _Rules(
        tuple(
            _Frame(
                table["name"],
                frozenset(EntityKind(kind) for kind in table["subject"]),
                expand(rf"(?<!\S)(?:{table['verb']}){reading['verb_end']}"),
                tuple(map(say, table["say"])),
            )
            for table in data["frame"]
        ),
        {name: expand(text) for name, text in reading.items()},
        re.compile(f"(?:{phrase}|{idle})*"),
    )


class Clauses:
    """Reads the sentences of a document in their order and remembers the topic."""

    def __init__(self) -> None:
        """Start with no topic."""
        self._topic: Mention | None = None
        self._section: tuple[str, ...] = ()

    def claims(self, row: Row, section: tuple[str, ...]) -> Iterator[Claim]:
        """Yield what a sentence in *section* says, in the order of its clauses."""
        if section != self._section:
            self._section, self._topic = section, None
        reading = _compiled().reading
        if reading["unreal"].search(row.row) or row.row.endswith("?"):
            return
        last: Mention | None = None
        topic = self._topic
        for start, end in _clauses(row.row):
            verbs = [
                (match, frame)
                for frame in _compiled().frames
                for match in frame.verb.finditer(row.row, start, end)
            ]
            for match, frame in sorted(verbs, key=lambda pair: pair[0].start()):
                subject = self._subject(row, (start, end), match, frame, topic or last)
                if subject is not None:
                    topic = subject
                    yield from _said(row, (start, end), match, frame, subject)
            last = self._named(row, start, end) or last
        if topic is not None and topic.kind in _CARRIED:
            self._topic = topic
        elif last is not None and last.kind is EntityKind.PERSON:
            self._topic = last

    def _named(self, row: Row, start: int, end: int) -> Mention | None:
        """Return the first person or group of a clause that may be its subject."""
        signs = {macros_of("ru")[kind.value] for kind in (EntityKind.PERSON, EntityKind.GROUP)}
        for at in range(start, end):
            mention = _mention(row, at) if row.row[at] in signs else None
            if mention is not None and _is_free(row, start, at) and _is_nominative(mention):
                return mention
        return None

    def _subject(
        self,
        row: Row,
        clause: tuple[int, int],
        verb: re.Match[str],
        frame: _Frame,
        topic: Mention | None,
    ) -> Mention | None:
        """Return the subject of a verb, None if there is none that the frame takes."""
        found = _explicit(row, clause, verb, frame)
        if found is not None:
            return found
        reading = _compiled().reading
        if topic is None or topic.kind not in frame.kinds or not _agrees(verb[0], topic):
            return None
        front = row.row[clause[0] : verb.start()]
        pronoun = reading["pronoun"].search(front)
        if pronoun is not None:
            front = front[: pronoun.start("p")] + front[pronoun.end() + 1 :]
        if not pronoun and reading["relative"].match(front.lstrip()):
            return topic
        return topic if _compiled().before.fullmatch(front) else None


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _CUT.finditer(text):
        yield start, cut.start()
        start = cut.end()
    yield start, len(text)


def _explicit(
    row: Row, clause: tuple[int, int], verb: re.Match[str], frame: _Frame
) -> Mention | None:
    """Return the name in the nominative that is the subject: the nearest in front, or behind."""
    signs = {macros_of("ru")[kind.value] for kind in frame.kinds}
    places = [at for at in range(*clause) if row.row[at] in signs]
    front = [at for at in places if at < verb.start()]
    for at in [*reversed(front), *(at for at in places if at == verb.end() + 1)]:
        mention = _mention(row, at)
        free = mention is not None and _is_free(row, clause[0], at)
        if mention and free and _is_nominative(mention) and _agrees(verb[0], mention):
            return mention
    return None


def _is_free(row: Row, start: int, at: int) -> bool:
    """Return whether no preposition or name in front governs the name at a place of the row."""
    word = row.row[start:at].split()[-1:]
    if word and word[0] in _SIGNS:
        return False
    return not (word and _compiled().reading["preposition"].fullmatch(word[0]))


def _is_nominative(mention: Mention) -> bool:
    """Return whether a name can be a subject by its form."""
    if mention.kind is EntityKind.PERSON:
        return nominative_name(mention.name) == mention.name
    return not _compiled().reading["oblique"].match(mention.text.lower())


def _agrees(verb: str, mention: Mention) -> bool:
    """Return whether a verb agrees in number with a name: groups take the plural."""
    plural = bool(_PLURAL.search(verb.split()[0]))
    return plural == (mention.kind in _PEOPLE)


def _said(
    row: Row, clause: tuple[int, int], verb: re.Match[str], frame: _Frame, subject: Mention
) -> Iterator[Claim]:
    stance = _stance(row.row, clause, verb)
    for predicate, expression in frame.say:
        match = expression.search(row.row, *clause)
        term = _term(row, match.start("o")) if match is not None else None
        if term is None or term == subject:
            continue
        rule = f"ru: {frame.name}"
        if not predicate.startswith("^"):
            yield Claim(subject, predicate, term, rule, stance=stance)
        elif isinstance(term, Mention):
            yield Claim(term, predicate[1:], subject, rule, stance=stance)


def _stance(text: str, clause: tuple[int, int], verb: re.Match[str]) -> Stance:
    if verb[0].startswith("не ") or _NEGATED.search(text[clause[0] : verb.start()]):
        return Stance.DENIED
    hedged = _compiled().reading["hedge"].search(text, max(0, clause[0] - _HEDGE), clause[1])
    return Stance.HEDGED if hedged else Stance.ASSERTED


def _term(row: Row, at: int) -> Term | None:
    for item in row.items_in(at, at + 1):
        if item.mention is not None:
            return item.mention
        if item.date is not None:
            return Value(item.date.edtf, "edtf")
    return None


def _mention(row: Row, at: int) -> Mention | None:
    term = _term(row, at) if at < len(row.row) else None
    return term if isinstance(term, Mention) else None
