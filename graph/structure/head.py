"""The lines that tell about a document: author, publisher, date, source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, zip_longest

from ..language.transliteration import is_romaji
from ..model import BlockKind
from ..resources import rules
from .patterns import furniture_of, section_of
from .units import Unit, cut, fold

_MAX_LINE = 420
_MIN_PAIRS = 2
_BULLET = re.compile(r"^[•·▪●|/–-]\s+")
_MAX_SIGNATURE = 120


def split_title(units: list[Unit], text: str) -> list[Unit]:
    """Cut a label such as ``Keywords:`` off the end of an early line it is stuck to."""
    result: list[Unit] = []
    for position, unit in enumerate(units):
        found = _glued().search(unit.text) if position < 12 and unit.open else None
        if found and found.start() > 3 and not unit.substantial:
            result += cut(unit, text, [unit.start + found.start()])
        else:
            result.append(unit)
    return result


def mark_metadata(units: Sequence[Unit], metadata: dict[str, str]) -> None:
    """Mark lines that tell about the document, and add what they say to *metadata*.

    What is known already stays. Call it only with lines before the first or after the last
    paragraph: inside the text the same words speak of other things.
    """
    for unit, following in zip_longest(units, units[1:]):
        if not unit.open or len(unit.text) > _MAX_LINE:
            continue
        for field, value in _line(_BULLET.sub("", unit.text)):
            unit.mark(BlockKind.METADATA, field)
            _note(field, value, metadata)
        if unit.open and following and following.open:
            _labelled(unit, following, metadata)


def tells_about(line: str) -> bool:
    """Tell whether a line has the form of metadata: ``Published: …``, ``… (accessed …)``."""
    return len(line) <= _MAX_LINE and any(True for _ in _line(line))


def mark_labelled(units: Sequence[Unit], metadata: dict[str, str]) -> None:
    """Mark lines whose label leaves no doubt wherever they stand: key words, how to cite."""
    for unit in units:
        if unit.open and len(unit.text) <= _MAX_LINE:
            for field, value in _line(unit.text):
                if field in rules("structure_metadata")["anywhere"]["fields"]:
                    unit.mark(BlockKind.METADATA, field)
                    _note(field, value, metadata)


def mark_contributors(units: Sequence[Unit], metadata: dict[str, str]) -> None:
    """Mark a box about the author: a label, a name, and what follows about that name."""
    for index, unit in enumerate(units):
        if (
            not (unit.open or unit.kind is BlockKind.HEADING)
            or section_of(unit.text) != "contributor"
        ):
            continue
        rest = units[index + 1 : index + 5]
        if rest and rest[0].open and _introduces(rest[0].text):
            unit.mark(BlockKind.METADATA, "contributor")
            rest[0].mark(BlockKind.METADATA, "contributor")
            continue
        if not rest or not rest[0].open or rest[0].weight > 100 or furniture_of(rest[0].text):
            continue
        name = rest[0].text.rstrip(":")
        first = name.split(",")[0].strip()
        unit.mark(BlockKind.METADATA, "contributor")
        rest[0].mark(BlockKind.METADATA, "contributor")
        metadata.setdefault("creator", first)
        for other in rest[1:]:
            if not other.open or first.split()[-1] not in other.text:
                break
            other.mark(BlockKind.METADATA, "contributor")


def is_person(text: str) -> bool:
    """Tell whether a line is nothing but a name that begins with a known given name."""
    return text.split()[0] in _given() and _name().fullmatch(text) is not None


def is_institution(text: str) -> bool:
    """Tell whether a short line names a university, an archive or the like."""
    return len(text) <= _MAX_SIGNATURE and _institution().search(text) is not None


def is_periodical(text: str) -> bool:
    """Tell whether a short line names a journal."""
    return len(text) <= _MAX_SIGNATURE and _periodical().search(text) is not None


def _introduces(text: str) -> bool:
    """Tell whether a paragraph begins with a name and says who that is."""
    name = _name().match(text)
    return name is not None and _biography().match(text, name.end()) is not None


def mark_byline(units: Sequence[Unit], metadata: dict[str, str]) -> None:
    """Mark a line below the title that is only a name, a known one or with the date beside it."""
    told = [unit for unit in units if unit.kind is not BlockKind.BOILERPLATE]
    for before, unit, after in zip_longest(told, told[1:], told[2:]):
        if unit is None:
            return
        dated = before.reason == "issued" or (after is not None and after.reason == "issued")
        below = before.kind is BlockKind.TITLE or after is None
        below = below and _names(unit.text)
        if unit.open and (dated or below) and _signs(unit.text):
            unit.mark(BlockKind.METADATA, "creator")
            metadata.setdefault("creator", unit.text)
            if after and after.open and not after.finished and _institution().search(after.text):
                after.mark(BlockKind.METADATA, "creator")


def mark_site_dates(units: Sequence[Unit], title: Unit | None, metadata: dict[str, str]) -> None:
    """Mark the date above the title as the site's, where another stands between it and the text."""
    dated = [unit for unit in units if unit.kind is BlockKind.METADATA and unit.reason == "issued"]
    above = [unit for unit in dated if title is not None and unit.start < title.start]
    below = [unit for unit in dated if unit not in above]
    if above and below:
        for unit in above:
            unit.mark(BlockKind.BOILERPLATE, "site date")
        metadata.update(_line(_BULLET.sub("", below[0].text)))


