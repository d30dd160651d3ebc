"""Find the names in a document: known names first, then layers of patterns, then terms."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter

from ..model import BlockKind, Document, EntityKind, Mention
from .gazetteer import Entry, Gazetteer
from .machine import Machine
from .patterns import Pattern
from .tokens import BREAK, Tokens, tokenise

_SKIPPED = frozenset({BlockKind.BOILERPLATE})
_WHOLE = frozenset({BlockKind.REFERENCE, BlockKind.TABLE})
_JAPANESE = re.compile(r"[぀-ヿ㐀-鿿]")
_RUSSIAN = re.compile(r"[а-яёА-ЯЁ]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A candidate: a range of tokens and what it would be."""

    start: int
    end: int
    kind: EntityKind
    rule: str
    subkind: str = ""
    priority: int = 0
    confidence: float = 1.0
    authority: str = ""
    name: tuple[int, int] | None = None
    parts: tuple[tuple[str, int, int], ...] = ()
    absorbs: tuple[str, ...] = ()

    @property
    def span(self) -> tuple[int, int]:
        """The range of tokens."""
        return self.start, self.end


@dataclass(slots=True)
class Reading:
    """The state of one document while its names are being found."""

    document: Document
    tokens: Tokens
    codes: list[str]
    zones: tuple[list[int], list[str]]
    owner: list[int]
    """Number of the outermost hit each token is in, -1 for none."""
    hits: dict[int, Hit] = field(default_factory=dict)
    count: int = 0

    def zone(self, token: int) -> str:
        """Return the kind of the block a token is in."""
        return self.zones[1][bisect_right(self.zones[0], token) - 1]

    def take(self, hit: Hit, compiled: Machine) -> bool:
        """Accept *hit* if it fits with what stands there; return whether it did."""
        inner = sorted(set(self.owner[hit.start : hit.end]) - {-1})
        for number in inner:
            other = self.hits[number]
            if other.start < hit.start or other.end > hit.end:
                return False
        allowed = compiled.nests.get(hit.kind, frozenset()).difference(hit.absorbs)
        if "*" in hit.absorbs:
            allowed = frozenset()
        for number in inner:
            other = self.hits[number]
            if other.kind == hit.kind and other.span in (hit.name, hit.span):
                hit = replace(hit, authority=other.authority, subkind=hit.subkind or other.subkind)
            if other.kind not in allowed or (other.span == hit.span and other.kind == hit.kind):
                del self.hits[number]
        self.count += 1
        self.hits[self.count] = hit
        first, later = compiled.lexicon.mark(hit.kind, self.codes[hit.start])
        width = hit.end - hit.start
        self.owner[hit.start : hit.end] = [self.count] * width
        self.codes[hit.start : hit.end] = [first, *[later] * (width - 1)]
        return True

    def nest(self, hit: Hit) -> None:
        """Add *hit* inside one that is there, without changing what patterns see."""
        self.count += 1
        self.hits[self.count] = hit


def read(document: Document, compiled: Machine) -> Reading:
    """Return the tokens of the readable parts of a document, nothing found yet."""
    segments = sorted(_segments(document))
    tokens = tokenise([(start, text) for start, text, _ in segments], compiled.cutter)
    firsts, kinds = [0], [segments[0][2] if segments else ""]
    number = 0
    for at, word in enumerate(tokens.words):
        if word == BREAK and (number := number + 1) < len(segments):
            firsts.append(at + 1)
            kinds.append(segments[number][2])
    codes = compiled.lexicon.encode(tokens.words)
    return Reading(document, tokens, codes, (firsts, kinds), [-1] * len(tokens))


def _segments(document: Document) -> Iterable[tuple[int, str, str]]:
    blocks = document.blocks
    covered = set()
    for sentence in document.sentences:
        kind = blocks[sentence.block].kind if blocks else BlockKind.PARAGRAPH
        if kind not in _SKIPPED and kind not in _WHOLE:
            covered.add(sentence.block)
            yield sentence.start, sentence.text, kind
    for number, block in enumerate(blocks):
        if number not in covered and block.kind not in _SKIPPED:
            yield block.start, document.text[block.start : block.end], block.kind


