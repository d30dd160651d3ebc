"""Sentences: where they end in four languages, across markers and pages, and with what offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maizuru.graph import documents
from maizuru.graph.language import sentences
from maizuru.graph.model import BlockKind, Document, Sentence
from maizuru.graph.structure import structure


def cut(text: str, language: str = "en") -> list[str]:
    return [text[a:b].strip() for a, b in sentences.cut(text, language)]


def split(text: str, source: str = "text.txt") -> Document:
    return sentences.split(structure(documents.from_text(text, source)))


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [s.text for s in document.sentences if document.blocks[s.block].kind is kind]


# Each text has its sentence ends marked by a bar; joined they must come apart there again.
CASES = [
    # names, titles, initials
    ("en", "The head was S. Belov.|M.M. Orlov and Yu. Sato helped.|V. Ito left."),
    ("en", "Dr. K. Arai met Gen. Ershov and Lt. Col. Hara.|They spoke for an hour."),
    ("en", "He met J. R. Young.|The talk was short."),
    ("en", "Franklin D. Roosevelt signed it.|Nobody else did."),
    # abbreviations
    ("en", "Camp No. 9 lay on vol. 3, p. 56 of the map.|It had 4 gates."),
    ("en", "They had bread, millet, etc. every day.|Tools, coats, etc.|Nobody counted them."),
    ("en", "They had bread, coats, etc.and no tools.|It was cold."),
    ("en", "Before the end, i.e. in May, e.g. at Bira, they left.|All went home."),
    ("en", "The U.S. Army sent coats.|He lived in the U.S.|The rest left the U.S.S.R. then."),
    ("en", "It was St. Petersburg vs. Omsk.|Mr. Ono of Kato Co. Ltd. paid."),
    # numbers
    ("en", "About 3.5 million came.|In 1946, 4.5 million."),
    ("en", "They came in 1946.|12 ships were sent."),
    ("en", "1. The first rule was silence.|The second was work."),
    ("en", "It cost 1,340.50 yen on 12.09.1947.|No more was paid."),
    ("en", "See the Yearbook of the Port Office. 1998."),
    # quotation marks and brackets
    ("en", 'He wrote that "every third man could not walk."|Nobody replied.'),
    ("en", "“We never saw the sea.”|So he wrote."),
    ("en", "They stayed (many until 1950.)|As Hara says, it was long."),
    ("en", "They stayed (see Ito. Also Hara.) and worked.|Then they left."),
    ("en", 'It names "Roads. Letters" (1996), "Winter. A Diary" and others.|All are lost.'),
    ("en", 'It was "proved by many.|The papers are genuine. "|Nobody doubts it.'),
    ("en", 'He wrote "Pages of relations". relations" (Omsk, 2005) and more.|It sold well.'),
    # missing spaces and marks
    ("en", "They were sent to the USSR.|The rest stayed."),
    ("en", "Read it at www.Example.Org or https://example.org/a.Html today.|It is free."),
    ("en", "What became of them?|Where are they?!|Nobody knows..."),
    ("en", "He waited... and waited.|Then he left."),
    # Russian
    ("ru", "В 1946 г. в посёлок прибыло 3 тыс. человек.|Ими командовал ген. М. Н. Ершов."),
    ("ru", "Их увезли в 1948 г.|Лагерь закрыли.|Умерло 211 чел.|Остальные вернулись."),
    ("ru", "Лагерь № 9 находился в 12 км от г. Канска, т.е. в лесу, и т.д.|Норма была высокой."),
    ("ru", "«Мы не верили, что вернёмся?» — вспоминал К. Мори.|Его слушали."),
    # German
    (
        "de",
        "Am 8. August 1945 begann es, d.h. vor dem Ende, usw.|Die 3. Armee und ca. 500 Mann kamen.",
    ),
    ("de", "Dr. Braun war z.B. dort.|Er blieb bis 1949.|Danach ging er."),
    # Japanese
    ("ja", "約29万人が上陸した。|「海は見たくない。」と語った。|船がない！|T. Yamada による。"),
    ("ja", "「寒かった。空腹だった。」|彼はそう書いた（1947年。函館）。|終わり"),
]


@pytest.mark.parametrize(("language", "marked"), CASES)
def test_sentence_ends(language: str, marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    glue = "" if language == "ja" else " "
    assert cut(glue.join(expected), language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They left in May.Then it snowed.", ["They left in May.", "Then it snowed."]),
        ("It closed in 1950.But he stayed.", ["It closed in 1950.", "But he stayed."]),
        ("It was in the USSR.The rest went.", ["It was in the USSR.", "The rest went."]),
        ("A file named plan.Old was lost.", ["A file named plan.", "Old was lost."]),
        ("S.Belov and approx.Ten men.", ["S.Belov and approx.Ten men."]),
    ],
)
def test_full_stop_without_a_space(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_markers_are_blanked_and_offsets_keep() -> None:
    text = (
        "The Harbour\n\n"
        "About 5,000 men came ashore.[1] Between 60[2][ 3] and 70 died.[citation needed] "
        "They were gone by 1948 [4] The last ship left in spring, said the harbour master.\n"
    )
    document = split(text)
    assert texts(document, BlockKind.PARAGRAPH) == [
        "About 5,000 men came ashore.",
        "Between 60" + " " * 7 + " and 70 died.",
        "They were gone by 1948",
        "The last ship left in spring, said the harbour master.",
    ]
    for sentence in document.sentences:
        assert len(sentence.text) == sentence.end - sentence.start
        at = sentence.text.find("died")
        if at >= 0:
            assert document.text[sentence.start + at :].startswith("died")


def test_sentence_goes_on_after_a_page_marker_and_a_note() -> None:
    text = (
        "The Camp on the Slope\n\n"
        "The camp stood above the river and had four barracks, each for two hundred men*, "
        "but by the winter there were\n\n"
        "* He counts the sick as well.\n\n"
        "page 41\n\n"
        "nine hundred men in them. The commandant counted them twice a day.\n"
    )
    document = split(text)
    first, note, last = (s for s in document.sentences if s.text != "The Camp on the Slope")
    assert " ".join(first.text.split()) == (
        "The camp stood above the river and had four barracks, each for two hundred men , "
        "but by the winter there were nine hundred men in them."
    )
    assert document.text[first.start : first.end].count("page 41") == 1
    assert note.text == "He counts the sick as well."
    assert document.blocks[note.block].kind is BlockKind.NOTE
    assert last.text == "The commandant counted them twice a day."
    assert document.blocks[last.block].continues


def test_headings_titles_and_captions_are_one_sentence_each() -> None:
    text = (
        "Who Came? Who Stayed?\n\n"
        "Photo: The gate. Winter, 1947. Courtesy of A. Orlov.\n\n"
        "Life and Work\n\n"
        "They worked in the quarry and in the forest until the thaw. Nobody was paid for it.\n\n"
        "References\n\n"
        "Orlov, A. Roads. Omsk, 1999.\n"
    )
    document = split(text)
    assert texts(document, BlockKind.TITLE) == ["Who Came? Who Stayed?"]
    assert texts(document, BlockKind.CAPTION) == [
        "Photo: The gate. Winter, 1947. Courtesy of A. Orlov."
    ]
    assert texts(document, BlockKind.PARAGRAPH)[1:] == ["Nobody was paid for it."]
    assert texts(document, BlockKind.REFERENCE) == []


def test_numbers_and_bullets_of_items_are_no_part_of_the_sentence() -> None:
    document = split("# Rules\n\n1. Bread was cut at six.\n2. 40 men slept in a room.\n", "x.md")
    assert texts(document, BlockKind.LIST_ITEM) == [
        "Bread was cut at six.",
        "40 men slept in a room.",
    ]


def test_language_of_a_sentence_is_its_own() -> None:
    text = (
        "Papers\n\nThe paper said so at the time. 収容所は春に閉鎖された。 "
        "Лагерь был закрыт весной. It was in the news of the day (前田 純).\n"
    )
    document = split(text)
    languages = [s.language for s in document.sentences[1:]]
    assert languages == ["en", "ja", "ru", "en"]


@given(
    st.lists(
        st.sampled_from(
            [
                "The men",
                " came.",
                " 1946",
                ". ",
                "[1]",
                "(",
                ")",
                '"',
                "「",
                "。",
                "\n",
                "\n\n",
                " г. ",
                "page 7",
                "* note",
                "i.e.",
                "U.S. ",
                "S. Belov",
                "…",
                "   ",
                "[citation needed]",
                "1. ",
            ]
        ),
        max_size=40,
    ).map("".join)
)
def test_sentences_are_ordered_ranges_of_the_text(text: str) -> None:
    if not text.strip():
        return
    document = split(text)
    previous: Sentence | None = None
    for sentence in document.sentences:
        whole = document.text[sentence.start : sentence.end]
        assert len(sentence.text) == len(whole)
        kept = all(a == b or a == " " for a, b in zip(sentence.text, whole, strict=True))
        assert kept, "a sentence is its range with stretches blanked"
        assert sentence.text == sentence.text.strip()
        block = document.blocks[sentence.block]
        assert block.start <= sentence.start < block.end
        assert previous is None or previous.start <= sentence.start
        previous = sentence
