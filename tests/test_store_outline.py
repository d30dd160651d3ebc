from __future__ import annotations

import pytest

from maizuru.graph.store.outline import outline

EX = "http://example.org/"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("# ASK\nPREFIX ask: <urn:x> ask {}", "ASK"),
        ("BASE <urn:select> construct {?s ?p 'SELECT'} WHERE {?s ?p ?o}", "CONSTRUCT"),
        ("DESCRIBE ?select WHERE { ?select a ?x }", "DESCRIBE"),
        ("INSERT DATA { <urn:a> <urn:b> 'SELECT' }", ""),
    ],
)
def test_form(text: str, form: str) -> None:
    assert outline(text).form == form


@pytest.mark.parametrize(
    ("text", "default", "named"),
    [
        (f"SELECT * FROM <{EX}a> FROM NAMED <{EX}b> {{}}", (EX + "a",), (EX + "b",)),
        (f"PREFIX e: <{EX}> SELECT * FROM e:a from named e:b {{}}", (EX + "a",), (EX + "b",)),
        (f"SELECT * FROM <{EX}\\u0061> {{}}", (EX + "a",), ()),
        (f"PREFIX e: <{EX}> SELECT * FROM e:a\\-b {{}}", (EX + "a-b",), ()),
        ("SELECT * { ?s ?p ' FROM <urn:x> ' }", (), ()),
    ],
)
def test_dataset(text: str, default: tuple[str, ...], named: tuple[str, ...]) -> None:
    found = outline(text)
    assert (found.default_graphs, found.named_graphs) == (default, named)
    assert found.has_dataset == bool(default or named)


def test_service_names_are_resolved() -> None:
    text = f"PREFIX e: <{EX}> SELECT * {{ SERVICE e:x {{}} SERVICE SILENT <{EX}y> {{}} }}"
    assert outline(text).services == (EX + "x", EX + "y")


@pytest.mark.parametrize(
    ("text", "loads"),
    [
        ("LOAD <urn:x>", True),
        ("PREFIX e: <urn:> LOADe:x", True),
        ("INSERT DATA {};load silent<urn:x>", True),
        ("PREFIX load: <urn:> DROP GRAPH load:x ; INSERT DATA { load:a load:b load:c }", False),
        ("INSERT DATA { <urn:a> <urn:b> 'LOAD <urn:x>' } # LOAD", False),
    ],
)
def test_loads(text: str, loads: bool) -> None:
    assert outline(text).loads is loads


def test_depth_and_relative_iris() -> None:
    found = outline("SELECT * { { ?s <p> (1 [] ) } }")
    assert (found.depth, found.relative) == (4, True)
    assert outline("ASK { <urn:a> <http://e/#> ?o FILTER(1 < 2) }").relative is False
