"""What the words of a part say it is: a periodical, a publisher, a place, a remark."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from ...resources import rules
from .names import tidy
from .patterns import compiled, rule_list

_WORD = re.compile(r"[\w.+&'’-]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_PREPOSITIONS = frozenset(("of", "for", "in", "on", "and", "для", "по", "für", "&"))
_PLACES = re.compile(
    r"\s*[;/]\s*|\s+(?:and|&|und|и)\s+|\s[–-]\s|\s*·\s*|(?<=[^\W\d_])[-–](?=[A-ZА-ЯЁ])"
)
_REMEMBERED = 4096
"""Parts whose reading is kept: each is asked after several times, and many recur."""
_PLACE_MARKS = " .,;:()[]"


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(rules("references_words")["words"][name])


@cache
def _places(name: str) -> frozenset[str]:
    listed = [*rules("references_places")[name]]
    if name == "cities":
        listed += [place for names in rules("toponyms")["towns"].values() for place in names]
    return frozenset(_folded(place) for place in listed)


def _folded(place: str) -> str:
    return re.sub(r"[\s.]+", "", place).lower()


@lru_cache(maxsize=_REMEMBERED)
def _names(text: str, listed: str) -> bool:
    """Whether *text* is a short name whose first or last word, or head noun, is on the list."""
    words = _words(listed)
    if _CJK.search(text):
        return any(_CJK.search(word) and text.rstrip("』」").endswith(word) for word in words)
    tokens = [token.strip("'’") for token in _WORD.findall(text)]
    if not tokens or len(tokens) > 14:
        return False
    plain = [token if token in words else token.rstrip(".") for token in tokens]
    if plain[0] in words or plain[-1] in words:
        return True
    return any(
        token in words and following.lower() in _PREPOSITIONS
        for token, following in pairwise(plain)
    )


def is_periodical(text: str) -> bool:
    """Whether *text* names a periodical, news service or series of reports."""
    if text[:1] in "#\"'" or not _names(text, "periodical"):
        return False
    first = text.split(" ", 1)[0]
    return first in _words("periodical") or not _names(text, "institution")


def is_newspaper(text: str) -> bool:
    """Whether *text* names a newspaper."""
    return _names(text, "newspaper")


def is_news(text: str) -> bool:
    """Whether *text* names a news service."""
    return _names(text, "news")


def is_government(text: str) -> bool:
    """Whether *text* names a body of government."""
    return any(word in _words("government") for word in _WORD.findall(text))


def is_house(text: str) -> bool:
    """Whether *text* names a publishing house or press."""
    return _names(text, "publisher")


def is_publisher(text: str) -> bool:
    """Whether *text* names a publishing house, or a body that publishes."""
    return is_house(text) or _names(text, "institution")


def issuer(title: str) -> str:
    """Return the body a title names as its issuer (``UN Press Release``), or ""."""
    for rule in rule_list("references_words", "issuer"):
        if found := rule.pattern.match(title):
            return found["body"]
    return ""


@lru_cache(maxsize=_REMEMBERED)
def is_remark(text: str) -> bool:
    """Whether *text* is a remark of the citation, not a field: rights, series, ``online``."""
    lowered = text.lower().strip(" .,()")
    first = " ".join(lowered.split()[:2])
    listed = _words("remark")
    return (
        lowered in listed
        or first in listed
        or any(word in lowered for word in ("copyright", "©", "all rights"))
        or not re.search(r"[^\W\d_]{2}", text)
        or any(rule.pattern.match(text) for rule in rule_list("references_words", "remark-shape"))
    )


@lru_cache(maxsize=_REMEMBERED)
def is_place(text: str) -> bool:
    """Whether *text* is one place of publication, or several joined."""
    if _one_place(tidy(text)):
        return True
    pieces = _PLACES.split(tidy(text))
    known = [_one_place(piece) for piece in pieces]
    if len(pieces) > 1 and any(known):
        return all(one or looks_like_name(piece) for one, piece in zip(known, pieces, strict=True))
    return all(known)


def _one_place(text: str) -> bool:
    cities, countries = _places("cities"), _places("countries")
    if _folded(text.strip(_PLACE_MARKS)) in cities:
        return True
    head, _, tail = text.partition(",")
    if not tail or _folded(head) not in cities:
        return False
    return _folded(tail) in _places("regions") | countries | cities


def is_country(text: str) -> bool:
    """Whether *text* is a country or a state, as printed after a city."""
    folded = _folded(text.strip(_PLACE_MARKS))
    return folded in _places("countries") | _places("regions")


def leading_place(text: str) -> str:
    """Return the place *text* begins with, if words follow it; "" otherwise."""
    words = text.split(" ")
    for count in (3, 2, 1):
        if len(words) > count and is_place(candidate := " ".join(words[:count])):
            return candidate
    return ""


def trailing_place(text: str) -> str:
    """Return the place *text* ends with, if words stand before it; "" otherwise."""
    words = text.split(" ")
    for count in (3, 2, 1):
        if len(words) > count and is_place(candidate := " ".join(words[-count:])):
            return candidate
    return ""


def made_by(text: str) -> tuple[str, str, str] | None:
    """Return role, body and container of ``Compiled by X for Y``, or None."""
    for rule in rule_list("references_words", "made-by"):
        found = rule.pattern.match(text)
        if found:
            container = found.groupdict().get("container") or ""
            return str(rule.table["role"]), found["body"].strip(), container.strip()
    return None


def body_after_title(text: str) -> tuple[str, str]:
    """Split ``Title Ин-т истории`` into the title and the body, which may be empty."""
    for rule in rule_list("references_words", "body-begins"):
        found = rule.pattern.search(text)
        if found:
            return text[: found.start()].strip(), text[found.end() :].strip()
    return text, ""


def looks_like_name(text: str) -> bool:
    """Whether *text* is one to five capitalised words, as names of houses and papers are."""
    words = tidy(text).split(" ")
    small = {"of", "the", "and", "&", "for", "de", "la", "und", "von"}
    return 0 < len(words) <= 5 and all(
        word in small or compiled('[<U>«"]').match(word) for word in words
    )
