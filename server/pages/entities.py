"""``/page/…``: everything the dataset says of one thing, for people.

Each kind of thing has its own order of sections; what it is decides which come first.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, request

from maizuru.graph.errors import NotFound
from maizuru.graph.namespaces import MZ

from ..ask import Named, Row, label_of, rows, services, text
from ..i18n import language_of
from ..projection import HEIGHT, WIDTH, inside, project
from .layout import page, path_of
from .linked_data import ENDINGS, iri_of

pages = Blueprint("entities", __name__)

CLAIMS = ("Figure", "Statement", "InferredStatement", "Mention", "CitationMarker", "CandidateLink")
"""Classes of things that are not named but say something: shown by what they say."""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as the page shows it; *inverse* where the thing of the page is its object."""

    subject: Named
    predicate: Named
    object: Named
    inverse: bool
    stance: str
    authority: Named | None
    quote: str
    passage: str
    document: Named
    statement: str


@pages.get("/page/<path:key>")
def show(key: str) -> Response:
    """Show a thing."""
    iri, language = iri_of(key), language_of(request)
    names = rows("entity-names", entity=iri)
    if not names:
        raise NotFound(f"There is nothing by the name “{key}” here.")
    classes = _classes(names)
    facts = rows("entity-facts", entity=iri, language=language)
    label, label_language = _label(names, key)
    return page(
        "entity.html",
        iri=iri,
        key=key,
        label=label,
        label_language=label_language,
        classes=classes,
        claim=next((name for name in CLAIMS if name in classes), ""),
        names=_names(names),
        facts=[_fact(row) for row in facts],
        told=_grouped([_told(row, iri) for row in rows("entity-statements", entity=iri)]),
        figures=rows("entity-figures", entity=iri, language=language),
        mentions=rows("entity-mentions", entity=iri),
        spot=_spot(facts),
        width=WIDTH,
        height=HEIGHT,
        text=text,
        label_of=label_of,
        path_of=path_of,
        stance=lambda row: text(row, "stance").rpartition("#")[2],
        endings=[ending for ending in ENDINGS.values() if ending != "html"],
    )


def _classes(names: list[Row]) -> list[str]:
    """Return the thing's own classes in our ontology, without those that follow from them."""
    found = {text(row, "class") for row in names if "class" in row}
    own = {iri.removeprefix(MZ) for iri in found if iri.startswith(MZ)}
    return sorted(own - {"Entity", "Agent", "Claim"} or own)


def _label(names: list[Row], key: str) -> tuple[str, str]:
    """Return the name to show and its language: what documents use, else what editors prefer."""
    for ending in ("#label", "#prefLabel"):
        for row in names:
            if text(row, "relation").endswith(ending):
                return text(row, "name"), str(getattr(row["name"], "language", "") or "")
    return key.rpartition("/")[2], ""


def _names(found: list[Row]) -> list[tuple[str, str]]:
    """Return the distinct names with their languages."""
    named = [row for row in found if "name" in row]
    names = {(text(row, "name"), getattr(row["name"], "language", "") or "") for row in named}
    return sorted(names, key=lambda name: (name[1], name[0]))


def _fact(row: Row) -> dict[str, object]:
    """Return a direct triple; *inferred* where no document and no editor states it."""
    graphs = text(row, "graphs").split()
    base = services().settings.base
    return {
        "property": label_of(row, "property"),
        "value": label_of(row, "value"),
        "inferred": graphs == [f"{base}graph/inferred"],
        "edited": any(graph.endswith(("/authority", "/vocabulary")) for graph in graphs),
    }


def _told(row: Row, about: str) -> Told:
    return Told(
        subject=label_of(row, "subject"),
        predicate=label_of(row, "predicate"),
        object=label_of(row, "object"),
        inverse=text(row, "object") == about,
        stance=text(row, "stance").rpartition("#")[2],
        authority=label_of(row, "authority") if "authority" in row else None,
        quote=text(row, "quote"),
        passage=text(row, "passage"),
        document=label_of(row, "document"),
        statement=text(row, "statement"),
    )


def _grouped(told: list[Told]) -> list[list[Told]]:
    """Put together what several passages say alike, so that it is read once."""
    groups: dict[tuple[str, ...], list[Told]] = {}
    for line in told:
        ends = (line.subject, line.predicate, line.object)
        said = (*(end.iri or end.label for end in ends), line.stance)
        groups.setdefault(said, []).append(line)
    return list(groups.values())


def _spot(facts: list[Row]) -> tuple[float, float] | None:
    """Return where the thing lies in the picture of the map, if it has coordinates."""
    found = {text(row, "property").rpartition("#")[2]: text(row, "value") for row in facts}
    if "lat" not in found or "long" not in found:
        return None
    longitude, latitude = float(found["long"]), float(found["lat"])
    return project(longitude, latitude) if inside(longitude, latitude) else None
