"""Archive descriptions: labelled lines, listed items and the colophon of a finding aid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ...language.dates import find_dates
from ...model import BlockKind, EntityKind, Extraction, Mention, Statement, Value
from ...resources import rules
from .bibliography import document_work
from .places import Spot, covering

_LABEL = re.compile(r"^([^\n:：]{2,30})[:：]\s*(\S[^\n]*)", re.MULTILINE)
_BRACKET = re.compile(r"\s*\(([^()]{3,200})\)\s*$")
_LANGUAGES = re.compile(r"[A-Z][a-z]+(?:ese|ian|ish|man|nch|ean|ol)\b")
_READ = (BlockKind.METADATA, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_RULE = "finding aid"


def catalogue_statements(extraction: Extraction) -> Iterator[Statement]:
    """Yield what a finding aid says of the records it describes; nothing for other documents.

    The document stands for the records: their identifier, period, languages, contents, each listed
    item with its date, extent and number, and who described them.
    """
    document, work = extraction.document, document_work(extraction)
    if work is None:
        return
    fields = list(_fields(extraction))
    if len({name for name, _, _, _ in fields}) < rules("statements_catalogue")["least"]:
        return
    for name, value, start, end in fields:
        for said in _of_field(name, value, document.language):
            yield Statement(start, end, work, name, said, rule=_RULE)
    for block in document.blocks:
        if block.kind in _READ:
            text = document.text[block.start : block.end]
            yield from _items(extraction, work, text, block.start)
            yield from _contents(work, text, block.start)
            yield from _colophon(extraction, work, text, block.start)


def _fields(extraction: Extraction) -> Iterator[tuple[str, str, int, int]]:
    """Yield the labelled lines: property, value and range."""
    document = extraction.document
    for block in document.blocks:
        if block.kind not in _READ:
            continue
        for match in _LABEL.finditer(document.text, block.start, block.end):
            name = _labels().get(match[1].strip().casefold())
            if name is not None:
                yield name, match[2].strip(), match.start(), match.end()


def _of_field(name: str, value: str, language: str) -> Iterator[Value]:
    if name == "identifier":
        yield Value(value.rstrip("."))
    elif name == "coversPeriod":
        yield from (Value(date.edtf, "edtf") for date in find_dates(value, language)[:1])
    elif name == "language":
        yield from (Value(found.group()) for found in _LANGUAGES.finditer(value))


def _items(extraction: Extraction, whole: Mention, text: str, offset: int) -> Iterator[Statement]:
    """Yield what "d. 3. Report on the labour of prisoners. 1946. 55 leaves." says."""
    for match in _item_pattern().finditer(text):
        spot = Spot(offset + match.start("title"), offset + match.end("title"), match["title"])
        item = _work_at(extraction, spot)
        start, end = offset + match.start(), offset + match.end()

        listed = [("label", Value(f"{match['head']} {match['number']}"))]
        if match["unit"].casefold() in _listed("pages"):
            listed.append(("pages", Value(match["extent"])))
        yield Statement(start, end, item, "partOf", whole, tuple(listed), rule=_RULE)
        dated = offset + match.start("date"), offset + match.end("date")
        for date in extraction.dates:
            if dated[0] <= date.start and date.end <= dated[1]:
                when = Value(date.edtf, "edtf")
                yield Statement(start, end, item, "date", when, rule=_RULE)
        about = _about(match["title"])
        if about:
            yield Statement(start, end, item, "about", Value(about), rule=_RULE)


def _contents(whole: Mention, text: str, offset: int) -> Iterator[Statement]:
    for match in _pattern("contents").finditer(text):
        start, end = offset + match.start(), offset + match.end()
        *parts, last = match["list"].strip().split(", ")
        parts += last.removeprefix("and ").split(" and ", 1) if parts else [last]
        for part in filter(None, map(str.strip, parts)):
            yield Statement(start, end, whole, "contains", Value(part), rule=_RULE)


def _colophon(
    extraction: Extraction, whole: Mention, text: str, offset: int
) -> Iterator[Statement]:
    match = _pattern("colophon").search(text)
    if match is None:
        return
    name = match["name"].strip(" ,.")
    at = offset + match.start("name")
    spot = Spot(at, at + len(name), name)
    language = extraction.document.language
    known = covering(extraction.mentions, spot)
    person = known or Mention(at, spot.end, name, EntityKind.PERSON, name, language, rule=_RULE)
    start, end = offset + match.start(), offset + match.end()
    yield Statement(start, end, whole, "author", person, rule=_RULE)
    for date in find_dates(match["date"] or "", language)[:1]:
        yield Statement(start, end, whole, "publicationDate", Value(date.edtf, "edtf"), rule=_RULE)


def _work_at(extraction: Extraction, spot: Spot) -> Mention:
    known = covering(extraction.mentions, spot)
    if known is not None and known.kind is EntityKind.WORK:
        return known
    name = _BRACKET.sub("", spot.text)
    language = "ru" if re.search("[а-яё]", name) else "en"
    return Mention(
        spot.start, spot.start + len(name), name, EntityKind.WORK, name, language, rule=_RULE
    )


def _about(title: str) -> str:
    words = "|".join(map(re.escape, sorted(_listed("about"), key=len, reverse=True)))
    found = re.search(rf"^\S+(?: \S+)? (?:{words}) (?:the )?(.+)$", _BRACKET.sub("", title))
    return found[1] if found else ""


@cache
def _labels() -> Mapping[str, str]:
    fields: Mapping[str, Sequence[str]] = rules("statements_catalogue")["fields"]
    return {label: name for name, listed in fields.items() for label in listed}


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(rules("statements_catalogue")["items"][name])


@cache
def _item_pattern() -> re.Pattern[str]:
    heads = "|".join(map(re.escape, sorted(_listed("heads"), key=len, reverse=True)))
    units = "|".join(map(re.escape, sorted(_listed("units"), key=len, reverse=True)))
    return re.compile(
        rf"^(?P<head>(?i:{heads})\.?) (?P<number>\d{{1,5}}[a-zа-я]?)[.:,] "
        rf"(?P<title>[^\n.]{{4,200}})\. (?P<date>[^\n.]{{4,40}})\. "
        rf"(?P<extent>\d{{1,6}}) (?P<unit>{units})\b",
        re.MULTILINE,
    )


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rules("statements_catalogue")[name]["pattern"], re.IGNORECASE)
