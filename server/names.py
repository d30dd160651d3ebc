"""What things are called, in the reader's language where it has a name for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from .ask import Row, rows_of_many, services, text

_ENGLISH = "en"
_ORDER = ("bibliographicCitation", "label", "prefLabel", "title")


def names_of(things: Iterable[str], language: str) -> dict[str, ox.Literal]:
    """Return the name to show for each of the things that has one, by IRI."""
    base = f"{services().settings.base}id/"
    wanted = {iri for iri in things if iri.startswith(base)}
    found: defaultdict[str, list[tuple[str, ox.Literal]]] = defaultdict(list)
    for row in rows_of_many("names", "things", wanted):
        name = row["name"]
        if isinstance(name, ox.Literal):
            relation = text(row, "relation").replace("#", "/").rpartition("/")[2]
            found[text(row, "thing")].append((relation, name))
    return {iri: best_name(names, language) for iri, names in found.items()}


def best_name(names: list[tuple[str, ox.Literal]], language: str) -> ox.Literal:
    """Return one of several names, each with the local name of its property.

    The preferred name in *language* comes first, then how a reference is printed, then what
    documents use, in it, in English or in any language, then any preferred name, then a title.
    Among equals the first by the alphabet.
    """

    def grade(named: tuple[str, ox.Literal]) -> tuple[int, int, str]:
        relation, name = named
        tongue = (language, _ENGLISH).index(name.language) if _known(name, language) else 2
        if relation == "prefLabel" and name.language == language:
            return 0, 0, name.value
        return 1 + _ORDER.index(relation), tongue, name.value

    return min(names, key=grade)[1]


def _known(name: ox.Literal, language: str) -> bool:
    return name.language in (language, _ENGLISH)


def renamed(found: Iterable[Row], columns: Iterable[str], language: str) -> list[Row]:
    """Return rows with ``<column>_label`` in the reader's language where there is such a name."""
    told, names = list(found), tuple(columns)
    known = names_of((text(row, name) for row in told for name in names), language)
    return [
        {
            **row,
            **{
                f"{name}_label": known[text(row, name)]
                for name in names
                if text(row, name) in known
            },
        }
        for row in told
    ]
