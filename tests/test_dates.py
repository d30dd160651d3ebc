"""Dates in four languages: what is written, what it means, and what is no date."""

from __future__ import annotations

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from maizuru.graph.language.dates import find_dates

# language, text, expected (text, edtf, earliest, latest)
WRITTEN = [
    ("en", "signed on 23 August 1945 there", "23 August 1945", "1945-08-23 1945-08-23"),
    ("en", "August 23rd, 1945, was", "August 23rd, 1945", "1945-08-23 1945-08-23"),
    ("en", "April 13, 2000", "April 13, 2000", "2000-04-13 2000-04-13"),
    ("en", "the 13th of April 2000", "13th of April 2000", "2000-04-13 2000-04-13"),
    ("en", "in Sept. 1945", "Sept. 1945", "1945-09-01 1945-09-30"),
    ("en", "Updated: 12.09.2023.", "12.09.2023", "2023-09-12 2023-09-12"),
    ("en", "Seen 24.07.2009", "24.07.2009", "2009-07-24 2009-07-24"),
    ("en", "seen 1945-08-23", "1945-08-23", "1945-08-23 1945-08-23"),
    ("en", "seen 1945-08", "1945-08", "1945-08-01 1945-08-31"),
    ("en", "as of 1 March 1946", "1 March 1946", "1946-03-01 1946-03-01"),
    ("en", "between 6 and 9 May 1945", "between 6 and 9 May 1945", "1945-05-06 1945-05-09"),
    ("en", "In 1946, 12 camps", "1946", "1946-01-01 1946-12-31"),
    ("en", "the 1976 novel", "1976", "1976-01-01 1976-12-31"),
    ("ru", "23 августа 1945 года", "23 августа 1945 года", "1945-08-23 1945-08-23"),
    ("ru", "в августе 1945 г. было", "августе 1945 г.", "1945-08-01 1945-08-31"),
    ("ru", "в 1946 году", "1946 году", "1946-01-01 1946-12-31"),
    ("ja", "昭和20年8月15日に", "昭和20年8月15日", "1945-08-15 1945-08-15"),
    ("ja", "昭和二十年", "昭和二十年", "1945-01-01 1945-12-31"),
    ("ja", "明治37年", "明治37年", "1904-01-01 1904-12-31"),
    ("ja", "大正元年", "大正元年", "1912-01-01 1912-12-31"),
    ("ja", "平成3年4月", "平成3年4月", "1991-04-01 1991-04-30"),
    ("ja", "令和5年", "令和5年", "2023-01-01 2023-12-31"),
    ("ja", "1991（平成3）年4月、", "1991（平成3）年4月", "1991-04-01 1991-04-30"),
    ("ja", "1945年（昭和20年）8月9日", "1945年（昭和20年）8月9日", "1945-08-09 1945-08-09"),
    ("ja", "１９４５年８月", "１９４５年８月", "1945-08-01 1945-08-31"),
    ("ja", "一九四五年", "一九四五年", "1945-01-01 1945-12-31"),
    ("en", "in Showa 20", "Showa 20", "1945-01-01 1945-12-31"),
    ("de", "am 23. August 1945", "23. August 1945", "1945-08-23 1945-08-23"),
    ("de", "im Dezember 1956", "Dezember 1956", "1956-12-01 1956-12-31"),
]


@pytest.mark.parametrize(("language", "text", "found", "bounds"), WRITTEN)
def test_written_dates(language: str, text: str, found: str, bounds: str) -> None:
    (date,) = find_dates(text, language)
    assert date.text == found
    assert text[date.start : date.end] == found
    assert f"{date.earliest} {date.latest}" == bounds


