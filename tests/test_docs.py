"""The docs say what the code does: their commands run, and nothing of the interface is missing."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from maizuru.graph import KnowledgeGraph
from maizuru.graph.cli import Commands
from maizuru.graph.export import FORMATS
from maizuru.server.settings import table

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)

pytestmark = pytest.mark.tree


def blocks(language: str) -> Iterator[tuple[str, str]]:
    for path in [DOCS / "tutorial.md", DOCS / "python.md", *sorted((DOCS / "howto").glob("*.md"))]:
        for found, code in _BLOCK.findall(path.read_text("utf-8")):
            if found == language:
                yield path.name, code


@pytest.fixture(scope="module")
def place(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the release as ``kg``, as the reader of the tutorial has it."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "kg").symlink_to(release)
    return folder


COMMANDS = sorted({line for _, code in blocks("sh") for line in code.splitlines() if line})


@pytest.mark.parametrize("command", [c for c in COMMANDS if not c.startswith("maizuru build")])
def test_the_commands_run(place: Path, command: str) -> None:
    words = shlex.split(command)
    assert words[0] == "maizuru"
    done = subprocess.run(
        [sys.executable, "-c", "from maizuru.graph.cli import main; main()", *words[1:]],
        cwd=place,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("name", "code"), list(blocks("python")))
def test_the_python_runs(
    place: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str
) -> None:
    monkeypatch.chdir(place)
    exec(compile(code, name, "exec"), {})


def _everything() -> str:
    files = [ROOT / "README.md", *DOCS.rglob("*.md")]
    return "\n".join(path.read_text("utf-8") for path in files)


def test_every_command_is_named() -> None:
    text = _everything()
    commands = Commands("maizuru").list_commands(click.Context(Commands("maizuru")))

    assert [name for name in commands if f"maizuru {name}" not in text] == []


def test_every_setting_is_named() -> None:
    text = _everything()

    assert [name for name, *_ in table() if f"`{name}`" not in text] == []


def test_every_family_of_addresses_is_named() -> None:
    from maizuru.server.app import create_app
    from maizuru.server.pages import BLUEPRINTS
    from maizuru.server.settings import Settings

    text = _everything()
    app = create_app(Settings(access_log=""), blueprints=BLUEPRINTS)
    machine = ("id", "data", "graph", "linkset", "exports", "permalink", "reconcile", "vocabulary")
    families = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}
    assert families >= set(machine)
    assert [name for name in machine if f"/{name}" not in text] == []


def test_every_method_of_the_library_is_named() -> None:
    text = (DOCS / "python.md").read_text("utf-8")
    methods = [name for name in vars(KnowledgeGraph) if not name.startswith("_")]

    assert [name for name in methods if f"{name}(" not in text and f".{name}" not in text] == []


def test_the_links_of_the_docs_lead_somewhere() -> None:
    broken = []
    for path in DOCS.rglob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+\.md)[^)]*\)", path.read_text("utf-8")):
            if not (path.parent / target).is_file():
                broken.append((path.name, target))

    assert broken == []
    assert FORMATS


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", sorted((DOCS / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_the_notebooks_run(place: Path, path: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    client = pytest.importorskip("nbclient")
    notebook = nbformat.read(path, as_version=4)
    done = client.NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(place)}}
    ).execute()

    assert any(cell.get("outputs") for cell in done.cells)
