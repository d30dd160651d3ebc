"""Requests at the edges of HTTP and of the protocol, as bytes, against a running service."""

from __future__ import annotations

import contextlib
import gzip
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from maizuru.graph.store import write_release
from maizuru.server.auth import hash_token
from maizuru.server.launch import Reply, Service, free_port, running

EX = "http://example.org/"
ASK = "/sparql?query=ASK%7B%7D"
TERM = "CONSTRUCT { <urn:s> <urn:p> ?t } { BIND(<<( <urn:a> <urn:b> 1 )>> AS ?t) }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TURTLE = {"Content-Type": "text/turtle", "Authorization": "Bearer key"}


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the logs."""
    return tmp_path_factory.mktemp("log")


@pytest.fixture(scope="module")
def service(log: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("release")
    node = ox.NamedNode(EX + "x")
    write_release([ox.Quad(node, node, node, node)], folder)
    settings = {
        "update_token": hash_token("key"),
        "readers": 1,
        "trusted_proxies": 1,
        "client_seconds": 100_000,
        "max_query_bytes": 10_000,
        "access_log": log / "access",
    }
    with running(folder, settings, log / "log") as started:
        yield started


def sent(service: Service, data: bytes) -> bytes:
    """Send bytes as they are and return all that comes back."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=30) as connection:
        connection.sendall(data)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
        return answer


def kind(reply: Reply) -> str:
    return str(json.loads(reply.body)["error"]["kind"])


@pytest.mark.parametrize(
    "host", ["", "Host: a\r\nHost: b\r\n", 'Host: x"><script>\r\n', "Host: a b\r\n", "Host: \r\n"]
)
def test_host_is_one_name(service: Service, host: str) -> None:
    for path in ("/sparql", "/figures", "/store"):
        request = f"GET {path} HTTP/1.1\r\n{host}Connection: close\r\n\r\n"
        assert sent(service, request.encode()).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("host", ["localhost:80", "my_server", "[::1]:8000", "127.0.0.1", "例.jp"])
def test_hosts_that_are_names_are_taken(service: Service, host: str) -> None:
    name = host.encode("idna").decode() if not host.isascii() else host
    request = f"GET /health HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n"
    assert sent(service, request.encode()).startswith(b"HTTP/1.1 200 ")


def test_oldest_version_is_answered_and_closed(service: Service) -> None:
    answer = sent(service, f"GET {ASK} HTTP/1.0\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.0 200 ")
    assert answer.endswith(b'{"head":{},"boolean":true}')


def test_query_in_chunks_is_answered(service: Service) -> None:
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
    )
    head += b"Content-Type: application/sparql-query\r\n\r\n"
    assert b'"boolean":true' in sent(
        service, head + b"3;x=y\r\nASK\r\n2\r\n{}\r\n0\r\nA: b\r\n\r\n"
    )
    for broken in (b"zz\r\nASK{}\r\n0\r\n\r\n", b"FFFFFFFFFFFFFFFFFF\r\nASK{}\r\n0\r\n\r\n"):
        assert sent(service, head + broken).startswith(b"HTTP/1.1 400 ")


def test_change_in_chunks_is_refused_as_it_could_be_cut_short(service: Service) -> None:
    data = f"<{EX}a> <{EX}p> 1 . "
    for method, path, media_type in (
        ("PUT", f"/store?graph={EX}cut", "text/turtle"),
        ("POST", "/sparql", "application/sparql-update"),
    ):
        request = (
            f"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer key\r\n"
            f"Content-Type: {media_type}\r\nTransfer-Encoding: chunked\r\n"
            f"Connection: close\r\n\r\n{len(data):x}\r\n{data}\r\n0\r\n\r\n"
        )
        assert sent(service, request.encode()).startswith(b"HTTP/1.1 411 ")
    assert service.request("GET", f"/store?graph={EX}cut").status == 404


def test_change_that_breaks_off_is_not_made(service: Service) -> None:
    request = (
        f"PUT /store?graph={EX}off HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer key\r\n"
        f"Content-Type: text/turtle\r\nContent-Length: 100\r\n\r\n<{EX}a> <{EX}p> 1 ."
    )
    with socket.create_connection(("127.0.0.1", service.port), timeout=30) as connection:
        connection.sendall(request.encode())
        connection.shutdown(socket.SHUT_WR)
        connection.recv(1000)
    assert service.request("GET", f"/store?graph={EX}off").status == 404


@pytest.mark.parametrize("iri", ["http://[", "http://e/%3E", "http://e/%00", "x", "%FF", "1:2"])
def test_what_is_no_iri_names_no_graph(service: Service, iri: str) -> None:
    value = iri if "%" in iri else quote(iri)
    for address in (f"{ASK}&default-graph-uri={value}", f"/store?graph={value}"):
        reply = service.request("GET", address)
        assert (reply.status, kind(reply)) == (400, "BadRequest")


