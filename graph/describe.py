"""Describe a release: its documents, its VoID description and its manifest."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from . import datacite, release
from .crate import METADATA
from .crate import crate as research_object
from .model import Document
from .namespaces import PREFIXES, Iris
from .publish import LICENCE
from .report import BuildReport, as_html
from .triples.terms import RDF_TYPE, integer, node, text


def write_document(folder: Path, document: Document) -> None:
    """Write the normalised text and, beside it, its structure for readers and tools."""
    (folder / f"{document.slug}.txt").write_text(document.text, encoding="utf-8", newline="\n")
    structure = {
        "slug": document.slug,
        "title": document.title,
        "language": document.language,
        "source": document.source,
        "sha256": document.sha256,
        "metadata": dict(document.metadata),
        "blocks": [asdict(block) for block in document.blocks],
        "inlines": [asdict(inline) for inline in document.inlines],
        "tables": [asdict(table) for table in document.tables],
        "sentences": [[s.start, s.end, s.language] for s in document.sentences],
    }
    path = folder / f"{document.slug}.json"
    path.write_text(json.dumps(structure, ensure_ascii=False) + "\n", encoding="utf-8")


class Tally:
    """Counts a dataset while its sorted N-Quads lines stream by, one subject at a time."""

    def __init__(self) -> None:
        """Start with nothing counted."""
        self.quads: Counter[str] = Counter()
        self.classes: Counter[str] = Counter()
        self.properties: Counter[str] = Counter()
        self.subjects = 0
        self.triples = 0
        self._subject = ""
        self._triple = ""

    def watch(self, lines: Iterable[str]) -> Iterator[str]:
        """Pass *lines* on unchanged, counting them.

        They are sorted, so the same triple in two graphs stands in neighbouring lines and is
        counted once; `quads` counts each graph by itself.
        """
        for line in lines:
            triple, _, graph = line.removesuffix(" .").rpartition(" ")
            self.quads[graph[1:-1]] += 1
            if triple != self._triple:
                self._triple = triple
                self._count(*triple.split(" ", 2))
            yield line

    def _count(self, subject: str, predicate: str, value: str) -> None:
        self.triples += 1
        if subject != self._subject:
            self._subject = subject
            self.subjects += 1
        self.properties[predicate[1:-1]] += 1
        if predicate == str(RDF_TYPE) and value.startswith("<"):
            self.classes[value[1:-1]] += 1

    def counts(self) -> dict[str, Any]:
        """Return the counts as plain values: graphs, classes and properties by IRI."""
        return {
            "quads": self.quads.total(),
            "triples": self.triples,
            "subjects": self.subjects,
            "graphs": dict(self.quads),
            "classes": dict(self.classes),
            "properties": dict(self.properties),
        }


def describe(
    folder: Path, iris: Iris, counts: Mapping[str, Any], digest: str, report: BuildReport
) -> None:
    """Write ``void.ttl``, the reports, what deposits ask for and, last of all, the manifest."""
    (folder / "void.ttl").write_bytes(_void(counts, iris))
    release.write_json(folder / "report.json", report.as_json())
    (folder / "report.html").write_text(as_html(report), encoding="utf-8")
    manifest = {
        "format": release.FORMAT,
        "base": iris.base,
        "data_sha256": digest,
        "versions": release.versions(),
        "documents": _documents(folder),
        "counts": counts,
    }
    crate = research_object(folder, iris, digest, release.versions())
    release.write_json(folder / METADATA, crate)
    release.write_json(folder / datacite.METADATA, datacite.datacite(iris, digest, counts))
    release.write_json(folder / release.MANIFEST, manifest)


def _documents(folder: Path) -> list[dict[str, str]]:
    found = []
    for path in sorted((folder / "documents").glob("*.json")):
        structure = json.loads(path.read_text("utf-8"))
        found.append({key: structure[key] for key in ("slug", "title", "language", "sha256")})
    return found


def _void(counts: Mapping[str, Any], iris: Iris) -> bytes:
    """Return the VoID description with its class and property partitions (VoID, section 4)."""
    dataset = NamedNode(f"{iris.base}dataset")
    graph = [
        Triple(dataset, RDF_TYPE, node("void:Dataset")),
        Triple(dataset, node("dcterms:title"), text("Maizuru", "en")),
        Triple(dataset, node("dcterms:license"), NamedNode(LICENCE)),
        Triple(dataset, node("void:triples"), integer(counts["triples"])),
        Triple(dataset, node("void:distinctSubjects"), integer(counts["subjects"])),
        Triple(dataset, node("void:classes"), integer(len(counts["classes"]))),
        Triple(dataset, node("void:properties"), integer(len(counts["properties"]))),
        Triple(dataset, node("void:uriSpace"), text(f"{iris.base}id/")),
        Triple(dataset, node("void:sparqlEndpoint"), NamedNode(f"{iris.base}sparql")),
    ]
    for kind, field, number in (
        ("class", "class", "entities"),
        ("property", "property", "triples"),
    ):
        plural = "classes" if kind == "class" else "properties"
        for position, (iri, count) in enumerate(sorted(counts[plural].items()), start=1):
            part = NamedNode(f"{iris.base}dataset#{kind}-{position}")
            graph += [
                Triple(dataset, node(f"void:{kind}Partition"), part),
                Triple(part, node(f"void:{field}"), NamedNode(iri)),
                Triple(part, node(f"void:{number}"), integer(count)),
            ]
    prefixes = {name: PREFIXES[name] for name in ("void", "dcterms", "mz", "oa", "skos", "xsd")}
    written = serialize(graph, format=RdfFormat.TURTLE, prefixes=prefixes)
    assert written is not None
    return written
