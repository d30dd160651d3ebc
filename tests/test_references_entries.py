"""Entries of many styles and four languages: the fields that come out, no more and no fewer."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maizuru.graph.extract.references import parse_entry
from maizuru.graph.extract.references.names import people
from maizuru.graph.model import Contributor, Reference

CASES = tomllib.loads(
    (Path(__file__).parent / "cases" / "references" / "entries.toml").read_text("utf-8")
)["entry"]

PLAIN = (
    *("kind", "container", "publisher", "place", "volume", "issue", "pages", "page_count"),
    *("isbn13", "issn", "doi", "s2cid", "url", "archive", "language"),
)


def name(one: Contributor) -> str:
    return one.literal if one.corporate or not one.given else f"{one.family}, {one.given}"


def fields(reference: Reference) -> dict[str, Any]:
    """Return every filled field, persons and titles as the cases write them."""
    found = {field: getattr(reference, field) for field in PLAIN}
    for role in ("authors", "editors", "translators"):
        found[role] = [name(one) for one in getattr(reference, role)]
    found["titles"] = [f"{t.kind} {t.language}: {t.text}" for t in reference.titles]
    for date in ("issued", "archived", "retrieved"):
        value = getattr(reference, date)
        found[date] = value.edtf if value else ""
    return {field: value for field, value in found.items() if value}


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_entry_gives_its_fields(case: dict[str, Any]) -> None:
    assert fields(parse_entry(case["text"], case["document_language"])) == case["fields"]


def test_dates_carry_day_bounds_and_their_place() -> None:
    text = 'Ueno, H. (3 March 2005). "Remains come home". Minato Times. Retrieved 4 May 2006.'
    reference = parse_entry(text, "en")
    assert reference.issued is not None
    assert reference.retrieved is not None
    assert text[reference.issued.start : reference.issued.end] == "3 March 2005"
    assert reference.retrieved.earliest is not None
    assert reference.retrieved.earliest.isoformat() == "2006-05-04"


def test_dates_in_another_language_than_the_document() -> None:
    reference = parse_entry("«Список найден». The Harbour Times. 5 May 1991.", "ru")
    assert reference.issued is not None
    assert reference.issued.edtf == "1991-05-05"


@pytest.mark.parametrize("number", ["0-306-40615-3", "978-0-306-40615-8", "0-306-4061"])
def test_isbn_with_a_wrong_check_digit_is_not_stored(number: str) -> None:
    assert parse_entry(f"Berg, H. Title. London: Press, 1990. ISBN {number}.", "en").isbn13 == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cohen, Theodore, and Herbert Passin", ["Cohen, Theodore", "Passin, Herbert"]),
        ("David Glantz, John Erickson", ["Glantz, David", "Erickson, John"]),
        ("King, Anna; Sato, Jun", ["King, Anna", "Sato, Jun"]),
        ("Van der Berg, Marcel and Lucas, Leo", ["Van der Berg, Marcel", "Lucas, Leo"]),
        ("Иванов И. И., Петров П. П. и др.", ["Иванов, И. И.", "Петров, П. П."]),
        ("Hilger, Andreas / Petrov, Nikita", ["Hilger, Andreas", "Petrov, Nikita"]),
        ("Ienaga Saburō", ["Ienaga, Saburō"]),
        ("佐々木太郎・林一", ["佐々木, 太郎", "林, 一"]),
        ("ワレリー・カルポフ", ["カルポフ, ワレリー"]),
        ("Ministry of Health, Labour and Welfare", ["Ministry of Health, Labour and Welfare"]),
        ("The Long Way Home", []),
        ("Japanese Prisoners, Soviet Camps", []),
    ],
)
def test_names_are_told_from_what_is_no_name(text: str, expected: list[str]) -> None:
    assert [name(one) for one in people(text)] == expected


ENTRY_LIKE = st.lists(
    st.sampled_from(
        [*'.,:;()[]"“”«»「」『』–/ ', "Petrov", "I.", "1956", "pp. 3", "ISBN", "著", "(in Russian)"]
    ),
    max_size=40,
).map(" ".join)


@given(st.one_of(st.text(max_size=300), ENTRY_LIKE), st.sampled_from(["en", "ja", "ru", "de"]))
def test_any_text_is_read_without_error(text: str, language: str) -> None:
    reference = parse_entry(text, language)
    assert (reference.start, reference.end, reference.text) == (0, len(text), text)
    assert reference.kind
    for date in (reference.issued, reference.archived, reference.retrieved):
        assert date is None or 0 <= date.start < date.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        *("Aa, ", "A. ", '"', "«", "(", "()", "1-", "12, ", "p. 1, ", "ISBN 1", "Petrov I. I., "),
        *("『山", "'a ", ". – ", "von ", "O’", "vol. 1 (2) ", "ф. 1, оп. 1, ", "http://a"),
        *("\ue000", "\x1f"),
    ],
)
def test_hostile_entry_of_100_kb_is_read(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert parse_entry(text, "en").text == text


def test_title_between_the_author_and_the_imprint_in_brackets_is_no_author() -> None:
    reference = parse_entry("Kubo, Akira, Summer Muster (Otaru: Minami Shobo, 1979), p. 7.", "en")
    assert [name(one) for one in reference.authors] == ["Kubo, Akira"]
    assert [title.text for title in reference.titles] == ["Summer Muster"]
    assert (reference.place, reference.publisher) == ("Otaru", "Minami Shobo")


def test_number_of_a_camp_in_a_title_is_no_issue() -> None:
    reference = parse_entry("Серова, А. П. Лагерь № 12: очерк. Пермь: Кама, 2003. 90 с.", "ru")
    assert reference.titles[0].text == "Лагерь № 12: очерк"
    assert (reference.issue, reference.publisher) == ("", "Кама")
