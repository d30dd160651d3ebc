"""The names of the documents, so that two of one title can be told apart."""

from __future__ import annotations

from collections import Counter
from typing import cast

from flask import current_app

from ..ask import Named, Row, rows, services, text


def source_names() -> dict[str, str]:
    """Return a name for every document, by IRI.

    A title that several documents bear is followed by what distinguishes them: who made it and
    when it appeared, or, where that is unknown or the same, the name the release gives it.
    """
    version = services().engine.version()
    kept = cast(
        tuple[str, dict[str, str]] | None, current_app.extensions.get("maizuru-source-names")
    )
    if kept is None or kept[0] != version:
        kept = (version, names_of(rows("document-titles")))
        current_app.extensions["maizuru-source-names"] = kept
    return kept[1]


def source(iri: str) -> Named:
    """Return a document and its distinguishing name."""
    return Named(iri, source_names().get(iri, iri.rpartition("/")[2]))


def names_of(found: list[Row]) -> dict[str, str]:
    """Return a distinguishing name for each of the documents of ``document-titles``."""
    titles = {text(row, "document"): " ".join(text(row, "document_label").split()) for row in found}
    borne = Counter(title.casefold() for title in titles.values())
    marks = {
        text(row, "document"): ", ".join(filter(None, (text(row, "creator"), text(row, "issued"))))
        for row in found
    }
    told = Counter((titles[iri].casefold(), mark) for iri, mark in marks.items())
    names = {}
    for iri, title in titles.items():
        mark = marks[iri]
        if borne[title.casefold()] == 1:
            names[iri] = title
        elif mark and told[title.casefold(), mark] == 1:
            names[iri] = f"{title} ({mark})"
        else:
            names[iri] = f"{title} ({iri.rpartition('/')[2][:12]})"
    return names
