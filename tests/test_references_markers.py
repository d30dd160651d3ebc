"""References in documents: more of the markers and what they back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maizuru.graph import documents
from maizuru.graph.convert import extract
from maizuru.graph.extract.references import find_references
from maizuru.graph.model import Mention
from maizuru.graph.structure import structure
from tests.pages import bound, cite


def test_note_that_describes_a_work_is_one_reference() -> None:
    text = """Ships

The second transport* was late, and nobody at the harbour knew where the ship had gone.

* "The Ships of the Bay" (London: Hurst, 1990), p. 12.
"""
    _, references, markers = cite(text)
    assert [(one.label, one.titles[0].text) for one in references] == [
        ("*", "The Ships of the Bay")
    ]
    assert [m.reference for m in markers] == [0]


def test_years_at_the_end_of_a_title_are_no_imprint() -> None:
    text = """Register

It was registered under the title "Return to the Harbour: Papers of the Homecoming (1945-1956)".
"""
    assert cite(text)[1] == ()


def test_entry_of_an_archive_repeats_nothing() -> None:
    text = """Files

The order came in May.[1] Nobody read it.[2]

Notes

1. Hanna Berg, Bricks of Asbest (London: Hurst, 1998), 44.
2. RGVA, f. 1p, op. 37a, d. 12, l. 34.
"""
    _, references, _ = cite(text)
    assert references[1].kind == "archival-document"
    assert references[1].same_as is None


def test_later_list_with_the_same_numbers() -> None:
    text = """# One

The first ship was late.[1] It had been repaired.

## Notes

1. Berg, Hanna. Ships. London: Hurst, 1998.

# Two

The second ship was early.[1] It had not been repaired.

## Notes

1. Ito, Jun. Ports. Tokyo: Minato Press, 1999.
"""
    _, references, markers = cite(text, "text.md")
    assert [m.reference for m in markers] == [0, 1]
    assert [one.titles[0].text for one in references] == ["Ships", "Ports"]


def test_works_described_in_the_text() -> None:
    text = """Memoirs

Among them are the books of the historian S. Orlov "The Frozen River and its Guests" (Chita, \
1994) and "Guests of the Amur: a history" (Moscow, 2003), V. Serov's \
"Stalin's Guests", etc. Later came the collection "Camps of the Far North. 1939-1956 Documents \
and materials" (2000). He said "nothing at all" (in 1950), after the "Great Thaw" (1953) and the \
"Long Winter of the North Amur" (1947-1950).
"""
    _, references, _ = cite(text)
    assert [one.list_name for one in references] == ["in text"] * 4
    assert [one.titles[0].text for one in references] == [
        "The Frozen River and its Guests",
        "Guests of the Amur: a history",
        "Stalin's Guests",
        "Camps of the Far North. 1939-1956 Documents and materials",
    ]
    assert [[a.family for a in one.authors] for one in references] == [
        ["Orlov"],
        ["Orlov"],
        ["Serov"],
        [],
    ]
    assert [one.place for one in references] == ["Chita", "Moscow", "", ""]
    assert [one.issued.edtf for one in references if one.issued] == ["1994", "2003", "2000"]


def test_broken_quotation_marks_of_a_translated_text() -> None:
    text = """Books

These are the books of E. Orlova " The Great Game on the Amur (Moscow, 2003), "The Last Guests \
of the River: unknown pages". pages" (Moscow, 2005), and others.
"""
    _, references, _ = cite(text)
    assert [one.titles[0].text for one in references] == [
        "The Great Game on the Amur",
        "The Last Guests of the River: unknown pages",
    ]


def test_citation_needed_is_no_marker() -> None:
    text = """Ships

The ship was late.[citation needed] It came in May.[1]

References

1. Berg, Hanna. Ships. London: Hurst, 1998.
"""
    assert bound(cite(text)) == [("[1]", "1")]


def test_numbers_of_a_legend_are_not_meant_in_the_text() -> None:
    text = """Map of camps

The camps were many.[1]

NOTE 1. Large circles (numbered in red): Over 20,000 detained.
NOTE 2. The symbols show the principal area. Created by combining two maps:
1) Northern Survey. Camps of the North. Hurst. 1977. p.56.
2) Southern Survey. Camps of the South. Hurst. 1997. p.24.

