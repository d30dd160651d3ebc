"""Structure: what each stretch of a document is, by general signals, on invented pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maizuru.graph import documents
from maizuru.graph.errors import DocumentError
from maizuru.graph.model import BlockKind, Document, InlineKind
from maizuru.graph.structure import structure
from maizuru.graph.structure.recut import column_type, cut_rows, header_columns, infer_types

K = BlockKind


def read(text: str, source: str = "text.txt") -> Document:
    return structure(documents.from_text(text, source))


def outline(document: Document) -> list[tuple[BlockKind, str]]:
    """Return kind and text of every block."""
    return [(b.kind, document.text[b.start : b.end].strip()) for b in document.blocks]


def kind_of(document: Document, beginning: str) -> BlockKind:
    return next(kind for kind, text in outline(document) if text.startswith(beginning))


def of_kind(document: Document, kind: BlockKind) -> list[str]:
    return [text for found, text in outline(document) if found is kind]


def inlines(document: Document, kind: InlineKind) -> list[str]:
    return [inline.text for inline in document.inlines if inline.kind is kind]


PROSE = (
    "In the autumn of 1946 the first ships with released soldiers put in at the harbour. "
    "About 5,000 men came ashore that month, and the whole town went down to the pier to see."
)
MORE = (
    "Before the war it had been a quiet place, known for its herring and for little else. "
    "Nobody had expected the ships, and the barracks were still without roofs in November."
)


# The first property: nothing is lost, nothing is counted twice.

LINES = st.sampled_from(
    [
        *(PROSE, MORE, "History", "References", "Notes", "See also", "Contents", "LEARN MORE"),
        *("Related articles", "Thumbnail", "page 75", "* * *", "* A note.", "he said*", "12", "13"),
        *("1 Ibid., p. 9.", "2 Orlov, Roads, 1999.", "1. ^ Orlov. 1999.", "- bread", "1. bread"),
        *("yearnumber releasednotes", "194618,616", "1947166,240first", "a | b", "c | d", "14"),
        *("NOTE 1. ○ Circles: many.", "A) Map. Moscow. 1979. B) Map. 1980.", "Photo: x.jpg", "  "),
        *("File:Map.pdf|thumb|LEGEND:1) Map. 1977. 2) Map. 1978.", "[citation needed]", "\x0c"),
        *("Publisher:", "Keywords: a", "By Anna Writer", "Comments", "© Museum", "\u2028"),
        *("シベリア", "約29万人。", "[[File:a.jpg|thumb|[1]]] <b>[2]</b>"),
    ]
)
GAPS = st.sampled_from(["\n", "\n\n", "\n\n\n", " "])


@given(st.lists(st.tuples(LINES, GAPS), min_size=1, max_size=25))
def test_blocks_cover_the_text_without_gap_or_overlap(parts: list[tuple[str, str]]) -> None:
    text = "".join(line + gap for line, gap in parts)
    if not text.strip():
        return
    document = read(text)
    assert "".join(document.text[b.start : b.end] for b in document.blocks) == document.text
    assert all(a.end == b.start for a, b in zip(document.blocks, document.blocks[1:], strict=False))
    assert document.blocks[0].start == 0
    assert all(block.start < block.end for block in document.blocks)
    for table in document.tables:
        block = document.blocks[table.block]
        for cell in (*table.header, *(cell for row in table.rows for cell in row)):
            assert block.start <= cell.start <= cell.end <= block.end
            assert document.text[cell.start : cell.end] == cell.text
    ends = [0, *(inline.end for inline in document.inlines)]
    for end, inline in zip(ends, document.inlines, strict=False):
        assert end <= inline.start < inline.end
        assert document.text[inline.start : inline.end] == inline.text


@given(st.text(min_size=1, max_size=200))
def test_any_text_is_structured(text: str) -> None:
    if not documents.normalise(text).strip():
        return
    document = read(text)
    assert "".join(document.text[b.start : b.end] for b in document.blocks) == document.text


@given(st.lists(LINES, min_size=1, max_size=12), st.sampled_from(["x.md", "x.html"]))
def test_marked_up_text_is_covered_too(lines: list[str], source: str) -> None:
    text = "\n\n".join(lines) if source == "x.md" else "".join(f"<p>{line}</p>" for line in lines)
    try:
        document = read(text, source)
    except DocumentError:
        return
    assert "".join(document.text[b.start : b.end] for b in document.blocks) == document.text


# A page of a museum.

MUSEUM = f"""Skip to main content
Home
Visit
Search
Home > Stories > The Long Way Home
The Long Way Home: Returnees at the Harbour
By Margaret Ellison
May 14, 2018
8 min read
Share on Facebook

