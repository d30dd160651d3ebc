from __future__ import annotations

import pytest

from maizuru.server.errors import BadRequest, NotAcceptable
from maizuru.server.negotiate import RESULTS, TRIPLES, by_name, choose


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("application/*", "json"),
        ("text/*", "csv"),
        ("application/json", "json"),
        ("application/xml", "xml"),
        ("text/csv", "csv"),
        ("text/tab-separated-values", "tsv"),
        ("application/sparql-results+xml;charset=utf-8", "xml"),
        ("application/sparql-results+xml;q=0.3, application/sparql-results+json;q=0.8", "json"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "json"),
        ("text/html,application/xml;q=0.9,*/*;q=0.8", "xml"),
        ("Application/SPARQL-Results+XML", "xml"),
        ("nonsense, text/csv", "csv"),
    ],
)
def test_tables(accept: str, expected: str) -> None:
    assert choose(accept, RESULTS).name == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "turtle"),
        ("*/*", "turtle"),
        ("text/turtle;q=0.5, application/n-triples", "ntriples"),
        ("application/rdf+xml", "rdfxml"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
        ("text/plain", "ntriples"),
        ("application/trig", "trig"),
    ],
)
def test_graphs(accept: str, expected: str) -> None:
    assert choose(accept, TRIPLES).name == expected


@pytest.mark.parametrize("accept", ["image/png", "image/*, text/html", "*/*;q=0"])
def test_nothing_acceptable(accept: str) -> None:
    with pytest.raises(NotAcceptable, match="sparql-results"):
        choose(accept, RESULTS)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("json", "json"), ("srx", "xml"), ("application/sparql-results xml", "xml"), ("CSV", "csv")],
)
def test_by_name(name: str, expected: str) -> None:
    assert by_name(name, RESULTS).name == expected


def test_unknown_name_lists_the_known() -> None:
    with pytest.raises(BadRequest, match="json, xml, csv, tsv"):
        by_name("pdf", RESULTS)
    assert by_name("xml", TRIPLES).name == "rdfxml"
