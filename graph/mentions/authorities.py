"""The records of ``ontology/authorities``: what the editors know beforehand, and its names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pyoxigraph

from ..model import EntityKind, Label
from ..namespaces import DEFAULT_BASE, MZ, expand
from ..resources import ontology

_FOLDERS = {
    EntityKind.PERSON: "person",
    EntityKind.GROUP: "group",
    EntityKind.ORGANISATION: "organisation",
    EntityKind.MILITARY_UNIT: "unit",
    EntityKind.PLACE: "place",
    EntityKind.CAMP: "camp",
    EntityKind.EVENT: "event",
    EntityKind.LEGAL_INSTRUMENT: "instrument",
    EntityKind.WORK: "work",
    EntityKind.CONCEPT: "concept",
}
CLASSES = {
    MZ + "".join(part.capitalize() for part in kind.value.split("-")): kind for kind in EntityKind
} | {MZ + "FictionalWork": EntityKind.WORK, MZ + "FactualWork": EntityKind.WORK}
"""Class IRI of the ontology to entity kind."""

Values = dict[str, list[object]]


@dataclass(frozen=True, slots=True)
class Authority:
    """One record: its key below ``id/``, what it is, and its names, the preferred ones first."""

    key: str
    kind: EntityKind
    subkind: str
    labels: tuple[Label, ...]
    ambiguous: frozenset[str] = frozenset()
    """Names that mean it only in context (``skos:hiddenLabel``): used by search, not in text."""


def folder(kind: EntityKind) -> str:
    """Return the first part of the keys of a kind, ``"person"``."""
    return _FOLDERS[kind]


@cache
def records() -> tuple[Authority, ...]:
    """Return all authority records, in the order of their keys."""
    found: dict[str, Values] = {}
    for quad in _quads():
        subject, predicate = quad.subject, quad.predicate
        if isinstance(subject, pyoxigraph.NamedNode):
            found.setdefault(subject.value, {}).setdefault(predicate.value, []).append(quad.object)
    base = DEFAULT_BASE + "id/"
    result = []
    for iri, values in found.items():
        kinds = [
            CLASSES[term.value]
            for term in values.get(expand("rdf:type"), ())
            if isinstance(term, pyoxigraph.NamedNode) and term.value in CLASSES
        ]
        if iri.startswith(base) and kinds:
            result.append(
                Authority(
                    iri.removeprefix(base),
                    kinds[0],
                    _subkind(values),
                    (*_labels(values, "skos:prefLabel"), *_labels(values, "skos:altLabel")),
                    frozenset(label.text for label in _labels(values, "skos:hiddenLabel")),
                )
            )
    return tuple(sorted(result, key=lambda record: record.key))


def _quads() -> Iterator[pyoxigraph.Quad]:
    camps = ontology("vocabularies").joinpath("camps.ttl")
    for file in (*sorted(ontology("authorities").iterdir(), key=lambda entry: entry.name), camps):
        if file.name.endswith(".ttl"):
            yield from pyoxigraph.parse(file.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE)


def _subkind(values: Values) -> str:
    for term in values.get(MZ + "kind", ()):
        if isinstance(term, pyoxigraph.Literal):
            return term.value
    return ""


def _labels(values: Values, curie: str) -> list[Label]:
    return [
        Label(term.value, term.language or "")
        for term in values.get(expand(curie), ())
        if isinstance(term, pyoxigraph.Literal)
    ]
