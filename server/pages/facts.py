"""What the graphs hold of a thing directly: what is given, and what follows by rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from flask import request

from maizuru.graph.namespaces import MZ

from ..ask import Named, Term, rows, services, short, text, text_of
from ..i18n import language_of, messages
from ..names import names_of
from .layout import word


@dataclass(frozen=True, slots=True)
class Fact:
    """A direct triple of a thing."""

    property: str
    value: Term
    edited: bool
    """Whether editors add it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The direct triples of a thing: those given, and those that follow by rule."""

    given: list[Fact]
    follows: list[Fact]
    place: tuple[float, float] | None
    """Longitude and latitude."""


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as the page shows it."""

    property: Named
    value: Named
    term: str
    edited: bool


def facts_of(iri: str, told: frozenset[str] = frozenset()) -> Facts:
    """Return the facts of a thing.

    *told* are the properties that documents state of it: they stand on its page with passages, and
    are not repeated.
    """
    graphs: dict[tuple[str, Term], list[str]] = {}
    for row in rows("entity-values", entity=iri):
        graphs.setdefault((text(row, "property"), row["value"]), []).append(text(row, "graph"))
    given, follows = [], []
    for (said, value), inside in graphs.items():
        edited = any(graph.endswith(("/authority", "/vocabulary")) for graph in inside)
        fact = Fact(said, value, edited)
        if inside == [f"{services().settings.base}graph/inferred"]:
            follows.append(fact)
        elif edited or said not in told:
            given.append(fact)
    return Facts(given, follows, _place(given))


def _place(given: list[Fact]) -> tuple[float, float] | None:
    found = {fact.property.rpartition("#")[2]: text_of(fact.value) for fact in given}
    if "lat" not in found or "long" not in found:
        return None
    return float(found["long"]), float(found["lat"])


def shown(facts: Sequence[Fact]) -> list[Told]:
    """Return facts with their names in the reader's language."""
    language = language_of(request)
    names = names_of((text_of(fact.value) for fact in facts), language)
    return [_told(fact, names, language) for fact in facts]


def _told(fact: Fact, names: dict[str, ox.Literal], language: str) -> Told:
    term, own = fact.value, text_of(fact.value)
    said = Named(fact.property, property_word(fact.property, language))
    if not isinstance(term, ox.NamedNode):
        value = Named("", own, str(getattr(term, "language", "") or ""))
    elif own.startswith(MZ) or word(own, language):
        value = Named(own, word(own, language) or short(own))
    elif own in names:
        value = Named(own, names[own].value, names[own].language or "")
    else:
        value = Named(own, short(own))
    return Told(said, value, str(term), fact.edited)


def property_word(iri: str, language: str) -> str:
    """Return the name of a property of ours or of another vocabulary."""
    known = short(iri)
    return word(iri, language) or messages(language).get(
        f"outside-{known.replace(':', '-')}", known
    )
