"""What Japanese and Russian sentences say.

A line of text, then ``subject predicate object`` parted by ``;``. ``!`` marks what is denied,
``?`` what is hedged.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from maizuru.graph import documents
from maizuru.graph.convert import extract
from maizuru.graph.model import Mention, Stance, Statement

LEADS = {
    "ja": "収容所の記録\n\nこの文章は記録である。\n\n",
    "ru": "Записки о лагере\n\nЭто запись о прошлом.\n\n",
}
FOLDER = Path(__file__).parent / "cases" / "statements"
MARKS = {Stance.ASSERTED: "", Stance.DENIED: "!", Stance.HEDGED: "?", Stance.DISPUTED: "~"}


def cases(language: str) -> list[tuple[str, str, str]]:
    """Return the language, text and statements of every case of a file."""
    text = (FOLDER / f"{language}.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return [(language, *pair) for pair in zip(lines[::2], lines[1::2], strict=True)]


def brief(statement: Statement) -> str:
    target = statement.object
    name = target.name if isinstance(target, Mention) else target.text
    return f"{MARKS[statement.stance]}{statement.subject.name} {statement.predicate} {name}"


@pytest.mark.parametrize(("language", "text", "says"), [*cases("ja"), *cases("ru")])
def test_sentences(language: str, text: str, says: str) -> None:
    lead = LEADS[language]
    found = extract(documents.from_text(f"{lead}{text}\n")).statements
    wanted = {said.strip() for said in says.split(";")} - {"-"}
    assert {brief(statement) for statement in found if statement.start >= len(lead)} == wanted


def test_the_topic_ends_with_its_section() -> None:
    text = "# 記録\n\n## 森田健二\n\n森田健二は画家だった。\n\n## 港\n\n1948年に舞鶴に帰国した。\n"
    found = extract(documents.from_text(text, "text.md")).statements
    assert not [s for s in found if s.predicate in {"returnedTo", "returnDate"}]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("森田健二 略歴", ["森田健二 returnDate 1948", "森田健二 returnedTo 舞鶴"]),
        ("森田健二の町と港の歴史", []),
    ],
)
def test_a_heading_of_a_name_is_the_topic(heading: str, said: list[str]) -> None:
    text = f"# 記録\n\nこの町の記録。\n\n## {heading}\n\n1948年に舞鶴に帰国した。\n"
    found = extract(documents.from_text(text, "text.md")).statements
    assert sorted(brief(s) for s in found if s.predicate.startswith("return")) == said
