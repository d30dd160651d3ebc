"""The reference of the ontology and the vocabularies, read from their Turtle, one language a page.

    terms("ja")      every class and property of ours, with all a page needs, in Japanese only
    schemes("ru")    every vocabulary and its concepts as a tree
    page("en")       the whole reference as Markdown
    context()        the JSON-LD context that is shipped as ontology/context.jsonld

``python -m maizuru.graph.ontology_docs en`` prints the page, ``… context`` the context.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse

from .errors import NotFound
from .namespaces import MZ, PREFIXES, expand
from .resources import ontology

LANGUAGES = ("en", "ja", "ru")

KINDS = {
    "owl:Class": "class",
    "owl:ObjectProperty": "object property",
    "owl:DatatypeProperty": "datatype property",
    "owl:AnnotationProperty": "annotation property",
    "owl:NamedIndividual": "individual",
}
"""What a term is, by its type; an annotation property of ours takes a thing or a text."""

_HEADINGS = {
    "class": {"en": "Classes", "ja": "クラス", "ru": "Классы"},
    "object property": {
        "en": "Properties between things",
        "ja": "事物の間の性質",
        "ru": "Отношения между предметами",
    },
    "datatype property": {
        "en": "Properties with a value",
        "ja": "値をもつ性質",
        "ru": "Свойства со значением",
    },
    "annotation property": {
        "en": "Properties with a thing or a text",
        "ja": "事物または語句をもつ性質",
        "ru": "Свойства с предметом или текстом",
    },
    "individual": {"en": "Stances", "ja": "姿勢", "ru": "Модальности"},
}

_ALIGNED = {
    "rdfs:subClassOf": "narrower",
    "rdfs:subPropertyOf": "narrower",
    "owl:equivalentClass": "exact",
    "skos:closeMatch": "close",
}

_Node = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Term:
    """One class, property or individual of the ontology, in one language.

    Other terms are given by local name (``Place``), foreign ones as prefixed names.
    """

    name: str
    iri: str
    kind: str
    """A value of `KINDS`."""
    label: str
    definition: str
    scope_note: str
    example: str
    """Turtle, relative to ``…/id/``; the same in every language."""
    sources: tuple[str, ...]
    changes: tuple[str, ...]
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    inverse: tuple[str, ...]
    characteristics: tuple[str, ...]
    """``symmetric``, ``transitive``, and chains such as ``heldIn ∘ locatedIn``."""
    alignments: tuple[tuple[str, str], ...]
    """``("narrower", "crm:E21_Person")``: ours is narrower than, exactly, or close to theirs."""


@dataclass(frozen=True, slots=True)
class ConceptEntry:
    """A concept of a vocabulary in one language; *depth* 0 is a top concept."""

    iri: str
    notation: str
    label: str
    definition: str
    depth: int


@dataclass(frozen=True, slots=True)
class Scheme:
    """A vocabulary in one language, its concepts in tree order."""

    iri: str
    name: str
    title: str
    description: str
    concepts: tuple[ConceptEntry, ...]


def short(iri: str) -> str:
    """Return an IRI as a prefixed name where a prefix of ours fits, else unchanged."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and "/" not in iri.removeprefix(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


@cache
def terms(language: str) -> tuple[Term, ...]:
    """Return every term of the ontology in *language*, in the order of the file.

    Raises:
        NotFound: there is no reference in that language.
    """
    _known(language)
    store = _ontology()
    defined = [
        quad.subject
        for quad in parse(ontology("maizuru.ttl").read_bytes(), format=RdfFormat.TURTLE)
        if quad.predicate == _node("rdfs:isDefinedBy") and isinstance(quad.subject, NamedNode)
    ]
    return tuple(_term(store, subject, language) for subject in dict.fromkeys(defined))


def term(name: str, language: str) -> Term:
    """Return the term of local name *name*.

    Raises:
        NotFound: there is no such term, or no reference in that language.
    """
    for candidate in terms(language):
        if candidate.name == name:
            return candidate
    raise NotFound(f"The ontology has no term “{name}”.")


