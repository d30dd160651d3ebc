"""Fields of reference entries, and the binding of inline markers to entries and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..model import Contributor, Reference
from .compare import closeness, overlap, pair_up, plain, same_date
from .gold import Gold, Record
from .score import Layer, Miss, Score
from .subjects import Converted

_SIMPLE = ("container", "publisher", "place", "volume", "issue", "pages", "doi", "s2cid", "url")
_PEOPLE = ("authors", "editors", "translators")
_SHOWN = 70


def entries(gold: Gold, documents: Iterable[Converted]) -> Layer:
    """Compare every field of every entry; a part per field. An entry not found misses them all.

    Works that the running text describes in full count as entries.
    """
    layer = Layer("reference fields")
    for document in documents:
        records = [
            *gold.of("citations", document.name, "entry"),
            *gold.of("citations", document.name, "intext"),
        ]
        found = document.extraction.references
        pairs = _pairs(document, records)
        for index, record in enumerate(records):
            reference = found[pairs[index]] if index in pairs else None
            layer.add_part("entries", _count(reference is not None, True, reference is not None))
            _compare(layer, document, record, reference)
        for index, reference in enumerate(found):
            if index not in pairs.values():
                layer.add_part("entries", Score(0, 1, 0, 0))
                _compare(layer, document, None, reference)
    return layer


def _pairs(document: Converted, records: list[Record]) -> dict[int, int]:
    """Return the index of our reference for each gold entry that has one."""
    found = document.extraction.references
    scores = [
        (closeness(document.span(record), (reference.start, reference.end)), i, j)
        for i, record in enumerate(records)
        for j, reference in enumerate(found)
        if overlap(document.span(record), (reference.start, reference.end))
    ]
    return dict(pair_up(records, found, scores))


def _compare(
    layer: Layer, document: Converted, record: Record | None, reference: Reference | None
) -> None:
    theirs = _gold_fields(record) if record else {}
    ours = _our_fields(reference) if reference else {}
    for field in sorted(theirs.keys() | ours.keys()):
        gold_values, values = list(theirs.get(field, [])), list(ours.get(field, []))
        wanted, given = len(gold_values), len(values)
        right = 0
        for value in list(values):
            match = next((g for g in gold_values if _same(field, value, g)), None)
            if match is not None:
                gold_values.remove(match)
                values.remove(value)
                right += 1
        layer.add(document.name, Score(right, given, right, wanted), field)
        if gold_values or values:
            layer.misses.append(
                _miss(document, record, reference, f"{field}: gold {gold_values}, found {values}")
            )


def _miss(
    document: Converted, record: Record | None, reference: Reference | None, detail: str
) -> Miss:
    if reference is not None:
        start, end = reference.start, reference.end
    else:
        assert record is not None
        start, end = document.span(record)
    kind = "missed" if reference is None else "wrong" if record is None else "differs"
    shown = document.extraction.document.text[start:end][:_SHOWN]
    return Miss(document.name, kind, start, end, shown, detail)


def _gold_fields(record: Record) -> dict[str, list[str]]:
    fields = {name: [str(record[name])] for name in _SIMPLE if record.get(name)}
    people = {
        "authors": record.get("authors") or [],
        "editors": record.get("editors") or [],
        "translators": [record["translator"]] if record.get("translator") else [],
    }
    for role, names in people.items():
        if names:
            fields[role] = [str(n.get("as_written") or n["family"]) for n in names]
    for name, key in (("isbn", "isbn13"), ("issn", "raw")):
        number = record.get(name)
        if number:
            fields[name] = [str(number[key] if isinstance(number, dict) else number)]
    issued = record.get("date") or record.get("year")
    if issued:
        fields["issued"] = [str(issued)]
    for name, key in (("archived", "archived_date"), ("retrieved", "retrieved_date")):
        if record.get(key):
            fields[name] = [str(record[key])]
    if record.get("page_count"):
        fields["page_count"] = [str(record["page_count"])]
    titles = [record.get(k) for k in ("title", "title_original", "title_translit")]
    translated = record.get("title_translated")
    if translated and "annotator" not in str(translated):
        titles.append(translated)
    fields["title"] = [str(title) for title in titles if title]
    return fields


def _our_fields(reference: Reference) -> dict[str, list[str]]:
    fields = {name: [value] for name in _SIMPLE if (value := str(getattr(reference, name)))}
    for role in _PEOPLE:
        people: tuple[Contributor, ...] = getattr(reference, role)
        if people:
            fields[role] = [person.literal or person.family for person in people]
    if reference.isbn13:
        fields["isbn"] = [reference.isbn13]
    if reference.issn:
        fields["issn"] = [reference.issn]
    for name in ("issued", "archived", "retrieved"):
        date = getattr(reference, name)
        if date is not None:
            fields[name] = [date.edtf]
    if reference.page_count is not None:
        fields["page_count"] = [str(reference.page_count)]
    if reference.titles:
        fields["title"] = [title.text for title in reference.titles]
    return fields


def _same(field: str, ours: str, gold: str) -> bool:
    if field in ("issued", "archived", "retrieved"):
        return same_date(ours, gold)
    if field in _PEOPLE:
        return _same_person(ours, gold)
    if field == "url":
        return _address(ours) == _address(gold)
    return any(plain(ours) == plain(way) for way in (gold, *gold.split(" / ")))


def _same_person(ours: str, gold: str) -> bool:
    """Return whether a name as printed holds the gold's family name (or corporate name) whole."""
    mine, theirs = _name_words(ours), _name_words(gold)
    return theirs <= mine or mine <= theirs


