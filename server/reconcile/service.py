"""What both versions of the API do: match, suggest, preview and extend, over the dataset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import pyoxigraph as ox

from maizuru.graph import ontology_docs
from maizuru.graph.language.transliteration import search_key
from maizuru.graph.namespaces import MZ, expand

from ..ask import Row, rows, services, short, text
from .names import Candidate, NameIndex, Thing, decided

Json = dict[str, Any]

TYPES = (
    "Person",
    "Group",
    "Organisation",
    "MilitaryUnit",
    "Place",
    "Camp",
    "Event",
    "LegalInstrument",
    "FictionalWork",
    "Work",
    "Concept",
)
"""The classes a spreadsheet may be matched with; the first that fits is shown first."""
NAME_SHARE = 0.8
"""What the name counts where properties are asked too."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One query, whichever version it came in; *properties* are pairs of property and values."""

    query: str
    types: tuple[str, ...] = ()
    limit: int = 5
    properties: tuple[tuple[str, tuple[str, ...]], ...] = ()
    identifiers: tuple[str, ...] = ()


class _Held:
    """The names of the dataset's present version, read when first asked for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._version: str | None = None
        self._index = NameIndex(())

    def get(self) -> NameIndex:
        """Return the index, made anew after a change of the data."""
        version = services().engine.version()
        with self._lock:
            if self._version != version:
                self._index = NameIndex(_things())
                self._version = version
            return self._index


_held = _Held()


def index() -> NameIndex:
    """Return the names of the present dataset."""
    return _held.get()


def _things() -> list[Thing]:
    start = f"{services().settings.base}id/"
    found: dict[str, Thing] = {}
    for row in rows("reconcile-names"):
        iri, name = text(row, "entity"), row["name"]
        if not iri.startswith(start) or not isinstance(name, ox.Literal):
            continue
        thing = found.setdefault(iri, Thing(iri.removeprefix(start)))
        thing.names.add(name.value)
        preferred = text(row, "relation") != expand("skos:altLabel")
        if not thing.label or (preferred and name.language == "en"):
            thing.label = name.value
    for row in rows("reconcile-classes"):
        if thing_ := found.get(text(row, "entity")):
            thing_.classes.add(text(row, "class"))
    return list(found.values())


def class_of(name: str) -> str:
    """Return the IRI of a type by its identifier here (``Person``) or its IRI."""
    return name if name.startswith(("http://", "https://")) else MZ + name


def property_of(name: str) -> str:
    """Return the IRI of a property by its identifier here: ours by name, others with prefix."""
    if name.startswith(("http://", "https://")):
        return name
    prefix, colon, _ = name.partition(":")
    if not colon:
        return MZ + name
    try:
        return expand(name)
    except KeyError:
        return MZ + prefix


def key_of(identifier: str) -> str:
    """Return the key that an identifier, an IRI or the address of a page stands for."""
    base = services().settings.base
    found = identifier.strip().removeprefix(f"{base}id/")
    for part in ("/page/", "/id/"):
        found = found.partition(part)[2] or found
    return found


def match(asked: Asked) -> list[Candidate]:
    """Return the candidates for a query, the best first."""
    names = index()
    for identifier in (*asked.identifiers, asked.query):
        if thing := names.things.get(key_of(identifier)):
            return [Candidate(thing, 100.0, match=True)]
    if not asked.query.strip():
        return []
    classes = [class_of(name) for name in asked.types]
    pool = max(asked.limit, 25) if asked.properties else asked.limit
    found = names.match(asked.query, classes, pool)
    if asked.properties:
        weighed = [_weighed(candidate, asked) for candidate in found]
        weighed.sort(key=lambda item: (-item.score, item.thing.key))
        found = decided(weighed)
    return found[: asked.limit]


def _weighed(candidate: Candidate, asked: Asked) -> Candidate:
    """Return the candidate with its score lowered by the properties that do not fit."""
    fits = [_has(candidate.thing.key, name, values) for name, values in asked.properties]
    share = NAME_SHARE + (1 - NAME_SHARE) * sum(fits) / len(fits)
    return Candidate(candidate.thing, round(candidate.score * share, 1))


def _has(key: str, name: str, wanted: Sequence[str]) -> bool:
    """Tell whether a thing has one of the values, by identifier, name or spelling."""
    own: set[str] = set()
    for row in values_of(key, name):
        told = {text(row, "value"), text(row, "value_label")}
        own |= {search_key(word) for word in told if word} | {key_of(text(row, "value"))}
        if thing := index().things.get(key_of(text(row, "value"))):
            own |= {search_key(other) for other in thing.names}
    return any(search_key(value) in own or key_of(value) in own for value in wanted)


def values_of(key: str, name: str) -> list[Row]:
    """Return the values of a property of a thing, labelled."""
    iri = f"{services().settings.base}id/{key}"
    return rows("reconcile-values", entity=iri, property=property_of(name))


def types_of(thing: Thing) -> list[Json]:
    """Return the types of a thing as the API shows them."""
    return [{"id": name, "name": name} for name in TYPES if MZ + name in thing.classes]


def description_of(thing: Thing) -> str:
    """Return a line to tell things of like names apart."""
    others = sorted(thing.names - {thing.label})[:3]
    kinds = types_of(thing)
    return " · ".join([*(kind["name"] for kind in kinds[:1]), *others])


def suggest_types(prefix: str) -> list[Json]:
    """Return the types whose name begins so."""
    start = prefix.strip().casefold()
    return [{"id": n, "name": n} for n in TYPES if start in n.casefold() or class_of(prefix) == n]


def suggest_properties(prefix: str) -> list[Json]:
    """Return the properties of the ontology whose name or label holds the words."""
    start = prefix.strip().casefold()
    found = [
        {"id": term.name, "name": term.label or term.name}
        for term in ontology_docs.terms("en")
        if "property" in term.kind
    ]
    return [item for item in found if any(start in word.casefold() for word in item.values())]


def propose(type_: str, limit: int) -> list[Json]:
    """Return the properties that things of a type have, the most used first."""
    found = rows("reconcile-properties", **{"class": class_of(type_)})
    named = [property_id(text(row, "property")) for row in found]
    return [{"id": name, "name": property_name(name)} for name in named[:limit]]


def property_id(iri: str) -> str:
    """Return the identifier of a property here."""
    return iri.removeprefix(MZ) if iri.startswith(MZ) else short(iri)


def property_name(name: str) -> str:
    """Return the label of a property, or its identifier."""
    for term in ontology_docs.terms("en"):
        if term.name == name:
            return term.label or name
    return name


def cells(key: str, name: str, limit: int = 0) -> list[Json]:
    """Return the values of a property as cells of the API; *limit* 0 means all."""
    found = [_cell(row) for row in values_of(key, name)]
    return found[:limit] if limit else found


def _cell(row: Row) -> Json:
    value = row["value"]
    if isinstance(value, ox.Literal):
        kind = value.datatype.value.rpartition("#")[2]
        if kind == "integer":
            return {"int": int(value.value)}
        if kind in ("decimal", "double", "float"):
            return {"float": float(value.value)}
        if kind == "boolean":
            return {"bool": value.value == "true"}
        return {"date": value.value} if kind == "date" else {"str": value.value}
    iri = text(row, "value")
    if thing := index().things.get(key_of(iri)):
        return {"id": thing.key, "name": thing.label}
    return {"str": text(row, "value_label") or iri}
