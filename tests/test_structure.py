"""Structure: what each stretch of a page is, by general signals, on invented pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maizuru.graph import documents
from maizuru.graph.errors import DocumentError
from maizuru.graph.model import BlockKind, InlineKind
from tests.pages import MORE, PROSE, inlines, kind_of, of_kind, outline, read

K = BlockKind


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