Lumber crews of the 7th district near Tayga, winter 1946. (Photo by A. Petrov)

{PROSE}

Life in the Camps

{MORE}[1] It was cold.[2][citation needed]

A former cook, now 91, remembers:

"We boiled the millet until it was soft. There was never enough of it for all of us."

He returned in 1949.

RELATED STORIES

Thumbnail
Winter in the Quarry
A new look at letters that were never sent.
READ MORE

Notes

1. I. Belov, Camps of the Taiga (Omsk: Nauka, 1999), pp. 33–35.
2. The figure includes 312 civilians who had been arrested after the surrender and stayed.

Further Reading

This exhibition is made possible by the Harbour Bank.
Sign up for our newsletter
Your email address
© 2018 Harbour Museum. All rights reserved.
"""


def test_museum_page() -> None:
    document = read(MUSEUM)
    assert document.title == "The Long Way Home: Returnees at the Harbour"
    assert document.metadata["creator"] == "Margaret Ellison"
    assert document.metadata["issued"] == "May 14, 2018"
    assert of_kind(document, K.BOILERPLATE) == [
        "Skip to main content",
        "Home",
        "Visit",
        "Search",
        "Home > Stories > The Long Way Home",
        "8 min read",
        "Share on Facebook",
        "RELATED STORIES",
        "Thumbnail",
        "Winter in the Quarry",
        "A new look at letters that were never sent.",
        "READ MORE",
        "Further Reading",
        "This exhibition is made possible by the Harbour Bank.",
        "Sign up for our newsletter",
        "Your email address",
        "© 2018 Harbour Museum. All rights reserved.",
    ]
    assert of_kind(document, K.HEADING) == ["Life in the Camps", "Notes"]
    assert of_kind(document, K.METADATA) == ["By Margaret Ellison", "May 14, 2018"]
    assert len(of_kind(document, K.CAPTION)) == 1
    assert kind_of(document, '"We boiled') is K.QUOTE
    assert kind_of(document, "1. I. Belov") is K.REFERENCE
    assert kind_of(document, "2. The figure") is K.NOTE
    assert inlines(document, InlineKind.CITATION) == ["[1]", "[2]"]
    assert inlines(document, InlineKind.EDITORIAL) == ["[citation needed]"]


def test_section_path_names_the_headings_above() -> None:
    document = read(
        "# Port\n\n## Ships\n\nText one.\n\n### Names\n\nText two.\n\n## Men\n\nLast.\n", "x.md"
    )
    paths = {document.text[b.start : b.end].strip(): b.section for b in document.blocks}
    assert paths["Text one."] == ("Ships",)
    assert paths["Names"] == ("Ships",)
    assert paths["Text two."] == ("Ships", "Names")
    assert paths["Last."] == ("Men",)


# Site furniture.


@pytest.mark.parametrize(
    "line",
    [
        "Last updated",
        "Share on Twitter",
        "© 2020 North Harbour Times",
        "Text is available under the Creative Commons Attribution-ShareAlike License",
        "This page was last edited on 3 May 2019",
        "115 days ago · From Olga Ivanova",
        "Все права защищены",
        "Поделиться в соцсетях",
        "ページの先頭へ",
        "無断転載を禁じます",
        "Download app for Android",
        "Create your own collection: you can share a link with your friends. It's free. "
        "Click here.",
        "About · News · Contact",
        "Become a member: your support keeps our newsletter alive, and the harbour museum too.",
    ],
)
def test_furniture_after_the_text(line: str) -> None:
    document = read(f"The Harbour\n\n{PROSE}\n\n{line}\n")
    assert outline(document)[-1] == (K.BOILERPLATE, line)
    assert document.blocks[-1].reason


@pytest.mark.parametrize(
    "line",
    [
        "The construction was funded by the ministry of the interior of the republic.",
        "Back to Japan went those who could prove that they had been born there.",
        "The register of the dead was published by the two governments in 1991.",
        "He asked the readers of the paper to send him letters and photographs of the camp.",
    ],
)
def test_sentences_of_the_text_are_not_furniture(line: str) -> None:
    document = read(f"The Harbour\n\n{PROSE}\n\n{line}\n\n{MORE}\n")
    assert kind_of(document, line) is K.PARAGRAPH


def test_everything_after_the_furniture_goes_but_not_what_stands_before_it() -> None:
    document = read(
        f"The Harbour\n\n{PROSE}\n\nHe died in 1990.\n\n© 2018 Museum\n\nNorth wing\n\nTel. 12\n"
    )
    assert kind_of(document, "He died") is K.PARAGRAPH
    assert of_kind(document, K.BOILERPLATE) == ["© 2018 Museum", "North wing", "Tel. 12"]


def test_short_line_between_furniture_is_furniture() -> None:
    text = f"The Harbour\n\n{PROSE}\n\nTweet\n\nHarbour News\n\nPrint\n\n{MORE}\n"
    assert of_kind(read(text), K.BOILERPLATE) == ["Tweet", "Harbour News", "Print"]
    alone = read(f"The Harbour\n\n{PROSE}\n\nTweet\n\nHarbour News\n\n{MORE}\n")
    assert of_kind(alone, K.BOILERPLATE) == ["Tweet"]


def test_menu_below_the_title_goes() -> None:
    text = f"The Old Harbour and Its Men\nShare\nCollections\nEvents\nPrint\n\n{PROSE}\n\n{MORE}\n"
    assert of_kind(read(text), K.BOILERPLATE) == ["Share", "Collections", "Events", "Print"]


def test_text_of_short_paragraphs_has_an_end_too() -> None:
    text = "The Harbour\n\nHe was a cook in the camp until 1948.\n\n© Museum\n\nNorth wing\n"
    document = read(text)
    assert kind_of(document, "He was") is K.PARAGRAPH
    assert of_kind(document, K.BOILERPLATE) == ["© Museum", "North wing"]
    head = read("Log in\nSearch\nThe Old Harbour\n\nHe was a cook in the camp until 1948.\n")
    assert head.title == "The Old Harbour"


def test_related_articles_end_where_the_references_begin() -> None:
    text = (
        f"The Harbour\n\n{PROSE}\n\nRelated Articles\n\n<b>Omsk</b> A town\n\n{MORE}\n\n"
        f"References\n\nA. Orlov, Roads. Omsk, 1999.\n"
    )
    document = read(text)
    assert of_kind(document, K.BOILERPLATE) == ["Related Articles", "<b>Omsk</b> A town", MORE]
    assert of_kind(document, K.REFERENCE) == ["A. Orlov, Roads. Omsk, 1999."]


def test_box_of_related_links_above_the_text_does_not_swallow_it() -> None:
    document = read(f"The Harbour\n\nRelated topics\n\nShips\n\nHerring\n\n{PROSE}\n\n{MORE}\n")
    assert of_kind(document, K.PARAGRAPH) == [PROSE, MORE]


def test_table_of_contents_and_links_are_navigation() -> None:
    text = (
        f"The Harbour\n\n{MORE}\n\nContents\n1 Ships\n2 References\n\nShips\n\n{PROSE}\n\n"
        "See also\n\nOmsk\n\nBira\n\nReferences\n\nA. Orlov, Roads. Omsk, 1999.\n"
    )
    document = read(text)
    assert of_kind(document, K.BOILERPLATE) == [
        "Contents", "1 Ships", "2 References", "See also", "Omsk", "Bira",
    ]  # fmt: skip
    assert of_kind(document, K.HEADING) == ["Ships", "References"]


def test_contents_whose_list_was_dropped_takes_nothing_with_it() -> None:
    document = read(f"The Harbour\n\n{MORE}\n\nContents\n\n{PROSE}\n")
    assert of_kind(document, K.BOILERPLATE) == ["Contents"]
    assert of_kind(document, K.PARAGRAPH) == [MORE, PROSE]


def test_heading_with_nothing_beneath_is_furniture() -> None:
    document = read(
        f"The Harbour\n\n{PROSE}\n\nFurther reading\n\nReferences\n\nA. Orlov, Roads. 1999.\n"
    )
    assert of_kind(document, K.BOILERPLATE) == ["Further reading"]
    marked_up = read(
        "# A\n\n## Ships\n\n## Men\n\nText.\n\n## Names\n\n### Of men\n\nText.\n", "x.md"
    )
    assert of_kind(marked_up, K.BOILERPLATE) == ["Ships"]
    assert of_kind(marked_up, K.HEADING) == ["Men", "Names", "Of men"]


def test_teaser_is_told_by_its_call() -> None:
    card = "Winter in the Quarry\n\nA new look at letters that were never sent.\n\nREAD MORE"
    document = read(f"The Harbour\n\n{PROSE}\n\nHe died in 1990.\n\n{card}\n")
    assert of_kind(document, K.BOILERPLATE) == card.split("\n\n")
    assert kind_of(document, "He died") is K.PARAGRAPH


def test_comments_go_with_what_readers_wrote() -> None:
    text = (
        f"Гавань\n\n{PROSE}\n\nКомментарии (2)\n\nОльга\n\n"
        f"Спасибо за статью! Мой дед работал там вольнонаёмным и много рассказывал о "
        f"японцах.\n"
        f""
    )
    document = read(text)
    assert len(of_kind(document, K.BOILERPLATE)) == 3


def test_box_about_the_author_is_metadata() -> None:
    text = (
        f"The Harbour\n\n{PROSE}\n\nContributor\n\nAnna Writer, PhD\n\n"
        "Anna Writer, PhD, is a curator at the museum of the harbour.\n\nLearn More\n"
    )
    document = read(text)
    assert len(of_kind(document, K.METADATA)) == 3
    assert of_kind(document, K.BOILERPLATE) == ["Learn More"]
    assert document.metadata["creator"] == "Anna Writer"


def test_last_words_about_the_author_are_metadata() -> None:
    about = f"Anna Writer is a curator and {PROSE}"
    text = f"The Harbour\nBy Anna Writer\n\n{PROSE}\n\n{about}\n\n© Museum\n"
    assert kind_of(read(text), "Anna Writer is") is K.METADATA
    inside = f"The Harbour\nBy Anna Writer\n\nAnna Writer is here and {PROSE}\n\n{MORE}\n"
    assert kind_of(read(inside), "Anna Writer is") is K.PARAGRAPH


def test_metadata_around_the_text() -> None:
    text = (
        "Archive ID: JP-77\nAuthor(s) of the publication: N. P. ORLOV\n\n"
        "In Search of the Camp Keywords: Omsk\n\n"
        f"{PROSE}\n\n{MORE}\n\nN. P. ORLOV, Doctor of Sciences\n\nInstitute of the North\n\n"
        "© library\n\nPermanent link to this publication:\n\nhttps://example.org/a\n\n"
        "How to cite:\n\n"
        "N. P. ORLOV, ROADS OF THE NORTH // Omsk. Updated: 12.09.2023. (date of access: "
        "19.05.2025).\n"
        ""
    )
    document = read(text)
    assert document.title == "In Search of the Camp"
    assert document.metadata["creator"] == "N. P. ORLOV"
    assert document.metadata["keywords"] == "Omsk"
    assert document.metadata["source"] == "https://example.org/a"
    assert document.metadata["alternative"] == "ROADS OF THE NORTH"
    assert document.metadata["issued"] == "12.09.2023"
    assert kind_of(document, "N. P. ORLOV, Doctor") is K.METADATA
    assert kind_of(document, "Institute of the North") is K.METADATA
    assert kind_of(document, "https://example.org/a") is K.METADATA


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


LEGEND = (
    "NOTE 1. ○ Large circles: over 900 men.\n● Black circles: less.\n"
    "NOTE 2. The signs show the camps:\n"
    "1) Kôseishô [Ministry]. Minato no kiroku. 1977. p.5.\n2) Ôsawa. Kiroku. Tokyo. 1997. pp.5-6.\n"
    "Names have been taken from the maps below.\n"
    "A) Railways. Quail Press. Exeter. 1973.\nB) Union. Moscow. 1979."
)


def test_legend_lines_are_captions_and_its_sources_references() -> None:
    document = read(f"Map\n\n{PROSE}\n\n{LEGEND}\n\n{MORE}\n")
    assert [text[:2] for text in of_kind(document, K.REFERENCE)] == ["1)", "2)", "A)", "B)"]
    assert len(of_kind(document, K.CAPTION)) == 4


def test_legend_printed_twice_is_marked_once_where_letters_were_lost() -> None:
    plain = LEGEND.replace("○", "*").replace("●", "*").replace("ô", "o").replace("Ô", "O")
    document = read(f"Map\n\n{PROSE}\n\n{plain} Map of the camps in 1946.pdf\n{LEGEND}\n\n{MORE}\n")
    repeated = [b for b in document.blocks if b.reason == "repeated text"]
    assert len(repeated) == 8
    assert all(block.end <= document.text.index("○") for block in repeated)


def test_legend_on_one_line_is_cut_into_its_entries() -> None:
    line = "File:Map of camps.pdf|thumb|LEGEND:" + LEGEND.replace("\n", " ")
    document = read(f"Map\n\n{PROSE}\n{line}\n{MORE}\n")
    assert [text[:2] for text in of_kind(document, K.REFERENCE)] == ["1)", "2)", "A)", "B)"]
    assert inlines(document, InlineKind.MARKUP) == ["File:Map of camps.pdf|thumb|LEGEND:"]
    assert of_kind(document, K.PARAGRAPH) == [PROSE, MORE]


def test_paragraph_goes_on_after_a_caption_that_cuts_it() -> None:
    text = f"The Harbour\n\n{PROSE}\n\nThe men went down to the pier and\n\n"
    text += "Photo: The pier, 1947.\n\nwaited there until the evening came.\n"
    assert read(text).blocks[-1].continues


# Headings, lists, quotations, wrapped lines.


def test_headings_stuck_to_their_paragraph_are_cut_off() -> None:
    text = (
        f"The Harbour\n\nContents\n1 The herring years\n\nHistory{PROSE}\n\n"
        f"The herring years {MORE}\n"
    )
    document = read(text)
    assert of_kind(document, K.HEADING) == ["History", "The herring years"]
    assert of_kind(document, K.PARAGRAPH) == [PROSE, MORE]


def test_headings_where_no_line_is_blank() -> None:
    long = f"{PROSE} {MORE}"
    lines = ["The Harbour", long, long, "Herring and ships", long, long, long, "The end", long]
    assert of_kind(read("\n".join(lines)), K.HEADING) == ["Herring and ships", "The end"]


def test_short_lines_without_text_below_are_no_headings() -> None:
    document = read(f"The Harbour\n\n{PROSE}\n\nOmsk, 1999\n\nBira, 2001\n")
    assert of_kind(document, K.HEADING) == []


def test_quotation_needs_one_who_speaks() -> None:
    led = read(f"The Harbour\n\nThe cook remembers:\n\n{PROSE}\n")
    contrasted = read(f"The Harbour\n\nThe cook remembers:\n\nHowever, {PROSE}\n")
    listed = read(f"The Harbour\n\nThere were three ships:\n\n{PROSE}\n")
    assert kind_of(led, PROSE) is K.QUOTE
    assert kind_of(contrasted, "However") is K.PARAGRAPH
    assert kind_of(listed, PROSE) is K.PARAGRAPH


WRAPPED = """THE ROAD