def find_names(reading: Reading, compiled: Machine) -> None:
    """Fill ``reading.hits`` with known names and what the patterns find."""
    take_entries(reading, compiled, compiled.names, "authority")
    for layer in compiled.layers:
        taken = bytearray(len(reading.codes))
        for _, patterns in groupby(layer, key=attrgetter("priority")):
            joined = "".join(reading.codes)
            found = [hit for pattern in patterns for hit in _matches(pattern, joined, reading)]
            for hit in sorted(found, key=lambda hit: (hit.start - hit.end, hit.start, hit.rule)):
                if not any(taken[hit.start : hit.end]) and reading.take(hit, compiled):
                    taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)


def take_entries(reading: Reading, compiled: Machine, names: Gazetteer, rule: str) -> None:
    """Accept the names of a gazetteer where the text is still free, and the names inside them."""
    for start, end, entry in names.find(reading.tokens):
        allowed = compiled.nests.get(entry.kind, frozenset())
        there = {reading.hits[n].kind for n in reading.owner[start:end] if n >= 0}
        if not there <= allowed - {entry.kind} or not reading.take(
            _known(start, end, entry, rule), compiled
        ):
            continue
        if allowed and end - start > 1:
            for first, last, inner in compiled.names.inside(reading.tokens, start, end):
                if inner.kind in allowed and not _proper_part(reading.tokens.words, start, first):
                    reading.nest(_known(first, last, inner, "authority"))


def _proper_part(words: list[str], start: int, first: int) -> bool:
    """Return whether a name is part of a proper name: Potsdam in Potsdam Conference."""
    return words[start][0].isupper() and (first == start or words[first - 1][0].isupper())


def _known(start: int, end: int, entry: Entry, rule: str) -> Hit:
    return Hit(start, end, entry.kind, rule, entry.subkind, authority=entry.authority)


def _matches(pattern: Pattern, joined: str, reading: Reading) -> Iterator[Hit]:
    groups = [name for name in pattern.regex.groupindex if name not in {"m", "name", "list"}]
    for match in pattern.regex.finditer(joined):
        if pattern.zones and reading.zone(match.start()) not in pattern.zones:
            continue
        if "list" in pattern.regex.groupindex:
            yield from _members(pattern, match.span("list"), reading)
            continue
        start, end = match.span("m" if "m" in pattern.regex.groupindex else 0)
        if start == end:
            continue
        named = "name" in pattern.regex.groupindex and match.start("name") >= 0
        parts = ((name, *match.span(name)) for name in groups if match.start(name) >= 0)
        yield Hit(
            start,
            end,
            pattern.kind,
            pattern.name,
            pattern.subkind,
            pattern.priority,
            pattern.confidence,
            pattern.authority,
            match.span("name") if named else None,
            tuple(parts),
            pattern.absorbs,
        )


def _members(pattern: Pattern, span: tuple[int, int], reading: Reading) -> Iterator[Hit]:
    """Yield one hit for each member of a series that the pattern wants and nobody has yet."""
    words = reading.tokens.words
    start = span[0]
    depth = 0
    for at in range(span[0], span[1] + 1):
        word = words[at] if at < span[1] else ","
        depth += (word in "([（") - (word in ")]）")
        if at == span[1] or (depth == 0 and word in {",", "and", "、", "и"}):
            if at > start and pattern.wants(reading.owner[start], reading.hits):
                yield Hit(
                    start,
                    at,
                    pattern.kind,
                    pattern.name,
                    pattern.subkind,
                    pattern.priority,
                    pattern.confidence,
                )
            start = at + 1


def mention(hit: Hit, reading: Reading) -> Mention:
    """Return the mention a hit stands for."""
    tokens, text = reading.tokens, reading.document.text

    def piece(start: int, end: int) -> str:
        return re.sub(r"\s+", " ", text[tokens.starts[start] : tokens.ends[end - 1]])

    start, end = tokens.starts[hit.start], tokens.ends[hit.end - 1]
    return Mention(
        start,
        end,
        text[start:end],
        hit.kind,
        piece(*(hit.name or hit.span)),
        language=language_of(text[start:end]),
        subkind=hit.subkind,
        attributes=tuple((name, piece(a, b)) for name, a, b in hit.parts if a < b),
        authority=hit.authority,
        rule=hit.rule,
        confidence=hit.confidence,
    )


def language_of(text: str) -> str:
    """Return the language a name is written in, by its script."""
    if _JAPANESE.search(text):
        return "ja"
    return "ru" if _RUSSIAN.search(text) else "en"
