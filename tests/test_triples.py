from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyoxigraph as ox
import pytest

from maizuru.graph.model import (
    Block,
    BlockKind,
    Comparator,
    DateValue,
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
from maizuru.graph.namespaces import MZ, Iris, expand
from maizuru.graph.resolve import resolve
from maizuru.graph.triples import write
from maizuru.graph.works import cited_works

TEXT = "Kenji Sato was held in Rada. About 700 men died there.[1]"
IRIS = Iris("https://example.org/")
GRAPH = ox.NamedNode("https://example.org/graph/document/rada")


def _mention(text: str, kind: EntityKind) -> Mention:
    start = TEXT.index(text)
    return Mention(start, start + len(text), text, kind, text, rule="test")


PERSON, PLACE = _mention("Kenji Sato", EntityKind.PERSON), _mention("Rada", EntityKind.PLACE)
HELD = Statement(0, 28, PERSON, "heldIn", PLACE, rule="held")
DIED = Figure(
    29,
    54,
    Quantity(29, 38, "About 700", Decimal(700), Decimal(700), Comparator.ABOUT, True, "persons"),
    "died",
    territory=(PLACE,),
    period=DateValue(0, 0, "", "1946", date(1946, 1, 1), date(1946, 12, 31)),
    references=(0,),
)
ENTRY = Reference(0, 0, "Ito (1990). Rada.", label="1", titles=(Title("Rada", "en"),))


def _extraction(**changes: object) -> Extraction:
    document = Document("rada", TEXT, "0" * 64, "rada.txt", "Rada", "en")
    whole = Extraction(
        document,
        mentions=(PERSON, PLACE),
        references=(ENTRY,),
        markers=(Marker(54, 57, "[1]", 0, 29, 54),),
        figures=(DIED,),
        statements=(HELD,),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def _store(extraction: Extraction) -> ox.Store:
    store = ox.Store()
    store.extend(_written(extraction))
    return store


def _written(extraction: Extraction) -> Iterator[ox.Quad]:
    works = cited_works([extraction])
    return write(extraction, resolve([extraction], works), works, IRIS)


def _ask(store: ox.Store, pattern: str) -> bool:
    prefixes = "".join(
        f"PREFIX {p}: <{expand(p + ':')}> " for p in ("mz", "oa", "rdf", "xsd", "skos", "dcterms")
    )
    found = store.query(f"{prefixes} ASK {{ {pattern} }}", use_default_graph_as_union=True)
    assert isinstance(found, ox.QueryBoolean)
    return bool(found)


def test_everything_stands_in_the_graph_of_its_document() -> None:
    assert {quad.graph_name for quad in _store(_extraction())} == {GRAPH}


def test_a_passage_has_offsets_and_quote() -> None:
    assert _ask(
        _store(_extraction()),
        """?statement a mz:Statement ; mz:statedIn ?passage .
        FILTER(STRENDS(STR(?passage), "document/rada#char=0,28"))
        ?passage oa:hasSelector ?position, ?quote .
        ?position oa:start 0 ; oa:end 28 .
        ?quote oa:exact "Kenji Sato was held in Rada." ; oa:suffix ?suffix""".replace(
            "start 0 ; oa:end 28",
            'start "0"^^xsd:nonNegativeInteger ; oa:end "28"^^xsd:nonNegativeInteger',
        ),
    )


def test_a_figure_has_its_whole_scope() -> None:
    assert _ask(
        _store(_extraction()),
        """?figure a mz:Figure ; mz:lowerBound 700.0 ; mz:upperBound 700.0 ;
        mz:approximate true ; mz:unit "persons" ; mz:territory/skos:prefLabel "Rada"@en ;
        mz:earliest "1946-01-01"^^xsd:date ; mz:latest "1946-12-31"^^xsd:date ;
        mz:citesReference/dcterms:bibliographicCitation "Ito (1990). Rada." ;
        mz:comparator <https://w3id.org/maizuru/vocabulary/comparator/about> ;
        mz:measure <https://w3id.org/maizuru/vocabulary/measure/died>""",
    )


DIRECT = "?person a mz:Person . ?place a mz:Place . ?person mz:heldIn ?place"


def test_an_asserted_statement_stands_as_a_triple() -> None:
    assert _ask(_store(_extraction()), DIRECT)


@pytest.mark.parametrize("stance", [Stance.DENIED, Stance.DISPUTED, Stance.HEDGED])
def test_what_is_not_asserted_does_not_stand_as_a_triple(stance: Stance) -> None:
    store = _store(_extraction(statements=(replace(HELD, stance=stance),)))

    assert not _ask(store, DIRECT)
    assert _ask(store, f"?s rdf:predicate mz:heldIn ; mz:stance mz:{stance.value}")


def test_reported_speech_does_not_stand_as_a_triple() -> None:
    store = _store(_extraction(statements=(replace(HELD, authority=PERSON),)))

    assert not _ask(store, DIRECT)
    assert _ask(store, "?s rdf:predicate mz:heldIn ; mz:authority/skos:prefLabel 'Kenji Sato'@en")


def test_qualifiers_hang_on_the_statement() -> None:
    dated = replace(HELD, qualifiers=(("date", Value("1946", "edtf")),))

    assert _ask(_store(_extraction(statements=(dated,))), "?s a mz:Statement ; mz:date ?when")


def test_parts_and_sums_point_at_each_other() -> None:
    part = replace(DIED, quantity=replace(DIED.quantity, start=30, text="700"), part_of=0)
    store = _store(_extraction(figures=(DIED, part)))

    assert _ask(store, "?part mz:partOf ?sum . ?sum mz:sumOf ?part")


def test_two_writings_are_the_same() -> None:
    first, second = ([str(quad) for quad in _written(_extraction())] for _ in range(2))

    assert first == second
    assert all(MZ in line or "example.org" in line for line in first)


def test_a_reference_cites_a_work_with_a_title() -> None:
    assert _ask(
        _store(_extraction()),
        "?reference mz:citedWork ?work . ?work a mz:Work ; skos:prefLabel 'Rada'@en",
    )


def test_a_dated_statement_has_day_bounds() -> None:
    born = Statement(0, 28, PERSON, "birthDate", Value("1920-05", "edtf"), rule="born")
    dated = replace(HELD, qualifiers=(("date", Value("1946", "edtf")),))
    store = _store(_extraction(statements=(born, dated)))
    assert _ask(store, '?s rdf:object ?d ; mz:earliest "1920-05-01"^^xsd:date ; mz:latest ?l')
    assert _ask(store, '?s mz:date ?d ; mz:latest "1946-12-31"^^xsd:date')


def test_an_entity_only_a_statement_names_has_class_and_name() -> None:
    unseen = Mention(0, 0, "Camp No. 3000", EntityKind.CAMP, "Camp No. 3000", rule="test")
    mentions = (PERSON, PLACE, unseen)
    held = replace(HELD, object=unseen)
    whole = _extraction(statements=(held,))
    store = ox.Store()
    resolution = resolve([replace(whole, mentions=mentions)])
    store.extend(write(whole, resolution, cited_works([whole]), IRIS))
    assert _ask(store, '?camp a mz:Camp ; skos:prefLabel "Camp No. 3000"@en')


def test_a_passage_knows_its_block_and_section() -> None:
    whole = _extraction()
    blocks = (
        Block(BlockKind.PARAGRAPH, 0, 29, section=("Camps", "Rada")),
        Block(BlockKind.CAPTION, 29, len(TEXT)),
    )
    store = _store(replace(whole, document=replace(whole.document, blocks=blocks)))
    assert _ask(store, '?s mz:statedIn [ mz:blockKind "paragraph" ; mz:section "Camps › Rada" ]')
    assert _ask(store, '?f a mz:Figure ; mz:statedIn [ mz:blockKind "caption" ]')


def test_a_work_without_a_title_is_called_by_its_entry() -> None:
    entry = replace(ENTRY, text="See the letters of the returnees in the city archive.", titles=())
    store = _store(_extraction(references=(entry,)))
    name = '"See the letters of the returnees in the city archive."@en'
    assert _ask(store, f"[] mz:citedWork [ skos:prefLabel {name} ]")


def test_the_sort_of_a_thing_is_a_concept_where_there_is_one() -> None:
    novel = Mention(0, 5, "Kenji", EntityKind.WORK, "Kenji", subkind="novel", rule="test")
    other = Mention(6, 10, "Sato", EntityKind.WORK, "Sato", subkind="heirloom", rule="test")
    store = _store(_extraction(mentions=(PERSON, PLACE, novel, other)))
    kind = "https://w3id.org/maizuru/vocabulary/work-kind/novel"
    assert _ask(store, f'?work mz:kind "novel" ; mz:workType <{kind}> ; a mz:FictionalWork')
    assert not _ask(store, '?work mz:kind "heirloom" ; mz:workType ?type')