PERIODS = [
    ("en", "in the 1940s", "194X", "1940-01-01", "1949-12-31"),
    ("en", "the early 1990s", "1990/1993", "1990-01-01", "1993-12-31"),
    ("en", "the second half of the 1980s", "1985/1989", "1985-01-01", "1989-12-31"),
    ("en", "since the second half of the 1980s", "1985/..", "1985-01-01", "None"),
    ("en", "late 1946", "1946-09/1946-12", "1946-09-01", "1946-12-31"),
    ("en", "3/25/1999", "1999-03-25", "1999-03-25", "1999-03-25"),
    ("en", "25/3/1999", "1999-03-25", "1999-03-25", "1999-03-25"),
    ("en", "4/03/1999", "1999", "1999-01-01", "1999-12-31"),
    ("en", "in mid-August 1945", "1945-08-11/1945-08-20", "1945-08-11", "1945-08-20"),
    ("en", "in the spring of 1949", "1949-21", "1949-03-01", "1949-05-31"),
    ("en", "the winter of 1945–46", "1945-24", "1945-12-01", "1946-02-28"),
    ("en", "circa 1947", "1947~", "1947-01-01", "1947-12-31"),
    ("en", "by December 1956", "../1956-12", "None", "1956-12-31"),
    ("en", "after 1950", "1950/..", "1950-01-01", "None"),
    ("en", "since 1949", "1949/..", "1949-01-01", "None"),
    ("en", "until 1953", "../1953", "None", "1953-12-31"),
    ("en", "before 1945", "../1945", "None", "1945-12-31"),
    ("en", "not later than 1949", "../1949", "None", "1949-12-31"),
    ("en", "he was not freed until 1953", "1953", "1953-01-01", "1953-12-31"),
    ("en", "1945–1956", "1945/1956", "1945-01-01", "1956-12-31"),
    ("en", "1945-1956", "1945/1956", "1945-01-01", "1956-12-31"),
    ("en", "1945–56", "1945/1956", "1945-01-01", "1956-12-31"),
    ("en", "from 1945 to 1949", "1945/1949", "1945-01-01", "1949-12-31"),
    (
        "en",
        "between December 1941 and 15 August 1945",
        "1941-12/1945-08-15",
        "1941-12-01",
        "1945-08-15",
    ),
    ("en", "9–20 August 1945", "1945-08-09/1945-08-20", "1945-08-09", "1945-08-20"),
    ("en", "from August to October 1945", "1945-08/1945-10", "1945-08-01", "1945-10-31"),
    ("en", "in the XX century", "1901/2000", "1901-01-01", "2000-12-31"),
    ("en", "the first half of the 20th century", "1901/1950", "1901-01-01", "1950-12-31"),
    ("ru", "1970-х годов", "197X", "1970-01-01", "1979-12-31"),
    ("ru", "в начале 1990-х годов", "1990/1992", "1990-01-01", "1992-12-31"),
    ("ru", "в конце 1946 г.", "1946-10/1946-12", "1946-10-01", "1946-12-31"),
    ("ru", "весной 1949 г.", "1949-21", "1949-03-01", "1949-05-31"),
    ("ru", "с августа 1945 по декабрь 1956 г.", "1945-08/1956-12", "1945-08-01", "1956-12-31"),
    ("ru", "1945–1956 гг.", "1945/1956", "1945-01-01", "1956-12-31"),
    ("ru", "к декабрю 1956 г.", "../1956-12", "None", "1956-12-31"),
    ("ru", "после 1950 г.", "1950/..", "1950-01-01", "None"),
    ("ru", "около 1947 года", "1947~", "1947-01-01", "1947-12-31"),
    ("ru", "в XX веке", "1901/2000", "1901-01-01", "2000-12-31"),
    ("ja", "1940年代に", "194X", "1940-01-01", "1949-12-31"),
    ("ja", "1990年代初め", "1990/1992", "1990-01-01", "1992-12-31"),
    ("ja", "1946年末から1956年12月まで", "1946-10/1956-12", "1946-10-01", "1956-12-31"),
    ("ja", "1945〜1956年", "1945/1956", "1945-01-01", "1956-12-31"),
    ("ja", "1947年頃", "1947~", "1947-01-01", "1947-12-31"),
    ("ja", "1950年以降", "1950/..", "1950-01-01", "None"),
    ("ja", "1956年まで", "../1956", "None", "1956-12-31"),
    ("ja", "1949年春", "1949-21", "1949-03-01", "1949-05-31"),
    ("ja", "20世紀前半", "1901/1950", "1901-01-01", "1950-12-31"),
    ("de", "Ende 1946", "1946-10/1946-12", "1946-10-01", "1946-12-31"),
    ("de", "von 1945 bis 1956", "1945/1956", "1945-01-01", "1956-12-31"),
    ("de", "in den 1990er Jahren", "199X", "1990-01-01", "1999-12-31"),
    ("de", "bis Dezember 1956", "../1956-12", "None", "1956-12-31"),
    ("de", "im 20. Jahrhundert", "1901/2000", "1901-01-01", "2000-12-31"),
]


