"""The wheel must hold what the tree holds, and the house must keep its bounds."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PARTS = ["graph", "server", "ontology", "queries"]

pytestmark = pytest.mark.tree


def _modules() -> list[Path]:
    return [
        path for part in [*PARTS, "tests", "benchmarks"] for path in (ROOT / part).rglob("*.py")
    ]


def test_every_package_is_listed() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    found = {
        ".".join(["maizuru", *init.parent.relative_to(ROOT).parts])
        for part in PARTS
        for init in (ROOT / part).rglob("__init__.py")
    }

    assert found == set(pyproject["tool"]["setuptools"]["packages"])


def test_every_folder_of_code_is_a_package() -> None:
    folders = {path.parent for part in PARTS for path in (ROOT / part).rglob("*.py")}

    assert not [folder for folder in folders if not (folder / "__init__.py").is_file()]


def test_modules_and_functions_keep_their_bounds() -> None:
    too_long = []
    for path in _modules():
        text = path.read_text("utf-8")
        if text.count("\n") > 400:
            too_long.append(str(path))
        for found in ast.walk(ast.parse(text)):
            if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef):
                assert found.end_lineno is not None
                if found.end_lineno - found.lineno >= 50:
                    too_long.append(f"{path}:{found.lineno} {found.name}")

    assert not too_long


def test_the_graph_never_imports_the_server() -> None:
    offenders = [
        f"{path}:{found.lineno}"
        for path in (ROOT / "graph").rglob("*.py")
        for found in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(found, ast.Import | ast.ImportFrom)
        for name in [getattr(found, "module", None) or "", *(item.name for item in found.names)]
        if name.split(".")[0] in ("maizuru", "server")
    ]

    assert not offenders


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 150


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_locks_pin_with_hashes_and_name_no_registry(name: str) -> None:
    lock = (ROOT / ".ci" / name).read_text("utf-8")
    pins = re.findall(r"^([a-z0-9._-]+)==", lock, re.M)

    assert len(pins) > 10
    assert lock.count("--hash=sha256:") >= len(pins)
    assert "://" not in lock
    assert "--index-url" not in lock
    assert "--find-links" not in lock


def test_python_files_hold_no_sparql() -> None:
    offenders = [
        str(path)
        for part in ("graph", "server")
        for path in (ROOT / part).rglob("*.py")
        if re.search(r"\bSELECT\s+(DISTINCT\s+)?[?(]|\bCONSTRUCT\s*\{", path.read_text("utf-8"))
    ]

    assert not offenders


def test_installed_resources_are_those_of_the_tree() -> None:
    for package, part in (("maizuru.ontology", "ontology"), ("maizuru.queries", "queries")):
        assert {item.name for item in files(package).iterdir() if item.is_file()} >= {
            path.name for path in (ROOT / part).iterdir() if path.suffix in (".ttl", ".rq")
        }
