"""The report for people (plain text) and for machines (a JSON object)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from .score import Layer, Miss, Report, Score

_DIGITS = 4


def as_data(report: Report) -> dict[str, Any]:
    """Return the report as plain data: layers with scores per part and document, and misses."""
    return {
        "gold": report.gold,
        "documents": dict(report.documents),
        "leaked": report.leaked,
        "skipped": list(report.skipped),
        "layers": {layer.name: _layer_data(layer) for layer in report.layers},
    }


def _layer_data(layer: Layer) -> dict[str, Any]:
    return {
        "total": _score_data(layer.total),
        "parts": {name: _score_data(score) for name, score in layer.parts.items()},
        "documents": {name: _score_data(score) for name, score in layer.documents.items()},
        "misses": [asdict(miss) for miss in layer.misses],
    }


def _score_data(score: Score) -> dict[str, float]:
    return {
        "precision": round(score.precision, _DIGITS),
        "recall": round(score.recall, _DIGITS),
        "f1": round(score.f1, _DIGITS),
        "right": round(score.right, _DIGITS),
        "found": round(score.found, _DIGITS),
        "reached": round(score.reached, _DIGITS),
        "gold": round(score.gold, _DIGITS),
    }


def as_text(report: Report, misses: int = 0) -> str:
    """Return the report as text: a table, and up to *misses* disagreements per layer."""
    return "\n".join(_lines(report, misses))


def _lines(report: Report, misses: int) -> Iterator[str]:
    yield f"Gold standard: {report.gold}"
    yield f"{'':42}{'precision':>10}{'recall':>9}{'F1':>8}{'right':>9}{'found':>8}{'gold':>8}"
    for layer in report.layers:
        if layer.name == "negatives":
            continue
        yield _row(layer.name, layer.total)
        for name, score in sorted(layer.parts.items()):
            yield _row(f"    {name}", score)
        for name, score in layer.documents.items():
            yield _row(f"    document {name}", score)
    yield f"Nodes or triples out of boilerplate: {report.leaked}"
    for sentence in report.skipped:
        yield f"Skipped: {sentence}."
    for layer in report.layers:
        if misses and layer.misses:
            yield ""
            yield f"{layer.name}: {len(layer.misses)} disagreements"
            yield from (_miss(miss) for miss in layer.misses[:misses])


def _row(name: str, score: Score) -> str:
    return (
        f"{name:42}{score.precision:>10.3f}{score.recall:>9.3f}{score.f1:>8.3f}"
        f"{_number(score.reached):>9}{_number(score.found):>8}{_number(score.gold):>8}"
    )


def _number(count: float) -> str:
    return f"{count:.1f}".removesuffix(".0")


def _miss(miss: Miss) -> str:
    where = f"{miss.document}:{miss.start}-{miss.end}"
    text = " ".join(miss.text.split())
    return f"  {miss.kind:8}{where:18} {text}  [{miss.detail}]"
