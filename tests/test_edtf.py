from __future__ import annotations

from datetime import date

import pytest

from maizuru.graph.edtf import bounds

DATES = [
    ("1946", "1946-01-01", "1946-12-31"),
    ("1946-02", "1946-02-01", "1946-02-28"),
    ("1948-02", "1948-02-01", "1948-02-29"),
    ("1956-12-26", "1956-12-26", "1956-12-26"),
    ("1956-12-XX", "1956-12-01", "1956-12-31"),
    ("194X", "1940-01-01", "1949-12-31"),
    ("19XX", "1900-01-01", "1999-12-31"),
    ("1946~", "1946-01-01", "1946-12-31"),
    ("1946-21", "1946-03-01", "1946-05-31"),
    ("1946-33", "1946-01-01", "1946-03-31"),
    ("1946-41", "1946-07-01", "1946-12-31"),
    ("1945/1956", "1945-01-01", "1956-12-31"),
    ("1945-08/1956-12-26", "1945-08-01", "1956-12-26"),
    ("../1949", None, "1949-12-31"),
    ("1949/..", "1949-01-01", None),
]


@pytest.mark.parametrize(("edtf", "first", "last"), DATES, ids=[edtf for edtf, _, _ in DATES])
def test_bounds(edtf: str, first: str | None, last: str | None) -> None:
    expected = tuple(None if day is None else date.fromisoformat(day) for day in (first, last))
    assert bounds(edtf) == expected


@pytest.mark.parametrize("text", ["", "46", "Showa 20", "1946-13", "1946-02-30", "1946/1947/1948"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        bounds(text)
