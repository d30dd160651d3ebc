"""The W3C's SPARQL suites against the running service, over HTTP, by the runners in shared/."""

from __future__ import annotations

import json
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


def expected_failures() -> set[str]:
    kinds = tomllib.loads(LIST.read_text("utf-8")).values()
    return {test for kind in kinds for test in kind["tests"]}


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
