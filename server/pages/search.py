"""``/search``: names in any script and the sentences of the documents, with facets and counts."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from threading import Lock

from flask import Blueprint, Response, request

from maizuru.graph.namespaces import MZ, PREFIXES
from maizuru.graph.resources import rules

from ..ask import Row, rows, services, text
from ..claim_rows import figure_rows
from ..genealogy import interval
from ..i18n import language_of, messages
from ..names import names_of
from ..search import Hit, Indexed, SearchIndex, Sentence
from .layout import link, page, path_of, word
from .paging import part
from .sources import source, source_names

pages = Blueprint("search", __name__)

SHOWN = 30
"""Hits on a page."""
COUNTED = 5
"""Things named in a question whose figures are shown."""
MEASURES = PREFIXES["mzv"] + "measure/"
MOST_CHOICES = 12
"""Values of a facet shown, the most frequent first."""

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

    def ready(self) -> bool:
        """Tell whether the index of the present version is there."""
        version = services().engine.version()
        with self._lock:
            return self._index is not None and self._version == version


_held = _Held()


def ready() -> bool:
    """Tell whether a search would be answered without building the index first."""
    return _held.ready()


def index() -> SearchIndex:
    """Return the search index of the present dataset."""
    return _held.get()


@pages.get("/search")
def search() -> Response:
    """Show what was found, narrowed by the facets chosen."""
    words = request.args.get("q", "").strip()[:200]
    hits = (index().names(words) or index().named_in(words)) if words else []
    sentences = index().sentences(words) if words else []
    partly = bool(words) and not sentences
    if partly:
        sentences = index().some(words)
    asked = {name: request.args.get(name, "") for name in FACETS}
    narrowed = [hit for hit in hits if _all_fit(asked, _facets_of(hit))]
    told = [s for s in sentences if _all_fit(asked, _facets_told(s))]
    titles, language = source_names(), language_of(request)
    names, quotes = part(narrowed, SHOWN, "name"), part(joined(told), SHOWN, "sentence")
    labels: dict[str, Callable[[str], str | None]] = {
        "type": lambda value: word(MZ + value, language),
        "document": titles.get,
        "in": lambda value: messages(language).get(f"lang-{value}"),
    }
    return page(
        "search.html",
        words=words,
        names=names,
        called=names_of((hit.iri for hit in names.items), language),
        figures=_figures(words, hits, language),
        measures=[(link("/figures", measure=key), name) for key, name in _measures(words).items()],
        partly=partly,
        interval=interval,
        text=text,
        source=source,
        stance=lambda row: text(row, "stance").rpartition("#")[2],
        quotes=quotes,
        sentence_count=len(told),
        marked=lambda sentence: marked(sentence, words),
        facets=[
            (
                name,
                _choices(
                    name, asked[name], _counts(name, asked, hits, sentences), labels.get(name, str)
                ),
            )
            for name in FACETS
        ],
        titles=titles,
        path_of=path_of,
    )


@pages.get("/ask/entities.json")
def entities() -> Response:
    """Give the things a name fits, for the query editor: ``[{"iri", "label", "kind"}, …]``."""
    words = request.args.get("q", "").strip()[:200]
    found = index().names(words)[:MOST_CHOICES] if words else []
    told = [{"iri": hit.iri, "label": hit.label, "kind": hit.kind} for hit in found]
    response = Response(json.dumps(told, ensure_ascii=False), content_type="application/json")
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


FACETS = ("type", "place", "period", "document", "in")
"""Facets by the name of their parameter, in the order of the page."""


def _facets_of(hit: Hit) -> dict[str, Iterable[str]]:
    """Return what a thing has under each facet; a sentence's language is not one of them."""
    return {
        "type": [hit.kind],
        "place": hit.places,
        "period": hit.periods,
        "document": hit.documents,
    }


def _facets_told(sentence: Sentence) -> dict[str, Iterable[str]]:
    return {"document": [sentence.document], "in": [sentence.language]}


def _all_fit(asked: dict[str, str], own: dict[str, Iterable[str]]) -> bool:
    """Tell whether something passes every facet that is asked and that it can have."""
    return all(_fits(value, own[name]) for name, value in asked.items() if name in own)


def _counts(
    name: str, asked: dict[str, str], hits: list[Hit], sentences: list[Sentence]
) -> Counter[str]:
    """Count the values of one facet among what the other facets leave."""
    others = {**asked, name: ""}
    counts: Counter[str] = Counter()
    owns = [_facets_of(hit) for hit in hits] + [_facets_told(told) for told in sentences]
    for own in owns:
        if name in own and _all_fit(others, own):
            counts.update(own[name])
    return counts


def _fits(wanted: str, values: Iterable[str]) -> bool:
    return not wanted or wanted in values


_NUMBER = re.compile(r"\d{1,3}(?:[,.\s'\u2019]\d{3})+|\d{2,12}")


def _figures(words: str, hits: list[Hit], language: str) -> list[Row]:
    """Return the figures with the value looked for; or what is counted of the things named."""
    if _NUMBER.fullmatch(words):
        value = re.sub(r"\D", "", words)
        found = [text(row, "figure") for row in rows("figures-of-value", value=value)]
    else:
        measures = {MEASURES + key for key in _measures(words)}
        found = [
            text(row, "figure")
            for hit in (hits[:COUNTED] if measures else ())
            for row in rows("figure-outline", entity=hit.iri)
            if text(row, "measure") in measures
        ]
    return figure_rows(found[:SHOWN], language)


def _measures(words: str) -> dict[str, str]:
    """Return the measures a question speaks of, by key, with their names for the reader."""
    language = language_of(request)
    return {
        key: word(MEASURES + key, language) or key
        for key, pattern in _asking().items()
        if pattern.search(words)
    }


@cache
def _asking() -> dict[str, re.Pattern[str]]:
    found: dict[str, str] = rules("search_words")["measure"]
    return {key: re.compile(pattern, re.IGNORECASE) for key, pattern in found.items()}


def joined(told: list[Sentence]) -> list[list[Sentence]]:
    """Put together sentences that several documents have word for word, the best first."""
    groups: dict[str, list[Sentence]] = {}
    for sentence in told:
        groups.setdefault(" ".join(sentence.text.split()).casefold(), []).append(sentence)
    return list(groups.values())


def marked(sentence: str, words: str) -> list[tuple[str, bool]]:
    """Cut a sentence where the words looked for stand in it, and tell which pieces they are."""
    wanted = "|".join(
        (r"\b" if word.isascii() else "") + re.escape(word)
        for word in sorted(words.split(), key=len, reverse=True)
    )
    if not wanted:
        return [(sentence, False)]
    pieces = re.split(f"({wanted})", sentence, flags=re.IGNORECASE)
    return [(piece, place % 2 == 1) for place, piece in enumerate(pieces) if piece]


def _choices(
    name: str, chosen: str, counts: Counter[str], label: Callable[[str], str | None]
) -> list[Choice]:
    dropped = {name, "lang", "name", "sentence"}
    kept = {key: value for key, value in request.args.items() if key not in dropped}
    made = []
    for value, count in counts.most_common(MOST_CHOICES):
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
    _scope(found)
    yield from found.values()


def _scope(found: dict[str, Indexed]) -> None:
    """Add the places and decades that statements join each thing with."""
    for row in rows("search-scopes"):
        thing = found.get(text(row, "entity"))
        if thing is not None and "place" in row:
            thing.places.add(text(row, "place"))
        elif thing is not None:
            thing.periods.add(f"{text(row, 'when')[:3]}0s")


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
