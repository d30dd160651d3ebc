"""Every rule of the table against its fixture: premises, what follows, and what must not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from maizuru.graph.namespaces import MZ, expand
from maizuru.graph.reason import Reasoner
from maizuru.graph.reason.interpreter import Interpreter
from maizuru.graph.reason.rules import load
from maizuru.graph.reason.terms import Terms
from maizuru.graph.resources import rules

CASES = Path(__file__).parent / "cases" / "reasoning"
RULES = {entry["name"]: entry for entry in rules("reasoning")["rule"]}
CLASHES = sorted(name for name, entry in RULES.items() if entry["conclusions"] == ["false"])
CONCLUDING = sorted(set(RULES) - set(CLASHES))
EVIDENCE = sorted(name for name, entry in RULES.items() if entry["group"] == "evidence")
SAME_AS = NamedNode(expand("owl:sameAs"))


@dataclass(frozen=True)
class Case:
    """A fixture: its graphs by name."""

    graphs: dict[str, list[Triple]]

    def __getitem__(self, name: str) -> list[Triple]:
        return self.graphs[name]


def read_case(name: str) -> Case:
    graphs: dict[str, list[Triple]] = {}
    for quad in parse((CASES / name / "case.trig").read_bytes(), format=RdfFormat.TRIG):
        assert isinstance(quad.graph_name, NamedNode)
        graphs.setdefault(quad.graph_name.value.rsplit("/", 1)[1], []).append(quad.triple)
    return Case(graphs)


def closed(premises: list[Triple], identity: str = "confirm") -> Reasoner:
    """Return the engine's closure of the whole table."""
    reasoner = Reasoner(
        premises, profile="full", identity="confirm" if identity == "confirm" else "candidates"
    )
    reasoner.close()
    return reasoner


def entailed(reasoner: Reasoner) -> set[Triple]:
    return {triple for triple, _ in reasoner.inferred(expand=True, schema=True)}


def by_rule_alone(name: str, premises: list[Triple]) -> tuple[set[Triple], bool]:
    """Return what the interpreter concludes with this one rule, and whether it found a clash."""
    terms = Terms()
    table = load(terms, "full", "confirm")
    table = replace(
        table, rules=tuple(rule for rule in table.rules if rule.name == name), axioms=()
    )
    interpreter = Interpreter(terms, table)
    interpreter.add(terms.ids(premises))
    interpreter.close()
    return {terms.triple(ids) for ids in interpreter.triples}, bool(interpreter.conflicts)


def test_every_rule_has_a_fixture_and_every_fixture_a_rule() -> None:
    assert sorted(folder.name for folder in CASES.iterdir()) == sorted(RULES)


@pytest.mark.parametrize("name", CONCLUDING)
def test_rule_alone_concludes(name: str) -> None:
    case = read_case(name)

    found, _ = by_rule_alone(name, case["premises"])

    assert set(case["conclusion"]) <= found
    assert not found & set(case["non-conclusion"])


@pytest.mark.parametrize("name", CONCLUDING)
def test_engine_concludes(name: str) -> None:
    case = read_case(name)

    found = entailed(closed(case["premises"]))

    assert set(case["conclusion"]) <= found
    assert not found & set(case["non-conclusion"])


@pytest.mark.parametrize("name", CLASHES)
def test_rule_alone_finds_the_contradiction(name: str) -> None:
    case = read_case(name)

    assert by_rule_alone(name, case["premises"])[1]
    assert not by_rule_alone(name, case["consistent"])[1]


@pytest.mark.parametrize("name", CLASHES)
def test_engine_names_the_contradiction(name: str) -> None:
    case = read_case(name)

    clashes = list(closed(case["premises"]).clashes())

    assert name in {clash.rule for clash in clashes}
    (clash, *_) = [clash for clash in clashes if clash.rule == name]
    assert set(case["clash"]) <= set(clash.triples)
    assert not list(closed(case["consistent"]).clashes())


@pytest.mark.parametrize("name", EVIDENCE)
def test_evidence_suggests_but_never_joins(name: str) -> None:
    case = read_case(name)
    ((subject, _, object_),) = case["conclusion"]

    found = entailed(closed(case["premises"], "candidates"))

    assert Triple(subject, NamedNode(MZ + "possiblySameAs"), object_) in found
    assert not {triple for triple in found if triple.predicate == SAME_AS and _two(triple)}


def _two(triple: Triple) -> bool:
    return triple.subject != triple.object
