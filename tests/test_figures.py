"""Figures from sentences: the measure of a number and all that limits it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maizuru.graph.documents import from_text
from maizuru.graph.extract.figures import find_figures
from maizuru.graph.language.dates import find_dates
from maizuru.graph.language.quantities import find_quantities
from maizuru.graph.language.sentences import split
from maizuru.graph.model import (
    Block,
    BlockKind,
    DateValue,
    Document,
    EntityKind,
    Extraction,
    Figure,
    Marker,
    Mention,
    Quantity,
    Reference,
    Sentence,
    Stance,
    Title,
)
from maizuru.graph.structure import structure

KINDS = {
    "G": EntityKind.GROUP,
    "P": EntityKind.PLACE,
    "A": EntityKind.PERSON,
    "O": EntityKind.ORGANISATION,
    "C": EntityKind.CAMP,
    "T": EntityKind.PLACE,
    "R": EntityKind.PLACE,
}
SUBKINDS = {"T": "city", "R": "region"}
CASES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "cases" / "figures.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
MARKED = re.compile(r"\[([GPAOCTR]):([^\]]*)\]")


def read(
    marked: str,
    language: str = "en",
    *,
    title: str = "",
    kinds: tuple[BlockKind, ...] = (),
    cited: dict[str, int] | None = None,
    references: tuple[Reference, ...] = (),
) -> Extraction:
    """Return the extraction of paragraphs (one a line) with names marked as ``[P:Kansk]``.

    *kinds* are those of the blocks; *cited* marks pieces of text that a reference backs.
    """
    text, mentions = names_in(marked)
    blocks, sentences = cut(text, language, kinds)
    document = Document(
        "d", text, "", "d.txt", title, language, blocks=tuple(blocks), sentences=tuple(sentences)
    )
    dates, quantities = numbers(document)
    markers = tuple(
        Marker(at, at, "", index, at, at + len(piece))
        for piece, index in (cited or {}).items()
        if (at := text.index(piece)) >= 0
    )
    found = Extraction(document, tuple(mentions), dates, quantities, references, markers)
    return replace(found, figures=find_figures(found))


def names_in(marked: str) -> tuple[str, list[Mention]]:
    """Return the text without the marks, and the names that were marked."""
    text, position, mentions = "", 0, list[Mention]()
    for match in MARKED.finditer(marked):
        text += marked[position : match.start()]
        kind, name = match[1], match[2]
        end = len(text) + len(name)
        mentions.append(
            Mention(len(text), end, name, KINDS[kind], name, subkind=SUBKINDS.get(kind, ""))
        )
        text += name
        position = match.end()
    return text + marked[position:], mentions


def cut(
    text: str, language: str, kinds: tuple[BlockKind, ...]
) -> tuple[list[Block], list[Sentence]]:
    """Return a block for each line and the sentences in it."""
    blocks, sentences = list[Block](), list[Sentence]()
    for line in re.finditer(r"[^\n]+\n?", text):
        kind = kinds[len(blocks)] if len(blocks) < len(kinds) else BlockKind.PARAGRAPH
        blocks.append(Block(kind, line.start(), line.end()))
        for piece in re.finditer(r"\S.*?(?:[.!?](?=\s)|[。]|(?=\n)|$)", line[0]):
            start = line.start() + piece.start()
            sentences.append(
                Sentence(start, start + len(piece[0]), piece[0], len(blocks) - 1, language)
            )
    return blocks, sentences


def numbers(document: Document) -> tuple[tuple[DateValue, ...], tuple[Quantity, ...]]:
    dates, quantities = list[DateValue](), list[Quantity]()
    for sentence in document.sentences:
        here = find_dates(sentence.text, sentence.language)
        counted = find_quantities(sentence.text, sentence.language, dates=here)
        offset = sentence.start
        dates += [replace(d, start=d.start + offset, end=d.end + offset) for d in here]
        quantities += [replace(q, start=q.start + offset, end=q.end + offset) for q in counted]
    return tuple(dates), tuple(quantities)


def brief(figure: Figure) -> str:
    lower, upper = figure.quantity.lower, figure.quantity.upper
    if lower == upper:
        return f"{figure.measure}:{lower}"
    return f"{figure.measure}:{'' if lower is None else lower}-{'' if upper is None else upper}"


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_measures_and_numbers_without_one(language: str, text: str, expected: str) -> None:
    found = [brief(figure) for figure in read(text, language).figures]
    assert found == expected.split()


def one(marked: str, language: str = "en") -> Figure:
    (figure,) = read(marked, language).figures
    return figure


def test_a_list_of_services_is_no_one_group_that_is_named() -> None:
    listed = one("About 40,000 [G:soldiers], sailors, and airmen of [R:Italy] died in the war.")
    assert listed.population is None
    assert listed.population_text.startswith("soldiers, sailors, and airmen")


def test_the_scope_comes_from_the_sentence() -> None:
    figure = one("In 1946 about 3,000 [G:Italian prisoners] died in [P:Karelia] and [P:Komi].")
    assert figure.population
    assert figure.population.name == "Italian prisoners"
    assert [place.name for place in figure.territory] == ["Karelia", "Komi"]
    assert figure.period
    assert figure.period.edtf == "1946"
    assert figure.quantity.approximate


@pytest.mark.parametrize(
    ("marked", "places"),
    [
        ("In [P:Kazan], 300 men died.", ["Kazan"]),
        ("In the city of [T:Kazan], [R:Tatarstan], about 50 Finns died.", ["Kazan"]),
        ("About 300 memoirs of men in [P:Finland] were printed in [P:Sweden].", ["Sweden"]),
        ("There were 70 camps for prisoners within [P:Finland].", ["Finland"]),
        ("In 1949, 971 were transferred to [P:China].", ["China"]),
        ("The ships from [P:Nakhodka] brought home 2,000 men.", []),
        ("[P:Finland] held 15 camps.", ["Finland"]),
        ("Men went to mines in [P:Kazan] (two camps) and [P:Perm].", ["Kazan"]),
    ],
)
def test_territory(marked: str, places: list[str]) -> None:
    assert [place.name for place in one(marked).territory] == places


@pytest.mark.parametrize(
    ("marked", "edtf"),
    [
        ("They captured 5,000 men between December 1941 and 15 August 1945.", "1941-12/1945-08-15"),
        ("Starting in late 1946 they sailed, and 500 were freed in 1947 alone.", "1947"),
        (
            "It said in the spring of 1949 that 95 men remained, and they would go in 1950.",
            "1949-21",
        ),
        ("1946年に5人が、1948年に7人が帰国した。", "1946"),
    ],
)
def test_period(marked: str, edtf: str) -> None:
    language = "ja" if "年" in marked else "en"
    period = read(marked, language).figures[0].period
    assert period is not None
    assert period.edtf == edtf


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("According to [A:Lars Berg], 1,019 men were shot.", "Lars Berg"),
        ("Historian [A:Ada Moro] of [O:Turin University] estimates that 500 died.", "Ada Moro"),
        ("The [O:Finnish government] declared that 95 men remained.", "Finnish government"),
        ("Some 600 died (the estimate of [A:Ada Moro]).", "Ada Moro"),
        ("With 26 men deemed recoverable by the [O:Search Agency].", "Search Agency"),
        ("When [A:Ada Moro] was young, 500 died.", None),
        ("Some 5,000 troops were there when [A:Ada Moro] announced peace.", None),
    ],
)
def test_authority(marked: str, name: str | None) -> None:
    authority = one(marked).authority
    assert (authority.name if authority else None) == name


def test_two_rivals_in_one_sentence_keep_their_own_voice_and_method() -> None:
    first, second = read(
        "Estimates of the number of deaths vary from 600, based on deaths certified by "
        "[O:the court], to 3,470 (the estimate of [A:Ada Moro])."
    ).figures
    assert [
        first.authority and first.authority.name,
        second.authority and second.authority.name,
    ] == [
        "the court",
        "Ada Moro",
    ]
    assert first.method == "based on deaths certified by the court"
    assert first.stance is second.stance is Stance.DISPUTED


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("In all 500 men died.", Stance.ASSERTED),
        ("Perhaps 500 men died.", Stance.HEDGED),
        ("The ministry denied that 500 men died.", Stance.DENIED),
        ("The disputed figure is that 500 men died.", Stance.DISPUTED),
        ("Perhaps it snowed; 500 men died.", Stance.ASSERTED),
    ],
)
def test_stance(text: str, stance: Stance) -> None:
    assert one(text).stance is stance


def test_parts_point_at_their_sum() -> None:
    whole, dead, missing = read(
        "The number of deaths is 47,000 (including 34,000 dead and 13,000 missing)."
    ).figures
    assert (whole.part_of, dead.part_of, missing.part_of) == (None, 0, 0)


def test_of_these_goes_back_to_the_sentence_before() -> None:
    whole, part, share = read(
        "There were 30,400 prisoners in the region. Of these, 15,200 people, or 50.0%, were Finns."
    ).figures
    assert (part.measure, part.part_of) == (whole.measure, 0)
    assert (share.measure, share.part_of) == ("population-share", 0)


def test_a_corrected_number_keeps_measure_and_period() -> None:
    first, second = read(
        "In 1949 they said that just 95 [G:Finnish prisoners] remained. "
        "The actual number of prisoners should have been closer to 300."
    ).figures
    assert second.measure == first.measure == "remaining"
    assert second.period == first.period
    assert second.population == first.population
    assert second.stance is Stance.HEDGED


def test_these_camps_are_those_of_the_sentence_before() -> None:
    (figure,) = read(
        "Finns were held in camps of [P:Karelia] from 1944 to 1949. "
        "Files put the number who passed through these camps at 310."
    ).figures
    assert [place.name for place in figure.territory] == ["Karelia"]
    assert figure.period
    assert figure.period.edtf == "1944/1949"


def test_what_is_counted_is_told_in_words() -> None:
    assert one("About 50 Finns married locals.").population_text == "Finns who married"
    assert one("Here are the names of 46 Finns.").population_text == "names of Finns"
    assert one("Our company of 180 men marched for days.").population_text == "company of men"


def test_also_goes_on_with_the_period() -> None:
    first, second = read("In 1946, 49 camps were open. In addition there were two camps.").figures
    assert first.period is not None
    assert second.period == first.period


def test_a_bare_number_is_of_the_topic() -> None:
    extraction = read(
        "Some [G:Finnish prisoners] wrote. In all 500 died.", title="Finnish prisoners"
    )
    (figure,) = extraction.figures
    assert figure.population
    assert figure.population.name == "Finnish prisoners"


def test_legend_entries_share_a_measure() -> None:
    legend = (
        "Large circles: Over 20,000 detained.\nBlack circles: Over 10,000.\nDots: Less than 900."
    )
    figures = read(legend, kinds=(BlockKind.CAPTION,) * 3).figures
    assert [brief(f) for f in figures] == ["interned:20000-", "interned:10000-", "interned:-900"]
    assert figures[1].population_text == "Black circles"


def test_captions_are_dated_by_the_one_before() -> None:
    captions = "Map of the camps around 1946\nBlack circles: over 10,000 detained."
    (figure,) = read(captions, kinds=(BlockKind.CAPTION,) * 2).figures
    assert figure.period is not None
    assert figure.period.edtf == "1946~"


def test_a_quotation_speaks_with_the_voice_that_opens_it() -> None:
    text = "[A:Ada Moro] came to this conclusion:\nIn all 500 men died."
    kinds = (BlockKind.PARAGRAPH, BlockKind.QUOTE)
    (figure,) = read(text, kinds=kinds).figures
    assert figure.authority
    assert figure.authority.name == "Ada Moro"


def test_headings_hold_no_figures() -> None:
    assert not read("500 men died", kinds=(BlockKind.HEADING,)).figures


def test_references_are_those_whose_marker_backs_the_number() -> None:
    text = "In 1946, 500 men died. In 1947, 300 men died."
    first, second = read(text, cited={"In 1946, 500 men died.": 3}).figures
    assert (first.references, second.references) == ((3,), ())


def test_a_cited_headline_is_a_claim() -> None:
    headline = "Files on over 5,000 held in Oslo"
    text = f"He wrote much.\n{headline}, News, 7 March 1998"
    start = text.index(headline)
    (issued,) = find_dates("7 March 1998", "en")
    reference = Reference(
        start, len(text), text[start:], titles=(Title(headline, "en"),), issued=issued
    )
    extraction = read(
        text,
        kinds=(BlockKind.PARAGRAPH, BlockKind.REFERENCE),
        cited={"He wrote": 0},
        references=(reference,),
    )
    figures = [f for f in extraction.figures if f.rule.startswith("headline")]
    assert [brief(f) for f in figures] == ["records-held:5000-"]
    assert figures[0].references == (0,)
    assert figures[0].period
    assert figures[0].period.edtf == "1998"


def test_a_list_of_numbers_is_no_sentence() -> None:
    assert not read("They died: " + ", ".join(f"{n} men" for n in range(300, 400)) + ".").figures


WORDS = [
    "500", "1,000 men", "died", "were released", "(", ")", "of these", "in 1946", "the number of",
    "[P:Oslo]", "[G:Finns]", "according to", "[A:Ada]", "estimated that", ":", ".", ",", "camps",
    "more than half of them", "including", "perhaps", "based on", "12%", "was", "remains of",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join),
    st.sampled_from(["en", "ru", "ja", "de"]),
)
def test_any_text_gives_sound_figures(text: str, language: str) -> None:
    extraction = read(text, language)
    for index, figure in enumerate(extraction.figures):
        assert figure.measure
        assert figure.start <= figure.quantity.start < figure.quantity.end <= figure.end
        assert figure.part_of is None or 0 <= figure.part_of < len(extraction.figures)
        assert figure.part_of != index
        assert all(place in extraction.mentions for place in figure.territory)
        assert 0 < figure.confidence <= 1


def test_a_denial_in_the_main_clause_is_none_of_the_clause_in_front() -> None:
    text = "While about a fifth of the men perished, the toll there did not exceed 3 percent."
    assert one(text).stance is Stance.ASSERTED


def test_now_is_the_year_in_which_a_document_was_issued() -> None:
    text = "Ninety men met here in the first year. Today 23 members are left."
    document = split(structure(from_text(text, "d.txt")))
    document = replace(document, metadata={"issued": "5 May 2013"})
    found = find_figures(
        Extraction(document, quantities=tuple(find_quantities(document.text, "en")))
    )
    periods = {figure.quantity.text: figure.period and figure.period.edtf for figure in found}
    assert periods["23"] == "2013"
    assert periods["Ninety"] is None
