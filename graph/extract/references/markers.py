"""Bind inline citations to the entries they point at, and to what they back."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...language.prefilter import Haystack
from ...model import BlockKind, Document, InlineKind, Marker, Reference
from .lists import IN_TEXT, LEGEND, Entry
from .patterns import compiled, rule_list
from .scopes import Scopes
from .works import folded

_NUMBERS = re.compile(r"\d{1,3}")
_RANGE = re.compile(r"(\d{1,3})\s?[–-]\s?(\d{1,3})")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_PAGES = re.compile(r",\s?(?:[сСpPS]|pp)\.\s?\d+(?:\s?[–-]\s?\d+)?")
_SEE = re.compile(r"(?i:^(?:see|см\.)\s)")
_WORDED = re.compile(r"[^\W\d_]+\.?\s?(\d{1,3})")
_STAR = re.compile(r"\*{1,3}|†|‡|※")
_PROSE = frozenset(
    (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.NOTE, BlockKind.CAPTION)
)
_LONGEST_RANGE = 50


@dataclass(frozen=True, slots=True)
class _Call:
    start: int
    end: int
    targets: tuple[int | None, ...]
    forward: bool = False
    """Whether what it backs comes after it, as in ``Nagy (2001) writes``."""


def find_markers(
    document: Document, entries: Sequence[Entry], references: Sequence[Reference]
) -> tuple[Marker, ...]:
    """Return the markers of *document*; *references* are all of it, *entries* those with a label.

    A marker of several numbers (``[2-5]``) gives one `Marker` per entry, at the same place. A
    number that no list has gives one without reference.
    """
    places = {one.start: n for n, one in enumerate(references) if one.list_name != IN_TEXT}
    labelled = [(entry, places[entry.start]) for entry in entries if entry.start in places]
    calls = [*_printed(document, labelled), *_author_date(document, references)]
    calls.sort(key=lambda call: call.start)
    groups = _groups(document.text, calls)
    scopes = Scopes(document, [(calls[g[0]].start, calls[g[-1]].end) for g in groups])
    found: list[Marker] = []
    for number, group in enumerate(groups):
        begin, end = scopes.of(number, forward=calls[group[0]].forward)
        for call in (calls[index] for index in group):
            text = document.text[call.start : call.end]
            found += [Marker(call.start, call.end, text, t, begin, end) for t in call.targets]
    return tuple(found)


def _groups(text: str, calls: Sequence[_Call]) -> list[list[int]]:
    """Put calls with nothing but spaces between them into one group."""
    groups: list[list[int]] = []
    for index, call in enumerate(calls):
        if groups and not text[calls[groups[-1][-1]].end : call.start].strip(" \u00a0,"):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _printed(document: Document, labelled: Sequence[tuple[Entry, int]]) -> Iterator[_Call]:
    """Yield the calls by number, letter or star that the structure has found."""
    lists = [block for block in document.blocks if block.kind is BlockKind.REFERENCE]
    starts = [block.start for block in lists]
    notes = {block.start for block in document.blocks if block.kind is BlockKind.NOTE}
    by_label = _by_label(labelled)
    for inline in document.inlines:
        if inline.kind is not InlineKind.CITATION:
            continue
        if inline.start in notes:
            continue
        before = bisect_left(starts, inline.start + 1) - 1
        if before >= 0 and inline.end <= lists[before].end:
            continue
        labels = _labels(inline.text)
        targets = tuple(
            target for one in labels for target in _targets(inline.start, _fitting(by_label, one))
        )
        if targets:
            yield _Call(inline.start, inline.end, targets)


def _by_label(labelled: Sequence[tuple[Entry, int]]) -> dict[str, list[tuple[int, int, int]]]:
    """Index start, number and list of the entries by label, those of a legend left out."""
    found: dict[str, list[tuple[int, int, int]]] = {}
    for entry, index in labelled:
        if entry.label and entry.list_name != LEGEND:
            found.setdefault(_key(entry.label), []).append((entry.start, index, entry.group))
    return found


def _labels(text: str) -> list[str]:
    """Return the labels a marker names: ``[2-4]`` gives 2, 3 and 4."""
    plain = _PAGES.sub("", text.translate(_RAISED)).strip("[]() \u00a0")
    plain = _SEE.sub("", plain)
    if _STAR.fullmatch(plain):
        return [plain]
    labels: list[str] = []
    for piece in re.split(r"\s?[,;]\s?", plain):
        span = _RANGE.fullmatch(piece)
        if span and 0 <= int(span[2]) - int(span[1]) < _LONGEST_RANGE:
            labels += [str(n) for n in range(int(span[1]), int(span[2]) + 1)]
        elif piece:
            labels.append(piece)
    return labels


def _fitting(
    by_label: dict[str, list[tuple[int, int, int]]], label: str
) -> list[tuple[int, int, int]]:
    """Return the entries of a label; ``note 3`` is 3 where no entry is called a note."""
    worded = _WORDED.fullmatch(label)
    return by_label.get(_key(label)) or by_label.get(worded[1] if worded else "", [])


def _targets(position: int, fitting: Sequence[tuple[int, int, int]]) -> list[int | None]:
    """Return the entry of the next list after a marker, else of the last list before it.

    They are several when one note cites several works; none known gives ``[None]``.
    """
    if not fitting:
        return [None]
    chosen = fitting[min(bisect_left(fitting, (position, 0, 0)), len(fitting) - 1)]
    return [index for _, index, group in fitting if group == chosen[2]]


def _key(label: str) -> str:
    """Return what labels are compared by: ``[ 4]``, ``4.`` and ``⁴`` are one."""
    plain = label.translate(_RAISED)
    number = _NUMBERS.search(plain)
    if number and not plain[:1].isalpha():
        return str(int(number[0]))
    return folded(plain) or plain


def _author_date(document: Document, references: Sequence[Reference]) -> Iterator[_Call]:
    """Yield calls such as ``(Kuznetsov 1995, p. 3)``, if a reference has that author and year."""
    known = _by_author(references)
    if not known:
        return
    seen: set[tuple[int, int]] = set()
    for block in document.blocks:
        if block.kind not in _PROSE:
            continue
        hay = Haystack(document.text[block.start : block.end])
        for rule in rule_list("references", "author-date"):
            if not rule.admits(hay):
                continue
            for match in rule.pattern.finditer(document.text, block.start, block.end):
                targets = _named(match["cited"], known)
                if targets and match.span("marker") not in seen:
                    seen.add(match.span("marker"))
                    forward = match.start("cited") < match.start("marker")
                    yield _Call(match.start("marker"), match.end("marker"), targets, forward)


def _by_author(references: Sequence[Reference]) -> dict[tuple[str, str], int]:
    """Index references by family name and year; a bibliography goes before numbered notes."""
    known: dict[tuple[str, str], int] = {}
    order = sorted(range(len(references)), key=lambda index: bool(references[index].label))
    for index in order:
        reference = references[index]
        if reference.issued is None or reference.issued.earliest is None:
            continue
        year = f"{reference.issued.earliest.year:04d}"
        for author in (*reference.authors[:1], *reference.editors[:1]):
            known.setdefault((folded(author.family or author.literal), year), index)
    return known


def _named(cited: str, known: dict[tuple[str, str], int]) -> tuple[int, ...]:
    """Return the references of one bracket: ``Smith 1995; Ministry of Labour 1950``."""
    found: list[int] = []
    for match in compiled(r"(?P<name>[^;；]*?)[\s,、（(]*(?P<year>\d{4})[^;；]*").finditer(cited):
        whole = match["name"].strip(" ,;、")
        family = compiled(r"<family>").search(whole)
        words = family[0].split() if family else [""]
        for name in (whole, family[0] if family else "", words[-1], words[0]):
            target = known.get((folded(name), match["year"])) if name else None
            if target is not None:
                found.append(target)
                break
    return tuple(dict.fromkeys(found))
