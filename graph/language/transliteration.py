"""Write names of one script in another, and fold spellings so that a search finds them all.

The tables are data (``graph/rules/transliteration.toml``): Hepburn, Kunrei-shiki and Polivanov for
Japanese; BGN/PCGN, ALA-LC and newspaper practice for Russian. Where a script says less than the
other (Polivanov and plain Hepburn do not write long vowels) the way back gives candidates.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import islice, product
from typing import Literal

from ..resources import rules

Japanese = Literal["hepburn", "kunrei", "polivanov"]
Russian = Literal["bgn", "ala-lc", "press"]
LongVowels = Literal["macron", "written", "dropped"]

_JAPANESE = {"hepburn": 0, "kunrei": 1, "polivanov": 2}
_RUSSIAN = {"bgn": 0, "ala-lc": 1, "press": 2}
_MACRON = {"a": "ā", "i": "ī", "u": "ū", "e": "ē", "o": "ō"}
_CYRILLIC_VOWEL = {"а": "а", "и": "и", "у": "у", "э": "э", "о": "о", "я": "а", "ю": "у", "ё": "о"}
_SMALL = "ゃゅょぁぃぅぇぉ"
_CANDIDATES = 16
_ROUNDS = 12
_SYLLABLE = (
    r"(?:(?:[kgsztdnhbpmrfjyw]|ch|sh|ts|[kgnhbpmr]y)?[aiueo]"
    r"|n(?![aiueoy])|m(?=[bpm])|[kstp](?=[kstpc]))"
)
_ROMAJI = re.compile(rf"(?:{_SYLLABLE}h?)+$")
_KANJI = re.compile(r"[㐀-鿿豈-﫿々]")
_KANA = re.compile(r"[ぁ-ゖァ-ヺー]")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LATIN_EXTRA = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})


def is_romaji(word: str) -> bool:
    """Return whether *word* can be read as Japanese syllables, "Ushiroku"."""
    plain = _strip_marks(word.casefold())
    return len(plain) > 2 and bool(_ROMAJI.match(plain))


def to_hiragana(text: str) -> str:
    """Return *text* with its katakana as hiragana; the long vowel mark stays."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def kana_to_latin(
    text: str, system: Japanese = "hepburn", long_vowels: LongVowels = "macron"
) -> str:
    """Return the kana of *text* in Latin letters, other characters as they are.

    *long_vowels*: ``macron`` (ō for おう and おお, ū for うう), ``written`` (as the kana have it,
    "ou") or ``dropped``. ん before a vowel or y is written with an apostrophe.
    """
    pieces = _romanise(to_hiragana(text), _JAPANESE[system])
    return _lengthen(pieces, long_vowels, _MACRON)


def kana_to_polivanov(text: str) -> str:
    """Return the kana of *text* in Polivanov's Cyrillic, long vowels unmarked as in the press."""
    pieces = _romanise(to_hiragana(text), _JAPANESE["polivanov"])
    written = _lengthen(pieces, "dropped", {vowel: vowel for vowel in "аиуэо"})
    written = re.sub(r"н(?=[бпм])", "м", written)
    return re.sub(r"(?<=[аиуэоюяё])и(?!и)", "й", written)


def latin_to_kana(text: str) -> list[str]:
    """Return hiragana readings of a romaji word, the likeliest first.

    Macrons, circumflexes, "oh" and doubled vowels give long vowels; a word without any of them
    is read as it stands. What cannot be read gives an empty list.
    """
    word = unicodedata.normalize("NFC", text.casefold()).replace("’", "'")
    word = re.sub(r"oh(?![aiueoy])", "ō", word)
    word = re.sub(r"m(?=[bpm])", "n", word)
    choices = _parse(word, {**_readings(0), **_long_readings()})
    return _combine(choices)


def polivanov_to_kana(text: str) -> list[str]:
    """Return hiragana readings of a Japanese name in Cyrillic, short vowels first.

    Polivanov's letters do not tell long o and u from short ones, so those follow as candidates.
    """
    word = text.casefold().replace("йо", "ё").replace("е", "э")
    word = re.sub(r"м(?=[бпм])", "н", word)
    word = re.sub(r"(?<=[аиуэоюяё])й", "и", word)
    return _combine(_parse(word, _readings(2)), lengthen=True)


