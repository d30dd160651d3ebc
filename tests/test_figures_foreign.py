"""Figures of Japanese and Russian sentences and tables, through the whole converter."""

from __future__ import annotations

from pathlib import Path

import pytest

from maizuru.graph import documents
from maizuru.graph.convert import extract
from maizuru.graph.model import Figure

CASES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "cases" / "figures_foreign.tsv")
    .read_text("utf-8")
    .splitlines()
    if not line.startswith("#")
]
LEADS = {
    "ja": "収容所の記録\n\nこの文章は記録である。\n\n",
    "ru": "Записки о лагере\n\nЭто запись о прошлом.\n\n",
}


def figures(text: str) -> tuple[Figure, ...]:
    return extract(documents.from_text(text)).figures


def brief(figure: Figure) -> str:
    lower, upper = figure.quantity.lower, figure.quantity.upper
    if lower == upper:
        return f"{figure.measure}:{lower}"
    return f"{figure.measure}:{'' if lower is None else lower}-{'' if upper is None else upper}"


def dated(figure: Figure) -> str:
    return f"{brief(figure)} {figure.period.edtf if figure.period else ''}".strip()


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_sentences(language: str, text: str, expected: str) -> None:
    found = [brief(figure) for figure in figures(f"{LEADS[language]}{text}\n")]
    assert found == expected.split()


def test_rows_parted_by_full_width_spaces() -> None:
    found = figures(
        LEADS["ja"]
        + "分所　所在地　収容者数　埋葬者\n"
        + "第1分所　タイシェット　2千4百名　142柱\n"
        + "第3分所　ブラーツク　980名　88柱\n"
    )
    assert [brief(figure) for figure in found] == [
        "interned:2400",
        "remains-interred:142",
        "interned:980",
        "remains-interred:88",
    ]


def test_a_list_of_names_is_no_table() -> None:
    text = LEADS["ja"] + "山田　太郎\n森田　健二\n中村　清\n"
    assert not extract(documents.from_text(text)).document.tables


def test_columns_of_years_and_of_the_year_before() -> None:
    found = figures(
        LEADS["ja"]
        + "収容所の死亡者数\n\n"
        + "収容所　1945年　1946年\n第2収容所　41名　130名\n第6収容所　17名　88名\n\n"
        + "在籍者と死亡者は次の表による。\n\n"
        + "年度　在籍者　前年の死亡者\n"
        + "1946年1月1日　5,210名　340名\n1947年1月1日　4,890名　1,122名\n"
    )
    assert [dated(figure) for figure in found] == [
        "died:41 1945",
        "died:130 1946",
        "died:17 1945",
        "died:88 1946",
        "interned:5210 1946-01-01",
        "died:340 1945",
        "interned:4890 1947-01-01",
        "died:1122 1946",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("研究者のボリス・シェルバコフ氏によれば、4,100人が死亡した。", "ボリス・シェルバコフ"),
        ("厚生労働省は、死者は5万5千人としている。", "厚生労働省"),
        ("山田清教授は、抑留者は70万人に達したと主張する。", "山田清"),
        ("ソ連政府は3,957人の死亡を認めた。", "ソ連政府"),
        ("第16収容所は1946年に開設され、1,200人が死亡した。", ""),
    ],
)
def test_whose_figure_it_is(text: str, name: str) -> None:
    (figure,) = figures(f"{LEADS['ja']}{text}\n")
    assert (figure.authority.name if figure.authority else "") == name
