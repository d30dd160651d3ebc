"""Write many alternatives as one expression that tries what they have in common but once.

Python's `re` tries the alternatives one after the other, at every place; where hundreds of words
stand side by side, sorting them by their letters makes it ten times as fast.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_REPEATS = frozenset("?*+{|")


def one_of(words: Collection[str]) -> str:
    """Return an expression for one of *words*, the longest that fits first."""
    return f"(?:{_tree(frozenset(words))})"


def _tree(words: frozenset[str]) -> str:
    """Return the same without its group; words that begin alike share their beginning."""
    if len(words) == 1:
        return re.escape(next(iter(words)))
    tails: dict[str, set[str]] = {}
    for word in words:
        if word:
            tails.setdefault(word[0], set()).add(word[1:])
    branches = (re.escape(sign) + _tree(frozenset(tails[sign])) for sign in sorted(tails))
    return f"(?:{'|'.join(branches)}){'?' if '' in words else ''}"


def any_of(expressions: Collection[str]) -> str:
    """Return an expression that matches where one of *expressions* does, whichever it is.

    No expression has alternatives outside of brackets. Only for looking ahead: where several fit,
    which of them matches is left open.
    """
    tails: dict[str, list[str]] = {}
    others = []
    for expression in dict.fromkeys(expressions):
        if expression[:1].isalpha() and expression[1:2] not in _REPEATS:
            tails.setdefault(expression[0], []).append(expression[1:])
        else:
            others.append(expression)
    found = [
        letter + (any_of(rest) if len(rest) > 1 else rest[0]) for letter, rest in tails.items()
    ]
    return f"(?:{'|'.join([*found, *others])})"
