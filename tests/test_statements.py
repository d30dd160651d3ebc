"""Statements out of invented sentences: what is said, in whose voice, how firmly."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maizuru.graph.convert import convert
from maizuru.graph.extract.statements import find_statements
from maizuru.graph.model import (
    Block,
    BlockKind,
    DateValue,
    Document,
    EntityKind,
    Extraction,
    Mention,
    Sentence,
    Stance,
    Statement,
)

Triple = tuple[str, str, str]


def read(folder: Path, text: str) -> tuple[Statement, ...]:
    source = folder / "text.txt"
    source.write_text(text + "\n", "utf-8")
    return convert(source).statements


def triple(statement: Statement) -> Triple:
    target = statement.object
    name = target.name if isinstance(target, Mention) else target.text
    return statement.subject.name, statement.predicate, name


def triples(statements: tuple[Statement, ...]) -> set[Triple]:
    return {triple(statement) for statement in statements}


def find(statements: tuple[Statement, ...], predicate: str) -> Statement:
    return next(statement for statement in statements if statement.predicate == predicate)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The NKVD opened Camp No. 61 near Izhevsk. Camp No. 61 was closed in June 1948.",
            {("Camp No. 61", "locatedIn", "Izhevsk"), ("Camp No. 61", "endDate", "1948-06")},
        ),
        (
            "Lieutenant Colonel Kenji Morita (森田賢治), mayor of Nagano, had been a clerk.",
            {
                ("Kenji Morita", "heldRole", "Lieutenant Colonel"),
                ("Kenji Morita", "heldRole", "mayor"),
                ("Kenji Morita", "alternativeName", "森田賢治"),
            },
        ),
        (
            "Kenji Morita was born in Nagano in 1921.",
            {("Kenji Morita", "bornIn", "Nagano"), ("Kenji Morita", "birthDate", "1921")},
        ),
        (
            "Kenji Morita served in the Kwantung Army and was captured near Mukden in August 1945.",
            {
                ("Kenji Morita", "servedIn", "Kwantung Army"),
                ("Kenji Morita", "capturedIn", "Mukden"),
                ("Kenji Morita", "captureDate", "1945-08"),
            },
        ),
        (
            "Kenji Morita was captured by the Red Army and was held in Camp No. 16.",
            {
                ("Kenji Morita", "capturedBy", "Red Army"),
                ("Kenji Morita", "heldIn", "Camp No. 16"),
            },
        ),
        (
            "Japanese prisoners of war were sent from Harbin and Mukden to Irkutsk and Chita.",
            {
                ("Japanese prisoners of war", "sentFrom", "Harbin"),
                ("Japanese prisoners of war", "sentFrom", "Mukden"),
                ("Japanese prisoners of war", "sentTo", "Irkutsk"),
                ("Japanese prisoners of war", "sentTo", "Chita"),
            },
        ),
        (
            "Kenji Morita died in Karaganda in 1947 and was buried in Elabuga.",
            {
                ("Kenji Morita", "diedIn", "Karaganda"),
                ("Kenji Morita", "deathDate", "1947"),
                ("Kenji Morita", "buriedAt", "Elabuga"),
            },
        ),
        (
            "German prisoners of war died of typhus, hunger and exhaustion.",
            {
                ("German prisoners of war", "causeOfDeath", "typhus"),
                ("German prisoners of war", "causeOfDeath", "hunger"),
                ("German prisoners of war", "causeOfDeath", "exhaustion"),
            },
        ),
        (
            "Elabuga (Tatarstan) lies on the Kama.",
            {("Elabuga", "locatedIn", "Tatarstan")},
        ),
        (
            "The historian Hiroshi Sakai, a professor at Kyoto University, wrote about it.",
            {
                ("Hiroshi Sakai", "occupation", "historian"),
                ("Hiroshi Sakai", "affiliation", "Kyoto University"),
            },
        ),
        (
            "General Otozo Yamada surrendered to the Red Army on 19 August 1945.",
            {
                ("Otozo Yamada", "heldRole", "General"),
                ("Otozo Yamada", "surrenderedTo", "Red Army"),
            },
        ),
        (
            "The Soviet Union and Japan signed the Joint Declaration in 1956.",
            {
                ("Soviet Union", "signed", "Joint Declaration"),
                ("Japan", "signed", "Joint Declaration"),
            },
        ),
    ],
)
def test_what_sentences_say(tmp_path: Path, text: str, expected: set[Triple]) -> None:
    statements = read(tmp_path, text)
    assert expected <= triples(statements)
    assert {s.stance for s in statements if triple(s) in expected} == {Stance.ASSERTED}
    assert not any(statement.authority for statement in statements)


@pytest.mark.parametrize(
    ("text", "stance", "authority"),
    [
        ("Kenji Morita was captured in Manchuria.", Stance.ASSERTED, ""),
        ("Kenji Morita was not captured in Manchuria.", Stance.DENIED, ""),
        ("Kenji Morita was never captured in Manchuria.", Stance.DENIED, ""),
        ("Kenji Morita may have been captured in Manchuria.", Stance.HEDGED, ""),
        ("Kenji Morita was allegedly captured in Manchuria.", Stance.HEDGED, ""),
        ("Perhaps Kenji Morita was captured in Manchuria.", Stance.HEDGED, ""),
        ("It is believed that Kenji Morita was captured in Manchuria.", Stance.HEDGED, ""),
        (
            "According to Ivan Petrov, Kenji Morita was captured in Manchuria.",
            Stance.ASSERTED,
            "Ivan Petrov",
        ),
        (
            "Kenji Morita, said Ivan Petrov, was captured in Manchuria.",
            Stance.ASSERTED,
            "Ivan Petrov",
        ),
        (
            "As Ivan Petrov writes, Kenji Morita was captured in Manchuria.",
            Stance.ASSERTED,
            "Ivan Petrov",
        ),
        (
            "Ivan Petrov said that Kenji Morita was captured in Manchuria.",
            Stance.ASSERTED,
            "Ivan Petrov",
        ),
        (
            "Ivan Petrov denied that Kenji Morita was captured in Manchuria.",
            Stance.DENIED,
            "Ivan Petrov",
        ),
        (
            "Ivan Petrov suggests that Kenji Morita was captured in Manchuria.",
            Stance.HEDGED,
            "Ivan Petrov",
        ),
        (
            "The contested claim that Kenji Morita was captured in Manchuria is old.",
            Stance.DISPUTED,
            "",
        ),
    ],
)
def test_voice_and_stance(tmp_path: Path, text: str, stance: Stance, authority: str) -> None:
    statement = find(read(tmp_path, text), "capturedIn")
    assert statement.stance is stance
    assert (statement.authority.name if statement.authority else "") == authority


@pytest.mark.parametrize(
    "text",
    [
        "Was Kenji Morita captured in Manchuria?",
        "If Kenji Morita was captured in Manchuria, he was sent to Chita.",
        "He was sent to Chita if Kenji Morita was captured in Manchuria.",
        "Kenji Morita should have been sent to Chita.",
        "Kenji Morita wanted to return to Japan.",
        "The plan of sending Kenji Morita to Chita was old.",
    ],
)
def test_questions_conditions_and_intentions_state_nothing(tmp_path: Path, text: str) -> None:
    stated = {statement.predicate for statement in read(tmp_path, text)}
    assert not stated & {"capturedIn", "sentTo", "returnedTo"}


def test_refusing_to_do_is_not_doing(tmp_path: Path) -> None:
    statements = read(tmp_path, "Kenji Morita refused to return to Japan.")
    assert find(statements, "returnedTo").stance is Stance.DENIED
    assert ("Kenji Morita", "declinedReturnTo", "Japan") in triples(statements)


def test_not_until_affirms_the_date(tmp_path: Path) -> None:
    statements = read(tmp_path, "Kenji Morita was not released until 1953.")
    released = find(statements, "releaseDate")
    assert (triple(released)[2], released.stance) == ("1953", Stance.ASSERTED)


def test_pronouns_point_to_the_last_subject(tmp_path: Path) -> None:
    text = "Kenji Morita met Ivan Petrov in Irkutsk. He was sent to Chita in 1946."
    assert ("Kenji Morita", "sentTo", "Chita") in triples(read(tmp_path, text))


def test_most_of_a_group_is_noted(tmp_path: Path) -> None:
    text = "Most of the Japanese prisoners of war were captured in Manchuria."
    statement = find(read(tmp_path, text), "capturedIn")
    assert ("scopeNote", "Most") in [
        (name, getattr(v, "text", "")) for name, v in statement.qualifiers
    ]


def test_a_visit_is_an_event_with_participant_place_and_date(tmp_path: Path) -> None:
    statements = read(tmp_path, "Ivan Petrov arrived in Kyoto in May 1991.")
    told = [s for s in statements if s.subject.kind is EntityKind.EVENT]
    assert {(s.predicate, triple(s)[2]) for s in told} == {
        ("participant", "Ivan Petrov"),
        ("place", "Kyoto"),
        ("date", "1991-05"),
    }
    assert {s.subject.subkind for s in told} == {"visit"}


def test_camps_told_apart_by_their_sites(tmp_path: Path) -> None:
    text = (
        "German prisoners of war were assigned to work on the Baikal-Amur Mainline, "
        "in three camps, in Taishet, Bratsk (Irkutsk Oblast) and Tayshet."
    )
    statements = read(tmp_path, text)
    sites = [s for s in statements if s.subject.kind is EntityKind.CAMP]
    assert {s.predicate for s in sites} >= {"locatedIn", "partOf", "assignedTo"}
    assert len({s.subject for s in sites if s.predicate == "partOf"}) == 3


def test_a_quotation_is_in_the_voice_of_who_is_quoted(tmp_path: Path) -> None:
    text = (
        "A Letter from the East\n\n"
        'Ivan Petrov said, "Japanese prisoners of war were sent to Chita in 1946." Much '
        "later other Japanese prisoners of war were sent to Irkutsk. Nobody knows how many."
    )
    voices = {
        triple(s)[2]: s.authority.name if s.authority else ""
        for s in read(tmp_path, text)
        if s.predicate == "sentTo"
    }
    assert voices == {"Chita": "Ivan Petrov", "Irkutsk": ""}


@pytest.mark.parametrize(
    ("text", "expected", "stance"),
    [
        ("Сергей Иванов родился в Иркутске.", "bornIn", Stance.ASSERTED),
        ("Японские военнопленные не вернулись в Японию.", "returnedTo", Stance.DENIED),
        (
            "Японские военнопленные были отправлены из Маньчжурии в Хабаровск.",
            "sentTo",
            Stance.ASSERTED,
        ),
        ("山田太郎は1948年に帰国した。", "returnDate", Stance.ASSERTED),
        ("日本人捕虜はハルビンからイルクーツクへ移送された。", "sentTo", Stance.ASSERTED),
        ("山田太郎は1945年に満州で捕虜となった。", "capturedIn", Stance.ASSERTED),
    ],
)
def test_russian_and_japanese(tmp_path: Path, text: str, expected: str, stance: Stance) -> None:
    assert find(read(tmp_path, text), expected).stance is stance


def test_sources_and_conditions_in_russian_and_japanese(tmp_path: Path) -> None:
    said = read(tmp_path, "По словам Ивана Петрова, японские военнопленные были отправлены в Читу.")
    assert find(said, "sentTo").authority is not None
    asked = read(tmp_path, "Были ли японские военнопленные отправлены в Читу?")
    assert not any(statement.predicate == "sentTo" for statement in asked)
    reported = read(
        tmp_path, "日本政府によれば、日本人捕虜はハルビンからイルクーツクへ移送された。"
    )
    assert find(reported, "sentTo").authority is not None


BOOK = """Prisoners in the North

