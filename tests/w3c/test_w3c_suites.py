"""The W3C's SPARQL suites against the running service, over HTTP, by the runners in shared/."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from maizuru.graph.store import write_release
from maizuru.server.auth import hash_token
from maizuru.server.launch import Service, running

TOKEN = "for the suites"
LIST = Path(__file__).with_name("expected_failures.toml")


KINDS = tomllib.loads(LIST.read_text("utf-8"))
_IRI = re.compile(
    r"http://www\.w3\.org/2009/sparql/docs/tests/data-(sparql11)/([\w-]+)/manifest#([\w-]+)"
    r"|http://www\.w3\.org/2001/sw/DataAccess/tests/data-(r2)/([\w-]+)/manifest#([\w-]+)"
    r"|https://w3c\.github\.io/rdf-tests/sparql/(sparql12)/([\w-]+)/manifest#([\w-]+)"
)


def expected_failures() -> set[str]:
    """Return the tests as the runner names them: suite, folder and name."""
    return {runner_id(iri) for kind in KINDS.values() for iri in kind["tests"]}


def runner_id(iri: str) -> str:
    match = _IRI.fullmatch(iri)
    assert match is not None, iri
    suite, folder, name = (part for part in match.groups() if part)
    return "/".join(({"r2": "sparql10"}.get(suite, suite), folder, name))


@pytest.mark.parametrize("kind", KINDS)
def test_engine_still_has_the_fault(kind: str) -> None:
    """What no longer fails must leave the list."""
    issue = KINDS[kind]["issue"]
    assert issue == "no issue found" or issue.startswith("https://github.com/oxigraph/oxigraph/")
    assert not bool(ox.Store().query(KINDS[kind]["true"]))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("release")
    node = ox.NamedNode("http://example.org/x")
    write_release([ox.Quad(node, node, node, node)], folder)
    settings = {
        "update_token": hash_token(TOKEN),
        "union_default_graph": False,
        "refuse_unknown_graphs": False,
        "client_seconds": 1_000_000,
        "client_requests": 100,
        "query_seconds": 20,
        "readers": 1,
    }
    with running(folder, settings, folder / "log") as started:
        yield started


def results(shared: Path, service: Service, tmp_path: Path, runner: str, *more: str) -> set[str]:
    """Run a runner and return the tests that failed."""
    script = shared / "equipment" / runner
    if not script.is_file():
        pytest.skip("the runners of the suites are not beside the project")
    url, out = f"http://127.0.0.1:{service.port}", tmp_path / "out.json"
    command = [sys.executable, "-B", str(script), "--tests", str(shared / "w3c" / "sparql")]
    command += ["--query", f"{url}/sparql", "--update", f"{url}/sparql", "--gsp", f"{url}/store"]
    command += ["--token", TOKEN, "--json", str(out), *more]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=900)
    found = json.loads(out.read_text("utf-8"))
    rows = found["tests"]
    assert len(rows) > 60
    return {row["id"] for row in rows if row["status"] == "fail"}


def test_protocol_graph_store_description_and_negotiation(
    shared: Path, service: Service, tmp_path: Path
) -> None:
    assert results(shared, service, tmp_path, "w3c_protocol.py") == set()


def test_queries_updates_syntax_and_results(shared: Path, service: Service, tmp_path: Path) -> None:
    suites = ("sparql11", "sparql10", "sparql12")
    failed = results(shared, service, tmp_path, "w3c_http.py", "--suites", *suites)
    assert failed == expected_failures()