def _signs(line: str) -> bool:
    """Tell whether a line is nothing but a name, and not that of a part of the site."""
    return bool(_name().fullmatch(line)) and not _rubric().search(line)


def _names(line: str) -> bool:
    """Tell whether a line begins with a given name, or is a Japanese name in Latin letters."""
    words = line.split()
    return words[0] in _given() or (len(words) == 2 and all(is_romaji(word) for word in words))


def mark_pairs(units: Sequence[Unit]) -> None:
    """Mark the labels of a catalogue that stand above their values, and the values.

    The value of a label such as ``Title`` stays open: it is the title of the page.
    """
    label = re.compile("|".join(rules("structure_metadata")["pairs"]["labels"]), re.I)
    title = re.compile("|".join(rules("structure_metadata")["pairs"]["titles"]), re.I)
    found = [
        (unit, below)
        for unit, below in pairwise(units)
        if unit.open and below.open and not below.finished and label.fullmatch(unit.text)
        if below.weight <= _MAX_SIGNATURE and not label.fullmatch(below.text)
    ]
    for unit, below in found if len(found) >= _MIN_PAIRS else ():
        unit.mark(BlockKind.METADATA, "label")
        if not title.fullmatch(unit.text):
            below.mark(BlockKind.METADATA, "description")


def mark_signature(units: Sequence[Unit], metadata: dict[str, str]) -> None:
    """Mark a short line with the author's name, and the institution on the line after it."""
    names = [fold(part) for part in re.split(r";|,| and | & ", metadata.get("creator", ""))]
    names = [name for name in names if len(name) > 4]
    for unit, after in zip_longest(units, units[1:]):
        short = unit.open and unit.weight <= _MAX_SIGNATURE and not unit.finished
        if short and any(name in fold(unit.text) for name in names):
            unit.mark(BlockKind.METADATA, "signature")
            if after and after.open and not after.finished and _institution().search(after.text):
                after.mark(BlockKind.METADATA, "signature")


def mark_biography(units: Sequence[Unit], metadata: dict[str, str]) -> None:
    """Mark the last paragraphs if they say who the author is."""
    name = metadata.get("creator", "")
    for unit in reversed(units):
        if unit.kind in {BlockKind.METADATA, BlockKind.BOILERPLATE}:
            continue
        if not (unit.open and len(name) > 4 and unit.text.startswith(name)):
            return
        if not _biography().match(unit.text, len(name)):
            return
        unit.mark(BlockKind.METADATA, "contributor")


def _line(line: str) -> Iterator[tuple[str, str]]:
    for field, found in _lines():
        if match := found.fullmatch(line):
            yield field, match["value"].strip()
            return


def _labelled(unit: Unit, following: Unit, metadata: dict[str, str]) -> None:
    for field, label, value in _labels():
        if label.fullmatch(unit.text) and value.fullmatch(following.text):
            unit.mark(BlockKind.METADATA, field)
            following.mark(BlockKind.METADATA, field)
            _note(field, following.text, metadata)
            return


def _note(field: str, value: str, metadata: dict[str, str]) -> None:
    """Keep the first value of a field, and what a line on how to cite says beside."""
    metadata.setdefault(field, value)
    if field == "citation":
        for other, found in _cited():
            if match := found.search(value):
                metadata.setdefault(other, match["value"].strip())


@cache
def _lines() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (r["field"], re.compile(r["pattern"])) for r in rules("structure_metadata")["line"]
    )


@cache
def _cited() -> tuple[tuple[str, re.Pattern[str]], ...]:
    listed = rules("structure_metadata")["within"]
    return tuple((rule["field"], re.compile(rule["pattern"])) for rule in listed)


@cache
def _labels() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (rule["field"], re.compile(rule["pattern"]), re.compile(rule["value"]))
        for rule in rules("structure_metadata")["follows"]
    )


@cache
def _glued() -> re.Pattern[str]:
    return re.compile("|".join(rules("structure_metadata")["glued"]["labels"]))


@cache
def _name() -> re.Pattern[str]:
    return re.compile("|".join(rules("structure_metadata")["signature"]["name"]))


@cache
def _given() -> frozenset[str]:
    words = rules("persons")["words"]
    return frozenset((*words["given"], *words["given-ja"]))


@cache
def _biography() -> re.Pattern[str]:
    return re.compile("|".join(rules("structure_metadata")["signature"]["biography"]))


@cache
def _rubric() -> re.Pattern[str]:
    return re.compile("|".join(rules("structure_metadata")["signature"]["rubrics"]))


@cache
def _periodical() -> re.Pattern[str]:
    return re.compile("|".join(rules("structure_metadata")["signature"]["periodicals"]))


@cache
def _institution() -> re.Pattern[str]:
    return re.compile("|".join(rules("structure_metadata")["signature"]["institutions"]))
