"""Standard numbers: check digits, and addresses without the punctuation around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maizuru.graph.extract.references.identifiers import doi, isbn13, issn, trimmed


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("0-306-40615-2", "9780306406157"),
        ("978-0-306-40615-7", "9780306406157"),
        ("0 8044 2957 X", "9780804429573"),
        ("080442957x", "9780804429573"),
        ("9791090636071", "9791090636071"),
        ("0-306-40615-3", ""),
        ("978-0-306-40615-8", ""),
        ("9770306406157", ""),
        ("0-306-4061", ""),
        ("X-306-40615-2", ""),
        ("", ""),
    ],
)
def test_isbn_is_checked_and_converted(raw: str, expected: str) -> None:
    assert isbn13(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("0378-5955", "0378-5955"), ("2434561X", "2434-561X"), ("0378-5954", ""), ("0378-595", "")],
)
def test_issn_is_checked(raw: str, expected: str) -> None:
    assert issn(raw) == expected


@given(st.integers(0, 10**9 - 1), st.integers(0, 10))
def test_exactly_one_check_digit_fits_an_isbn10(number: int, digit: int) -> None:
    digits = f"{number:09d}"
    total = sum((10 - place) * int(value) for place, value in enumerate(digits))
    right = -total % 11
    raw = digits + ("X" if digit == 10 else str(digit))
    assert bool(isbn13(raw)) == (digit == right)


@given(st.text(max_size=30))
def test_no_text_is_an_error(text: str) -> None:
    assert len(isbn13(text)) in (0, 13)
    assert len(issn(text)) in (0, 9)


def test_doi_without_resolver_and_closing_mark() -> None:
    assert doi("https://doi.org/10.1234/ab_c.5.") == "10.1234/ab_c.5"
    assert doi("doi: 11.1234/x") == ""


def test_bracket_that_belongs_to_an_address_stays() -> None:
    assert trimmed("http://example.org/a_(camp)).") == "http://example.org/a_(camp)"
