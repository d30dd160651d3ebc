"""What documents say of a thing, by section, property and source, with the voice of each.

An outline of every statement comes first; words and names are fetched for those shown.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from flask import request

from maizuru.graph.namespaces import PREFIXES

from ..ask import Named, Row, label_of, rows, text
from ..claim_rows import statement_rows
from ..i18n import language_of
from .layout import link, word
from .paging import Part, part
from .sections import rank_of, section_of, sections_of
from .sources import source

IN_SECTION = 24
"""Statements of a section that its thing's page shows."""
ON_PAGE = 110
"""Statements on the page of a thing."""
ALONE = 80
"""Statements on a page that shows one section only."""

_MARKER = re.compile(r"\[[^\]\s]{1,24}(?: [^\]\s]{1,12})?\]")
_NOT_WORD = re.compile(r"\W+")


@dataclass(slots=True)
class Value:
    """What a statement says, as one voice has it."""

    thing: Named
    stance: str
    date: str
    role: str
    authority: Named | None
    statements: list[str]


@dataclass(slots=True)
class Quote:
    """Words, the passages that have them, and what they say."""

    words: str
    passages: list[tuple[str, Named]]
    """The IRI of each passage, and its document."""
    values: list[Value]
    more: list[Quote] = field(default_factory=list)
    """Other words that say the same."""


