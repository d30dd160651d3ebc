"""``/search``: names in any script and the sentences of the documents, with facets and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from threading import Lock

from flask import Blueprint, Response, request

from maizuru.graph.namespaces import MZ

from ..ask import rows, services, text
from ..search import Hit, Indexed, SearchIndex, Sentence
from .figures import document_titles
from .layout import link, page, path_of

pages = Blueprint("search", __name__)

SHOWN = 50
"""Hits on a page."""

KINDS = (
    "FictionalWork",
    "FictionalCharacter",
    "Person",
    "Camp",
    "Place",
    "Event",
    "MilitaryUnit",
    "Organisation",
    "LegalInstrument",
    "Group",
    "Work",
    "Concept",
)
"""Classes a hit is told by; the first that fits."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many hits it leaves, and the address that applies or lifts it."""

    value: str
    label: str
    count: int
    href: str
    chosen: bool


class _Held:
    """The index of the dataset's present version, built when it is first asked for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._version = ""
        self._index: SearchIndex | None = None

    def get(self) -> SearchIndex:
        """Return the index, building it anew after a change of the data."""
        version = services().engine.version()
        with self._lock:
            if self._index is None or self._version != version:
                self._index = SearchIndex(_things(), _sentences())
                self._version = version
            return self._index


_held = _Held()


def index() -> SearchIndex:
    """Return the search index of the present dataset."""
    return _held.get()


@pages.get("/search")
def search() -> Response:
    """Show what was found, narrowed by the facets chosen."""
    words = request.args.get("q", "").strip()[:200]
    hits = index().names(words) if words else []
    sentences = index().sentences(words) if words else []
    kind, document = request.args.get("type", ""), request.args.get("document", "")
    language = request.args.get("in", "")
    narrowed = [h for h in hits if _fits(kind, [h.kind]) and _fits(document, h.documents)]
    told = [s for s in sentences if _fits(document, [s.document]) and _fits(language, [s.language])]
    titles = document_titles()
    return page(
        "search.html",
        words=words,
        hits=narrowed[:SHOWN],
        hit_count=len(narrowed),
        sentences=told[:SHOWN],
        sentence_count=len(told),
        facets=[
            ("type", _choices("type", kind, Counter(h.kind for h in hits), lambda v: v)),
            ("document", _choices("document", document, _documents(hits, sentences), titles.get)),
            ("in", _choices("in", language, Counter(s.language for s in sentences), lambda v: v)),
        ],
        titles=titles,
        path_of=path_of,
    )


def _fits(wanted: str, values: Iterable[str]) -> bool:
    return not wanted or wanted in values


def _documents(hits: list[Hit], sentences: list[Sentence]) -> Counter[str]:
    counts = Counter(document for hit in hits for document in hit.documents)
    counts.update(sentence.document for sentence in sentences)
    return counts


def _choices(
    name: str, chosen: str, counts: Counter[str], label: Callable[[str], str | None]
) -> list[Choice]:
    kept = {key: value for key, value in request.args.items() if key not in (name, "lang")}
    made = []
    for value, count in counts.most_common():
        href = link("/search", **(kept if value == chosen else {**kept, name: value}))
        made.append(Choice(value, label(value) or value, count, href, value == chosen))
    return made


def _things() -> Iterator[Indexed]:
    found: dict[str, Indexed] = {}
    for row in rows("search-entities"):
        iri = text(row, "entity")
        thing = found.get(iri)
        if thing is None:
            label = text(row, "entity_label", iri)
            thing = found[iri] = Indexed(iri, label, _kind(text(row, "classes")))
        thing.documents[text(row, "document")] += int(text(row, "mentions"))
    for row in rows("search-names"):
        thing = found.get(text(row, "entity"))
        if thing is not None:
            name = row["name"]
            thing.names.add((text(row, "name"), str(getattr(name, "language", "") or "")))
    yield from found.values()


def _kind(classes: str) -> str:
    names = {iri.removeprefix(MZ) for iri in classes.split()}
    return next((kind for kind in KINDS if kind in names), "Entity")


def _sentences() -> Iterator[Sentence]:
    texts, base = services().texts, services().settings.base
    for slug in texts.slugs():
        body = texts.get(slug)
        if body is None:
            continue
        for start, end, language in body.structure["sentences"]:
            iri = f"{base}id/document/{slug}"
            yield Sentence(iri, start, end, body.text[start:end].strip(), language)
