"""Contradictions told: which given statements exclude each other, and where each is written.

A contradiction is a finding. Nothing follows from it, and no statement is dropped because of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from ..namespaces import MZ, expand
from .proofs import Clash
from .records import stated
from .terms import Term

STATED_IN = NamedNode(MZ + "statedIn")
SELECTOR = NamedNode(expand("oa:hasSelector"))
EXACT = NamedNode(expand("oa:exact"))


@dataclass(frozen=True, slots=True)
class Given:
    """A given statement behind a contradiction: N-Triples, its graphs, and where it is written."""

    triple: str
    graphs: tuple[str, ...]
    passages: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Triples that exclude each other by a rule, and the given statements that led to them."""

    rule: str
    triples: tuple[str, ...]
    axioms: tuple[str, ...]
    given: tuple[Given, ...]


def contradictions(clashes: Iterable[Clash], dataset: Iterable[Quad]) -> list[Contradiction]:
    """Tell each clash with the passages of the statements behind it."""
    found = list(clashes)
    if not found:
        return []
    places = _Places(dataset)
    return [
        Contradiction(
            clash.rule,
            tuple(str(triple) for triple in clash.triples),
            tuple(str(proof.triple) for proof in clash.axioms),
            tuple(places.given(triple) for triple in clash.given() if triple in places.graphs),
        )
        for clash in found
    ]


class _Places:
    """Where triples are given and where statements are written."""

    def __init__(self, dataset: Iterable[Quad]) -> None:
        everything = list(dataset)
        self.graphs: dict[Triple, list[str]] = defaultdict(list)
        self._statements = stated(everything)
        self._objects: dict[tuple[Term, NamedNode], list[Term]] = defaultdict(list)
        for quad in everything:
            self.graphs[quad.triple].append(str(quad.graph_name).strip("<>"))
            if quad.predicate in (STATED_IN, SELECTOR, EXACT):
                self._objects[quad.subject, quad.predicate].append(quad.object)

    def given(self, triple: Triple) -> Given:
        statements = self._statements.get(triple, [])
        passages = list(dict.fromkeys(self._follow(statements, STATED_IN)))
        quotes = self._follow(self._follow(passages, SELECTOR), EXACT)
        return Given(
            str(triple),
            tuple(self.graphs[triple]),
            tuple(passage.value for passage in passages if isinstance(passage, NamedNode)),
            tuple(quote.value for quote in quotes if isinstance(quote, Literal)),
        )

    def _follow(self, nodes: Iterable[Term], predicate: NamedNode) -> Iterator[Term]:
        for node in nodes:
            yield from self._objects.get((node, predicate), ())
