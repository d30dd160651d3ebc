"""Which triples are axioms, and the lists they use: the line between schema and data."""

from __future__ import annotations

from collections.abc import Iterable

from .rules import Table
from .terms import Ids, Terms


class SchemaLine:
    """Tells axioms from data by the constants of the rule table."""

    def __init__(self, terms: Terms, table: Table) -> None:
        """Draw the line where *table* draws it."""
        self.predicates = table.schema_predicates
        self.classes = table.schema_classes
        self._type = terms.curie("rdf:type")
        self._cells = {terms.curie("rdf:first"), terms.curie("rdf:rest")}

    def is_axiom(self, triple: Ids) -> bool:
        """Return whether a premise of some rule that speaks of axioms could be this triple."""
        _, predicate, object_ = triple
        if predicate == self._type:
            return object_ in self.classes
        return predicate in self.predicates

    def axioms(self, triples: Iterable[Ids]) -> list[Ids]:
        """Return the axioms among *triples* with the cells of the lists they use, in order."""
        everything = list(triples)
        cells: dict[int, list[Ids]] = {}
        for triple in everything:
            if triple[1] in self._cells:
                cells.setdefault(triple[0], []).append(triple)
        found = [triple for triple in everything if self.is_axiom(triple)]
        heads = [object_ for _, _, object_ in found if object_ in cells]
        used: set[int] = set()
        while heads:
            head = heads.pop()
            if head not in used:
                used.add(head)
                found += cells.get(head, ())
                heads += [object_ for _, _, object_ in cells.get(head, ()) if object_ in cells]
        return found
