"""References as RDF: the entry as printed, its fields, and the work it cites."""

from __future__ import annotations

from textwrap import shorten

from pyoxigraph import NamedNode

from ..model import Contributor, Reference, Title
from ..namespaces import slugify
from ..works import CitedWork
from .terms import integer, mz, node
from .writer import GraphWriter

_FIELDS = {
    "volume": "bibo:volume",
    "issue": "bibo:issue",
    "pages": "bibo:pages",
    "isbn13": "bibo:isbn13",
    "issn": "bibo:issn",
    "doi": "bibo:doi",
    "url": "schema:url",
    "s2cid": "mz:s2cid",
    "language": "dcterms:language",
    "publisher": "dcterms:publisher",
    "place": "mz:placePrinted",
    "container": "mz:container",
    "archive": "mz:archive",
    "label": "mz:referenceLabel",
    "list_name": "mz:referenceList",
    "kind": "mz:kind",
}

_CONTRIBUTORS = {
    "authors": "dcterms:creator",
    "editors": "bibo:editor",
    "translators": "bibo:translator",
}


def reference_nodes(out: GraphWriter) -> list[NamedNode]:
    """Return the IRI of each reference, in the order of the document."""
    nodes: list[NamedNode] = []
    used: set[str] = set()
    for number, reference in enumerate(out.extraction.references, start=1):
        name = slugify(reference.label) or f"entry-{number}"
        if name in used:
            name = f"{name}-at-{reference.start}"
        used.add(name)
        nodes.append(NamedNode(out.iris.entity(f"reference/{out.document.slug}/{name}")))
    return nodes


def describe_references(out: GraphWriter, nodes: list[NamedNode]) -> None:
    """Write every reference and join it to the work it cites."""
    for index, reference in enumerate(out.extraction.references):
        subject = nodes[index]
        _reference(out, subject, reference)
        work = out.works.of(out.document.slug, index)
        if work is not None:
            _work(out, subject, work, reference)
        if reference.same_as is not None:
            out.add(subject, mz("ibidemOf"), nodes[reference.same_as])


def _reference(out: GraphWriter, subject: NamedNode, reference: Reference) -> None:
    out.typed(subject, mz("Reference"))
    out.text(subject, node("dcterms:bibliographicCitation"), reference.text)
    out.add(subject, mz("statedIn"), out.passage(reference.start, reference.end))
    out.add(out.document_node, node("cito:cites"), subject)
    for title in reference.titles:
        out.text(subject, node("dcterms:title"), title.text, title.language)
    for field, curie in _FIELDS.items():
        out.text(subject, node(curie), getattr(reference, field))
    if reference.page_count is not None:
        out.add(subject, node("bibo:numPages"), integer(reference.page_count))
    for field, curie in _CONTRIBUTORS.items():
        for person in getattr(reference, field):
            out.text(subject, node(curie), _printed(person))
    out.text(subject, mz("authorLine"), "; ".join(_printed(who) for who in reference.authors))
    out.period(subject, node("dcterms:issued"), reference.issued)
    if reference.archived is not None:
        out.text(subject, mz("archived"), reference.archived.edtf)
    if reference.retrieved is not None:
        out.text(subject, mz("retrieved"), reference.retrieved.edtf)


def _work(out: GraphWriter, subject: NamedNode, work: CitedWork, reference: Reference) -> None:
    key = out.resolution.cited_work(work)
    cited = NamedNode(out.iris.entity(key))
    out.add(subject, mz("citedWork"), cited)
    out.typed(cited, mz("Work"))
    for why in work.evidence:
        out.text(cited, mz("resolutionEvidence"), why)
    if key not in out.resolution.entities:
        title = _name(out, work, reference)
        out.text(cited, node("skos:prefLabel"), title.text, title.language)
        out.text(cited, node("rdfs:label"), title.text, title.language)


def _name(out: GraphWriter, work: CitedWork, reference: Reference) -> Title:
    """Return the title of a work, or the beginning of the entry where no title was made out."""
    if work.titles:
        return work.titles[0]
    return Title(shorten(reference.text, 80, placeholder="…"), out.document.language)


def _printed(person: Contributor) -> str:
    """Return a name in the order libraries sort by, ``Family, Given``, or as printed."""
    if person.family and person.given:
        return f"{person.family}, {person.given}"
    return person.family or person.literal
