"""Check data against the shapes of the ontology and the quality queries.

    read the targets → add the ontology they speak in → shapes (pyshacl) → quality queries → report

A target is a release folder, a folder of RDF files, or one file (Turtle, N-Triples, N-Quads, TriG,
JSON-LD; gzipped or not). Shapes follow SHACL, https://www.w3.org/TR/shacl/; severities are kept
apart here, since pyshacl calls data with a mere warning non-conforming.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pyshacl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse
from rdflib.namespace import SH

from .errors import ValidationError
from .namespaces import MZ, expand
from .quality import Finding, Severity, findings_of, quality_queries
from .release import DATA, MANIFEST
from .resources import ontology

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
}
"""Suffixes that are read, also with ``.gz`` behind them."""

CONTEXT = "https://w3id.org/maizuru/context.jsonld"
"""Address of our JSON-LD context; files that name it are read with the shipped copy."""

_OA = {
    name: NamedNode(expand(f"oa:{name}"))
    for name in ("hasSource", "hasSelector", "start", "end", "exact")
}
_SUBCLASS = NamedNode(expand("rdfs:subClassOf"))
_MEASURES = NamedNode(expand("mzv:measure"))
_BACKGROUND = "urn:maizuru:background:"


@dataclass(slots=True)
class ValidationReport:
    """What was checked and what was found, gravest first."""

    files: list[str] = field(default_factory=list)
    quads: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def conforms(self) -> bool:
        """True when no finding is a violation."""
        return not any(item.severity is Severity.VIOLATION for item in self.findings)

    def counts(self) -> dict[str, int]:
        """Return the number of findings of each severity."""
        counter = Counter(item.severity for item in self.findings)
        return {severity.value: counter[severity] for severity in Severity}


def validate(targets: Iterable[Path]) -> ValidationReport:
    """Check everything in *targets* as one dataset.

    A file that cannot be parsed is a finding; the others are checked all the same.

    Raises:
        ValidationError: a target does not exist or holds nothing that could be checked.
    """
    report = ValidationReport()
    store = Store()
    paths = [path for target in targets for path in data_files(target)]
    for path in paths:
        report.files.append(str(path))
        try:
            store.extend(read_quads(path))
        except (SyntaxError, UnicodeDecodeError, OSError) as error:
            report.findings.append(_unreadable(path, error))
    report.quads = len(store)
    add_background(store)
    report.findings += check_shapes(store)
    for query in quality_queries():
        report.findings += findings_of(query, store)
    for path in paths:
        report.findings += check_wording(path.parent / "documents", store)
    report.findings = _sorted(report.findings, store)
    return report


def data_files(target: Path) -> list[Path]:
    """Return the RDF files of a target; of a release folder, its data.

    Raises:
        ValidationError: there are none.
    """
    if not target.exists():
        raise ValidationError(f"There is no {target}.")
    if target.is_file():
        if _format(target) is None:
            raise ValidationError(f"{target} is none of {', '.join(FORMATS)} (or these with .gz).")
        return [target]
    if (target / MANIFEST).is_file():
        return [target / DATA]
    found = sorted(path for path in target.rglob("*") if path.is_file() and _format(path))
    if not found:
        raise ValidationError(f"{target} holds no RDF file ({', '.join(FORMATS)}).")
    return found


def _format(path: Path) -> RdfFormat | None:
    suffixes = [suffix for suffix in path.suffixes if suffix != ".gz"]
    return FORMATS.get(suffixes[-1]) if suffixes else None


def read_quads(path: Path) -> Iterator[Quad]:
    """Yield the quads of a file; triples go into a graph named for the file.

    Raises:
        SyntaxError: it is not what its suffix says; the message has line and column.
        OSError: it cannot be read or unpacked.
    """
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    form = _format(path)
    assert form is not None
    if form is RdfFormat.JSON_LD:
        data = _with_own_context(data)
    place = NamedNode(path.resolve().as_uri())
    for quad in parse(data, format=form):
        if isinstance(quad.graph_name, NamedNode):
            yield quad
        else:
            yield Quad(quad.subject, quad.predicate, quad.object, place)


def _with_own_context(data: bytes) -> bytes:
    """Put the shipped JSON-LD context in place of its address: nothing is fetched."""
    if CONTEXT.encode() not in data:
        return data
    context = json.loads(ontology("context.jsonld").read_text("utf-8"))["@context"]
    return data.replace(json.dumps(CONTEXT).encode(), json.dumps(context).encode())


def _unreadable(path: Path, error: Exception) -> Finding:
    return Finding(
        Severity.VIOLATION, "syntax", "This file cannot be read.", str(path), str(error), str(path)
    )


def add_background(store: Store) -> None:
    """Add the ontology and vocabularies the data speak in, unless they are there already."""
    marks = {"ontology": NamedNode(MZ.removesuffix("#")), "vocabulary": _MEASURES}
    for name, mark in marks.items():
        if any(store.quads_for_pattern(mark, None, None)):
            continue
        place = NamedNode(_BACKGROUND + name)
        store.extend(
            Quad(quad.subject, quad.predicate, quad.object, place) for quad in _shipped(name)
        )


@cache
def _shipped(name: str) -> tuple[Quad, ...]:
    """Return the quads of the shipped ontology, or of all vocabularies."""
    if name == "ontology":
        files = [ontology("maizuru.ttl")]
    else:
        files = [file for file in ontology("vocabularies").iterdir() if file.name.endswith(".ttl")]
    return tuple(
        quad for file in files for quad in parse(file.read_bytes(), format=RdfFormat.TURTLE)
    )


def check_shapes(store: Store) -> Iterator[Finding]:
    """Yield what violates the shapes, over all graphs of *store* together."""
    _, results, _ = pyshacl.validate(
        _as_rdflib(store), shacl_graph=_shapes(), inference="none", advanced=False, meta_shacl=False
    )
    assert isinstance(results, rdflib.Graph)
    for result in results.subjects(rdflib.RDF.type, SH.ValidationResult):
        shape = results.value(result, SH.sourceShape)
        severity = str(results.value(result, SH.resultSeverity))
        focus = results.value(result, SH.focusNode)
        value = results.value(result, SH.value)
        yield Finding(
            Severity(severity.rpartition("#")[2].lower()),
            str(shape).removeprefix(MZ),
            str(results.value(result, SH.resultMessage) or "Does not fit its shape."),
            str(focus),
            "" if value is None or value == focus else str(value),
        )


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data=ontology("shapes.ttl").read_bytes(), format="turtle")


def check_wording(documents: Path, store: Store) -> Iterator[Finding]:
    """Yield the passages whose wording is not what the text of a release has at their position."""
    texts: dict[str, str | None] = {}
    for quad in store.quads_for_pattern(None, _OA["hasSource"], None):
        passage, document = quad.subject, quad.object
        slug = str(document.value).rpartition("/")[2] if isinstance(document, NamedNode) else ""
        if slug not in texts:
            file = documents / f"{slug}.txt"
            texts[slug] = file.read_text("utf-8") if slug and file.is_file() else None
        text = texts[slug]
        if text is None or not isinstance(passage, NamedNode):
            continue
        found = {name: _selected(store, passage, name) for name in ("start", "end", "exact")}
        start, end, exact = found["start"], found["end"], found["exact"]
        if start.isdigit() and end.isdigit() and text[int(start) : int(end)] != exact:
            yield Finding(
                Severity.VIOLATION,
                "wording",
                "The text has other words at this place than the passage quotes.",
                passage.value,
                exact,
                solution="Convert the document again; the text or the passage was changed by hand.",
            )


def _selected(store: Store, passage: NamedNode, name: str) -> str:
    for link in store.quads_for_pattern(passage, _OA["hasSelector"], None):
        assert isinstance(link.object, NamedNode | BlankNode)
        for quad in store.quads_for_pattern(link.object, _OA[name], None):
            assert isinstance(quad.object, Literal)
            return quad.object.value
    return ""


def _as_rdflib(store: Store) -> rdflib.Graph:
    """Return the union of all graphs; of the background only the hierarchy of classes."""
    graph = rdflib.Graph()
    for quad in store:
        place = quad.graph_name
        background = isinstance(place, NamedNode) and place.value.startswith(_BACKGROUND)
        if not background or quad.predicate == _SUBCLASS:
            graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


def _term(term: NamedNode | BlankNode | Literal | Triple) -> rdflib.term.Node:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, Triple):
        raise ValidationError("Triple terms (RDF 1.2) cannot be checked against the shapes.")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


def _sorted(findings: list[Finding], store: Store) -> list[Finding]:
    """Return the findings gravest first, by rule and thing, each with the graph it is about.

    What is only about the shipped ontology is left out: it was not the target.
    """
    order = list(Severity)
    placed = (_placed(item, store) for item in findings)
    unique = dict.fromkeys(item for item in placed if not item.graph.startswith(_BACKGROUND))
    return sorted(unique, key=lambda i: (order.index(i.severity), i.rule, i.focus, i.value))


def _placed(finding: Finding, store: Store) -> Finding:
    """Return *finding* with the first graph that describes its thing."""
    if finding.graph or finding.rule == "syntax":
        return finding
    focus = NamedNode(finding.focus) if ":" in finding.focus else BlankNode(finding.focus)
    graphs = {
        quad.graph_name.value
        for quad in store.quads_for_pattern(focus, None, None)
        if isinstance(quad.graph_name, NamedNode)
    }
    described = {graph for graph in graphs if not graph.startswith(_BACKGROUND)} or graphs
    return replace(finding, graph=min(described, default=""))
