"""Names are found with their exact stretch, also when no list holds them."""

from __future__ import annotations

import pytest

from maizuru.graph.mentions import add_references, find_mentions
from maizuru.graph.model import (
    Block,
    BlockKind,
    Contributor,
    Document,
    EntityKind,
    Mention,
    Reference,
    Sentence,
    Title,
)


def document(text: str, language: str = "en", kind: BlockKind = BlockKind.PARAGRAPH) -> Document:
    """Return a document whose lines are its blocks and sentences."""
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    at = 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(kind, at, at + len(line)))
            sentences.append(Sentence(at, at + len(line), line, len(blocks) - 1, language))
        at += len(line) + 1
    return Document(
        "test", text, "", "", "", language, blocks=tuple(blocks), sentences=tuple(sentences)
    )


def mentions(text: str, language: str = "en") -> list[Mention]:
    found = find_mentions(document(text, language))
    assert all(text[m.start : m.end] == m.text for m in found)
    return list(found)


def pairs(text: str, language: str = "en") -> set[tuple[str, str]]:
    return {(m.kind.value, m.text) for m in mentions(text, language)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The historian Otto Bergmann counted the graves.", "Otto Bergmann"),
        ("According to P. Lindgren, the lists are short.", "P. Lindgren"),
        ("Few agreed with A.V. Morozov on this.", "A.V. Morozov"),
        ("Later Haneda Yasuo drew the barracks.", "Haneda Yasuo"),
        ("The poet Kenji Haneda was not released.", "Kenji Haneda"),
        ("He met Nurlan Abishev Serikuly in the archive.", "Nurlan Abishev Serikuly"),
        ("An interpreter called Dorjiev helped them.", "Dorjiev"),
        ("His wife Tomie waited for eleven years.", "Tomie"),
        ("Only Yusaku Hanamori, a former prisoner, spoke.", "Yusaku Hanamori"),
        ("По словам историка Веры Лосевой, списки неполны.", "Веры Лосевой"),
        ("Об этом писал Е. К. Ветров в газете.", "Е. К. Ветров"),
        ("小樽の柴崎与一さんは語った。", "柴崎与一"),
    ],
)
def test_person_in_no_list_is_found(text: str, name: str) -> None:
    assert ("person", name) in pairs(text)


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("They came to Camp No. 218 in May.", "camp", "Camp No. 218"),
        ("The camps N 12 and N 14 were closed.", "camp", "N 14"),
        ("в лагере № 218 было холодно", "camp", "лагере № 218"),
        ("彼はセミョノフカ第十二収容所にいた。", "camp", "セミョノフカ第十二収容所"),
        ("Some were held in Siblag for years.", "camp", "Siblag"),
        ("Men of the 71st Rifle Corps met them.", "military-unit", "71st Rifle Corps"),
        ("第十七軍は降伏した。", "military-unit", "第十七軍"),
        ("It lies in Verkhny Oblast near the river.", "place", "Verkhny Oblast"),
        ("They crossed Lake Umbozero at night.", "place", "Lake Umbozero"),
        ("The station of Yurgamysh was burnt.", "place", "Yurgamysh"),
        ("They were taken to Yurgamysh, where it snowed.", "place", "Yurgamysh"),
        ("У посёлка Кедровка был лагерь.", "place", "Кедровка"),
        ("He taught at Ostrava State University.", "organisation", "Ostrava State University"),
        (
            "The Committee for the Search of Graves met.",
            "organisation",
            "Committee for the Search of Graves",
        ),
        ("The Finnish authorities refused.", "organisation", "Finnish authorities"),
        ("She works at the Haraldsen Institute.", "organisation", "Haraldsen Institute"),
        ("北見大学の教授である。", "organisation", "北見大学"),
        (
            "It broke the Treaty of Portsmouth and the Lahti Protocol.",
            "legal-instrument",
            "Lahti Protocol",
        ),
        ("Order No. 1171 was secret.", "legal-instrument", "Order No. 1171"),
        ("приказ № 00315 был подписан", "legal-instrument", "приказ № 00315"),
        ("Her novel “Snow Without Trains” sold well.", "work", "Snow Without Trains"),
        ("роман «Долгая зима» вышел позже", "work", "Долгая зима"),
        ("手記『白い駅』を書いた。", "work", "白い駅"),
        ("After the Kolberg Uprising they fled.", "event", "Kolberg Uprising"),
        ("the surrender of Finland was near", "event", "surrender of Finland"),
        ("Many Italian prisoners of war died.", "group", "Italian prisoners of war"),
        ("The Hungarian and Romanian soldiers sang.", "group", "Hungarian and Romanian soldiers"),
        ("They were told of perestroika later.", "concept", "perestroika"),
        ("We were taken to a settlement called Ust-Malaya.", "place", "Ust-Malaya"),
        ("They marched for six days to Orlovka.", "place", "Orlovka"),
        ("He fell on the Western Front.", "place", "Western Front"),
        ("A third camp, known as Belaya Gorka, was closed.", "camp", "Belaya Gorka"),
        ("The camps of Siberia were many.", "camp", "camps of Siberia"),
        ("Camp Division No. 12 reported twice.", "camp", "Camp Division No. 12"),
        ("They built carts at the Volna Carriage Works.", "organisation", "Volna Carriage Works"),
        ("The Hungarian side asked for names.", "organisation", "Hungarian side"),
        ("The Defence Ministry published them.", "organisation", "Defence Ministry"),
        ("It was issued in Turin in 1961 as The Frozen Road.", "work", "The Frozen Road"),
    ],
)
def test_names_of_every_kind_are_found_by_general_signs(text: str, kind: str, name: str) -> None:
    assert (kind, name) in pairs(text)


