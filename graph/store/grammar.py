"""What the engine's grammar takes and the recommendation's does not, told from the tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..errors import QueryError
from .outline import Token, tokens

AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_AGGREGATE = rf"\b(?:{'|'.join(sorted(AGGREGATES))})\b"
_SUSPECT = re.compile(rf"<<\(|<[^\s<>]*&&|{_AGGREGATE}[^{{}}]*{_AGGREGATE}", re.IGNORECASE)


def check_grammar(text: str) -> None:
    """Refuse what the engine's grammar takes and the recommendation's does not.

    Raises:
        QueryError: an aggregate stands in another, a triple term in an expression has a literal
            or triple term for its subject, or what was meant as "less than" reads as an IRI
            (19.8: longest token).
    """
    if not _SUSPECT.search(text):
        return
    found = list(tokens(text))
    openers: list[str] = []
    for index, token in enumerate(found):
        before = found[index - 1] if index else None
        if token.kind == "close" and openers:
            openers.pop()
        elif token.kind == "open":
            openers.append(_opener(found, index, openers))
            if openers[-1] == "AGGREGATE" and "AGGREGATE" in _innermost(openers[:-1]):
                raise QueryError("The query cannot be parsed: an aggregate within an aggregate")
        elif token.kind == "iri" and _is_expression(openers) and _ends_term(before):
            said = f"{token.text[:60]} reads as an IRI; put a space after the sign"
            raise QueryError(f"The query cannot be parsed: {said}")
        begins = _is_expression(openers) and _opens_triple_term(found, index)
        if begins and _is_no_subject(found, index + 3):
            raise QueryError("The query cannot be parsed: the subject of a triple term")


def _opener(found: Sequence[Token], index: int, openers: list[str]) -> str:
    """Return what the bracket at *index* opens."""
    if found[index].text != "(":
        return found[index].text
    word = found[index - 1].text.upper() if index and found[index - 1].kind == "word" else ""
    if word in AGGREGATES:
        return "AGGREGATE"
    begins = word in ("FILTER", "HAVING", "BIND")
    return "EXPRESSION" if begins or _is_expression(openers) else "("


def _ends_term(token: Token | None) -> bool:
    return token is not None and token.kind in ("variable", "number", "string", "close")


def _is_expression(openers: list[str]) -> bool:
    return bool(openers) and openers[-1] in ("EXPRESSION", "AGGREGATE")


def _innermost(openers: list[str]) -> list[str]:
    """Return the brackets opened since the last brace."""
    braces = [place for place, opener in enumerate(openers) if opener == "{"]
    return openers[braces[-1] :] if braces else openers


def _opens_triple_term(found: Sequence[Token], index: int) -> bool:
    three = found[index : index + 3]
    adjacent = all(b.start == a.start + 1 for a, b in pairwise(three))
    return adjacent and "".join(token.text for token in three) == "<<("


def _is_no_subject(found: Sequence[Token], index: int) -> bool:
    if index >= len(found):
        return False
    token = found[index]
    is_word = token.kind == "word" and token.text.lower() in ("true", "false")
    return token.kind in ("string", "number") or is_word or _opens_triple_term(found, index)
