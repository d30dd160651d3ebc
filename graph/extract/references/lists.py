"""Find the entries of reference lists, notes and legends, and their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...model import Block, BlockKind, Document
from ...structure.patterns import section_of
from .patterns import rule_list

_ENTRIES = frozenset((BlockKind.REFERENCE, BlockKind.NOTE))
_BETWEEN = frozenset((BlockKind.CAPTION, BlockKind.BOILERPLATE, BlockKind.METADATA))
"""Blocks that may stand between the entries of one list."""
_LISTS = frozenset(("references", "notes", "reading"))
_LONGEST_NOTE = 1500
_SHORTEST_WORK = 25
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_PAGED = re.compile(r"\bpp?\.\s?\d|[A-ZА-ЯЁ]{3},? \d+/\d")
_PAGES = 60
"""So near to the end of a work cited in short its pages stand."""
_MARKS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"), ("（", "）"))
_SPACE = re.compile(r"\s*")
_DEFAULT = "notes"
IN_TEXT = "in text"
"""Name of the list of works that the running text describes."""
LEGEND = "legend"
"""Name of the list of sources in the legend of a map."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where an entry stands: its text without label and back-links."""

    start: int
    end: int
    label: str
    list_name: str = ""
    group: int = 0
    """Number of the list it is in; entries with running text between them are in two lists."""
    linked: bool = False
    """Whether it begins with the caret of a wiki, which leads back to the text."""
    note: bool = False
    """Whether it is a remark in running text, not a source."""


def find_entries(document: Document) -> list[Entry]:
    """Return the entries of *document* in order, notes of several paragraphs as one."""
    found: list[Entry] = []
    group, open_list, before, above = 0, False, "", BlockKind.PARAGRAPH
    for block in document.blocks:
        if block.kind in _ENTRIES:
            if not open_list:
                group, open_list = group + 1, True
                name = LEGEND if _is_legend(block, above) else _list_name(block)
            for start, end in _lines(document.text, block):
                entry = _entry(document, block, (start, end), before)
                entry = replace(entry, group=group, list_name=name)
                if _continues(entry, found):
                    found[-1] = replace(found[-1], end=entry.end)
                elif entry.end > entry.start:
                    found += _works(document.text, entry)
                    before = entry.label or before
        elif block.kind not in _BETWEEN:
            open_list, before = False, ""
        above = block.kind
    return _numbered(found)


def _numbered(found: list[Entry]) -> list[Entry]:
    """Count the entries of lists that have carets for labels, as wikis print them."""
    counted: list[Entry] = []
    group, number = 0, 0
    for entry in found:
        if entry.group != group:
            group, number = entry.group, 0
        if entry.linked:
            number += 1
            entry = replace(entry, label=entry.label or str(number))
        counted.append(entry)
    return counted


def _works(text: str, entry: Entry) -> list[Entry]:
    """Cut a note that cites several works; each is an entry with the label of the note."""
    if entry.end - entry.start > _LONGEST_NOTE:
        return [entry]
    cuts = [entry.start]
    for rule in rule_list("references", "next-work"):
        for match in rule.pattern.finditer(text, entry.start, entry.end):
            sides = text[cuts[-1] : match.start()], text[match.end() : entry.end]
            if all(map(_dated_source, sides)) and not _open_mark(text[cuts[-1] : match.start()]):
                cuts.append(match.end())
    ends = [*(len(text[:cut].rstrip("; \n")) for cut in cuts[1:]), entry.end]
    return [replace(entry, start=start, end=end) for start, end in zip(cuts, ends, strict=True)]


def _dated_source(text: str) -> bool:
    """Whether a side of a semicolon has a year, or pages or a file, as works cited in short."""
    dated = len(text) > _SHORTEST_WORK and bool(_YEAR.search(text))
    return dated or bool(_PAGED.search(text[-_PAGES:]))


def _open_mark(text: str) -> bool:
    """Whether a bracket or quotation is still open at the end of *text*."""
    return any(text.count(left) > text.count(right) for left, right in _MARKS)


def _lines(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Cut a block in which several labelled entries follow each other.

    Each on a line of its own, or run together with numbers in square brackets.
    """
    start = block.start
    label = _label_at(text, start, block.end, before="")[0] if text else ""
    if block.kind is BlockKind.REFERENCE and label.isdecimal():
        while cut := _next_label(text, start, block.end, int(label) + 1):
            yield start, cut
            start, label = cut, str(int(label) + 1)
    yield start, block.end


def _next_label(text: str, start: int, end: int, number: int) -> int:
    """Return where the entry labelled *number* begins, 0 if it is not in the block."""
    found = re.compile(rf"\s(?=\[\s?{number}\s?\]\s)|\n\s*(?={number}[.)]?\s)").search(
        text, start, end
    )
    return found.end() if found else 0


def _continues(entry: Entry, found: list[Entry]) -> bool:
    """Whether *entry* is one more paragraph of the remark before it."""
    return bool(
        entry.note
        and not entry.label
        and found
        and found[-1].note
        and found[-1].group == entry.group
    )


def _entry(document: Document, block: Block, span: tuple[int, int], before: str) -> Entry:
    text, (start, end) = document.text, span
    end = start + len(text[start:end].rstrip())
    first = end - len(text[start:end].lstrip())
    label, start = _label_at(text, start, end, before)
    for rule in (*rule_list("references", "back-link"), *rule_list("references", "lead-in")):
        if match := rule.pattern.match(text, start, end):
            start = match.end()
    note = block.kind is BlockKind.NOTE
    linked = text[first : first + 1] in ("^", "↑")
    return Entry(min(start, end), end, label, linked=linked, note=note)


def _label_at(text: str, start: int, end: int, before: str) -> tuple[str, int]:
    """Return the label at *start* and where the entry proper begins.

    A bare number is a label only if it is 1, follows that of the entry *before*, or is followed.
    """
    space = _SPACE.match(text, start, end)
    start = space.end() if space else start
    for rule in rule_list("references", "label"):
        match = rule.pattern.match(text, start, end)
        if match is None:
            continue
        label = match.groupdict().get("label") or ""
        ordered = rule.table.get("ordered")
        if ordered and not (_in_order(label, before) or _is_followed(label, text, end)):
            continue
        return label, match.end()
    return "", start


def _in_order(label: str, before: str) -> bool:
    if label.isalpha():
        return label == "a" or (len(before) == 1 and 0 < ord(label) - ord(before) <= 2)
    return int(label) == 1 or (before.isdecimal() and 0 < int(label) - int(before) <= 2)


def _is_followed(label: str, text: str, end: int) -> bool:
    """Whether the next line begins with the next number: an excerpt may start with note 12."""
    following = chr(ord(label) + 1) + r"\." if label.isalpha() else str(int(label) + 1)
    return re.compile(rf"\s*\n\s*{following}[\s\u00a0]").match(text, end) is not None


def _is_legend(block: Block, above: BlockKind) -> bool:
    """Whether an entry is in the legend of a map: marked so, or a repeated part of a caption."""
    return block.reason.startswith(LEGEND) or (bool(block.reason) and above is BlockKind.CAPTION)


def _list_name(block: Block) -> str:
    """Name the list by the heading over it, if that is one for lists."""
    for heading in reversed(block.section):
        if section_of(heading) in _LISTS:
            return heading
    return _DEFAULT
