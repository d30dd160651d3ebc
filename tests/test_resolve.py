"""Mentions of one thing get one entity, of two things two, and doubt stays a candidate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from maizuru.graph.model import (
    DateValue,
    Document,
    EntityKind,
    Extraction,
    Mention,
    Reference,
    Title,
)
from maizuru.graph.resolve import Resolution, resolve
from maizuru.graph.resolve.persons import PersonName, agree, parse
from maizuru.graph.works import cited_works


def mention(
    name: str,
    kind: EntityKind = EntityKind.PERSON,
    language: str = "en",
    start: int = 0,
    **more: str,
) -> Mention:
    attributes = tuple((key, value) for key, value in more.items() if key == "number")
    return Mention(
        start,
        start + len(name),
        name,
        kind,
        name,
        language,
        attributes=attributes,
        authority=more.get("authority", ""),
    )


def extraction(slug: str, *found: Mention) -> Extraction:
    placed: list[Mention] = []
    at = 0
    for item in found:
        placed.append(
            Mention(
                at,
                at + len(item.text),
                item.text,
                item.kind,
                item.name,
                item.language,
                item.subkind,
                item.attributes,
                item.authority,
            )
        )
        at += len(item.text) + 1
    text = " ".join(item.text for item in found)
    return Extraction(Document(slug, text, "", "", "", "en"), tuple(placed))


def keys(*documents: Extraction) -> list[str]:
    result = resolve(documents, cited_works(documents))
    return [result.of(d.document.slug, m) for d in documents for m in d.mentions]


def test_surname_joins_the_full_name_of_its_document_only() -> None:
    first = extraction("a", mention("Clara Holm"), mention("Holm"))
    second = extraction("b", mention("Holm"))
    full, short, elsewhere = keys(first, second)
    assert full == short == "person/clara-holm"
    assert elsewhere != full


def test_lone_surname_offers_the_full_names_as_candidates() -> None:
    result = resolve([extraction("a", mention("Clara Holm")), extraction("b", mention("Holm"))])
    (candidate,) = result.entities["person/holm"].candidates
    assert candidate.other == "person/clara-holm"
    assert 0 < candidate.score < 0.5
    assert "surname" in candidate.evidence


def test_surname_of_two_people_stays_apart() -> None:
    document = extraction("a", mention("Clara Holm"), mention("Erik Holm"), mention("Holm"))
    clara, erik, holm = keys(document)
    assert len({clara, erik, holm}) == 3


def test_initials_join_only_when_they_fit_one_person() -> None:
    assert len(set(keys(extraction("a", mention("E. Holm"), mention("Erik Holm"))))) == 1
    document = extraction("a", mention("E. Holm"), mention("Erik Holm"), mention("Edith Holm"))
    initial, erik, edith = keys(document)
    assert len({initial, erik, edith}) == 3
    candidates = resolve([document]).entities[initial].candidates
    assert {candidate.other for candidate in candidates} == {erik, edith}


def test_clashing_initials_are_never_joined() -> None:
    assert len(set(keys(extraction("a", mention("A. V. Morozov"), mention("A. P. Morozov"))))) == 2
    assert len(set(keys(extraction("a", mention("A. Morozov"), mention("B. Morozov"))))) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Haneda Yasuo", "en"), ("Yasuo Haneda", "en")),
        (("Yasuo Haneda", "en"), ("Yasuō Haneda", "en")),
        (("Holm, Clara", "en"), ("Clara Holm", "en")),
        (("Vera Loseva", "en"), ("Веры Лосевой", "ru")),
        (("A.V. Morozov", "en"), ("А. В. Морозов", "ru")),
        (("Morozov A.V.", "en"), ("A. V. Morozov", "en")),
    ],
)
def test_order_script_and_case_do_not_part_a_person(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    document = extraction(
        "a", mention(one[0], language=one[1]), mention(other[0], language=other[1])
    )
    assert len(set(keys(document))) == 1


def test_japanese_given_name_comes_first_in_the_key() -> None:
    assert keys(extraction("a", mention("Haneda Yasuo"))) == ["person/yasuo-haneda"]
    assert keys(extraction("a", mention("Clara Holm"))) == ["person/clara-holm"]


def test_kanji_without_a_reading_have_a_stable_key() -> None:
    assert keys(extraction("a", mention("柴崎与一", language="ja"))) == [
        "person/u67f4-u5d0e-u4e0e-u4e00"
    ]


def test_letters_swapped_in_a_surname_are_a_candidate_not_an_identity() -> None:
    document = extraction("a", mention("Lasetnova, E. L."), mention("Latesnova, E. L."))
    one, other = keys(document)
    assert one != other
    entities = resolve([document]).entities
    linked = [*entities[one].candidates, *entities[other].candidates]
    assert [candidate.score for candidate in linked] == [0.6]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (EntityKind.ORGANISATION, ("Finnish Government", "Finnish authorities")),
        (EntityKind.ORGANISATION, ("former Ministry of Waters", "Ministry of Waters")),
        (EntityKind.ORGANISATION, ("the Haraldsen Institute", "Haraldsen Institute")),
        (EntityKind.PLACE, ("Verkhny Oblast", "Verkhny region")),
        (EntityKind.PLACE, ("Yurgamysh railway station", "Yurgamysh station")),
        (EntityKind.EVENT, ("Finnish surrender", "capitulation of Finland")),
        (EntityKind.GROUP, ("Italian prisoners of war", "Italian POWs", "Italian soldiers")),
        (EntityKind.GROUP, ("former prisoners", "former internees", "ex-internees")),
        (EntityKind.CAMP, ("Novy Stan (Chita Oblast)", "Novy Stan")),
        (EntityKind.CAMP, ("POW camps", "labour camps", "Soviet camps")),
        (EntityKind.LEGAL_INSTRUMENT, ("Decree No. 1171", "Resolution no. 1171ss")),
        (EntityKind.MILITARY_UNIT, ("71st Corps", "71 Corps")),
        (EntityKind.WORK, ("The Long Thaw", "Long Thaw")),
    ],
)
def test_names_of_one_thing_meet(kind: EntityKind, names: tuple[str, ...]) -> None:
    assert len(set(keys(extraction("a", *(mention(name, kind) for name in names))))) == 1


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (EntityKind.PLACE, ("Verkhny Oblast", "Verkhny")),
        (EntityKind.GROUP, ("Italian prisoners", "Finnish prisoners")),
        (EntityKind.GROUP, ("Italian prisoners", "former prisoners", "surrendered soldiers")),
        (EntityKind.LEGAL_INSTRUMENT, ("Decree No. 1171", "Decree No. 1172")),
        (EntityKind.ORGANISATION, ("Ministry of Waters", "Ministry of Roads")),
    ],
)
def test_names_of_different_things_stay_apart(kind: EntityKind, names: tuple[str, ...]) -> None:
    assert len(set(keys(extraction("a", *(mention(name, kind) for name in names))))) == len(names)


def test_camps_are_told_by_their_number() -> None:
    camps = (
        mention("Camp No. 218", EntityKind.CAMP, number="218"),
        mention("лагере № 218", EntityKind.CAMP, "ru", number="218"),
        mention("Camp No. 219", EntityKind.CAMP, number="219"),
    )
    assert keys(extraction("a", *camps)) == ["camp/camp-218", "camp/camp-218", "camp/camp-219"]


def test_a_camp_is_not_the_place_it_is_at() -> None:
    place, camp = keys(
        extraction("a", mention("Taishet", EntityKind.PLACE), mention("Taishet", EntityKind.CAMP))
    )
    assert (place, camp) == ("place/taishet", "camp/taishet")


def test_authority_wins_and_lends_its_names() -> None:
    document = extraction(
        "a",
        mention("Stalin", authority="person/joseph-stalin"),
        mention("Iosif Stalin"),
    )
    assert set(keys(document)) == {"person/joseph-stalin"}
    labels = resolve([document]).entities["person/joseph-stalin"].labels
    assert {"en", "ja", "ru"} <= {label.language for label in labels}


def test_titles_of_one_reference_are_one_work() -> None:
    original, translated = "Долгая зима", "The Long Winter"
    document = extraction(
        "a", mention(original, EntityKind.WORK, "ru"), mention(translated, EntityKind.WORK)
    )
    text = document.document.text
    titles = (Title(original, "ru", "original"), Title(translated, "en", "translated"))
    reference = Reference(0, len(text), text, titles=titles)
    joined = Extraction(document.document, document.mentions, references=(reference,))
    assert len(set(keys(document))) == 2
    assert len(set(keys(joined))) == 1


def _citing(slug: str, title: str, year: int) -> Extraction:
    """Return a document whose only text is a reference to a book of that title and year."""
    document = extraction(slug, mention(title, EntityKind.WORK))
    issued = DateValue(0, 0, str(year), str(year), date(year, 1, 1), date(year, 12, 31))
    reference = Reference(0, len(title), title, titles=(Title(title, "en", "main"),), issued=issued)
    return Extraction(document.document, document.mentions, references=(reference,))


def test_a_title_in_the_text_is_the_work_that_a_reference_cites() -> None:
    cited = _citing("a", "Camps of the Long Winter", 1999)
    told = extraction("b", mention("Camps of the Long Winter", EntityKind.WORK))
    assert keys(cited, told) == ["work/camps-of-the-long-winter-1999"] * 2
    works = cited_works([cited])
    (work,) = works.by_place.values()
    assert resolve([cited, told], works).cited_work(work) == work.key


def test_editions_stay_apart_and_a_bare_title_is_neither() -> None:
    editions = [_citing(slug, "Railways", year) for slug, year in (("a", 1944), ("b", 1979))]
    told = extraction("c", mention("Railways", EntityKind.WORK))
    assert keys(*editions, told) == ["work/railways-1944", "work/railways-1979", "work/railways"]


def test_evidence_is_recorded() -> None:
    result = resolve([extraction("a", mention("E. Holm"), mention("Erik Holm"), mention("Holm"))])
    (entity,) = result.entities.values()
    assert entity.labels[0].text == "Erik Holm"
    assert set(entity.evidence) == {"names agree", "surname after the full name"}


def test_the_order_of_documents_does_not_matter() -> None:
    documents = [
        extraction("a", mention("E. Holm"), mention("Holm")),
        extraction("b", mention("Erik Holm"), mention("Yasuo Haneda")),
        extraction("c", mention("Edith Holm"), mention("Haneda Yasuo")),
    ]
    results = [resolve(order) for order in permutations(documents)]
    first = {key: (e.labels, e.candidates, e.evidence) for key, e in results[0].entities.items()}
    for result in results[1:]:
        assert first == {
            key: (e.labels, e.candidates, e.evidence) for key, e in result.entities.items()
        }


def test_every_mention_has_an_entity_of_its_kind() -> None:
    document = extraction("a", mention("Clara Holm"), mention("Yurgamysh", EntityKind.PLACE))
    result = resolve([document])
    for item in document.mentions:
        assert result.entities[result.of("a", item)].kind is item.kind


def test_a_mention_nobody_resolved_is_an_error() -> None:
    with pytest.raises(KeyError):
        Resolution().of("a", mention("Clara Holm"))


def test_names_are_taken_apart() -> None:
    assert parse(mention("Holm, Clara")) == PersonName("holm", ("klara",))
    assert parse(mention("A.V. Morozov")).given == ("a.", "v.")
    assert agree(parse(mention("A. Morozov")), parse(mention("A. V. Morozov")))
    assert not agree(parse(mention("A. B. Morozov")), parse(mention("A. V. Morozov")))


def test_a_name_in_brackets_in_another_script_is_the_same_person() -> None:
    one = mention("Vera Loseva")
    document = extraction("a", one, mention("花森悟", language="ja"))
    first, second = document.mentions
    text = f"{first.text} ({second.text})"
    glossed = Mention(
        first.end + 2,
        first.end + 2 + len(second.text),
        second.text,
        second.kind,
        second.name,
        "ja",
        rule="gloss",
    )
    joined = Extraction(Document("a", text, "", "", "", "en"), (first, glossed))
    result = resolve([joined])
    assert {result.of("a", item) for item in joined.mentions} == {"person/vera-loseva"}
    assert len(set(keys(document))) == 2


def test_a_film_has_a_key_of_its_own_beside_the_novel() -> None:
    novel = mention("Snow Ships", EntityKind.WORK)
    film = Mention(20, 30, "Snow Ships", EntityKind.WORK, "Snow Ships", subkind="film")
    document = Extraction(Document("a", "x" * 40, "", "", "", "en"), (novel, film))
    assert keys(document) == ["work/snow-ships", "work/snow-ships-film"]


def test_a_thing_that_is_only_described_is_another_on_each_page() -> None:
    def told(slug: str, name: str) -> Extraction:
        one = replace(mention(name, EntityKind.ORGANISATION), rule="described")
        return Extraction(Document(slug, name, "", "", "", "en"), (one,))

    one, other = keys(told("a", "search commission"), told("b", "search commission"))
    assert one != other
    one, other = keys(told("a", "commission of Brest"), told("b", "commission of Brest"))
    assert one == other
