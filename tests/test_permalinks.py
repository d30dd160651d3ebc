"""A citable query tells its release and result, whoever asks and in whatever order rows come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest
from bibtexparser.entrypoint import parse_string
from flask import Flask
from flask.testing import FlaskClient

from maizuru.graph.release import read_manifest
from maizuru.graph.store import open_release
from maizuru.graph.store.local import LocalStore
from maizuru.server.pages.permalinks import digest_of
from tests.serving import serving

QUERY = (
    "# Title: 100 % of {people}\n"
    "SELECT DISTINCT ?p { ?p a <https://w3id.org/maizuru/ontology#Person> }"
)


@pytest.fixture(scope="module")
def app(release: Path) -> Flask:
    return serving(release, writable=False)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


def test_a_permalink_tells_release_and_result(client: FlaskClient, release: Path) -> None:
    answer = client.get("/permalink", query_string={"query": QUERY})

    assert answer.status_code == 200
    assert read_manifest(release)["data_sha256"] in answer.text
    found = cast(LocalStore, open_release(release)).query(QUERY)
    assert digest_of(found)[0] in answer.text


def test_the_citation_is_bibtex_and_always_the_same(client: FlaskClient) -> None:
    asked = {"query": QUERY, "format": "bibtex"}
    first = client.get("/permalink", query_string=asked)
    (entry,) = parse_string(first.text).entries

    assert "people" in entry["title"]
    assert "digest=" in entry["howpublished"]
    assert client.get("/permalink", query_string=asked).text == first.text


def test_a_changed_result_is_told(client: FlaskClient) -> None:
    told = client.get("/permalink", query_string={"query": QUERY, "digest": "0" * 64}).text
    assert 'role="alert"' in told
    assert 'role="alert"' not in client.get("/permalink", query_string={"query": QUERY}).text


def test_a_form_leads_to_the_address(client: FlaskClient) -> None:
    answer = client.post("/permalink", data={"query": QUERY})

    assert answer.status_code == 303
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.post("/permalink", data={"query": "#" * 9000}).status_code == 413
    assert client.get("/permalink").status_code == 400
    assert client.get("/permalink?query=SELECT").status_code == 400


def test_the_digest_does_not_hang_on_order_but_on_values() -> None:
    store = ox.Store()

    def digest(values: str) -> str:
        found = store.query(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}")
        return digest_of(cast(ox.QuerySolutions, found))[0]

    assert digest("1 2") == digest("2 1")
    assert digest("1 2") != digest("1 3")
    assert digest('"1"') != digest("1")