It was late in October when we were marched out of the gate. There were
about three hundred of us, most of them from the second battalion, and
nobody knew where we were going.
The sergeant said that it would be a mine. He had asked a guard whom he
knew.

    The snow began on the third day. We had no winter boots, and the men
tied rags round their feet.
"""


def test_lines_wrapped_at_a_width_are_joined() -> None:
    document = read(WRAPPED)
    assert [text.split()[0] for text in of_kind(document, K.PARAGRAPH)] == ["It", "The", "The"]


def test_short_lines_of_a_text_with_long_ones_stay_apart() -> None:
    lines = (
        "The first column came in May by train and\nwas counted at the gate by two of the\n"
        "guards, and then it was led away to the\nbarracks\nof the north"
    )
    document = read(f"The Road\n\n{PROSE}\n\n{lines}\n")
    assert "The first column came in May by train and" in [text for _, text in outline(document)]


# Tables.

GLUED = (
    "yearnumber releasednotes\n194618,616\n1947166,240\n194997,000971 sent on\n"
    "19501,585leaving 2,988 behind"
)


def rows(document: Document) -> list[list[str]]:
    (table,) = document.tables
    return [[cell.text for cell in row] for row in (table.header, *table.rows)]


def test_glued_table_is_cut_by_the_types_of_its_columns() -> None:
    document = read(f"The Harbour\n\n{PROSE}\n\n{GLUED}\n\n{MORE}\n")
    assert rows(document) == [
        ["year", "number released", "notes"],
        ["1946", "18,616", ""],
        ["1947", "166,240", ""],
        ["1949", "97,000", "971 sent on"],
        ["1950", "1,585", "leaving 2,988 behind"],
    ]
    assert of_kind(document, K.PARAGRAPH) == [PROSE, MORE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "CampMenDied\nKansk12,3401,002\nTaishet9,112988\nChita101,32212,400",
            [["Camp", "Men", "Died"], ["Kansk", "12,340", "1,002"], ["Taishet", "9,112", "988"],
             ["Chita", "101,322", "12,400"]],
        ),
        (
            "年引揚者数備考\n194728,340函館のみ\n194891,205",
            [["年", "引揚者数", "備考"], ["1947", "28,340", "函館のみ"], ["1948", "91,205", ""]],
        ),
        (
            "year | men\n---- | ---\n1946 | 12\n1947 | -",
            [["year", "men"], ["1946", "12"], ["1947", "-"]],
        ),
        (
            "Box\tTitle\tDates\n1\tPostcards\t1946-1947\n2\tDiary\t",
            [["Box", "Title", "Dates"], ["1", "Postcards", "1946-1947"], ["2", "Diary", ""]],
        ),
        (
            "Year\n\nNumber released\n\nNotes\n\n1946\n\n120\n\n1947\n\n1,340\n\n"
            "two ships\n\n1948\n\n9",
            [["Year", "Number released", "Notes"], ["1946", "120"], ["1947", "1,340", "two ships"],
             ["1948", "9"]],
        ),
    ],
)  # fmt: skip
def test_tables_of_other_makes(text: str, expected: list[list[str]]) -> None:
    document = read(f"The Harbour\n\n{PROSE}\n\n{text}\n\n{MORE}\n")
    assert rows(document) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Chapter 3\nThe 2 ships\nIn 1946",
        "Ships and men\nThe 2 ships\nIn 1946",
        "1. Orlov   A., Roads of the North and what became of them in the years after. ISBN   1\n"
        "2. Belov   I., Camps of the Taiga and the men who lived there for many years. ISBN   2",
    ],
)
def test_lines_that_are_no_table(text: str) -> None:
    assert read(f"The Harbour\n\n{PROSE}\n\n{text}\n\n{MORE}\n").tables == ()


def test_header_is_cut_at_known_words_and_capitals() -> None:
    for header, cells in (
        ("yearnumber releasednotes", ["year", "number released", "notes"]),
        ("YearNumber ReleasedRemarks", ["Year", "Number Released", "Remarks"]),
        ("ГодЧислоПримечания", ["Год", "Число", "Примечания"]),
        ("HarbourKeeper", ["Harbour", "Keeper"]),
        ("yearbook", ["yearbook"]),
    ):
        assert [header[a:b] for a, b in header_columns(header)] == cells
    assert [column_type(c) for c in ("Year", "Number of men", "Share", "Place", "Xyz")] == [
        "year", "integer", "percent", "text", "text",
    ]  # fmt: skip


def test_row_whose_cells_do_not_add_up_is_refused() -> None:
    assert cut_rows(["194618,616"], ("year", "integer")) == [((0, 4), (4, 10))]
    assert cut_rows(["194618,61"], ("year", "integer")) is None
    assert cut_rows(["18,6161946"], ("integer", "year")) == [((0, 6), (6, 10))]
    assert infer_types(["Omsk", "Bira"]) is None


# The documents beside the project.


def test_boilerplate_by_character_against_the_gold(shared: Path) -> None:
    gold: dict[str, list[dict[str, object]]] = {}
    lines = (shared / "gold" / "boilerplate.jsonl").read_text("utf-8").splitlines()
    for entry in map(json.loads, lines):
        gold.setdefault(entry["doc"], []).append(entry)
    index = json.loads((shared / "gold" / "documents.json").read_text("utf-8"))
    hits = wrong = missed = 0
    for name, spans in gold.items():
        document = structure(documents.read(shared / index[name]["path"]))
        visible = {i for i, character in enumerate(document.text) if not character.isspace()}
        expected = {
            i
            for span in spans
            if not span["extractTriples"]
            for i in range(int(str(span["start"])), int(str(span["end"])))
        } & visible
        found = _not_content(document) & visible
        hits += len(found & expected)
        wrong += len(found - expected)
        missed += len(expected - found)
    assert 2 * hits / (2 * hits + wrong + missed) >= 0.98


def _not_content(document: Document) -> set[int]:
    """Return the offsets that the gold counts as not content."""
    found: set[int] = set()
    for block in document.blocks:
        if block.kind in {K.BOILERPLATE, K.HEADING}:
            found.update(range(block.start, block.end))
    for inline in document.inlines:
        if inline.kind is not InlineKind.CITATION:
            found.update(range(inline.start, inline.end))
    for table in document.tables:
        for cell in table.header:
            found.update(range(cell.start, cell.end))
    return found


def test_label_of_an_advert_takes_the_line_below_but_no_sentence() -> None:
    text = f"The Harbour\n\n{PROSE}\n\nAdvertisement\nCruises from 99 crowns\n\n{MORE}\n"
    assert of_kind(read(text), K.BOILERPLATE) == ["Advertisement", "Cruises from 99 crowns"]
    told = read(f"The Harbour\n\n{PROSE}\n\nAdvertisement\nThe ship sank.\n\n{MORE}\n")
    assert kind_of(told, "The ship sank.") is K.PARAGRAPH


def test_title_below_a_menu_is_the_line_above_the_name_of_the_encyclopaedia() -> None:
    text = (
        "Main page\nLog in\n\nThe Harbour\n\nFrom Coastal Wiki, the open reference\n\n"
        "Men waiting by the northern pier for the ship to come in, spring 1947\n\n"
        f"{PROSE}\n\n{MORE}\n"
    )
    document = read(text)
    assert document.title == "The Harbour"
    assert of_kind(document, K.CAPTION) == [
        "Men waiting by the northern pier for the ship to come in, spring 1947"
    ]


def test_lines_of_archival_description_are_metadata_below_the_title() -> None:
    text = (
        "Search holdings | Basket (2) | Print\n\nFond 12. Harbour Office\nDates: 1945–1950\n"
        f"Extent: 31 files\n\nHistory of the office\n{PROSE}\n\n{MORE}\n"
    )
    document = read(text)
    assert document.title == "Fond 12. Harbour Office"
    assert of_kind(document, K.METADATA) == ["Dates: 1945–1950", "Extent: 31 files"]


def test_chapter_below_the_name_of_a_book_is_the_title() -> None:
    document = read(f"Voices of the Coast\nChapter 3. The Pier\n\n{PROSE}\n\n{MORE}\n")
    assert document.title == "Chapter 3. The Pier"
