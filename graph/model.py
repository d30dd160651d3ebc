"""The data model every step of the conversion shares.

Offsets are Unicode code points into `Document.text`, start inclusive, end exclusive, so that
``document.text[x.start:x.end] == x.text`` for everything that has the three.

    Document ─ blocks ─ sentences
       └ Extraction: mentions, dates, references, markers, figures, statements
Everything is immutable; a step returns new values and never edits those of an earlier step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of text is for."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST_ITEM = "list-item"
    TABLE = "table"
    CAPTION = "caption"
    NOTE = "note"
    REFERENCE = "reference"
    METADATA = "metadata"
    BOILERPLATE = "boilerplate"


class InlineKind(StrEnum):
    """What a stretch inside a block is, when it is not part of the sentence."""

    CITATION = "citation"
    EDITORIAL = "editorial"
    PAGE_MARKER = "page-marker"
    BACKLINK = "backlink"
    MARKUP = "markup"


class EntityKind(StrEnum):
    """The classes of entity; each has a class of the same meaning in the ontology."""

    PERSON = "person"
    GROUP = "group"
    ORGANISATION = "organisation"
    MILITARY_UNIT = "military-unit"
    PLACE = "place"
    CAMP = "camp"
    EVENT = "event"
    LEGAL_INSTRUMENT = "legal-instrument"
    WORK = "work"
    CONCEPT = "concept"


class Stance(StrEnum):
    """How the text puts a statement forward."""

    ASSERTED = "asserted"
    DENIED = "denied"
    DISPUTED = "disputed"
    HEDGED = "hedged"


class Comparator(StrEnum):
    """How a figure's bounds are to be read."""

    EXACTLY = "exactly"
    ABOUT = "about"
    MORE_THAN = "more-than"
    AT_LEAST = "at-least"
    LESS_THAN = "less-than"
    AT_MOST = "at-most"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document; the blocks of a document follow each other without a gap."""

    kind: BlockKind
    start: int
    end: int
    section: tuple[str, ...] = ()
    """Headings above it, outermost first."""
    level: int = 0
    """Depth of a heading or list item, 1 the outermost."""
    reason: str = ""
    """For boilerplate: the signal that gave it away."""
    continues: bool = False
    """True when it goes on with the paragraph before a page marker."""


@dataclass(frozen=True, slots=True)
class Inline:
    """A stretch inside a block that is not part of the sentence: a marker, a caret, markup."""

    kind: InlineKind
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell with its place in the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table, also one whose columns the text had glued together."""

    block: int
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; *text* is as long as the range, with inline matter blanked out by spaces.

    So every offset found in *text* plus *start* is an offset into the document.
    """

    start: int
    end: int
    text: str
    block: int
    """Index into `Document.blocks` of the block it starts in."""
    language: str
    """``en``, ``ja``, ``ru`` or ``de``."""


@dataclass(frozen=True, slots=True)
class Document:
    r"""A normalised document (NFC, ``\n`` line ends) and its structure."""

    slug: str
    text: str
    sha256: str
    """Of the normalised text in UTF-8."""
    source: str
    """File name it was read from."""
    title: str
    language: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    """``creator``, ``publisher``, ``issued``, ``source``, ``licence``, where stated."""
    blocks: tuple[Block, ...] = ()
    inlines: tuple[Inline, ...] = ()
    tables: tuple[Table, ...] = ()
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names something."""

    start: int
    end: int
    text: str
    kind: EntityKind
    name: str
    """The name as the text gives it, tidied: no line breaks, titles or possessive ending."""
    language: str = "en"
    subkind: str = ""
    """Finer kind: a concept of the vocabulary, ``novel``, ``film``, ``station``, ``krai`` …"""
    attributes: tuple[tuple[str, str], ...] = ()
    """What the name itself carries: ``("title", "Marshal")``, ``("number", "99")`` …"""
    authority: str = ""
    """Key of the authority record the name matched (``place/kansk``), if one did."""
    rule: str = ""
    confidence: float = 1.0


DOCUMENT = "document"
"""Finer kind of the mention that stands for the document itself."""
DESCRIBED = "described"
"""Rule of a mention that describes what it means, and does not name it."""


