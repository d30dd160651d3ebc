"""What a group of a construction gives: dates of a period, what one of several people is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...language.scripts import scripts
from ...model import Mention, Term, Value
from ...resources import rules
from .items import Item
from .locations import by_direction, larger

_TRADES = ("occupations", "offices", "soldiers")


def bound(items: Sequence[Item], which: str) -> Iterator[Value]:
    """Yield the beginning or the end of a period; nothing of a single date."""
    for item in items:
        first, _, last = item.date.edtf.partition("/") if item.date is not None else ("", "", "")
        if first and last and ".." not in (first, last):
            yield Value(first if which == "first" else last, "edtf")


def singular(text: str) -> str:
    """Return "historian" for "historians": what several people are, each of them is."""
    known = rules("roles")
    head = text[:-1].split()[-1:] if text.endswith("s") else []
    trades = any(word in known[table]["nouns"] for word in head for table in _TRADES)
    return text[:-1] if trades else text


def passes(check: str, target: Mention | None, subject: Mention) -> bool:
    """Return whether the place or other name a pattern gives passes its check."""
    if not check:
        return True
    if target is None:
        return False
    if check == "script":
        return not (+scripts(target.text)).keys() & (+scripts(subject.text)).keys()
    if check == "direction":
        return by_direction(target)
    return larger(target, subject) and not by_direction(target)


def marked(items: Sequence[Item]) -> Iterator[Term]:
    """Yield the mentions and the dates of a group."""
    for item in items:
        if item.mention is not None:
            yield item.mention
        elif item.date is not None:
            yield Value(item.date.edtf, "edtf")
