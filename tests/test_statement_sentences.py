"""Invented sentences and what they say, in three languages: ``cases/statements/*.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from maizuru.graph.convert import convert
from maizuru.graph.model import Mention, Statement, Term

FOLDER = Path(__file__).parent / "cases" / "statements"
Said = tuple[str, ...]
"""Subject, property, object, and if they matter stance and authority."""


def _split(text: str) -> Said:
    return tuple(part.strip() for part in text.split("|"))


def cases() -> Iterator[object]:
    """Yield the sentences with what they say and what they must not be read to say."""
    for path in sorted(FOLDER.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            says = frozenset(map(_split, case.get("says", ())))
            never = frozenset(map(_split, case.get("never", ())))
            yield pytest.param(case["text"], says, never, id=f"{path.stem}: {case['text'][:60]}")


@pytest.mark.parametrize(("text", "says", "never"), list(cases()))
def test_what_a_sentence_says(
    tmp_path: Path, text: str, says: frozenset[Said], never: frozenset[Said]
) -> None:
    source = tmp_path / "text.txt"
    source.write_text(text + "\n", "utf-8")
    said = {form for statement in convert(source).statements for form in _forms(statement)}
    assert says <= said
    assert not never & said


def _name(term: Term) -> str:
    return term.name if isinstance(term, Mention) else term.text


def _forms(statement: Statement) -> Iterator[Said]:
    """Yield a statement with and without its stance and authority."""
    plain = (_name(statement.subject), statement.predicate, _name(statement.object))
    stance = statement.stance.value
    yield plain
    yield (*plain, stance)
    yield (*plain, stance, _name(statement.authority) if statement.authority else "")
