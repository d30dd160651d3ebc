"""Whom a Russian verb is about: its subject, its object, or the name a participle stands behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...language.inflection import nominative_name
from ...model import EntityKind, Mention
from .names import Row, macros_of, sign_of
from .russian_rules import Frame, compiled

_PLURAL = re.compile(r"(?:ли|лись|ны|ты|ут|ют|ат|ят)$")
_PLURAL_PARTICIPLE = re.compile(r"(?:ые|ие|ых|их|ыми|ими)(?:ся)?$")
_SIGNS = frozenset(map(sign_of, EntityKind))
_PEOPLE = frozenset({EntityKind.GROUP, EntityKind.MILITARY_UNIT})


def explicit(
    row: Row, clause: tuple[int, int], verb: re.Match[str], frame: Frame
) -> Mention | None:
    """Return the name in the nominative that is the subject: the nearest in front, or behind."""
    places = _places(row, clause, frame)
    front = [at for at in places if at < verb.start()]
    for at in [*reversed(front), *(at for at in places if at == verb.end() + 1)]:
        mention = _mention(row, at)
        if mention is None or not is_free(row, clause[0], at) or not agrees(verb[0], mention):
            continue
        if is_nominative(mention) or (at < verb.start() and _is_counted(row, at)):
            return mention
    return None


def patient(
    row: Row, clause: tuple[int, int], verb: re.Match[str], frame: Frame, topic: Mention | None
) -> Mention | None:
    """Return whom a verb has for its object: пленных отправили, его перевели."""
    reading = compiled().reading
    if reading["whom"].match(row.row, *clause):
        return _in_front(row, clause[0], frame)
    places = _places(row, clause, frame)
    behind = [at for at in places if at > verb.end()]
    front = [at for at in places if at < verb.start()]
    for at in (*behind[:1], *reversed(front)):
        mention = _mention(row, at)
        between = row.row[verb.end() : at] if at > verb.end() else row.row[at + 1 : verb.start()]
        if mention is None or not is_free(row, clause[0], at) or not _is_object(mention):
            continue
        if reading["apart"].fullmatch(between):
            return mention
    if not places and topic is not None and topic.kind in frame.kinds and _is_object(topic):
        return topic if compiled().before.fullmatch(row.row, clause[0], verb.start()) else None
    if topic is None or topic.kind not in frame.kinds:
        return None
    pronoun = reading["them" if topic.kind in _PEOPLE else "him"].search(row.row, *clause)
    if pronoun is None:
        return None
    if pronoun.end() + 1 == verb.start() or pronoun.start("p") == verb.end() + 1:
        return topic
    between = row.row[pronoun.end() + 1 : verb.start()]
    return topic if compiled().before.fullmatch(between) else None


def modified(row: Row, participle: re.Match[str], frame: Frame) -> Mention | None:
    """Return the name that a participle stands behind: немцы, отправленные в лагерь."""
    mention = _in_front(row, participle.start(), frame)
    if mention is None:
        return None
    plural = bool(_PLURAL_PARTICIPLE.search(participle[0].split()[0]))
    return mention if plural == (mention.kind in _PEOPLE) else None


def _in_front(row: Row, at: int, frame: Frame) -> Mention | None:
    """Return the name right in front of a place of the row, a comma or bracket between."""
    front = compiled().reading["in_front"].search(row.row, 0, at)
    mention = _mention(row, front.start("s")) if front is not None else None
    return mention if mention is not None and mention.kind in frame.kinds else None


def _places(row: Row, clause: tuple[int, int], frame: Frame) -> list[int]:
    signs = {macros_of("ru")[kind.value] for kind in frame.kinds}
    return [at for at in range(*clause) if row.row[at] in signs]


def is_free(row: Row, start: int, at: int) -> bool:
    """Return whether no preposition or name in front governs the name at a place of the row."""
    word = row.row[start:at].split()[-1:]
    if word and word[0] in _SIGNS:
        return False
    return not (word and compiled().reading["preposition"].fullmatch(word[0]))


def is_nominative(mention: Mention) -> bool:
    """Return whether a name can be a subject by its form."""
    if mention.kind is EntityKind.PERSON:
        return nominative_name(mention.name) == mention.name
    return not compiled().reading["oblique"].match(mention.text.lower())


def _is_object(mention: Mention) -> bool:
    """Return whether a name can only be an object by its form."""
    if mention.kind is EntityKind.GROUP:
        return bool(compiled().reading["accusative"].search(mention.text.lower()))
    return not is_nominative(mention)


def _is_counted(row: Row, at: int) -> bool:
    """Return whether a number governs the name: 500 японских пленных отправлялись."""
    return bool(compiled().reading["counted"].search(row.row, 0, at))


def agrees(verb: str, mention: Mention) -> bool:
    """Return whether a verb agrees in number with a name: groups take the plural."""
    plural = bool(_PLURAL.search(verb.split()[0]))
    return plural == (mention.kind is EntityKind.GROUP)


def named(row: Row, start: int, end: int, *, objects: bool = False) -> Mention | None:
    """Return the first person or group of a clause that may be its subject, or its object."""
    fits = _is_object if objects else is_nominative
    for at in _person_places(row, start, end):
        mention = _mention(row, at)
        if mention is None or not is_free(row, start, at) or not fits(mention):
            continue
        if objects or mention.kind is EntityKind.GROUP or _leads(row, start, at):
            return mention
    return None


def _leads(row: Row, start: int, at: int) -> bool:
    """Return whether a person's name opens its clause, or no noun in front can govern it."""
    front = row.row[start:at]
    return bool(
        compiled().before.fullmatch(front) or compiled().reading["ungoverned"].search(front)
    )


def _person_places(row: Row, start: int, end: int) -> Iterator[int]:
    signs = {macros_of("ru")[kind.value] for kind in (EntityKind.PERSON, EntityKind.GROUP)}
    return (at for at in range(start, end) if row.row[at] in signs)


def _mention(row: Row, at: int) -> Mention | None:
    found = row.term(at) if at < len(row.row) else None
    return found if isinstance(found, Mention) else None