References

1. Berg, Hanna. Ships. London: Hurst, 1998.
"""
    _, references, markers = cite(text)
    assert references[0].list_name == "legend"
    assert [references[m.reference].list_name for m in markers if m.reference is not None] == [
        "References"
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                *("Camp.", "[1]", "1", "* ", "\n", "\n\n", "References\n", "(Berg 1990)", "("),
                *("1. Berg, H. Title. 1990.\n", "Ibid.\n", "同上", "там же ", "«"),
                '"A title here" (Chita, 1999)',
            ]
        ),
        max_size=25,
    )
)
def test_any_document_is_read_and_offsets_hold(pieces: list[str]) -> None:
    document, references, markers = cite("Camps\n\n" + "".join(pieces))
    assert list(references) == sorted(references, key=lambda one: one.start)
    for index, one in enumerate(references):
        assert one.same_as is None or 0 <= one.same_as < len(references)
        assert one.same_as != index
        if one.issued is not None:
            assert one.start <= one.issued.start < one.issued.end <= one.end
    for marker in markers:
        assert marker.reference is None or 0 <= marker.reference < len(references)
        assert 0 <= marker.scope_start <= marker.scope_end <= len(document.text)


@pytest.mark.parametrize(
    "piece", ['"Aa bb (1999', "(Berg 1990", "_a*", "[1] ", "1. Ibid.\n", "* a\n"]
)
def test_hostile_document_of_100_kb_is_read(piece: str) -> None:
    document = structure(documents.from_text(piece * (100_000 // len(piece)), "text.txt"))
    references, _ = find_references(document)
    assert all(0 <= one.start < one.end <= len(document.text) for one in references)


def test_words_before_the_source_are_no_part_of_it() -> None:
    text = (
        "The Camp\n\nForty men died in May.1 The graves were found in 1990 by a boy.2\n\n---\n"
        "1. The ministry gives fewer; see Kubo, Akira. Summer Muster. Otaru: Minami, 1979.\n"
        "2. Orlova, Nina. The Graves. Perm: Kama, 1991.\n"
    )
    found = cite(text)
    assert found[1][0].text == "Kubo, Akira. Summer Muster. Otaru: Minami, 1979."
    assert [title.text for title in found[1][0].titles] == ["Summer Muster"]


ENGLISH_LIST = """

References

Jones, K., & Hart, L. (2001). The lists. Harbour Review, 4(2), 1–12.
Ministry of Labour (1950). Report on the Returnees. Tokyo: Government Printing Office.
Orlova, Vera (2003). Rails and Snow. Irkutsk: Baikal Press.
"""
JAPANESE_LIST = """

参考文献

[1] 山岸清『雪の線路』北極書房、1975年。
[2] 長岡明（1999）「抑留者名簿について」『東海岸史学』第3巻第2号。
"""
RUSSIAN_LIST = """

Литература

1. Зимин А. П. Лагерь в лесу. — Тамбов: Юлис, 2004. — 215 с.
2. Рогов С. К. Плен на Енисее. М.: Наука, 1998. 320 с.
"""


@pytest.mark.parametrize(
    ("sentence", "entries", "marker", "wanted"),
    [
        ("It was worse (Orlova 2003: 23).", ENGLISH_LIST, "(Orlova 2003: 23)", ["Orlova"]),
        ("It was worse (Orlova, 2003).", ENGLISH_LIST, "(Orlova, 2003)", ["Orlova"]),
        ("Orlova (2003, p. 77) has lists.", ENGLISH_LIST, "(2003, p. 77)", ["Orlova"]),
        (
            "It was worse (see Jones & Hart 2001, pp. 4–5; Orlova 2003).",
            ENGLISH_LIST,
            "(see Jones & Hart 2001, pp. 4–5; Orlova 2003)",
            ["Jones", "Orlova"],
        ),
        (
            "It was worse (Ministry of Labour 1950: 12).",
            ENGLISH_LIST,
            "(Ministry of Labour 1950: 12)",
            ["Ministry"],
        ),
        ("冬は寒かった（長岡 1999：45）。", JAPANESE_LIST, "（長岡 1999：45）", ["長岡"]),
        ("冬は寒かった（山岸、1975年、8頁）。", JAPANESE_LIST, "（山岸、1975年、8頁）", ["山岸"]),
        ("長岡（1999）は名簿を調べた。", JAPANESE_LIST, "（1999）", ["長岡"]),
        ("Было хуже [Зимин 2004: 15].", RUSSIAN_LIST, "[Зимин 2004: 15]", ["Зимин"]),
        ("Было хуже (Рогов, 1998, с. 41).", RUSSIAN_LIST, "(Рогов, 1998, с. 41)", ["Рогов"]),
        ("Было хуже [1, с. 15; 2].", RUSSIAN_LIST, "[1, с. 15; 2]", ["Зимин", "Рогов"]),
    ],
)
def test_author_and_year_are_bound_once(
    sentence: str, entries: str, marker: str, wanted: list[str]
) -> None:
    _, references, markers = cite(f"Heading\n\n{sentence}{entries}")
    assert {m.text for m in markers} == {marker}
    named = [references[m.reference].text for m in markers if m.reference is not None]
    assert len(named) == len(markers) == len(wanted)
    assert all(name in text for name, text in zip(wanted, named, strict=True))


GLUED = """The timber camps

