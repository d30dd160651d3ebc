"""Which references cite the same work, in one document and across several."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from maizuru.graph.extract.references import Work, join_works, parse_entry, work_key
from maizuru.graph.extract.references.works import title_words
from maizuru.graph.model import Reference


def refs(*texts: str, language: str = "en") -> list[Reference]:
    return [parse_entry(text, language) for text in texts]


def joined(*texts: str) -> list[Work]:
    """Return the works with more than one member."""
    return [work for work in join_works({"doc": refs(*texts)}) if len(work.members) > 1]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            "Berg, Hanna (1990). Stalin's Guests. London: Hurst. ISBN 0-306-40615-2.",
            "H. Berg, Gäste (Berlin, 1991). ISBN 978-0-306-40615-7",
            "same ISBN",
        ),
        (
            'Hart, Lori (1999). "The Bay". Northern Review. 3 (1): 2–9. doi:10.1234/nr.5',
            "Hart, L. (2001). A bay remembered. https://doi.org/10.1234/NR.5",
            "same DOI",
        ),
        (
            '"The last guard of the Amur". 7 February 2011.',
            'Nor, Sara (7 February 2011). "The last guard of the Amur". Northern Centre.',
            "same title and year",
        ),
        (
            "Soviet POWs in the Gulf. Oslo: Hav, 1999.",
            "Soviet prisoners of war in Gulf. Oslo: Hav, 1999.",
            "same title and year",
        ),
        (
            "Sorokin, P. (2003). Prisoners of the Great Frozen River: A Memoir. Chita.",
            "Soroikn, P. (2003). The Prisoners of a Great Frozen River. Chita.",
            "similar title, same year and author",
        ),
        (
            "Berg, Hanna. Guests of the Frozen River. London: Hurst, 1990.",
            "Guests of the Frozen River (in Russian)",
            "same title",
        ),
        (
            "抑留者の名簿に関する答弁書 (PDF). 衆議院. 11 May 2007. Retrieved 7 August 2011.",
            "「抑留者の名簿に関する答弁書」衆議院、2007年5月11日",
            "same title and year",
        ),
    ],
)
def test_joined(one: str, other: str, why: str) -> None:
    (work,) = joined(one, other)
    assert work.members == (("doc", 0), ("doc", 1))
    assert work.evidence == (why,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Siberian Railways. P.T. Morton. The Lark Map Company. Exeter. U.K. 1973.",
            "Siberian Railways. P.T. Morton. The Lark Map Company. Exeter. U.K. 1976.",
        ),
        ("TASS, 5 May 1950.", "TASS, 9 June 1950."),
        ("ГАРФ. Ф. 9401. Оп. 1. Д. 203.", "ГАРФ. Ф. 9401. Оп. 1. Д. 204."),
        ("Berg, Hanna. Letters. London: Hurst, 1990.", "Ito, Jun. Papers. London: Hurst, 1990."),
    ],
)
def test_kept_apart(one: str, other: str) -> None:
    assert joined(one, other) == []
    first, second = join_works({"doc": refs(one, other)})
    assert first.key != second.key


def test_joined_across_documents_and_languages() -> None:
    cards = refs("Camps of the Amur (Лагеря на Амуре. – М.: Волна, 1999. – 480 с.)")
    short = refs("Лагеря на Амуре. М.: Волна, 1999.", language="ru")
    works = join_works({"a": cards, "b": short})
    assert [work.members for work in works] == [(("a", 0), ("b", 0))]


def test_repeated_entry_is_of_the_same_work() -> None:
    first, second = refs("Berg, Hanna. Guests. London: Hurst, 1990.", "Ibid., p. 9.")
    (work,) = join_works({"doc": [first, replace(second, titles=(), same_as=0)]})
    assert work.evidence == ("stands for an earlier entry",)


def test_key_is_readable_ascii_and_stable() -> None:
    (one,) = refs("Berg, Hanna. Guests of the Frozen River. London: Hurst, 1990.")
    assert work_key(one) == "work/guests-of-the-frozen-river-1990"
    (russian,) = refs("Серов С. И. Японцы в плену. Чита, 1997.", language="ru")
    assert work_key(russian) == "work/yapontsy-v-plenu-1997"
    (japanese,) = refs("長瀬良治『抑留全史』原書房、2013年、ISBN 978-0-306-40615-7", language="ja")
    assert work_key(japanese) == "work/isbn-9780306406157-2013"
    (paper,) = refs("「抑留者名簿を公開」Minato Shimbun、2009年7月24日", language="ja")
    assert re.fullmatch("work/minato-shimbun-[0-9a-f]{10}-2009", work_key(paper))
    (glossed,) = refs('"抑留者名簿を公開" [List of internees]. Minato Times. 2009.')
    assert work_key(glossed) == "work/list-of-internees-2009"


def test_key_does_not_depend_on_the_order_of_documents() -> None:
    full = refs('Nor, Sara (7 February 2011). "The last guard". Northern Centre.')
    bare = refs('"The last guard". 7 February 2011.')
    (one,) = join_works({"a": full, "b": bare})
    (other,) = join_works({"b": bare, "a": full})
    assert one.key == other.key


def test_key_is_that_of_the_fullest_reference() -> None:
    bare = refs('"抑留者の名簿を公開する". 2009.')
    full = refs('"抑留者の名簿を公開する" [List of internees]. Minato Times. 2009.')
    (work,) = join_works({"a": bare, "b": full})
    assert work.key == "work/list-of-internees-2009"


def test_different_works_never_share_a_key() -> None:
    start = "A very long title about the captives of the northern rivers and"
    works = join_works({"doc": refs(f"{start} lakes. Oslo, 1999.", f"{start} seas. Oslo, 1999.")})
    keys = [work.key for work in works]
    assert len(set(keys)) == 2
    assert keys[1] == f"{keys[0]}-2"


def test_title_words_spell_out_and_drop() -> None:
    assert title_words("The POWs of a Camp") == title_words("Prisoners of War, Camps")
