"""The step of a build: from every quad of the dataset to the quads of the graph ``inferred``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from ..errors import ValidationError
from ..namespaces import Iris
from . import owlrl_oracle
from .consistency import Contradiction, contradictions
from .proofs import Clash
from .reasoner import Reasoner
from .records import TYPE, Derivation, is_anonymous, quads, stated


class Inference:
    """What follows from a dataset; iterate over it for the quads of the graph ``inferred``."""

    def __init__(
        self,
        derivations: list[Derivation],
        clashes: tuple[Clash, ...],
        given: list[Quad],
        iris: Iris,
    ) -> None:
        """Keep the conclusions and the contradictions among the quads *given*."""
        self.derivations = derivations
        self.clashes = clashes
        self._given = given
        self._iris = iris

    @property
    def count(self) -> int:
        """Return how many triples were inferred."""
        return len(self.derivations)

    def contradictions(self) -> list[Contradiction]:
        """Return the contradictions with the statements and passages behind them."""
        return contradictions(self.clashes, self._given)

    def quads(self) -> Iterator[Quad]:
        """Yield the inferred triples and their records, in a fixed order for the same input."""
        return quads(self.derivations, stated(self._given), self._iris)

    def __iter__(self) -> Iterator[Quad]:
        """Yield `quads`."""
        return self.quads()


def infer(
    premises: Iterable[Quad], iris: Iris | None = None, *, engine: str = "maizuru"
) -> Inference:
    """Draw the OWL 2 RL conclusions of a dataset.

    The axioms are those of the graph ``ontology``; everything is data, but what a document does not
    assert has no direct triple, and so nothing follows from it. *engine* is ``"maizuru"`` or, slow
    and without premises, the reference ``"owlrl"``.

    Raises:
        ValidationError: there is no engine of that name.
    """
    iris = iris or Iris()
    given = list(premises)
    if engine == "owlrl":
        return Inference(_by_owlrl(given), (), given, iris)
    if engine != "maizuru":
        raise ValidationError(f"There is no reasoning engine “{engine}”: maizuru or owlrl.")
    ontology = NamedNode(iris.graph("ontology"))
    reasoner = Reasoner(quad for quad in given if quad.graph_name == ontology)
    reasoner.add(quad for quad in given if quad.graph_name != ontology)
    reasoner.close()
    derivations = list(reasoner.derivations(hidden=is_anonymous))
    return Inference(derivations, tuple(reasoner.clashes()), given, iris)


def _by_owlrl(given: list[Quad]) -> list[Derivation]:
    closure = owlrl_oracle.close(given)
    kept = [triple for triple in closure.inferred if not owlrl_oracle.is_noise(triple)]
    return [
        Derivation(triple, "owlrl", ())
        for triple in sorted(kept, key=str)
        if triple.predicate != TYPE or not is_anonymous(triple.object)
    ]
