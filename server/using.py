"""Give an update the dataset of the protocol's using-graph-uri parameters.

The engine takes no such parameters, so the USING clauses they stand for (SPARQL 1.1 Protocol,
section 2.2.3) are written into each operation that has a WHERE.
"""

from __future__ import annotations

from collections.abc import Sequence

from maizuru.graph.store.outline import Token, tokens


def with_dataset(text: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> str:
    """Return the update with USING clauses before each WHERE of its operations.

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


def _braces(text: str, found: list[Token], index: int) -> str:
    """Return the group that starts at token *index*, with its braces."""
    start = found[index].start if index < len(found) else len(text)
    for token in found[index + 1 :]:
        if token.depth == 0 and token.text == "}":
            return text[start : token.start + 1]
    return text[start:]