def _term(store: Store, subject: NamedNode, language: str) -> Term:
    types = set(_values(store, subject, "rdf:type"))
    kind = next(name for curie, name in KINDS.items() if _node(curie) in types)
    up = "rdfs:subClassOf" if kind == "class" else "rdfs:subPropertyOf"
    return Term(
        name=subject.value.removeprefix(MZ),
        iri=subject.value,
        kind=kind,
        label=_text(store, subject, "rdfs:label", language),
        definition=_text(store, subject, "skos:definition", language),
        scope_note=_text(store, subject, "skos:scopeNote", language),
        example=_text(store, subject, "skos:example", ""),
        sources=tuple(_plain(_values(store, subject, "dcterms:source"))),
        changes=tuple(_plain(_values(store, subject, "skos:changeNote"))),
        broader=_own(_values(store, subject, up)),
        narrower=_own(_subjects(store, subject, up)),
        domain=_ends(store, subject, "rdfs:domain", "schema:domainIncludes"),
        range=_ends(store, subject, "rdfs:range", "schema:rangeIncludes"),
        inverse=_names(
            chain(
                _values(store, subject, "owl:inverseOf"), _subjects(store, subject, "owl:inverseOf")
            )
        ),
        characteristics=_characteristics(store, subject, types),
        alignments=_alignments(store, subject),
    )


def _ends(store: Store, subject: NamedNode, strict: str, usual: str) -> tuple[str, ...]:
    """Return what a property mostly joins, or else what it must join."""
    found = _names(_values(store, subject, usual))
    return found or _names(_values(store, subject, strict))


def _characteristics(store: Store, subject: NamedNode, types: set[_Node]) -> tuple[str, ...]:
    found = [
        name
        for name, curie in {
            "symmetric": "owl:SymmetricProperty",
            "transitive": "owl:TransitiveProperty",
        }.items()
        if _node(curie) in types
    ]
    for links in _values(store, subject, "owl:propertyChainAxiom"):
        found.append(" ∘ ".join(_names(_list(store, links))))
    return tuple(found)


def _alignments(store: Store, subject: NamedNode) -> tuple[tuple[str, str], ...]:
    found = []
    for curie, relation in _ALIGNED.items():
        for target in _values(store, subject, curie):
            if isinstance(target, NamedNode) and not target.value.startswith(MZ):
                found.append((relation, short(target.value)))
    return tuple(sorted(found))


@cache
def schemes(language: str) -> tuple[Scheme, ...]:
    """Return every vocabulary in *language*, by name.

    Raises:
        NotFound: there is no reference in that language.
    """
    _known(language)
    store = _vocabularies()
    found = [
        quad.subject
        for quad in store.quads_for_pattern(
            None, _node("rdf:type"), _node("skos:ConceptScheme"), None
        )
        if isinstance(quad.subject, NamedNode)
    ]
    return tuple(
        Scheme(
            scheme.value,
            scheme.value.rpartition("/")[2],
            _text(store, scheme, "dcterms:title", language),
            _text(store, scheme, "dcterms:description", language),
            tuple(_tree(store, _values(store, scheme, "skos:hasTopConcept"), language, 0)),
        )
        for scheme in sorted(found, key=lambda node: node.value)
    )


def _tree(
    store: Store, concepts: Iterable[_Node], language: str, depth: int
) -> Iterator[ConceptEntry]:
    """Yield concepts and, below each, what is narrower; a concept may stand in two places."""
    known = [concept for concept in concepts if isinstance(concept, NamedNode)]
    for concept in sorted(known, key=lambda node: node.value):
        yield ConceptEntry(
            concept.value,
            _text(store, concept, "skos:notation", ""),
            _text(store, concept, "skos:prefLabel", language),
            _text(store, concept, "skos:definition", language),
            depth,
        )
        yield from _tree(store, _subjects(store, concept, "skos:broader"), language, depth + 1)


def page(language: str) -> str:
    """Return the reference of the whole ontology as Markdown in *language* only."""
    lines = [f"# {_ontology_text('dcterms:title', language)}", ""]
    lines += [_ontology_text("dcterms:description", language), ""]
    for kind, headings in _HEADINGS.items():
        lines += [f"## {headings[language]}", ""]
        for item in terms(language):
            if item.kind == kind:
                lines += _entry(item)
    return "\n".join(lines)


def _ontology_text(curie: str, language: str) -> str:
    return _text(_ontology(), NamedNode(MZ.removesuffix("#")), curie, language)


