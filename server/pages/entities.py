"""``/page/…``: everything the dataset says of one thing, for people.

Each kind of thing has its own order of sections; what it is decides which come first. A list that
is too long for the page is cut, and ``section=`` shows it alone, in parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from flask import Blueprint, Response, request

from maizuru.graph.errors import NotFound
from maizuru.graph.namespaces import MZ
from maizuru.graph.questions import question

from ..ask import Row, answer_rows, rows, text
from ..claim_rows import figure_rows, passage_place
from ..genealogy import interval
from ..i18n import language_of
from ..names import names_of
from ..projection import HEIGHT, WIDTH, distance, inside, project
from .facts import Facts, facts_of
from .facts import shown as shown_facts
from .layout import link, page, path_of
from .linked_data import ENDINGS, iri_of
from .paging import Part, part
from .references import show_reference
from .sections import layout_of, sections_of
from .sources import source
from .statements import statements_of

pages = Blueprint("entities", __name__)

CLAIMS = ("Figure", "Statement", "InferredStatement", "Mention", "CitationMarker", "CandidateLink")
"""Classes of things that are not named but say something: shown by what they say."""
LISTS = ("figures", "mentions", "facts", "follows")
"""Lists beside the sections of statements that ``section=`` can ask for."""
SIZES = {"figures": (15, 60), "mentions": (12, 100), "facts": (40, 150), "follows": (60, 150)}
"""How many rows of each stand on the whole page, and on a page of their own."""
NEAR, NEARBY = 300, 10
"""How near on the map, in kilometres, and how many such things are shown."""
DATED = 30
"""Most lines of the life course."""


@dataclass(frozen=True, slots=True)
class Near:
    """A camp or place near another."""

    iri: str
    kind: str
    kilometres: int
    label: str = ""


@pages.get("/page/<path:key>")
def show(key: str) -> Response:
    """Show a thing."""
    iri, language = iri_of(key), language_of(request)
    names = rows("entity-names", entity=iri)
    if not names:
        raise NotFound(f"There is nothing by the name “{key}” here.")
    classes = _classes(names)
    label, label_language = label_in(names, key, language)
    if "Reference" in classes:
        return show_reference(iri, key, label_in(names, "", "")[0])
    layout, only = layout_of(classes), request.args.get("section", "")
    if only and only not in (*LISTS, *sections_of(layout)):
        raise NotFound(f"The page of “{key}” has no part “{only}”.")
    told = statements_of(iri, layout, only)
    facts = facts_of(iri, told.predicates)
    return page(
        "entity.html",
        iri=iri,
        key=key,
        label=label,
        label_language=label_language,
        classes=classes,
        claim=next((name for name in CLAIMS if name in classes), ""),
        names=_names(names, label),
        only=only,
        whole=link(request.path),
        told=told,
        dated=told.dated[:DATED] if not only and len(told.dated) > 1 else [],
        **_lists(iri, only, facts),
        spot=_spot(facts),
        near=[] if only else _near(iri, facts, language),
        width=WIDTH,
        height=HEIGHT,
        text=text,
        path_of=path_of,
        source=source,
        interval=interval,
        stance=lambda row: text(row, "stance").rpartition("#")[2],
        endings=[ending for ending in ENDINGS.values() if ending != "html"],
    )


def _lists(iri: str, only: str, facts: Facts) -> dict[str, object]:
    """Return the lists beside the statements: figures, passages, and direct facts."""
    given, follows = _cut("facts", only, facts.given), _cut("follows", only, facts.follows)
    figures = _cut("figures", only, rows("figure-outline", entity=iri))
    passages = [text(row, "passage") for row in rows("mention-outline", entity=iri)]
    mentions = _cut("mentions", only, sorted(passages, key=passage_place))
    shown = [text(row, "figure") for row in figures.items]
    quoted = rows("passages", passages=" ".join(mentions.items)) if mentions.items else []
    return {
        "figures": figures,
        "figure_rows": figure_rows(shown, language_of(request)),
        "mentions": mentions,
        "mention_rows": {text(row, "passage"): row for row in quoted},
        "given": given,
        "given_rows": shown_facts(given.items),
        "follows": follows,
        "follows_rows": shown_facts(follows.items),
    }


T = TypeVar("T")


def _cut(name: str, only: str, found: Sequence[T]) -> Part[T]:
    """Return what of a list stands on this page: a beginning, a stretch, or nothing."""
    few, many = SIZES[name]
    if only == name:
        return part(found, many)
    return Part([] if only else found[:few], 1, len(found), few)


def _classes(names: list[Row]) -> list[str]:
    """Return the thing's own classes in our ontology, without those that follow from them."""
    found = {text(row, "class") for row in names if "class" in row}
    own = {iri.removeprefix(MZ) for iri in found if iri.startswith(MZ)}
    return sorted(own - {"Entity", "Agent", "Claim"} or own)


def label_in(names: list[Row], key: str, language: str) -> tuple[str, str]:
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


def _near(iri: str, facts: Facts, language: str) -> list[Near]:
    """Return the camps and places of the map nearest to a thing, camps before other places."""
    if facts.place is None:
        return []
    found = [
        Near(text(row, "place"), kind, round(distance(facts.place, (float(east), float(north)))))
        for row in answer_rows(question("places-on-the-map").query())
        for kind, east, north in [
            (text(row, "class").removeprefix(MZ), text(row, "long"), text(row, "lat"))
        ]
        if text(row, "place") != iri
    ]
    near = [each for each in found if each.kilometres <= NEAR]
    near.sort(key=lambda each: (each.kind != "Camp", each.kilometres, each.iri))
    names = names_of((each.iri for each in near[:NEARBY]), language)
    return [
        replace(each, label=names[each.iri].value) for each in near[:NEARBY] if each.iri in names
    ]


def _spot(facts: Facts) -> tuple[float, float] | None:
    """Return where the thing lies in the picture of the map, if it has coordinates."""
    return project(*facts.place) if facts.place and inside(*facts.place) else None