def test_triple_terms_where_the_format_has_a_place_for_them(service: Service) -> None:
    for name, status in (("turtle", 200), ("ntriples", 200), ("rdfxml", 200), ("jsonld", 406)):
        reply = service.query(TERM, format=name)
        assert reply.status == status, reply.text
    assert kind(service.query(TERM, format="jsonld")) == "NotAcceptable"


def test_only_who_has_the_token_may_send_much(service: Service) -> None:
    much = b"query=ASK%7B%7D&x=" + b"y" * 100_000
    assert service.request("POST", "/sparql", much, FORM).status == 413
    wrong = {**FORM, "Authorization": "Bearer guess"}
    assert service.request("POST", "/sparql", much, wrong).status == 413
    right = {**FORM, "Authorization": "Bearer key"}
    assert service.request("POST", "/sparql", much, right).status == 200
    bomb = gzip.compress(b"query=" + b"a" * 50_000_000)
    packed = {**FORM, "Content-Encoding": "gzip"}
    assert service.request("POST", "/sparql", bomb, packed).status == 413


def test_update_without_the_token_is_not_even_read(service: Service) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-update\r\n"
    answer = sent(service, head + b"Content-Length: 50000000\r\n\r\nDROP")
    assert answer.startswith(b"HTTP/1.1 401 ")


def test_multipart_that_is_cut_short_is_refused(service: Service) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.ttl"\r\n'
    part += f"Content-Type: text/turtle\r\n\r\n<{EX}a> <{EX}p> 1 .\r\n".encode()
    headers = {**TURTLE, "Content-Type": "multipart/form-data; boundary=x"}
    address = f"/store?graph={EX}parts"
    assert service.request("POST", address, part, headers).status == 400
    assert service.request("GET", address).status == 404
    assert service.request("POST", address, part + b"--x--\r\n", headers).status == 201


def test_client_that_has_any_answer_has_this_one(service: Service) -> None:
    tag = service.request("GET", ASK).headers["etag"]
    for value in ("*", tag, f'"other", W/{tag}'):
        assert service.request("GET", ASK, headers={"If-None-Match": value}).status == 304
    assert service.request("GET", ASK, headers={"If-None-Match": '"other"'}).status == 200


@pytest.mark.parametrize(
    ("accept", "status"),
    [("image/png", 406), ("application/sparql-results+json;q=0", 406), (";;;,q=;/", 200)],
)
def test_accept(service: Service, accept: str, status: int) -> None:
    reply = service.request("GET", ASK, headers={"Accept": accept})
    assert reply.status == status
    assert reply.status == 200 or "text/csv" in json.loads(reply.body)["error"]["message"]


def test_addresses_have_a_longest_length(service: Service) -> None:
    for length in (100_000, 700_000):
        reply = service.request("GET", "/sparql?" + urlencode({"query": "x" * length}))
        assert reply.status in (413, 414, 431)


@pytest.fixture
def proxy(service: Service, tmp_path: Path) -> Iterator[int]:
    """Run nginx with the example of the documentation, and return its port."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if program is None:
        pytest.skip("nginx is not installed")
    port = free_port()
    text = (Path(__file__).parents[1] / "docs" / "examples" / "nginx.conf").read_text("utf-8")
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{service.port}")
    text = text.replace("listen 80", f"listen 127.0.0.1:{port}")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = " ".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in kinds)
    whole = f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}}\n"
    whole += f"http {{ access_log off; {places}\n{text}\n}}\n"
    (tmp_path / "nginx.conf").write_text(whole, "utf-8")
    command = [program, "-e", str(tmp_path / "log"), "-c", str(tmp_path / "nginx.conf")]
    process = subprocess.Popen(command)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port)).close()
            break
        time.sleep(0.05)
    yield port
    process.terminate()
    process.wait()


def test_nobody_forges_an_address_past_the_proxy(service: Service, proxy: int, log: Path) -> None:
    """Not in the spelling with underscores either, which a WSGI server takes for the same."""
    through = Service(service.process, proxy)
    for name in ("X-Forwarded-For", "X_Forwarded_For", "x-forwarded_for"):
        assert through.request("GET", ASK, headers={name: "6.6.6.6"}).status == 200
        line = (log / "access").read_text("utf-8").splitlines()[-1]
        assert json.loads(line)["client"] == "127.0.0.1"
    assert service.request("GET", ASK, headers={"X-Forwarded-For": "6.6.6.6"}).status == 200
    assert json.loads((log / "access").read_text("utf-8").splitlines()[-1])["client"] == "6.6.6.6"