def russian_to_latin(text: str, system: Russian = "press") -> str:
    """Return Russian *text* in Latin letters."""
    table = rules("transliteration")["russian"]
    column = _RUSSIAN[system]
    pieces = []
    before = ""
    for character in text:
        low = character.lower()
        latin = table[low][column] if low in table else character
        initial = not before.isalpha() or before in "аеёиоуыэюяъь"
        if low == "е" and initial and (system == "bgn" or not before.isalpha()):
            latin = latin if system == "ala-lc" else "ye"
        elif low == "ё" and system == "press" and before in "жчшщ":
            latin = "e"
        pieces.append(_like(character, latin))
        before = low
    written = "".join(pieces)
    if system == "press":
        for ending, short in rules("transliteration")["press_endings"].items():
            written = re.sub(rf"{ending}\b", short, written)
    return written


def latin_to_russian(text: str) -> list[str]:
    """Return Russian spellings that *text* may stand for, the likeliest first."""
    table = rules("transliteration")["latin_to_russian"]
    word = re.sub(r"(?<=sk)(?:iy|ii|y|i)\b", "ий", text.casefold())
    word = re.sub(r"(?<=[nc])y\b", "ый", word)
    word = re.sub(r"(?<=[aeou])[yi](?![aou])", "й", word)
    word = re.sub(r"\bye", "е", word)
    choices: list[tuple[str, ...]] = []
    at = 0
    while at < len(word):
        size = next((n for n in (4, 2, 1) if word[at : at + n] in table), 0)
        choices.append(tuple(table[word[at : at + size]]) if size else (word[at],))
        at += size or 1
    spelled = ("".join(option) for option in product(*choices))
    cased = (
        option[:1].upper() + option[1:] if text[:1].isupper() else option for option in spelled
    )
    return list(dict.fromkeys(islice(cased, _CANDIDATES)))


@lru_cache(maxsize=50_000)
def search_key(text: str) -> str:
    """Return the key under which spellings of a name in kana, Latin and Cyrillic letters meet.

    Case, macrons, long vowels, signs and the habits of the systems are folded: テツロウ, Tetsurō,
    Tetsuroh and Тэцуро share one key. Kanji stay as they are. The key is for finding, not for
    showing, and folding it again changes nothing.
    """
    for _ in range(_ROUNDS):
        folded = _fold(text)
        if folded == text:
            break
        text = folded
    return text


def ascii_slug_name(
    text: str, language: str = "", readings: Mapping[str, str] | None = None
) -> str:
    """Return *text* in ASCII letters, for the readable part of an IRI.

    *readings* maps names in kanji to their reading in Latin letters. Kanji without a reading
    become "u" with their code points, which is stable and never clashes.
    """
    if readings and text in readings:
        text = readings[text]
    text = unicodedata.normalize("NFC", text)
    if _KANA.search(text):
        text = kana_to_latin(text.replace("・", " "), long_vowels="dropped")
    if _CYRILLIC.search(text):
        text = re.sub(r"[Ѐ-ӿ]", " ", russian_to_latin(text, "press"))
    text = _KANJI.sub(lambda match: f" u{ord(match.group()):x} ", text)
    plain = _strip_marks(text).casefold().translate(_LATIN_EXTRA)
    if language == "ja" and is_romaji(plain):
        plain = re.sub(r"\boh(?![aiueo])", "o", plain)
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’ʹʺʼ]", "", plain)).strip()


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    if _KANA.search(folded):
        folded = kana_to_latin(folded, long_vowels="written")
    if _CYRILLIC.search(folded):
        folded = _cyrillic_key(folded)
    folded = _strip_marks(folded).translate(_LATIN_EXTRA)
    folded = re.sub(r"['’ʹʺʼ`´]", "", folded)
    folded = re.sub(r"[\W_]+", " ", folded).strip()
    for pattern, replacement in _folds():
        folded = pattern.sub(replacement, folded)
    return folded


def _strip_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c) or "゙" <= c <= "゚")


def _like(model: str, latin: str) -> str:
    return latin[:1].upper() + latin[1:] if model.isupper() else latin


def _cyrillic_key(text: str) -> str:
    """Return Cyrillic letters as the Latin ones that search keys are made of."""
    text = re.sub(r"(?<=[жшщч])ё", "е", text).replace("й", "и").replace("ё", "yo")
    table = rules("transliteration")["russian"]
    return "".join(table[c][2] if c in table else c for c in text.replace("щ", "шч"))


@cache
def _folds() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = rules("transliteration")["fold"]
    return tuple((re.compile(entry["from"]), entry["to"]) for entry in table)


@cache
def _kana() -> Mapping[str, list[str]]:
    data = rules("transliteration")
    merged: dict[str, list[str]] = {**data["kana"], **data["foreign"]}
    return merged


