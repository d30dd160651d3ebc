"""Tell which names are names of one person.

A name is its family name and what is known of the given ones: in full, as initials, not at all.
Names join when the family names are equal and nothing in the given names clashes, and when only
one join is possible. Otherwise they stay apart, and say of whom they may be another name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from ..language.inflection import nominative_name
from ..language.transliteration import is_romaji, search_key
from ..mentions.echo import family_name
from ..model import Candidate, Mention

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")
_JAPANESE = re.compile(r"[぀-ヿ㐀-鿿]")
_SAME_LETTERS = 0.6
_SURNAME_ONLY = 0.4
_MOST_CANDIDATES = 8
"""Of more people than these a name says nothing."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name, taken apart; all parts are search keys."""

    family: str
    given: tuple[str, ...] = ()
    """In the order of the text; an initial ends in a dot."""
    either_order: bool = False
    """True for two Japanese words, which may stand in either order."""

    @property
    def form(self) -> str:
        """The name as one string, the same for both orders of a Japanese name."""
        if self.either_order:
            return " ".join(sorted((self.family, *self.given)))
        return " ".join((self.family, *self.given))


def parse(mention: Mention) -> PersonName:
    """Return the parts of a person's name."""
    name = nominative_name(mention.name) if mention.language == "ru" else mention.name
    if _JAPANESE.search(name):
        return PersonName(search_key(name))
    before, comma, after = name.partition(",")
    words = _WORD.findall(name)
    full = [word for word in words if not _is_initial(word)]
    if comma and before and after:
        family, given = before, _WORD.findall(after)
    else:
        family = family_name(full) or name
        given = [word for word in words if word != family]
    romaji = len(full) == len(words) == 2 and all(is_romaji(word) for word in full)
    return PersonName(search_key(family), tuple(_given(word) for word in given), romaji)


def _is_initial(word: str) -> bool:
    return len(word) == 1 or (word.endswith(".") and len(word) <= 4)


def _given(word: str) -> str:
    return search_key(word) + "." if _is_initial(word) else search_key(word)


def agree(one: PersonName, other: PersonName) -> bool:
    """Return whether two names may be of one person: no part of them clashes."""
    if one.form == other.form:
        return True
    if one.family != other.family or not one.given or not other.given:
        return False
    return all(_compatible(a, b) for a, b in zip(one.given, other.given, strict=False))


def _compatible(one: str, other: str) -> bool:
    if one.endswith(".") or other.endswith("."):
        short, long = sorted((one.rstrip("."), other.rstrip(".")), key=len)
        return long.startswith(short)
    return one == other


def fullness(name: PersonName) -> int:
    """Return how much of the given names is known, for choosing between forms."""
    return sum(1 if part.endswith(".") else 4 for part in name.given)


class Persons:
    """Groups the forms of names, in a fixed order whatever the order of the documents."""

    def __init__(self, names: Iterable[PersonName]) -> None:
        """Join the distinct *names* that can only be one person's."""
        distinct = {name.form: name for name in names}
        self._names = [distinct[form] for form in sorted(distinct)]
        self._by_family: dict[str, list[PersonName]] = defaultdict(list)
        for name in self._names:
            self._by_family[name.family].append(name)
        self.group: dict[str, str] = {}
        """Form of a name to the form that leads its group."""
        self.candidates: dict[str, list[Candidate]] = defaultdict(list)
        """Leading form to the leading forms it may be the same as."""
        for family in sorted(self._by_family):
            self._join(self._by_family[family])
        self._look_alike()

    def _join(self, names: list[PersonName]) -> None:
        """Join the names of one family; only names whose first given names meet are compared."""
        groups: list[list[PersonName]] = []
        near: dict[str, list[list[PersonName]]] = defaultdict(list)
        for name in sorted(names, key=lambda item: (-fullness(item), item.form)):
            if not name.given:
                continue
            first = name.given[0]
            near_by = near[first[:1]] if first.endswith(".") else near[first]
            fits = (group for group in near_by if all(agree(name, other) for other in group))
            fitting = list(islice(fits, _MOST_CANDIDATES + 1))
            if len(fitting) == 1:
                fitting[0].append(name)
                continue
            group = [name]
            groups.append(group)
            for bucket in {first, first[:1]}:
                near[bucket].append(group)
            for other in fitting[:_MOST_CANDIDATES]:
                self._candidate(name, other[0], 1 / (len(fitting) + 1), "initials fit several")
        for group in groups:
            for name in group:
                self.group[name.form] = group[0].form
        self._leave_bare([name for name in names if not name.given], groups)

    def _leave_bare(self, names: list[PersonName], groups: list[list[PersonName]]) -> None:
        for name in names:
            self.group[name.form] = name.form
            if len(groups) <= _MOST_CANDIDATES:
                for group in groups:
                    score = _SURNAME_ONLY / len(groups)
                    self._candidate(name, group[0], score, "the same surname, nothing more")

    def _candidate(self, one: PersonName, other: PersonName, score: float, why: str) -> None:
        self.candidates[one.form].append(Candidate(other.form, round(score, 3), why))

    def _look_alike(self) -> None:
        """Offer names whose family names have the same letters in another order."""
        index: dict[tuple[str, str], list[PersonName]] = defaultdict(list)
        for name in self._names:
            if name.given and len(name.family) >= 6:
                index["".join(sorted(name.family)), name.given[0][:1]].append(name)
        for names in index.values():
            for one, other in _pairs(names):
                if one.family != other.family and self.group[one.form] == one.form:
                    why = "the same letters in the surname, initials agree"
                    self._candidate(one, other, _SAME_LETTERS, why)


def _pairs(names: list[PersonName]) -> Iterator[tuple[PersonName, PersonName]]:
    for number, one in enumerate(names[:8]):
        for other in names[number + 1 : 8]:
            if all(_compatible(a, b) for a, b in zip(one.given, other.given, strict=False)):
                yield one, other