@dataclass(slots=True)
class Property:
    """A property of the thing, or, if *inverse*, one whose value the thing is."""

    named: Named
    inverse: bool
    quotes: list[Quote] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Section:
    """Some or all of the statements of one section."""

    key: str
    total: int
    shown: int
    properties: list[Property]
    href: str
    """Where the whole section is."""


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements about a thing that its page shows."""

    sections: list[Section]
    sources: list[tuple[Named, int]]
    dated: list[tuple[str, Property, Quote, Value]]
    predicates: frozenset[str]
    paged: Part[Row] | None = None
    """Set where one section alone is shown."""


def statements_of(iri: str, layout: str, only: str = "") -> Statements:
    """Return the statements about a thing, laid out for its kind; *only* names a section."""
    outline = _outline(iri)
    by_section: dict[str, list[Row]] = {key: [] for key in sections_of(layout)}
    for row in outline:
        by_section[section_of(layout, _local(row))].append(row)
    for key, members in by_section.items():
        members.sort(key=lambda row, key=key: rank_of(layout, key, _local(row)))  # type: ignore[misc]
    paged = part(by_section.get(only, []), ALONE) if only else None
    left, shown = ON_PAGE, {}
    for key, members in by_section.items():
        if only:
            shown[key] = list(paged.items) if paged and key == only else []
        else:
            shown[key] = members[: min(IN_SECTION, max(left, 3))]
            left -= len(shown[key])
    chosen = [row for members in shown.values() for row in members]
    details = _details(chosen)
    sections = [
        Section(
            key,
            len(by_section[key]),
            len(members),
            _properties(members, details),
            link(request.path, section=key),
        )
        for key, members in shown.items()
        if members
    ]
    counts = Counter(text(row, "document") for row in outline)
    sources = [(source(document), count) for document, count in counts.most_common()]
    predicates = frozenset(text(row, "predicate") for row in outline)
    return Statements(sections, sources, _dated(sections), predicates, paged)


def _outline(iri: str) -> list[Row]:
    """Return every statement that has the thing as its subject or, if not, as its object."""
    told = rows("entity-outline", entity=iri, end=PREFIXES["rdf"] + "subject")
    own = {text(row, "statement") for row in told}
    others = rows("entity-outline", entity=iri, end=PREFIXES["rdf"] + "object")
    of_it = [{**row, "inverse": row["statement"]} for row in others]
    return told + [row for row in of_it if text(row, "statement") not in own]


def _local(row: Row) -> str:
    return text(row, "predicate").rpartition("#")[2]


def _details(chosen: list[Row]) -> dict[str, list[Row]]:
    """Return the rows of each chosen statement: one for each of its passages."""
    if not chosen:
        return {}
    wanted = sorted({text(row, "statement") for row in chosen})
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in statement_rows(wanted, language_of(request)):
        found[text(row, "statement")].append(row)
    return dict(found)


def _properties(members: list[Row], details: dict[str, list[Row]]) -> list[Property]:
    """Put statements together by property, and under it by the words they rest on."""
    found: dict[tuple[str, bool], list[Row]] = {}
    for row in members:
        key = text(row, "predicate"), "inverse" in row
        found.setdefault(key, []).extend(details.get(text(row, "statement"), []))
    language = language_of(request)
    made = []
    for (iri, inverse), told in found.items():
        named = Named(iri, word(iri, language) or _spaced(iri.rpartition("#")[2]))
        quotes = sorted(_quotes(told, inverse=inverse), key=_when)
        made.append(Property(named, inverse, quotes))
    return made


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _quotes(told: list[Row], *, inverse: bool) -> list[Quote]:
    """Join rows of one passage, and passages that say the same in the same words."""
    by_passage: dict[str, list[Row]] = {}
    for row in told:
        by_passage.setdefault(text(row, "passage"), []).append(row)
    joined: dict[tuple[object, ...], Quote] = {}
    alike: dict[tuple[object, ...], Quote] = {}
    for passage, here in by_passage.items():
        values = _values(here, inverse=inverse)
        words = text(here[0], "quote")
        said = frozenset((v.thing.iri or v.thing.label, v.stance, v.date, v.role) for v in values)
        who = frozenset(v.authority.iri if v.authority else "" for v in values)
        key = (_plain(words), said, who)
        quote = joined.get(key)
        if quote is None:
            quote = joined[key] = Quote(words, [], [])
            first = alike.setdefault((said, who), quote)
            if first is not quote:
                first.more.append(quote)
        quote.passages.append((passage, source(text(here[0], "document"))))
        _join(quote, values)
    return list(alike.values())


def _join(quote: Quote, values: list[Value]) -> None:
    for value in values:
        same = [own for own in quote.values if _said(own) == _said(value)]
        if same:
            same[0].statements.extend(value.statements)
        else:
            quote.values.append(value)


def _said(value: Value) -> tuple[str, ...]:
    return (value.thing.iri or value.thing.label, value.stance, value.date, value.role)


def _values(here: list[Row], *, inverse: bool) -> list[Value]:
    return [
        Value(
            thing=label_of(row, "subject" if inverse else "object"),
            stance=text(row, "stance").rpartition("#")[2],
            date=text(row, "date"),
            role=text(row, "role"),
            authority=label_of(row, "authority") if "authority" in row else None,
            statements=[text(row, "statement")],
        )
        for row in here
    ]


def _plain(words: str) -> str:
    """Return what two quotations must share to be the same words."""
    return _NOT_WORD.sub(" ", _MARKER.sub(" ", words)).strip().casefold()


_YEAR = re.compile(r"[12]\d{3}.*")


def _when(quote: Quote) -> str:
    return min((_from_year(value.date) for value in quote.values), default="~")


def _dated(sections: list[Section]) -> list[tuple[str, Property, Quote, Value]]:
    """Return what is told with a date, in order of time, each once."""
    found: dict[tuple[object, ...], tuple[str, Property, Quote, Value]] = {}
    for each in (each for section in sections for each in section.properties):
        for quote in each.quotes:
            for value in quote.values:
                when = value.date or _own_date(each, value)
                if _YEAR.search(when):
                    said = (when, each.named.iri, each.inverse, *_said(value)[:2])
                    found.setdefault(said, (when, each, quote, value))
    return sorted(found.values(), key=lambda item: _from_year(item[0]))


def _from_year(date: str) -> str:
    year = _YEAR.search(date)
    return year[0] if year else "~"


def _own_date(each: Property, value: Value) -> str:
    """Return the date that is itself what is stated, as with a birth date."""
    dates = ("Date", "#date")
    return value.thing.label if each.named.iri.endswith(dates) and not each.inverse else ""