def _romanise(text: str, column: int) -> list[str]:
    """Return *text* cut into syllables, each in the letters of one system."""
    table = _kana()
    pieces: list[str] = []
    double = False
    at = 0
    while at < len(text):
        kana = text[at : at + 2] if text[at : at + 2] in table else text[at]
        at += len(kana)
        if kana == "っ":
            double = True
            continue
        latin = table[kana][column] if kana in table else kana
        if kana == "ん":
            vowel = text[at : at + 1] in set("あいうえおやゆよ")
            latin = ("н", "нъ")[vowel] if column == 2 else ("n", "n'")[vowel]
        elif kana == "ー":
            latin = "ー"
        if double and kana in table:
            latin = ("t" if latin.startswith("ch") else latin[0]) + latin
        double = False
        pieces.append(latin)
    return pieces


def _lengthen(pieces: list[str], style: LongVowels, long: Mapping[str, str]) -> str:
    """Join syllables and write their long vowels in one style."""
    written = ""
    for piece in pieces:
        last = _CYRILLIC_VOWEL.get(written[-1:], written[-1:])
        if piece == "ー" or (style != "written" and (last, piece) in _PAIRS):
            written = _stretch(written, last, style, long)
        else:
            written += piece
    return written


_PAIRS = frozenset({("o", "u"), ("o", "o"), ("u", "u"), ("о", "у"), ("о", "о"), ("у", "у")})


def _stretch(written: str, vowel: str, style: LongVowels, long: Mapping[str, str]) -> str:
    if vowel not in long or style == "dropped":
        return written
    return written[:-1] + long[vowel] if style == "macron" else written + vowel


@cache
def _readings(column: int) -> Mapping[str, tuple[str, ...]]:
    """Return what each syllable of a system may be in kana."""
    found: dict[str, list[str]] = {}
    for name in ("kana", "foreign"):
        for kana, forms in rules("transliteration")[name].items():
            for form in forms[:2] if column == 0 else (forms[2],):
                options = found.setdefault(form, [])
                if kana not in {*options, "を"} and (name == "kana" or not options):
                    options.append(kana)
    return {form: tuple(options) for form, options in found.items()}


@cache
def _long_readings() -> Mapping[str, tuple[str, ...]]:
    """Return the syllables with a macron or circumflex: ō is おう or おお."""
    long: dict[str, tuple[str, ...]] = {}
    tails = {"a": "あ", "i": "い", "u": "う", "e": "いえ", "o": "うお"}
    for form, options in _readings(0).items():
        vowel = form[-1]
        if vowel in tails:
            kana = tuple(option + tail for tail in tails[vowel] for option in options)
            for marked in (_MACRON[vowel], unicodedata.normalize("NFC", vowel + "̂")):
                long[form[:-1] + marked] = kana
    return long


def _parse(word: str, table: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Cut *word* into syllables, longest first; empty when a part of it is none."""
    choices: list[tuple[str, ...]] = []
    at = 0
    while at < len(word):
        size = next((n for n in (4, 3, 2, 1) if word[at : at + n] in table), 0)
        if size:
            choices.append(table[word[at : at + size]])
            at += size
        elif word[at] in "nн":
            choices.append(("ん",))
            at += 2 if word[at + 1 : at + 2] in {"'", "ъ", "ь"} else 1
        elif word[at + 1 : at + 2] == word[at] or word[at : at + 3] == "tch":
            choices.append(("っ",))
            at += 1
        else:
            return []
    return choices


def _combine(choices: list[tuple[str, ...]], *, lengthen: bool = False) -> list[str]:
    if not choices:
        return []
    options = list(islice(("".join(option) for option in product(*choices)), _CANDIDATES))
    if lengthen:
        options += [long for option in options[:2] for long in _with_long_vowels(option)]
    return list(dict.fromkeys(options))


def _with_long_vowels(kana: str) -> list[str]:
    """Return *kana* with う after its o and u sounds, in every combination of up to three."""
    latin = _romanise(kana, 0)
    units = re.findall(rf".[{_SMALL}]?", kana)
    where = [n for n, piece in enumerate(latin) if piece[-1:] in {"o", "u"}][:3]
    if len(units) != len(latin):
        return []
    found = []
    for chosen in product((False, True), repeat=len(where)):
        stretched = {n for n, take in zip(where, chosen, strict=True) if take}
        found.append("".join(u + ("う" if n in stretched else "") for n, u in enumerate(units)))
    return found[1:]
