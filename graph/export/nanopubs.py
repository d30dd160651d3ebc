"""Every statement as a nanopublication (TriG): assertion, provenance, publication info."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, serialize

from ..namespaces import PREFIXES, expand
from ..publish import LICENCE
from ..resources import query_text
from ..store import Store

_NP = "http://www.nanopub.org/nschema#"
_TYPE = NamedNode(expand("rdf:type"))


def nanopublications(store: Store, output: IO[bytes]) -> None:
    """Write one nanopublication per asserted statement; doubted ones are no assertions."""
    serialize(_quads(store), output, RdfFormat.TRIG, prefixes={**PREFIXES, "np": _NP})


def _quads(store: Store) -> Iterator[Quad]:
    answer = store.query(query_text("formats/asserted"))
    assert isinstance(answer, QuerySolutions)
    for row in answer:
        statement, passage, document = row["statement"], row["passage"], row["document"]
        subject, predicate, value = row["subject"], row["predicate"], row["object"]
        assert isinstance(statement, NamedNode)
        assert isinstance(passage, NamedNode)
        assert isinstance(document, NamedNode)
        assert isinstance(subject, NamedNode)
        assert isinstance(predicate, NamedNode)
        assert isinstance(value, NamedNode | Literal)
        yield from _nanopub(
            statement, Quad(subject, predicate, value), passage, document, row["speaker"]
        )


def _nanopub(
    statement: NamedNode, said: Quad, passage: NamedNode, document: NamedNode, speaker: object
) -> Iterator[Quad]:
    head, assertion, provenance, about = (
        NamedNode(f"{statement.value}/nanopub#{part}")
        for part in ("Head", "assertion", "provenance", "pubinfo")
    )
    nanopub = NamedNode(f"{statement.value}/nanopub")
    yield Quad(nanopub, _TYPE, NamedNode(_NP + "Nanopublication"), head)
    for name, graph in (
        ("hasAssertion", assertion),
        ("hasProvenance", provenance),
        ("hasPublicationInfo", about),
    ):
        yield Quad(nanopub, NamedNode(_NP + name), graph, head)
    yield Quad(said.subject, said.predicate, said.object, assertion)
    quoted = NamedNode(expand("prov:wasQuotedFrom"))
    yield Quad(assertion, quoted, passage, provenance)
    yield Quad(assertion, NamedNode(expand("prov:hadPrimarySource")), document, provenance)
    if isinstance(speaker, NamedNode):
        attributed = NamedNode(expand("prov:wasAttributedTo"))
        yield Quad(assertion, attributed, speaker, provenance)
    yield Quad(nanopub, NamedNode(expand("dcterms:license")), NamedNode(LICENCE), about)
    yield Quad(nanopub, NamedNode(expand("prov:wasDerivedFrom")), statement, about)
