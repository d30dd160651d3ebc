"""Third-party and own entailment tests, with every expected failure and its reason."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, Quad, RdfFormat, Store, Triple, parse

from maizuru.graph.reason import Reasoner
from maizuru.graph.reason.interpreter import Interpreter
from maizuru.graph.reason.rules import load
from maizuru.graph.reason.terms import Terms

Case = dict[str, Any]
Outcome = tuple[set[Triple], bool]
"""The closure with the premises, and whether a contradiction was found."""

NO_LITERAL_SUBJECT = "a literal is no subject, so its datatype is not concluded (dt-type2)"
LEFT_OUT = "left out of the core profile: it says nothing about data"
CANDIDATE = "evidence of identity suggests a candidate, on purpose"
SCHEMA_ONLY = "OWL 2 RL rules draw no such conclusion about the schema"
NEW_NODE = "the conclusion needs a class expression or list that the rules do not make"
DIFFERENT = "OWL 2 RL rules never conclude that two things are different"
IMPORTS = "the imported ontology is not part of the test data"
NOT_RL = "the axiom is outside OWL 2 RL"

FULL_MICRO = {"dt-type2": NO_LITERAL_SUBJECT, "dt-type2-sub": NO_LITERAL_SUBJECT}

_LEFT_OUT_MICRO = (
    "eq-ref",
    "prp-ap",
    "cls-thing",
    "cls-nothing1",
    "cls-oo",
    "dt-type1",
    "dt-eq",
    "dt-eq-cross",
    "dt-not-type",
    "scm-cls",
    "scm-op",
    "scm-dp",
    "scm-hv",
    "scm-svf1",
    "scm-svf2",
    "scm-avf1",
    "scm-avf2",
    "cls-maxqc1",
    "cls-maxqc2",
    "cls-maxqc3",
    "cls-maxqc4",
)
_CANDIDATE_MICRO = (
    "prp-fp",
    "prp-ifp",
    "prp-ifp-lit",
    "prp-key-1",
    "prp-key-2",
    "cls-maxc2",
    "cls-maxc2-int",
    "pow-same-doc",
    "pow-born",
)

CORE_MICRO = {
    **FULL_MICRO,
    **dict.fromkeys(_LEFT_OUT_MICRO, LEFT_OUT),
    **dict.fromkeys(_CANDIDATE_MICRO, CANDIDATE),
}

FULL_W3C = {
    "chain2trans1": SCHEMA_ONLY,
    "DisjointClasses-001": NEW_NODE,
    "DisjointClasses-003": NEW_NODE,
    "Disjoint_Props_via_Disjoint_Domains": SCHEMA_ONLY,
    "Disjoint_Props_via_Disjoint_Ranges": SCHEMA_ONLY,
    "New-Feature-DisjointDataProperties-002": NEW_NODE,
    "New-Feature-DisjointObjectProperties-001": DIFFERENT,
    "New-Feature-DisjointObjectProperties-002": NEW_NODE,
    "New-Feature-ObjectPropertyChain-BJP-002": NEW_NODE,
    "New-Feature-ObjectQCR-002": NEW_NODE,
    "New-Feature-ReflexiveProperty-001": NOT_RL,
    "owl2-rl-rules-fp-differentFrom": DIFFERENT,
    "owl2-rl-rules-ifp-differentFrom": DIFFERENT,
    "WebOnt-I5.26-010": NEW_NODE,
    "WebOnt-I5.5-005": NEW_NODE,
    "WebOnt-I5.8-006": SCHEMA_ONLY,
    "WebOnt-I5.8-008": SCHEMA_ONLY,
    "WebOnt-I5.8-009": SCHEMA_ONLY,
    "WebOnt-differentFrom-001": DIFFERENT,
    "WebOnt-imports-011": IMPORTS,
}

CORE_W3C = {
    **FULL_W3C,
    "New-Feature-Keys-003": CANDIDATE,
    "WebOnt-I4.6-003": LEFT_OUT,
    "WebOnt-I5.8-011": LEFT_OUT,
}


def read(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(text, format=RdfFormat.N_TRIPLES)]


def by_engine_in_full(premises: list[Triple]) -> Outcome:
    reasoner = Reasoner(premises, profile="full", identity="confirm")
    reasoner.close()
    return _outcome(reasoner, premises)


def by_engine(premises: list[Triple]) -> Outcome:
    reasoner = Reasoner(premises)
    reasoner.close()
    return _outcome(reasoner, premises)


def _outcome(reasoner: Reasoner, premises: list[Triple]) -> Outcome:
    closure = {triple for triple, _ in reasoner.inferred(expand=True, schema=True)}
    return closure | set(premises), any(True for _ in reasoner.clashes())


def by_interpreter(premises: list[Triple]) -> Outcome:
    terms = Terms()
    interpreter = Interpreter(terms, load(terms, "full", "confirm"))
    interpreter.add(terms.ids(premises))
    interpreter.close()
    closure = {terms.triple(ids) for ids in interpreter.triples if not ids[0] & 1}
    return closure | set(premises), bool(interpreter.conflicts)


def entails(closure: Iterable[Triple], conclusion: list[Triple]) -> bool:
    """Return whether the conclusion is in the closure, its blank nodes standing for anything."""
    store = Store()
    store.extend(Quad(*triple) for triple in closure)
    patterns = (
        " ".join(f"?{term.value}" if isinstance(term, BlankNode) else str(term) for term in triple)
        for triple in conclusion
    )
    return bool(store.query(f"ASK {{ {' . '.join(patterns)} }}"))


def passes(case: Case, outcome: Outcome) -> bool:
    closure, clash = outcome
    kind: str = case["kind"]
    if kind in ("inc", "con"):
        return clash == (kind == "inc")
    return entails(closure, read(case["conclusion"])) == (kind == "pos")


WAYS = {"engine in full": by_engine_in_full, "engine": by_engine, "interpreter": by_interpreter}


@pytest.mark.parametrize(
    ("suite", "way", "expected"),
    [
        ("micro", "engine in full", FULL_MICRO),
        ("micro", "interpreter", FULL_MICRO),
        ("micro", "engine", CORE_MICRO),
        ("w3c-rl", "engine in full", FULL_W3C),
        ("w3c-rl", "interpreter", FULL_W3C),
        ("w3c-rl", "engine", CORE_W3C),
    ],
)
def test_conformance(shared: Path, suite: str, way: str, expected: dict[str, str]) -> None:
    lines = (shared / "reasoning-tests" / f"{suite}.jsonl").read_text("utf-8").splitlines()
    cases: list[Case] = [json.loads(line) for line in lines]

    failed = {case["id"] for case in cases if not passes(case, WAYS[way](read(case["premise"])))}

    assert failed == set(expected)