def test_rank_is_an_attribute_of_the_person() -> None:
    (found,) = [m for m in mentions("Then Colonel Nikolai Petrenko came.") if m.kind == "person"]
    assert found.text == "Colonel Nikolai Petrenko"
    assert found.name == "Nikolai Petrenko"
    assert ("title", "Colonel") in found.attributes


def test_surname_alone_is_found_after_the_full_name() -> None:
    text = "The nurse Clara Holm kept a diary.\nIn March Holm fell ill."
    assert [m.text for m in mentions(text) if m.kind == "person"] == ["Clara Holm", "Holm"]


def test_place_and_region_are_two_and_a_camp_holds_its_place() -> None:
    assert {("place", "Kansk"), ("place", "Krasnoyarsk Krai")} <= pairs(
        "In Kansk, Krasnoyarsk Krai."
    )
    assert {("camp", "Khabarovsk camp"), ("place", "Khabarovsk")} <= pairs(
        "At the Khabarovsk camp."
    )


def test_names_of_authorities_carry_their_key_in_every_script_and_case() -> None:
    for text in ("in Khabarovsk", "ハバロフスクへ", "из Хабаровска"):
        (found,) = [m for m in mentions(text) if m.kind == "place"]
        assert found.authority == "place/khabarovsk"


def test_a_heading_says_nothing_of_a_concept() -> None:
    def concepts(kind: BlockKind) -> list[str]:
        found = find_mentions(document("Repatriation", kind=kind))
        return [one.text for one in found if one.kind is EntityKind.CONCEPT]

    assert concepts(BlockKind.PARAGRAPH) == ["Repatriation"]
    assert concepts(BlockKind.HEADING) == []


def test_nationality_alone_is_no_mention() -> None:
    assert mentions("The Japanese side of the story and a Soviet film.") == []


@pytest.mark.parametrize(
    "text",
    [
        "However, many did not return. Processing them took months.",
        "In January and on Monday they rested.",
        "See Table 4, Volume II, ISBN 5-7444-1326-X.",
    ],
)
def test_words_with_capitals_are_not_yet_names(text: str) -> None:
    assert mentions(text) == []


def test_boilerplate_is_not_read() -> None:
    text = "The historian Otto Bergmann counted the graves."
    assert find_mentions(document(text, kind=BlockKind.BOILERPLATE)) == ()


