"""Five documents of our own, annotated before they were converted: no layer may fall back."""

from __future__ import annotations

from pathlib import Path

import pytest

from maizuru.graph.evaluate import Report, evaluate

GOLD = Path(__file__).parent / "gold" / "gold"

FLOORS = {
    # layer: precision, recall; a few points under what is reached
    "boilerplate": (0.93, 0.96),
    "reference fields": (0.93, 0.85),
    "marker binding": (0.99, 0.99),
    "mentions": (0.92, 0.85),
    "resolution": (0.95, 0.95),
    "figures": (0.94, 0.86),
    "statements": (0.85, 0.66),
}


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate(GOLD)


@pytest.mark.parametrize("name", FLOORS)
def test_layer_keeps_what_it_reached(report: Report, name: str) -> None:
    total = next(layer.total for layer in report.layers if layer.name == name)
    precision, recall = FLOORS[name]
    assert total.precision >= precision
    assert total.recall >= recall


def test_nothing_comes_out_of_boilerplate(report: Report) -> None:
    assert report.leaked == 0
