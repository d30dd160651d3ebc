"""Structure of encyclopaedia pages, notes and references."""

from __future__ import annotations

import pytest

from maizuru.graph.model import BlockKind, InlineKind
from tests.pages import MORE, PROSE, inlines, kind_of, of_kind, read

K = BlockKind


WIKI = f"""Siege of Port Tarkov
From Wikipedia, the free encyclopedia
Jump to navigation
This article needs additional citations for verification. Please help improve it.
For the novel, see Port Tarkov (novel).

Siege of Port Tarkov
Part of the Northern War
Date\t9 August 1945
Result\tSoviet victory

{PROSE}[3]:45

Contents
1\tBackground
2\tReferences

Background[edit]
Main article: Northern War

The port had a garrison of about 5,100 men.

The siege[edit]
Surrender[edit]
On 2 September the garrison laid down its arms.

References[edit]
^ Jump up to: a b Orlov, P. (1999). The Northern Ports. Vladivostok.

Categories: Ports | 1945
Privacy policy
About
"""


def test_page_of_an_encyclopaedia() -> None:
    document = read(WIKI)
    assert document.title == "Siege of Port Tarkov"
    assert of_kind(document, K.TITLE) == ["Siege of Port Tarkov"] * 2
    assert of_kind(document, K.BOILERPLATE) == [
        "From Wikipedia, the free encyclopedia",
        "Jump to navigation",
        "This article needs additional citations for verification. Please help improve it.",
        "For the novel, see Port Tarkov (novel).",
        "Contents",
        "1\tBackground\n2\tReferences",
        "Main article: Northern War",
        "Categories: Ports | 1945",
        "Privacy policy",
        "About",
    ]
    headings = ["Background[edit]", "The siege[edit]", "Surrender[edit]", "References[edit]"]
    assert of_kind(document, K.HEADING) == headings
    assert {b.section for b in document.blocks if b.kind is K.REFERENCE} == {("References",)}
    assert inlines(document, InlineKind.CITATION) == ["[3]:45"]
    assert inlines(document, InlineKind.BACKLINK) == ["^ Jump up to: a b"]
    (table,) = document.tables
    assert table.header == ()
    assert [cell.text for cell in table.rows[0]] == ["Date", "9 August 1945"]


def test_newspaper_item() -> None:
    text = (
        "History\nWhy did so many stay on the shore?\nSep 02 2019\nNikolai Orlov\nArchive photo\n"
        "Follow North News on Facebook\n\n"
        "When the war ended, 40,000 men were waiting for a ship. The last of them left in 1950.\n\n"
        "Read more: Five facts about the ports\n\n"
        "How many died?\nEstimates differ: officials say 1,200, the families of the men 3,400.*\n\n"
        "In 1992 the archive handed over lists.\n*The figures include the hospital.\n\n"
        "Share this:\nFacebook\nNorth News Weekly\n"
    )
    document = read(text)
    assert document.title == "Why did so many stay on the shore?"
    assert document.metadata == {"issued": "Sep 02 2019", "creator": "Nikolai Orlov"}
    assert of_kind(document, K.BOILERPLATE) == [
        "History",
        "Follow North News on Facebook",
        "Read more: Five facts about the ports",
        "Share this:",
        "Facebook",
        "North News Weekly",
    ]
    assert of_kind(document, K.CAPTION) == ["Archive photo"]
    assert of_kind(document, K.HEADING) == ["How many died?"]
    assert of_kind(document, K.NOTE) == ["*The figures include the hospital."]
    assert kind_of(document, "In 1992") is K.PARAGRAPH
    assert inlines(document, InlineKind.CITATION) == ["*"]


def test_head_of_a_journal_article() -> None:
    text = (
        "УДК 94(571.1)\nП. А. Сорокин\nЯпонские военнопленные в посёлке (1945–1949 гг.)\n\n"
        "Аннотация: В статье рассматриваются условия содержания военнопленных в посёлке у реки.\n"
        "Ключевые слова: плен, труд.\n\n"
        "Осенью 1945 г. в посёлок прибыло свыше 25 тыс. военнопленных [1. Л. 12]. Умерло 42 чел.\n"
        "12\n"
        "Репатриация началась в 1947 г. и завершилась в 1949 г. Последний эшелон ушёл осенью.\n"
    )
    document = read(text)
    assert document.title == "Японские военнопленные в посёлке (1945–1949 гг.)"
    assert document.metadata == {
        "classification": "УДК 94(571.1)",
        "creator": "П. А. Сорокин",
        "keywords": "плен, труд.",
    }
    assert of_kind(document, K.BOILERPLATE) == ["12"]
    assert inlines(document, InlineKind.CITATION) == ["[1. Л. 12]"]


