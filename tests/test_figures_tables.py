"""Figures from tables: columns typed by their headers, rows read one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maizuru.graph.documents import from_text
from maizuru.graph.extract.figures import find_figures
from maizuru.graph.language.sentences import split
from maizuru.graph.model import (
    Block,
    BlockKind,
    Cell,
    Document,
    EntityKind,
    Extraction,
    Figure,
    Mention,
    Sentence,
    Table,
)
from maizuru.graph.structure import structure


def table(lead: str, rows: list[list[str]], names: dict[str, EntityKind]) -> list[Figure]:
    """Return the figures of a table of text cells (the first row its header) after *lead*."""
    text = f"{lead}\n"
    cells: list[list[Cell]] = []
    for row in rows:
        line: list[Cell] = []
        for value in row:
            line.append(Cell(len(text), len(text) + len(value), value))
            text += f"{value}\t"
        text += "\n"
        cells.append(line)
    blocks = (
        Block(BlockKind.PARAGRAPH, 0, len(lead) + 1),
        Block(BlockKind.TABLE, len(lead) + 1, len(text)),
    )
    header, *body = (tuple(line) for line in cells)
    document = Document(
        "d", text, "", "d.txt", "", "en",
        blocks=blocks,
        tables=(Table(1, header, tuple(body)),),
        sentences=(Sentence(0, len(lead), lead, 0, "en"),),
    )  # fmt: skip
    mentions = tuple(
        Mention(at, at + len(name), name, kind, name)
        for name, kind in names.items()
        if (at := text.find(name)) >= 0
    )
    return list(find_figures(Extraction(document, mentions)))


def brief(figure: Figure) -> tuple[str, str, str | None]:
    period = figure.period.edtf if figure.period else None
    return figure.measure, str(figure.quantity.lower), period


def test_years_numbers_and_notes() -> None:
    figures = table(
        "The repatriation of Finnish prisoners began in 1950.",
        [
            ["year", "number released", "notes"],
            ["1950", "1,616", ""],
            ["1951", "97,000", "971 transferred to China"],
            ["1952", "585", "leaving 988 remaining"],
        ],
        {"Finnish prisoners": EntityKind.GROUP, "China": EntityKind.PLACE},
    )
    assert [brief(figure) for figure in figures] == [
        ("released", "1616", "1950"),
        ("released", "97000", "1951"),
        ("transferred", "971", "1951"),
        ("released", "585", "1952"),
        ("remaining", "988", "1952"),
    ]
    assert {figure.population.name for figure in figures if figure.population} == {
        "Finnish prisoners"
    }
    assert [place.name for place in figures[2].territory] == ["China"]


def test_the_passage_is_the_row() -> None:
    (figure,) = table("x", [["Year", "Deaths"], ["1946", "300"]], {})
    assert figure.end - figure.start == len("1946\t300")


def test_places_and_several_measures() -> None:
    figures = table(
        "Camps by region.",
        [
            ["Region", "Camps", "Prisoners", "Died"],
            ["Karelia", "4", "2,100", "120"],
            ["Komi", "2", "900", "80"],
            ["Total", "6", "3,000", "200"],
        ],
        {"Karelia": EntityKind.PLACE, "Komi": EntityKind.PLACE},
    )
    assert [(f.measure, str(f.quantity.lower)) for f in figures[:3]] == [
        ("camps", "4"),
        ("interned", "2100"),
        ("died", "120"),
    ]
    assert [place.name for place in figures[3].territory] == ["Komi"]
    totals = {6: "camps", 7: "interned", 8: "died"}
    for index, measure in totals.items():
        parts = [f for f in figures if f.part_of == index]
        assert {part.measure for part in parts} == {measure}
        assert len(parts) == 2


def test_a_column_of_numbers_nothing_is_said_of_gives_nothing() -> None:
    assert table("Prices.", [["Year", "Index"], ["1946", "300"], ["1947", "310"]], {}) == []


@pytest.mark.parametrize(
    ("header", "measure"),
    [
        (["Jahr", "Verstorbene"], "died"),
        (["年", "帰還者"], "repatriated"),
        (["Год", "Умершие"], "died"),
    ],
)
def test_headers_in_other_languages(header: list[str], measure: str) -> None:
    lead, language = "x", {"年": "ja", "Год": "ru"}.get(header[0], "de")
    text = f"{lead}\n{header[0]}\t{header[1]}\n1946\t300\n1947\t200\n"
    rows, at = [], len(lead) + 1
    for line in text.splitlines()[1:]:
        left, right = line.split("\t")
        middle = at + len(left) + 1
        rows.append((Cell(at, at + len(left), left), Cell(middle, middle + len(right), right)))
        at += len(line) + 1
    document = Document(
        "d", text, "", "d.txt", "", language,
        blocks=(Block(BlockKind.PARAGRAPH, 0, 2), Block(BlockKind.TABLE, 2, len(text))),
        tables=(Table(1, rows[0], tuple(rows[1:])),),
    )  # fmt: skip
    found = {figure.measure for figure in find_figures(Extraction(document))}
    assert found == {measure}


GLUED = """Return of the Italian prisoners