def _name_words(name: str) -> set[str]:
    return {plain(word) for word in re.split(r"[\s,.]+", name) if len(plain(word)) > 1}


def _address(url: str) -> str:
    return re.sub(r"^https?://", "", url.strip()).rstrip("/.")


def _count(right: bool, wanted: bool, given: bool) -> Score:
    return Score(int(right), int(given), int(right), int(wanted))


def markers(gold: Gold, documents: Iterable[Converted]) -> Layer:
    """Compare the inline markers: found, bound to the right entry, scope in the right sentence."""
    layer = Layer("marker binding")
    for document in documents:
        extraction = document.extraction
        records = gold.of("citations", document.name, "inline")
        cited = cited_ids(gold, document)
        pairs = dict(
            pair_up(
                records,
                extraction.markers,
                [
                    (closeness(document.span(r), (m.start, m.end)), i, j)
                    for i, r in enumerate(records)
                    for j, m in enumerate(extraction.markers)
                    if overlap(document.span(r), (m.start, m.end))
                ],
            )
        )
        right = 0
        for index, record in enumerate(records):
            problem = _problem(document, record, pairs.get(index), cited)
            right += not problem
            if problem:
                start, end = document.span(record)
                text = f"{record['text']} after {str(record['sentence']).strip()[-40:]!r}"
                layer.misses.append(Miss(document.name, "missed", start, end, text, problem))
        for index, marker in enumerate(extraction.markers):
            if index not in pairs.values():
                layer.misses.append(
                    Miss(document.name, "wrong", marker.start, marker.end, marker.text, "no marker")
                )
        layer.add(document.name, Score(right, len(extraction.markers), right, len(records)))
    return layer


def cited_ids(gold: Gold, document: Converted) -> dict[int, str]:
    """Return the gold reference id of each of our entries."""
    records = gold.of("citations", document.name, "entry")
    return {ours: str(records[i]["reference"]) for i, ours in _pairs(document, records).items()}


def _problem(document: Converted, record: Record, index: int | None, cited: dict[int, str]) -> str:
    if index is None:
        return "not found"
    marker = document.extraction.markers[index]
    target = None if marker.reference is None else cited.get(marker.reference)
    if target != record["reference"]:
        return f"bound to {target}, gold {record['reference']}"
    start = document.offsets(int(record["sentence_start"]))
    end = document.offsets(int(record["sentence_end"]))
    if not overlap((marker.scope_start, marker.scope_end), (start, end)):
        return "scope outside the sentence"
    return ""
