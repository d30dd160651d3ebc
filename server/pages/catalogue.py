"""The descriptions of the dataset as RDF: VoID, DCAT 3, and the question library in SHACL."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import pyoxigraph as ox

from maizuru.graph.crate import DESCRIPTION
from maizuru.graph.export import FORMATS
from maizuru.graph.namespaces import PREFIXES, expand
from maizuru.graph.publish import LICENCE
from maizuru.graph.questions import library
from maizuru.graph.release import MANIFEST, read_manifest

from ..ask import Row, rows, services, text

_TYPE = ox.NamedNode(expand("rdf:type"))
_IANA = "https://www.iana.org/assignments/media-types/"
TITLE = "Maizuru"
Value = ox.NamedNode | ox.Literal


def _iri(text_: str) -> ox.NamedNode:
    return ox.NamedNode(text_)


def _text(value: str, language: str = "en") -> ox.Literal:
    return ox.Literal(value, language=language)


def _count(value: int | str) -> ox.Literal:
    return ox.Literal(str(value), datatype=_iri(expand("xsd:integer")))


def _say(subject: ox.NamedNode, *pairs: tuple[str, Value]) -> Iterator[ox.Triple]:
    """Yield triples about one subject; ``a`` is its class, the properties are prefixed names."""
    for name, value in pairs:
        yield ox.Triple(subject, _TYPE if name == "a" else _iri(expand(name)), value)


def _dataset() -> ox.NamedNode:
    return _iri(f"{services().settings.base}dataset")


def void(root: str) -> Iterator[ox.Triple]:
    """Yield the VoID description, counted from the dataset as it is now."""
    base, dataset = services().settings.base, _dataset()
    counts = _counts()
    yield from _say(
        dataset,
        ("a", _iri(expand("void:Dataset"))),
        ("dcterms:title", _text(TITLE)),
        ("dcterms:description", _text(DESCRIPTION)),
        ("dcterms:license", _iri(LICENCE)),
        ("void:uriSpace", ox.Literal(f"{base}id/")),
        ("void:sparqlEndpoint", _iri(f"{root}/sparql")),
        ("void:vocabulary", _iri(PREFIXES["mz"])),
        ("void:vocabulary", _iri(PREFIXES["skos"])),
        ("void:vocabulary", _iri(PREFIXES["oa"])),
        ("void:triples", _count(counts["triples"])),
        ("void:classes", _count(len(counts["classes"]))),
        ("void:properties", _count(len(counts["properties"]))),
    )
    yield from _say(
        dataset,
        ("void:entities", _count(counts["classes"].get(expand("mz:Entity"), 0))),
        ("void:distinctSubjects", _count(counts["subjects"])),
    )
    for row in rows("document-titles")[:3]:
        yield from _say(dataset, ("void:exampleResource", _iri(text(row, "document"))))
    for name in ("nquads", "trig", "turtle"):
        yield from _say(dataset, ("void:dataDump", _iri(f"{root}/exports/{name}")))
    for kind, group, number in (
        ("class", "classes", "entities"),
        ("property", "properties", "triples"),
    ):
        for position, (term, count) in enumerate(sorted(counts[group].items()), start=1):
            part = _iri(f"{dataset.value}#{kind}-{position}")
            yield from _say(dataset, (f"void:{kind}Partition", part))
            yield from _say(part, (f"void:{kind}", _iri(term)), (f"void:{number}", _count(count)))
    for position, row in enumerate(rows("linksets"), start=1):
        yield from _linkset(dataset, position, row)


def _manifest() -> dict[str, Any] | None:
    """Return the manifest of the release, or None where the data may have changed since."""
    folder = services().texts.folder
    if folder and not services().engine.writable and (folder.parent / MANIFEST).is_file():
        return read_manifest(folder.parent)
    return None


def _counts() -> dict[str, Any]:
    """Return the counts of the manifest, or, where the data may have changed since, fresh ones."""
    manifest = _manifest()
    if manifest is not None:
        counts: dict[str, Any] = manifest["counts"]
        return counts
    found: dict[str, dict[str, int]] = {"class": {}, "property": {}}
    for row in rows("partitions"):
        found[text(row, "kind")][text(row, "term")] = int(text(row, "count"))
    (sizes,) = rows("dataset-sizes")
    return {
        "triples": sum(found["property"].values()),
        "subjects": int(text(sizes, "subjects")),
        "classes": found["class"],
        "properties": found["property"],
    }


def _linkset(dataset: ox.NamedNode, position: int, row: Row) -> Iterator[ox.Triple]:
    part = _iri(f"{dataset.value}#links-{position}")
    other = _iri(f"{dataset.value}#target-{position}")
    yield from _say(
        part,
        ("a", _iri(expand("void:Linkset"))),
        ("void:subset", dataset),
        ("void:linkPredicate", _iri(text(row, "property"))),
        ("void:subjectsTarget", dataset),
        ("void:objectsTarget", other),
        ("void:triples", _count(text(row, "links"))),
    )
    site = ox.Literal(text(row, "site"))
    yield from _say(other, ("a", _iri(expand("void:Dataset"))), ("void:uriSpace", site))


def catalogue(root: str) -> Iterator[ox.Triple]:
    """Yield the DCAT catalogue: the dataset, a distribution for each export, the data services."""
    dataset, here = _dataset(), _iri(f"{root}/catalog")
    yield from _say(
        here,
        ("a", _iri(expand("dcat:Catalog"))),
        ("dcterms:title", _text(TITLE)),
        ("dcterms:description", _text(DESCRIPTION)),
        ("dcat:dataset", dataset),
        ("dcat:service", _iri(f"{root}/sparql")),
        ("dcat:service", _iri(f"{root}/reconcile")),
    )
    yield from _say(
        dataset,
        ("a", _iri(expand("dcat:Dataset"))),
        ("dcterms:title", _text(TITLE)),
        ("dcterms:description", _text(DESCRIPTION)),
        ("dcterms:license", _iri(LICENCE)),
        ("dcterms:spatial", _text("Soviet Union and Mongolia")),
        ("dcterms:temporal", _iri(f"{dataset.value}#period")),
        ("dcat:version", ox.Literal(services().engine.version() or version("maizuru"))),
        ("dcat:landingPage", _iri(f"{root}/")),
    )
    period = _iri(f"{dataset.value}#period")
    date = _iri(expand("xsd:date"))
    yield from _say(
        period,
        ("a", _iri(expand("dcterms:PeriodOfTime"))),
        ("dcat:startDate", ox.Literal("1945-08-09", datatype=date)),
        ("dcat:endDate", ox.Literal("1956-12-31", datatype=date)),
    )
    for name, form in FORMATS.items():
        part, place = _iri(f"{dataset.value}#{name}"), _iri(f"{root}/exports/{name}")
        yield from _say(dataset, ("dcat:distribution", part))
        yield from _say(
            part,
            ("a", _iri(expand("dcat:Distribution"))),
            ("dcterms:title", _text(f"{name}: {form.description}")),
            ("dcterms:license", _iri(LICENCE)),
            ("dcat:downloadURL", place),
            ("dcat:accessURL", _iri(f"{root}/exports")),
            ("dcat:mediaType", _iri(_IANA + form.media_type)),
        )
    manifest = _manifest()
    if manifest is not None:
        yield from _checksum(_iri(f"{dataset.value}#nquads"), manifest["data_sha256"])
    yield from _services(root, dataset)


def _checksum(distribution: ox.NamedNode, digest: str) -> Iterator[ox.Triple]:
    """Yield the hash of the N-Quads as they are served: those of the release (DCAT 3, 6.8.8)."""
    checksum = _iri(f"{distribution.value}-checksum")
    yield from _say(distribution, ("spdx:checksum", checksum))
    yield from _say(
        checksum,
        ("a", _iri(expand("spdx:Checksum"))),
        ("spdx:algorithm", _iri(expand("spdx:checksumAlgorithm_sha256"))),
        ("spdx:checksumValue", ox.Literal(digest, datatype=_iri(expand("xsd:hexBinary")))),
    )


def _services(root: str, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    protocols = {
        "sparql": ("SPARQL endpoint", "http://www.w3.org/TR/sparql11-protocol/"),
        "reconcile": ("Reconciliation", "https://www.w3.org/community/reports/reconciliation/"),
    }
    for name, (title, protocol) in protocols.items():
        place = _iri(f"{root}/{name}")
        yield from _say(
            place,
            ("a", _iri(expand("dcat:DataService"))),
            ("dcterms:title", _text(title)),
            ("dcterms:conformsTo", _iri(protocol)),
            ("dcat:endpointURL", place),
            ("dcat:servesDataset", dataset),
            ("dcat:endpointDescription", _iri(f"{root}/openapi.json")),
        )


def examples(root: str) -> Iterator[ox.Triple]:
    """Yield every question of the library as SHACL executable, as query editors read them."""
    prefixes = _iri(f"{root}/sparql-examples#prefixes")
    for name, namespace in PREFIXES.items():
        declaration = _iri(f"{root}/sparql-examples#prefix-{name}")
        uri = ox.Literal(namespace, datatype=_iri(expand("xsd:anyURI")))
        yield from _say(prefixes, ("sh:declare", declaration))
        yield from _say(declaration, ("sh:prefix", ox.Literal(name)), ("sh:namespace", uri))
    for item in library():
        about = _iri(f"{root}/queries/{item.name}")
        yield from _say(
            about,
            ("a", _iri(expand("sh:SPARQLExecutable"))),
            ("a", _iri(expand("sh:SPARQLSelectExecutable"))),
            ("rdfs:label", _text(item.title)),
            ("rdfs:comment", _text(item.description)),
            *(("rdfs:comment", _text(words, tag)) for tag, words in item.questions.items()),
            ("sh:prefixes", prefixes),
            ("sh:select", ox.Literal(item.query())),
            ("schema:target", _iri(f"{root}/sparql")),
        )
