"""Which figures can be compared, which agree, and on how many roots a claim rests.

The rules are the queries of ``queries/compare``, run in order, each on what the ones before it
derived. Their conclusions are findings about sources: nothing else follows from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Quad, QueryTriples, Triple

from .namespaces import Iris
from .reason.records import Derivation
from .reason.records import quads as recorded
from .resources import query_text
from .store import MemoryStore

RULES = (
    "comparable",
    "agreeing",
    "disagreeing",
    "disputing",
    "containing",
    "restating",
    "sharing-roots",
    "counting-roots",
    "summing",
)
"""Names of the queries, in the order in which they build on each other."""

WORKING = {"restating"}
"""Rules whose conclusions only the rules after them need."""


def compare(dataset: Iterable[Quad], iris: Iris | None = None) -> Iterator[Quad]:
    """Yield what the comparison rules derive from *dataset*, for the graph ``inferred``.

    *dataset* should hold the inferred triples of the reasoner as well: parts of parts, places
    within places, and the works behind references. Every triple comes with its record, whose
    ``mz:rule`` is ``compare/<query>``.
    """
    iris = iris or Iris()
    yield from recorded(derive(dataset), {}, iris)


def derive(dataset: Iterable[Quad]) -> Iterator[Derivation]:
    """Yield what the comparison rules derive, sorted within each rule."""
    store = MemoryStore(dataset)
    known: set[Triple] = set()
    for rule in RULES:
        answer = store.query(query_text(f"compare/{rule}"))
        assert isinstance(answer, QueryTriples)
        found = sorted(set(answer) - known, key=str)
        known.update(found)
        store.add(Quad(triple.subject, triple.predicate, triple.object) for triple in found)
        for triple in found if rule not in WORKING else ():
            yield Derivation(triple, f"compare/{rule}", ())