German prisoners worked in the mines.[1]

References

1. Keller, Anna; Braun, Otto (1988). The Long Winter. Hamburg: Nordmeer. ISBN 978-3-16-148410-0.
"""


def test_references_become_statements_about_the_work(tmp_path: Path) -> None:
    stated = triples(read(tmp_path, BOOK))
    work = "The Long Winter"
    assert {
        (work, "publishedBy", "Nordmeer"),
        (work, "placeOfPublication", "Hamburg"),
        (work, "publicationDate", "1988"),
        (work, "isbn", "9783161484100"),
        ("Prisoners in the North", "cites", work),
    } <= stated
    assert len([t for t in stated if t[:2] == (work, "author")]) == 2


def test_new_mentions_stand_among_the_mentions(tmp_path: Path) -> None:
    source = tmp_path / "text.txt"
    source.write_text(BOOK, "utf-8")
    extraction = convert(source)
    for statement in extraction.statements:
        for term in (statement.subject, statement.object):
            if isinstance(term, Mention):
                assert term in extraction.mentions
                assert extraction.document.text[term.start : term.end] == term.text


WORDS = """
was were been be had has did not never may might the a an of in on to from by and or , , ; : ( )
who which that when if said captured sent held returned wrote died released prisoners Japanese
they he it this camps city number most some according published . ?
"""


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    """Draw a sentence of function words, verbs and names in any order."""
    kinds = st.sampled_from([*EntityKind, "date", "word"])
    tokens = draw(st.lists(st.tuples(st.sampled_from(WORDS.split()), kinds), max_size=40))
    text, mentions, dates = "", [], []
    for word, kind in tokens:
        start, end = len(text), len(text) + len(word)
        if isinstance(kind, EntityKind) and word.isalpha():
            mentions.append(Mention(start, end, word, kind, word))
        elif kind == "date":
            dates.append(DateValue(start, end, word, "1946", None, None))
        text += word + " "
    block = draw(st.sampled_from([BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.CAPTION]))
    language = draw(st.sampled_from(["en", "ru", "ja"]))
    document = Document(
        "t",
        text,
        "",
        "t.txt",
        "",
        language,
        blocks=(Block(block, 0, len(text)),),
        sentences=(Sentence(0, len(text), text, 0, language),) if text else (),
    )
    return Extraction(document, tuple(mentions), tuple(dates))


@settings(max_examples=300, deadline=None)
@given(extractions())
def test_no_order_of_words_breaks_the_reader(extraction: Extraction) -> None:
    text = extraction.document.text
    for statement in find_statements(extraction).statements:
        assert 0 <= statement.start < statement.end <= len(text)
        assert statement.subject.text == text[statement.subject.start : statement.subject.end]


def test_date_and_key_words_of_the_document_are_said_of_it(tmp_path: Path) -> None:
    body = "Japanese prisoners of war were sent from Harbin to Irkutsk in 1946. " * 4
    text = f"Names of the Dead\n\nBy Mia Berg\nMay 4, 2011\n\n{body}\n\nKEYWORDS\nChita, Siberia\n"
    said = {triple(s) for s in read(tmp_path, text)}
    assert ("Names of the Dead", "publicationDate", "2011-05-04") in said
    assert {o for _, p, o in said if p == "keyword"} == {"Chita", "Siberia"}
    assert ("Chita", "locatedIn", "Siberia") not in said
