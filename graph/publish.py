"""What a release holds besides its documents: ontology, vocabularies, authorities, about."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources.abc import Traversable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from .namespaces import DEFAULT_BASE, Iris
from .resources import ontology
from .triples.terms import RDF_TYPE, node, text

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_ONTOLOGY_FILES = ("maizuru.ttl", "alignments.ttl", "shapes.ttl")


def published_quads(iris: Iris) -> Iterator[Quad]:
    """Yield the graphs ontology, vocabulary, authority and about."""
    for name in _ONTOLOGY_FILES:
        yield from _graph(ontology(name), "ontology", iris)
    for graph, folder in (("vocabulary", "vocabularies"), ("authority", "authorities")):
        for file in sorted(ontology(folder).iterdir(), key=lambda item: item.name):
            if file.name.endswith(".ttl"):
                yield from _graph(file, graph, iris)
    yield from _about(iris)


def _graph(file: Traversable, name: str, iris: Iris) -> Iterator[Quad]:
    """Parse one Turtle file into the named graph, its entities under the dataset's own base.

    Blank nodes become IRIs numbered in the order of the file (RDF 1.1, 3.5 skolemisation), so
    that two builds agree.
    """
    target = NamedNode(iris.graph(name))
    stem = file.name.removesuffix(".ttl")
    skolem: dict[str, NamedNode] = {}

    def settle(term: NamedNode | BlankNode | Literal | Triple) -> NamedNode | Literal:
        if isinstance(term, BlankNode):
            number = len(skolem) + 1
            genid = NamedNode(f"{iris.base}id/genid/{stem}-{number}")
            return skolem.setdefault(term.value, genid)
        if isinstance(term, NamedNode) and term.value.startswith(f"{DEFAULT_BASE}id/"):
            return NamedNode(iris.base + term.value.removeprefix(DEFAULT_BASE))
        assert not isinstance(term, Triple)
        return term

    for quad in parse(file.read_bytes(), format=RdfFormat.TURTLE):
        subject = settle(quad.subject)
        assert isinstance(subject, NamedNode)
        yield Quad(subject, quad.predicate, settle(quad.object), target)


def _about(iris: Iris) -> Iterator[Quad]:
    graph, dataset = NamedNode(iris.graph("about")), NamedNode(f"{iris.base}dataset")
    for predicate, value in (
        (RDF_TYPE, node("void:Dataset")),
        (RDF_TYPE, node("dcat:Dataset")),
        (node("dcterms:title"), text("Maizuru", "en")),
        (node("dcterms:license"), NamedNode(LICENCE)),
        (node("void:vocabulary"), NamedNode(iris.base + "ontology")),
        (node("dcterms:hasVersion"), text(version("maizuru"))),
        (
            node("dcterms:description"),
            text(
                "What documents say about the Japanese prisoners of war and internees in the "
                "Soviet Union and Mongolia, each statement with its passage and its voice.",
                "en",
            ),
        ),
    ):
        yield Quad(dataset, predicate, value, graph)
