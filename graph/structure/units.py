"""The working unit of structure: one line or paragraph of the text on its way to being a block."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from ..model import BlockKind, Document
from .patterns import pattern, promotion

_LINE = re.compile(r"[^\n]+")
_CITATIONS_AT_END = re.compile(
    r"(?:\s*\[[^\]\n]{1,30}\]|(?<=\S)\*{1,3}|(?:(?<=[^\W\d_][.!?])|(?<=\d\d\.))\d{1,3})+$"
)
_MARK_ENDS = frozenset("]*0123456789")
_TERMINAL = re.compile(r"[.!?…。！？:：;](?:[\"'”’»)\]」』）]| [\"”»])*$")
_ABBREVIATED = re.compile(r"\([^().]{1,24}\.\)$")
"""A short bracket with an abbreviation at its end, as in titles: (1945–1949 гг.)"""
_WORD = re.compile(r"[^\W_]+")
_ASCII_SIGNS = {code: None for code in range(128) if not chr(code).isalnum()}
_MARKS = re.compile(r"[\u0300-\u036f\u3099\u309a]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ROW = re.compile(r"[|\t]|\S\u3000+\S*\d")
"""What is in the row of a table and not in running text."""
_MAX_CLOSERS = 12
_TAIL = 32
_MIN_WIDTH = 40
_MIN_WIDTH_CJK = 15
"""Lines shorter than this were not wrapped: they are items, verses, addresses."""
_MIN_PARAGRAPH = 90
_CJK_WIDTH = 2.5
"""One sign of kanji or kana says about as much as this many letters."""


@dataclass
class Unit:
    """A stretch without outer white space; *kind* is None until some step has decided."""

    start: int
    end: int
    text: str
    gap: int = 1
    """Blank lines before it."""
    kind: BlockKind | None = None
    level: int = 0
    reason: str = ""
    continues: bool = False
    given: bool = False
    """True if the markup of the source said what it is, if only that it is a paragraph."""
    rows: list[list[tuple[int, int]]] = field(default_factory=list)
    """For a table found in plain text: offsets of its cells in the document, row by row."""

    def mark(self, kind: BlockKind, reason: str = "", level: int = 0) -> None:
        """Decide what the unit is."""
        self.kind, self.reason, self.level = kind, reason, level

    @property
    def open(self) -> bool:
        """True as long as no step has decided."""
        return self.kind is None

    @cached_property
    def body(self) -> str:
        """The text without citation markers at its end."""
        marked = self.text[-1:] in _MARK_ENDS
        return _CITATIONS_AT_END.sub("", self.text) if marked else self.text

    @cached_property
    def weight(self) -> int:
        """About how many letters of Latin script the text is worth."""
        signs = len(_CJK.findall(self.text[:400]))
        return round(len(self.text) + signs * (_CJK_WIDTH - 1))

    @cached_property
    def finished(self) -> bool:
        """True if it ends like a sentence, or with a colon or semicolon."""
        tail = self.body[-_TAIL:]
        return bool(_TERMINAL.search(tail[-_MAX_CLOSERS:])) and not _ABBREVIATED.search(tail)

    @cached_property
    def prose(self) -> bool:
        """True for running text: a sentence or more, of more than a few words."""
        return self.finished and self.weight >= 45

    @cached_property
    def substantial(self) -> bool:
        """True for running text as long as a paragraph: one long sentence, or several."""
        weight = self.weight
        if weight < _MIN_PARAGRAPH:
            return False
        several = self.sentences > 1
        return (self.finished and (several or weight >= 140)) or (several and weight >= 140)

    @cached_property
    def sentences(self) -> int:
        """About how many sentences it has."""
        return 1 + len(pattern("shapes", "sentence-end").findall(self.body))

    @cached_property
    def promotion(self) -> int:
        """How many of its phrases speak to the visitor of a site."""
        return promotion(self.text)


def units_of(document: Document) -> list[Unit]:
    """Return the blocks the source's markup gave, or else one unit for each line."""
    if document.blocks:
        return [_given(document, index) for index in range(len(document.blocks))]
    units = []
    end = 0
    for line in _LINE.finditer(document.text):
        if line[0].strip():
            unit = piece(document.text, line.start(), line.end())
            unit.gap = max(0, document.text.count("\n", end, unit.start) - 1)
            end = unit.end
            units.append(unit)
    units[0].gap = 1
    return units


def piece(text: str, start: int, end: int) -> Unit:
    """Return a unit for a range of the text, outer white space left out."""
    part = text[start:end]
    body = part.strip()
    first = start + len(part) - len(part.lstrip())
    return Unit(first, first + len(body), body)


def cut(unit: Unit, text: str, offsets: list[int]) -> list[Unit]:
    """Cut a unit at offsets of the document; the parts are open and stand line by line."""
    bounds = [unit.start, *offsets, unit.end]
    parts = [piece(text, a, b) for a, b in pairwise(bounds) if text[a:b].strip()]
    for part in parts:
        part.gap, part.given = 0, unit.given
    parts[0].gap = unit.gap
    return parts


def fold(text: str) -> str:
    """Return the letters and digits of *text* in lower case without accents, to compare by."""
    plain = text.lower()
    if plain.isascii():
        return plain.translate(_ASCII_SIGNS)
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text).casefold())
    return "".join(_WORD.findall(plain))


def _given(document: Document, index: int) -> Unit:
    block = document.blocks[index]
    unit = piece(document.text, block.start, block.end)
    if block.kind is not BlockKind.PARAGRAPH:
        unit.mark(block.kind, block.reason, block.level)
    unit.given = True
    return unit


def unwrap(units: list[Unit], text: str) -> list[Unit]:
    """Join the lines of paragraphs that were wrapped at a fixed width; decided lines stay alone.

    A line was wrapped if the next line's first word would not have fitted on it. A text counts as
    wrapped when that is so for most lines that end in the middle of a sentence, and hardly any
    line is longer than the width.
    """
    pairs = [(a, b) for a, b in pairwise(units) if b.gap == 0 and a.open and b.open]
    widths = sorted(len(a.text) for a, _ in pairs if not a.finished)
    if len(widths) < 3 or widths[-1] > 130 or units[0].given:
        return units
    width = widths[int(len(widths) * 0.95)]
    full = [pair for pair in pairs if _full(*pair, width)]
    narrow = _MIN_WIDTH_CJK if _CJK.search(text) else _MIN_WIDTH
    longer = sum(len(unit.text) > width * 1.1 for unit in units)
    if width < narrow or len(full) * 2 < len(widths) or longer * 20 > len(units):
        return units
    wrapped = {id(second) for _, second in full}
    joined: list[Unit] = []
    for unit in units:
        if joined and id(unit) in wrapped:
            gap = joined[-1].gap
            joined[-1] = piece(text, joined[-1].start, unit.end)
            joined[-1].gap = gap
        else:
            joined.append(unit)
    return joined


def _full(line: Unit, following: Unit, width: int) -> bool:
    if _ROW.search(line.text) or _ROW.search(following.text):
        return False
    if pattern("starts", "bullet").match(following.text) or pattern("starts", "number").match(
        following.text
    ):
        return False
    if _CJK.match(following.text):
        return len(line.text) >= width - 2
    return len(line.text) + 1 + len(following.text.split(None, 1)[0]) > width * 0.9
