"""The works that the references of all documents cite, each under one key and one title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .extract.references import join_works
from .model import Extraction, Title


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A work that references cite, with its titles in the order of the entries."""

    key: str
    titles: tuple[Title, ...]
    evidence: tuple[str, ...]
    """Why entries were joined: ``same ISBN`` …; empty where one entry stands alone."""


@dataclass(frozen=True, slots=True)
class CitedWorks:
    """Finds the work of a reference by the document's slug and the reference's index."""

    by_place: Mapping[tuple[str, int], CitedWork] = field(default_factory=dict)

    def of(self, slug: str, index: int) -> CitedWork | None:
        """Return the work, or None where none was made out."""
        return self.by_place.get((slug, index))


NO_WORKS = CitedWorks()
"""For texts without references."""


def cited_works(extractions: Iterable[Extraction]) -> CitedWorks:
    """Join the references of all documents to works; *extractions* are read once, in order."""
    references = {e.document.slug: e.references for e in extractions}
    found: dict[tuple[str, int], CitedWork] = {}
    for work in join_works(references):
        entries = [references[slug][index] for slug, index in work.members]
        titles = dict.fromkeys(title for entry in entries for title in entry.titles)
        cited = CitedWork(work.key, tuple(titles), work.evidence)
        found |= dict.fromkeys(work.members, cited)
    return CitedWorks(found)
