"""Find the names in a document: known names first, then layers of patterns, then terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter

from ..model import BlockKind, Document, EntityKind, Mention
from .gazetteer import Entry, Gazetteer
from .machine import Machine
from .patterns import Pattern
from .tokens import Tokens, tokenise

_SEPARATORS = frozenset({",", "and", "、", "и"})
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
    sentences: list[tuple[int, int, str]]
    """First token, token after the break that ends it, and kind of block, of every sentence."""
    sentence_of: list[int]
    owner: list[int]
    """Number of the outermost hit each token is in, -1 for none."""
    hits: dict[int, Hit] = field(default_factory=dict)
    count: int = 0
    places: dict[str, int] = field(default_factory=dict)
    """Code to the sentences that hold it, or did once: a bit for each.

    Every pattern asks for the sentences that hold some code of each of several sets; that is one
    operation on long numbers for each code, whatever the number of sentences.
    """
    present: set[str] = field(default_factory=set)
    """The keys of *places*, which a set of codes meets fast."""
    holding: dict[frozenset[str], int] = field(default_factory=dict)
    """Set of codes to the sentences that hold one of them, while nothing is added to *places*."""
    joined: dict[int, str] = field(default_factory=dict)
    """Sentence to its codes as one string, while nothing in it changes."""

    def codes_of(self, sentence: int) -> str:
        """Return the codes of a sentence as one string."""
        found = self.joined.get(sentence)
        if found is None:
            start, end, _ = self.sentences[sentence]
            found = self.joined[sentence] = "".join(self.codes[start:end])
        return found

    def candidates(self, pattern: Pattern) -> list[int]:
        """Return the sentences a pattern can match in, in order."""
        found = (1 << len(self.sentences)) - 1
        for needed in pattern.needs:
            found &= self._holders(needed)
            if not found:
                return []
        numbers = _bits(found)
        if pattern.zones:
            return [number for number in numbers if self.sentences[number][2] in pattern.zones]
        return numbers

    def _holders(self, needed: frozenset[str]) -> int:
        """Return the sentences that hold one of some codes."""
        there = self.holding.get(needed)
        if there is None:
            there, places = 0, self.places
            for code in needed & self.present:
                there |= places[code]
            self.holding[needed] = there
        return there

    def take(self, hit: Hit, compiled: Machine) -> bool:
        """Accept *hit* if it fits with what stands there; return whether it did."""
        there = self.owner[hit.start : hit.end]
        if max(there) >= 0:
            fitted = self._fit(hit, sorted(set(there) - {-1}), compiled)
            if fitted is None:
                return False
            hit = fitted
        self.nest(hit)
        first, later = compiled.lexicon.mark(hit.kind, self.codes[hit.start])
        width = hit.end - hit.start
        self.owner[hit.start : hit.end] = [self.count] * width
        self.codes[hit.start : hit.end] = [first, *[later] * (width - 1)]
        sentence = self.sentence_of[hit.start]
        self.joined.pop(sentence, None)
        for code in (first, later) if width > 1 else (first,):
            self._note(code, 1 << sentence)
        return True

    def _note(self, code: str, bit: int) -> None:
        before = self.places.get(code, 0)
        if not before & bit:
            self.places[code] = before | bit
            self.present.add(code)
            self.holding.clear()

    def _fit(self, hit: Hit, inner: list[int], compiled: Machine) -> Hit | None:
        """Remove what *hit* absorbs; return it with what it inherits, None if it cannot stand."""
        if any(
            self.hits[number].start < hit.start or self.hits[number].end > hit.end
            for number in inner
        ):
            return None
        allowed = compiled.nests.get(hit.kind, frozenset()).difference(hit.absorbs)
        if "*" in hit.absorbs:
            allowed = frozenset()
        for number in inner:
            other = self.hits[number]
            if other.kind == hit.kind and other.span in (hit.name, hit.span):
                authority = other.authority or hit.authority
                hit = replace(hit, authority=authority, subkind=hit.subkind or other.subkind)
            if other.kind not in allowed or (other.span == hit.span and other.kind == hit.kind):
                del self.hits[number]
        return hit

    def nest(self, hit: Hit) -> None:
        """Add *hit* without changing what patterns see."""
        self.count += 1
        self.hits[self.count] = hit


def _number(bits: Iterable[int], size: int) -> int:
    """Return the number of *size* bits that has ones at *bits*."""
    signs = bytearray(size // 8 + 1)
    for bit in bits:
        signs[bit >> 3] |= 1 << (bit & 7)
    return int.from_bytes(signs, "little")


def _bits(number: int) -> list[int]:
    """Return the places of the ones in *number*, the lowest first."""
    digits = bin(number)[:1:-1]
    found, at = [], digits.find("1")
    while at >= 0:
        found.append(at)
        at = digits.find("1", at + 1)
    return found


def read(document: Document, compiled: Machine) -> Reading:
    """Return the tokens of the readable parts of a document, nothing found yet."""
    segments = sorted(_segments(document))
    tokens = tokenise([(start, text) for start, text, _ in segments], compiled.cutter)
    codes = compiled.lexicon.encode(tokens.words)
    sentences = []
    sentence_of: list[int] = []
    holders: dict[str, list[int]] = {}
    start = 0
    for number, (end, (_, _, kind)) in enumerate(zip(tokens.breaks, segments, strict=True)):
        sentences.append((start, end, kind))
        sentence_of += [number] * (end - start)
        for code in set(codes[start:end]):
            holders.setdefault(code, []).append(number)
        start = end
    owner = [-1] * len(tokens)
    places = {code: _number(held, len(sentences)) for code, held in holders.items()}
    present = set(places)
    return Reading(
        document, tokens, codes, sentences, sentence_of, owner, places=places, present=present
    )


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
            found = [hit for pattern in patterns for hit in _matches(pattern, reading)]
            for hit in sorted(found, key=lambda hit: (hit.start - hit.end, hit.start, hit.rule)):
                if not any(taken[hit.start : hit.end]) and reading.take(hit, compiled):
                    taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)


def take_entries(reading: Reading, compiled: Machine, names: Gazetteer, rule: str) -> None:
    """Accept the names of a gazetteer where the text is still free, and the names inside them."""
    for start, end, entry in names.find(reading.tokens):
        allowed = compiled.nests.get(entry.kind, frozenset())
        hit = _known(start, end, entry, rule)
        there = {number for number in reading.owner[start:end] if number >= 0}
        if not {reading.hits[number].kind for number in there} <= allowed - {entry.kind}:
            _nest_term(reading, hit, there, compiled)
            continue
        if not reading.take(hit, compiled):
            continue
        if allowed and end - start > 1:
            for first, last, inner in compiled.names.inside(reading.tokens, start, end):
                if inner.kind in allowed and not _proper_part(reading.tokens.words, start, first):
                    reading.nest(_known(first, last, inner, "authority"))


def _nest_term(reading: Reading, hit: Hit, there: set[int], compiled: Machine) -> None:
    """Add a term inside the one mention that holds it, where its kind may stand."""
    if len(there) != 1 or hit.rule != "term":
        return
    outer = reading.hits[next(iter(there))]
    inside = outer.start < hit.start and hit.end <= outer.end
    if inside and hit.kind in compiled.nests.get(outer.kind, frozenset()):
        reading.nest(hit)


def _proper_part(words: list[str], start: int, first: int) -> bool:
    """Return whether a name is part of a proper name: Potsdam in Potsdam Conference."""
    return words[start][0].isupper() and (first == start or words[first - 1][0].isupper())


def _known(start: int, end: int, entry: Entry, rule: str) -> Hit:
    return Hit(start, end, entry.kind, rule, entry.subkind, authority=entry.authority)


def _matches(pattern: Pattern, reading: Reading) -> Iterator[Hit]:
    numbers = reading.candidates(pattern)
    if not numbers:
        return
    regex = pattern.expression.regex
    for sentence in numbers:
        codes = reading.codes_of(sentence)
        if regex.search(codes) is None:
            continue
        offset = reading.sentences[sentence][0]
        for match in regex.finditer(codes):
            if pattern.has_list:
                start, end = match.span("list")
                yield from _members(pattern, start + offset, end + offset, reading)
            else:
                yield from _hit(pattern, match, offset)


def _hit(pattern: Pattern, match: re.Match[str], offset: int) -> Iterator[Hit]:
    start, end = match.span(pattern.whole)
    if start == end:
        return
    name = None
    if pattern.has_name and match.start("name") >= 0:
        name = (match.start("name") + offset, match.end("name") + offset)
    parts = tuple(
        (part, match.start(part) + offset, match.end(part) + offset)
        for part in pattern.parts
        if match.start(part) >= 0
    )
    yield Hit(
        start + offset,
        end + offset,
        pattern.kind,
        pattern.name,
        pattern.subkind,
        pattern.confidence,
        pattern.authority,
        name,
        parts,
        pattern.absorbs,
    )


def _members(pattern: Pattern, start: int, stop: int, reading: Reading) -> Iterator[Hit]:
    """Yield one hit for each member of a series that the pattern wants and nobody has yet."""
    words = reading.tokens.words
    depth = 0
    for at in range(start, stop + 1):
        word = words[at] if at < stop else ","
        depth += (word in "([（") - (word in ")]）")
        if at == stop or (depth == 0 and word in _SEPARATORS):
            if at > start and pattern.wants(reading.owner[start], reading.hits):
                yield Hit(
                    start,
                    at,
                    pattern.kind,
                    pattern.name,
                    pattern.subkind,
                    pattern.confidence,
                )
            start = at + 1


def mention(hit: Hit, reading: Reading) -> Mention:
    """Return the mention a hit stands for."""
    tokens = reading.tokens
    start, end = tokens.starts[hit.start], tokens.ends[hit.end - 1]
    text = reading.document.text[start:end]
    return Mention(
        start,
        end,
        text,
        hit.kind,
        _tidy(hit.name, reading) if hit.name else " ".join(text.split()),
        language_of(text),
        hit.subkind,
        tuple((name, _tidy((a, b), reading)) for name, a, b in hit.parts if a < b),
        hit.authority,
        hit.rule,
        hit.confidence,
    )


def _tidy(span: tuple[int, int], reading: Reading) -> str:
    start, end = reading.tokens.starts[span[0]], reading.tokens.ends[span[1] - 1]
    return " ".join(reading.document.text[start:end].split())


def language_of(text: str) -> str:
    """Return the language a name is written in, by its script."""
    if text.isascii():
        return "en"
    if _JAPANESE.search(text):
        return "ja"
    return "ru" if _RUSSIAN.search(text) else "en"
