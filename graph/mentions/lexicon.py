"""Give every token one character that stands for the set of classes it belongs to.

Patterns over tokens then become regular expressions over a string with one character per token,
which the standard library runs fast. Classes come from word lists (``graph/rules/names.toml`` and
the lists in the other rule files), from the shape of a word (``cap``, ``upper``, ``number``) and
from how a name is built (a romaji word, a Russian surname).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, combinations, product

from ..language import transliteration
from ..language.inflection import russian_forms
from ..model import EntityKind
from ..resources import rules
from .tokens import BREAK

RULE_FILES = (
    "names",
    "places",
    "persons",
    "organisations",
    "units",
    "camps",
    "instruments",
    "events",
    "works",
    "groups",
    "concepts",
    "citations",
)
_CACHE_LIMIT = 200_000
_FIRST_CODE = 0x4E00
_INITIAL = re.compile(r"(?:[A-ZА-ЯЁ][a-zа-я]{0,2}\.)+$")
_ROMAN = re.compile(r"[IVXLCDMХІ]+$")
_POLIVANOV_ENDINGS = ("ы", "е", "у", "ой")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")


def shape(word: str) -> tuple[str, ...]:
    """Return the shape classes of *word*."""
    first = word[0]
    if first.isdigit():
        return _number_shape(word)
    if word[-1] == "." and _INITIAL.match(word):
        return ("initial", "cap")
    if "ァ" <= first <= "ヺ":
        return ("katakana",)
    if "぀" <= first <= "ゟ":
        return ("hiragana",)
    if first >= "㐀":
        return ("kanji",) if first <= "鿿" else ("other",)
    if first.isupper():
        if any(character.isdigit() for character in word):
            return ("cap", "coded")
        if len(word) > 1 and word.isupper():
            return ("upper", "cap", "roman") if _ROMAN.match(word) else ("upper", "cap")
        return ("cap", "roman") if len(word) == 1 and first in "IVX" else ("cap",)
    if first.islower():
        return ("lower",)
    return ("sign",) if not first.isalpha() else ("other",)


def _number_shape(word: str) -> tuple[str, ...]:
    if _YEAR.match(word):
        return ("number", "year")
    return ("number", "ordinal-number") if _ORDINAL.match(word) else ("number",)


def build(word: str) -> tuple[str, ...]:
    """Return how a word is built as a name: ``romaji``, ``ru-surname``, ``ja-body``."""
    if not word[0].isalpha() or len(word) < 3:
        return ()
    data = rules("names")
    lowered = word.casefold()
    forms = data["endings"]
    classes = []
    if word[0].islower():
        forms = forms | data["lower"]
    elif word[0].isupper():
        forms = forms | data["build"]
        if transliteration.is_romaji(word):
            classes.append("romaji")
        elif _in_polivanov(word):
            classes.append("polivanov")
    for name, endings in forms.items():
        if len(word) > 4 and lowered.endswith(tuple(endings)):
            classes.append(name)
    return tuple(classes)


def _in_polivanov(word: str) -> bool:
    """Return whether a Russian word may be a Japanese name, in any case of Russian grammar."""
    if not "а" <= word[-1] <= "ё":
        return False
    stems = (word[: -len(end)] + "а" for end in _POLIVANOV_ENDINGS if word.endswith(end))
    return any(transliteration.polivanov_to_kana(form) for form in (word, *stems))


class Lexicon:
    """Codes for words; the same word always has the same code within one process."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        """Take class names with their words, lower case for words that may be written so.

        A word that begins with a capital in a list belongs to the class only when it is
        capitalised in the text; one in lower case belongs to it however it is written.
        """
        self._folded: dict[str, set[str]] = {}
        self._exact: dict[str, set[str]] = {}
        for name, words in lists.items():
            for word in words:
                table = self._exact if word[:1].isupper() else self._folded
                key = word.casefold()
                table.setdefault(key, set()).add(name)
        self._codes: dict[frozenset[str], str] = {}
        self._of_class: dict[str, set[str]] = defaultdict(set)
        self._capital_codes: frozenset[str] | None = None
        self._marks: dict[tuple[EntityKind, bool], tuple[str, str]] = {}
        self._words: dict[str, str] = {BREAK: self.code(("break",))}
        self._unknown = self.code(("any", "other"))
        self._register()

    @property
    def words(self) -> set[str]:
        """All words of the lists, folded."""
        return set(self._folded) | set(self._exact)

    def lists(self, word: str) -> bool:
        """Return whether *word*, however it is written, stands in one of the lists."""
        folded = word.casefold()
        return folded in self._folded or folded in self._exact

    def code(self, classes: Iterable[str]) -> str:
        """Return the character for a set of classes, a new one when it is a new set."""
        key = frozenset(classes)
        found = self._codes.get(key)
        if found is None:
            found = self._codes[key] = chr(_FIRST_CODE + len(self._codes))
            for name in key:
                self._of_class[name].add(found)
        return found

    def classes(self, word: str) -> frozenset[str]:
        """Return the classes of *word*."""
        folded = word.casefold()
        found = {"any", *shape(word)}
        found |= self._folded.get(folded, set())
        if word[0].isupper():
            found |= self._exact.get(folded, set())
        if word[0].isalpha():
            found.update(build(word))
        return frozenset(found)

    def encode(self, words: list[str]) -> list[str]:
        """Return one code per word."""
        known = self._words
        if len(known) > _CACHE_LIMIT:
            known.clear()
            known[BREAK] = self.code(("break",))
        codes = []
        for word in words:
            code = known.get(word)
            if code is None:
                code = known[word] = self._codes.get(self.classes(word), self._unknown)
            codes.append(code)
        return codes

    def mark(self, kind: EntityKind, code: str) -> tuple[str, str]:
        """Return the codes for the first and the later tokens of a mention; *code* is its first."""
        key = (kind, code in self._capitals())
        found = self._marks.get(key)
        if found is None:
            form = ("any", "named", "cap") if key[1] else ("any", "named")
            found = self.code((f"@{kind}", *form)), self.code(("inside", *form))
            self._marks[key] = found
        return found

    def select(self, wanted: str) -> frozenset[str]:
        """Return the codes of the classes that *wanted* describes: ``a|b&!c``."""
        chosen: set[str] = set()
        for part in wanted.split("|"):
            terms = part.split("&")
            positive = [self._of_class[term] for term in terms if not term.startswith("!")]
            negative = [self._of_class[term[1:]] for term in terms if term.startswith("!")]
            chosen |= set.intersection(*positive).difference(*negative)
        return frozenset(chosen)

    def select_words(self, words: Iterable[str]) -> frozenset[str]:
        """Return the codes of tokens that are one of *words*, which a pattern quotes."""
        return frozenset().union(*(self._of_class["=" + word.casefold()] for word in words))

    def _capitals(self) -> frozenset[str]:
        if self._capital_codes is None:
            self._capital_codes = self.select("cap")
        return self._capital_codes

    def _register(self) -> None:
        """Give codes to every set of classes that can occur, so that patterns know them all."""
        for key in sorted(self.words):
            for form in {key, key.capitalize(), key.title(), key.upper()}:
                self.code(self.classes(form))
        for kind in EntityKind:
            for capital in ((), ("cap",)):
                self.code((f"@{kind}", "any", "named", *capital))
                self.code(("inside", "any", "named", *capital))
        for classes in _unknown_words():
            self.code(("any", *classes))


def _unknown_words() -> Iterator[tuple[str, ...]]:
    """Yield the sets of classes that words in no list can have."""
    yield from _SHAPES
    data = rules("names")
    lower, capital = ({**data["endings"], **data[table]} for table in ("lower", "build"))
    for several in _some(lower, 2):
        yield ("lower", *several)
    for several in _some(capital, 3):
        for syllables, big in product(((), ("romaji",), ("polivanov",)), _CAPITALS):
            yield (*big, *syllables, *several)


def _some(names: Iterable[str], most: int) -> Iterator[tuple[str, ...]]:
    listed = list(names)
    return chain.from_iterable(combinations(listed, size) for size in range(most + 1))


_CAPITALS: tuple[tuple[str, ...], ...] = (("cap",), ("cap", "upper"), ("cap", "upper", "roman"))
_SHAPES: tuple[tuple[str, ...], ...] = (
    ("number",),
    ("number", "year"),
    ("number", "ordinal-number"),
    ("initial", "cap"),
    ("katakana",),
    ("hiragana",),
    ("kanji",),
    ("cap", "roman"),
    ("cap",),
    ("cap", "coded"),
    ("lower",),
    ("sign",),
)


@cache
def word_lists() -> dict[str, tuple[str, ...]]:
    """Return the word lists of all rule files; a list of the same name in two files is one."""
    merged: dict[str, list[str]] = {}
    for name in RULE_FILES:
        for kind, words in rules(name).get("words", {}).items():
            merged.setdefault(kind, []).extend(words)
    for kind in rules("names")["declined"]["lists"]:
        merged[kind] += [form for word in merged[kind] for form in russian_forms(word)]
    return {name: tuple(words) for name, words in merged.items()}
