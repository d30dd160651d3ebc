"""What a parsed reference says of the work it cites, as statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...language.dates import find_dates
from ...model import (
    DOCUMENT,
    BlockKind,
    Contributor,
    DateValue,
    Document,
    EntityKind,
    Extraction,
    Mention,
    Reference,
    Statement,
    Value,
)
from .captions import captioned_works, legend_statement
from .places import Spot, covering, find_text

_PART = re.compile(r"\s*(?:/|;|\s&\s(?=The\b)|\band\b|,\s)\s*")
_SLASH = re.compile(r"\s*/\s*")
_RULE = "reference"
_NEAR = 4
"""So far from the beginning of a note of a file stands the archive at most."""
"""The finer kind of a mention that means the document itself."""
LEGEND, IN_TEXT = "legend", "in text"
"""Names of the lists that are no lists of references."""
_LABEL = re.compile(r"^(?i:key ?words|ключевые слова|キーワード|schlagwörter)\s*[:：]?\s*")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def document_work(extraction: Extraction) -> Mention | None:
    """Return a mention of the document itself, at its title; None if it prints none."""
    document = extraction.document
    for mention in extraction.mentions:
        if mention.kind is EntityKind.WORK and mention.subkind == DOCUMENT:
            return mention
    for block in document.blocks:
        text = document.text[block.start : block.end].strip()
        if block.kind is BlockKind.TITLE and text:
            start = document.text.index(text, block.start)
            spot = Spot(start, start + len(text), text)
            named = _mention(spot, EntityKind.WORK, document.title or text, document.language)
            return replace(named, subkind=DOCUMENT)
    return None


def reference_statements(extraction: Extraction) -> Iterator[Statement]:
    """Yield what every reference entry says: who made the work, where, when, its identifiers.

    The works are mentions at their titles; the document ``cites`` each, with the entry's label.
    """
    document = extraction.document
    citing = document_work(extraction)
    legends = any(reference.list_name == LEGEND for reference in extraction.references)
    shown = captioned_works(document) if legends else []
    works = [cited_work(extraction, reference) for reference in extraction.references]
    for index, reference in enumerate(extraction.references):
        target = index if reference.same_as is None else reference.same_as
        work = works[target]
        if work is None:
            if citing is not None and (keeper := _keeper(extraction, reference)) is not None:
                yield _statement(reference, citing, "usesArchive", keeper, _label(reference))
            continue
        if reference.list_name == LEGEND:
            yield from legend_statement(shown, reference, work)
        elif citing is not None and reference.list_name != IN_TEXT:
            yield _statement(reference, citing, "cites", work, _label(reference))
        if reference.same_as is None:
            yield from _entry(extraction, reference, work)


def author_statement(extraction: Extraction) -> Iterator[Statement]:
    """Yield who wrote the document itself, where its metadata print a name found in the text."""
    document = extraction.document
    work, creator = document_work(extraction), document.metadata.get("creator", "")
    if work is None or not creator:
        return
    for block in document.blocks:
        if block.kind is BlockKind.METADATA:
            spot = find_text(document, creator, block.start, block.end)
            if spot is not None:
                known = covering(extraction.mentions, spot)
                author = known or _mention(spot, EntityKind.PERSON, creator, document.language)
                yield Statement(block.start, block.end, work, "author", author, rule="metadata")
                return


def publication_statements(extraction: Extraction) -> Iterator[Statement]:
    """Yield when the document came out and its key words, where its metadata print them."""
    document, work = extraction.document, document_work(extraction)
    if work is None:
        return
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if block.kind is not BlockKind.METADATA or block.reason not in ("issued", "keywords"):
            continue
        if block.reason == "issued":
            said = [
                ("publicationDate", Value(d.edtf, "edtf"))
                for d in find_dates(text, document.language)[:1]
            ]
        else:
            listed = _LABEL.sub("", text).strip(" \n.").split(",")
            said = [("keyword", Value(word.strip())) for word in listed if word.strip()]
        for predicate, value in said:
            yield Statement(block.start, block.end, work, predicate, value, rule="metadata")


def cited_work(extraction: Extraction, reference: Reference) -> Mention | None:
    """Return the mention of the work an entry cites: its title, or its address if it has none."""
    document = extraction.document
    for title in reference.titles:
        spot = find_text(document, title.text, reference.start, reference.end)
        if spot is not None:
            known = covering(extraction.mentions, spot)
            if known is not None and known.kind is EntityKind.WORK:
                return known
            language = title.language or reference.language or document.language
            new = _mention(spot, EntityKind.WORK, title.text, language)
            return replace(new, subkind=reference.kind)
    spot = find_text(document, reference.url, reference.start, reference.end)
    if spot is not None:
        return _mention(spot, EntityKind.WORK, reference.url, document.language)
    return None


def _keeper(extraction: Extraction, reference: Reference) -> Mention | None:
    """Return the archive that a note of a file begins with."""
    if reference.kind != "archival-document":
        return None
    end = reference.start + _NEAR
    return next(
        (
            mention
            for mention in extraction.mentions
            if mention.kind is EntityKind.ORGANISATION and reference.start <= mention.start <= end
        ),
        None,
    )


def _label(reference: Reference) -> tuple[tuple[str, Value], ...]:
    return (("label", Value(reference.label)),) if reference.label else ()


def _statement(
    reference: Reference,
    subject: Mention,
    predicate: str,
    target: Mention | Value,
    qualifiers: tuple[tuple[str, Value], ...] = (),
) -> Statement:
    return Statement(
        reference.start, reference.end, subject, predicate, target, qualifiers, rule=_RULE
    )


def _entry(extraction: Extraction, reference: Reference, work: Mention) -> Iterator[Statement]:
    for predicate, target, qualifiers in _claims(extraction, reference):
        yield _statement(reference, work, predicate, target, qualifiers)


Claim = tuple[str, Mention | Value, tuple[tuple[str, Value], ...]]


def _claims(extraction: Extraction, reference: Reference) -> Iterator[Claim]:
    yield from _makers(extraction, reference)
    for place in _places(extraction, reference):
        yield "placeOfPublication", place, ()
    for publisher in _bodies(extraction, reference, reference.publisher):
        yield "publishedBy", publisher, ()
    container = _named(extraction, reference, reference.container, EntityKind.ORGANISATION)
    if container is not None:
        yield "publishedIn", container, _volume(reference)
    if reference.issued is not None:
        yield "publicationDate", _date(reference.issued), ()
    yield from _identifiers(extraction, reference)
    yield from _languages(extraction.document, reference)


def _makers(extraction: Extraction, reference: Reference) -> Iterator[Claim]:
    people = {
        "author": reference.authors,
        "editor": reference.editors,
        "translator": reference.translators,
    }
    for predicate, names in people.items():
        for name in names:
            agent = _person(extraction, reference, name)
            if agent is not None:
                yield predicate, agent, ()


def _languages(document: Document, reference: Reference) -> Iterator[Claim]:
    """Yield titles in another script or transliteration, and a language that is not this one's.

    A language counts if a title is in its script or the entry names it; that a transliterated
    title must be from somewhere is no statement of the entry.
    """
    foreign = False
    for title in reference.titles:
        scripted = not _LATIN.search(title.text)
        foreign = foreign or scripted
        if scripted or title.kind in ("original", "transliterated"):
            yield "title", Value(title.text, language=title.language), ()
    named = "(in " in reference.text or any(t.kind == "transliterated" for t in reference.titles)
    if reference.language and reference.language != document.language and (foreign or named):
        yield "language", Value(reference.language), ()


def _identifiers(extraction: Extraction, reference: Reference) -> Iterator[Claim]:
    for predicate, text in (
        ("isbn", reference.isbn13),
        ("issn", reference.issn),
        ("doi", reference.doi),
        ("s2cid", reference.s2cid),
    ):
        if text:
            yield predicate, Value(text), ()
    if reference.url:
        yield "url", Value(reference.url, "uri"), ()
    if reference.page_count is not None:
        yield "pageCount", Value(str(reference.page_count), "decimal"), ()
    archive = _named(extraction, reference, reference.archive, EntityKind.ORGANISATION)
    if archive is not None:
        when = (("date", _date(reference.archived)),) if reference.archived else ()
        yield "archivedAt", archive, when


def _date(date: DateValue) -> Value:
    return Value(date.edtf, "edtf")


def _volume(reference: Reference) -> tuple[tuple[str, Value], ...]:
    fields = (
        ("volume", reference.volume),
        ("issue", reference.issue),
        ("pages", reference.pages),
    )
    return tuple((name, Value(text)) for name, text in fields if text)


def _person(extraction: Extraction, reference: Reference, name: Contributor) -> Mention | None:
    kind = EntityKind.ORGANISATION if name.corporate else EntityKind.PERSON
    for text in (name.literal, f"{name.family}, {name.given}", name.family):
        mention = _named(extraction, reference, text, kind)
        if mention is not None:
            return mention
    return None


def _places(extraction: Extraction, reference: Reference) -> Iterator[Mention]:
    """Yield the places of publication; ``Seattle and London`` are two, ``Lincoln, NE`` is one."""
    whole = _named(extraction, reference, reference.place, EntityKind.PLACE)
    parts = [part for part in _PART.split(reference.place) if part]
    if whole is not None and (len(parts) < 2 or _qualified(parts)):
        yield whole
        return
    for part in parts:
        mention = _named(extraction, reference, part, EntityKind.PLACE)
        if mention is not None:
            yield mention


def _qualified(parts: list[str]) -> bool:
    """Return whether the last part only says where the first lies: a state or an abbreviation."""
    return len(parts) == 2 and (parts[1].isupper() or "." in parts[1])


def _bodies(extraction: Extraction, reference: Reference, text: str) -> Iterator[Mention]:
    for part in _SLASH.split(text):
        mention = _named(extraction, reference, part, EntityKind.ORGANISATION)
        if mention is not None:
            yield mention


def _named(
    extraction: Extraction, reference: Reference, text: str, kind: EntityKind
) -> Mention | None:
    """Return the mention that stands for *text* in the entry: one already found, or a new one."""
    if not text:
        return None
    spot = find_text(extraction.document, text, reference.start, reference.end)
    if spot is None:
        return None
    known = covering(extraction.mentions, spot)
    if known is not None and (known.kind is kind or kind is EntityKind.ORGANISATION):
        return known
    return _mention(spot, kind, text, reference.language or extraction.document.language)


def _mention(spot: Spot, kind: EntityKind, name: str, language: str) -> Mention:
    return Mention(spot.start, spot.end, spot.text, kind, name, language, rule=_RULE)
