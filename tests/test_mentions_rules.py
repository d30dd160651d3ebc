"""The machinery under the finder: patterns, anchors, the cutter, the authorities, Russian cases."""

from __future__ import annotations

import re

import pyoxigraph
import pytest

from maizuru.graph.language.inflection import nominative_name, russian_forms
from maizuru.graph.language.transliteration import search_key
from maizuru.graph.mentions.anchors import anchors, character_set
from maizuru.graph.mentions.authorities import folder, records
from maizuru.graph.mentions.lexicon import Lexicon
from maizuru.graph.mentions.machine import machine
from maizuru.graph.mentions.patterns import compile_pattern
from maizuru.graph.mentions.tokens import JapaneseCutter, tokenise
from maizuru.graph.resources import ontology


def test_tokens_keep_initials_hyphens_and_offsets() -> None:
    text = "S.I. Kuznetsov's Komsomolsk-on-Amur, No. 9898ss"
    tokens = tokenise([(10, text)], JapaneseCutter([]))
    assert tokens.words[:4] == ["S.I.", "Kuznetsov", "'s", "Komsomolsk-on-Amur"]
    assert "9898ss" in tokens.words
    spans = zip(tokens.words, tokens.starts, tokens.ends, strict=True)
    assert all(text[start - 10 : end - 10] == word for word, start, end in spans if word != "\n")


def test_japanese_is_cut_by_the_longest_known_word() -> None:
    cutter = JapaneseCutter(["イルクーツク州", "イルクーツク", "収容所"])
    words = tokenise([(0, "イルクーツク州の収容所")], cutter).words
    assert words == ["イルクーツク州", "の", "収容所", "\n"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[ab]?[c]", [{"c"}]),
        ("(?:[a]|[b])[c-e]+", [{"a", "b"}, {"c", "d", "e"}]),
        ("(?=[a])[b]{0,2}[c]{1,3}", [{"c"}]),
        ("(?:[a][b]?|[c])", [{"a", "c"}]),
        ("(?P<m>[a]*)", []),
    ],
)
def test_anchors_are_what_no_match_can_lack(source: str, expected: list[set[str]]) -> None:
    assert sorted(map(sorted, anchors(source))) == sorted(map(sorted, expected))


def test_an_anchor_is_in_every_match_of_every_rule() -> None:
    characters = sorted(
        {c for layer in machine().layers for p in layer for s in p.needs for c in s}
    )
    text = "".join(characters * 2)
    for layer in machine().layers:
        for pattern in layer:
            for match in pattern.expression.regex.finditer(text):
                assert all(set(match.group()) & needed for needed in pattern.needs), pattern.name


def test_character_sets_are_written_as_ranges() -> None:
    assert character_set(frozenset("abcx")) == "[a-cx]"
    assert re.fullmatch(character_set(frozenset("一丁七")), "丁")


def test_a_pattern_with_an_unknown_class_is_refused() -> None:
    entry = {"name": "x", "kind": "place", "match": "<no-such-class>"}
    with pytest.raises(ValueError, match="no-such-class"):
        compile_pattern(entry, {}, Lexicon({}))


def test_every_authority_file_is_turtle_with_sources() -> None:
    folder_of_records = ontology("authorities")
    for file in folder_of_records.iterdir():
        quads = list(pyoxigraph.parse(file.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE))
        subjects = {quad.subject for quad in quads}
        source = pyoxigraph.NamedNode("http://purl.org/dc/terms/source")
        assert subjects == {quad.subject for quad in quads if quad.predicate == source}


def test_authority_keys_are_in_the_folder_of_their_kind_and_names_are_distinct() -> None:
    owners: dict[tuple[str, str, str], str] = {}
    assert len(records()) > 150
    for record in records():
        assert record.key.startswith(folder(record.kind) + "/")
        assert record.labels
        for label in record.labels:
            same = (record.kind.value, record.subkind, label.text)
            assert owners.setdefault(same, record.key) == record.key, label.text


def test_authority_names_of_one_record_meet_across_scripts() -> None:
    (karaganda,) = [record for record in records() if record.key == "place/karaganda"]
    keys = {search_key(label.text) for label in karaganda.labels}
    assert "karaganda" in keys
    assert {label.language for label in karaganda.labels} >= {"en", "ja", "ru"}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Япония", "Японии"),
        ("Приморский край", "Приморском крае"),
        ("Хабаровск", "Хабаровска"),
        ("Курильские острова", "Курильских островов"),
    ],
)
def test_russian_names_are_inflected(name: str, form: str) -> None:
    assert form in russian_forms(name)


@pytest.mark.parametrize(
    ("oblique", "nominative"),
    [
        ("Ольги Верещагиной", "Ольга Верещагина"),
        ("Петра Сергеевича Ковалёва", "Пётр Сергеевич Ковалёв"),
        ("Александра Дубровского", "Александр Дубровский"),
        ("Александра Петрова", "Александра Петрова"),
        ("В. П. Городецкого", "В. П. Городецкий"),
        ("Е. Ю. Ветренко", "Е. Ю. Ветренко"),
    ],
)
def test_russian_persons_come_back_to_the_nominative(oblique: str, nominative: str) -> None:
    assert nominative_name(oblique) == nominative
