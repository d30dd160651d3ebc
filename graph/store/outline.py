r"""What can be told of a query from its tokens alone, before any engine sees it.

The tokens are those of the SPARQL 1.1 grammar (section 19.8). Engines whose grammar does not ask
for a space after a keyword read ``SERVICEex:a{}`` as a call out; so a word that merely contains
such a keyword counts as the keyword wherever that reading is possible. Nothing is ever let through
for being written oddly: ``\u0053ERVICE`` is no keyword to the engine, and not decoded by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"""
    (?P<iri> <[^<>"{}|^`\x00-\x20]*> )
  | (?P<comment> \#[^\n\r]* )
  | (?P<string> \"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\" | \'\'\'(?:[^'\\]|\\.|\'(?!\'\'))*\'\'\'
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
  | (?P<variable> [?$]\w+ )
  | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
  | (?P<name> [\w.·-]*:(?:[\w:.·-]|%[0-9A-Fa-f]{2}|\\.)* )
  | (?P<number> [+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)? )
  | (?P<word> [^\W\d]\w* )
  | (?P<open> [({\[] )
  | (?P<close> [)}\]] )
  | (?P<other> \S )
    """,
    re.VERBOSE | re.DOTALL,
)

_SCHEME = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_BEFORE_A_GRAPH = frozenset(
    {"GRAPH", "FROM", "NAMED", "USING", "INTO", "TO", "WITH", "DESCRIBE", "COPY", "MOVE", "ADD"}
)


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a query or update."""

    form: str
    """``SELECT``, ``ASK``, ``CONSTRUCT``, ``DESCRIBE``, or empty (an update, or not SPARQL)."""
    depth: int
    """Deepest nesting of brackets."""
    default_graphs: tuple[str, ...]
    """IRIs of FROM clauses."""
    named_graphs: tuple[str, ...]
    """IRIs of FROM NAMED clauses."""
    has_dataset: bool
    """True if there is any FROM, USING or WITH clause."""
    services: tuple[str, ...]
    """What SERVICE clauses call; empty text for a variable or what cannot be told."""
    loads: bool
    """True if an update may read a document from elsewhere."""
    relative: bool
    """True if any IRI is relative, so that a base is needed."""
    asks_graphs: bool
    """True if there may be a GRAPH clause."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token, its kind (a group of the pattern above), place and bracket depth."""

    kind: str
    text: str
    start: int
    depth: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of *text* but for comments; the depth of a bracket is that outside it."""
    depth = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind == "comment":
            continue
        if kind == "close":
            depth -= 1
        yield Token(kind, match.group(), match.start(), depth)
        if kind == "open":
            depth += 1


@lru_cache(maxsize=4096)
def outline(text: str) -> Outline:
    """Return the outline of a query or update; never fails, also on what is not SPARQL."""
    return _Reader(list(tokens(text))).read()


class _Reader:
    """Reads an outline off a list of tokens."""

    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.prefixes: dict[str, str] = {}
        self.form = ""
        self.default: list[str] = []
        self.named: list[str] = []
        self.services: list[str] = []
        self.has_dataset = self.loads = self.asks_graphs = False

    def read(self) -> Outline:
        deepest = 0
        for index, token in enumerate(self.tokens):
            deepest = max(deepest, token.depth + (token.kind == "open"))
            if token.kind == "word":
                self._word(index, token)
            elif token.kind == "name":
                self._name(index, token)
        return Outline(
            self.form,
            deepest,
            tuple(self.default),
            tuple(self.named),
            self.has_dataset,
            tuple(self.services),
            self.loads,
            any(t.kind == "iri" and not _SCHEME.match(t.text) for t in self.tokens),
            self.asks_graphs,
        )

    def _word(self, index: int, token: Token) -> None:
        word = token.text.upper()
        self.asks_graphs |= "GRAPH" in word
        if word in _FORMS and not self.form and token.depth == 0:
            self.form = word
        elif word == "PREFIX":
            self.prefixes[self._text(index + 1)] = self._iri(index + 2)
        elif word in ("USING", "WITH") and token.depth == 0:
            self.has_dataset = True
        elif word == "FROM" and token.depth == 0:
            self._from(index)
        elif "SERVICE" in word:
            silent = self._text(index + 1).upper() == "SILENT"
            exact = word == "SERVICE"
            self.services.append(self._iri(index + 1 + silent) if exact else "")
        elif "LOAD" in word:
            self.loads = True

    def _name(self, index: int, token: Token) -> None:
        """Note a prefixed name that an engine may read as a keyword and a name."""
        prefix = token.text.partition(":")[0].upper()
        self.asks_graphs |= "GRAPH" in prefix
        if self._text(index - 1).upper() in _BEFORE_A_GRAPH | {"PREFIX"}:
            return
        if "SERVICE" in prefix and self._text(index + 1) == "{":
            self.services.append("")
        if "LOAD" in prefix and token.depth == 0:
            self.loads = True

    def _from(self, index: int) -> None:
        self.has_dataset = True
        named = self._text(index + 1).upper() == "NAMED"
        (self.named if named else self.default).append(self._iri(index + 1 + named))

    def _text(self, index: int) -> str:
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def _iri(self, index: int) -> str:
        """Return the IRI of a token, or empty text if it has none."""
        known = 0 <= index < len(self.tokens)
        return iri_of(self.tokens[index], self.prefixes) if known else ""


def iri_of(token: Token, prefixes: dict[str, str]) -> str:
    """Return the IRI a token stands for, or empty text if it stands for none."""
    if token.kind == "iri":
        return _unescape(token.text[1:-1])
    if token.kind == "name":
        prefix, _, local = token.text.partition(":")
        base = prefixes.get(prefix + ":", "")
        return base + re.sub(r"\\(.)", r"\1", local) if base else ""
    return ""


def _unescape(text: str) -> str:
    r"""Decode ``\uXXXX`` and ``\UXXXXXXXX`` (SPARQL 1.1 Query, section 19.2)."""
    return re.sub(
        r"\\u([0-9A-Fa-f]{4})|\\U00([0-9A-Fa-f]{6})",
        lambda match: chr(min(int(match[1] or match[2], 16), 0x10FFFF)),
        text,
    )
