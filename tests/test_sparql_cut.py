from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest

from maizuru.server.jobs import Job
from maizuru.server.negotiate import FORMATS
from maizuru.server.readers import cut
from maizuru.server.readers.evaluate import Bounds, evaluate
from maizuru.server.readers.views import Views

TRICKY = [
    'plain "}},{',
    "two\nlines",
    '"}},{"x":',
    "</result><result>",
    'quo"te',
    "tab\there",
    ",{}",
]
TOTAL = 700


@pytest.fixture(scope="module")
def store() -> ox.Store:
    found = ox.Store()
    for number in range(TOTAL):
        text = ox.Literal(f"{number} {TRICKY[number % len(TRICKY)]}")
        subject = ox.NamedNode(f"http://example.org/{number}")
        found.add(ox.Quad(subject, ox.NamedNode("http://example.org/p"), text))
    return found


def answer(
    store: ox.Store, name: str, rows: int, size: int, text: str = "SELECT ?s ?o { ?s ?p ?o }"
) -> tuple[bytes, int | None, str]:
    blocks: list[bytes] = []
    form = text.split()[0]
    job = Job(text, form, FORMATS[name])
    found, truncated = evaluate(Views(store), job, Bounds(rows, size), blocks.append)
    return b"".join(blocks), found, truncated


def count(name: str, body: bytes) -> int:
    if name == "json":
        return len(json.loads(body)["results"]["bindings"])
    if name == "csv":
        return len(list(csv.reader(io.StringIO(body.decode(), newline="")))) - 1
    parsed = ox.parse_query_results(body, FORMATS[name].engine)  # type: ignore[arg-type]
    assert isinstance(parsed, ox.QuerySolutions)
    return len(list(parsed))


@pytest.mark.parametrize("block", [64, 1000, 64 * 1024])
@pytest.mark.parametrize("rows", [1, 2, 99, TOTAL - 1, TOTAL, TOTAL + 1])
@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_rows_are_counted_and_cut_exactly(
    store: ox.Store, monkeypatch: pytest.MonkeyPatch, name: str, rows: int, block: int
) -> None:
    monkeypatch.setattr(cut, "BLOCK", block)
    body, found, truncated = answer(store, name, rows, 10**9)
    expected = min(rows, TOTAL)
    assert found == expected
    assert count(name, body) == expected
    assert truncated == ("max_rows" if rows < TOTAL else "")


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_bytes_are_bounded_at_a_row(
    store: ox.Store, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(cut, "BLOCK", 2000)
    body, _, truncated = answer(store, name, 10**6, 9000)
    assert truncated == "max_bytes"
    assert len(body) < 9200
    assert 10 < count(name, body) < TOTAL


@pytest.mark.parametrize("name", ["turtle", "ntriples", "n3"])
def test_graphs_are_cut_at_a_statement_and_say_so(store: ox.Store, name: str) -> None:
    text = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    body, _, truncated = answer(store, name, 10**6, 9000, text)
    assert truncated == "max_bytes"
    assert body.endswith(b"# truncated at max_bytes=9000\n")
    triples = ox.parse(body, FORMATS[name].engine)  # type: ignore[arg-type]
    assert 10 < len(list(triples)) < TOTAL


@pytest.mark.parametrize("name", ["rdfxml", "jsonld"])
def test_cut_graphs_that_cannot_be_closed_cannot_be_read(store: ox.Store, name: str) -> None:
    text = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    body, _, truncated = answer(store, name, 10**6, 9000, text)
    assert truncated == "max_bytes"
    with pytest.raises(SyntaxError):
        list(ox.parse(body, FORMATS[name].engine))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_no_rows(store: ox.Store, name: str) -> None:
    assert answer(store, name, 5, 10**6, "SELECT * { ?s <urn:none> ?o }")[1:] == (0, "")
