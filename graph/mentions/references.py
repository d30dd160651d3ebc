"""Turn the fields of parsed references into mentions: authors, titles, publishers, places.

A reference list says by its form what is what, so inside an entry the parsed fields decide, and
what the patterns found there stays only where it lies inside a title or beside the fields.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping

from ..language.finding import find_words
from ..model import Contributor, Document, EntityKind, Mention, Reference
from .finder import language_of
from .machine import machine

_RULE = "reference"
_PUBLISHERS = re.compile(r"\s*[/;]\s*|, (?=[^\W\d_]+ [^\W\d_]+ )")
_QUOTES = " \"'“”‘’„«»「」『』"


def add_references(
    document: Document, mentions: Iterable[Mention], references: Iterable[Reference]
) -> tuple[Mention, ...]:
    """Return *mentions* with those of the reference entries added, in the order of the text.

    A field that the entry does not hold as printed (tidied beyond recognition) is left out.
    """
    found = sorted(mentions, key=_place)
    starts = [item.start for item in found]
    kept = dict(enumerate(found))
    added: list[Mention] = []
    nests = machine().nests
    for reference in references:
        first = bisect_left(starts, reference.start)
        last = bisect_right(starts, reference.end, lo=first)
        here = {n: kept[n] for n in range(first, last) if n in kept}
        here = {n: item for n, item in here.items() if _within(item, reference)}
        known = {(item.start, item.end): item for item in here.values()}
        fields = [_with_authority(field, known) for field in _fields(document, reference)]
        for number, item in here.items():
            if not all(_fits(item, field, nests) for field in fields):
                del kept[number]
        added += fields
    return tuple(sorted([*kept.values(), *added], key=_place))


def _place(item: Mention) -> tuple[int, int, EntityKind]:
    return item.start, -item.end, item.kind


def _within(mention: Mention, reference: Reference) -> bool:
    return reference.start <= mention.start and mention.end <= reference.end


def _fits(item: Mention, field: Mention, nests: Mapping[str, frozenset[str]]) -> bool:
    """Return whether a mention can stay beside a field."""
    if item.end <= field.start or field.end <= item.start:
        return True
    if (item.start, item.end, item.kind) == (field.start, field.end, field.kind):
        return False
    return field.start <= item.start and item.end <= field.end and item.kind in nests[field.kind]


def _with_authority(field: Mention, known: Mapping[tuple[int, int], Mention]) -> Mention:
    other = known.get((field.start, field.end))
    return other if other is not None and other.kind == field.kind else field


def _fields(document: Document, reference: Reference) -> list[Mention]:
    found: list[Mention] = []
    for kind, text, subkind in _wanted(reference):
        span = _find(document.text, text.strip(_QUOTES), reference)
        if span and all(span[1] <= other.start or other.end <= span[0] for other in found):
            found.append(_mention(document.text, span, kind, subkind))
    return found


def _wanted(reference: Reference) -> Iterator[tuple[EntityKind, str, str]]:
    """Yield kind, text and finer kind of every field that names something, the surest first."""
    for title in reference.titles:
        yield EntityKind.WORK, title.text, reference.kind
    for contributor in (*reference.authors, *reference.editors, *reference.translators):
        yield _contributor(contributor)
    for publisher in _PUBLISHERS.split(reference.publisher):
        yield EntityKind.ORGANISATION, publisher, "publisher"
    yield EntityKind.ORGANISATION, reference.container, "periodical"
    yield EntityKind.ORGANISATION, reference.archive, "web-archive"
    for place in re.split(r"\s*(?:;|/|&|\band\b|\bи\b)\s*", reference.place):
        yield EntityKind.PLACE, place, ""


def _contributor(contributor: Contributor) -> tuple[EntityKind, str, str]:
    kind = EntityKind.ORGANISATION if contributor.corporate else EntityKind.PERSON
    return kind, contributor.literal, ""


def _find(text: str, wanted: str, reference: Reference) -> tuple[int, int] | None:
    words = wanted.split()
    if not words:
        return None
    return find_words(text, words, reference.start, reference.end)


def _mention(text: str, span: tuple[int, int], kind: EntityKind, subkind: str) -> Mention:
    printed = text[span[0] : span[1]]
    return Mention(
        *span,
        printed,
        kind,
        re.sub(r"\s+", " ", printed),
        language=language_of(printed),
        subkind=subkind,
        rule=_RULE,
        confidence=0.9,
    )
