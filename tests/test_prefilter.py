"""A prefilter never hides a match: it only spares the attempt where none can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import as_file
from random import Random

import pytest

from maizuru.graph import documents
from maizuru.graph.extract.references.patterns import rule_list
from maizuru.graph.extract.statements.names import patterns, sign_of
from maizuru.graph.language.prefilter import Haystack, prefilter
from maizuru.graph.model import EntityKind
from maizuru.graph.resources import corpus

SECTIONS = (
    ("references", "plain"),
    ("references", "dated"),
    ("references", "author-date"),
    ("references", "in-text"),
    ("references_languages", "date-words"),
)
NEEDED = [
    ("camp no", 0, "the camp no. 5", "the camp"),
    ("(?:died|fell)ing", 0, "he felling", "he was felled"),
    ("a(?:bc)?d{2}xyz", 0, "addxyz", "add"),
    ("(?i:ISBN)", 0, "isbn", "issn"),
    ("isbn", re.IGNORECASE, "ISBN", "ISSN"),
    ("[(（]x", 0, "（x", "x"),
    ("(?:qu|q)ay", 0, "quay", "day"),
    ("(?>stone)", 0, "stone", "sand"),
]


@pytest.mark.parametrize(("source", "flags", "holds", "lacks"), NEEDED)
def test_what_an_expression_needs_is_read_off_it(
    source: str, flags: int, holds: str, lacks: str
) -> None:
    expression = re.compile(source, flags)

    assert expression.search(holds)
    assert prefilter(expression).admits(Haystack(holds))
    assert not prefilter(expression).admits(Haystack(lacks))


@pytest.mark.parametrize(
    "source", [r"\d+", "(?:camp)?", "camp|.x", "(?!camp)x", "(?<=camp) ", "[^c]", "(?:camp){0,2}"]
)
def test_what_cannot_be_told_is_not_asked_for(source: str) -> None:
    assert prefilter(re.compile(source)).admits(Haystack("x 1"))


@pytest.mark.parametrize("text", ["75 \u212a", "ſix", "ΟΔΟΣ", "\u0130x"])
def test_letters_with_several_other_cases_are_admitted(text: str) -> None:
    for source in ("k", "six", "οδος", "i̇x|ix"):
        expression = re.compile(source, re.IGNORECASE)
        if expression.search(text):
            assert prefilter(expression).admits(Haystack(text))


def _sentences() -> list[str]:
    with as_file(corpus()) as folder:
        texts = [documents.read(path).text for path in documents.find_sources([folder])]
    return [line for text in texts for line in re.split(r"(?<=[.。]) |\n", text) if line.strip()]


def _expressions() -> Iterator[re.Pattern[str]]:
    for file, section in SECTIONS:
        yield from (rule.pattern for rule in rule_list(file, section))
    for language in ("en", "ru", "ja"):
        yield from (pattern.match for pattern in patterns(language))


def _mixed(random: Random, sentences: list[str]) -> str:
    """Return words of some sentences in some order, with the signs that stand for mentions."""
    words = [word for one in random.sample(sentences, 3) for word in one.split()]
    signs = [sign_of(kind) for kind in EntityKind] + ["\ue000", "\ue020", "(", ")", ","]
    drawn = random.sample(words, min(len(words), 25)) + random.choices(signs, k=12)
    if random.random() < 0.5:
        drawn = [word.lower() for word in drawn]
    random.shuffle(drawn)
    return " ".join(drawn)


def test_no_match_is_lost_on_sentences_of_the_corpus() -> None:
    random, sentences = Random(5), _sentences()
    texts = sentences + [_mixed(random, sentences) for _ in range(600)]
    hays = [Haystack(text) for text in texts]
    rejected = 0
    for expression in _expressions():
        quick = prefilter(expression)
        for hay in hays:
            if not quick.admits(hay):
                rejected += 1
                assert expression.search(hay.text) is None, (expression.pattern, hay.text)

    assert rejected > len(texts) * 20
