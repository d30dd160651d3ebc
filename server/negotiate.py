"""Choose the format of an answer (RFC 9110, section 12.5.1), by Accept or by ``format=``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from .errors import BadRequest, NotAcceptable

EngineFormat = ox.QueryResultsFormat | ox.RdfFormat


@dataclass(frozen=True, slots=True)
class Format:
    """A format we write: its names for ``format=``, its media types (ours first), the engine's."""

    name: str
    media_types: tuple[str, ...]
    engine: EngineFormat
    charset: bool = False
    """True for text types, whose charset must be told."""
    names: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The value of Content-Type."""
        return self.media_types[0] + ("; charset=utf-8" if self.charset else "")


_R, _G = ox.QueryResultsFormat, ox.RdfFormat
RESULTS = (
    Format(
        "json",
        ("application/sparql-results+json", "application/json", "text/json"),
        _R.JSON,
        names=("srj", "sparql-results+json"),
    ),
    Format(
        "xml",
        ("application/sparql-results+xml", "application/xml", "text/xml"),
        _R.XML,
        names=("srx", "sparql-results+xml"),
    ),
    Format("csv", ("text/csv",), _R.CSV, charset=True),
    Format("tsv", ("text/tab-separated-values",), _R.TSV, charset=True),
)
"""Formats of SELECT and ASK, the preferred first."""

TRIPLES = (
    Format("turtle", ("text/turtle", "application/x-turtle"), _G.TURTLE, True, ("ttl",)),
    Format("ntriples", ("application/n-triples", "text/plain"), _G.N_TRIPLES, names=("nt",)),
    Format(
        "rdfxml",
        ("application/rdf+xml", "application/xml", "text/xml"),
        _G.RDF_XML,
        names=("rdf", "xml"),
    ),
    Format(
        "jsonld", ("application/ld+json", "application/json"), _G.JSON_LD, names=("json", "json-ld")
    ),
    Format("n3", ("text/n3", "text/rdf+n3"), _G.N3, charset=True),
    Format("trig", ("application/trig",), _G.TRIG, charset=True),
    Format("nquads", ("application/n-quads",), _G.N_QUADS, names=("nq",)),
)
"""Formats of CONSTRUCT, DESCRIBE and graphs, the preferred first."""

QUADS = tuple(f for f in TRIPLES if f.name in ("trig", "nquads", "jsonld"))
"""Formats that can hold a whole dataset."""


@lru_cache(maxsize=1024)
def choose(accept: str, formats: Sequence[Format]) -> Format:
    """Return the format of *formats* that the header *accept* likes best.

    Quality first, then how exactly the header names it, then our own order. No header means
    anything will do. Parameters but ``q`` are ignored.

    Raises:
        NotAcceptable: the header takes none of them.
    """
    ranges = _ranges(accept)
    if not ranges:
        return formats[0]
    best: tuple[float, int, int] = (0.0, 0, 0)
    chosen: Format | None = None
    for order, candidate in enumerate(formats):
        for position, media_type in enumerate(candidate.media_types):
            quality, exactness = _quality(ranges, media_type)
            rank = (quality, exactness - (position > 0 and exactness < 2), -order)
            if quality > 0 and (chosen is None or rank > best):
                best, chosen = rank, candidate
    if chosen is None:
        offered = ", ".join(f.media_types[0] for f in formats)
        raise NotAcceptable(f"This can be given as {offered}")
    return chosen


def by_name(name: str, formats: Sequence[Format]) -> Format:
    """Return the format of *formats* that ``format=`` names, by short name or media type.

    Raises:
        BadRequest: there is none of that name for this kind of answer.
    """
    wanted = name.strip().lower().replace(" ", "+")
    for candidate in formats:
        if wanted in (candidate.name, *candidate.names, *candidate.media_types):
            return candidate
    offered = ", ".join(f.name for f in formats)
    raise BadRequest(f"There is no format {name[:60]!r} for this answer; there are {offered}")


_PART = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"|")+')
_PARAMETER = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*"|")+')
"""Between commas or semicolons, those in quoted strings (profiles) not counted."""


def _ranges(accept: str) -> list[tuple[str, str, float]]:
    """Return type, subtype and quality of each range; what is not a range is passed over."""
    ranges = []
    for part in _PART.findall(accept):
        name, *parameters = _PARAMETER.findall(part.strip().lower()) or [""]
        kind, slash, subtype = name.strip().partition("/")
        if not slash:
            continue
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.strip().partition("=")
            if key.strip() == "q":
                match = re.fullmatch(r"\s*([01](?:\.\d*)?)\s*", value)
                quality = min(float(match[1]), 1.0) if match else 0.0
        ranges.append((kind, subtype, quality))
    return ranges


def _quality(ranges: list[tuple[str, str, float]], media_type: str) -> tuple[float, int]:
    """Return the quality of the most exact range that matches, and how exact that is (0–2)."""
    kind, _, subtype = media_type.partition("/")
    best = (0.0, -1)
    for wanted_kind, wanted_subtype, quality in ranges:
        if (wanted_kind, wanted_subtype) == (kind, subtype):
            exactness = 2
        elif (wanted_kind, wanted_subtype) == (kind, "*"):
            exactness = 1
        elif (wanted_kind, wanted_subtype) == ("*", "*"):
            exactness = 0
        else:
            continue
        if exactness > best[1]:
            best = (quality, exactness)
    return best


FORMATS = {form.name: form for form in (*RESULTS, *TRIPLES)}
"""Every format by its name."""
