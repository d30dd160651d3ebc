"""Fifteen documents of our own, annotated before they were converted: no layer may fall back."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from maizuru.graph.evaluate import Report, evaluate

SETS = {
    # layer: precision, recall; a few points under what is reached
    "gold": {
        "boilerplate": (0.93, 0.96),
        "reference fields": (0.93, 0.85),
        "marker binding": (0.99, 0.99),
        "mentions": (0.92, 0.85),
        "resolution": (0.95, 0.95),
        "figures": (0.94, 0.86),
        "figures, full scope": (0.60, 0.57),
        "statements": (0.85, 0.66),
    },
    "gold_second": {
        "boilerplate": (0.95, 0.97),
        "reference fields": (0.94, 0.88),
        "marker binding": (0.97, 0.90),
        "mentions": (0.84, 0.80),
        "resolution": (0.94, 0.93),
        "figures": (0.85, 0.74),
        "figures, full scope": (0.66, 0.58),
        "statements": (0.92, 0.46),
    },
    "gold_third": {
        "boilerplate": (0.97, 0.85),
        "reference fields": (0.95, 0.95),
        "marker binding": (0.99, 0.99),
        "mentions": (0.77, 0.64),
        "resolution": (0.95, 0.93),
        "figures": (0.68, 0.38),
        "figures, full scope": (0.11, 0.06),
        "statements": (0.85, 0.31),
    },
}
LEAKS = {"gold": 0, "gold_second": 0, "gold_third": 9}
"""Most nodes and triples out of boilerplate."""


@cache
def report(name: str) -> Report:
    return evaluate(Path(__file__).parent / name / "gold")


@pytest.mark.parametrize(("name", "layer"), [(n, layer) for n in SETS for layer in SETS[n]])
def test_layer_keeps_what_it_reached(name: str, layer: str) -> None:
    total = next(found.total for found in report(name).layers if found.name == layer)
    precision, recall = SETS[name][layer]
    assert total.precision >= precision
    assert total.recall >= recall


@pytest.mark.parametrize("name", SETS)
def test_no_more_comes_out_of_boilerplate(name: str) -> None:
    assert report(name).leaked <= LEAKS[name]
