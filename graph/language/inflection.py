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


def russian_forms(name: str) -> list[str]:
    """Return *name* in the oblique cases, the singular and plural of its first ending only.

    The nominative is not among them. A name without Cyrillic letters has no forms.
    """
    words = _WORD.findall(name)
    if not words:
        return []
    pieces = _WORD.split(name)
    found = []
    for column in zip_longest(*(_forms(word) for word in words)):
        forms = [form or word for form, word in zip(column, words, strict=True)]
        found.append("".join(a + b for a, b in zip(pieces, [*forms, ""], strict=True)))
    return [form for form in dict.fromkeys(found) if form != name]


def _forms(word: str) -> list[str]:
    if word.isupper() or len(word) < 3:
        return []
    for ending, replacements in _endings():
        if word.endswith(ending):
            stem = word[: len(word) - len(ending)]
            return [stem + replacement.replace("{}", ending) for replacement in replacements]
    return []
