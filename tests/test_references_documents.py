"""References of whole documents: lists, notes, repeats, works in the text, markers and scopes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maizuru.graph import documents
from maizuru.graph.extract.references import find_references
from maizuru.graph.language import sentences
from maizuru.graph.model import Document, Marker, Reference
from maizuru.graph.structure import structure

Found = tuple[Document, tuple[Reference, ...], tuple[Marker, ...]]


def read(text: str, source: str = "text.txt") -> Found:
    document = sentences.split(structure(documents.from_text(text, source)))
    references, markers = find_references(document)
    for one in references:
        assert document.text[one.start : one.end] == one.text
    for marker in markers:
        assert document.text[marker.start : marker.end] == marker.text
    return document, references, markers


def bound(found: Found) -> list[tuple[str, str]]:
    """Return what each marker prints and the label of the entry it is bound to."""
    _, references, markers = found
    return [
        (m.text, "-" if m.reference is None else references[m.reference].label) for m in markers
    ]


def scopes(found: Found) -> list[str]:
    document, _, markers = found
    return [document.text[m.scope_start : m.scope_end] for m in markers]


ENGLISH = """Captives on the Kama

The transport left Perm in March 1943.[1] It carried between 900[2][3] and 1,200 men. \
Half of them were sick; the rest could work.[4]

In May the camp held 640 men.[2-4] Nobody was counted again.[9]

References

1. ^ Stark, Peter (1998). The Road East. London: Hurst. ISBN 0-306-40615-2.
2. ^ "Camp on the Kama". The Harbour Times. 3 May 1993.
3. ^ Ibid.
4. 1 2 Orlova, Nina. "Letters from Perm." Northern Review. 3 (1): 2–9.
"""


def test_numbers_in_brackets_are_bound_with_their_scope() -> None:
    found = read(ENGLISH)
    assert [(one.label, one.list_name) for one in found[1]] == [
        (label, "References") for label in "1234"
    ]
    assert bound(found) == [
        ("[1]", "1"),
        ("[2]", "2"),
        ("[3]", "3"),
        ("[4]", "4"),
        ("[2-4]", "2"),
        ("[2-4]", "3"),
        ("[2-4]", "4"),
        ("[9]", "-"),
    ]
    assert scopes(found)[:4] == [
        "The transport left Perm in March 1943.",
        "It carried between 900",
        "It carried between 900",
        "Half of them were sick; the rest could work.",
    ]


def test_ibid_stands_for_the_entry_before_and_back_links_are_no_text() -> None:
    _, references, _ = read(ENGLISH)
    assert [one.same_as for one in references] == [None, None, 1, None]
    assert references[2].kind == references[1].kind == "newspaper-article"
    assert references[3].text.startswith("Orlova")
    assert references[3].pages == "2–9"


def test_chain_of_repeats_leads_to_the_first() -> None:
    text = """Лагерь в Елабуге

В лагере было 9 тысяч офицеров[1]. Первый эшелон прибыл в декабре[2], последний — в июле[3]. \
Других данных нет[1, с. 14]. Об этом писал и Седов[4].

Примечания

1. Иванов П. А. Лагерь на Каме // Вопросы истории. 1996. № 5. С. 12–19.
2. Там же. С. 15.
3. Там же. С. 17.
4. Иванов П. А. Указ. соч. С. 18.
"""
    found = read(text)
    assert [one.same_as for one in found[1]] == [None, 0, 0, 0]
    assert [one.pages for one in found[1]] == ["12–19", "15", "17", "18"]
    assert bound(found) == [
        ("[1]", "1"),
        ("[2]", "2"),
        ("[3]", "3"),
        ("[1, с. 14]", "1"),
        ("[4]", "4"),
    ]
    assert scopes(found)[2] == "в июле"


def test_japanese_notes() -> None:
    text = """帰還船

1946年12月8日、二隻の船が入港した[1]。乗船者は約5,000人であった[2][3]。

脚注

1. 山本太郎『港の冬』京都出版、1988年、23頁。
2. 同上、25頁。
3. 「引揚船入港」『京都新聞』1946年12月9日。
"""
    found = read(text)
    assert bound(found) == [("[1]", "1"), ("[2]", "2"), ("[3]", "3")]
    assert scopes(found)[1] == "乗船者は約5,000人であった"
    assert found[1][1].same_as == 0


def test_bare_digits_and_star() -> None:
    text = """Bricks for Asbest

Some 40,000 men passed through the camps of the Urals.1 The guards were few,2 but the winters \
were long. By 1947 the brick works held 3,200 men.3 The second transport* was late.

* Only half of its cars arrived in time for the winter, and nobody knew where the rest had gone.

Notes

