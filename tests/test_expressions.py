"""Expressions wait until they are used; so a test compiles them all."""

from __future__ import annotations

import gc
import re

import pytest

from maizuru.graph.extract.figures.lexicon import measures
from maizuru.graph.language.dates.patterns import patterns
from maizuru.graph.language.expressions import Expression
from maizuru.graph.language.quantities.lexicon import lexicon
from maizuru.graph.mentions.machine import machine


def test_an_expression_is_compiled_once_and_as_it_was_given() -> None:
    expression = Expression("camp (?P<number>\\d+)", re.IGNORECASE)

    regex = expression.regex
    re.purge()
    match = regex.search("in Camp 7")

    assert match is not None
    assert match["number"] == "7"
    assert expression.regex is regex


def test_a_wrong_expression_is_told_when_it_is_used() -> None:
    expression = Expression("(camp")

    with pytest.raises(re.error):
        _ = expression.regex


@pytest.mark.slow
def test_all_expressions_of_the_rules_can_be_compiled() -> None:
    machine()
    for language in ("en", "ru", "ja", "de"):
        patterns(language)
        lexicon(language)
        measures(language)
    found = [one for one in gc.get_objects() if isinstance(one, Expression)]
    kept = [one for one in found if "(camp" not in one.source]

    assert len(kept) > 300
    for one in kept:
        assert one.regex.pattern == one.source
