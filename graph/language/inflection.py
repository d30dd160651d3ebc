"""The forms a Russian name takes in the oblique cases.

Endings are data (``[[russian]]`` in ``graph/rules/inflection.toml``): a nominative ending and what
stands in its place. Every word of a name is inflected alike, so "Приморский край" gives
"Приморского края"; forms that do not exist do no harm, for they never occur.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import zip_longest

from ..resources import rules

_WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*")


@cache
def _endings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    tables = rules("inflection")["russian"]
    pairs = [(ending, tuple(table["forms"])) for table in tables for ending in table["endings"]]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def russian_forms(name: str, *, every_word: bool = False) -> list[str]:
    """Return *name* in the oblique cases, without the nominative.

    Adjectives and the first noun change; what follows depends on it and stays ("Государственного
    архива Российской Федерации"). With *every_word*, as in persons' names, all words change. A
    name without Cyrillic letters has no forms.
    """
    words = _WORD.findall(name)
    if not words:
        return []
    last = len(words) if every_word else _first_noun(words)
    rest = [[word] * 5 for word in words[last:]]
    pieces = _WORD.split(name)
    found = []
    for column in zip_longest(*(_forms(word) for word in words[:last]), *rest):
        forms = [form or word for form, word in zip(column, words, strict=True)]
        found.append("".join(a + b for a, b in zip(pieces, [*forms, ""], strict=True)))
    return [form for form in dict.fromkeys(found) if form != name]


def _first_noun(words: list[str]) -> int:
    """Return the number of words up to the first that is not an adjective."""
    adjectives = tuple(rules("inflection")["adjectives"])
    for number, word in enumerate(words, 1):
        if not word.endswith(adjectives):
            return number
    return len(words)


def _forms(word: str) -> list[str]:
    if word.isupper() or len(word) < 3:
        return []
    head, joint, tail = word.partition("-на-")
    if joint:
        return [f"{form}{joint}{tail}" for form in _forms(head)]
    head, joint, tail = word.partition("-")
    if tail.endswith(tuple(rules("inflection")["adjectives"])) and head[-1:] not in "ое":
        return [f"{a}-{b}" for a, b in zip(_forms(head), _forms(tail), strict=False)]
    for ending, replacements in _endings():
        if word.endswith(ending):
            stem = word[: len(word) - len(ending)]
            return [stem + replacement.replace("{}", ending) for replacement in replacements]
    return []


@cache
def _oblique() -> dict[str, str]:
    """Return the oblique forms of known Russian given names with their nominative."""
    data = rules("inflection")
    forms = {form: name for name in data["given"] for form in russian_forms(name)}
    return forms | dict(data["irregular"])


def nominative_name(name: str) -> str:
    """Return a Russian person's name in the nominative, as far as its given name tells the case.

    "Ольги Верещагиной" gives "Ольга Верещагина". A name whose given name is not known, is only
    initials, or may stand in the nominative already is changed where its endings leave no doubt.
    """
    words = name.split()
    oblique, nominative = _oblique(), rules("inflection")["given"]
    first = next((word for word in words if word in oblique or word in nominative), "")
    sure = [_nominative(word, None) for word in words]
    if first in nominative and (first not in oblique or sure == words):
        return name
    if first not in oblique:
        return " ".join(sure)
    feminine = oblique[first][-1] in "ая" and oblique[first] not in rules("inflection")["men"]
    return " ".join(oblique.get(word) or _nominative(word, feminine) for word in words)


def _nominative(word: str, feminine: bool | None) -> str:
    for rule in rules("inflection")["person"]:
        if feminine is None and not rule["sure"]:
            continue
        if feminine is not None and rule["feminine"] != feminine:
            continue
        for ending in rule["endings"]:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                return f"{word[: len(word) - len(ending)]}{rule['nominative']}"
    return word
