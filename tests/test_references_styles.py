"""Entries in the styles of many countries: every field that is there, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from maizuru.graph.extract.references import parse_entry
from maizuru.graph.language.scripts import detect_language
from maizuru.graph.model import Contributor, Reference

TABLE = Path(__file__).parent / "cases" / "references" / "styles.tsv"
LINES = [
    tuple(line.split("\t"))
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
PLAIN = {
    "c": "container", "place": "place", "pub": "publisher", "v": "volume", "i": "issue",
    "pp": "pages", "n": "page_count", "isbn": "isbn13", "doi": "doi", "url": "url",
}  # fmt: skip
PEOPLE = {"a": "authors", "e": "editors", "tr": "translators"}
DATES = {"y": "issued", "ret": "retrieved", "arch": "archived"}


def name(one: Contributor) -> str:
    return one.literal if one.corporate or not one.given else f"{one.family}, {one.given}"


def fields(reference: Reference) -> dict[str, str]:
    """Return the filled fields as the table writes them."""
    found = {key: str(getattr(reference, field) or "") for key, field in PLAIN.items()}
    for key, field in PEOPLE.items():
        found[key] = "|".join(name(one) for one in getattr(reference, field))
    for key, field in DATES.items():
        value = getattr(reference, field)
        found[key] = value.edtf if value else ""
    found["t"] = reference.titles[0].text if reference.titles else ""
    return {key: spaceless(value) for key, value in found.items() if value}


def spaceless(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(("entry", "wanted"), LINES)
def test_entry_of_a_style(entry: str, wanted: str) -> None:
    expected = dict(pair.split("=", 1) for pair in wanted.split("; ")) if wanted != "-" else {}
    found = fields(parse_entry(entry, detect_language(entry)))
    assert found == {key: spaceless(value) for key, value in expected.items()}


def test_the_table_holds_entries_enough() -> None:
    assert len(LINES) >= 80
