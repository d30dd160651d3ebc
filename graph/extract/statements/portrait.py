"""A text about one person: whom its title names, and the labelled lines of a life."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ...language.dates import find_dates
from ...model import BlockKind, EntityKind, Extraction, Mention, Statement, Value
from ...resources import rules
from .parts import Clause

_READ = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.METADATA)
_MARKUP = " =#*_"
_TAIL = re.compile(r"\s*(?:$|[|–—:,(\[/-]|explained\b|biography\b)", re.IGNORECASE)
"""What may stand behind the name in a title."""
_LINE = re.compile(r"^[ \t]*(?:[-*•·|] ?)?(?P<line>[^\n]{4,160})$", re.MULTILINE)
_RULE = "line of a life"
_SPLIT = re.compile(r"\s*[,;/]\s*(?:and )?|\s+and\s+")
_LONGEST = 60
"""Code points of a line that only goes on with the place of the one before."""
_KINDS = {
    "place": (EntityKind.PLACE, EntityKind.CAMP),
    "school": (EntityKind.ORGANISATION,),
    "body": (EntityKind.ORGANISATION, EntityKind.MILITARY_UNIT),
    "unit": (EntityKind.MILITARY_UNIT,),
    "person": (EntityKind.PERSON,),
    "event": (EntityKind.EVENT,),
}


def portrayed(extraction: Extraction) -> Mention | None:
    """Return the mention, in the title, of the person a text is about; None for other texts."""
    title = extraction.document.title.strip(_MARKUP)
    for mention in extraction.mentions:
        if mention.kind is EntityKind.PERSON and title.startswith(mention.text):
            named = " " in mention.text and _TAIL.match(title, len(mention.text))
            return mention if named else None
    return None


def life_lines(extraction: Extraction, person: Mention) -> Iterator[Statement]:
    """Yield what the labelled lines of an infobox say of *person*: "Born: 3 May 1920, Kobe"."""
    lines = list(_lines(extraction))
    for at, (start, text) in enumerate(lines):
        found = _label(text)
        if found is None:
            continue
        said, begins = found
        end = start + len(text)
        for line in said:
            predicate, _, form = line.partition(" ")
            spans = [(start + begins, end)]
            if form == "place" and at + 1 < len(lines):
                spans.append(_continued(lines[at + 1]))
            for value in _values(extraction, form, text[begins:], spans):
                if value != person:
                    yield Statement(start, end, person, predicate, value, rule=_RULE)


def lacks_subject(clauses: Sequence[Clause]) -> bool:
    """Return whether a sentence begins with its verb and names nobody who did it."""
    if not clauses or clauses[0].at or any(clause.subjects for clause in clauses):
        return False
    verb = clauses[0].verb
    return verb.form == "finite" or (verb.form == "participle" and verb.passive)


def _lines(extraction: Extraction) -> Iterator[tuple[int, str]]:
    """Yield the short lines of the text, with their places."""
    document = extraction.document
    for block in document.blocks:
        if block.kind in _READ:
            for match in _LINE.finditer(document.text, block.start, block.end):
                yield match.start("line"), match["line"].rstrip()


def _continued(line: tuple[int, str]) -> tuple[int, int]:
    """Return the range of a line that may go on with a place; an empty one for others."""
    start, text = line
    short = len(text) < _LONGEST and _label(text) is None
    return (start, start + len(text)) if short else (start, start)


def _values(
    extraction: Extraction, form: str, text: str, spans: Sequence[tuple[int, int]]
) -> Iterator[Mention | Value]:
    """Yield the values of a line: dates, words of its text, or the mentions of a kind."""
    if form == "date":
        yield from (Value(date.edtf, "edtf") for date in find_dates(text, "en")[:1])
    elif form in ("text", "texts"):
        parts = _SPLIT.split(text) if form == "texts" else [text]
        yield from (Value(part.strip(" .")) for part in parts if part.strip(" ."))
    else:
        yield from _mentioned(extraction, form, spans)


def _mentioned(
    extraction: Extraction, form: str, spans: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    """Yield the mentions of a kind in the first of the ranges that has any; of places the first."""
    for start, end in spans:
        found = [
            mention
            for mention in extraction.mentions
            if start <= mention.start and mention.end <= end and mention.kind in _KINDS[form]
        ]
        if found:
            yield from found[:1] if form == "place" else found
            return


def _label(text: str) -> tuple[Sequence[str], int] | None:
    """Return what the label of a line says, and where its value begins; None without one."""
    match = _labels().match(text)
    if match is None:
        return None
    glued = not match["mark"]
    follows = text[match.end() : match.end() + 1]
    if glued and not (follows.isupper() or follows.isdigit() or follows in ("(", "[")):
        return None
    return _said()[match["label"].casefold()], match.end()


@cache
def _said() -> Mapping[str, Sequence[str]]:
    return {
        label: table["say"]
        for table in rules("statements_lives")["line"]
        for label in table["labels"]
    }


@cache
def _labels() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_said(), key=len, reverse=True)))
    return re.compile(rf"(?P<label>{names})(?P<mark>\s*[:：|\t]\s*)?", re.IGNORECASE)