@pytest.mark.parametrize(("language", "text", "edtf", "earliest", "latest"), PERIODS)
def test_periods(language: str, text: str, edtf: str, earliest: str, latest: str) -> None:
    (date,) = find_dates(text, language)
    assert date.edtf == edtf
    assert (str(date.earliest), str(date.latest)) == (earliest, latest)


RELATIVE = [
    ("en", "In late 1946 they sailed, and 5,000 more in the following year.", "1947"),
    ("en", "On August 8, 1945, he kept his word of the previous February.", "1945-02"),
    ("en", "In the spring of 1949 he said they would sail by year's end.", "../1949-12"),
    ("en", "War came on 9 August 1945. On August 20 it was over.", "1945-08-20"),
    ("en", "He came in May 1947. Two months later he was ill.", "1947-07"),
    ("en", "It began 90 days after 8 May 1945.", "1945-08-06"),
    ("ru", "В 1946 году их стало меньше, а в следующем году ещё меньше.", "1947"),
    ("ru", "Лагерь открыли в мае 1946 г. В августе того же года его закрыли.", "1946-08"),
    ("ja", "1946年に着いた。翌年に帰った。", "1947"),
    ("ja", "1946年5月に着き、同年8月に移った。", "1946-08"),
    ("de", "Er kam 1946 an. Im folgenden Jahr kehrte er heim.", "1947"),
]


@pytest.mark.parametrize(("language", "text", "last"), RELATIVE)
def test_relative_dates_count_from_the_date_before(language: str, text: str, last: str) -> None:
    assert find_dates(text, language)[-1].edtf == last


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They attacked 90 days after Germany surrendered."),
        ("en", "On August 9 the attack began; the following year it was over."),
        ("en", "those that may have died, and the march"),
        ("ja", "翌年に帰った。"),
        ("ru", "В следующем году их отпустили."),
    ],
)
def test_a_relative_date_without_an_anchor_is_left_out(language: str, text: str) -> None:
    assert find_dates(text, language) == []


def test_an_anchor_reaches_one_sentence_only() -> None:
    near = "The camp opened in 1946. In August it was full."
    far = "The camp opened in 1946. It was cold. In August it was full."
    assert [d.edtf for d in find_dates(near, "en")] == ["1946", "1946-08"]
    assert [d.edtf for d in find_dates(far, "en")] == ["1946"]


def test_the_sentence_before_may_be_given_as_an_anchor() -> None:
    (anchor,) = find_dates("They arrived in 1946.", "en")
    (date,) = find_dates("In the following year they left.", "en", anchor)
    assert date.edtf == "1947"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "units of 1,000 men and 1800 prisoners"),
        ("en", "about 2000 memoirs"),
        ("en", "more than 1950 were held"),
        ("en", "ISBN 5-7444-1326-X and 0-7679-1956-1"),
        ("en", "p. 1945, pp. 1901-1905, page 1946, 1118 pages"),
        ("en", "Decree No. 1898 and camp No. 1999, order 1942"),
        ("en", "194618,616"),
        ("en", "a map 1:2000 000"),
        ("en", "the 31 February 19455"),
        ("ru", "1118 с.: ил."),
        ("ru", "постановление № 1989, лагерь 1999"),
        ("ru", "1945 человек"),
        ("ja", "約1950人が第1945収容所で"),
        ("de", "Befehl Nr. 1943, 1944 Mann"),
    ],
)
def test_other_numbers_are_no_dates(language: str, text: str) -> None:
    assert find_dates(text, language) == []


WORDS = [
    "1945", "1946–1949", "August", "23", "5,000", "от", "с", "по", "года", "года.", "昭和20年",
    "8月", "15日", "から", "まで", "翌年", "from", "to", "between", "and", "late", "the", "by",
    "spring of", "1990s", "following year", "two years later", "Ende", "bis", ".", ",", "until",
    "31", "February", "0001", "2099", "90 days after", "XX", "century", "г.", "1970-х годов",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)),
    st.sampled_from(["en", "ru", "ja", "de", "xx"]),
)
def test_any_text_gives_sound_dates(text: str, language: str) -> None:
    end = 0
    for date in find_dates(text, language):
        assert text[date.start : date.end] == date.text
        assert date.start >= end
        end = date.end
        assert date.earliest or date.latest
        assert not (date.earliest and date.latest) or date.earliest <= date.latest
        parse_edtf(date.edtf)
