"""Amounts in four languages: bounds, comparator, unit, noun; and the numbers that count nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maizuru.graph.language.dates import find_dates
from maizuru.graph.language.quantities import find_quantities
from maizuru.graph.model import Quantity


def read(text: str, language: str) -> list[Quantity]:
    return find_quantities(text, language, dates=find_dates(text, language))


def bounds(quantity: Quantity) -> str:
    """Return ``lower..upper comparator``, with a tilde when approximate."""
    tilde = "~" if quantity.approximate else ""
    return f"{quantity.lower}..{quantity.upper} {quantity.comparator.value}{tilde}"


AMOUNTS = [
    # language, text, bounds, unit, noun
    ("en", "35,000 Japanese prisoners", "35000..35000 exactly", "persons", "Japanese prisoners"),
    ("en", "from 410,000 to 530,000 men", "410000..530000 between", "persons", "men"),
    ("en", "held for 3 1/2 years", "3.5..3.5 exactly", "years", "years"),
    ("en", "held for 2½ years", "2.5..2.5 exactly", "years", "years"),
    ("en", "within five days Soviet troops held it", "5..5 exactly", "days", "days"),
    ("en", "a 2000-year-old temple", "2000..2000 exactly", "years", "year-old temple"),
    ("ru", "останки 39-ти человек", "39..39 exactly", "persons", "человек"),
    ("en", "between 20,000 and 47,000 died", "20000..47000 between", "", ""),
    ("en", "between 20,000-47,000 died", "20000..47000 between", "", ""),
    ("en", "between 1.2 and 1.3 million troops", "1200000..1300000 between", "persons", "troops"),
    ("en", "5–10 thousand men", "5000..10000 between", "persons", "men"),
    ("en", "2.4 million German prisoners of war", "2400000..2400000 exactly", "persons",
     "German prisoners of war"),
    ("en", "about 500 thousand", "500000..500000 about~", "", ""),
    ("en", "some fifty nurses", "50..50 about~", "persons", "nurses"),
    ("en", "approximately 70 graves", "70..70 about~", "sites", "graves"),
    ("en", "nearly 900 women", "900..900 about~", "persons", "women"),
    ("en", "closer to 30,000.", "30000..30000 about~", "", ""),
    ("en", "more than 60 camps", "60..None more-than", "camps", "camps"),
    ("en", "over 20,000 held", "20000..None more-than", "", ""),
    ("en", "a little more than 2 thousand people", "2000..None more-than", "persons", "people"),
    ("en", "at least one diary", "1..None at-least", "memoirs", "diary"),
    ("en", "no fewer than 12 ships", "12..None at-least", "ships", "ships"),
    ("en", "fewer than 40 survivors", "None..40 less-than", "persons", "survivors"),
    ("en", "up to 6,000 Italians", "None..6000 at-most", "persons", "Italians"),
    ("en", "tens of thousands of Germans", "10000..None at-least~", "persons", "Germans"),
    ("en", "Thousands of former internees", "1000..None at-least~", "persons", "former internees"),
    ("en", "about half of them", "0.5..0.5 about~", "share", "of them"),
    ("en", "more than a third of the prisoners", "0.3333..None more-than", "share", "prisoners"),
    ("en", "50.6% of the men", "50.6..50.6 exactly", "percent", "men"),
    ("en", "12 per cent", "12..12 exactly", "percent", ""),
    ("en", "half a million men", "500000..500000 exactly", "persons", "men"),
    ("en", "two hundred and fifty thousand men", "250000..250000 exactly", "persons", "men"),
    ("en", "more than half a million men", "500000..None more-than", "persons", "men"),
    ("en", "two and a half million men", "2500000..2500000 exactly", "persons", "men"),
    ("en", "a million and a half men", "1500000..1500000 exactly", "persons", "men"),
    ("en", "nearly three quarters of a million men", "750000..750000 about~", "persons", "men"),
    ("en", "a quarter of a million dead", "250000..250000 exactly", "persons", "dead"),
    ("en", "thirty-one thousands of names", "31000..31000 exactly", "names", "names"),
    ("en", "about 2 millions of prisoners", "2000000..2000000 about~", "persons", "prisoners"),
    ("en", "40.000 prisoners", "40000..40000 exactly", "persons", "prisoners"),
    ("en", "31.074 prisoners", "31074..31074 exactly", "persons", "prisoners"),
    ("en", "40.000–60.000 prisoners", "40000..60000 between", "persons", "prisoners"),
    ("en", "3.125 tonnes", "3.125..3.125 exactly", "tonnes", "tonnes"),
    ("ru", "полтора миллиона человек", "1500000..1500000 exactly", "persons", "человек"),
    ("ru", "более полумиллиона человек", "500000..None more-than", "persons", "человек"),
    ("ru", "два с половиной миллиона человек", "2500000..2500000 exactly", "persons", "человек"),
    ("ru", "четверть миллиона солдат", "250000..250000 exactly", "persons", "солдат"),
    ("de", "anderthalb Millionen Soldaten", "1500000..1500000 exactly", "persons", "Soldaten"),
    ("de", "eine halbe Million Menschen", "500000..500000 exactly", "persons", "Menschen"),
    ("en", "two or three camps", "2..3 between", "camps", "camps"),
    ("en", "eight ministries", "8..8 exactly", "institutions", "ministries"),
    ("en", "500 person units", "500..500 exactly", "persons", "person units"),
    ("en", "a 68-year-old farmer", "68..68 exactly", "years", "year-old farmer"),
    ("en", "90 days after the treaty", "90..90 exactly", "days", "days"),
    ("en", "an 8-volume edition", "8..8 exactly", "volumes", "volume edition"),
    ("en", "2,000 Korean and Chinese labourers", "2000..2000 exactly", "persons",
     "Korean and Chinese labourers"),
    ("en", "about 40 Germans married locals", "40..40 about~", "persons", "Germans"),
    ("ru", "около 60 тыс. военнопленных", "60000..60000 about~", "persons", "военнопленных"),
    ("ru", "более 600 тысяч человек", "600000..None more-than", "persons", "человек"),
    ("ru", "порядка 1,5 млн человек", "1500000..1500000 about~", "persons", "человек"),
    ("ru", "свыше 70 лагерей", "70..None more-than", "camps", "лагерей"),
    ("ru", "не менее 500 солдат", "500..None at-least", "persons", "солдат"),
    ("ru", "до 40 тыс. человек", "None..40000 at-most", "persons", "человек"),
    ("ru", "31 074 человека", "31074..31074 exactly", "persons", "человека"),
    ("ru", "от 560 до 760 тысяч человек", "560000..760000 between", "persons", "человек"),
    ("ru", "две-три тысячи человек", "2000..3000 between", "persons", "человек"),
    ("ru", "два лагеря", "2..2 exactly", "camps", "лагеря"),
    ("ru", "десятки тысяч японцев", "10000..None at-least~", "persons", "японцев"),
    ("ru", "70 с лишним тысяч человек", "70000..None more-than", "persons", "человек"),
    ("ru", "50,6 % пленных", "50.6..50.6 exactly", "percent", "пленных"),
    ("ru", "половина из них", "0.5..0.5 exactly", "share", "из них"),
    ("ja", "76万人分の資料", "760000..760000 exactly", "persons", "資料"),
    ("ja", "約60万人の捕虜", "600000..600000 about~", "persons", "捕虜"),
    ("ja", "57万5000人", "575000..575000 exactly", "persons", "人"),
    ("ja", "六十万人以上", "600000..None at-least", "persons", "人"),
    ("ja", "5万人余り", "50000..None more-than", "persons", "人"),
    ("ja", "60万〜70万人", "600000..700000 between", "persons", "人"),
    ("ja", "70か所以上の収容所", "70..None at-least", "camps", "収容所"),
    ("ja", "数万人", "20000..None at-least~", "persons", "人"),
    ("ja", "３割", "30..30 exactly", "percent", "割"),
    ("ja", "十五人の将校", "15..15 exactly", "persons", "将校"),
    ("ru", "1 млн 94 тыс. человек", "1094000..1094000 exactly", "persons", "человек"),
    ("ru", "12 лагерей военнопленных", "12..12 exactly", "camps", "лагерей"),
    ("ru", "15 родственников погибших", "15..15 exactly", "persons", "родственников"),
    ("ru", "трое пленных", "3..3 exactly", "persons", "пленных"),
    ("en", "90 Finns, Danes and Poles", "90..90 exactly", "persons", "Finns, Danes and Poles"),
    ("ja", "36万人から110万人", "360000..1100000 between", "persons", "人"),
    ("de", "etwa 60.000 Gefangene", "60000..60000 about~", "persons", "Gefangene"),
    ("de", "mehr als 3 Millionen Soldaten", "3000000..None more-than", "persons", "Soldaten"),
    ("de", "zwischen 560.000 und 760.000 Mann", "560000..760000 between", "persons", "Mann"),
    ("de", "rund 1,5 Mio. Menschen", "1500000..1500000 about~", "persons", "Menschen"),
    ("de", "bis zu 600 000 Menschen", "None..600000 at-most", "persons", "Menschen"),
    ("de", "12,5 Prozent", "12.5..12.5 exactly", "percent", ""),
    ("de", "560’000 Personen", "560000..560000 exactly", "persons", "Personen"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected", "unit", "noun"), AMOUNTS)
def test_amounts(language: str, text: str, expected: str, unit: str, noun: str) -> None:
    (quantity,) = read(text, language)
    assert bounds(quantity) == expected
    assert (quantity.unit, quantity.noun) == (unit, noun)


def test_the_span_holds_the_words_that_qualify_the_number() -> None:
    text = "They say that more than 4,000 men and about a third of the rest left in 1947."
    assert [q.text for q in read(text, "en")] == ["more than 4,000", "about a third"]
    assert all(text[q.start : q.end] == q.text for q in read(text, "en"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "in 1946 and 1945–1949, on 9 August 1945"),
        ("en", "page 56, pp. 524-525, 1118 p. and p.7"),
        ("en", "camp No. 99, camp N 37, camps 4, Camp 28 and Unit 731"),
        ("en", "Decree no. 9898, Order 7161ss, Article 58, clause 9, paragraph 3"),
        ("en", "ISBN 978-0-295-98336-3, 0-7679-0056-1, 5-7444-1326-X"),
        ("en", "the 56th session, the 2nd front, World War 2"),
        ("en", "vol. 24 (13), Series 5104, 1:8,000,000, at 10:30"),
        ("en", "one of the first, and one day"),
        ("en", "2) the bureau"),
        ("en", "Her brother Jun, who was three, was carried off; she was 41 when he died"),
        ("en", "of the approximately 5000,3 people more than 150,5"),
        ("en", "almost one in nine, two out of every nine"),
        ("en", "a T-34 and a $500 fine"),
        ("en", "Ichiro Sakata, 93, a farmer, and his brother Jiro (88) of Akita"),
        ("en", "a 900-seat hall with a 40-bed ward"),
        ("ru", "лагерь № 99, ст. 58, с. 15, 1118 с.: ил., 2-й фронт"),
        ("ja", "5次にわたる引揚げ、第99収容所、1945年8月、第58条、千島列島、一部の人"),
        ("de", "die 5. Armee, Nr. 7, S. 15, am 9. August"),
    ],
)
def test_numbers_that_count_nothing(language: str, text: str) -> None:
    assert read(text, language) == []


def test_a_year_is_a_year_even_without_its_date() -> None:
    text = "In 1946 they held 1946 prisoners."
    assert [(str(q.lower), q.noun) for q in read(text, "en")] == [("1946", "prisoners")]


WORDS = [
    "1,000", "500", "60.000", "31 074", "between", "and", "from", "to", "–", "million", "тыс.",
    "万", "人", "以上", "約", "more than", "about", "half", "a third of", "тысяч", "hundred",
    "two", "человек", "men", "%", "Prozent", ".", "(", ")", "1945", "数", "億", "3.5",
    "tens of thousands", "один", "0", "camps", "of them", "Japanese",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
        st.lists(st.sampled_from(WORDS), max_size=12).map("".join),
    ),
    st.sampled_from(["en", "ru", "ja", "de", "xx"]),
)
def test_any_text_gives_sound_amounts(text: str, language: str) -> None:
    dates = find_dates(text, language)
    for quantity in find_quantities(text, language, dates=dates):
        assert text[quantity.start : quantity.end] == quantity.text
        assert not any(d.start < quantity.end and quantity.start < d.end for d in dates)
        assert quantity.lower is not None or quantity.upper is not None
        if quantity.lower is not None and quantity.upper is not None:
            assert quantity.lower <= quantity.upper
