"""Names go from script to script and back, and all spellings of one name meet under one key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maizuru.graph.language.transliteration import (
    Russian,
    ascii_slug_name,
    is_romaji,
    kana_to_latin,
    kana_to_polivanov,
    latin_to_kana,
    latin_to_russian,
    polivanov_to_kana,
    russian_to_latin,
    search_key,
    to_hiragana,
)
from maizuru.graph.resources import rules

AMBIGUOUS = {"ぢ", "づ", "を"}
SYLLABLES = sorted(set(rules("transliteration")["kana"]) - AMBIGUOUS)
HARD = [kana for kana in SYLLABLES if kana[0] in "かきくけこさしすせそたちつてとぱぴぷぺぽ"]


@st.composite
def words(draw: st.DrawFn) -> str:
    """Return kana as names have them: syllables, doubled consonants, ん inside and at the end."""
    pieces: list[str] = []
    for _ in range(draw(st.integers(1, 6))):
        piece = draw(st.sampled_from(SYLLABLES))
        before = draw(st.sampled_from(["", "", "ん", "っ"]))
        if before == "っ" and pieces and not pieces[-1].endswith("ん"):
            piece = "っ" + draw(st.sampled_from(HARD))
        elif before == "ん" and pieces and piece[0] not in "あいうえおなにぬねのやゆよ":
            piece = "ん" + piece
        pieces.append(piece)
    return "".join(pieces) + draw(st.sampled_from(["", "ん"]))


@given(words())
def test_kana_comes_back_from_hepburn_as_written(word: str) -> None:
    assert word in latin_to_kana(kana_to_latin(word, long_vowels="written"))


@given(words())
def test_kana_comes_back_from_kunrei(word: str) -> None:
    assert word in latin_to_kana(kana_to_latin(word, "kunrei", "written"))


@given(words())
def test_short_vowels_come_back_from_polivanov(word: str) -> None:
    candidates = polivanov_to_kana(kana_to_polivanov(word))
    assert search_key(word) in {search_key(candidate) for candidate in candidates}


@given(words(), st.sampled_from(["macron", "written", "dropped"]))
def test_every_spelling_of_kana_has_one_key(word: str, style: str) -> None:
    key = search_key(word)
    assert search_key(kana_to_latin(word, long_vowels=style)) == key  # type: ignore[arg-type]
    assert search_key(kana_to_latin(word, "kunrei", "written")) == key
    assert search_key(kana_to_polivanov(word)) == key
    assert search_key(katakana(word)) == key


def katakana(word: str) -> str:
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in word)


@given(words())
def test_katakana_is_hiragana_shifted(word: str) -> None:
    assert to_hiragana(katakana(word)) == word


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(words())
def test_romaji_of_kana_is_seen_as_romaji(word: str) -> None:
    latin = kana_to_latin(word, long_vowels="written").replace("'", "")
    assert is_romaji(latin) or len(latin) < 3


@pytest.mark.parametrize(
    "spellings",
    [
        ("テツロウ", "Tetsurō", "Tetsuro", "Tetsuroh", "Тэцуро", "てつろう"),
        ("しんぶん", "Shimbun", "Shinbun", "Симбун"),
        ("サイトウ", "Saitō", "Saito", "Saitoh", "Сайто"),
        ("Ёсида", "Yoshida", "Yosida", "ヨシダ"),
        ("Хрущёв", "Хрущев", "Khrushchev"),
        ("Ельцин", "Yeltsin", "YELTSIN"),
        ("Василевский", "Vasilevsky", "Vasilevskii", "Vasilevskiy"),
        ("Жезказган", "Zhezkazgan", "Dzhezkazgan"),
    ],
)
def test_spellings_meet(spellings: tuple[str, ...]) -> None:
    assert len({search_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Yamada", "Yamata"), ("Sato", "Soto"), ("Ivanov", "Ivanova"), ("Kansk", "Omsk")],
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


@pytest.mark.parametrize(
    ("russian", "system", "latin"),
    [
        ("Ельцин", "bgn", "Yelʹtsin"),
        ("Юрий Достоевский", "ala-lc", "Iuriĭ Dostoevskiĭ"),
        ("Юрий Достоевский", "press", "Yury Dostoevsky"),
        ("Хрущёв", "press", "Khrushchev"),
        ("Щукин", "bgn", "Shchukin"),
    ],
)
def test_russian_in_latin_letters(russian: str, system: Russian, latin: str) -> None:
    assert russian_to_latin(russian, system) == latin


@pytest.mark.parametrize("name", ["Хабаровск", "Василевский", "Сергей", "Карпов", "Тайшет"])
def test_russian_is_among_the_ways_back(name: str) -> None:
    assert name in latin_to_russian(russian_to_latin(name, "press"))


@pytest.mark.parametrize(
    ("kana", "macron", "polivanov"),
    [
        ("とうきょう", "tōkyō", "токё"),
        ("まいづる", "maizuru", "майдзуру"),
        ("しんいち", "shin'ichi", "синъити"),
        ("しんぶん", "shinbun", "симбун"),
        ("はっとり", "hattori", "хаттори"),
    ],
)
def test_kana_by_the_systems(kana: str, macron: str, polivanov: str) -> None:
    assert kana_to_latin(kana) == macron
    assert kana_to_polivanov(kana) == polivanov


def test_long_vowels_are_candidates_on_the_way_back() -> None:
    assert "てつろう" in polivanov_to_kana("Тэцуро")
    assert latin_to_kana("Ōta") == ["おうた", "おおた"]
    assert latin_to_kana("Smith") == []


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Fumō Chitai", "fumo chitai"),
        ("Сергей Кузнецов", "sergey kuznetsov"),
        ("テツロウ・アヒコ", "tetsuro ahiko"),
        ("Łódź", "lodz"),
        ("淳", "u6df3"),
    ],
)
def test_ascii_names(text: str, slug: str) -> None:
    assert ascii_slug_name(text) == slug


def test_a_known_reading_is_used_for_kanji() -> None:
    assert ascii_slug_name("後宮淳", "ja", {"後宮淳": "Ushiroku Jun"}) == "ushiroku jun"
