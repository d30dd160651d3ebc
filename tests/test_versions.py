"""Two texts side by side, and figures that may or may not be compared."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from pyoxigraph import Literal, NamedNode

from maizuru.graph.namespaces import MZ
from maizuru.server.app import create_app
from maizuru.server.ask import Row
from maizuru.server.genealogy import Scope, interval, links_of, roots, scope_of, sums, verdict
from maizuru.server.pages.versions import _lines
from maizuru.server.settings import Settings
from maizuru.server.texts import Text


@pytest.fixture
def app() -> Flask:
    return create_app(Settings(access_log=""))


def _text(slug: str, *sentences: str) -> Text:
    whole, spans = "", []
    for sentence in sentences:
        spans.append([len(whole), len(whole) + len(sentence), "en"])
        whole += sentence + " "
    structure: dict[str, Any] = {"sentences": spans, "blocks": []}
    return Text(slug, whole, structure)


def test_sentences_are_kept_reworded_dropped_and_added(app: Flask) -> None:
    one = _text(
        "one",
        "The ship left Nakhodka in May.",
        "About 200 men were on board the ship.",
        "A band played on the quay.",
    )
    other = _text(
        "other",
        "The ship left Nakhodka in May.[3]",
        "About 240 men were on board the ship.",
        "Nobody knew the date of arrival.",
    )
    with app.test_request_context("/"):
        lines = _lines(one, other)

    assert [line.kind for line in lines] == ["same", "changed", "dropped", "added"]
    assert lines[1].left.startswith("About 200")
    assert lines[1].right.startswith("About 240")
    start = other.text.index("Nobody")
    assert lines[3].right_href.partition("#char=")[2].startswith(f"{start},")


def test_a_sentence_that_only_moved_is_the_same(app: Flask) -> None:
    one = _text("one", "First comes the list of names.", "Then the graves were found in spring.")
    other = _text(
        "other", "Then the graves were found in spring.", "First comes the list of names."
    )
    with app.test_request_context("/"):
        lines = _lines(one, other)

    assert {line.kind for line in lines} == {"same"}


def _scope(name: str, lower: int, **more: str) -> Scope:
    row: Row = {
        "figure": NamedNode(f"urn:f:{name}"),
        "measure": NamedNode("urn:m:died"),
        "lower": Literal(str(lower)),
        "upper": Literal(str(lower)),
        "written": Literal(f"{lower}"),
        "stance": NamedNode(MZ + "asserted"),
        "document": NamedNode("urn:d"),
        "population": Literal("Prisoners"),
    }
    row.update({key: Literal(value) for key, value in more.items()})
    return scope_of(row)


def _link(one: str, link: str, other: str) -> Row:
    return {
        "figure": NamedNode(f"urn:f:{one}"),
        "link": NamedNode(MZ + link),
        "other": Literal(other) if link == "sumDifference" else NamedNode(f"urn:f:{other}"),
    }


def test_a_verdict_is_the_finding_of_the_graph() -> None:
    one, other = _scope("a", 100), _scope("b", 300)
    links = links_of([_link("a", "comparableWith", "b"), _link("a", "disagreesWith", "b")])

    assert verdict(one, other, links).kind == "disagrees"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"population": "settlers"}, "reason-population"),
        ({"population": ""}, "reason-population-unknown"),
        ({"territories": "urn:p:1"}, "reason-territory-unknown"),
        ({"earliest": "1946-01-01", "latest": "1946-12-31"}, "reason-period-unknown"),
        ({"unit": "percent"}, "reason-unit"),
        ({"sum": "urn:f:a"}, "reason-addend"),
        ({"sum": "urn:f:z"}, "reason-part"),
    ],
)
def test_what_may_not_be_compared_is_told_why(more: dict[str, str], reason: str) -> None:
    found = verdict(_scope("a", 100), _scope("b", 100, **more), links_of([]))

    assert found.kind == "not"
    assert found.reasons == (reason,)


def test_two_territories_are_a_reason() -> None:
    one, other = (_scope(name, 5, territories=f"urn:p:{name}") for name in "ab")

    assert verdict(one, other, links_of([])).reasons == ("reason-territory",)


def test_periods_that_do_not_meet_are_a_reason() -> None:
    one = _scope("a", 5, earliest="1946-01-01", latest="1946-12-31")
    other = _scope("b", 5, earliest="1947-01-01", latest="1947-12-31")

    assert verdict(one, other, links_of([])).reasons == ("reason-period",)


def test_sums_show_whether_they_close() -> None:
    scopes = {scope.iri: scope for scope in (_scope("t", 10), _scope("x", 6), _scope("y", 3))}
    rows = [_link("t", "sumOf", "x"), _link("t", "sumOf", "y")]
    (closed,) = sums(scopes, links_of(rows))
    (short,) = sums(scopes, links_of([*rows, _link("t", "sumDifference", "1")]))

    assert [part.value for part in closed.parts] == ["6", "3"]
    assert closed.difference is None
    assert short.difference == Decimal(1)


def test_figures_of_one_work_and_of_one_voice_stand_together() -> None:
    scopes = {
        scope.iri: scope
        for scope in (
            _scope("a", 1, authority="urn:who", authority_label="A clerk"),
            _scope("b", 2),
        )
    }
    work: Row = {
        "figure": NamedNode("urn:f:b"),
        "work": NamedNode("urn:w"),
        "work_label": Literal("W"),
    }
    found = {root.label: [scope.value for scope in root.figures] for root in roots(scopes, [work])}

    assert found == {"A clerk": ["1"], "W": ["2"]}


@pytest.mark.parametrize(
    ("lower", "upper", "shown"),
    [("5000", "5000", "5,000"), ("5", "7", "5 – 7"), ("70", "", "≥ 70"), ("", "90", "≤ 90")],
)
def test_bounds_are_written_as_people_write_them(lower: str, upper: str, shown: str) -> None:
    row: Row = {
        name: Literal(value) for name, value in (("lower", lower), ("upper", upper)) if value
    }

    assert interval(row) == shown
