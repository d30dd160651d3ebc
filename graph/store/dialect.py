"""What the engine reads otherwise than the recommendation, written so that it reads it alike.

Each step is an equivalence of SPARQL 1.1 (or 1.2) itself, applied to the tokens of a query:

- ``TRUE`` is ``true``: keywords have no case (section 19.8).
- ``GROUP_CONCAT`` gives a simple literal (18.5.1.7), here ``STR`` of what the engine gives.
- A name of the SELECT clause stands for its aggregate in what follows (18.2.4.4).
- A path of length zero from a constant that is in no graph leads to the constant alone (18.4).
- ``GRAPH ?g {P}`` is P over one named graph after another, joined with ``?g`` (18.6). The engine
  lets ``?g`` into P; where that could be seen, the union is written out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .grammar import AGGREGATES
from .outline import Token, tokens

LONGEST = 1_000_000
"""Characters a query may grow to; one that would grow beyond is left as it is."""
_VOLATILE = frozenset({"RAND", "NOW", "UUID", "STRUUID", "BNODE"})
_WORDS = re.compile(r"\b(?:TRUE|FALSE|GROUP_CONCAT|AS)\b", re.IGNORECASE)
_PATH = re.compile(r"[\w>):][*?](?:[\s<:]|\w*:)")
_GRAPH = re.compile(r"\bGRAPH\s*[?$]", re.IGNORECASE)
_SEEN_WITHIN = frozenset({"SELECT", "MINUS", "VALUES"})
_BEYOND_TRIPLES = frozenset({"OPTIONAL", "FILTER", "BIND", "UNION", "EXISTS", "GRAPH", "SERVICE"})
_STARTS = frozenset({"OPTIONAL", "BIND", "FILTER"})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\\]*")


Edit = tuple[int, int, str]
"""A stretch of text, from its start to its end, and what stands there instead."""
Graphs = Callable[[], Sequence[str] | None]
Knows = Callable[[str], bool]


def adapted(text: str, graphs: Graphs, knows: Knows) -> str:
    """Return a query that means to the engine what *text* means.

    *graphs* gives the IRIs of the dataset's named graphs, None if they cannot all be named, and
    *knows* tells whether an IRI is a term of any graph; both are asked only if the query needs it.
    """
    if _is_plain(text):
        return text
    if _WORDS.search(text):
        text = _rewritten(text)
    if _PATH.search(text):
        empty = [path for path in _paths(text) if not knows(path.iri)]
        text = _edited(text, [path.edit for path in empty])
    return _with_graphs_written_out(text, graphs) if _GRAPH.search(text) else text


@lru_cache(maxsize=512)
def _is_plain(text: str) -> bool:
    """Tell that a query has nothing that is read otherwise; asked again, it is known."""
    return not any(pattern.search(text) for pattern in (_WORDS, _PATH, _GRAPH))


@lru_cache(maxsize=512)
def _rewritten(text: str) -> str:
    """Return the query with all that does not depend on the data."""
    return _named_aggregates(_simple_words(text))


def _simple_words(text: str) -> str:
    found = list(tokens(text))
    edits: list[Edit] = []
    for index, token in enumerate(found[:-1]):
        word = token.text.upper() if token.kind == "word" else ""
        if word in ("TRUE", "FALSE"):
            edits.append((token.start, token.start + len(word), word.lower()))
        elif word == "GROUP_CONCAT" and found[index + 1].text == "(":
            end = _close(found, index + 1)
            if end is not None:
                edits.append((token.start, token.start, "STR("))
                edits.append((end.start, end.start, ")"))
    return _edited(text, edits)


def _edited(text: str, edits: Sequence[Edit]) -> str:
    """Return *text* with each stretch from start to end replaced."""
    out, at = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        out += [text[at:start], new]
        at = end
    return "".join(out) + text[at:]


def _close(found: Sequence[Token], index: int) -> Token | None:
    """Return the token that closes the bracket at *index*."""
    place = _close_at(found, index)
    return found[place] if place is not None else None


def _close_at(found: Sequence[Token], index: int) -> int | None:
    depth = found[index].depth
    for place in range(index + 1, len(found)):
        if found[place].kind == "close" and found[place].depth == depth:
            return place
    return None


def _named_aggregates(text: str) -> str:
    """Write an aggregate in the place of its name in later items of the same SELECT clause."""
    found = list(tokens(text))
    edits: list[Edit] = []
    known: dict[str, str] = {}
    depth = -1
    for index, token in enumerate(found):
        word = token.text.upper() if token.kind == "word" else ""
        if word == "SELECT":
            known, depth = {}, token.depth
        elif token.depth == depth and (word in ("WHERE", "FROM") or token.text == "{"):
            known, depth = {}, -1
        elif token.depth == depth and token.text == "(":
            item = _item(found, index)
            if item is None:
                return text
            words = {t.text.upper() for t in item if t.kind == "word"}
            if words & AGGREGATES:
                if words & _VOLATILE:
                    return text
                start, end = item[0].start, item[-2].start
                known[item[-1].text[1:]] = f"({text[start:end]})"
            else:
                edits += [
                    (t.start, t.start + len(t.text), known[t.text[1:]])
                    for t in item[:-1]
                    if t.kind == "variable" and t.text[1:] in known
                ]
    return _edited(text, edits)


def _item(found: Sequence[Token], index: int) -> Sequence[Token] | None:
    """Return the tokens of ``(expression AS ?name)`` between its brackets, or None."""
    end = _close_at(found, index)
    if end is None or end - index < 4 or found[end - 2].text.upper() != "AS":
        return None
    return found[index + 1 : end]


@dataclass(frozen=True, slots=True)
class _Path:
    """A triple ``?s path* <C>`` or the reverse; if C is in no graph, ?s = C alone solves it."""

    iri: str
    edit: Edit


@lru_cache(maxsize=512)
def _paths(text: str) -> tuple[_Path, ...]:
    """Return the paths that may have length zero between a variable and a constant."""
    found = list(tokens(text))
    if any(token.text.startswith("_:") for token in found):
        return ()
    prefixes = {
        found[i + 1].text: found[i + 2].text[1:-1]
        for i, token in enumerate(found[:-2])
        if token.kind == "word" and token.text.upper() == "PREFIX"
    }
    paths = []
    for index, token in enumerate(found):
        end = _path_end(found, index + 1) if _begins_triple(found, index) else None
        if end is None or not _ends_triple(found, end) or _within_graph(found, index):
            continue
        variable, constant = token, found[end]
        if variable.kind != "variable":
            variable, constant = constant, variable
        iri = _iri(constant, prefixes)
        if variable.kind == "variable" and iri:
            dot = "." if found[end].text.endswith(".") else ""
            stop = found[end].start + len(found[end].text)
            new = f"VALUES {variable.text} {{ {constant.text.rstrip('.')} }} {dot}"
            paths.append(_Path(iri, (token.start, stop, new)))
    return tuple(paths)


def _begins_triple(found: Sequence[Token], index: int) -> bool:
    before = found[index - 1] if index else None
    return before is not None and (before.text in ("{", "}") or before.text.endswith("."))


def _path_end(found: Sequence[Token], index: int) -> int | None:
    """Return the place after a path that may have length zero, if one stands at *index*."""
    if index >= len(found):
        return None
    token = found[index]
    if token.text == "(":
        close = _close_at(found, index)
        if close is None:
            return None
        index = close
    elif token.kind not in ("iri", "name") and token.text != "a":
        return None
    after = index + 1
    return after + 1 if after < len(found) and found[after].text in ("*", "?") else None


def _ends_triple(found: Sequence[Token], index: int) -> bool:
    """Tell whether the term at *index* is the last of its triples."""
    if index >= len(found) or found[index].kind not in ("variable", "iri", "name"):
        return False
    after = found[index + 1].text if index + 1 < len(found) else ""
    return after in (".", "}") or found[index].text.endswith(".")


def _iri(token: Token, prefixes: dict[str, str]) -> str:
    """Return the absolute IRI a token stands for, or empty text where that cannot be told."""
    if token.kind == "iri":
        iri = token.text[1:-1]
    elif token.kind == "name":
        prefix, _, local = token.text.rstrip(".").partition(":")
        iri = prefixes[prefix + ":"] + local if prefix + ":" in prefixes else ""
    else:
        return ""
    return iri if _SCHEME.fullmatch(iri) else ""


def _within_graph(found: Sequence[Token], index: int) -> bool:
    """Tell whether the place is in the group of a GRAPH, or of an EXISTS, at any depth."""
    depth = found[index].depth
    for place in range(index - 1, 0, -1):
        token = found[place]
        if token.kind == "open" and token.depth < depth:
            depth = token.depth
            before = [t.text.upper() for t in found[max(0, place - 2) : place]]
            if token.text == "{" and ("GRAPH" in before[:1] or "EXISTS" in before[1:]):
                return True
    return False


def _with_graphs_written_out(text: str, graphs: Graphs) -> str:
    """Write ``GRAPH ?g {P}`` as a union over the graphs, wherever P could see ``?g``."""
    found = list(tokens(text))
    for index in range(len(found) - 3, -1, -1):
        if found[index].text.upper() != "GRAPH" or found[index].kind != "word":
            continue
        variable, opening = found[index + 1], found[index + 2]
        end = _close_at(found, index + 2)
        if variable.kind != "variable" or opening.text != "{" or end is None:
            continue
        inside = found[index + 3 : end]
        if not _sees(inside, variable.text[1:]) or _within_graph(found, index):
            continue
        if any(token.text.startswith("_:") for token in inside):
            continue
        names = graphs()
        group = text[opening.start : found[end].start + 1]
        if names is None or sum(map(len, names)) * 2 + len(names) * len(group) > LONGEST:
            continue
        union = " UNION ".join(
            f"{{ {{ GRAPH <{name}> {group} }} VALUES {variable.text} {{ <{name}> }} }}"
            for name in names
        )
        empty = f"{{ VALUES {variable.text} {{ }} }}"
        start, stop = found[index].start, found[end].start + 1
        text = f"{text[:start]}{union or empty}{text[stop:]}"
    return text


def _sees(inside: Sequence[Token], name: str) -> bool:
    """Tell whether a group can see the variable of its GRAPH where it should not."""
    words = {token.text.upper() for token in inside if token.kind == "word"}
    if words & _SEEN_WITHIN:
        return True
    if any(token.kind == "variable" and token.text[1:] == name for token in inside):
        return bool(words & _BEYOND_TRIPLES)
    return bool(inside) and inside[0].text.upper() in _STARTS