The repatriation of the Italian prisoners began in 1945, when the first ships could sail again.

yearnumber releasednotes
19459,812
194612,440310 transferred to Poland
19471,585leaving 260 remaining in the USSR

After that year only small groups came home, and the last of them were met by their families.
"""


def test_a_table_glued_together_is_read_after_it_was_cut() -> None:
    document = split(structure(from_text(GLUED, "glued.txt")))
    figures = find_figures(Extraction(replace(document, sentences=())))
    assert [brief(figure) for figure in figures] == [
        ("released", "9812", "1945"),
        ("released", "12440", "1946"),
        ("transferred", "310", "1946"),
        ("released", "1585", "1947"),
        ("remaining", "260", "1947"),
    ]
    for figure in figures:
        quantity = figure.quantity
        assert document.text[quantity.start : quantity.end] == quantity.text


SHARED = "Camps of the province\n\nCampHeldDied\n{}\n\nNothing more is known of them today.\n"


def cells_of(rows: str) -> list[list[str]]:
    """Return the cells of the only table in a text whose rows have their cells glued together."""
    (found,) = structure(from_text(SHARED.format(rows), "d.txt")).tables
    return [[cell.text for cell in row] for row in found.rows]


def test_shared_digits_are_cut_where_the_totals_decide() -> None:
    assert cells_of("Tara1204310\nOmsk98742\nTotal2191352") == [
        ["Tara", "1204", "310"],
        ["Omsk", "987", "42"],
        ["Total", "2191", "352"],
    ]


def test_shared_digits_are_not_cut_at_random() -> None:
    assert cells_of("Tara1204310\nOmsk98742") == [["Tara", "", ""], ["Omsk", "", ""]]
    assert cells_of("Tara1,204310\nOmsk98742") == [["Tara", "1,204", "310"], ["Omsk", "", ""]]


def test_a_header_may_hold_a_date() -> None:
    text = "Camps\n\nCamp\tHeld, 1 May 1946\tDied\nTara\t1,204\t310\nOmsk\t987\t42\n"
    (found,) = structure(from_text(text, "d.txt")).tables
    assert [cell.text for cell in found.header] == ["Camp", "Held, 1 May 1946", "Died"]


def test_the_text_in_front_says_nothing_of_two_columns() -> None:
    rows = [["Camp", "A", "B"], ["Tara", "120", "31"], ["Omsk", "98", "42"]]
    assert not table("Prisoners died in the camps.", rows, {})


def test_a_caption_says_whose_numbers_and_of_which_day() -> None:
    figures = table(
        "Prisoners in the camps of the region on 1 January of each year (source: Red Cross).",
        [["Year", "Held", "Died in the preceding year"], ["1947", "24,430", "611"]],
        {"Red Cross": EntityKind.ORGANISATION},
    )
    assert [brief(f) for f in figures] == [
        ("interned", "24430", "1947-01-01"),
        ("died", "611", "1946"),
    ]
    assert [f.authority.name if f.authority else None for f in figures] == ["Red Cross"] * 2


def test_a_column_of_a_day_tells_how_many_there_were() -> None:
    figures = table(
        "Movement of the captives.",
        [["Year", "On 1 January", "Died"], ["1944", "11,617", "1,892"]],
        {},
    )
    assert [brief(f) for f in figures] == [
        ("interned", "11617", "1944-01-01"),
        ("died", "1892", "1944"),
    ]


def test_a_column_is_not_of_those_whom_another_counts() -> None:
    figures = table(
        "Internees and deceased, by region.",
        [["Region", "Internees", "Deceased"], ["North", "612", "97"]],
        {"deceased": EntityKind.GROUP},
    )
    assert [(f.measure, f.population_text) for f in figures] == [
        ("interned", "Internees, North"),
        ("died", "deceased, North"),
    ]


def test_a_row_of_dates_is_the_header() -> None:
    text = (
        "The camps of the district\n\nNumber of German prisoners of war in the camps\n\n"
        "Camp\t1 January 1946\t1 January 1947\nNo. 36\t120\t90\nNo. 40\t80\t10\n\n"
        "After that the camps were closed and nobody counted any more.\n"
    )
    document = split(structure(from_text(text)))
    found = find_figures(Extraction(document))
    assert [brief(f) for f in found] == [
        ("interned", "120", "1946-01-01"),
        ("interned", "90", "1947-01-01"),
        ("interned", "80", "1946-01-01"),
        ("interned", "10", "1947-01-01"),
    ]


def test_columns_are_summed_by_themselves() -> None:
    rows = [
        ["", "1 January 1946", "1 January 1947"],
        ["No. 36", "120", "90"],
        ["No. 40", "80", "10"],
        ["Total", "200", "100"],
    ]
    text = "Number of German prisoners of war in the camps."
    found = table(text, rows, {"German prisoners of war": EntityKind.GROUP})
    assert [brief(f) for f in found[4:]] == [
        ("interned", "200", "1946-01-01"),
        ("interned", "100", "1947-01-01"),
    ]
    assert [f.part_of for f in found] == [4, 5, 4, 5, None, None]


def test_a_row_that_names_no_entity_holds_for_its_label_alone() -> None:
    rows = [["Ward", "Deaths"], ["North", "12"], ["South", "30"]]
    found = table("Deaths among the Hungarians.", rows, {"Hungarians": EntityKind.GROUP})
    assert [(f.population, f.population_text) for f in found] == [
        (None, "Hungarians, North"),
        (None, "Hungarians, South"),
    ]


def test_a_column_of_them_counts_a_part_of_the_one_in_front() -> None:
    rows = [["Year", "Died", "Of them from typhus"], ["1945", "310", "120"], ["1946", "40", "6"]]
    found = table("The hospital kept these figures.", rows, {})
    assert [(brief(f), f.part_of) for f in found] == [
        (("died", "310", "1945"), None),
        (("died", "120", "1945"), 0),
        (("died", "40", "1946"), None),
        (("died", "6", "1946"), 2),
    ]


def test_the_total_may_stand_where_the_dates_do() -> None:
    rows = [["Year", "Repatriates"], ["1946", "14"], ["1947", "21"], ["Total", "35"]]
    found = table("Arrivals.", rows, {})
    assert [f.part_of for f in found] == [2, 2, None]


@pytest.mark.parametrize(
    ("lead", "held"), [("Deaths in the camps of Karelia.", True), ("Released from Karelia.", False)]
)
def test_the_place_in_front_of_a_table_is_where_it_holds_unless_it_was_left(
    lead: str, held: bool
) -> None:
    rows = [["Year", "Number"], ["1946", "14"], ["1947", "21"]]
    found = table(lead, rows, {"Karelia": EntityKind.PLACE})
    assert [bool(f.territory) for f in found] == [held, held]


def test_a_table_as_of_a_day_is_of_that_day() -> None:
    rows = [["Nationality", "Deaths"], ["Kalmyks", "594"], ["Balkars", "146"]]
    found = table("The following table is of deaths as of 1 October 1948.", rows, {})
    assert {brief(figure)[2] for figure in found} == {"1948-10-01"}
    later = table("The following table of deaths was printed in 1990.", rows, {})
    assert {brief(figure)[2] for figure in later} == {None}


def test_a_row_of_several_groups_is_of_them_all() -> None:
    rows = [["Nationality", "Deaths"], ["Kalmyks", "594"], ["Chechens, Ingush, and Balkars", "146"]]
    names = {"Kalmyks": EntityKind.GROUP, "Chechens": EntityKind.GROUP}
    found = table("Deaths of the deported.", rows, names)
    told = [(figure.population_text, figure.population is None) for figure in found]
    assert told == [("Kalmyks", False), ("Chechens, Ingush, and Balkars", True)]
