"""The name finder as a spaCy component."""

from __future__ import annotations

import builtins
import contextlib
import importlib
import io
import re
import sys
from pathlib import Path

import pytest

from maizuru.graph.errors import MaizuruError

spacy = pytest.importorskip("spacy", reason="spaCy, an extra, is not installed")

PAGE = Path(__file__).parents[1] / "docs" / "spacy.md"
PLACE = "https://w3id.org/maizuru/id/place"


def _ents(language: str, text: str) -> list[tuple[str, str, str]]:
    nlp = spacy.blank(language)
    nlp.add_pipe("maizuru")
    return [(entity.text, entity.label_, entity.kb_id_) for entity in nlp(text).ents]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Kenji Sato was held in Irkutsk.", "Irkutsk"),
        ("ru", "Историк Иван Петров родился в Иркутске.", "Иркутске"),
        ("zh", "佐藤健司は1946年にイルクーツクで死亡した。", "イルクーツク"),
        ("xx", "Kenji Sato came to Irkutsk.", "Irkutsk"),
        ("en", "The camp lay near the river.\r\nKenji Sato was held in Irkutsk.", "Irkutsk"),
    ],
)
def test_names_have_class_and_iri(language: str, text: str, name: str) -> None:
    assert (name, "Place", f"{PLACE}/irkutsk") in _ents(language, text)


def test_of_overlapping_names_the_longest_is_an_entity() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("maizuru")

    doc = nlp("He was held in the Chita camp.")

    assert [span.text for span in doc.spans["maizuru"]] == ["Chita camp", "Chita"]
    assert [entity.text for entity in doc.ents] == ["Chita camp"]


def test_what_an_earlier_component_found_stays() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "TOWN", "pattern": "Irkutsk"}])
    nlp.add_pipe("maizuru")

    doc = nlp("Kenji Sato was held in Irkutsk.")

    assert [(e.text, e.label_) for e in doc.ents] == [("Kenji Sato", "Person"), ("Irkutsk", "TOWN")]


def test_a_name_in_a_token_that_goes_on_is_left_out() -> None:
    assert _ents("xx", "佐藤健司は1946年にイルクーツクで死亡した。") == []


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_nothing_is_found_in_an_empty_text(text: str) -> None:
    assert _ents("en", text) == []


def test_the_base_of_the_iris_is_a_setting() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("maizuru", config={"base": "https://example.org/"})

    assert nlp("They came to Irkutsk.").ents[0].kb_id_ == "https://example.org/id/place/irkutsk"


def test_without_spacy_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "maizuru.graph.spacy_component"
    real = builtins.__import__

    def refuse(module: str, *rest: object, **named: object) -> object:
        if module.startswith("spacy"):
            raise ImportError(module)
        return real(module, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setattr(builtins, "__import__", refuse)

    with pytest.raises(MaizuruError, match=r"pip install 'maizuru\[spacy\]'"):
        importlib.import_module(name)


@pytest.mark.tree
def test_the_page_prints_what_it_says() -> None:
    code, printed = re.findall(r"```(?:python|text)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    output = io.StringIO()

    with contextlib.redirect_stdout(output):
        exec(code, {})

    assert output.getvalue() == printed
