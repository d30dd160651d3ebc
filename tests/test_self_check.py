"""What a harvester looks for first is there, under the terms it looks for: one row a document."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from maizuru.graph.datacite import METADATA
from maizuru.graph.namespaces import DEFAULT_BASE, expand
from tests.serving import serving


@pytest.fixture(scope="module")
def client(release: Path) -> FlaskClient:
    return serving(release, writable=False).test_client()


VOID = """void:Dataset void:sparqlEndpoint void:dataDump void:uriSpace void:vocabulary void:triples
void:entities void:distinctSubjects void:classPartition void:propertyPartition void:exampleResource
void:Linkset"""
DCAT = """dcat:Dataset dcat:Distribution dcat:downloadURL dcat:DataService dcat:endpointURL
dcat:servesDataset dcat:version dcterms:license dcterms:spatial dcterms:temporal spdx:checksum"""
SERVICE = """sd:Service sd:endpoint sd:supportedLanguage sd:SPARQL11Query sd:resultFormat
sd:defaultDataset sd:feature sd:UnionDefaultGraph sd:defaultEntailmentRegime"""
EXAMPLES = "sh:SPARQLSelectExecutable sh:select sh:prefixes sh:declare rdfs:label"


@pytest.mark.parametrize(
    ("path", "terms"),
    [
        ("/.well-known/void", VOID),
        ("/catalog", DCAT),
        ("/sparql", SERVICE),
        ("/sparql-examples", EXAMPLES),
    ],
)
def test_a_description_uses_the_terms_that_are_looked_for(
    client: FlaskClient, path: str, terms: str
) -> None:
    answer = client.get(path, headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert answer.status_code == 200
    quads = list(ox.parse(answer.data, format=ox.RdfFormat.TURTLE))
    used = {str(term) for quad in quads for term in (quad.predicate, quad.object)}
    assert {term for term in terms.split() if f"<{expand(term)}>" not in used} == set()


@pytest.mark.parametrize(
    ("path", "relation"),
    [
        (path, relation)
        for path in ("/", "/page/work/fumo-chitai")
        for relation in ("cite-as", "describedby", "license", "type", "author", "linkset")
    ],
)
def test_landing_pages_are_signposted(client: FlaskClient, path: str, relation: str) -> None:
    links = client.get(path, headers={"Accept": "text/html"}).headers.getlist("Link")
    assert f'rel="{relation}"' in ", ".join(links)


@pytest.mark.parametrize("path", ["/linkset", "/linkset/work/fumo-chitai"])
def test_a_link_set_describes_what_describes_it(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.content_type == "application/linkset+json"
    landing, *descriptions = answer.get_json(force=True)["linkset"]
    assert {item["href"] for item in landing["describedby"]} == {
        item["anchor"] for item in descriptions
    }
    for item in descriptions:
        assert client.get(item["anchor"].replace("http://localhost", "")).status_code == 200


@pytest.mark.parametrize(
    ("path", "starts", "holds"),
    [
        ("/sitemap.xml", b"<?xml", b"<loc>"),
        ("/robots.txt", b"User-agent", b"Disallow: /sparql"),
        ("/robots.txt", b"User-agent", b"Allow: /data/"),
        ("/context.jsonld", b"{", b'"@context"'),
        ("/openapi.json", b"{", b'"openapi"'),
    ],
)
def test_a_file_is_where_it_is_looked_for(
    client: FlaskClient, path: str, starts: bytes, holds: bytes
) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.data.startswith(starts)
    assert holds in answer.data


@pytest.mark.parametrize("path", ["/sparql", "/reconcile", "/data/work/fumo-chitai.ttl"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_any_origin_may_read_and_never_with_credentials(
    client: FlaskClient, path: str, method: str
) -> None:
    answer = client.open(path, method=method, headers={"Origin": "https://reader.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_the_checksum_of_the_catalogue_is_that_of_the_download(client: FlaskClient) -> None:
    catalogue = ox.Store()
    told = client.get("/catalog", headers={"Accept": "text/turtle"})
    catalogue.load(told.data, format=ox.RdfFormat.TURTLE)
    value = ox.NamedNode(expand("spdx:checksumValue"))
    (quad,) = catalogue.quads_for_pattern(None, value, None, None)
    assert isinstance(quad.object, ox.Literal)
    assert quad.object.value == sha256(client.get("/exports/nquads").data).hexdigest()


def test_a_release_has_what_a_repository_asks_for(release: Path) -> None:
    told = json.loads((release / METADATA).read_text("utf-8"))
    mandatory = ("creators", "titles", "publisher", "publicationYear", "types", "schemaVersion")
    assert [name for name in mandatory if not told.get(name)] == []
    assert told["types"]["resourceTypeGeneral"] == "Dataset"
    assert told["alternateIdentifiers"][0]["alternateIdentifier"] == f"{DEFAULT_BASE}dataset"
    assert told["version"] == json.loads((release / "manifest.json").read_text())["data_sha256"]