1 Peter Stark, The Road East (London: Hurst, 2006), 15–18.
2 Ibid., 22.
3 Hanna Berg, Bricks (London: Hurst, 1998), 44.
"""
    found = read(text)
    assert bound(found) == [("1", "1"), ("2", "2"), ("3", "3"), ("*", "*")]
    assert scopes(found)[2] == "By 1947 the brick works held 3,200 men."
    star = next(one for one in found[1] if one.label == "*")
    assert (star.kind, star.titles) == ("note", ())


def test_author_and_year_in_the_text() -> None:
    text = """The dead of Asbest

One list has 412 names (Berg 1998, p. 44; Nagy 2001), while Nagy (2001) speaks of several \
hundred. The peace of Asbest (May 1945) changed nothing.

Bibliography

Berg, Hanna. Bricks. London: Hurst, 1998.

Nagy, Péter. "The Missing." Central Review 14, no. 2 (2001): 88-101.
"""
    found = read(text)
    titles = [
        (m.text, found[1][m.reference].titles[0].text) for m in found[2] if m.reference is not None
    ]
    assert titles == [
        ("(Berg 1998, p. 44; Nagy 2001)", "Bricks"),
        ("(Berg 1998, p. 44; Nagy 2001)", "The Missing"),
        ("(2001)", "The Missing"),
    ]
    assert scopes(found)[0] == "One list has 412 names"
    assert scopes(found)[2].endswith("several hundred.")


def test_short_form_stands_for_the_full_entry() -> None:
    text = """Notes on Asbest

The works closed in 1950.[1] The last men left in May.[2]

Notes

1. Hanna Berg, Bricks of Asbest (London: Hurst, 1998), 44.
2. Berg, Bricks of Asbest, 60.
"""
    _, references, _ = read(text)
    assert references[1].same_as == 0
    assert references[1].pages == "60"


def test_author_and_year_tell_which_entry_is_meant() -> None:
    text = """Notes on Asbest

The works closed in 1950.[1] The last men left in May.[2] Nobody wrote.[3]

Notes

1. Hanna Berg, Bricks of Asbest (London: Hurst, 1998), 44.
2. Hanna Berg, Letters from Perm (London: Hurst, 2003), 12.
3. Berg 1998, p. 60.
"""
    _, references, _ = read(text)
    assert references[2].same_as == 0


def test_earlier_marker_ends_what_a_later_one_backs() -> None:
    text = """Ships

The first ship carried 900 men,[1] the second carried women only.[2]

References

1. Berg, Hanna. Ships. London: Hurst, 1998.
2. Ito, Jun. Ports. Tokyo: Minato Press, 1999.
"""
    assert scopes(read(text)) == [
        "The first ship carried 900 men,",
        "the second carried women only.",
    ]


def test_markers_apart_but_with_nothing_between_back_the_same() -> None:
    found = read("Ships\n\nThe ship was late.[1] * [2]\n\nReferences\n\n1. Berg, H. Ships. 1998.\n")
    assert scopes(found)[0] == "The ship was late."
    assert all(m.scope_start <= m.scope_end for m in found[2])


def test_repeats_follow_their_entry_when_the_text_has_works_too() -> None:
    text = """Ships

He wrote "The Ships of the Bay" (London, 1990) at home.[1] It sold well.[2]

Notes

1. Berg, Hanna. Harbours. London: Hurst, 1998.
2. Ibid., p. 9.
"""
    _, references, _ = read(text)
    assert [one.list_name for one in references] == ["in text", "Notes", "Notes"]
    assert references[2].same_as == 1


def test_note_that_describes_a_work_is_one_reference() -> None:
    text = """Ships

The second transport* was late, and nobody at the harbour knew where the ship had gone.

* "The Ships of the Bay" (London: Hurst, 1990), p. 12.
"""
    _, references, markers = read(text)
    assert [(one.label, one.titles[0].text) for one in references] == [
        ("*", "The Ships of the Bay")
    ]
    assert [m.reference for m in markers] == [0]


def test_years_at_the_end_of_a_title_are_no_imprint() -> None:
    text = """Register

It was registered under the title "Return to the Harbour: Papers of the Homecoming (1945-1956)".
"""
    assert read(text)[1] == ()


def test_entry_of_an_archive_repeats_nothing() -> None:
    text = """Files

The order came in May.[1] Nobody read it.[2]

Notes

1. Hanna Berg, Bricks of Asbest (London: Hurst, 1998), 44.
2. RGVA, f. 1p, op. 37a, d. 12, l. 34.
"""
    _, references, _ = read(text)
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
    _, references, markers = read(text, "text.md")
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
    _, references, _ = read(text)
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
    _, references, _ = read(text)
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
    assert bound(read(text)) == [("[1]", "1")]


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
    _, references, markers = read(text)
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
    document, references, markers = read("Camps\n\n" + "".join(pieces))
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
    found = read(text)
    assert found[1][0].text == "Kubo, Akira. Summer Muster. Otaru: Minami, 1979."
    assert [title.text for title in found[1][0].titles] == ["Summer Muster"]