The camps on the river held 12,000 prisoners in the winter of 1946.1 Most of them felled trees in
the forest of the upper valley.2 A third report puts the dead of that one winter at 840.3

After 1948 the camps were closed one after another.4

Notes

{0} John Smith, Timber and Captivity (London: Hale, 1999), p. 33.
{1} Anna Petrova, Camps of the Valley (London: Hale, 1988), p. 14.
{2} Ibid., p. 20.
{3} Kenji Mori, Letters from the River (Kyoto: Sora, 2003), p. 77.
"""


@pytest.mark.parametrize("label", ["{}", "{}.", "^ {}.", "^ {}"])
def test_digits_glued_to_numbers_call_the_notes(label: str) -> None:
    _, references, markers = cite(GLUED.format(*(label.format(number) for number in range(1, 5))))
    assert [marker.reference for marker in markers] == [0, 1, 2, 3]
    assert [reference.label for reference in references] == ["1", "2", "3", "4"]
    assert references[0].titles[0].text == "Timber and Captivity"


def test_notes_of_an_excerpt_need_not_begin_with_one() -> None:
    text = """The quarry

The ledger lists the men.¹² It was lost in the spring.¹³

Notes

12 Anna Petrova, Camps of the Valley (London: Hale, 1988), p. 14.
13 John Smith, Timber and Captivity (London: Hale, 1999), p. 33.
"""
    assert bound(cite(text)) == [("¹²", "12"), ("¹³", "13")]


def test_a_note_that_cites_two_works_is_two_entries_of_one_label() -> None:
    text = """Ferries

The order was changed within a week.¹² Nobody knows why.¹³

Notes

12 Hanna Berg, Ships of the Bay (London: Hurst, 1998), 44; O. N. Lapin, ‘Why the ferries
stopped’, Harbour Review, no. 4 (2003), 10–12.
13 ‘Last "ferry" leaves’, Bay Courier, 3 May 1950.
"""
    _, references, markers = cite(text)
    assert [(one.label, one.titles[0].text) for one in references] == [
        ("12", "Ships of the Bay"),
        ("12", "Why the ferries stopped"),
        ("13", 'Last "ferry" leaves'),
    ]
    assert [marker.reference for marker in markers] == [0, 1, 2]


def test_files_of_archives_name_the_archive_that_the_document_uses() -> None:
    text = """Ferry accounts

The ferry was sold in 1911.[1] Nobody missed it.[2]

Notes

1. Port Archive of Vologda (PAV). F. 12. Op. 3. D. 7. L. 9.
2. GARF. F. 9401. Op. 1. D. 45. L. 5-9.
"""
    found = extract(documents.from_text(text))
    assert [(one.kind, one.container, one.pages) for one in found.references] == [
        ("archival-document", "", "")
    ] * 2
    used = [one.object for one in found.statements if one.predicate == "usesArchive"]
    assert [one.text for one in used if isinstance(one, Mention)] == [
        "Port Archive of Vologda (PAV)",
        "GARF",
    ]
