"""``/page/…``: everything the dataset says of one thing, for people.

Each kind of thing has its own order of sections; what it is decides which come first.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, Response, request

from maizuru.graph.errors import NotFound
from maizuru.graph.namespaces import MZ, PREFIXES

from ..ask import Named, Row, label_of, rows, services, text
from ..i18n import language_of
from ..projection import HEIGHT, WIDTH, inside, project
from .layout import page, path_of, word
from .linked_data import ENDINGS, iri_of
from .sections import layout_of, section_of, sections_of

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
    date: str


@pages.get("/page/<path:key>")
def show(key: str) -> Response:
    """Show a thing."""
    iri, language = iri_of(key), language_of(request)
    names = rows("entity-names", entity=iri)
    if not names:
        raise NotFound(f"There is nothing by the name “{key}” here.")
    classes = _classes(names)
    if "Reference" in classes:
        return _reference(iri, key, names)
    facts = rows("entity-facts", entity=iri, language=language)
    told = [_told(row, iri) for row in rows("entity-statements", entity=iri)]
    label, label_language = _label(names, key, language)
    return page(
        "entity.html",
        iri=iri,
        key=key,
        label=label,
        label_language=label_language,
        classes=classes,
        claim=next((name for name in CLAIMS if name in classes), ""),
        names=_names(names, label),
        facts=[_fact(row) for row in facts],
        sections=_sections(told, layout_of(classes)),
        sources=_sources(told),
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


def _reference(iri: str, key: str, names: list[Row]) -> Response:
    """Show a reference: what it backs, how often, and where."""
    values = {text(row, "property"): row for row in rows("claim", claim=iri)}
    work = values.get(f"{MZ}citedWork")
    return page(
        "reference.html",
        key=key,
        label=_label(names, "", "")[0] or _citation(values) or key,
        citation=_citation(values),
        work=label_of(work, "value") if work else None,
        facts=[
            (Named(name, word(name, language_of(request))), label_of(row, "value"))
            for name, row in values.items()
            if name.startswith(MZ) and word(name, language_of(request))
        ],
        claims=rows("reference-claims", reference=iri, language=language_of(request)),
        text=text,
        path_of=path_of,
        endings=[ending for ending in ENDINGS.values() if ending != "html"],
    )


def _citation(values: dict[str, Row]) -> str:
    row = values.get(f"{PREFIXES['dcterms']}bibliographicCitation")
    return text(row, "value") if row else ""


def _sections(told: list[Told], layout: str) -> list[tuple[str, list[list[Told]]]]:
    """Put the statements into the sections of the layout, in order of time where one is told."""
    groups: dict[str, list[list[Told]]] = {key: [] for key in sections_of(layout)}
    for group in sorted(_grouped(told), key=lambda group: group[0].date or "~"):
        predicate = group[0].predicate.iri.rpartition("#")[2]
        groups[section_of(layout, predicate)].append(group)
    return [(key, members) for key, members in groups.items() if members]


def _sources(told: list[Told]) -> list[tuple[Named, int]]:
    """Return how many statements about the thing each document makes."""
    counts = Counter(line.document for line in told)
    return counts.most_common()


def _classes(names: list[Row]) -> list[str]:
    """Return the thing's own classes in our ontology, without those that follow from them."""
    found = {text(row, "class") for row in names if "class" in row}
    own = {iri.removeprefix(MZ) for iri in found if iri.startswith(MZ)}
    return sorted(own - {"Entity", "Agent", "Claim"} or own)


def _label(names: list[Row], key: str, language: str) -> tuple[str, str]:
    """Return the name to show and its language.

    The editors' name in the reader's language, else what documents use, else what editors prefer.
    """
    found = [(text(row, "relation"), row) for row in names if "name" in row]
    wanted = [row for relation, row in found if _is(relation, "prefLabel")]
    wanted = [row for row in wanted if _tag(row) == language]
    wanted += [row for relation, row in found if _is(relation, "label")]
    wanted += [row for relation, row in found if _is(relation, "prefLabel")]
    if not wanted:
        return key.rpartition("/")[2], ""
    return text(wanted[0], "name"), _tag(wanted[0])


def _is(relation: str, name: str) -> bool:
    return relation.rpartition("#")[2] == name


def _tag(row: Row) -> str:
    return str(getattr(row["name"], "language", "") or "")


def _names(found: list[Row], label: str) -> list[tuple[str, list[str]]]:
    """Return the other names by language and script, as their tags tell them."""
    named = [row for row in found if "name" in row]
    by_tag: dict[str, set[str]] = {}
    for row in named:
        tag = _tag(row)
        if text(row, "name") != label:
            by_tag.setdefault(tag, set()).add(text(row, "name"))
    return [(tag, sorted(by_tag[tag])) for tag in sorted(by_tag)]


def _fact(row: Row) -> dict[str, object]:
    """Return a direct triple; *inferred* where no document and no editor states it."""
    graphs, said = text(row, "graphs").split(), text(row, "property")
    base = services().settings.base
    return {
        "property": Named(
            said, word(said, language_of(request)) or label_of(row, "property").label
        ),
        "value": label_of(row, "value"),
        "term": str(row["value"]),
        "inferred": graphs == [f"{base}graph/inferred"],
        "edited": any(graph.endswith(("/authority", "/vocabulary")) for graph in graphs),
    }


def _told(row: Row, about: str) -> Told:
    said, language = text(row, "predicate"), language_of(request)
    return Told(
        subject=label_of(row, "subject"),
        predicate=Named(said, word(said, language) or label_of(row, "predicate").label),
        object=label_of(row, "object"),
        inverse=text(row, "object") == about,
        stance=text(row, "stance").rpartition("#")[2],
        authority=label_of(row, "authority") if "authority" in row else None,
        quote=text(row, "quote"),
        passage=text(row, "passage"),
        document=label_of(row, "document"),
        statement=text(row, "statement"),
        date=_date(row),
    )


def _date(row: Row) -> str:
    """Return when it happened, if the statement says so or is itself a date."""
    own = text(row, "object") if text(row, "predicate").endswith("Date") else ""
    return text(row, "date") or own


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
