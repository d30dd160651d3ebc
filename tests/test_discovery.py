"""What machines look for first is where they look, and agrees with the data."""

from __future__ import annotations

import gzip
import io
import json
import re
import sqlite3
import threading
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pandas
import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from maizuru.graph.export import FORMATS
from maizuru.graph.namespaces import DEFAULT_BASE, expand
from maizuru.graph.release import DATA
from maizuru.graph.resources import query_names
from maizuru.graph.store import open_release
from maizuru.server.pages import exports
from tests.serving import SETTINGS, serving


@pytest.fixture(scope="module")
def app(release: Path) -> Flask:
    return serving(release, SETTINGS)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


def graph(client: FlaskClient, path: str) -> ox.Store:
    store = ox.Store()
    answer = client.get(path, headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert answer.status_code == 200
    store.load(answer.data, format=ox.RdfFormat.TURTLE)
    return store


def values(store: ox.Store, property_: str, subject: str = "") -> list[str]:
    about = ox.NamedNode(subject) if subject else None
    found = store.quads_for_pattern(about, ox.NamedNode(expand(property_)), None, None)
    return [getattr(quad.object, "value", "") for quad in found]


DATASET = f"{DEFAULT_BASE}dataset"


@pytest.mark.parametrize("writable", [True, False])
def test_void_agrees_with_the_data(release: Path, writable: bool) -> None:
    """Counted afresh where the data may change, else taken from the manifest."""
    client = serving(release, SETTINGS, writable=writable).test_client()
    assert client.get("/.well-known/void").headers["Location"] == "/void.ttl"
    void = graph(client, "/.well-known/void")
    for name in ("sparqlEndpoint", "dataDump", "uriSpace", "vocabulary", "exampleResource"):
        assert values(void, f"void:{name}", DATASET)
    distinct = {quad.triple for quad in open_release(release).quads()}
    subjects = {triple.subject for triple in distinct}
    assert values(void, "void:triples", DATASET) == [str(len(distinct))]
    assert values(void, "void:distinctSubjects", DATASET) == [str(len(subjects))]
    parts = {
        values(void, "void:class", part)[0]: int(values(void, "void:entities", part)[0])
        for part in values(void, "void:classPartition", DATASET)
    }
    figure = ox.NamedNode(expand("mz:Figure"))
    typed = [t for t in distinct if t.predicate.value == expand("rdf:type")]
    assert parts[figure.value] == sum(1 for triple in typed if triple.object == figure)
    assert values(void, "void:entities", DATASET) == [str(parts[expand("mz:Entity")])]
    predicates = {triple.predicate for triple in distinct}
    assert len(values(void, "void:propertyPartition", DATASET)) == len(predicates)


def test_the_catalogue_has_a_distribution_for_every_export(client: FlaskClient) -> None:
    catalogue = graph(client, "/catalog")

    assert len(values(catalogue, "dcat:distribution", DATASET)) == len(FORMATS)
    for name in ("dcterms:license", "dcterms:spatial", "dcterms:temporal", "dcat:version"):
        assert values(catalogue, name, DATASET)
    for place in values(catalogue, "dcat:downloadURL"):
        assert client.head(urlsplit(place).path).status_code == 200
    assert {urlsplit(url).path for url in values(catalogue, "dcat:endpointURL")} == {
        "/sparql",
        "/reconcile",
    }
    assert values(catalogue, "dcat:servesDataset") == [DATASET] * 2


def test_the_service_describes_itself(client: FlaskClient) -> None:
    service = graph(client, "/sparql")

    for name in ("sd:endpoint", "sd:supportedLanguage", "sd:resultFormat", "sd:feature"):
        assert values(service, name)
    assert expand("sd:UnionDefaultGraph") in values(service, "sd:feature")


def test_every_question_is_an_example_that_parses(client: FlaskClient, release: Path) -> None:
    found = graph(client, "/sparql-examples.ttl")
    texts = values(found, "sh:select")

    assert len(texts) == len(query_names())
    assert len(values(found, "rdfs:comment")) > len(texts)
    store = ox.Store()
    for text in texts:
        store.query(text)


def test_the_sitemap_lists_pages_that_are_there(client: FlaskClient) -> None:
    tree = ET.fromstring(client.get("/sitemap.xml").data)
    places = [node.text or "" for node in tree.iter() if node.tag.endswith("loc")]

    assert len(places) > 100
    for place in places[:: len(places) // 20]:
        assert client.get(urlsplit(place).path).status_code == 200


def test_a_long_sitemap_is_cut(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from maizuru.server.pages import discovery

    whole = client.get("/sitemap.xml").text.count("<loc>")
    monkeypatch.setattr(discovery, "SITEMAP_SIZE", 50)
    parts = re.findall(r"<loc>[^<]*(/sitemap-\d+\.xml)</loc>", client.get("/sitemap.xml").text)
    assert sum(client.get(part).text.count("<loc>") for part in parts) == whole
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404


def test_robots_keep_out_of_what_is_computed(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()

    assert "Disallow: /sparql" in lines
    assert "Allow: /data/" in lines
    assert any(line.startswith("Sitemap: http") for line in lines)


def test_the_context_may_be_kept(client: FlaskClient) -> None:
    answer = client.get("/context.jsonld")

    assert answer.content_type == "application/ld+json"
    assert "max-age" in answer.headers["Cache-Control"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "@context" in answer.get_json()


def test_the_home_page_describes_the_dataset(client: FlaskClient) -> None:
    page = client.get("/").text
    start = page.index('<script type="application/ld+json">') + 35
    told = json.loads(page[start : page.index("</script>", start)])

    assert told["@type"] == "Dataset"
    assert told["license"].startswith("https://creativecommons.org/")


def test_the_api_description_names_what_answers(client: FlaskClient) -> None:
    told = client.get("/openapi.json").get_json()

    assert told["openapi"] == "3.1.0"
    for path in told["paths"]:
        if "{" not in path:
            assert client.get(path, query_string={"query": "ASK {}"}).status_code == 200
    assert all(f"/queries/{name}.{{form}}" in told["paths"] for name in query_names())


STREAMED = [name for name, item in FORMATS.items() if item.folder is None]


@pytest.mark.parametrize("name", STREAMED)
def test_a_file_is_streamed_under_its_name(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/exports/{name}")

    assert answer.status_code == 200
    assert len(answer.data) > 100
    assert answer.headers["Content-Disposition"].endswith(f'maizuru.{FORMATS[name].ending}"')
    assert answer.content_type.startswith(FORMATS[name].media_type)


@pytest.mark.parametrize("writable", [True, False])
@pytest.mark.parametrize("name", ["nquads", "trig", "jsonld", "turtle", "ntriples", "rdfxml"])
def test_rdf_exports_hold_the_whole_dataset(release: Path, name: str, writable: bool) -> None:
    """From the engine where the data may change, else from the dump of the release."""
    small = replace(SETTINGS, max_bytes=10_000) if not writable else SETTINGS
    client = serving(release, small, writable=writable).test_client()
    body = client.get(f"/exports/{name}").data
    form = ox.RdfFormat.from_media_type(FORMATS[name].media_type)
    assert form is not None
    read = set(ox.parse(body, format=form))

    everything = open_release(release).quads()
    quads = {quad for quad in everything if isinstance(quad.graph_name, ox.NamedNode)}
    if not writable:
        with gzip.open(release / DATA, "rb") as dump:
            quads = set(ox.parse(dump.read(), format=ox.RdfFormat.N_QUADS))
    if name in ("nquads", "trig", "jsonld"):
        assert read == quads
    else:
        assert {quad.triple for quad in read} == {quad.triple for quad in quads}


def test_tables_come_as_zip_one_by_one_and_as_a_database(
    client: FlaskClient, tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(client.get("/exports/csv").data)) as packed:
        names = set(packed.namelist())
        figures = pandas.read_csv(packed.open("figures.csv"))
    assert names == {f"{name}.csv" for name in query_names("export")} | {"csv-metadata.json"}
    one = client.get("/exports/csv/figures.csv")
    assert one.content_type == "text/csv; charset=utf-8"
    assert len(pandas.read_csv(io.BytesIO(one.data))) == len(figures) > 5
    assert client.get("/exports/csv-excel/figures.csv").data.startswith(b"\xef\xbb\xbf")
    assert b"\t" in client.get("/exports/tsv/figures.tsv").data.splitlines()[0]
    place = tmp_path / "maizuru.db"
    place.write_bytes(client.get("/exports/sqlite").data)
    with sqlite3.connect(place) as database:
        assert database.execute("SELECT COUNT(*) FROM figures").fetchone() == (len(figures),)


def test_exports_are_listed_for_people_and_programs(client: FlaskClient) -> None:
    listed = client.get("/exports", headers={"Accept": "application/json"}).get_json()

    assert {item["name"] for item in listed["exports"]} == set(FORMATS)
    assert 'href="/exports/csv/figures.csv"' in client.get("/exports").text
    assert client.get("/exports", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    "path", ["/exports/docx", "/exports/csv/none.csv", "/exports/turtle/figures.csv"]
)
def test_an_export_that_is_not_there_is_404(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert "there are" in answer.text.lower() or "are under" in answer.text


def test_an_export_that_breaks_off_does_not_look_whole() -> None:
    def write(output: object) -> None:
        assert isinstance(output, exports.Pipe)
        output.write(b"x" * exports.BLOCK)
        raise ValueError("broken")

    chunks = exports.Pipe(write).chunks()
    with pytest.raises(ValueError, match="broken"):
        list(chunks)


def test_an_export_nobody_reads_ends() -> None:
    ended: list[bool] = []

    def write(output: object) -> None:
        assert isinstance(output, exports.Pipe)
        try:
            for _ in range(10 * exports.QUEUED):
                output.write(b"x" * exports.BLOCK)
        except exports.ClientGone:
            ended.append(True)
            raise

    chunks = exports.Pipe(write).chunks()
    next(chunks)
    chunks.close()  # type: ignore[attr-defined]
    for _ in range(50):
        if ended:
            break
        threading.Event().wait(0.1)
    assert ended == [True]


def test_a_release_is_a_research_object(release: Path) -> None:
    rocrate = pytest.importorskip("rocrate.rocrate")
    crate = rocrate.ROCrate(release)
    told = json.loads((release / "ro-crate-metadata.json").read_text("utf-8"))
    files = [item["@id"] for item in told["@graph"] if item["@type"] == "File"]

    assert crate.root_dataset["license"] is not None
    assert told["@graph"][0]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.3"}
    assert "data.nq.gz" in files
    assert all((release / name).is_file() for name in files)


def test_the_project_says_how_to_cite_it() -> None:
    text = (Path(__file__).parents[1] / "CITATION.cff").read_text("utf-8")

    assert "cff-version: 1.2.0" in text
