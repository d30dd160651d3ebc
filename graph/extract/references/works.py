"""Join the references that cite the same work, in one document or across several."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

from ...model import Reference
from ...namespaces import slugify
from ...resources import rules

_WORD = re.compile(r"[^\W_]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SLUG = 60
"""Longest slug of a title, in characters."""
_SIMILAR = 0.6
"""Share of their title words that two works of one author and year must have in common."""

Place = tuple[str, int]
"""Slug of a document and index into its references."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work that one or more references cite."""

    key: str
    members: tuple[Place, ...]
    evidence: tuple[str, ...]
    """Why they were joined: ``same ISBN``, ``same title and year`` …; empty for a single one."""


def folded(text: str) -> str:
    """Return *text* in lower case, without accents and marks, single spaces between words."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(plain))


def title_words(title: str) -> tuple[str, ...]:
    """Return the words of a title by which it is compared: no articles, abbreviations spelt out.

    ``Japanese POWs in the USSR`` gives the same words as ``Japanese Prisoners of War in the
    Soviet Union``.
    """
    tables = rules("references_works")
    short: dict[str, str] = tables["abbreviations"]
    words = [part for word in folded(title).split() for part in short.get(word, word).split()]
    return tuple(_stem(word) for word in words if word not in tables["ignored"])


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def work_key(reference: Reference) -> str:
    """Return the key ``work/…`` of the work a reference cites.

    It has the year and the first title that has an ASCII form; if none has, the ISBN, the DOI or
    author and a hash of the title; a reference without title (an issue of a newspaper, a file in
    an archive) has its container and a hash. Equal references have equal keys; which different ones
    cite one work, `join_works` says.
    """
    slugs = [_short(_romanised(title.text)) for title in reference.titles]
    slug = next((slug for slug in slugs if len(slug) > 3), "") or _number_slug(reference)
    if not slug:
        told = reference.titles[0].text if reference.titles else reference.text
        source = _source(reference)
        slug = f"{source}-{_hash(told)}" if source else _hash(told)
    year = _year(reference)
    return f"work/{slug}-{year}" if year else f"work/{slug}"


def _short(text: str) -> str:
    slug = slugify(text)
    return slug if len(slug) <= _SLUG else slug[: _SLUG + 1].rpartition("-")[0] or slug[:_SLUG]


def _number_slug(reference: Reference) -> str:
    if reference.isbn13:
        return f"isbn-{reference.isbn13}"
    return f"doi-{slugify(reference.doi)}" if reference.doi else ""


def _source(reference: Reference) -> str:
    """Return the slug of the first author, else of the container; "" if neither has one."""
    names = [author.family or author.literal for author in reference.authors[:1]]
    slugs = [_short(_romanised(name)) for name in (*names, reference.container)]
    return next((slug for slug in slugs if slug), "")


def _hash(text: str) -> str:
    return blake2b(folded(text).encode(), digest_size=5).hexdigest()


@cache
def _cyrillic() -> dict[int, str]:
    table: dict[str, str] = rules("references_works")["cyrillic"]
    return str.maketrans(table)


def _romanised(text: str) -> str:
    return folded(text).translate(_cyrillic())


def _year(reference: Reference) -> str:
    if reference.issued is not None and reference.issued.earliest is not None:
        return f"{reference.issued.earliest.year:04d}"
    return ""


def join_works(documents: Mapping[str, Sequence[Reference]]) -> tuple[Work, ...]:
    """Group the references of *documents* (by slug) by the work they cite.

    Joined are references with the same ISBN, DOI or S2CID; with the same title, in any of the
    languages it is given in, and the same year, or no year in one of them; with a similar title,
    the same year and the same first author, allowing for a slip in the name; and an ``Ibid.``
    with the entry it stands for. The same title with different years stays apart: other editions.
    """
    places = [(slug, n) for slug, listed in documents.items() for n in range(len(listed))]
    groups = _Groups({place: documents[place[0]][place[1]] for place in places})
    for place in places:
        groups.add(place)
    return groups.works()


class _Groups:
    """Union-find over references, with the reasons for each union."""

    def __init__(self, references: Mapping[Place, Reference]) -> None:
        self.references = references
        self.parents = {place: place for place in references}
        self.reasons: dict[Place, set[str]] = {}
        self.identities: dict[str, Place] = {}
        self.by_word: dict[tuple[str, str], list[Place]] = {}
        self.by_title: dict[str, list[Place]] = {}

    def add(self, place: Place) -> None:
        """Join *place* with what came before it."""
        reference = self.references[place]
        if reference.same_as is not None:
            self.join(place, (place[0], reference.same_as), "stands for an earlier entry")
            return
        for identity, why in _identities(reference):
            self.join(place, self.identities.setdefault(identity, place), why)
        for other in self._undated(place, reference):
            self.join(place, other, "same title")
        for other in self._similar(place, reference):
            self.join(place, other, "similar title, same year and author")

    def _undated(self, place: Place, reference: Reference) -> Iterator[Place]:
        """Yield works with the same title where one of the two has no year."""
        for title in reference.titles:
            words = title_words(title.text)
            if len(words) > 2 or len(_CJK.findall(title.text)) > 5:
                listed = self.by_title.setdefault(" ".join(words), [])
                for other in listed:
                    if not (_year(reference) and _year(self.references[other])):
                        yield other
                        break
                listed.append(place)

    def _similar(self, place: Place, reference: Reference) -> Iterator[Place]:
        year = _year(reference)
        if not year or not reference.authors or not reference.titles:
            return
        words = set(title_words(reference.titles[0].text))
        candidates: dict[Place, int] = {}
        for word in sorted(words):
            listed = self.by_word.setdefault((year, word), [])
            for other in listed:
                candidates[other] = candidates.get(other, 0) + 1
            listed.append(place)
        for other, common in candidates.items():
            theirs = self.references[other]
            size = len(words | set(title_words(theirs.titles[0].text)))
            if common > 2 and common >= _SIMILAR * size and _same_author(reference, theirs):
                yield other

    def join(self, one: Place, other: Place, why: str) -> None:
        """Put two references into one group; the earlier stays its root."""
        first, second = self.root(other), self.root(one)
        if first != second:
            self.parents[second] = first
            moved = self.reasons.pop(second, set())
            self.reasons.setdefault(first, set()).update(moved, {why})

    def root(self, place: Place) -> Place:
        """Return the reference that stands for the group of *place*."""
        while self.parents[place] != place:
            self.parents[place] = self.parents[self.parents[place]]
            place = self.parents[place]
        return place

    def works(self) -> tuple[Work, ...]:
        """Return the groups, in the order of their first reference, each key used once."""
        groups: dict[Place, list[Place]] = {}
        for place in self.parents:
            groups.setdefault(self.root(place), []).append(place)
        found, used = [], dict[str, int]()
        for root, members in groups.items():
            key = work_key(self.references[min(members, key=self._poverty)])
            used[key] = used.get(key, 0) + 1
            unique = key if used[key] == 1 else f"{key}-{used[key]}"
            found.append(Work(unique, tuple(members), tuple(sorted(self.reasons.get(root, ())))))
        return tuple(found)

    def _poverty(self, place: Place) -> tuple[int, int, str]:
        """Sort the fullest reference first, whatever the order of the documents."""
        one = self.references[place]
        fields = (one.titles, one.authors, one.issued, one.publisher)
        return -sum(bool(value) for value in fields), -len(one.text), one.text


def _identities(reference: Reference) -> Iterator[tuple[str, str]]:
    for name, value in (
        ("ISBN", reference.isbn13),
        ("DOI", reference.doi.lower()),
        ("S2CID", reference.s2cid),
    ):
        if value:
            yield f"{name} {value}", f"same {name}"
    year = _year(reference)
    for title in reference.titles:
        words = title_words(title.text)
        telling = len(words) > 1 or len(_CJK.findall(title.text)) > 5
        if year and (telling or (words and reference.authors)):
            yield f"title {year} {' '.join(words)}", "same title and year"


def _same_author(one: Reference, other: Reference) -> bool:
    """Whether the first family names are equal but for a slip: two letters swapped, one wrong."""
    if not one.authors or not other.authors:
        return False
    first, second = (
        _romanised(author.family or author.literal) for author in (one.authors[0], other.authors[0])
    )
    if first == second or (len(first) > 4 and sorted(first) == sorted(second)):
        return True
    wrong = sum(a != b for a, b in zip(first, second, strict=False)) + abs(len(first) - len(second))
    return len(first) > 5 and wrong <= 1
