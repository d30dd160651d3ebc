"""References: the entries of lists, notes and legends, works named in the text, and the markers.

lists      where the entries stand, and their labels
entries    an entry read into its fields: draft (numbers, dates), head (authors), title, reading
repeats    ``Ibid.``, ``там же``, ``同上``
intext     works described in running text
markers    inline citations bound to entries, with the scope they back
works      references that cite the same work
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from operator import itemgetter

from ...model import Document, Marker, Reference
from .entries import parse_entry
from .intext import find_described, moved
from .lists import Entry, find_entries
from .markers import find_markers
from .repeats import antecedent, is_short_form, parse_repeat
from .works import Work, join_works, work_key

__all__ = ["Work", "find_references", "join_works", "parse_entry", "work_key"]

NOTE = "note"
"""The kind of an entry that is a remark, not a source."""
_LONGEST_SOURCE = 600


def find_references(document: Document) -> tuple[tuple[Reference, ...], tuple[Marker, ...]]:
    """Return all references of *document* in the order of the text, and its inline citations.

    Blocks, inlines and sentences must be filled. Offsets are code points into the text.
    """
    entries = find_entries(document)
    listed = _read(document, entries)
    sources = [(one.start, one.end) for one in listed if one.kind != NOTE]
    described = [one for one in find_described(document) if not _within(one, sources)]
    references = _in_order([*listed, *described])
    return references, find_markers(document, entries, references)


def _within(described: Reference, sources: list[tuple[int, int]]) -> bool:
    """Whether a work described in a note is the one the note as a whole was read as."""
    before = bisect_right(sources, described.start, key=itemgetter(0)) - 1
    return before >= 0 and described.start < sources[before][1]


def _read(document: Document, entries: list[Entry]) -> list[Reference]:
    """Read the entries; ``same_as`` is an index into what is returned."""
    found: list[Reference] = []
    begin, group = 0, -1
    for entry in entries:
        if entry.group != group:
            begin, group = len(found), entry.group
        reference = _entry(document, entry)
        same = _stands_for(reference, found, begin)
        if same is not None:
            reference = replace(reference, same_as=same, kind=found[same].kind)
        found.append(
            moved(replace(reference, label=entry.label, list_name=entry.list_name), entry.start)
        )
    return found


def _entry(document: Document, entry: Entry) -> Reference:
    text = document.text[entry.start : entry.end]
    if (repeated := parse_repeat(text, document.language)) is not None:
        return repeated
    reference = parse_entry(text, document.language)
    if entry.note and not (_is_source(reference) or is_short_form(reference)):
        return Reference(0, len(text), text, kind=NOTE, language=document.language)
    return reference


def _is_source(reference: Reference) -> bool:
    """Whether a note is a source after all: a title, and where and when it appeared."""
    where = reference.publisher or reference.container or reference.place
    short = len(reference.text) <= _LONGEST_SOURCE
    return bool(short and reference.titles and where and reference.issued)


def _stands_for(reference: Reference, found: list[Reference], begin: int) -> int | None:
    if reference.kind and not is_short_form(reference):
        return None
    return antecedent(reference, found, begin)


def _in_order(references: list[Reference]) -> tuple[Reference, ...]:
    """Sort by place; ``same_as`` follows its entry."""
    order = sorted(range(len(references)), key=lambda index: references[index].start)
    new = {old: index for index, old in enumerate(order)}
    return tuple(
        one if one.same_as is None else replace(one, same_as=new[one.same_as])
        for one in (references[index] for index in order)
    )
