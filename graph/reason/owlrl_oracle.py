"""The reference reasoner, owlrl, behind one door.

Its faults that would make it a bad oracle are repaired in a subclass (nothing is patched):

- ``prp-key`` compares all keys but the last, so a key of one property makes everything the same;
- ``eq-diff2``, ``eq-diff3`` and ``prp-adp`` never look at the last member of the list.

What stays different is listed in docs/reasoning.md. It takes seconds for a thousand triples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

import owlrl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import OWL, RDF, RDFS, XSD

from .terms import Statement, Term

RdflibTriple = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]


@dataclass(frozen=True, slots=True)
class OracleClosure:
    """What owlrl concludes: the triples that were not given, and its error messages."""

    inferred: frozenset[Triple]
    errors: tuple[str, ...]


class _Repaired(owlrl.OWLRL_Semantics):  # type: ignore[misc]
    """owlrl with keys and lists looked at whole, and errors kept apart from the graph."""

    errors: tuple[str, ...] = ()

    def _properties(self, triple: RdflibTriple, cycle_num: int) -> None:
        subject, predicate, object_ = triple
        if predicate == OWL.hasKey:
            self._keys(subject, self._list(object_))
            return
        super()._properties(triple, cycle_num)
        if predicate == RDF.type and object_ == OWL.AllDisjointProperties:
            for members in self.graph.objects(subject, OWL.members):
                for one, other in combinations(self._list(members), 2):
                    for x, y in self.graph.subject_objects(one):
                        if (x, other, y) in self.graph:
                            self.add_error(f"Disjoint properties join {x} and {y}")

    def _keys(self, class_: rdflib.term.Node, keys: list[rdflib.term.Node]) -> None:
        owners: dict[tuple[rdflib.term.Node, ...], list[rdflib.term.Node]] = {}
        for member in self.graph.subjects(RDF.type, class_):
            values = [list(self.graph.objects(member, key)) for key in keys]
            for combination in product(*values) if keys else ():
                owners.setdefault(combination, []).append(member)
        for same in owners.values():
            for one, other in combinations(dict.fromkeys(same), 2):
                self.store_triple((one, OWL.sameAs, other))

    def _equality(self, triple: RdflibTriple, cycle_num: int) -> None:
        super()._equality(triple, cycle_num)
        subject, predicate, object_ = triple
        if predicate != RDF.type or object_ != OWL.AllDifferent:
            return
        for axiom in (OWL.members, OWL.distinctMembers):
            for members in self.graph.objects(subject, axiom):
                for one, other in combinations(self._list(members), 2):
                    if (one, OWL.sameAs, other) in self.graph:
                        self.add_error(f"Different things are the same: {one} and {other}")

    def post_process(self) -> None:
        super().post_process()
        self.errors = tuple(self.error_messages)
        self.error_messages.clear()


def close(statements: Iterable[Statement]) -> OracleClosure:
    """Return what owlrl concludes from *statements*, literal subjects left out."""
    names = _Names()
    graph = rdflib.Graph()
    given = set()
    for statement in statements:
        triple = (
            names.out(statement.subject),
            names.out(statement.predicate),
            names.out(statement.object),
        )
        given.add(triple)
        graph.add(triple)
    reasoner = _Repaired(graph, False, False)
    reasoner.closure()
    return OracleClosure(frozenset(names.back(graph, given)), reasoner.errors)


def is_noise(triple: Triple) -> bool:
    """Return whether a conclusion is reflexive, axiomatic, or about the schema."""
    subject, predicate, object_ = triple.subject, triple.predicate, triple.object
    if subject == object_ or _built_in(subject):
        return True
    if predicate.value == str(RDF.type):
        return _built_in(object_)
    return _built_in(predicate) and predicate.value != str(OWL.sameAs)


def _built_in(term: Term) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(
        (str(OWL), str(RDF), str(RDFS), str(XSD))
    )


class _Names:
    """Terms of pyoxigraph as terms of rdflib, and back unchanged."""

    def __init__(self) -> None:
        self._known: dict[rdflib.term.Node, Term] = {}

    def out(self, term: Term) -> rdflib.term.Node:
        node: rdflib.term.Node
        if isinstance(term, NamedNode):
            node = rdflib.URIRef(term.value)
        elif isinstance(term, BlankNode):
            node = rdflib.BNode(term.value)
        elif isinstance(term, Triple):
            raise TypeError("owlrl knows no triple terms")
        elif term.language:
            node = rdflib.Literal(term.value, lang=term.language)
        else:
            datatype = rdflib.URIRef(term.datatype.value)
            node = rdflib.Literal(term.value, datatype=datatype, normalize=False)
        self._known[node] = term
        return node

    def back(self, graph: rdflib.Graph, given: set[RdflibTriple]) -> Iterator[Triple]:
        for triple in graph:
            subject, predicate, object_ = (self._term(node) for node in triple)
            if triple in given or isinstance(subject, Literal | Triple):
                continue
            if isinstance(predicate, NamedNode):
                yield Triple(subject, predicate, object_)

    def _term(self, node: rdflib.term.Node) -> Term:
        known = self._known.get(node)
        if known is not None:
            return known
        if isinstance(node, rdflib.Literal):
            return Literal(str(node), datatype=NamedNode(str(node.datatype or rdflib.XSD.string)))
        return NamedNode(str(node))
