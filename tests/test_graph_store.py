"""SPARQL 1.1 Graph Store HTTP Protocol, in this process."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from maizuru.server.app import create_app
from maizuru.server.auth import hash_token
from maizuru.server.engines import LocalEngine
from maizuru.server.settings import Settings

GRAPH = "/store?graph=http://example.org/g"
TURTLE = {"Content-Type": "text/turtle", "Authorization": "Bearer key"}
ONE = '<http://example.org/a> <http://example.org/p> "一" .'
TWO = '<http://example.org/b> <http://example.org/p> "二" .'


@pytest.fixture(scope="module")
def hashed() -> str:
    return hash_token("key")


@pytest.fixture
def client(hashed: str) -> Iterator[FlaskClient]:
    settings = Settings(update_token=hashed, access_log="", client_seconds=10_000)
    with create_app(settings, engine=LocalEngine(ox.Store(), settings)).test_client() as made:
        yield made


def put(client: FlaskClient, address: str, data: str | bytes, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.put(address, data=data, headers={**TURTLE, **named})


def triples(client: FlaskClient, address: str) -> int:
    reply = client.get(address, headers={"Accept": "application/n-triples"})
    return len(list(ox.parse(reply.data, ox.RdfFormat.N_TRIPLES)))


@pytest.mark.parametrize("address", [GRAPH, "/store?default", "/store/letters/1"])
def test_put_get_post_delete(client: FlaskClient, address: str) -> None:
    created = 204 if "default" in address else 201
    assert put(client, address, ONE).status_code == created
    assert put(client, address, ONE).status_code == 204
    assert client.post(address, data=TWO, headers=TURTLE).status_code == 204
    assert triples(client, address) == 2
    assert put(client, address, TWO).status_code == 204
    assert triples(client, address) == 1
    assert client.head(address).status_code == 200
    assert client.delete(address, headers=TURTLE).status_code == 204
    if "default" not in address:
        assert client.get(address).status_code == 404
        assert client.head(address).status_code == 404
        assert client.delete(address, headers=TURTLE).status_code == 404


def test_empty_graph_exists(client: FlaskClient) -> None:
    assert put(client, GRAPH, "").status_code == 201
    assert client.get(GRAPH).status_code == 200


def test_post_to_the_store_makes_a_graph_and_tells_its_address(client: FlaskClient) -> None:
    reply = client.post("/store", data=ONE, headers=TURTLE)
    assert reply.status_code == 201
    address = reply.headers["Location"].removeprefix("http://localhost")
    assert triples(client, address) == 1


def test_multipart_post_adds_every_part(client: FlaskClient) -> None:
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="f{n}"; filename="{n}.ttl"\r\n'
        f"Content-Type: text/turtle\r\n\r\n{data}\r\n"
        for n, data in enumerate((ONE, TWO))
    )
    headers = {**TURTLE, "Content-Type": "multipart/form-data; boundary=x"}
    reply = client.post(GRAPH, data=(parts + "--x--\r\n").encode(), headers=headers)
    assert reply.status_code == 201
    assert triples(client, GRAPH) == 2


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        ("this is not turtle", "text/turtle", 400),
        (ONE, "image/png", 415),
        (f"<http://example.org/h> {{ {ONE} }}", "application/trig", 409),
        (b"\xff\xfe", "text/turtle", 400),
    ],
)
def test_bad_data(client: FlaskClient, data: str | bytes, kind: str, status: int) -> None:
    assert put(client, GRAPH, data, Content_Type=kind).status_code == status
    assert client.get(GRAPH).status_code == 404


def test_preconditions(client: FlaskClient) -> None:
    put(client, GRAPH, ONE)
    tag = client.get(GRAPH).headers["ETag"]
    assert client.get(GRAPH, headers={"If-None-Match": tag}).status_code == 304
    assert put(client, GRAPH, TWO, If_None_Match="*").status_code == 412
    assert put(client, GRAPH, TWO, If_Match='"other"').status_code == 412
    assert put(client, GRAPH, TWO, If_Match=tag).status_code == 204
    assert put(client, GRAPH, ONE, If_Match=tag).status_code == 412
    assert put(client, "/store?graph=urn:new", ONE, If_Match="*").status_code == 412


def test_changes_need_the_token(client: FlaskClient) -> None:
    for method in ("PUT", "POST", "DELETE"):
        headers = {"Content-Type": "text/turtle"}
        assert client.open(GRAPH, method=method, data=ONE, headers=headers).status_code == 401


def test_whole_dataset(client: FlaskClient) -> None:
    quads = "<urn:a> <urn:b> <urn:c> <urn:g1> .\n<urn:a> <urn:b> <urn:d> .\n"
    reply = put(client, "/store", quads, Content_Type="application/n-quads")
    assert reply.status_code == 204
    dump = client.get("/store", headers={"Accept": "application/n-quads"}).text
    assert sorted(dump.splitlines()) == sorted(quads.splitlines())


def test_a_request_is_about_one_graph(client: FlaskClient) -> None:
    assert client.get("/store?default&graph=urn:x").status_code == 400
    assert client.get("/store?graph=relative").status_code == 400
    assert client.patch(GRAPH).status_code == 405


def test_relative_iris_are_resolved_against_the_graph(client: FlaskClient) -> None:
    put(client, GRAPH, "<x> <p> <y> .")
    reply = client.get(GRAPH, headers={"Accept": "application/n-triples"})
    assert "<http://example.org/x>" in reply.text
