"""What a number counts: the noun behind it, and the unit the noun stands for."""

from __future__ import annotations

import re
from functools import lru_cache

from .lexicon import Lexicon, Nouns, lexicon

MAX_UNKNOWN = 4
"""How many words that are in no list may stand before the noun."""

_GENERAL = frozenset({"sites", "works", "records", "times"})
"""Units of counters that count many things; the noun behind の says which."""

_THINGS = "things"
"""The unit of all that is counted and no more: a "40-bed ward" counts none."""

DURATIONS = frozenset({"years", "months", "weeks", "days", "hours"})
"""Units of time: they end their phrase, "in five days Soviet troops took" counts days."""

_DEMONYM, _MODIFIER, _STOP, _AND, _UNKNOWN = "demonym", "modifier", "stop", "and", "?"
_HEAD_FIRST = frozenset({"ru", "de"})
"""Languages in which a second noun depends on the first: "12 лагерей военнопленных" are camps."""

_ADJECTIVAL = re.compile(r"(?:[ыи][хе]|[ыи]ми|[оe]го|ый)$|\b(?:и|und)\s[^\s]+$|[a-zäöü]e[nr]?$")
"""Participles and members of a list: a noun behind them is the head, not dependent on them."""

_RUSSIAN_ADJECTIVE = re.compile(
    r"(?:[ыиао][хейя]|[ое]го|[ое]му|[ыи]ми|[ыи]м|[ую]ю|-)$", re.IGNORECASE
)
"""Any other Russian word in front of a noun is a noun itself, on which that depends."""

_CONJUNCTIONS = frozenset({"and", "or", "und", "oder", "и", "или"})
_PEOPLES = re.compile(r"(?:,\s[A-Z][\w-]+){1,4}(?:,?\s(?:and|or|und)\s[A-Z][\w-]+)?")
_NAME = re.compile(r"[A-Z][\w-]+")
_GAP = re.compile(r"[\s\u00a0]{1,3}")
_HYPHEN = re.compile(r"[-‐‑–]([^\W\d_]+)(?:[-‐‑–](?:old|long|strong))?")
_OR_MORE = re.compile(r"\+|[-‐‑–](?:(?:plus|odd)\b|(?:ти|ми|тью)(?!\w))")
"""Between a number and its noun: "300+ men", "300-plus men", останки 39-ти человек."""

_JAPANESE_PHRASE = re.compile(
    r"(?:以上|未満|余り?|超|前後|ほど|程度|近く)?の(?!うち|中)([^\s、。，「」（）()はがをにでとへもや・から]{1,16})"
)

_JAPANESE_ODD = re.compile(
    r"(?:余り?|超|近く|前後|強|弱)(?=[人名柱体件点冊通枚基隻棟]|[かヶケカ箇]所)|\s(?=[人名柱体件])"
)
"""What may stand between a number and its counter: 3千余名, 1,200 名."""


def counted(text: str, end: int, rules: Lexicon) -> tuple[str, str]:
    """Return unit and noun of the number that ends at *end*; both empty when nothing is known."""
    if rules.language == "ja":
        return _japanese(text, end, rules.nouns)
    more = _OR_MORE.match(text, end)
    end = more.end() if more else end
    hyphen = _HYPHEN.match(text, end)
    if hyphen:
        unit = unit_of(hyphen[1], rules.language)
        rest = _phrase(text, hyphen.end(), rules)[1]
        known = unit and unit != _THINGS
        return (unit, f"{hyphen[0][1:]} {rest}".strip()) if known else ("", "")
    of = rules.nouns.of.match(text, end)
    if of is None:
        return _phrase(text, end, rules)
    word = rules.nouns.word.match(text, of.end())
    if word and rules.nouns.pronoun.match(word[0]):
        own = rules.nouns.determiner.match(word[0])
        following = _phrase(text, of.end() - 1, rules) if own else ("", "")
        return following if following[1] else ("persons", text[end : word.end()].strip())
    return _phrase(text, of.end() - 1, rules)


@lru_cache(maxsize=1 << 14)
def kind_of(word: str, language: str) -> str:
    """Return the unit a noun stands for, or what else the word is in a noun phrase."""
    nouns = lexicon(language).nouns
    if nouns.demonym.match(word):
        return _DEMONYM
    unit = nouns.strong.regex.fullmatch(word)
    if unit:
        return nouns.strong.labels[(unit.lastindex or 1) - 1]
    if nouns.modifier.match(word):
        return _MODIFIER
    if language == "en" and "-" in word:
        return kind_of(word.rpartition("-")[2], language)
    if word.lower() in _CONJUNCTIONS:
        return _AND
    return _STOP if nouns.stop.match(word) else _UNKNOWN