def _entry(item: Term) -> list[str]:
    arrow = f"{', '.join(item.domain)} → {', '.join(item.range)}" if item.range else ""
    facts = [
        f"`mz:{item.name}`",
        f"⊂ {', '.join(item.broader)}" if item.broader else "",
        arrow,
        "; ".join(item.characteristics),
        f"⁻¹ {', '.join(item.inverse)}" if item.inverse else "",
    ]
    near = [f"{relation} {target}" for relation, target in item.alignments]
    return [
        f"### {item.label}",
        "",
        " · ".join(fact for fact in facts if fact),
        "",
        item.definition,
        "",
        item.scope_note,
        "",
        "```turtle",
        item.example,
        "```",
        "",
        *([" · ".join(near), ""] if near else []),
    ]


def context() -> dict[str, object]:
    """Return the JSON-LD context of the data: prefixes, and every term of ours by its local name.

    Values of datatype properties are typed where the ontology gives one datatype, so that
    ``{"lowerBound": 5}`` reads as a decimal; see https://www.w3.org/TR/json-ld11/#type-coercion.
    """
    entries: dict[str, object] = {"id": "@id", "type": "@type"}
    entries |= {prefix: namespace for prefix, namespace in PREFIXES.items()}
    entries |= {
        "prefLabel": {"@id": "skos:prefLabel"},
        "altLabel": {"@id": "skos:altLabel"},
        "subject": {"@id": "rdf:subject", "@type": "@id"},
        "predicate": {"@id": "rdf:predicate", "@type": "@id"},
        "object": {"@id": "rdf:object"},
    }
    for item in terms("en"):
        entries[item.name] = _context_entry(item)
    return {"@context": entries}


def _context_entry(item: Term) -> object:
    if item.kind == "object property":
        return {"@id": f"mz:{item.name}", "@type": "@id"}
    datatypes = [name for name in item.range if name.startswith(("xsd:", "edtf:"))]
    single = item.kind == "datatype property" and item.range == tuple(datatypes)
    if single and len(datatypes) == 1 and datatypes != ["xsd:string"]:
        return {"@id": f"mz:{item.name}", "@type": datatypes[0]}
    return f"mz:{item.name}"


@cache
def _ontology() -> Store:
    return _load([ontology("maizuru.ttl").read_bytes(), ontology("alignments.ttl").read_bytes()])


@cache
def _vocabularies() -> Store:
    files = (file for file in ontology("vocabularies").iterdir() if file.name.endswith(".ttl"))
    return _load(file.read_bytes() for file in files)


def _load(texts: Iterable[bytes]) -> Store:
    store = Store()
    for data in texts:
        store.extend(parse(data, format=RdfFormat.TURTLE))
    return store


def _node(curie: str) -> NamedNode:
    return NamedNode(expand(curie))


def _values(store: Store, subject: _Node, curie: str) -> list[_Node]:
    assert isinstance(subject, NamedNode | BlankNode)
    return [quad.object for quad in store.quads_for_pattern(subject, _node(curie), None, None)]


def _subjects(store: Store, value: _Node, curie: str) -> list[_Node]:
    return [quad.subject for quad in store.quads_for_pattern(None, _node(curie), value, None)]


def _list(store: Store, head: _Node) -> Iterator[_Node]:
    """Yield the members of an RDF list."""
    while head != _node("rdf:nil"):
        yield _values(store, head, "rdf:first")[0]
        head = _values(store, head, "rdf:rest")[0]


def _text(store: Store, subject: NamedNode, curie: str, language: str) -> str:
    """Return the literal in *language* (``""``: without any), or nothing."""
    for value in _values(store, subject, curie):
        if isinstance(value, Literal) and (value.language or "") == language:
            return value.value
    return ""


def _plain(values: Iterable[_Node]) -> list[str]:
    return sorted(v.value for v in values if isinstance(v, NamedNode | Literal))


def _names(values: Iterable[_Node]) -> tuple[str, ...]:
    """Return named nodes as local names of ours or prefixed names of others, in order."""
    found = (short(value.value) for value in values if isinstance(value, NamedNode))
    return tuple(dict.fromkeys(name.removeprefix("mz:") for name in found))


def _own(values: Iterable[_Node]) -> tuple[str, ...]:
    """Return the local names of our own terms among *values*."""
    return tuple(name for name in _names(values) if ":" not in name)


def _known(language: str) -> None:
    if language not in LANGUAGES:
        raise NotFound(f"There is no reference in “{language}”, only in {', '.join(LANGUAGES)}.")


if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 else "en"
    text = json.dumps(context(), indent=1, ensure_ascii=False) if wanted == "context" else ""
    print(text or page(wanted))
