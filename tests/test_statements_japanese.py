"""What Japanese sentences say: a line of text, then ``subject predicate object`` parted by ``;``.

``!`` marks what is denied, ``?`` what is hedged.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from maizuru.graph import documents
from maizuru.graph.convert import extract
from maizuru.graph.model import Mention, Stance, Statement

LEAD = "収容所の記録\n\nこの文章は記録である。\n\n"
MARKS = {Stance.ASSERTED: "", Stance.DENIED: "!", Stance.HEDGED: "?", Stance.DISPUTED: "~"}
LINES = [
    line
    for line in (Path(__file__).parent / "cases" / "statements" / "ja.txt")
    .read_text("utf-8")
    .splitlines()
    if not line.startswith("#")
]


def brief(statement: Statement) -> str:
    target = statement.object
    name = target.name if isinstance(target, Mention) else target.text
    return f"{MARKS[statement.stance]}{statement.subject.name} {statement.predicate} {name}"


@pytest.mark.parametrize(("text", "says"), list(zip(LINES[::2], LINES[1::2], strict=True)))
def test_sentences(text: str, says: str) -> None:
    found = extract(documents.from_text(f"{LEAD}{text}\n")).statements
    wanted = {said.strip() for said in says.split(";")} - {"-"}
    assert {brief(statement) for statement in found if statement.start >= len(LEAD)} == wanted


def test_the_topic_ends_with_its_section() -> None:
    text = "# 記録\n\n## 森田健二\n\n森田健二は画家だった。\n\n## 港\n\n1948年に舞鶴に帰国した。\n"
    found = extract(documents.from_text(text, "text.md")).statements
    assert not [s for s in found if s.predicate in {"returnedTo", "returnDate"}]
