"""Entries that stand for an earlier one: ``Ibid., p. 9``, ``там же``, ``同上``, ``op. cit.``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...model import Contributor, Reference
from .draft import begin
from .names import people, tidy
from .patterns import rule_list
from .works import folded

_EDGES = " \t\n,.;:、，。"


def parse_repeat(text: str, language: str) -> Reference | None:
    """Return what an entry adds (pages, volume) to the one it repeats; None if it repeats none.

    An ``op. cit.`` keeps its author, by whom `antecedent` finds the entry meant.
    """
    for rule in rule_list("references", "same"):
        if match := rule.pattern.match(text):
            return _places(text, " " * match.end() + text[match.end() :], language, ())
    for rule in rule_list("references", "cited-before"):
        if match := rule.pattern.search(text):
            name = tidy(text[: match.start()]).strip(_EDGES)
            found = people(name) or people(f"{name}.") or _family_alone(name)
            if found:
                gap = " " * match.end()
                return _places(text, gap + text[match.end() :], language, found)
    return None


def _family_alone(name: str) -> tuple[Contributor, ...]:
    one_word = bool(name) and len(name) < 40 and not re.search(r"\s", name)
    return (Contributor(name, name),) if one_word else ()


def _places(text: str, rest: str, language: str, authors: tuple[Contributor, ...]) -> Reference:
    values = begin(rest, language).values
    for rule in rule_list("references", "leaf"):
        if leaf := rule.pattern.search(rest):
            values.setdefault("pages", leaf["value"])
    return Reference(
        0,
        len(text),
        text,
        authors=authors,
        volume=values.get("volume", ""),
        issue=values.get("issue", ""),
        pages=values.get("pages", ""),
        language=language,
    )


def antecedent(reference: Reference, earlier: Sequence[Reference], begin: int = 0) -> int | None:
    """Return the index in *earlier* of the entry that *reference* stands for.

    Without an author it is the entry just before in its list, which starts at *begin*, or the one
    that entry stands for in turn. With one it is the last entry of that author; the short title
    or the year must fit, if there is one.
    """
    if not reference.authors and not reference.titles:
        last = len(earlier) - 1
        if last < begin:
            return None
        same = earlier[last].same_as
        return last if same is None else same
    if not reference.authors:
        return None
    family = folded(reference.authors[0].family or reference.authors[0].literal)
    short = folded(reference.titles[0].text) if reference.titles else ""
    for index in range(len(earlier) - 1, -1, -1):
        other = earlier[index]
        names = {folded(one.family or one.literal) for one in (*other.authors, *other.editors)}
        titled = not short or any(folded(t.text).startswith(short) for t in other.titles)
        dated = reference.issued is None or _same_year(reference, other)
        if other.same_as is None and family in names and titled and dated:
            return index
    return None


def _same_year(one: Reference, other: Reference) -> bool:
    years = [r.issued.earliest.year for r in (one, other) if r.issued and r.issued.earliest]
    return len(years) == 2 and years[0] == years[1]


def is_short_form(reference: Reference) -> bool:
    """Whether an entry has no more than author, pages, and perhaps a short title or a year.

    ``Dower, Embracing Defeat, 60`` or ``Dower 1999, 60``.
    """
    return bool(
        reference.authors
        and reference.pages
        and not reference.authors[0].given
        and not (reference.titles and reference.issued)
        and not (reference.publisher or reference.container or reference.place)
    )
