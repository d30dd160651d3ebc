"""Structure of legends and tables, and the properties every document keeps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from maizuru.graph import documents
from maizuru.graph.model import BlockKind, Document, InlineKind
from maizuru.graph.structure import structure
from maizuru.graph.structure.recut import column_type, cut_rows, header_columns, infer_types
from tests.pages import MORE, PROSE, inlines, kind_of, of_kind, outline, read

K = BlockKind


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
        (
            "Camp\nHeld\nDied\nRudnik\n840\n31\nSosnovka\n2,310\n190\nKem (north)\n77\n-",
            [["Camp", "Held", "Died"], ["Rudnik", "840", "31"], ["Sosnovka", "2,310", "190"],
             ["Kem (north)", "77", "-"]],
        ),
        (
            "Год\nСодержалось\nУмерло\n1945\n4 012\n121\n1946\n3 640\n150\n1947\n205\n4",
            [["Год", "Содержалось", "Умерло"], ["1945", "4 012", "121"], ["1946", "3 640", "150"],
             ["1947", "205", "4"]],
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
        "Rudnik\nHeld\n840\nSosnovka\n2,310\nKem\nclosed\n77",
        "Camp\nHeld\nRudnik\n840\nSosnovka\n2,310\nThe camp was closed then.\n77",
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
