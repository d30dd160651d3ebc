"""Many sentences in three languages, and every figure they hold with its whole scope.

A case is a line with a language and a text, its names marked as in ``[P:Kansk]``, and below it a
line for each figure: measure and bounds, what is counted, where, when, by whose word. ``*`` is
anything, an empty field says that there is nothing, ``-`` that the text holds no figure.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from maizuru.graph.documents import from_text
from maizuru.graph.extract.figures import find_figures
from maizuru.graph.language.dates import find_dates
from maizuru.graph.language.quantities import find_quantities
from maizuru.graph.language.sentences import split
from maizuru.graph.model import DateValue, EntityKind, Extraction, Figure, Mention, Quantity
from maizuru.graph.structure import structure

CASES = Path(__file__).parent / "cases" / "figure_sentences.txt"
CASE = re.compile(r"^(en|ru|ja) \| (.+)\n((?:  .*\n)+)", re.MULTILINE)
MARKED = re.compile(r"\[([GAOCPTR]):([^\]]*)\]")
KINDS = {
    "G": EntityKind.GROUP,
    "A": EntityKind.PERSON,
    "O": EntityKind.ORGANISATION,
    "C": EntityKind.CAMP,
    "P": EntityKind.PLACE,
    "T": EntityKind.PLACE,
    "R": EntityKind.PLACE,
}
SUBKINDS = {"T": "city", "R": "region"}
Fields = tuple[str, ...]


def read(marked: str) -> tuple[Figure, ...]:
    """Return the figures of a text with marked names, read as a document of its own."""
    names = list[Mention]()
    text, position = "", 0
    for match in MARKED.finditer(marked):
        text += marked[position : match.start()]
        kind, name = match[1], match[2]
        start, end = len(text), len(text) + len(name)
        names.append(Mention(start, end, name, KINDS[kind], name, subkind=SUBKINDS.get(kind, "")))
        text, position = text + name, match.end()
    text += marked[position:]
    document = split(structure(from_text(text, "d.txt")))
    dates, quantities = list[DateValue](), list[Quantity]()
    for sentence in document.sentences:
        here = find_dates(sentence.text, sentence.language)
        counted = find_quantities(sentence.text, sentence.language, dates=here)
        at = sentence.start
        dates += [replace(d, start=d.start + at, end=d.end + at) for d in here]
        quantities += [replace(q, start=q.start + at, end=q.end + at) for q in counted]
    return find_figures(Extraction(document, tuple(names), tuple(dates), tuple(quantities)))


def brief(figure: Figure) -> str:
    lower, upper = figure.quantity.lower, figure.quantity.upper
    if lower == upper:
        return f"{figure.measure}:{lower}"
    return f"{figure.measure}:{'' if lower is None else lower}-{'' if upper is None else upper}"


def cases() -> list[tuple[str, str, list[Fields]]]:
    """Return language, marked sentence and expected figures of each case."""
    found = []
    for language, text, rows in CASE.findall(CASES.read_text("utf-8")):
        lines = [row.strip() for row in rows.splitlines() if row.strip() != "-"]
        found.append((language, text, [fields(line) for line in lines]))
    return found


def fields(line: str) -> Fields:
    measure, *scope = (part.strip() for part in line.split("|"))
    name, _, bounds = measure.rpartition(" ")
    return (f"{name}:{bounds}", *scope)


def told(figure: Figure) -> Fields:
    """Return the fields of a figure as a case writes them."""
    return (
        brief(figure),
        figure.population_text,
        "; ".join(place.name for place in figure.territory),
        figure.period.edtf if figure.period else "",
        figure.authority.name if figure.authority else "",
    )


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in cases()])
def test_figures_of_a_sentence(text: str, expected: list[Fields]) -> None:
    found = [told(figure) for figure in read(text)]
    assert [figure[0] for figure in found] == [figure[0] for figure in expected]
    for figure, wanted in zip(found, expected, strict=True):
        open_ = tuple(f if w == "*" else w for f, w in zip(figure, wanted, strict=True))
        assert figure == open_


def test_the_cases_are_many_and_in_three_languages() -> None:
    languages = [language for language, _, _ in cases()]
    assert {name: languages.count(name) >= 40 for name in ("en", "ru", "ja")} == {
        "en": True,
        "ru": True,
        "ja": True,
    }


STOOD = "The camp stood near the river and was closed when the war had long been over."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"The camp\n\nDeaths: 55,000\n\n{STOOD}\n", ["died:55000"]),
        (f"The camp\n\nViews: 55,000 (23 KB)\n\n{STOOD}\n", []),
        (f"The camp\n\n{STOOD}\n\nNorth:\n9,780–12,031 killed\n\n{STOOD}\n", ["died:9780-12031"]),
        (f"The camp\n\n{STOOD}\n\n1,945 Days\n\n{STOOD}\n", []),
    ],
)
def test_lines_that_are_no_sentences(text: str, expected: list[str]) -> None:
    """A field of the metadata and a value taken for a heading are figures, a title is none."""
    assert [brief(figure) for figure in read(text)] == expected


def test_rows_of_a_list_measure_what_its_lead_says() -> None:
    lead = "The report gives the number of deportees by region."
    rows = "[P:Rada] - 446,480\n\n[P:Tavda]: 46,706\n\nPhone: 26,245\n"
    text = f"The camp\n\n{STOOD} {lead}\n\n{rows}\n{STOOD}\n"
    assert [brief(f) for f in read(text)] == ["transferred:446480", "transferred:46706"]
