"""Places and camps as GeoJSON (RFC 7946) and as Linked Places 1.3."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from ..store import Store
from .rows import Row, rows

LINKED_PLACES = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places-format/main/"
    "linkedplaces-context-v1.3.jsonld"
)
_CERTAINTY = {"certain": "certain", "approximate": "less-certain", "probable": "less-certain"}
"""Ours to the three words of Linked Places; anything else is ``uncertain``."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place or camp with everything the formats tell of it."""

    row: Row
    names: tuple[tuple[str, str], ...]
    """Names with their language tags."""
    passages: tuple[str, ...]

    @property
    def title(self) -> str:
        """The name to show: as the documents have it, else English, else any."""
        english = (name for name, language in self.names if language == "en")
        first = next(iter(self.names), (self.row["place"], ""))[0]
        return self.row.get("label") or next(english, first)


def geojson(store: Store, output: IO[bytes]) -> None:
    """Write every place and camp that has coordinates as a feature."""
    located = (place for place in _places(store) if "lat" in place.row)
    _collection(output, {"type": "FeatureCollection"}, located, _feature)


def linked_places(store: Store, output: IO[bytes]) -> None:
    """Write every place and camp, with names in their languages and the passages that name it.

    A place without coordinates has an empty geometry collection, as the format asks.
    """
    head = {"type": "FeatureCollection", "@context": LINKED_PLACES}
    _collection(output, head, _places(store), _linked)


def _places(store: Store) -> Iterator[Place]:
    names: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows(store, "place-names"):
        names[row["place"]].append((row["name"], row["language"]))
    passages: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows(store, "place-passages"):
        passages[row["place"]].append(row["passage"])
    for row in rows(store, "places"):
        iri = row["place"]
        yield Place(row, tuple(names[iri]), tuple(passages[iri]))


def _collection(
    output: IO[bytes],
    head: dict[str, str],
    found: Iterator[Place],
    feature: Callable[[Place], dict[str, Any]],
) -> None:
    """Write a feature collection one feature at a time."""
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    output.write(f'{opening}, "features": [\n'.encode())
    for number, place in enumerate(found):
        written = json.dumps(feature(place), ensure_ascii=False)
        output.write((",\n" if number else "").encode() + written.encode())
    output.write(b"\n]}\n")


def _point(row: Row) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [float(row["long"]), float(row["lat"])]}


def _feature(place: Place) -> dict[str, Any]:
    row = place.row
    return {
        "type": "Feature",
        "id": row["place"],
        "geometry": _point(row),
        "properties": {
            "title": place.title,
            "class": row["class"].rpartition("#")[2],
            "kind": row.get("kind", ""),
            "certainty": row.get("certainty", "").rpartition("/")[2],
            "names": [f"{name}@{language}" for name, language in place.names],
            "passages": list(place.passages),
        },
    }


def _linked(place: Place) -> dict[str, Any]:
    row = place.row
    feature: dict[str, Any] = {
        "@id": row["place"],
        "type": "Feature",
        "properties": {"title": place.title},
        "names": [{"toponym": name, "lang": language} for name, language in place.names],
        "types": [{"identifier": row["class"], "label": row["class"].rpartition("#")[2]}],
        "geometry": {"type": "GeometryCollection", "geometries": []},
        "links": [{"type": "citesAsEvidence", "identifier": p} for p in place.passages],
    }
    if "lat" in row:
        certainty = _CERTAINTY.get(row.get("certainty", "").rpartition("/")[2], "uncertain")
        feature["geometry"] = {**_point(row), "certainty": certainty}
    span = {
        end: {key: row[key]}
        for end, key in (("start", "earliest"), ("end", "latest"))
        if key in row
    }
    if span:
        feature["when"] = {"timespans": [span]}
    return feature
