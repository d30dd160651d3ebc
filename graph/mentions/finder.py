"""Find the names in a document: known names first, then layers of patterns, then repetitions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from ..model import BlockKind, Document, EntityKind, Mention
from ..resources import rules
from .authorities import records
from .gazetteer import Entry, Gazetteer
from .lexicon import RULE_FILES, Lexicon, word_lists
from .patterns import Pattern, compile_pattern, expand, literals
from .tokens import JapaneseCutter, Tokens, tokenise

_SKIPPED = frozenset({BlockKind.BOILERPLATE})
_WHOLE = frozenset({BlockKind.REFERENCE, BlockKind.TABLE})


@dataclass(frozen=True, slots=True)
class Hit:
    """A candidate: a range of tokens and what it would be."""

    start: int
    end: int
    kind: EntityKind
    subkind: str
    priority: int
    confidence: float
    rule: str
    authority: str = ""
    name: tuple[int, int] | None = None
    parts: tuple[tuple[str, int, int], ...] = ()

    @property
    def span(self) -> tuple[int, int]:
        """The range of tokens."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Machine:
    """Everything compiled from the rule files and the authorities."""

    lexicon: Lexicon
    cutter: JapaneseCutter
    gazetteer: Gazetteer
    layers: tuple[tuple[Pattern, ...], ...]
    nests: dict[str, frozenset[str]]


@cache
def machine() -> Machine:
    """Return the compiled rules; the first call takes a moment."""
    macros: dict[str, str] = {}
    tables = []
    terms: list[Entry] = []
    for name in RULE_FILES:
        data = rules(name)
        macros.update(data.get("macros", {}))
        tables.extend(data.get("pattern", ()))
        for term in data.get("term", ()):
            kind = EntityKind(term["kind"])
            terms.extend(
                Entry(text, kind, term.get("subkind", ""), folded=True) for text in term["names"]
            )
    lists: dict[str, Iterable[str]] = dict(word_lists())
    for table in tables:
        for word in literals(expand(table["match"], macros)):
            lists["=" + word.casefold()] = (word.casefold(),)
    entries = [
        Entry(label.text, record.kind, record.subkind, record.key)
        for record in records()
        for label in record.labels
    ]
    lexicon = Lexicon(lists)
    cutter = JapaneseCutter([*lexicon.words, *(entry.name for entry in [*entries, *terms])])
    patterns = [compile_pattern(table, macros, lexicon) for table in tables]
    layers = sorted({pattern.layer for pattern in patterns})
    return Machine(
        lexicon,
        cutter,
        Gazetteer([*entries, *terms], cutter),
        tuple(tuple(p for p in patterns if p.layer == layer) for layer in layers),
        {kind: frozenset(inner) for kind, inner in rules("names")["nests"].items()},
    )


@dataclass(slots=True)
class Reading:
    """The state of one document while its names are being found."""

    document: Document
    tokens: Tokens
    codes: list[str]
    zones: tuple[list[int], list[str]]
    owner: list[int]
    hits: dict[int, Hit] = field(default_factory=dict)

    def zone(self, token: int) -> str:
        """Return the kind of the block a token is in."""
        return self.zones[1][bisect_right(self.zones[0], token) - 1]

    def take(self, hit: Hit, compiled: Machine) -> bool:
        """Accept *hit* if it fits with what stands there; return whether it did."""
        inner = sorted(set(self.owner[hit.start : hit.end]) - {-1})
        allowed = compiled.nests.get(hit.kind, frozenset())
        for number in inner:
            other = self.hits[number]
            if other.start < hit.start or other.end > hit.end:
                return False
        for number in inner:
            other = self.hits[number]
            if other.kind == hit.kind and (other.start, other.end) in (hit.name, hit.span):
                hit = replace(hit, authority=other.authority, subkind=hit.subkind or other.subkind)
            if other.kind not in allowed or (other.start, other.end) == hit.span:
                del self.hits[number]
        number = len(self.owner) + hit.start * 1000 + len(self.hits)
        while number in self.hits:
            number += 1
        self.hits[number] = hit
        first, later = compiled.lexicon.mark(hit.kind, self.codes[hit.start])
        for at in range(hit.start, hit.end):
            self.owner[at] = number
            self.codes[at] = later
        self.codes[hit.start] = first
        return True


def read(document: Document, compiled: Machine) -> Reading:
    """Return the tokens of the readable parts of a document, nothing found yet."""
    segments = sorted(_segments(document))
    tokens = tokenise([(start, text) for start, text, _ in segments], compiled.cutter)
    firsts, kinds = [0], [segments[0][2] if segments else ""]
    number = 0
    for at, word in enumerate(tokens.words):
        if word == "\n" and (number := number + 1) < len(segments):
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


def find_hits(reading: Reading, compiled: Machine) -> None:
    """Fill ``reading.hits``: known names, then each layer of patterns."""
    for start, end, entry in compiled.gazetteer.find(reading.tokens):
        rule = "authority" if entry.authority else "term"
        hit = Hit(start, end, entry.kind, entry.subkind, 0, 1.0, rule, entry.authority)
        reading.take(hit, compiled)
    for layer in compiled.layers:
        joined = "".join(reading.codes)
        found = [hit for pattern in layer for hit in _matches(pattern, joined, reading)]
        found.sort(key=lambda hit: (-hit.priority, hit.start - hit.end, hit.start, hit.rule))
        taken = bytearray(len(joined))
        for hit in found:
            if not any(taken[hit.start : hit.end]) and reading.take(hit, compiled):
                taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)


def _matches(pattern: Pattern, joined: str, reading: Reading) -> Iterable[Hit]:
    groups = [name for name in pattern.regex.groupindex if name not in {"m", "name"}]
    for match in pattern.regex.finditer(joined):
        whole = "m" if "m" in pattern.regex.groupindex else 0
        start, end = match.span(whole)
        if start == end or (pattern.zones and reading.zone(start) not in pattern.zones):
            continue
        named = "name" in pattern.regex.groupindex and match.start("name") >= 0
        yield Hit(
            start,
            end,
            pattern.kind,
            pattern.subkind,
            pattern.priority,
            pattern.confidence,
            pattern.name,
            name=match.span("name") if named else None,
            parts=tuple((name, *match.span(name)) for name in groups if match.start(name) >= 0),
        )


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
        piece(*(hit.name or (hit.start, hit.end))),
        language=_language(text[start:end]),
        subkind=hit.subkind,
        attributes=tuple((name, piece(a, b)) for name, a, b in hit.parts if a < b),
        authority=hit.authority,
        rule=hit.rule,
        confidence=hit.confidence,
    )


def _language(text: str) -> str:
    if re.search(r"[぀-ヿ㐀-鿿]", text):
        return "ja"
    return "ru" if re.search(r"[а-яё]", text, re.IGNORECASE) else "en"
