"""References of whole documents: lists, notes, repeats, works in the text, markers and scopes."""

from __future__ import annotations

from tests.pages import Found, bound, cite


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
    found = cite(ENGLISH)
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
    _, references, _ = cite(ENGLISH)
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
    found = cite(text)
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
    found = cite(text)
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
    found = cite(text)
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
    found = cite(text)
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
    _, references, _ = cite(text)
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
    _, references, _ = cite(text)
    assert references[2].same_as == 0


def test_earlier_marker_ends_what_a_later_one_backs() -> None:
    text = """Ships

The first ship carried 900 men,[1] the second carried women only.[2]

References

1. Berg, Hanna. Ships. London: Hurst, 1998.
2. Ito, Jun. Ports. Tokyo: Minato Press, 1999.
"""
    assert scopes(cite(text)) == [
        "The first ship carried 900 men,",
        "the second carried women only.",
    ]


def test_markers_apart_but_with_nothing_between_back_the_same() -> None:
    found = cite("Ships\n\nThe ship was late.[1] * [2]\n\nReferences\n\n1. Berg, H. Ships. 1998.\n")
    assert scopes(found)[0] == "The ship was late."
    assert all(m.scope_start <= m.scope_end for m in found[2])


def test_repeats_follow_their_entry_when_the_text_has_works_too() -> None:
    text = """Ships

He wrote "The Ships of the Bay" (London, 1990) at home.[1] It sold well.[2]

Notes

1. Berg, Hanna. Harbours. London: Hurst, 1998.
2. Ibid., p. 9.
"""
    _, references, _ = cite(text)
    assert [one.list_name for one in references] == ["in text", "Notes", "Notes"]
    assert references[2].same_as == 1


SHORT = """The Sawmill of Nagol

The sawmill of Nagol was built by 400 prisoners in the winter of 1946.[1] A third of them did not \
see the spring, and the ration was cut twice that year.[2] The guards wrote down every loaf.[3] \
Two of them ran away in June.[4]

Notes

1. Oskar Lind, The Sawmill: Prisoners on the Upper River (London: Harrow Press, 1998), pp. 12–15.
2. Lind, pp. 30 and 44.
3. GARF, 9401/1a/552 and 64; Hovorka, Two Boilers, p. 8.
4. Lind, The Sawmill, p. 102; Hovorka, “Stokers,” p. 7.
"""


def test_works_cited_in_short_are_parted_and_joined_to_their_full_entry() -> None:
    found = cite(SHORT)
    assert [(one.label, one.pages, one.same_as) for one in found[1]] == [
        ("1", "12–15", None),
        ("2", "30 and 44", 0),
        ("3", "", None),
        ("3", "8", None),
        ("4", "102", 0),
        ("4", "7", None),
    ]
    assert found[1][2].kind == "archival-document"
