"""Figures in the titles of cited references: a headline states a number, too."""

from __future__ import annotations

from dataclasses import replace

from ...language.quantities import find_quantities
from ...model import DateValue, EntityKind, Extraction, Figure, Mention, Reference, Title
from .making import Maker
from .reading import read
from .views import Slices, View, make_view
from .voice import Voice

_SURE = frozenset({"transitive", "noun"})
_OWN_TITLES = frozenset({"main", "original"})


def headline_figures(extraction: Extraction, slices: Slices, maker: Maker) -> list[Figure]:
    """Return the figures of the titles that a marker in the text cites.

    Only words right beside the number count there; the source is who published the title, the
    period the year of publication.
    """
    cited = {m.reference for m in extraction.markers if m.reference is not None}
    found: list[Figure] = []
    for index in sorted(cited & set(range(len(extraction.references)))):
        reference = extraction.references[index]
        publisher = _publisher(reference, slices)
        for title in reference.titles:
            view = _view(title, reference, extraction, slices)
            for count in view.counts if view else ():
                reading = read(view, count) if view else None
                if view is None or reading is None or reading.rule not in _SURE:
                    continue
                figure = maker.figure(view, count, reading, None, Voice(view))
                found.append(
                    replace(
                        figure,
                        authority=figure.authority or publisher,
                        references=(index,),
                        period=_year(reference.issued),
                        rule=f"headline:{reading.measure}",
                    )
                )
    return found


def _view(
    title: Title, reference: Reference, extraction: Extraction, slices: Slices
) -> View | None:
    at = reference.text.find(title.text)
    if at < 0 or title.kind not in _OWN_TITLES:
        return None
    offset = reference.start + at
    language = title.language.split("-")[0] or extraction.document.language
    quantities = [
        replace(q, start=q.start + offset, end=q.end + offset)
        for q in find_quantities(title.text, language)
    ]
    if not quantities:
        return None
    names = slices.names(offset, offset + len(title.text))
    return make_view(title.text, offset, language, -1, quantities, [], names)


def _publisher(reference: Reference, slices: Slices) -> Mention | None:
    """Return the newspaper, site or publisher of a reference, if it was found as a name."""
    for mention in slices.mentions(reference.start, reference.end):
        named = mention.kind in {EntityKind.ORGANISATION, EntityKind.WORK}
        if named and mention.text in {reference.container, reference.publisher}:
            return mention
    return None


def _year(issued: DateValue | None) -> DateValue | None:
    """Return the year of a headline: the day it was printed is not the day it speaks of."""
    if issued is None or issued.earliest is None:
        return None
    year = issued.earliest.year
    first, last = issued.earliest.replace(month=1, day=1), issued.earliest.replace(month=12, day=31)
    return replace(issued, edtf=f"{year:04d}", earliest=first, latest=last)
