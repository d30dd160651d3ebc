"""Shapes, severities, targets, reports and exit codes of ``maizuru validate``."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from maizuru.graph.cli.validate import validate as command
from maizuru.graph.errors import ValidationError
from maizuru.graph.namespaces import MZ, PREFIXES, expand
from maizuru.graph.quality import Severity, quality_queries
from maizuru.graph.resources import ontology
from maizuru.graph.validate import (
    CONTEXT,
    add_background,
    check_shapes,
    data_files,
    read_quads,
    validate,
)

GOOD = Path(__file__).parent / "cases" / "validate" / "good.ttl"

# What is spoiled in the good graph, and the shape that must say so.
SPOILED = [
    ("Document-title", 'dcterms:title "The port"@en ;', ""),
    ("Document-sha256", "5994471a", "XYZ"),
    ("Document-characters", "mz:characters 120", 'mz:characters "many"'),
    ("Document-language", 'dcterms:language "en"', 'dcterms:language "English"'),
    ("Document-origin", 'dcterms:creator "The editors" ;', ""),
    ("PassageShape", "document/port#char=0,17", "document/port#0-17"),
    ("Passage-source", "oa:hasSource <document/port> ;", ""),
    ("Passage-position", "<selector/port/position> , ", ""),
    ("Passage-quote", " , <selector/port/quote>", ""),
    ("Position-start", 'oa:start "0"', 'oa:start "17"'),
    ("Position-end", 'oa:end "17"^^xsd:nonNegativeInteger', 'oa:end "seventeen"'),
    ("Quote-exact", 'oa:exact "Maizuru in Kyoto." ;', 'oa:exact "" ;'),
    ("Mention-body", "oa:hasBody <place/maizuru> ;", ""),
    (
        "Mention-target",
        "oa:hasTarget <document/port#char=0,17> ;\n    mz:extractedBy",
        "mz:extractedBy",
    ),
    ("Mention-motivation", "oa:motivatedBy oa:identifying", "oa:motivatedBy oa:linking"),
    (
        "CitationMarker-target",
        "oa:hasBody <reference/port/4> ;\n    oa:hasTarget <document/port#char=0,17> .",
        "oa:hasBody <reference/port/4> .",
    ),
    ("CitationMarker-marker", 'mz:marker "[4]" ;', ""),
    ("CitationMarker-body", "oa:hasBody <reference/port/4> ;", ""),
    ("confidenceBounds", "mz:confidence 0.9", "mz:confidence 1.9"),
    ("Claim-statedIn", "mz:statedIn <document/port#char=0,17> ;\n    mz:stance", "mz:stance"),
    ("Claim-stance", "mz:stance mz:asserted ;", "mz:stance mz:maybe ;"),
    ("Claim-extractedBy", 'mz:extractedBy "figures.repatriated" ;', ""),
    (
        "Claim-citesReference",
        "mz:citesReference <reference/port/4>",
        "mz:citesReference <place/maizuru>",
    ),
    (
        "Claim-authority",
        "mz:authority <organisation/city-of-maizuru>",
        'mz:authority "the city"',
    ),
    ("Statement-subject", "rdf:subject <place/maizuru> ;", ""),
    ("Statement-predicate", "rdf:predicate mz:locatedIn ;", "rdf:predicate schema:url ;"),
    ("Statement-object", "rdf:object <place/kyoto-prefecture> ;", ""),
    (
        "FigureShape",
        "mz:lowerBound 660000.0 ;\n    mz:upperBound 660000.0 ;",
        "",
    ),
    ("Figure-measure", "measure:repatriated", "comparator:about"),
    ("Figure-lowerBound", "mz:lowerBound 660000.0", "mz:lowerBound 670000.0"),
    ("Figure-upperBound", "mz:upperBound 660000.0", 'mz:upperBound "660000"'),
    ("Figure-approximate", "mz:approximate true ;", ""),
    ("Figure-comparator", "mz:comparator comparator:about ;", ""),
    ("Figure-population", 'mz:populationText "people" ;', ""),
    ("Figure-territory", "mz:territory <place/maizuru>", 'mz:territory "Maizuru"'),
    ("Figure-period", '"1945/1958"^^edtf:EDTF', '"1945/1958"'),
    ("Figure-unit", 'mz:unit "persons"', 'mz:unit "persons", "people"'),
    ("DateBounds-earliest", '"1945-01-01"^^xsd:date', '"1959-01-01"^^xsd:date'),
    ("DateBounds-latest", '"1958-12-31"^^xsd:date', '"1958"'),
    (
        "Reference-citation",
        'dcterms:bibliographicCitation "A guide to the museum, Maizuru 2015." ;',
        "",
    ),
    (
        "Reference-statedIn",
        "mz:statedIn <document/port#char=0,17> ;\n    mz:citedWork",
        "mz:citedWork",
    ),
    ("Reference-title", 'dcterms:title "A guide to the museum"@en ;', ""),
    ("Reference-isbn13", '"9780295983363"', '"0-295-98336-3"'),
    ("Reference-issn", '"0015-7120"', '"00157120"'),
    ("Reference-doi", '"10.1000/182"', '"https://doi.org/10.1000/182"'),
    ("Reference-url", '"https://example.org/guide"', '"see the museum"'),
    (
        "Reference-citedWork",
        "statedIn <document/port#char=0,17> ;\n    mz:citedWork <work/a-guide-to-the-museum> .",
        "statedIn <document/port#char=0,17> .",
    ),
    ("Entity-prefLabel", 'skos:prefLabel "City of Maizuru"@en', 'mz:kind "city"'),
    ("Entity-prefLabelOnce", '"Kyoto Prefecture"@en', '"Kyoto Prefecture"@en, "Kyoto"@en'),
    ("Entity-altLabel", '"Майдзуру"@ru', '"Майдзуру"'),
    ("Camp-campNumber", 'mz:campNumber "500"', "mz:campNumber 500"),
    ("Coordinates-latitude", "wgs84:lat 35.5", "wgs84:lat 135.5"),
    ("Coordinates-longitude", "wgs84:long 135.4 ;", ""),
    ("CandidateLink-candidateOf", "mz:candidateOf <person/t-meguro> ;", ""),
    ("CandidateLink-candidate", "mz:candidate <person/toshimasa-meguro> ;", ""),
    ("CandidateLink-note", 'mz:note "same surname and initial"', 'mz:kind "name"'),
    ("InferredStatement-rule", 'mz:rule "prp-trp" ;', ""),
    ("Scheme-title", '"Погода"@ru', '"Weather!"@en'),
    ("Scheme-license", "dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;", ""),
    ("Scheme-source", 'dcterms:source "The editors"@en ;\n    skos:hasTop', "skos:hasTop"),
    (
        "Scheme-hasTopConcept",
        "skos:hasTopConcept <https://w3id.org/maizuru/vocabulary/weather/frost>",
        'skos:note "empty"',
    ),
    ("Concept-prefLabel", '"frost"@en, ', ""),
    ("Concept-definition", '"Cold below freezing."@en, ', ""),
    ("Concept-notation", 'skos:notation "F"', 'skos:notation "F", "G"'),
    ("Term-label", '"宿舎"@ja, ', ""),
    ("Term-definition", '"捕虜が寝起きした建物。"@ja, ', ""),
    ("Term-scopeNote", '"収容所の一部。"@ja, ', ""),
    ("Term-example", 'skos:example "<place/barracks-3> a mz:Barracks ." ;', ""),
    ("Term-source", 'dcterms:source "The editors"@en ;\n    skos:change', "skos:change"),
    ("Term-changeNote", '"2026-11-22: first version."', '"First version."'),
]


def found_in(text: str, folder: Path) -> dict[str, Severity]:
    """Return the rules that *text* breaks."""
    path = folder / "data.ttl"
    path.write_text(text, "utf-8")
    return {finding.rule: finding.severity for finding in validate([path]).findings}


def shapes() -> set[str]:
    """Return the names of the property shapes, and of the node shapes that check by themselves."""
    quads = list(parse(ontology("shapes.ttl").read_bytes(), format=RdfFormat.TURTLE))
    paths = {q.subject for q in quads if q.predicate == NamedNode(expand("sh:path"))}
    names = {str(s.value).removeprefix(MZ) for s in paths if isinstance(s, NamedNode)}
    return names | {"PassageShape", "FigureShape"}


def test_the_good_graph_has_no_finding_at_all() -> None:
    assert validate([GOOD]).findings == []


@pytest.mark.parametrize(("rule", "old", "new"), SPOILED, ids=[rule for rule, _, _ in SPOILED])
def test_each_shape_says_what_it_checks(rule: str, old: str, new: str) -> None:
    good = GOOD.read_text("utf-8")
    assert old in good
    store = Store()
    store.load(good.replace(old, new).encode(), format=RdfFormat.TURTLE)
    add_background(store)
    assert rule in {finding.rule for finding in check_shapes(store)}


def test_every_shape_is_tried() -> None:
    assert {rule for rule, _, _ in SPOILED} == shapes()


def test_severities_are_kept_apart(tmp_path: Path) -> None:
    text = GOOD.read_text("utf-8").replace('mz:populationText "people" ;', "")
    found = found_in(text, tmp_path)
    assert found == {"Figure-population": Severity.WARNING}
    assert validate([tmp_path]).conforms


def test_a_warning_does_not_hide_a_violation(tmp_path: Path) -> None:
    text = GOOD.read_text("utf-8").replace('mz:populationText "people" ;', "")
    found_in(text.replace("mz:lowerBound 660000.0", "mz:lowerBound 670000.0"), tmp_path)
    report = validate([tmp_path])
    assert not report.conforms
    assert report.counts() == {"violation": 2, "warning": 1, "info": 0}


def test_the_shipped_ontology_is_not_part_of_the_report(tmp_path: Path) -> None:
    assert found_in("", tmp_path) == {}


def test_a_finding_names_its_graph(tmp_path: Path) -> None:
    graph = "https://w3id.org/maizuru/graph/document/port"
    camp = "https://w3id.org/maizuru/id/camp/camp-500"
    path = tmp_path / "data.nq"
    path.write_text(f"<{camp}> <{expand('rdf:type')}> <{MZ}Camp> <{graph}> .\n", "utf-8")
    assert {(f.rule, f.focus, f.graph) for f in validate([path]).findings} >= {
        ("Entity-prefLabel", camp, graph)
    }


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".trig", ".nq", ".nq.gz", ".ttl.gz", ".jsonld"])
def test_every_format_is_read(tmp_path: Path, suffix: str) -> None:
    name = suffix.removesuffix(".gz")
    triple = f"<{MZ}Thing> <{expand('rdf:type')}> <{expand('owl:Class')}> .\n"
    data = {
        ".jsonld": json.dumps({"@id": f"{MZ}Thing", "@type": expand("owl:Class")}),
        ".trig": f"GRAPH <urn:g> {{ {triple} }}",
        ".nq": triple.replace(" .\n", " <urn:g> .\n"),
    }.get(name, triple)
    path = tmp_path / f"data{suffix}"
    encoded = data.encode()
    path.write_bytes(gzip.compress(encoded) if suffix.endswith(".gz") else encoded)
    (quad,) = read_quads(path)
    assert (quad.subject, quad.object) == (
        NamedNode(f"{MZ}Thing"),
        NamedNode(expand("owl:Class")),
    )
    assert isinstance(quad.graph_name, NamedNode)


def test_json_ld_with_our_context_needs_no_network(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonld"
    path.write_text(
        json.dumps(
            {
                "@context": CONTEXT,
                "id": "https://w3id.org/maizuru/id/figure/a/1",
                "type": "mz:Figure",
                "lowerBound": "660000",
                "measure": "mzv:measure/repatriated",
                "period": "1945/1958",
            }
        )
    )
    read = {(quad.predicate.value, str(quad.object)) for quad in read_quads(path)}
    assert (f"{MZ}lowerBound", f'"660000"^^<{expand("xsd:decimal")}>') in read
    assert (f"{MZ}measure", f"<{expand('mzv:measure/repatriated')}>") in read
    assert (f"{MZ}period", f'"1945/1958"^^<{expand("edtf:EDTF")}>') in read


def test_a_broken_file_is_a_finding_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> b .\n")
    (tmp_path / "good.ttl").write_bytes(GOOD.read_bytes())
    report = validate([tmp_path])
    assert [finding.rule for finding in report.findings] == ["syntax"]
    assert "line 2" in report.findings[0].value


def test_a_release_is_checked_against_its_texts(tmp_path: Path) -> None:
    quads = parse(GOOD.read_bytes(), format=RdfFormat.TURTLE)
    data = "".join(f"{quad} .\n" for quad in quads).encode()
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path / "data.nq.gz").write_bytes(gzip.compress(data))
    (tmp_path / "documents").mkdir()
    text = tmp_path / "documents" / "port.txt"
    text.write_text("Maizuru in Kyoto. Some 660,000 people came home through it.")
    assert data_files(tmp_path) == [tmp_path / "data.nq.gz"]
    assert validate([tmp_path]).conforms
    text.write_text("A Maizuru in Kyoto. Some 660,000 people came home through it.")
    assert {finding.rule for finding in validate([tmp_path]).findings} == {"wording"}


def test_nothing_to_check_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="There is no"):
        validate([tmp_path / "absent"])
    with pytest.raises(ValidationError, match="no RDF file"):
        validate([tmp_path])
    (tmp_path / "note.txt").write_text("x")
    with pytest.raises(ValidationError, match="is none of"):
        validate([tmp_path / "note.txt"])


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_exit_status_and_words_for_people(tmp_path: Path) -> None:
    assert run(str(GOOD)).exit_code == 0
    path = tmp_path / "data.ttl"
    path.write_text(GOOD.read_text("utf-8").replace('mz:marker "[4]" ;', ""), "utf-8")
    result = run(str(path))
    assert result.exit_code == 1
    assert "violation CitationMarker-marker (1)" in result.output
    assert "A citation marker has a printed form." in result.output
    assert "https://w3id.org/maizuru/id/citation/port/1" in result.output
    assert run().exit_code == 2


def test_level_hides_the_less_grave(tmp_path: Path) -> None:
    path = tmp_path / "data.ttl"
    path.write_text(GOOD.read_text("utf-8").replace('dcterms:creator "The editors" ;', ""), "utf-8")
    assert "Document-origin" not in run(str(path)).output
    assert "Document-origin" in run(str(path), "--level", "info").output
    assert "1 notes" in run(str(path)).output


def test_long_lists_are_cut_unless_all_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "data.ttl"
    path.write_text("".join(f"<urn:c{n}> a <{MZ}Camp> .\n" for n in range(8)))
    assert "… and 3 more (--all)" in run(str(path)).output
    assert "urn:c7" in run(str(path), "--all").output


def test_json_report(tmp_path: Path) -> None:
    path = tmp_path / "data.ttl"
    path.write_text(GOOD.read_text("utf-8").replace('mz:marker "[4]" ;', ""), "utf-8")
    result = run(str(path), "--json")
    report = json.loads(result.output)
    assert result.exit_code == 1
    assert report["conforms"] is False
    assert report["counts"] == {"violation": 1, "warning": 0, "info": 0}
    assert report["findings"][0]["rule"] == "CitationMarker-marker"
    assert report["files"] == [str(path)]


def test_the_model_page_shows_a_graph_that_conforms(tmp_path: Path) -> None:
    page = Path(__file__).parents[1] / "docs" / "model.md"
    if not page.is_file():
        pytest.skip("the documentation is not beside the tests")
    blocks = re.findall(r"^```turtle\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
    assert len(blocks) > 6
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    path = tmp_path / "model.ttl"
    base = "@base <https://w3id.org/maizuru/id/> .\n"
    path.write_text(base + prefixes + "\n".join(blocks), "utf-8")
    assert {f.rule for f in validate([path]).findings if f.severity != Severity.INFO} == set()


def test_every_quality_query_is_documented() -> None:
    page = Path(__file__).parents[1] / "docs" / "validation.md"
    if not page.is_file():
        pytest.skip("the documentation is not beside the tests")
    text = page.read_text("utf-8")
    for query in quality_queries():
        assert f"| `{query.name}` | {query.severity} | {query.problem} |" in text