def unit_of(word: str, language: str) -> str:
    """Return the unit a noun stands for, or nothing if it is in no list."""
    kind = kind_of(word, language)
    return "" if kind in {_DEMONYM, _MODIFIER, _STOP, _AND, _UNKNOWN} else kind


def _phrase(text: str, end: int, rules: Lexicon) -> tuple[str, str]:
    """Return unit and noun phrase from the words behind *end*, as far as they hang together."""
    unit, noun_end, unknown, weak = "", end, 0, False
    words = _words(text, end, rules.nouns)
    for index, (start, stop) in enumerate(words):
        token = text[start:stop]
        kind = kind_of(token, rules.language)
        following = text[slice(*words[index + 1])] if index + 1 < len(words) else ""
        so_far = text[words[0][0] : noun_end]
        if kind == _DEMONYM and (weak or not unit or (unit == "persons" and _is_open(so_far))):
            unit, noun_end, weak = "persons", stop, True
        elif kind == _AND and index and _goes_on(following, unit, weak, rules.language):
            continue
        elif kind == _UNKNOWN and not unit and _may_describe(token, unknown, rules.language):
            unknown += 1
        elif kind in {_DEMONYM, _AND, _STOP, _UNKNOWN}:
            break
        elif kind != _MODIFIER:
            if unit and not weak and _depends(kind, unit, so_far, rules.language):
                break
            unit, weak = kind, False
            attributive = rules.nouns.attributive.match(token)
            goes_on = attributive and unit_of(following, rules.language)
            noun_end = words[index + 1][1] if goes_on else stop
            if attributive or unit in DURATIONS:
                break
    if weak:
        noun_end = _listed_end(text, noun_end, rules.language)
    return (unit, text[words[0][0] : noun_end]) if unit else ("", "")


def _is_open(phrase: str) -> bool:
    """Whether a phrase ends in a participle, or in a member of a list, whose head may follow."""
    return bool(_ADJECTIVAL.search(phrase))


def _may_describe(token: str, unknown: int, language: str) -> bool:
    """Whether a word in no list may stand before the noun."""
    adjective = language != "ru" or _RUSSIAN_ADJECTIVE.search(token)
    return bool(adjective) and unknown < MAX_UNKNOWN


def _depends(kind: str, unit: str, phrase: str, language: str) -> bool:
    """Whether a second noun depends on the first, where that comes first."""
    return language in _HEAD_FIRST and (kind != unit or not _is_open(phrase))


def _listed_end(text: str, end: int, language: str) -> int:
    """Return where a list of peoples ends: "Americans, British, Dutch and Australians"."""
    peoples = _PEOPLES.match(text, end)
    names = _NAME.findall(peoples[0]) if peoples else []
    listed = names and all(kind_of(name, language) == _DEMONYM for name in names)
    return peoples.end() if peoples and listed else end


def _words(text: str, end: int, nouns: Nouns) -> list[tuple[int, int]]:
    """Return the places of the words behind *end* that only white space divides, ten at most."""
    found: list[tuple[int, int]] = []
    while len(found) < 10:
        gap = _GAP.match(text, end)
        word = nouns.word.match(text, gap.end()) if gap else None
        if word is None:
            break
        found.append(word.span())
        end = word.end()
    return found


def _goes_on(word: str, unit: str, weak: bool, language: str) -> bool:
    """Whether a word behind "and" is one more adjective of the same noun."""
    kind = kind_of(word, language) if word else _STOP
    if kind == _DEMONYM:
        return weak or not unit
    return not unit and kind in {_UNKNOWN, _MODIFIER}


def _japanese(text: str, end: int, nouns: Nouns) -> tuple[str, str]:
    odd = _JAPANESE_ODD.match(text, end)
    end = odd.end() if odd else end
    found = nouns.strong.match(text, end)
    if found is None:
        return "", ""
    unit, length = found
    phrase = _JAPANESE_PHRASE.match(text, end + length)
    noun = phrase[1] if phrase else text[end : end + length]
    named = nouns.strong.regex.fullmatch(noun) if phrase and unit in _GENERAL else None
    return (nouns.strong.labels[(named.lastindex or 1) - 1] if named else unit), noun
