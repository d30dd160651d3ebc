from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from maizuru.graph import release
from maizuru.graph.errors import ReleaseError


def _make(place: Path, word: str) -> None:
    with release.writing(place) as folder:
        release.write_json(folder / release.MANIFEST, {"format": release.FORMAT})
        (folder / "word").write_text(word)


def test_a_release_appears_whole(tmp_path: Path) -> None:
    place = tmp_path / "kg"

    with release.writing(place) as folder:
        (folder / release.MANIFEST).write_text("{}")
        assert not place.exists()

    assert (place / release.MANIFEST).is_file()
    assert [item.name for item in tmp_path.iterdir()] == ["kg"]


def _fail(place: Path, failure: type[BaseException]) -> None:
    with release.writing(place) as folder:
        (folder / "word").write_text("half")
        raise failure


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt])
def test_a_failed_build_leaves_the_earlier_release(
    tmp_path: Path, failure: type[BaseException]
) -> None:
    place = tmp_path / "kg"
    _make(place, "earlier")

    with pytest.raises(failure):
        _fail(place, failure)

    assert (place / "word").read_text() == "earlier"
    assert [item.name for item in tmp_path.iterdir()] == ["kg"]


def test_a_new_release_replaces_the_earlier_one(tmp_path: Path) -> None:
    place = tmp_path / "kg"
    _make(place, "earlier")
    _make(place, "later")

    assert (place / "word").read_text() == "later"
    assert [item.name for item in tmp_path.iterdir()] == ["kg"]


def test_a_folder_that_is_no_release_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("ten years of work")

    with pytest.raises(ReleaseError, match="not a Maizuru release"), release.writing(tmp_path):
        pass

    assert (tmp_path / "thesis.txt").exists()


def test_data_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    lines = ['<http://a> <http://b> "c" <http://g> .']
    first, second = tmp_path / "first.gz", tmp_path / "second.gz"

    assert release.write_data(lines, first) == release.write_data(lines, second)
    assert first.read_bytes() == second.read_bytes()
    assert gzip.decompress(first.read_bytes()).decode() == lines[0] + "\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "has no manifest"), ("{", "not valid JSON"), ('{"format": 0}', "format 0")],
)
def test_a_broken_manifest_is_told(tmp_path: Path, content: str | None, sentence: str) -> None:
    if content is not None:
        (tmp_path / release.MANIFEST).write_text(content)

    with pytest.raises(ReleaseError, match=sentence):
        release.read_manifest(tmp_path)