def test_numbered_headings_are_told_from_numbered_items() -> None:
    below = "Every man got 350 grams a day, and those who fulfilled the norm got more."
    document = read(f"Letters\n\n{PROSE}\n\n1. Bread\n{below}\n\n2. Work\n{below}\n")
    assert of_kind(document, K.HEADING) == ["1. Bread", "2. Work"]


def test_heading_is_not_empty_for_a_link_below_it() -> None:
    document = read(
        f"Letters\n\n{MORE}\n\nSources\n\nREAD MORE: The railway\n\nA. Orlov. Roads. 1999.\n"
    )
    assert kind_of(document, "READ MORE") is K.BOILERPLATE
    assert kind_of(document, "Sources") is K.HEADING


# Pages, notes, references.


def test_page_markers_and_the_notes_above_them() -> None:
    text = (
        f"The Slope\n\n{PROSE}\n\nThe men were counted* every day, in the morning and\n\n"
        f"* By the commandant. He kept a book.\n\n{MORE}\n\npage 41\n\n"
        f"in the evening, and nobody was missing.\n"
    )
    document = read(text)
    assert of_kind(document, K.NOTE) == ["* By the commandant. He kept a book.", MORE]
    assert of_kind(document, K.BOILERPLATE) == ["page 41"]
    assert document.blocks[-1].continues
    assert inlines(document, InlineKind.PAGE_MARKER) == ["page 41"]
    assert inlines(document, InlineKind.CITATION) == ["*"]


def test_paragraph_after_a_page_marker_begins_anew_after_a_full_stop() -> None:
    document = read(f"The Slope\n\n{PROSE}\n\n- 41 -\n\n{MORE}\n")
    assert not document.blocks[-1].continues


def test_heads_that_run_over_the_pages_are_furniture() -> None:
    pages = "".join(f"{PROSE}\n\npage {n}\n\nROADS OF THE NORTH\n\n" for n in (4, 5, 6))
    document = read(f"The Slope\n\n{pages}{MORE}\n")
    assert of_kind(document, K.BOILERPLATE).count("ROADS OF THE NORTH") == 3


def test_page_numbers_alone_on_a_line_count_up() -> None:
    document = read(f"The Slope\n\n{PROSE}\n\n12\n\n{MORE}\n\n13\n\n{PROSE}\n\n14\n\n{MORE}\n")
    assert of_kind(document, K.BOILERPLATE) == ["12", "13", "14"]


NOTES = """The Slope

The camp was closed in 1948 by decree.1 It had held 4 companies of the 2nd Battalion, and "the
books were burnt." 2 In all, 3 of the 5 barracks stood until 1990.3

1 Orlov N. Roads of the North. Moscow, Nauka, 1999.

2 Ibid., p. 9.

3 Ibid., pp. 12-14.
"""


def test_bare_footnote_digits_are_told_from_numbers() -> None:
    document = read(NOTES)
    assert inlines(document, InlineKind.CITATION) == ["1", "2", "3"]
    at = [inline.start for inline in document.inlines]
    assert [document.text[i - 1] for i in at] == [".", " ", "0"] or all(
        document.text[i : i + 2].strip() in {"1", "2", "3"} for i in at
    )
    assert len(of_kind(document, K.REFERENCE)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "The men of camp 1, of barrack 2, and of mine 3 came in May, and of the 3rd of mine 3.",
        "The camp was closed by decree.1 Nobody came after that, and the books were burnt.",
    ],
)
def test_numbers_are_no_footnotes_when_only_few_could_be(text: str) -> None:
    document = read(f"The Slope\n\n{text}\n\n1 Orlov {NOTES.split('1 Orlov')[1]}")
    assert len(of_kind(document, K.REFERENCE)) == 3
    assert inlines(document, InlineKind.CITATION) == []


def test_numbers_are_no_footnotes_when_nothing_defines_them() -> None:
    document = read(NOTES.split("\n\n1 Orlov")[0] + "\n")
    assert inlines(document, InlineKind.CITATION) == []


def test_reference_list_without_heading() -> None:
    text = (
        f"The Slope\n\n{PROSE}[1][2]\n\n  1. ^ A. Orlov, Roads. Omsk, 1999.\n"
        f"  2. ^ 『港の記録』北海書房、1962年。\n\n© Mirror\n"
    )
    document = read(text)
    assert len(of_kind(document, K.REFERENCE)) == 2
    assert inlines(document, InlineKind.BACKLINK) == ["^", "^"]


def test_entries_with_carets_need_no_numbers() -> None:
    document = read(f"The Slope\n\n{PROSE}\n\n^ A. Orlov, the book on roads\n\n© Mirror\n")
    assert of_kind(document, K.REFERENCE) == ["^ A. Orlov, the book on roads"]


