"""Which graphs an update may write, told from its tokens alone."""

from __future__ import annotations

import re

from .outline import Token, iri_of, tokens

_NAMES_A_GRAPH = frozenset({"GRAPH", "WITH", "INTO", "TO", "ADD", "MOVE", "COPY"})
_ANY_GRAPH = frozenset({"ALL", "NAMED", "BASE", "LOAD"})
"""After BASE an absolute IRI may be another than the one written."""
_GLUED = re.compile("|".join(sorted(_NAMES_A_GRAPH | _ANY_GRAPH)))


def written_graphs(text: str) -> frozenset[str] | None:
    """Return the named graphs that an update may write, or None if it may be any.

    The default graph is not named: it always may. Graphs that are only read may be among them.
    """
    found = list(tokens(text))
    prefixes: dict[str, str] = {}
    graphs = set()
    for index, token in enumerate(found):
        word = token.text.upper()
        if token.kind == "name" and not _is_plain_name(found, index, prefixes):
            return None
        if token.kind != "word":
            continue
        if word == "PREFIX" and index + 2 < len(found):
            prefixes[found[index + 1].text] = iri_of(found[index + 2], {})
        elif word in _ANY_GRAPH or (word not in _NAMES_A_GRAPH and _GLUED.search(word)):
            return None
        elif word in _NAMES_A_GRAPH:
            named = _graph_after(found, index, prefixes)
            if named is None:
                return None
            graphs.add(named)
    return frozenset(graphs - {""})


def _is_plain_name(found: list[Token], index: int, prefixes: dict[str, str]) -> bool:
    """Tell whether a prefixed name is surely one, and not a keyword run into one."""
    prefix = found[index].text.partition(":")[0] + ":"
    after_prefix = index > 0 and found[index - 1].text.upper() == "PREFIX"
    return after_prefix or prefix == "_:" or bool(prefixes.get(prefix))


def _graph_after(found: list[Token], index: int, prefixes: dict[str, str]) -> str | None:
    """Return the graph named after a keyword: empty for the default graph, None if untold."""
    rest = [token for token in found[index + 1 : index + 4] if token.text.upper() != "SILENT"]
    if rest and rest[0].text.upper() == "DEFAULT":
        return ""
    if rest and rest[0].text.upper() == "GRAPH":
        rest = rest[1:]
    return (iri_of(rest[0], prefixes) or None) if rest else None
