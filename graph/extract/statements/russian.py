"""Russian sentences clause by clause: any order of words, a subject that may be left out.

A subject is a name in the nominative, a pronoun for the topic, or the topic itself where nothing
that could be a subject stands in front of the verb and the verb agrees in number. Verbs without a
subject tell of their object (пленных отправили), participles of the name they stand behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ...language.prefilter import Choices
from ...model import EntityKind, Mention, Stance, Term, Value
from ...resources import rules
from .frames import Claim
from .names import Row
from .russian_rules import Frame, compiled
from .russian_subjects import agrees, explicit, modified, named, patient

_CUT = re.compile(r" (?:[,;:—–-] )+| (?=(?:и|но|а|где|затем|после чего) )")
_CARRIED = frozenset(
    {EntityKind.PERSON, EntityKind.GROUP, EntityKind.CAMP, EntityKind.ORGANISATION}
)
_HEDGE = 20
"""How far in front of a clause a word like "probably" may stand, in a clause of its own."""

_FrameVerb = tuple[Frame, str, re.Pattern[str]]
_LISTED = frozenset({"sentTo", "internedIn"})
"""Predicates that hold of every place of a list."""

_NEGATED = re.compile(r"(?:^| )(?:не|ни|никогда не|так и не|не смог\w*|не удалось)(?: \w+)? $")


def blank_unreal(row: Row) -> None:
    """Blank the clauses of a row that tell what was wished, ordered or possible only."""
    reading = compiled().reading
    if not reading["wished"].search(row.row):
        return
    unreal = False
    for start, end in list(_clauses(row.row)):
        if reading["wished"].search(row.row, start, end):
            unreal = True
        elif unreal:
            unreal = bool(reading["goes_on"].match(row.row, start, end))
        if unreal:
            row.blank(start, end)


class Clauses:
    """Reads the sentences of a document in their order and remembers the topic."""

    def __init__(self) -> None:
        """Start with no topic."""
        self._topic: Mention | None = None
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
        if compiled().reading["unreal"].search(row.row) or row.row.endswith("?"):
            return
        last: Mention | None = None
        topic = self._topic
        told: Mention | None = None
        used = False
        for start, end in _clauses(row.row):
            for match, frame, key in _verbs(row.row, start, end):
                spoken = topic or last
                if key == "participle":
                    subject = modified(row, match, frame)
                elif key == "transitive":
                    subject = patient(row, (start, end), match, frame, told or spoken)
                    told = subject or told
                else:
                    subject = _subject(row, (start, end), match, frame, spoken)
                    topic = subject or topic
                if subject is not None:
                    used = used or subject is topic
                    clause = (match.start(), end) if key == "participle" else (start, end)
                    yield from _said(row, clause, match, frame, subject)
            last = named(row, start, end) or last
            told = named(row, start, end, objects=True) or told
        self._topic = _following(row, topic, last, used)
        if not used and told is not None and told.kind is EntityKind.GROUP:
            self._topic = told


def _following(row: Row, topic: Mention | None, last: Mention | None, used: bool) -> Mention | None:
    """Return whom the next sentence is about; nobody where somebody else was named."""
    carried = topic if topic is not None and topic.kind in _CARRIED else None
    if used and carried is not None:
        return carried
    if last is not None and last.kind is EntityKind.PERSON:
        return last
    strangers = (
        item.mention is not None and item.mention.kind is EntityKind.PERSON
        for item in row.items_in(0, len(row.row))
    )
    return None if any(strangers) else carried


@cache
def _choices() -> Choices[_FrameVerb]:
    return Choices(
        ((frame, key, verb), verb)
        for frame in compiled().frames
        for key, verb in frame.verbs.items()
    )


@lru_cache(maxsize=16)
def _possible(text: str) -> tuple[_FrameVerb, ...]:
    """Return the verbs that a sentence may hold; its clauses ask for them in turn."""
    return _choices().possible(text)


def _verbs(text: str, start: int, end: int) -> list[tuple[re.Match[str], Frame, str]]:
    found = [
        (match, frame, key)
        for frame, key, verb in _possible(text)
        for match in verb.finditer(text, start, end)
    ]
    return sorted(found, key=lambda verb: verb[0].start())


def _subject(
    row: Row,
    clause: tuple[int, int],
    verb: re.Match[str],
    frame: Frame,
    topic: Mention | None,
) -> Mention | None:
    """Return the subject of a verb, None if there is none that the frame takes."""
    found = explicit(row, clause, verb, frame)
    if found is not None:
        return found
    reading = compiled().reading
    if topic is None or topic.kind not in frame.kinds or not agrees(verb[0], topic):
        return None
    front = row.row[clause[0] : verb.start()]
    if reading["numbered"].search(front):
        return None
    pronoun = reading["pronoun"].search(front)
    if pronoun is not None:
        front = front[: pronoun.start("p")] + front[pronoun.end() + 1 :]
    if not pronoun and reading["relative"].match(front.lstrip()):
        return topic
    return topic if compiled().before.fullmatch(front) else None


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _CUT.finditer(text):
        yield start, cut.start()
        start = cut.end()
    yield start, len(text)


def _said(
    row: Row, clause: tuple[int, int], verb: re.Match[str], frame: Frame, subject: Mention
) -> Iterator[Claim]:
    stance = _stance(row.row, clause, verb)
    for predicate, expression in frame.say:
        match = expression.search(row.row, *clause)
        target: Term | None = None
        if match is not None and "x" in expression.groupindex:
            target = Value(_nominative(match["x"]))
        elif match is not None:
            target = row.term(match.start("o"))
        if target is None or target == subject:
            continue
        rule = f"ru: {frame.name}"
        if match is not None and predicate in _LISTED:
            for more in _more(row, match.end("o")):
                yield Claim(subject, predicate, more, rule, stance=stance)
        if not predicate.startswith("^"):
            yield Claim(subject, predicate, target, rule, stance=stance)
        elif isinstance(target, Mention):
            yield Claim(target, predicate[1:], subject, rule, stance=stance)


def _more(row: Row, at: int) -> Iterator[Mention]:
    """Yield the places listed behind a first one: в Читу, Омск и на Урал."""
    found = compiled().reading["listed"].match(row.row, at)
    for item in row.items_in(*found.span()) if found is not None and found[0] else ():
        if item.mention is not None:
            yield item.mention


def _nominative(office: str) -> str:
    """Return an office in the nominative: командиром is командир."""
    first, *rest = office.split()
    for ending, nominative in _offices().items():
        if first.endswith(ending):
            first = first.removesuffix(ending) + nominative
            break
    return " ".join([first, *rest])


@cache
def _offices() -> dict[str, str]:
    return dict(rules("statements_ru")["offices"])


def _stance(text: str, clause: tuple[int, int], verb: re.Match[str]) -> Stance:
    if verb[0].startswith("не ") or _NEGATED.search(text[clause[0] : verb.start()]):
        return Stance.DENIED
    hedged = compiled().reading["hedge"].search(text, max(0, clause[0] - _HEDGE), clause[1])
    return Stance.HEDGED if hedged else Stance.ASSERTED
