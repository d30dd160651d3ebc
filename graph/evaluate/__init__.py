"""Evaluation against a gold standard; the criteria are published in ``docs/evaluation.md``."""

from __future__ import annotations

from .render import as_data, as_text
from .run import evaluate, measure
from .score import Layer, Miss, Report, Score, select

__all__ = [
    "Layer",
    "Miss",
    "Report",
    "Score",
    "as_data",
    "as_text",
    "evaluate",
    "measure",
    "select",
]
