"""The evaluation against a tiny gold standard whose scores were counted by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from maizuru.graph.cli.evaluate import evaluate
from maizuru.graph.errors import GoldError
from maizuru.graph.evaluate import Report, Score, as_data, as_text, measure, select
from maizuru.graph.evaluate.gold import Gold, load
from maizuru.graph.model import (
    Block,
    BlockKind,
    Contributor,
    Document,
    EntityKind,
    Extraction,
    Figure,
    Marker,
    Mention,
    Quantity,
    Reference,
    Stance,
    Statement,
    Title,
    Value,
)
from maizuru.graph.resources import rules

RAW = (
    "Menu Home\r\n"
    "Ota Jiro\u0304 was held in Camp 12 near Lake Elm.[1] About 40 men died there.\r\n"
    "According to Ivan Petrov, Ota did not return to Japan.\r\n"
    "1. Petrov, Ivan. Winters. Omsk, 1999.\r\n"
    "Visit Atlantis today\r\n"
)
TEXT = RAW.replace("\r\n", "\n").replace("o\u0304", "\u014d")
Records = list[dict[str, Any]]


def span(text: str, whole: str = RAW) -> dict[str, Any]:
    start = whole.index(text)
    return {"doc": "a", "start": start, "end": start + len(text), "text": text}


def fact(number: int, subject: str, predicate: str, target: Any, text: str, **more: Any) -> Any:
    base: dict[str, Any] = {
        "id": f"f{number}",
        "kind": "relation",
        "subject": subject,
        "predicate": predicate,
    }
    base |= {"object": target, "qualifiers": {}, "polarity": "asserted", "references": []}
    return base | span(text) | more


def entity(name: str, kind: str, *texts: str) -> dict[str, Any]:
    mentions = [span(text) for text in texts]
    return {
        "id": name,
        "type": kind,
        "prefLabel": texts[0],
        "labels": {},
        "surfaceForms": list(texts),
        "docs": ["a"],
        "mentions": mentions,
    }


DIED: dict[str, Any] = {
    "value": 40,
    "min": 40,
    "max": 40,
    "unit": "persons",
    "counted": "men in Camp 12",
}
DIED |= {"date": None, "place": ["camp-12"], "references": ["ref-1"], "comparator": None}

GOLD: dict[str, Records] = {
    "boilerplate": [
        span("Menu Home") | {"kind": "navigation", "extractTriples": False},
        span("Visit Atlantis today") | {"kind": "teaser", "extractTriples": False},
    ],
    "entities": [
        entity("ota", "Person", "Ota Jiro\u0304"),
        entity("camp-12", "Camp", "Camp 12"),
        entity("lake-elm", "Place", "Lake Elm"),
        entity("petrov", "Person", "Ivan Petrov", "Petrov, Ivan"),
        entity("japan", "Place", "Japan"),
    ],
    "facts": [
        fact(1, "ota", "heldIn", {"entity": "camp-12"}, "held in Camp 12"),
        fact(2, "camp-12", "locatedIn", {"entity": "lake-elm"}, "Camp 12 near Lake Elm"),
        fact(
            3,
            "ota",
            "visited",
            {"entity": "japan"},
            "Ota did not return to Japan",
            polarity="denied",
            qualifiers={"attributedTo": "petrov", "attributionKind": "inText"},
        ),
        fact(4, "ota", "affects", {"entity": "japan"}, "Ota did not return to Japan"),
        fact(
            5,
            "camp-12",
            "numberDied",
            {"value": 40},
            "About 40 men died there",
            kind="quantity",
            quantity=DIED,
        ),
    ],
    "citations": [
        span("Petrov, Ivan. Winters. Omsk, 1999.")
        | {"kind": "entry", "reference": "ref-1", "title": "Winters", "year": 1999, "place": "Omsk"}
        | {"authors": [{"family": "Petrov", "given": "Ivan"}]},
        span("[1]")
        | {"kind": "inline", "reference": "ref-1", "sentence": "Ota"}
        | {"sentence_start": RAW.index("Ota"), "sentence_end": RAW.index("[1]")},
    ],
    "negatives": [{"doc": "a", "text": "Atlantis", "spans": []}],
}


class ByName:
    """A resolution that joins mentions of one name."""

    def of(self, slug: str, mention: Mention) -> str:
        return f"{mention.kind.value}/{mention.name}"


def write(folder: Path, records: Mapping[str, Records]) -> Gold:
    folder.joinpath("documents").mkdir(parents=True)
    data = RAW.encode()
    folder.joinpath("documents/a.txt").write_bytes(data)
    gold = folder / "gold"
    gold.mkdir()
    entry = {"path": "documents/a.txt", "sha256": sha256(data).hexdigest()}
    gold.joinpath("documents.json").write_text(json.dumps({"a": entry}))
    for name, rows in records.items():
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        gold.joinpath(f"{name}.jsonl").write_text(lines, "utf-8")
    return load(gold)


def mention(text: str, kind: EntityKind, name: str = "") -> Mention:
    start = TEXT.index(text)
    return Mention(start, start + len(text), text, kind, name or text)


OTA = mention("Ota Jir\u014d", EntityKind.PERSON)
CAMP = mention("Camp 12", EntityKind.CAMP)
LAKE = mention("Lake Elm", EntityKind.PLACE)
PETROV = mention("Ivan Petrov", EntityKind.PERSON)
JAPAN = mention("Japan", EntityKind.PLACE)


def extraction() -> Extraction:
    """Return what a fair converter makes of the text, with a known number of mistakes."""
    lines = TEXT.split("\n")
    blocks, at = [], 0
    for index, line in enumerate(lines):
        kind = BlockKind.BOILERPLATE if index == 0 else BlockKind.PARAGRAPH
        blocks.append(Block(kind, at, at + len(line)))
        at += len(line) + 1
    document = Document("a", TEXT, "", "a.txt", "", "en", blocks=tuple(blocks))
    entry = TEXT.index("Petrov, Ivan")
    reference = Reference(
        entry,
        entry + 34,
        "Petrov, Ivan. Winters. Omsk, 1999.",
        authors=(Contributor("Petrov, Ivan", "Petrov", "Ivan"),),
        titles=(Title("Winters", "en"),),
        publisher="Omsk",
    )
    marker = TEXT.index("[1]")
    number = TEXT.index("40")
    quantity = Quantity(number, number + 2, "40", Decimal(40), Decimal(40), noun="men")
    return Extraction(
        document,
        mentions=(OTA, CAMP, mention("Lake", EntityKind.PLACE), JAPAN, PETROV),
        references=(reference,),
        markers=(Marker(marker, marker + 3, "[1]", 0, TEXT.index("Ota"), marker),),
        figures=(
            Figure(number - 6, number + 13, quantity, "died", CAMP, territory=(CAMP,)),
            Figure(number - 6, number + 13, quantity, "interned", CAMP),
        ),
        statements=(
            Statement(OTA.start, CAMP.end, OTA, "heldIn", CAMP),
            Statement(CAMP.start, LAKE.end, CAMP, "locatedIn", Value("Nowhere")),
            Statement(
                PETROV.start, JAPAN.end, OTA, "visited", JAPAN, (), Stance.DENIED, authority=PETROV
            ),
        ),
    )


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return measure(write(tmp_path, GOLD), {"a": extraction()}, ByName())


def counts(score: Score) -> tuple[float, float, float]:
    return score.reached, score.found, score.gold


def test_boilerplate_counts_characters_without_spaces(report: Report) -> None:
    # "MenuHome" is found; "VisitAtlantistoday" is not.
    assert counts(report.layer("boilerplate").total) == (8, 8, 26)


def test_reference_fields_count_values(report: Report) -> None:
    # Author and title right; year and place missing; a publisher too many.
    layer = report.layer("reference fields")
    assert counts(layer.total) == (2, 3, 4)
    assert counts(layer.parts["publisher"]) == (0, 1, 0)
    assert counts(layer.parts["entries"]) == (1, 1, 1)


@pytest.mark.parametrize("number", ["1234-5679", {"raw": "1234-5679"}])
def test_an_issn_may_be_written_as_it_stands_or_with_its_parts(
    tmp_path: Path, number: object
) -> None:
    gold = write(tmp_path, GOLD | {"citations": [GOLD["citations"][0] | {"issn": number}]})
    found = extraction()
    numbered = replace(found.references[0], issn="1234-5679")
    layer = measure(gold, {"a": replace(found, references=(numbered,))}, ByName()).layer(
        "reference fields"
    )
    assert counts(layer.parts["issn"]) == (1, 1, 1)


def test_the_mapping_knows_the_life_of_a_person() -> None:
    mapped = rules("evaluation")["properties"]
    for name in ("bornIn", "birthDate", "diedIn", "deathDate", "spouse", "educatedAt"):
        assert name in mapped


def test_markers_need_entry_and_sentence(report: Report) -> None:
    assert counts(report.layer("marker binding").total) == (1, 1, 1)


def test_a_marker_bound_to_nothing_is_wrong(tmp_path: Path) -> None:
    found = extraction()
    unbound = replace(found.markers[0], reference=None)
    report = measure(write(tmp_path, GOLD), {"a": replace(found, markers=(unbound,))}, ByName())
    assert counts(report.layer("marker binding").total) == (0, 1, 1)


def test_mentions_exact_and_overlapping(report: Report) -> None:
    # "Lake" only overlaps "Lake Elm"; "Petrov, Ivan" in the entry is not found.
    layer = report.layer("mentions")
    assert counts(layer.total) == (4, 5, 6)
    assert counts(layer.parts["overlap"]) == (5, 5, 6)


def test_resolution_is_b_cubed(tmp_path: Path) -> None:
    entry = mention("Petrov, Ivan", EntityKind.PERSON)
    found = replace(extraction(), mentions=(OTA, PETROV, entry))
    layer = measure(write(tmp_path, GOLD), {"a": found}, ByName()).layer("resolution")
    # Two mentions of one man under two names: each reaches half of its cluster.
    assert layer.total.precision == 1
    assert layer.total.recall == pytest.approx((1 + 0.5 + 0.5) / 3)


def test_figures_by_value_and_by_scope(report: Report) -> None:
    assert counts(report.layer("figures").total) == (1, 2, 1)
    scope = report.layer("figures, full scope")
    assert counts(scope.total) == (0, 2, 1)
    assert scope.parts["territory"].reached == 1
    assert scope.parts["references"].reached == 0
    # Neither side names a period here: it is right, and nothing was given.
    assert scope.parts["period"].reached == 1
    assert counts(scope.parts["period, where given"]) == (0, 0, 0)
    assert counts(scope.parts["references, where given"]) == (0, 0, 1)
    [miss] = scope.misses
    assert "references: none for" in miss.detail


def test_the_place_that_a_fact_is_about_may_be_its_territory(tmp_path: Path) -> None:
    asked = [
        fact | {"quantity": DIED | {"place": []}} for fact in GOLD["facts"] if fact["id"] == "f5"
    ]
    report = measure(write(tmp_path, dict(GOLD) | {"facts": asked}), {"a": extraction()}, ByName())
    scope = report.layer("figures, full scope")
    assert scope.parts["territory"].reached == 1
    assert counts(scope.parts["territory, where given"]) == (0, 0, 0)


def test_a_figure_said_twice_counts_once(tmp_path: Path) -> None:
    found = extraction()
    again = replace(found.figures[0], start=0, end=4)
    figures = (found.figures[0], again)
    layer = measure(write(tmp_path, GOLD), {"a": replace(found, figures=figures)}, ByName()).layer(
        "figures"
    )
    assert counts(layer.total) == (1, 1, 1)


def test_statements_inside_the_mapping_and_of_all_facts(report: Report) -> None:
    layer = report.layer("statements")
    assert counts(layer.total) == (2, 3, 3)
    assert counts(layer.parts["of all gold facts"]) == (2, 3, 4)
    assert counts(layer.parts["stance"]) == (2, 2, 2)
    assert counts(layer.parts["authority"]) == (2, 2, 2)
    assert any("outside" in miss.detail for miss in layer.misses)


def test_a_statement_needs_its_passage(tmp_path: Path) -> None:
    found = extraction()
    elsewhere = replace(found.statements[0], start=0, end=4)
    layer = measure(
        write(tmp_path, GOLD), {"a": replace(found, statements=(elsewhere,))}, ByName()
    ).layer("statements")
    assert counts(layer.total) == (0, 1, 3)


def test_nothing_leaks_from_a_fair_converter(report: Report) -> None:
    assert report.leaked == 0


def test_a_name_that_stands_in_boilerplate_only_leaks(tmp_path: Path) -> None:
    found = extraction()
    leak = mention("Atlantis", EntityKind.PLACE)
    report = measure(
        write(tmp_path, GOLD), {"a": replace(found, mentions=(*found.mentions, leak))}, ByName()
    )
    assert report.leaked == 2  # the node lies in boilerplate, and it has a forbidden name


def test_a_name_the_gold_has_in_boilerplate_is_no_leak(tmp_path: Path) -> None:
    known = GOLD | {"entities": [*GOLD["entities"], entity("home", "Place", "Home")]}
    found = replace(extraction(), mentions=(mention("Home", EntityKind.PLACE),))
    assert measure(write(tmp_path, known), {"a": found}, ByName()).leaked == 0


def test_absent_files_skip_their_layers(tmp_path: Path) -> None:
    only = {"boilerplate": GOLD["boilerplate"]}
    report = measure(write(tmp_path, only), {"a": extraction()}, ByName())
    assert [layer.name for layer in report.layers] == ["boilerplate"]
    assert any(sentence.startswith("statements") for sentence in report.skipped)


def test_gold_must_exist(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no gold standard"):
        load(tmp_path)


def test_gold_must_fit_the_file(tmp_path: Path) -> None:
    gold = write(tmp_path, GOLD)
    (tmp_path / "documents/a.txt").write_text("changed")
    with pytest.raises(GoldError, match="not the file"):
        load(gold.folder)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    gold = write(tmp_path, GOLD)
    (gold.folder / "facts.jsonl").write_text('{"id": 1}\n{oops\n')
    with pytest.raises(GoldError) as caught:
        load(gold.folder)
    assert caught.value.line == 2


def test_report_for_people_and_machines(report: Report) -> None:
    text = as_text(report, misses=2)
    assert "Nodes or triples out of boilerplate: 0" in text
    assert "statements:" in text
    data = json.loads(json.dumps(as_data(report)))
    assert data["layers"]["statements"]["total"]["recall"] == pytest.approx(2 / 3, abs=1e-3)


def test_layers_can_be_selected(report: Report) -> None:
    assert [layer.name for layer in select(report, ["figures"]).layers] == ["figures"]
    with pytest.raises(GoldError, match="no layer"):
        select(report, ["poems"])


def test_command_line_prints_json_and_tells_leaks_by_its_status(tmp_path: Path) -> None:
    folder = write(tmp_path, GOLD).folder
    result = CliRunner().invoke(
        evaluate, ["--gold", str(folder), "--json", "--layer", "statements"]
    )
    data = json.loads(result.stdout)
    assert list(data["layers"]) == ["statements"]
    assert result.exit_code == int(bool(data["leaked"]))


def test_command_line_refuses_a_folder_without_gold(tmp_path: Path) -> None:
    result = CliRunner().invoke(evaluate, ["--gold", str(tmp_path)])
    assert isinstance(result.exception, GoldError)
