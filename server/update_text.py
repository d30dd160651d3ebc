"""Write into an update what the engine does not take otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from maizuru.graph.store.outline import Token, tokens


def with_dataset(text: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> str:
    """Return the update with USING clauses before each WHERE of its operations.

    So the protocol's using-graph-uri parameters reach the engine (SPARQL 1.1 Protocol, 2.2.3).
    ``DELETE WHERE {P}`` takes no USING and becomes ``DELETE {P} USING … WHERE {P}``.
    """
    clauses = "".join(f" USING <{iri}>" for iri in default_graphs)
    clauses += "".join(f" USING NAMED <{iri}>" for iri in named_graphs)
    found = list(tokens(text))
    out, copied = [], 0
    for index, token in enumerate(found):
        if token.depth != 0 or token.kind != "word" or token.text.upper() != "WHERE":
            continue
        out.append(text[copied : token.start])
        copied = token.start
        if index and found[index - 1].text.upper() == "DELETE":
            out.append(_braces(text, found, index + 1))
        out.append(clauses + " ")
    return "".join(out) + text[copied:]


def without_silent_loads(text: str) -> str:
    """Return the update without its LOAD SILENT operations.

    Here a LOAD always fails, and one that is silent does nothing then (SPARQL 1.1 Update, 3.1.4).
    """
    found = [token for token in tokens(text) if token.depth == 0]
    out, copied = [], 0
    for index, token in enumerate(found[:-1]):
        words = (token.text.upper(), found[index + 1].text.upper())
        if words != ("LOAD", "SILENT"):
            continue
        rest = found[index + 1 :]
        end = next((other.start + 1 for other in rest if other.text == ";"), len(text))
        out.append(text[copied : token.start])
        copied = end
    return "".join(out) + text[copied:]


def _braces(text: str, found: list[Token], index: int) -> str:
    """Return the group that starts at token *index*, with its braces."""
    start = found[index].start if index < len(found) else len(text)
    for token in found[index + 1 :]:
        if token.depth == 0 and token.text == "}":
            return text[start : token.start + 1]
    return text[start:]
