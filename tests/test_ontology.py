"""The ontology, vocabularies, alignments and context: sound, complete, and true to the code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse
from rdflib.namespace import DCTERMS, FOAF, GEO, ORG, PROV, SDO, SKOS, TIME

from maizuru.graph import ontology_docs
from maizuru.graph.errors import NotFound
from maizuru.graph.model import Comparator, EntityKind, Stance
from maizuru.graph.namespaces import MZ, PREFIXES, expand
from maizuru.graph.ontology_docs import LANGUAGES, Term
from maizuru.graph.quality import findings_of, quality_queries
from maizuru.graph.reason import Reasoner, owlrl_oracle
from maizuru.graph.resources import ontology, rules
from maizuru.graph.validate import add_background, validate

ROOT = Path(__file__).parents[1]

# Turtle files of the tree; the fixtures of quality queries and conversions have tests of their own.
TURTLE = sorted(
    str(path.relative_to(ROOT))
    for folder in ("ontology", "tests", "docs", "graph", "queries")
    for path in (ROOT / folder).rglob("*.ttl")
    if not {"qc", "convert"} & set(path.parts)
)

# Terms of ontologies that rdflib does not know, each seen in its own source.
VERIFIED = {
    "bibo:": "doi editor isbn13 issn translator",
    "cito:": "Citation agreesWith cites citesAsDataSource citesAsEvidence disagreesWith disputes "
    "hasCitedEntity includesQuotationFrom reviews supports",
    "crm:": "E13_Attribute_Assignment E21_Person E53_Place E5_Event E69_Death E74_Group "
    "E7_Activity P11_had_participant P129_is_about P140_assigned_attribute_to "
    "P14_carried_out_by P177_assigned_property_of_type P17_was_motivated_by P191_had_duration "
    "P67_refers_to P7_took_place_at P82a_begin_of_the_begin P82b_end_of_the_end "
    "P90a_has_lower_value_limit P90b_has_upper_value_limit",
    "fabio:": "ArtisticWork Work",
    "oa:": "Annotation SpecificResource questioning",
    "picom:": "PersonObservation PersonReconstruction eventType hasLifeEvent hasRole",
    "pnv:": "literalName",
    "http://ldf.fi/schema/bioc/": "bearer_of had_participant_in_role has_occupation",
    "http://ldf.fi/schema/warsa/": "Capture Death PowCamp PowLocation",
    "http://ldf.fi/schema/warsa/prisoners/": "Captivity camp_id cause_of_death date_of_capture "
    "date_of_death date_of_return place_of_burial_literal time_of_operation",
    "http://purl.org/emmedi/hico/": "hasInterpretationCriterion hasInterpretationType",
    "https://www.ica.org/standards/RiC/ontology#": "Group",
    "https://github.com/LinkedPasts/linked-pasts-ontology/blob/main/lpo_latest.ttl#": "earliest "
    "has_certainty latest when",
}
KNOWN = [DCTERMS, FOAF, GEO, ORG, PROV, SDO, SKOS, TIME]


@cache
def background() -> Store:
    store = Store()
    add_background(store)
    return store


@cache
def examples() -> Store:
    """Return every example of the ontology, and the ontology itself."""
    store = Store()
    for term in ontology_docs.terms("en"):
        store.extend(parse(turtle_of(term), format=RdfFormat.TURTLE, base_iri=expand("mz:")))
    add_background(store)
    return store


def turtle_of(term: Term) -> str:
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    return f"@base <https://w3id.org/maizuru/id/> .\n{prefixes}{term.example}"


@pytest.mark.parametrize("path", TURTLE)
def test_every_turtle_file_is_valid(path: str) -> None:
    findings = validate([ROOT / path]).findings
    assert [f for f in findings if f.severity == "violation"] == []


@pytest.mark.parametrize("name", ["maizuru.ttl", "alignments.ttl", "shapes.ttl"])
def test_rdflib_reads_the_same_triples(name: str) -> None:
    data = ontology(name).read_bytes()
    assert len(rdflib.Graph().parse(data=data, format="turtle")) == len(
        list(parse(data, format=RdfFormat.TURTLE))
    )


def members(*curies: str) -> list[Quad]:
    """Return the ontology with a member of each class, and a pair of things for each property."""
    axioms = list(parse(ontology("maizuru.ttl").read_bytes(), format=RdfFormat.TURTLE))
    found = []
    for number, quad in enumerate(axioms):
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode):
            continue
        one, other = NamedNode(f"urn:one:{number}"), NamedNode(f"urn:other:{number}")
        if quad.object.value == expand("owl:Class") and "owl:Class" in curies:
            found.append(Quad(one, NamedNode(expand("rdf:type")), quad.subject))
        if quad.object.value == expand("owl:ObjectProperty") and "owl:ObjectProperty" in curies:
            found.append(Quad(one, quad.subject, other))
    assert len(found) > 40
    return axioms + found


def test_no_class_or_property_contradicts_itself() -> None:
    reasoner = Reasoner(members("owl:Class", "owl:ObjectProperty"))
    reasoner.close()
    assert [clash.rule for clash in reasoner.clashes()] == []


def test_owlrl_finds_no_clash_either() -> None:
    assert owlrl_oracle.close(quad.triple for quad in members("owl:Class")).errors == ()


@pytest.mark.parametrize("term", ontology_docs.terms("en"), ids=lambda term: str(term.name))
def test_example_is_turtle_and_uses_the_term(term: Term) -> None:
    quads = list(parse(turtle_of(term), format=RdfFormat.TURTLE))
    used = {node for quad in quads for node in (quad.subject, quad.predicate, quad.object)}
    assert NamedNode(term.iri) in used


def test_examples_use_defined_terms_and_fit_their_properties() -> None:
    names = {"undefined-term", "undefined-concept", "two-natures", "self-link", "non-ascii-name"}
    queries = [query for query in quality_queries() if query.name in names]
    assert len(queries) == len(names)
    found = [finding for query in queries for finding in findings_of(query, examples())]
    assert found == []


def test_languages_are_kept_apart() -> None:
    cyrillic, kana = re.compile("[а-яё]", re.I), re.compile("[぀-ヿ]")
    for term in ontology_docs.terms("ja"):
        assert not cyrillic.search(term.label + term.definition)
        assert kana.search(term.definition), term.name
    for term in ontology_docs.terms("ru"):
        assert not kana.search(term.label + term.definition + term.scope_note)
        assert cyrillic.search(term.definition), term.name
    for term in ontology_docs.terms("en"):
        assert not kana.search(term.definition + term.scope_note)
        assert not cyrillic.search(term.definition)


def test_reference_page_has_every_term_once() -> None:
    for language in LANGUAGES:
        text = ontology_docs.page(language)
        headings = re.findall(r"^`mz:(\w+)`", text, re.M)
        assert sorted(headings) == sorted(term.name for term in ontology_docs.terms(language))
        assert text.startswith("# ")


def test_the_module_prints_the_page_and_the_context() -> None:
    def printed(what: str) -> str:
        command = [sys.executable, "-m", "maizuru.graph.ontology_docs", what]
        return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout

    assert printed("ja") == ontology_docs.page("ja") + "\n"
    assert json.loads(printed("context")) == ontology_docs.context()


def test_a_term_is_described_with_what_surrounds_it() -> None:
    held = ontology_docs.term("heldIn", "en")
    assert held.inverse == ("held",)
    assert held.range == ("Camp",)
    place = ontology_docs.term("heldInPlace", "en")
    assert "heldIn ∘ locatedIn" in place.characteristics
    assert "internedIn" in place.narrower
    assert ("narrower", "crm:E21_Person") in ontology_docs.term("Person", "en").alignments
    assert ontology_docs.term("Person", "ja").label == "人物"
    assert ontology_docs.term("locatedIn", "en").characteristics[0] == "transitive"
    with pytest.raises(NotFound):
        ontology_docs.term("heldAt", "en")
    with pytest.raises(NotFound):
        ontology_docs.terms("de")


def test_vocabularies_come_as_trees() -> None:
    measures = next(s for s in ontology_docs.schemes("en") if s.name == "measure")
    depth = {concept.iri.rpartition("/")[2]: concept.depth for concept in measures.concepts}
    assert (depth["people"], depth["dead-or-missing"], depth["died"]) == (0, 1, 2)
    order = list(depth)
    assert order.index("dead-or-missing") < order.index("died")
    titles = {scheme.title for scheme in ontology_docs.schemes("ru")}
    assert "Советские лагеря для японских пленных" in titles


def test_context_is_what_the_ontology_says() -> None:
    shipped = json.loads(ontology("context.jsonld").read_text("utf-8"))
    assert shipped == ontology_docs.context(), "run: python -m maizuru.graph.ontology_docs context"


def test_alignment_targets_are_verified() -> None:
    known = {
        (PREFIXES[space[:-1]] if space.endswith(":") and "/" not in space else space) + name
        for space, names in VERIFIED.items()
        for name in names.split()
    }
    quads = list(parse(ontology("alignments.ttl").read_bytes(), format=RdfFormat.TURTLE))
    targets = {
        quad.object.value
        for quad in quads
        if isinstance(quad.object, NamedNode) and quad.subject.value.startswith(MZ)
    }
    assert len(targets) > 90
    unknown = {
        target
        for target in targets - known
        if not any(rdflib.URIRef(target) in namespace for namespace in KNOWN)
    }
    assert unknown == set()


def test_verified_terms_are_used() -> None:
    text = ontology("alignments.ttl").read_text("utf-8") + ontology("maizuru.ttl").read_text(
        "utf-8"
    )
    names = {name for names in VERIFIED.values() for name in names.split()}
    assert {name for name in names if f":{name}" not in text} == set()


def concepts(scheme: str) -> set[str]:
    """Return the local names of a vocabulary."""
    space = f"{PREFIXES['mzv']}{scheme}/"
    return {
        quad.subject.value.removeprefix(space)
        for quad in background().quads_for_pattern(None, NamedNode(expand("skos:inScheme")), None)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(space)
    }


def test_the_code_and_the_vocabularies_agree() -> None:
    assert concepts("comparator") == {comparator.value for comparator in Comparator}
    names = {term.name for term in ontology_docs.terms("en")}
    assert {stance.value for stance in Stance} <= names
    assert {kind.value.replace("-", "") for kind in EntityKind} <= {n.lower() for n in names}


def test_every_measure_of_the_evaluation_is_a_concept() -> None:
    measures = {name for group in rules("evaluation")["measures"].values() for name in group}
    assert measures <= concepts("measure")


def test_every_property_of_the_evaluation_is_a_term() -> None:
    wanted = {name for group in rules("evaluation")["properties"].values() for name in group}
    assert wanted <= {term.name for term in ontology_docs.terms("en")}


def test_every_finer_class_is_a_class() -> None:
    classes = {term.name for term in ontology_docs.terms("en") if term.kind == "class"}
    assert {name for group in rules("classes").values() for name in group.values()} <= classes


def test_every_word_for_a_sort_leads_to_a_concept() -> None:
    for rule in rules("types").values():
        assert set(rule["words"].values()) <= concepts(rule["scheme"])


def test_every_defining_concept_exists() -> None:
    values = {
        quad.object.value
        for quad in background().quads_for_pattern(None, NamedNode(expand("owl:hasValue")), None)
        if isinstance(quad.object, NamedNode)
    }
    known = {f"{PREFIXES['mzv']}event-type/{name}" for name in concepts("event-type")}
    known |= {f"{PREFIXES['mzv']}work-kind/{name}" for name in concepts("work-kind")}
    assert len(values) == 23
    assert values <= known


def test_camps_say_how_sure_they_are() -> None:
    camps = [
        quad.subject
        for quad in background().quads_for_pattern(
            None, NamedNode(expand("skos:inScheme")), NamedNode(expand("mzv:camp"))
        )
    ]
    assert len(camps) >= 25
    for camp in camps:
        for needed in ("mz:certainty", "dcterms:source", "mz:campNumber", "mz:period"):
            assert any(background().quads_for_pattern(camp, NamedNode(expand(needed)), None)), (
                camp,
                needed,
            )


def test_the_version_is_that_of_the_package() -> None:
    project = ROOT / "pyproject.toml"
    if not project.is_file():
        pytest.skip("the installed package has no pyproject.toml")
    version = tomllib.loads(project.read_text("utf-8"))["project"]["version"]
    assert f'owl:versionInfo "{version}"' in ontology("maizuru.ttl").read_text("utf-8")
