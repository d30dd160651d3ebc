"""Whole pages in Japanese and Russian: figures with their dates, statements, notes and markers."""

from __future__ import annotations

from pathlib import Path

import pytest

from maizuru.graph.convert import convert
from maizuru.graph.model import Extraction, Figure, Mention, Stance, Statement

FOLDER = Path(__file__).parent / "cases" / "foreign"
MARKS = {Stance.ASSERTED: "", Stance.DENIED: "!", Stance.HEDGED: "?", Stance.DISPUTED: "~"}


def figure_line(figure: Figure) -> str:
    lower, upper = figure.quantity.lower, figure.quantity.upper
    bounds = f"{lower}" if lower == upper else f"{lower or ''}-{upper or ''}"
    period = figure.period.edtf if figure.period else ""
    return f"figure {MARKS[figure.stance]}{figure.measure}:{bounds} {period}".strip()


def statement_line(statement: Statement) -> str:
    target = statement.object
    name = target.name if isinstance(target, Mention) else target.text
    mark = MARKS[statement.stance]
    return f"statement {mark}{statement.subject.name} {statement.predicate} {name}"


def lines(found: Extraction) -> list[str]:
    said = [figure_line(figure) for figure in found.figures]
    said += [statement_line(statement) for statement in found.statements]
    return sorted(set(said))


@pytest.mark.parametrize("name", ["tokiwa", "memo", "sever"])
def test_pages(name: str) -> None:
    wanted = (FOLDER / f"{name}.says").read_text("utf-8").splitlines()
    assert lines(convert(FOLDER / f"{name}.txt")) == wanted


def test_notes_in_full_width_brackets() -> None:
    found = convert(FOLDER / "tokiwa.txt")
    assert [reference.label for reference in found.references] == ["1", "2"]
    assert [(marker.text, marker.reference) for marker in found.markers] == [
        ("（1）", 0),
        ("（2）", 1),
    ]
    assert found.references[1].same_as == 0


def test_an_age_in_brackets_is_no_marker() -> None:
    found = convert(FOLDER / "tokiwa.txt")
    assert "（61）" in found.document.text
    assert "（61）" not in {marker.text for marker in found.markers}
