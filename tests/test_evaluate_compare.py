"""What counts as the same wording and the same date when a converter is measured."""

from __future__ import annotations

import pytest

from maizuru.graph.evaluate.compare import same_date, same_wording


@pytest.mark.parametrize(
    ("ours", "gold", "same"),
    [
        ("a novel", "novel", True),
        ("head of the coal trust", "the coal trust's head", True),
        ("building a railway", "felling timber", False),
        ("hunger and cold", "cold", False),
    ],
)
def test_wording(ours: str, gold: str, same: bool) -> None:
    assert same_wording(ours, gold) is same


@pytest.mark.parametrize(
    ("edtf", "gold", "same"),
    [
        ("1946-05", "1946-05", True),
        ("199X", "1990s", True),
        ("1946", "1947", False),
        ("1945-24", "1945/1946 (winter)", True),
        ("1945-24", "1946/1947 (winter)", False),
        ("../2005", "до 2005", True),
    ],
)
def test_dates(edtf: str, gold: str, same: bool) -> None:
    assert same_date(edtf, gold) is same
