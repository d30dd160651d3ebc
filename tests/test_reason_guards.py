"""When literals have different values, when none, and when they fall out of a datatype."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from maizuru.graph.namespaces import EDTF_DATATYPE, expand
from maizuru.graph.reason.guards import differ, ill_typed, outside


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(expand(f"xsd:{datatype}")))


@pytest.mark.parametrize(
    ("left", "right", "different"),
    [
        (typed("7", "integer"), typed("07", "integer"), False),
        (typed("7", "integer"), typed("7.0", "decimal"), False),
        (typed("7", "integer"), typed("8", "integer"), True),
        (typed("7", "integer"), Literal("7"), True),
        (Literal("a"), typed("a", "token"), False),
        (Literal("camp", language="en"), Literal("camp", language="EN"), False),
        (Literal("camp", language="en"), Literal("camp", language="de"), True),
        (Literal("camp", language="en"), Literal("camp"), True),
        (typed("true", "boolean"), typed("1", "boolean"), False),
        (typed("0", "double"), typed("-0", "double"), True),
        (typed("NaN", "double"), typed("NaN", "double"), False),
        (typed("1", "float"), typed("1", "decimal"), True),
        (typed("1945-08-23", "date"), typed("1945-08-24", "date"), True),
        (typed("1945-08-23", "date"), typed("1945-08-23Z", "date"), False),
        (typed("1945-08-23", "date"), typed("1945-08-24+09:00", "date"), False),
        (
            typed("1945-08-23T12:00:00Z", "dateTime"),
            typed("1945-08-23T21:00:00+09:00", "dateTime"),
            False,
        ),
        (
            typed("1945-08-23T12:00:00Z", "dateTime"),
            typed("1945-08-23T12:00:00+09:00", "dateTime"),
            True,
        ),
        (
            typed("1945-08-23T12:00:00", "dateTime"),
            typed("1945-08-23T13:00:00Z", "dateTime"),
            False,
        ),
        (Literal("1945", datatype=NamedNode(EDTF_DATATYPE)), Literal("1946"), False),
        (typed("many", "integer"), typed("7", "integer"), False),
    ],
)
def test_values_differ_only_when_that_is_sure(
    left: Literal, right: Literal, different: bool
) -> None:
    assert differ(left, right) is different
    assert differ(right, left) is different


@pytest.mark.parametrize(
    ("literal", "wrong"),
    [
        (typed("seven", "integer"), True),
        (typed("300", "unsignedByte"), True),
        (typed("255", "unsignedByte"), False),
        (typed("-1", "nonNegativeInteger"), True),
        (typed("1.", "decimal"), False),
        (typed("1e3", "decimal"), True),
        (typed("1e3", "double"), False),
        (typed("Infinity", "double"), True),
        (typed("yes", "boolean"), True),
        (typed("1945-02-30", "date"), True),
        (typed("1944-02-29", "date"), False),
        (typed("1945-08-23T25:00:00", "dateTime"), True),
        (typed("12023-01-01T00:00:00", "dateTime"), False),
        (Literal("1945-02-30", datatype=NamedNode(EDTF_DATATYPE)), False),
    ],
)
def test_lexical_forms(literal: Literal, wrong: bool) -> None:
    assert ill_typed(literal) is wrong


@pytest.mark.parametrize(
    ("literal", "datatype", "out"),
    [
        (typed("7", "integer"), "xsd:decimal", False),
        (typed("7.5", "decimal"), "xsd:integer", True),
        (typed("7.0", "decimal"), "xsd:integer", False),
        (typed("-7", "integer"), "xsd:nonNegativeInteger", True),
        (Literal("7"), "xsd:integer", True),
        (Literal("camp", language="en"), "xsd:string", True),
        (Literal("camp", language="en"), "rdf:langString", False),
        (Literal("camp"), "rdfs:Literal", False),
        (Literal("1945"), "edtf:EDTF", False),
        (typed("1945-08-23Z", "date"), "xsd:date", False),
    ],
)
def test_values_outside_a_datatype(literal: Literal, datatype: str, out: bool) -> None:
    assert outside(literal, expand(datatype)) is out
