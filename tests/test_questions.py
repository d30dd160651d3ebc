from __future__ import annotations

import pyoxigraph as ox
import pytest

from maizuru.graph.errors import NotFound, QueryError
from maizuru.graph.questions import Question, library, parse, question

ASKED = parse(
    "born",
    """# Title: Born in a year
# Description: Who was born in the year.
# Question: Who was born in that year?
# Parameter: year | integer | 1915 | The year.
# Parameter: name | string | x | A name.
SELECT ?person WHERE { ?person <urn:born> $year ; <urn:name> $name . FILTER($yearly) }
""",
)


@pytest.mark.parametrize("item", library(), ids=lambda item: item.name)
def test_every_question_is_whole(item: Question) -> None:
    assert item.title
    assert item.description.endswith(".")
    assert set(item.questions) == {"en", "ja", "ru"}
    ox.Store().query(item.query())
    ox.Store().query(item.text)


def test_parameters_are_written_as_terms() -> None:
    text = ASKED.query({"year": "1947", "name": 'a" . } DROP ALL #'})

    assert '"1947"^^<http://www.w3.org/2001/XMLSchema#integer>' in text
    assert r'"a\" . } DROP ALL #"' in text
    assert "$yearly" in text


def test_a_default_stands_in() -> None:
    assert '"1915"^^' in ASKED.query()


@pytest.mark.parametrize("values", [{"year": "1947x"}, {"month": "4"}])
def test_wrong_values_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(QueryError, match=r"year|month"):
        ASKED.query(values)


def test_an_unknown_question_is_told() -> None:
    with pytest.raises(NotFound, match="no question “nonsense”"):
        question("nonsense")


@pytest.mark.parametrize("text", ["SELECT * {}", "# Title: t\n# Parameter: year | number | 1 | x"])
def test_a_header_must_be_whole(text: str) -> None:
    with pytest.raises(QueryError):
        parse("broken", text)
