"""Read one entry of a reference list into its fields."""

from __future__ import annotations

import re
from dataclasses import replace

from ...model import Reference
from ...resources import rules
from .cues import is_periodical
from .draft import Draft, begin
from .head import read_head, read_roles
from .kinds import kind_of
from .patterns import rule_list
from .reading import Fields, read_sentence, sentences
from .segments import parts_of
from .title import is_card, read_card, read_title

_FILE = "archival-document"
_NUMBERED = re.compile(r"(?P<name>.*[^\W\d_]) (?P<volume>\d{1,3})")


def parse_entry(text: str, language: str) -> Reference:
    """Return the reference an entry *text* describes; offsets are relative to *text*.

    *language* (``en``, ``ja``, ``ru``, ``de``) is that of the document: the default for a title
    that does not show its own. What cannot be told apart stays empty; nothing is raised.
    """
    read = text[: int(rules("references")["longest"])]
    draft = begin(read, language)
    for rule in rule_list("references", "signal"):
        if signal := rule.pattern.match(draft.left):
            draft.take(signal.start(), signal.end())
    read_roles(draft)
    start = read_head(draft)
    fields = Fields()
    rest = read_title(draft, fields, parts_of(draft, start))
    cards = [part for part in rest if part.kind == "paren" and is_card(draft, fields, part)]
    for sentence in sentences([part for part in rest if part not in cards]):
        read_sentence(draft, fields, sentence)
    for card in cards:
        read_card(draft, fields, card)
    return _reference(text, draft, fields)


def _reference(text: str, draft: Draft, fields: Fields) -> Reference:
    values, people = draft.values, draft.people
    places = fields.places or ([fields.country] if fields.country else [])
    count = values.get("page_count", "")
    _split_volume(fields, values)
    reference = Reference(
        0,
        len(text),
        text,
        authors=people.get("authors", ()),
        editors=people.get("editors", ()),
        translators=people.get("translators", ()),
        titles=tuple(fields.titles),
        container=fields.container,
        publisher=" / ".join(fields.publishers),
        place=" / ".join(places),
        issued=draft.points.get("issued"),
        volume=values.get("volume", ""),
        issue=values.get("issue", ""),
        pages=values.get("pages", ""),
        page_count=int(count.replace(",", "")) if count else None,
        isbn13=values.get("isbn13", ""),
        issn=values.get("issn", ""),
        doi=values.get("doi", ""),
        s2cid=values.get("s2cid", ""),
        url=values.get("url", ""),
        archive=values.get("archive", ""),
        archived=draft.points.get("archived"),
        retrieved=draft.points.get("retrieved"),
        language=values.get("language", "") or _language(fields, draft.language),
    )
    reference = replace(reference, kind=kind_of(reference, draft, quoted=fields.quoted))
    return _unbound(reference) if "shelfmark" in values else reference


def _unbound(reference: Reference) -> Reference:
    """Return a file of an archive without container and pages: a fond is no serial."""
    if reference.kind != _FILE or reference.titles:
        return reference
    return replace(reference, container="", pages="")


def _split_volume(fields: Fields, values: dict[str, str]) -> None:
    """Take the number of the volume off the name of a journal: ``Northern Review 44``."""
    numbered = _NUMBERED.fullmatch(fields.container)
    if numbered and "volume" not in values and is_periodical(numbered["name"]):
        fields.container, values["volume"] = numbered["name"], numbered["volume"]


def _language(fields: Fields, default: str) -> str:
    """Return the language of the work: of its original or transliterated title, else its main."""
    for kind in ("original", "transliterated", "main"):
        for title in fields.titles:
            if title.kind == kind:
                return title.language.split("-")[0]
    return default
