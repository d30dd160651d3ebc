"""A document as RDF: its description, its mentions, and the entities as it writes them."""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode, RdfFormat, parse

from ..model import Entity, EntityKind, Inline, InlineKind
from ..namespaces import expand
from ..resources import ontology, rules
from .terms import decimal, integer, mz, node, text
from .writer import GraphWriter

CLASSES = {
    EntityKind.PERSON: "Person",
    EntityKind.GROUP: "Group",
    EntityKind.ORGANISATION: "Organisation",
    EntityKind.MILITARY_UNIT: "MilitaryUnit",
    EntityKind.PLACE: "Place",
    EntityKind.CAMP: "Camp",
    EntityKind.EVENT: "Event",
    EntityKind.LEGAL_INSTRUMENT: "LegalInstrument",
    EntityKind.WORK: "Work",
    EntityKind.CONCEPT: "Concept",
}

_METADATA = {
    "creator": "dcterms:creator",
    "publisher": "dcterms:publisher",
    "issued": "dcterms:issued",
    "source": "dcterms:source",
    "licence": "dcterms:rights",
    "identifier": "dcterms:identifier",
}


def describe_document(out: GraphWriter) -> None:
    """Write the document's own description (Dublin Core; hash and length of the text)."""
    document, subject = out.document, out.document_node
    out.typed(subject, mz("Document"))
    out.text(subject, node("dcterms:title"), document.title, document.language)
    out.text(subject, node("dcterms:language"), document.language)
    out.text(subject, mz("sha256"), document.sha256)
    out.text(subject, mz("fileName"), document.source)
    out.add(subject, mz("characters"), integer(len(document.text)))
    for key, curie in _METADATA.items():
        out.text(subject, node(curie), document.metadata.get(key, ""))
    if article := out.resolution.articles.get(document.slug):
        work = NamedNode(out.iris.entity(article.key))
        out.add(subject, mz("snapshotOf"), work)
        out.typed(work, mz("Work"))
        out.text(work, node("skos:prefLabel"), article.title, article.language)


def class_of(entity: Entity) -> NamedNode:
    """Return the class of an entity; fiction and events have finer ones (rules/classes.toml)."""
    finer: dict[str, dict[str, str]] = rules("classes")
    by_subkind = finer.get(entity.kind.value, {})
    return mz(by_subkind.get(entity.subkind, CLASSES[entity.kind]))


def type_of(entity: Entity) -> tuple[NamedNode, NamedNode] | None:
    """Return the property and concept that say what sort of thing it is (rules/types.toml)."""
    rule = rules("types").get(entity.kind.value)
    if rule is None:
        return None
    name = rule["words"].get(entity.subkind, entity.subkind)
    concept = NamedNode(f"{expand('mzv:')}{rule['scheme']}/{name}")
    return (mz(rule["property"]), concept) if concept in _concepts() else None


@cache
def _concepts() -> frozenset[NamedNode]:
    """Return the concepts of all vocabularies."""
    files = (file for file in ontology("vocabularies").iterdir() if file.name.endswith(".ttl"))
    quads = (quad for file in files for quad in parse(file.read_bytes(), format=RdfFormat.TURTLE))
    return frozenset(
        quad.subject
        for quad in quads
        if quad.predicate == node("skos:inScheme") and isinstance(quad.subject, NamedNode)
    )


def describe_entities(out: GraphWriter) -> None:
    """Write every entity the document names: its class, its names, and where it is mentioned."""
    labelled: set[tuple[str, str, str]] = set()
    for mention in out.extraction.mentions:
        key = out.resolution.of(out.document.slug, mention)
        subject = NamedNode(out.iris.entity(key))
        entity = out.resolution.entities[key]
        if key not in out.described:
            _describe(out, subject, entity)
        preferred = entity.labels[0].text if entity.labels else ""
        language = mention.language or out.document.language
        if mention.name != preferred and (key, mention.name, language) not in labelled:
            labelled.add((key, mention.name, language))
            out.text(subject, node("skos:altLabel"), mention.name, language)
        annotation = out.local("mention", f"{mention.start}-{mention.end}-{mention.kind}")
        out.typed(annotation, node("oa:Annotation"), mz("Mention"))
        out.add(annotation, node("oa:motivatedBy"), node("oa:identifying"))
        out.add(annotation, node("oa:hasBody"), subject)
        out.add(annotation, node("oa:hasTarget"), out.passage(mention.start, mention.end))
        out.text(annotation, mz("extractedBy"), mention.rule)
        out.add(annotation, mz("confidence"), decimal(round(mention.confidence, 3)))


def describe_unmentioned(out: GraphWriter) -> None:
    """Write the entities that statements and figures name without a mention in the text."""
    for key in out.named:
        if key not in out.described:
            _describe(out, NamedNode(out.iris.entity(key)), out.resolution.entities[key])


def _describe(out: GraphWriter, subject: NamedNode, entity: Entity) -> None:
    """Write class and names; rdfs:label is the one name to show, whatever other graphs add."""
    out.described.add(entity.key)
    out.typed(subject, class_of(entity))
    if entity.labels:
        first = entity.labels[0]
        out.add(subject, node("skos:prefLabel"), text(first.text, first.language))
        out.add(subject, node("rdfs:label"), text(first.text, first.language))
    out.text(subject, mz("kind"), entity.subkind)
    sort = type_of(entity)
    if sort is not None:
        out.add(subject, *sort)
    for name, value in entity.attributes:
        out.text(subject, mz(name), value)
    for why in entity.evidence:
        out.text(subject, mz("resolutionEvidence"), why)
    for number, candidate in enumerate(entity.candidates):
        other = NamedNode(out.iris.entity(candidate.other))
        link = NamedNode(out.iris.entity(f"candidate/{entity.key}/{number}"))
        out.add(subject, mz("possiblySameAs"), other)
        out.typed(link, mz("CandidateLink"))
        out.add(link, mz("candidateOf"), subject)
        out.add(link, mz("candidate"), other)
        out.add(link, mz("confidence"), decimal(round(candidate.score, 3)))
        out.text(link, mz("note"), candidate.evidence)


def describe_markers(out: GraphWriter, references: list[NamedNode]) -> None:
    """Write every inline citation: which stretch of text it backs with which reference."""
    for marker in out.extraction.markers:
        annotation = out.local("citation", f"{marker.start}-{marker.end}")
        out.typed(annotation, node("oa:Annotation"), mz("CitationMarker"))
        out.add(annotation, node("oa:motivatedBy"), node("oa:linking"))
        out.add(annotation, mz("marker"), text(marker.text))
        scope = out.passage(marker.scope_start, marker.scope_end)
        out.add(annotation, node("oa:hasTarget"), scope)
        if marker.reference is not None:
            out.add(annotation, node("oa:hasBody"), references[marker.reference])
            out.add(scope, mz("citesReference"), references[marker.reference])


def describe_doubts(out: GraphWriter) -> None:
    """Write where the text itself asks for a source (``[citation needed]``)."""
    for inline in out.document.inlines:
        if _asks_for_source(inline):
            passage = out.passage(inline.start, inline.end)
            out.typed(passage, mz("CitationNeeded"))


def _asks_for_source(inline: Inline) -> bool:
    return inline.kind is InlineKind.EDITORIAL
