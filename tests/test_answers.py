"""The questions of the library give the answers a reader of the documents expects."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from maizuru.graph.build import build
from maizuru.graph.questions import question
from maizuru.graph.store import Store, open_release

CHECKS = tomllib.loads(Path(__file__).with_name("questions.toml").read_text("utf-8"))["check"]


@pytest.fixture(scope="module")
def corpus(release: Path) -> Store:
    return open_release(release)


@pytest.fixture(scope="module")
def documents(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    place = tmp_path_factory.mktemp("documents") / "kg"
    build([shared / "documents"], place)
    return open_release(place)


def _name(check: dict[str, Any]) -> str:
    given = "-".join(check.get("parameters", {}).values())
    return f"{check['data']}-{check['question']}{'-' if given else ''}{given}"


@pytest.mark.parametrize("check", CHECKS, ids=_name)
def test_answer(check: dict[str, Any], request: pytest.FixtureRequest) -> None:
    store: Store = request.getfixturevalue(check["data"])
    rows = _rows(store, question(check["question"]).query(check.get("parameters", {})))

    if "rows" in check:
        assert len(rows) == check["rows"]
    assert len(rows) >= check.get("at_least", 0)
    if "first" in check:
        assert _matches(rows[0], check["first"])
    for wanted in check.get("contains", []):
        assert any(_matches(row, wanted) for row in rows), f"{wanted} not in {rows}"
    for unwanted in check.get("lacks", []):
        assert not any(_matches(row, unwanted) for row in rows), unwanted


def test_every_check_asks_for_something() -> None:
    told = ("rows", "at_least", "first", "contains", "lacks")

    assert not [check for check in CHECKS if not any(key in check for key in told)]


def _rows(store: Store, query: str) -> list[dict[str, str]]:
    answer = store.query(query)
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [
        {
            name: str(getattr(term, "value", ""))
            for name, term in zip(names, row, strict=True)
            if term is not None
        }
        for row in answer
    ]


def _matches(row: dict[str, str], wanted: dict[str, str]) -> bool:
    """Compare the columns named: numbers and short words exactly, sentences by a part of them.

    An IRI is compared by its last step, so that ``died`` means ``…/measure/died``.
    """
    return all(_same(row.get(name, ""), value) for name, value in wanted.items())


def _same(found: str, wanted: str) -> bool:
    if found.startswith(("http://", "https://")):
        found = found.replace("#", "/").rpartition("/")[2]
    if wanted.replace(".", "").isdigit() or len(wanted) < 3:
        return found == wanted
    return wanted in found
