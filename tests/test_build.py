from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from maizuru.graph import build as building
from maizuru.graph.build import build
from maizuru.graph.cli import main, maizuru
from maizuru.graph.errors import DocumentError
from maizuru.graph.namespaces import Iris
from maizuru.graph.release import DATA

LETTER = (
    "The camp at Rada\n\nGeneral Kenji Sato was held in the camp at Rada. "
    "About 700 prisoners died there in 1946.\n"
)


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    return folder


def test_two_builds_give_the_same_bytes(
    letters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "PARALLEL_FROM", 1)
    build([letters], tmp_path / "one", jobs=1)
    build([letters], tmp_path / "two", jobs=2)

    assert (tmp_path / "one" / DATA).read_bytes() == (tmp_path / "two" / DATA).read_bytes()


def test_a_release_holds_what_is_promised(letters: Path, tmp_path: Path) -> None:
    build([letters], tmp_path / "kg")

    held = {path.name for path in (tmp_path / "kg").iterdir()}
    assert {DATA, "documents", "void.ttl", "report.json", "report.html", "manifest.json"} <= held
    manifest = json.loads((tmp_path / "kg" / "manifest.json").read_text("utf-8"))
    assert manifest["documents"][0]["slug"] == "letter"
    assert manifest["counts"]["classes"]["https://w3id.org/maizuru/ontology#Figure"] >= 1


def test_the_base_is_a_setting(letters: Path, tmp_path: Path) -> None:
    report = build([letters], tmp_path / "kg", iris=Iris("https://camp.example/"))

    assert "https://camp.example/graph/document/letter" in report.counts["graphs"]
    assert not [graph for graph in report.counts["graphs"] if "w3id.org" in graph]


def _spoil(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "latin.txt").write_bytes("Wörterbuch für Kriegsgefangene".encode("latin-1"))
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)


def test_documents_that_cannot_be_read_are_named_and_the_rest_is_built(
    letters: Path, tmp_path: Path
) -> None:
    _spoil(letters)

    run = CliRunner().invoke(maizuru, ["build", str(letters), "-o", str(tmp_path / "kg")])

    assert run.exit_code == 1
    for name in ("empty.txt", "latin.txt", "binary.txt"):
        assert name in run.stderr
    assert "Traceback" not in run.stderr
    assert "1 documents" in run.stdout
    assert (tmp_path / "kg" / DATA).is_file()


def test_where_nothing_can_be_read_nothing_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    _spoil(folder)

    with pytest.raises(DocumentError, match="No document could be read"):
        build([folder], tmp_path / "kg")

    assert [path.name for path in tmp_path.iterdir()] == ["letters"]


def test_an_interrupted_build_leaves_the_earlier_release(
    letters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([letters], tmp_path / "kg")
    before = (tmp_path / "kg" / DATA).read_bytes()

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "write_release_store", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build([letters], tmp_path / "kg")

    assert (tmp_path / "kg" / DATA).read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kg", "letters"]


def test_the_report_tells_what_gave_nothing(letters: Path, tmp_path: Path) -> None:
    (letters / "quiet.txt").write_text(
        "A page\n\nIn March 1947 Ivan Petrov admired the river Volga for a while.\n", "utf-8"
    )
    report = build([letters], tmp_path / "kg")

    quiet = next(document for document in report.documents if document.slug == "quiet")
    assert "Volga" in " ".join(silent.text for silent in quiet.silent)
    page = (tmp_path / "kg" / "report.html").read_text("utf-8")
    assert "Volga" in page
    assert "{{" not in page
    run = CliRunner().invoke(maizuru, ["report", str(tmp_path / "kg"), "--silent"])
    assert "Volga" in run.stdout


def test_a_question_is_answered_by_name(release: Path) -> None:
    run = CliRunner().invoke(
        maizuru, ["query", str(release), "named", "-p", "name=舞鶴", "-f", "csv"]
    )

    assert run.exit_code == 0
    assert "place/maizuru" in run.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["query", "nowhere", "camps"], "no release folder"),
        (["query", "{release}", "nonsense"], "no question “nonsense”"),
        (["query", "{release}", "SELECT * WHERE {"], "cannot be parsed"),
        (["query", "{release}", "named", "-p", "nme=x"], "no parameter nme"),
        (["report", "nowhere"], "not a release"),
        (["export", "nowhere", "-f", "csv", "-o", "x"], "no release folder"),
    ],
)
def test_errors_are_sentences(
    release: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    sentence: str,
) -> None:
    given = [argument.replace("{release}", str(release)) for argument in arguments]
    monkeypatch.setattr("sys.argv", ["maizuru", *given])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert "Traceback" not in told
