"""What goes to the graph ``inferred``: the triples, and beside each a record of where it came from.

    <…/id/inferred/91a2…> a mz:InferredStatement ;
        rdf:subject <…/person/a> ; rdf:predicate mz:heldInPlace ; rdf:object <…/place/b> ;
        mz:rule "prp-spo2" ; mz:premise <…/statement/…>, <…/inferred/…> .

Premises are linked where they have a node of their own: a statement of a document, or another
record. A premise that is a plain given triple, and the axioms, are not repeated: `explain` finds
them again from the rule, since nothing inferred is without a record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ..namespaces import MZ, Iris, expand
from .terms import Statement, Term

TYPE = NamedNode(expand("rdf:type"))
SUBJECT = NamedNode(expand("rdf:subject"))
PREDICATE = NamedNode(expand("rdf:predicate"))
OBJECT = NamedNode(expand("rdf:object"))
RECORD = NamedNode(MZ + "InferredStatement")
RULE = NamedNode(MZ + "rule")
PREMISE = NamedNode(MZ + "premise")


@dataclass(frozen=True, slots=True)
class Derivation:
    """A conclusion, its rule, and the data it was drawn from at once (no axioms)."""

    triple: Triple
    rule: str
    premises: tuple[Triple, ...]


def record_iri(triple: Triple, iris: Iris) -> NamedNode:
    """Return the IRI of the record of an inferred triple; the same triple has the same IRI."""
    digest = sha256(str(triple).encode()).hexdigest()[:16]
    return NamedNode(iris.entity(f"inferred/{digest}"))


def quads(
    derivations: Iterable[Derivation], statements: dict[Triple, list[NamedNode]], iris: Iris
) -> Iterator[Quad]:
    """Yield each inferred triple and its record.

    *statements* gives the nodes that state a given triple, see `stated`.
    """
    graph = NamedNode(iris.graph("inferred"))
    everything = list(derivations)
    inferred = {derivation.triple for derivation in everything}
    for derivation in everything:
        triple = derivation.triple
        node = record_iri(triple, iris)
        yield Quad(triple.subject, triple.predicate, triple.object, graph)
        yield Quad(node, TYPE, RECORD, graph)
        yield Quad(node, SUBJECT, triple.subject, graph)
        yield Quad(node, PREDICATE, triple.predicate, graph)
        yield Quad(node, OBJECT, triple.object, graph)
        yield Quad(node, RULE, Literal(derivation.rule), graph)
        for premise in derivation.premises:
            links = [record_iri(premise, iris)] if premise in inferred else statements.get(premise)
            for link in links or ():
                yield Quad(node, PREMISE, link, graph)


def stated(data: Iterable[Statement]) -> dict[Triple, list[NamedNode]]:
    """Return, for each triple that some node states by subject, predicate and object, the nodes."""
    parts: dict[NamedNode, dict[NamedNode, Term]] = defaultdict(dict)
    for statement in data:
        node = statement.subject
        if statement.predicate in (SUBJECT, PREDICATE, OBJECT) and isinstance(node, NamedNode):
            parts[node][statement.predicate] = statement.object
    found: dict[Triple, list[NamedNode]] = defaultdict(list)
    for node, part in parts.items():
        subject, predicate, object_ = part.get(SUBJECT), part.get(PREDICATE), part.get(OBJECT)
        if not isinstance(subject, NamedNode | BlankNode) or object_ is None:
            continue
        if isinstance(predicate, NamedNode):
            found[Triple(subject, predicate, object_)].append(node)
    return found


def is_anonymous(term: Term) -> bool:
    """Return whether a term stands for a blank node, skolemised or not (RDF 1.1, section 3.5)."""
    return isinstance(term, BlankNode) or (isinstance(term, NamedNode) and "/genid/" in term.value)
