"""Terms as integers: what the reasoner counts with instead of IRIs and literals.

The lowest bit of an identifier tells a literal (1) from a resource (0), so the inner loops can keep
literals from becoming subjects without looking at the term.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ..namespaces import expand

Term = NamedNode | BlankNode | Literal | Triple
Statement = Triple | Quad
Ids = tuple[int, int, int]


class Terms:
    """Gives every term a number and back again."""

    __slots__ = ("_ids", "_terms")

    def __init__(self) -> None:
        """Start with no terms."""
        self._ids: dict[Term, int] = {}
        self._terms: list[Term] = []

    def __len__(self) -> int:
        """Return how many terms are known."""
        return len(self._terms)

    def id(self, term: Term) -> int:
        """Return the number of *term*, giving it one if it is new."""
        found = self._ids.get(term)
        if found is None:
            found = len(self._terms) << 1 | isinstance(term, Literal)
            self._ids[term] = found
            self._terms.append(term)
        return found

    def known(self, term: Term) -> int:
        """Return the number of *term*, or -1 if it was never seen."""
        return self._ids.get(term, -1)

    def curie(self, name: str) -> int:
        """Return the number of a prefixed name, ``rdf:type``."""
        return self.id(NamedNode(expand(name)))

    def term(self, number: int) -> Term:
        """Return the term with that number."""
        return self._terms[number >> 1]

    def literal(self, number: int) -> Literal | None:
        """Return the literal with that number, or None for a resource."""
        term = self._terms[number >> 1]
        return term if isinstance(term, Literal) else None

    def ids(self, statements: Iterable[Statement]) -> Iterator[Ids]:
        """Yield triples, or the triples of quads, as three numbers."""
        known, number = self._ids.get, self.id
        for statement in statements:
            subject, predicate, object_ = statement.subject, statement.predicate, statement.object
            one, link, two = known(subject), known(predicate), known(object_)
            yield (
                number(subject) if one is None else one,
                number(predicate) if link is None else link,
                number(object_) if two is None else two,
            )

    def triple(self, ids: Ids) -> Triple:
        """Return three numbers as a triple.

        Raises:
            TypeError: the subject is a literal, or the predicate no IRI.
        """
        subject, predicate, object_ = ids
        terms: list[Any] = self._terms
        return Triple(terms[subject >> 1], terms[predicate >> 1], terms[object_ >> 1])