def description(
    text: str, start: int, end: int, kind: EntityKind, name: str = "", language: str = "en"
) -> Mention:
    """Return the mention of what *text* describes there; without a name its words are its name."""
    said = text[start:end]
    return Mention(start, end, said, kind, name or " ".join(said.split()), language, rule=DESCRIBED)


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date or period in the text: EDTF and its day bounds (ISO 8601-2; either may be open)."""

    start: int
    end: int
    text: str
    edtf: str
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the text that counts or measures something."""

    start: int
    end: int
    text: str
    lower: Decimal | None
    upper: Decimal | None
    comparator: Comparator = Comparator.EXACTLY
    approximate: bool = False
    unit: str = ""
    """``persons``, ``percent``, ``camps``, ``years``, ``pages`` …, or empty when unknown."""
    noun: str = ""
    """The words after the number that say what is counted."""


@dataclass(frozen=True, slots=True)
class Contributor:
    """An author, editor or translator as printed."""

    literal: str
    family: str = ""
    given: str = ""
    corporate: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """A title in one language."""

    text: str
    language: str
    kind: str = "main"
    """``main``, ``original``, ``transliterated`` or ``translated``."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a reference list, reading list, note or map legend."""

    start: int
    end: int
    text: str
    label: str = ""
    """As printed: ``4``, ``*``, ``A``; empty in unnumbered lists."""
    list_name: str = ""
    kind: str = ""
    """``book``, ``journal-article``, ``newspaper-article``, ``web-page``, ``report`` …"""
    authors: tuple[Contributor, ...] = ()
    editors: tuple[Contributor, ...] = ()
    translators: tuple[Contributor, ...] = ()
    titles: tuple[Title, ...] = ()
    container: str = ""
    publisher: str = ""
    place: str = ""
    issued: DateValue | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    page_count: int | None = None
    isbn13: str = ""
    issn: str = ""
    doi: str = ""
    s2cid: str = ""
    url: str = ""
    archive: str = ""
    archived: DateValue | None = None
    retrieved: DateValue | None = None
    language: str = ""
    same_as: int | None = None
    """Index of the earlier entry an ``Ibid.`` stands for."""


@dataclass(frozen=True, slots=True)
class Marker:
    """An inline citation: the marker, what it points at, and the stretch it backs."""

    start: int
    end: int
    text: str
    reference: int | None
    """Index into `Extraction.references`; None when the list has no such entry."""
    scope_start: int
    scope_end: int


@dataclass(frozen=True, slots=True)
class Value:
    """A literal; *datatype*: ``string decimal date edtf uri boolean``."""

    text: str
    datatype: str = "string"
    language: str = ""


Term = Mention | Value


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that somebody claims, with its scope. *start* and *end* delimit its passage."""

    start: int
    end: int
    quantity: Quantity
    measure: str
    """Concept of the measure vocabulary: ``interned``, ``died``, ``repatriated`` …"""
    population: Mention | None = None
    population_text: str = ""
    territory: tuple[Mention, ...] = ()
    period: DateValue | None = None
    method: str = ""
    """How the number came about, as the text says it."""
    authority: Mention | None = None
    stance: Stance = Stance.ASSERTED
    references: tuple[int, ...] = ()
    """Indexes into `Extraction.references`."""
    part_of: int | None = None
    """Index into `Extraction.figures` of the sum it is a part of."""
    note: str = ""
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Statement:
    """What a passage says: subject, predicate, object, and in whose voice."""

    start: int
    end: int
    subject: Mention
    predicate: str
    """Local name of a property of the ontology, ``heldIn``."""
    object: Term
    qualifiers: tuple[tuple[str, Term], ...] = ()
    """Property local name and value: date, place, role, scope note."""
    stance: Stance = Stance.ASSERTED
    authority: Mention | None = None
    references: tuple[int, ...] = ()
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that the converter found in one document."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateValue, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    references: tuple[Reference, ...] = ()
    markers: tuple[Marker, ...] = ()
    figures: tuple[Figure, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A name of an entity in one language or script (BCP 47 tag, ``ja-Latn`` for romaji)."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible identity that nobody has confirmed: never `owl:sameAs`."""

    other: str
    score: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing the documents speak of, after resolution. *key* is its IRI below ``id/``."""

    key: str
    kind: EntityKind
    labels: tuple[Label, ...]
    """The preferred one first."""
    subkind: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    candidates: tuple[Candidate, ...] = ()
    evidence: tuple[str, ...] = ()
    """Why mentions were joined: ``"same name"``, ``"surname after full name"`` …"""