def test_blanked_markers_do_not_disturb_a_name() -> None:
    text = "The nurse Clara [4] Holm kept a diary."
    blanked = text.replace("[4]", "   ")
    block = Block(BlockKind.PARAGRAPH, 0, len(text))
    sentence = Sentence(0, len(text), blanked, 0, "en")
    found = find_mentions(
        Document("t", text, "", "", "", "en", blocks=(block,), sentences=(sentence,))
    )
    assert [m.name for m in found if m.kind == "person"] == ["Clara [4] Holm"]


def test_parsed_reference_decides_in_its_entry() -> None:
    text = "Holm, Clara. Letters from Vorkuta. Aarhus: Nordlys, 1962."
    whole = document(text, kind=BlockKind.REFERENCE)
    reference = Reference(
        0,
        len(text),
        text,
        kind="book",
        authors=(Contributor("Holm, Clara", "Holm", "Clara"),),
        titles=(Title("Letters from Vorkuta", "en"),),
        publisher="Nordlys",
        place="Aarhus",
    )
    found = add_references(whole, find_mentions(whole), (reference,))
    assert {(m.kind.value, m.text) for m in found} == {
        ("person", "Holm, Clara"),
        ("work", "Letters from Vorkuta"),
        ("place", "Vorkuta"),
        ("place", "Aarhus"),
        ("organisation", "Nordlys"),
    }


def test_finding_is_deterministic() -> None:
    text = "Colonel Nikolai Petrenko met P. Lindgren at Camp No. 218 in Yurgamysh."
    assert mentions(text) == mentions(text)


@pytest.mark.parametrize(
    ("text", "kind", "gloss"),
    [
        ("It was drawn by Satoru Hanamori (花森悟).", "person", "花森悟"),
        ("The nurse Vera Loseva (Вера Лосева) spoke.", "person", "Вера Лосева"),
        ("He wrote the novel Snow Ships (雪の船, Yuki no fune).", "work", "Yuki no fune"),
        ("The Mother at the Quay (岸壁の母) was sung.", "work", "The Mother at the Quay"),
    ],
)
def test_the_name_in_another_script_is_found_in_brackets(text: str, kind: str, gloss: str) -> None:
    assert (kind, gloss) in pairs(text)


def test_brackets_with_other_matter_are_left_alone() -> None:
    found = pairs("The nurse Vera Loseva (born 1921, in the Urals) spoke.")
    assert {text for kind, text in found if kind == "person"} == {"Vera Loseva"}


def test_the_film_is_not_the_novel_of_its_title() -> None:
    novel, film = (
        next(m for m in mentions(text) if m.kind == "work")
        for text in ("the novel Fumō Chitai appeared", "the film Fumō Chitai appeared")
    )
    assert (novel.subkind, novel.authority) == ("novel", "work/fumo-chitai")
    assert (film.subkind, film.authority) == ("film", "")


def test_a_name_stands_inside_a_longer_one_that_may_hold_it() -> None:
    found = pairs("After the collapse of the Soviet Union the lists came.")
    assert {("event", "collapse of the Soviet Union"), ("place", "Soviet Union")} <= found
    assert ("place", "Potsdam") not in pairs("They cited the Potsdam Declaration.")


def test_members_of_a_series_are_found_by_their_neighbours() -> None:
    found = pairs("It ran through Tashkent, Yurgamysh, Verkhnie Luga and Karaganda.")
    assert {("place", "Yurgamysh"), ("place", "Verkhnie Luga")} <= found


@pytest.mark.parametrize(
    ("text", "name", "subkind"),
    [
        ("in Verkhny Oblast", "Verkhny Oblast", "oblast"),
        ("Order No. 1171 was secret", "Order No. 1171", "decree"),
        ("at Ostrava State University", "Ostrava State University", "university"),
        ("in the labour camps", "labour camps", "labour-camp"),
    ],
)
def test_a_word_of_the_name_says_what_it_is(text: str, name: str, subkind: str) -> None:
    (found,) = [m for m in mentions(text) if m.text == name]
    assert found.subkind == subkind