def test_entries_go_on_with_the_next_line() -> None:
    text = (
        f"The Slope\n\n{PROSE}\n\nReferences\n"
        "1. Orlov, A. (1999). Roads of the North.\nOmsk: Nauka.\n2. Belov, I. (2001). Camps.\n"
    )
    assert of_kind(read(text), K.REFERENCE) == [
        "1. Orlov, A. (1999). Roads of the North.\nOmsk: Nauka.",
        "2. Belov, I. (2001). Camps.",
    ]


def test_line_that_names_its_sources_is_a_reference() -> None:
    document = read(
        f"The Slope\n\n{PROSE}\n\nSources: A. Orlov, Roads (Omsk, 1999), p. 3.\n\n{MORE}\n"
    )
    assert kind_of(document, "Sources:") is K.REFERENCE


def test_numbered_list_of_the_text_is_no_reference_list() -> None:
    document = read(
        f"The Slope\n\n{PROSE}\n\n1. Bread was cut at six.\n2. Lamps were out at nine.\n\n{MORE}\n"
    )
    assert of_kind(document, K.LIST_ITEM) == [
        "1. Bread was cut at six.",
        "2. Lamps were out at nine.",
    ]


@pytest.mark.parametrize(
    ("marker", "kind"),
    [
        ("[4]", InlineKind.CITATION),
        ("[ 13 ]", InlineKind.CITATION),
        ("[2, 5]", InlineKind.CITATION),
        ("[note 3]", InlineKind.CITATION),
        ("[注釈 1]", InlineKind.CITATION),
        ("²", InlineKind.CITATION),
        ("[ citation needed ]", InlineKind.EDITORIAL),
        ("[Citation Needed]", InlineKind.EDITORIAL),
        ("[clarification needed]", InlineKind.EDITORIAL),
        ("[who?]", InlineKind.EDITORIAL),
        ("[источник не указан 12 дней]", InlineKind.EDITORIAL),
        ("[要出典]", InlineKind.EDITORIAL),
        ("[edit]", InlineKind.MARKUP),
        ("<br/>", InlineKind.MARKUP),
        ("[[File:Bira.jpg|thumb|", InlineKind.MARKUP),
        ("[p. 75]", InlineKind.PAGE_MARKER),
    ],
)
def test_inline_matter(marker: str, kind: InlineKind) -> None:
    document = read(
        f"The Slope\n\nThe camp was closed in the spring{marker} and nobody was told of it.\n"
    )
    assert [(i.kind, i.text) for i in document.inlines] == [(kind, marker)]


@pytest.mark.parametrize(
    "words", ["[sic]", "[the harbour]", "[Omsk, 1999]", "about 40 m²", "a < b"]
)
def test_words_in_brackets_stay(words: str) -> None:
    assert (
        read(f"The Slope\n\nThe camp was closed in the spring, {words} he wrote.\n").inlines == ()
    )


# Captions and legends.


@pytest.mark.parametrize(
    "caption",
    [
        "Top Image: The gate of the camp, 1947.",
        "Рис. 3. План лагеря у станции.",
        "写真１：収容所の門（1947年）",
        "Dr. Imai in 1974. Courtesy of the Imai family.",
        "Men of the second column wait at the pier for the ship that is to take them home in 1948",
        "The old pier.jpg",
    ],
)
def test_captions_by_label_credit_shape_or_file_name(caption: str) -> None:
    document = read(f"The Harbour\n\n{PROSE}\n\n{caption}\n\n{MORE}\n")
    assert kind_of(document, caption) is K.CAPTION


def test_caption_said_twice_loses_its_file_name() -> None:
    caption = "Men of the second column wait at the pier in 1948"
    document = read(f"The Harbour\n\n{caption} Second Column 1948.jpg\n{caption}\n\n{PROSE}\n")
    assert of_kind(document, K.CAPTION) == [caption, "Second Column 1948.jpg", caption]
    reasons = [block.reason for block in document.blocks if block.kind is K.CAPTION]
    assert reasons == ["repeated text", "file name", ""]


def test_notes_in_wide_brackets_need_no_heading() -> None:
    notes = ["（注1）北斗町史編さん委員会『北斗町史』1988年。", "（注2）北斗町『統計』1990年。"]
    text = "港の碑\n\n碑は1988年に建てられ、41人の名が刻まれた（注1）。町の人々は毎年集まる。\n\n"
    document = read(text + "\n".join(notes) + "\n（91）歳の人が語った。\n")
    assert of_kind(document, K.REFERENCE) == notes
    assert [inline.text for inline in document.inlines] == ["（注1）"]
