"""Works described in running text with what a reference list would give.

``S. Ivanova "Letters from the camp" (Chita, 1999)`` is as good as an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...language.prefilter import Haystack
from ...model import BlockKind, Contributor, Document, Reference
from .entries import parse_entry
from .lists import IN_TEXT
from .names import known_given, people
from .patterns import compiled, rule_list

_PROSE = frozenset(
    (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.NOTE, BlockKind.CAPTION)
)
_BEFORE = 80
"""Characters before a title in which its author may stand."""
_BETWEEN = re.compile(r"[\s,;]*(?:and|и|und|、)?\s*")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORDS = re.compile(r"\w+")
_QUOTE_MARKS = '"“”«»„『』'


def find_described(document: Document) -> list[Reference]:
    """Return the works that the text of *document* describes, in order; none overlaps another."""
    found: list[Reference] = []
    for start, end in _stretches(document):
        for match in _matches(document.text, start, end):
            begin = match.start("described")
            if found and begin < found[-1].end:
                continue
            one = _read(document, match, start, found)
            while one is not None:
                found.append(one)
                one = _next_of_series(document, one.end, end)
    return found


def _next_of_series(document: Document, start: int, end: int) -> Reference | None:
    """Return the work named right after another, with its author only."""
    for rule in rule_list("references", "in-series"):
        if match := rule.pattern.match(document.text, start, end):
            one = parse_entry(match["described"], document.language)
            begin = match.start("described")
            if one.titles and one.authors:
                return moved(replace(one, list_name=IN_TEXT, kind="book"), begin)
    return None


def _stretches(document: Document) -> Iterator[tuple[int, int]]:
    """Yield runs of running text; a title may go over the end of a paragraph."""
    run: tuple[int, int] | None = None
    for block in document.blocks:
        if block.kind in _PROSE:
            run = (run[0], block.end) if run else (block.start, block.end)
        elif run:
            yield run
            run = None
    if run:
        yield run


def _matches(text: str, start: int, end: int) -> list[re.Match[str]]:
    hay = Haystack(text[start:end])
    found = [
        match
        for rule in rule_list("references", "in-text")
        if rule.admits(hay)
        for match in rule.pattern.finditer(text, start, end)
    ]
    return sorted(found, key=lambda match: (match.start("described"), -match.end()))


def _read(
    document: Document, match: re.Match[str], limit: int, found: list[Reference]
) -> Reference | None:
    text, end = document.text, match.end("described")
    if text[end : end + 1] in tuple(_QUOTE_MARKS):
        return None
    title = _title(text, match, limit)
    if title is None or (found and title[0] < found[-1].end):
        return None
    authors, start = _author_before(text, title[0], limit)
    begin = min(title[0], match.start("described"))
    start = min(start, begin)
    reference = moved(parse_entry(_mended(text, match, title, begin), document.language), begin)
    if not reference.authors and authors:
        reference = replace(reference, authors=authors)
    if not _believable(reference):
        return None
    if not reference.authors and found and _BETWEEN.fullmatch(text, found[-1].end, start):
        reference = replace(reference, authors=found[-1].authors)
    return replace(reference, start=start, end=end, text=text[start:end], list_name=IN_TEXT)


def _title(text: str, match: re.Match[str], limit: int) -> tuple[int, int] | None:
    """Return where the title stands, with its opening mark.

    Where a stray mark has cut it in two (``"Title of it". it" (Moscow, 1999)``) it begins at the
    mark before and ends at the stray one.
    """
    end = match.end("title")
    begin = match.start("title") - 1
    while text[begin].isspace():
        begin -= 1
    title = match["title"].strip()
    if title[:1].isalnum():
        long = len(_WORDS.findall(title)) > 1 or len(_CJK.findall(title)) > 4
        return (begin, end) if long and not title[0].islower() else None
    before = max(text.rfind(mark, max(limit, begin - 300), begin) for mark in _QUOTE_MARKS)
    return (before, begin) if before >= 0 else None


def _mended(text: str, match: re.Match[str], title: tuple[int, int], start: int) -> str:
    """Return the description with the title in one pair of marks, at its own length."""
    begin, end = title
    source = match.start("source")
    if source <= end:
        return text[start : match.end("described")]
    closed = "”" + " " * (source - end - 1)
    rest = text[source : match.end("described")]
    return f"{text[start:begin]}“{text[begin + 1 : end]}{closed}{rest}"


def _author_before(text: str, begin: int, limit: int) -> tuple[tuple[Contributor, ...], int]:
    window = max(limit, begin - _BEFORE)
    for rule in rule_list("references", "author-before"):
        match = rule.pattern.search(text[window:begin])
        if match is None:
            continue
        found = people(match["author"])
        if found and _certain(found[0]):
            return found, window + match.start("author")
    return (), begin


def _certain(one: Contributor) -> bool:
    return bool(compiled("<initials>").match(one.given)) or known_given(one.given.split(" ")[0])


def _believable(reference: Reference) -> bool:
    """Whether enough was read to call it a reference: a title and when or where it appeared.

    A year alone may be that of an event (``the "August Storm" (1945)``): then the author must be
    named, or the title be long.
    """
    if not reference.titles:
        return False
    if reference.url or reference.place or reference.publisher:
        return True
    if reference.issued is None or "/" in reference.issued.edtf:
        return False
    title = reference.titles[0].text
    long = len(_WORDS.findall(title)) > 4 or len(_CJK.findall(title)) > 8
    return long or bool(reference.authors)


def moved(reference: Reference, start: int) -> Reference:
    """Return *reference*, read at offset 0, as it stands at *start* in the document."""
    dates = {
        name: replace(date, start=date.start + start, end=date.end + start)
        for name in ("issued", "archived", "retrieved")
        if (date := getattr(reference, name)) is not None
    }
    return replace(reference, start=reference.start + start, end=reference.end + start, **dates)
