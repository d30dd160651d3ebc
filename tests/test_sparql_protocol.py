"""SPARQL 1.1 Protocol, in this process; the W3C's own tests run over HTTP in tests/w3c."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from maizuru.server.app import create_app
from maizuru.server.auth import Auth, hash_token
from maizuru.server.engines import LocalEngine
from maizuru.server.settings import Settings

EX = "http://example.org/"
PORT = "http://example.org/舞鶴"
FORM = "application/x-www-form-urlencoded"
TOKEN = "open sesame"
TRUE = '{"head":{},"boolean":true}'


@pytest.fixture(scope="module")
def settings() -> Settings:
    return Settings(update_token=hash_token(TOKEN), access_log="", client_seconds=10_000)


@pytest.fixture
def client(settings: Settings) -> Iterator[FlaskClient]:
    store = ox.Store()
    label = ox.NamedNode(EX + "label")
    for graph, text in (("g1", "Maizuru"), ("g2", "Находка")):
        name = ox.NamedNode(EX + graph)
        store.add(ox.Quad(ox.NamedNode(PORT), label, ox.Literal(text), name))
    with create_app(settings, engine=LocalEngine(store, settings)).test_client() as made:
        yield made


def get(client: FlaskClient, text: str, accept: str = "text/csv", **more: str | list[str]) -> str:
    address = "/sparql?" + urlencode({"query": text, **more}, doseq=True)
    return client.get(address, headers={"Accept": accept}).text


LABELS = f"SELECT ?o {{ <{PORT}> <{EX}label> ?o }} ORDER BY ?o"
BOTH = "o\r\nMaizuru\r\nНаходка\r\n"


def test_query_by_get_form_and_body(client: FlaskClient) -> None:
    accept = {"Accept": "text/csv"}
    assert get(client, LABELS) == BOTH
    assert client.post("/sparql", data={"query": LABELS}, headers=accept).text == BOTH
    direct = client.post(
        "/sparql",
        data=LABELS,
        content_type="application/sparql-query; charset=utf-8",
        headers=accept,
    )
    assert direct.text == BOTH


def test_percent_signs_are_decoded_once(client: FlaskClient) -> None:
    encoded = f"ASK {{ <{EX}%E8%88%9E> ?p ?o }}"
    assert get(client, encoded, "*/*") == '{"head":{},"boolean":false}'
    client.post(
        "/sparql",
        data=f"INSERT DATA {{ GRAPH <{EX}g3> {{ <{EX}%E8%88%9E> <{EX}p> 1 }} }}",
        content_type="application/sparql-update",
        headers={"Authorization": f"Bearer {TOKEN}"},
    )
    assert get(client, encoded, "*/*") == TRUE
    assert client.post("/sparql", data={"query": encoded}).text == TRUE


def test_text_that_is_not_utf8_is_refused(client: FlaskClient) -> None:
    assert client.get("/sparql?query=ASK%20%7B%20%22%E6%88%22%20%7D").status_code == 400
    for kind in (FORM, "application/sparql-query"):
        assert client.post("/sparql", data=b"query=\xe6\x88", content_type=kind).status_code == 400


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"default-graph-uri": EX + "g1"}, "o\r\nMaizuru\r\n"),
        ({"default-graph-uri": [EX + "g1", EX + "g2"]}, BOTH),
        ({"named-graph-uri": EX + "g1"}, "o\r\n"),
    ],
)
def test_dataset_of_the_request(
    client: FlaskClient, parameters: dict[str, str | list[str]], expected: str
) -> None:
    assert get(client, LABELS, "text/csv", **parameters) == expected


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("csv", "text/csv; charset=utf-8"),
        ("tsv", "text/tab-separated-values; charset=utf-8"),
    ],
)
def test_format_parameter_wins(client: FlaskClient, name: str, content_type: str) -> None:
    address = "/sparql?" + urlencode({"query": LABELS, "format": name})
    reply = client.get(address, headers={"Accept": "application/sparql-results+json"})
    assert reply.headers["Content-Type"] == content_type
    assert reply.headers["Vary"] == "Accept"


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", 400),
        ("GET", "/sparql?update=DROP%20ALL", 400),
        ("GET", "/sparql?query=", 400),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=relative", 400),
        ("GET", "/sparql?query=ASK%7B%7D&using-graph-uri=http://e/", 400),
        ("GET", "/sparql?query=ASK%7B%7D&format=pdf", 400),
        ("POST", "/sparql", 415),
        ("PUT", "/sparql", 405),
        ("DELETE", "/sparql", 405),
        ("OPTIONS", "/sparql", 204),
        ("HEAD", "/sparql?query=ASK%7B%7D", 200),
    ],
)
def test_statuses(client: FlaskClient, method: str, address: str, status: int) -> None:
    assert client.open(address, method=method).status_code == status


def test_head_has_the_headers_and_no_body(client: FlaskClient) -> None:
    address = "/sparql?query=" + quote("ASK {}")
    head, full = client.head(address), client.get(address)
    assert head.data == b""
    assert head.headers["Content-Length"] == str(len(full.data))
    assert head.headers["Content-Type"] == full.headers["Content-Type"]


def test_cors(client: FlaskClient) -> None:
    reply = client.options("/sparql", headers={"Origin": "http://elsewhere"})
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in reply.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in reply.headers


def test_errors_have_one_shape(client: FlaskClient) -> None:
    address = "/sparql?query=" + quote("SELECT *\nWHER {}")
    error = client.get(address).json
    assert error is not None
    assert error["error"]["status"] == 400
    assert error["error"]["kind"] == "QueryError"
    assert error["error"]["line"] == 2
    page = client.get(address, headers={"Accept": "text/html"})
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert 'role="alert"' in page.text
    text = client.get(address, headers={"Accept": "text/plain, */*;q=0.1"})
    assert text.text.startswith("The query cannot be parsed at line 2")


def test_errors_escape_what_they_repeat(client: FlaskClient) -> None:
    address = "/sparql?query=ASK%7B%7D&format=" + quote("<script>alert(1)</script>")
    page = client.get(address, headers={"Accept": "text/html"})
    assert page.status_code == 400
    assert "<script>" not in page.text


def test_answers_are_kept_by_version_of_the_data(client: FlaskClient) -> None:
    address = "/sparql?query=" + quote(LABELS)
    first = client.get(address)
    tag = first.headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    update(client, f"INSERT DATA {{ GRAPH <{EX}g1> {{ <{PORT}> <{EX}label> 'new' }} }}")
    changed = client.get(address, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag
    assert "new" in changed.text


def test_volatile_answers_are_not_kept(client: FlaskClient) -> None:
    address = "/sparql?query=" + quote("SELECT (RAND() AS ?x) {}")
    first, second = client.get(address), client.get(address)
    assert "ETag" not in first.headers
    assert first.headers["Cache-Control"] == "no-store"
    assert first.data != second.data


def update(client: FlaskClient, text: str, token: str = TOKEN, **parameters: str) -> int:
    return client.post(
        "/sparql?" + urlencode(parameters),
        data=text,
        content_type="application/sparql-update",
        headers={"Authorization": f"Bearer {token}"},
    ).status_code


def test_updates_need_the_token(client: FlaskClient) -> None:
    text = "DROP ALL"
    assert update(client, text, "wrong") == 401
    plain = client.post("/sparql", data={"update": text})
    assert plain.status_code == 401
    assert plain.headers["WWW-Authenticate"].startswith("Bearer")
    assert get(client, LABELS) == BOTH
    assert update(client, text) == 204
    assert get(client, LABELS) == "o\r\n"


def test_without_a_token_set_nothing_is_changed() -> None:
    client = create_app(Settings(access_log="")).test_client()
    assert update(client, "DROP ALL") == 403


def test_hash_of_the_token_tells_nothing_and_is_salted() -> None:
    assert TOKEN not in hash_token(TOKEN)
    assert hash_token(TOKEN) != hash_token(TOKEN)
    with pytest.raises(ValueError, match="maizuru token"):
        Auth("plain")


def test_using_parameters(client: FlaskClient) -> None:
    copy = f"INSERT {{ GRAPH <{EX}g9> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}"
    assert update(client, copy, **{"using-graph-uri": EX + "g2"}) == 204
    assert get(client, LABELS, **{"default-graph-uri": EX + "g9"}) == "o\r\nНаходка\r\n"
    delete = "DELETE WHERE { ?s ?p ?o }"
    with_using = f"DELETE {{ ?s ?p ?o }} USING <{EX}g1> WHERE {{ ?s ?p ?o }}"
    assert update(client, delete, **{"using-graph-uri": EX + "g1"}) == 204
    assert update(client, with_using, **{"using-graph-uri": EX + "g1"}) == 400


def test_silent_load_does_nothing_and_a_loud_one_is_refused(client: FlaskClient) -> None:
    insert = f"INSERT DATA {{ GRAPH <{EX}g7> {{ <{EX}a> <{EX}b> 1 }} }}"
    assert update(client, f"LOAD SILENT <http://127.0.0.1:9/> ; {insert}") == 204
    assert get(client, f"ASK {{ <{EX}a> ?p ?o }}", "*/*") == TRUE
    assert update(client, "LOAD <http://127.0.0.1:9/>") == 403


def test_reading_long_queries_is_charged_too() -> None:
    client = create_app(Settings(access_log="", client_seconds=0.01)).test_client()
    long = "ASK { " + "?s ?p ?o . " * 20_000 + "SERVICE <urn:x> {} }"
    body = {"content_type": "application/sparql-query", "data": long}
    assert client.post("/sparql", **body).status_code == 403
    assert client.post("/sparql", **body).status_code == 429
    assert client.get("/sparql?query=ASK%7B%7D").status_code == 429


def test_service_description_tells_languages_formats_and_limits(client: FlaskClient) -> None:
    reply = client.get("/sparql", headers={"Accept": "application/n-triples"})
    assert reply.headers["Content-Type"] == "application/n-triples"
    for part in ("#UnionDefaultGraph>", "#SPARQL11Query>", "#SPARQL11Update>", "limit max_rows="):
        assert part in reply.text


def test_construct_in_every_syntax(client: FlaskClient) -> None:
    text = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    for form in ("turtle", "ntriples", "rdfxml", "jsonld", "n3", "trig", "nquads"):
        reply = client.get("/sparql?" + urlencode({"query": text, "format": form}))
        found = ox.RdfFormat.from_media_type(reply.headers["Content-Type"].partition(";")[0])
        assert found is not None
        assert len(list(ox.parse(reply.data, found))) == 2
