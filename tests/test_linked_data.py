"""Every IRI of the graph answers, in the format its client likes best."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from maizuru.graph.namespaces import DEFAULT_BASE, PREFIXES
from maizuru.graph.store import open_release
from tests.serving import serving


@pytest.fixture(scope="module")
def app(release: Path) -> Flask:
    return serving(release)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


RDF = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
}
PAGE, DATA = "/page/place/kansk", "/data/place/kansk"


@pytest.mark.parametrize(
    ("accept", "place"),
    [
        ("text/html", PAGE),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", PAGE),
        ("*/*", f"{DATA}.ttl"),
        (None, f"{DATA}.ttl"),
        ("text/turtle;charset=utf-8", f"{DATA}.ttl"),
        ("text/turtle;q=0, application/n-triples;q=0.1", f"{DATA}.nt"),
        ("application/trig", f"{DATA}.trig"),
        ("application/xml", f"{DATA}.rdf"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', f"{DATA}.jsonld"),
        ('application/ld+json;profile="a, b;c";q=0.5, text/html;q=0.4', f"{DATA}.jsonld"),
        ("TEXT/HTML ; Q=1", PAGE),
        ("text/html, , ;", PAGE),
    ],
)
def test_accept_decides_what_is_seen(client: FlaskClient, accept: str | None, place: str) -> None:
    answer = client.get("/id/place/kansk", headers={"Accept": accept} if accept else {})

    assert answer.status_code == 303
    assert answer.headers["Location"] == place
    assert answer.headers["Vary"] == "Accept"


def test_what_cannot_be_given_is_406_with_what_can(client: FlaskClient) -> None:
    answer = client.get("/id/place/kansk", headers={"Accept": "image/png"})

    assert answer.status_code == 406
    assert "text/turtle" in answer.text
    assert "application/trig" in answer.text


@pytest.mark.parametrize("ending", RDF)
def test_ending_and_format_decide_before_accept(client: FlaskClient, ending: str) -> None:
    html = {"Accept": "text/html"}
    for address in (f"/id/place/kansk.{ending}", f"/id/place/kansk?format={ending}"):
        assert client.get(address, headers=html).headers["Location"] == f"{DATA}.{ending}"


@pytest.mark.parametrize("ending", RDF)
def test_data_read_back_and_agree(client: FlaskClient, ending: str) -> None:
    answer = client.get(f"{DATA}.{ending}")
    read = {quad.triple for quad in ox.parse(answer.data, format=RDF[ending])}
    turtle = client.get(f"{DATA}.ttl").data
    expected = {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}

    assert len(read) > 10
    assert read >= expected
    assert answer.headers["Content-Location"].endswith(f"{DATA}.{ending}")


def test_trig_tells_the_graphs(client: FlaskClient) -> None:
    quads = list(ox.parse(client.get(f"{DATA}.trig").data, format=ox.RdfFormat.TRIG))
    graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}

    assert f"{DEFAULT_BASE}graph/authority" in graphs


def test_data_without_an_ending_negotiate(client: FlaskClient) -> None:
    answer = client.get(DATA, headers={"Accept": "application/n-triples"})

    assert answer.content_type == "application/n-triples"
    assert answer.headers["Content-Location"].endswith(f"{DATA}.nt")
    assert 'rel="alternate"; type="application/trig"' in answer.headers["Link"]
    again = client.get(DATA, headers={"If-None-Match": answer.headers["ETag"]} | {"Accept": "*/*"})
    assert again.status_code == 200
    same = {"If-None-Match": answer.headers["ETag"], "Accept": "application/n-triples"}
    assert client.get(DATA, headers=same).status_code == 304


def test_a_document_gives_its_passages(client: FlaskClient) -> None:
    body = client.get("/data/document/counting-the-dead.nt").text

    assert "/id/document/counting-the-dead#char=" in body
    assert f"<{PREFIXES['oa']}exact>" in body


@pytest.mark.parametrize("accept", ["text/turtle", "application/trig", "text/html", "*/*"])
@pytest.mark.parametrize("name", ["about", "document/counting-the-dead"])
def test_a_named_graph_answers(client: FlaskClient, name: str, accept: str) -> None:
    answer = client.get(f"/graph/{name}", headers={"Accept": accept})

    assert answer.status_code == 200
    assert len(list(ox.parse(answer.data, format=_format_of(answer.content_type)))) > 3
    assert client.get(f"/graph/{name}.nt").content_type == "application/n-triples"


def _format_of(content_type: str) -> ox.RdfFormat:
    found = ox.RdfFormat.from_media_type(content_type.partition(";")[0])
    assert found is not None
    return found


@pytest.mark.parametrize(
    "path",
    ["/ontology", "/alignments", "/shapes", "/vocabulary/measure", "/vocabulary/measure/died"],
)
@pytest.mark.parametrize("ending", RDF)
def test_the_model_answers_by_accept_and_by_ending(
    client: FlaskClient, path: str, ending: str
) -> None:
    by_ending = client.get(f"{path}.{ending}", headers={"Accept": "text/html"})
    media_type = by_ending.content_type.partition(";")[0]
    by_accept = client.get(path, headers={"Accept": media_type})

    assert by_accept.data == by_ending.data
    assert list(ox.parse(by_ending.data, format=RDF[ending]))


def test_the_subjects_of_the_graph_answer(client: FlaskClient, release: Path) -> None:
    """One IRI of each kind the dataset has; those of fragments answer by their document."""
    by_kind: dict[str, str] = {}
    for quad in open_release(release).quads():
        subject = quad.subject
        if isinstance(subject, ox.NamedNode) and subject.value.startswith(DEFAULT_BASE):
            path = subject.value.removeprefix(DEFAULT_BASE).partition("#")[0]
            by_kind.setdefault("/".join(path.split("/")[:2]) if "id/" in path else path, path)
    wrong = []
    for path in by_kind.values():
        headers = {"Accept": "application/n-triples"}
        answer = client.get(f"/{path}", headers=headers, follow_redirects=True)
        if answer.status_code != 200 or path not in answer.text:
            wrong.append((path, answer.status_code))

    assert len(by_kind) > 20
    assert not wrong


@pytest.mark.parametrize("path", ["id/person/nobody", "data/person/nobody.ttl", "graph/none"])
def test_what_is_not_there_is_404_in_the_format_asked(client: FlaskClient, path: str) -> None:
    turtle = client.get(f"/{path}", headers={"Accept": "text/turtle"})
    assert turtle.status_code == 404
    assert turtle.content_type.startswith("text/turtle")
    assert len(list(ox.parse(turtle.data, format=ox.RdfFormat.TURTLE))) == 1


def test_a_reader_gets_the_page_of_the_error(client: FlaskClient) -> None:
    answer = client.get("/id/person/nobody", headers={"Accept": "text/html"})

    assert answer.status_code == 404
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/id/person/石原",
        "/id/person/%E7%9F%B3%E5%8E%9F",
        "/id/person/%20%3Cx%3E",
        "/id/person/%FF%FE",
        "/data/person/a%22b.ttl",
        "/graph/%3Cx%3E",
        "/linkset/x%20y",
        "/vocabulary/x%20y.ttl",
        "/id/person/Мария",
    ],
)
def test_odd_addresses_are_404(client: FlaskClient, path: str) -> None:
    for accept in ("text/html", "text/turtle"):
        assert client.get(path, headers={"Accept": accept}).status_code == 404


def test_percent_encoded_slashes_are_slashes(client: FlaskClient) -> None:
    answer = client.get("/id/place%2Fkansk", headers={"Accept": "text/turtle"})

    assert answer.headers["Location"] == f"{DATA}.ttl"


@pytest.mark.parametrize("path", ["/id/place/kansk", f"{DATA}.ttl", "/graph/about", "/ontology"])
def test_head_and_options_and_cors(client: FlaskClient, path: str) -> None:
    head = client.head(path)
    assert head.status_code in (200, 303)
    assert head.data == b""
    assert head.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Location" in head.headers["Access-Control-Expose-Headers"]
    options = client.options(path)
    assert options.status_code == 200
    assert "GET" in options.headers["Allow"]
    assert "GET" in options.headers["Access-Control-Allow-Methods"]


def test_signposting_of_a_landing_page(client: FlaskClient) -> None:
    answer = client.get(PAGE)
    link = answer.headers["Link"]

    assert f'<{DEFAULT_BASE}id/place/kansk>; rel="cite-as"' in link
    for relation in ("describedby", "license", "author", "collection", "linkset", "type"):
        assert f'rel="{relation}"' in link
    assert "https://schema.org/AboutPage" in link
    assert "https://schema.org/Place" in link


def test_the_link_set_holds_the_same_links(client: FlaskClient) -> None:
    answer = client.get("/linkset/place/kansk")
    context = answer.get_json()["linkset"][0]

    assert answer.content_type == "application/linkset+json"
    assert context["cite-as"] == [{"href": f"{DEFAULT_BASE}id/place/kansk"}]
    assert {"text/turtle", "application/trig"} <= {link["type"] for link in context["describedby"]}
    described = {link["href"] for link in context["describedby"]}
    assert {entry["anchor"] for entry in answer.get_json()["linkset"][1:]} == described


@pytest.mark.parametrize("by", ["parameter", "accept"])
def test_the_profile_of_schema_org(client: FlaskClient, by: str) -> None:
    if by == "parameter":
        answer = client.get("/id/place/kansk?_profile=schema", follow_redirects=True)
    else:
        headers = {"Accept": 'application/ld+json;profile="https://schema.org/"'}
        answer = client.get("/id/place/kansk", headers=headers)
        answer = client.get(answer.headers["Location"], headers=headers)

    told = answer.get_json()
    assert told["@type"] == "Place"
    assert told["geo"]["latitude"] > 50
    assert 'rel="profile"' in answer.headers["Link"]


def test_pages_hold_their_description_as_data(client: FlaskClient) -> None:
    for path, kind in ((PAGE, "Place"), ("/page/document/counting-the-dead", "Article")):
        page = client.get(path).text
        start = page.index('<script type="application/ld+json">')
        assert f'"@type": "{kind}"' in page[start : page.index("</script>", start)]
