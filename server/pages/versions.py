"""``/compare-documents``: two documents, or versions of one article, side by side."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from flask import Blueprint, Response, request

from maizuru.graph.errors import NotFound

from ..ask import Row, rows, services, text
from ..texts import Text
from .layout import page, path_of
from .paging import part
from .sources import source_names

pages = Blueprint("versions", __name__)

_SPACE = re.compile(r"\s+")
_NOT_WORDS = re.compile(r"[^\w ]+")
_MARKER = re.compile(r"\[\w{1,8}\]")
ALIKE = 0.6
"""How much two sentences share, of their words, to be one sentence reworded."""


@dataclass(frozen=True, slots=True)
class Line:
    """Sentences side by side; ``same``, ``changed``, ``dropped`` (only left) or ``added``."""

    kind: str
    left: str = ""
    left_href: str = ""
    right: str = ""
    right_href: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a document, with its place."""

    text: str
    key: str
    href: str


@pages.get("/compare-documents")
def compare() -> Response:
    """Show what one document has, and the other has not."""
    titles = source_names()
    slugs = {iri.rpartition("/")[2]: title for iri, title in titles.items()}
    one, other = request.args.get("a", ""), request.args.get("b", "")
    for slug in (one, other):
        if slug and slug not in slugs:
            raise NotFound(f"There is no document “{slug}” here.")
    left, right = (services().texts.get(slug) for slug in (one, other))
    lines = _lines(left, right) if left and right and one != other else []
    shown = [line for line in lines if line.kind != "same"]
    return page(
        "compare_documents.html",
        documents=sorted(slugs.items(), key=lambda item: (item[1], item[0])),
        a=one,
        b=other,
        titles=slugs,
        chosen=bool(one and other),
        at_hand=bool(left and right),
        lines=part(shown, LONGEST),
        counts={kind: sum(line.kind == kind for line in lines) for kind in KINDS},
        clashes=_clashes(one, other),
        text=text,
        path_of=path_of,
    )


KINDS = ("same", "changed", "dropped", "added")
LONGEST = 80
"""Lines on a page: it must stay light."""


def siblings(slug: str, found: list[Row]) -> list[Row]:
    """Return the documents with the title of *slug*, or another version of the same article."""
    titled = {text(row, "document").rpartition("/")[2]: row for row in found}
    own = _alike(text(titled[slug], "document_label"))
    return [
        row
        for other, row in titled.items()
        if other != slug and _alike(text(row, "document_label")) == own
    ]


def _alike(title: str) -> str:
    return _SPACE.sub(" ", title).strip().casefold()


def _clashes(one: str, other: str) -> list[Row]:
    """Return the pairs of figures, one of each document, that disagree."""
    if not (one and other):
        return []
    base = services().settings.base
    return rows(
        "figure-clashes", one=f"{base}id/document/{one}", other=f"{base}id/document/{other}"
    )


def _sentences(body: Text) -> list[Told]:
    found = []
    for start, end, _ in body.structure["sentences"]:
        words = _SPACE.sub(" ", body.text[start:end]).strip()
        key = _key(words)
        if key:
            iri = f"{services().settings.base}id/document/{body.slug}#char={start},{end}"
            found.append(Told(words, key, path_of(iri)))
    return found


def _key(words: str) -> str:
    """Return what two sentences must share to be the same: letters and digits, no markers."""
    plain = _MARKER.sub(" ", unicodedata.normalize("NFKC", words)).casefold()
    return _SPACE.sub(" ", _NOT_WORDS.sub(" ", plain)).strip()


def _lines(one: Text, other: Text) -> list[Line]:
    """Align the sentences of two texts, and pair those that were reworded."""
    left, right = _sentences(one), _sentences(other)
    keys = [told.key for told in left], [told.key for told in right]
    lines: list[Line] = []
    for kind, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs = zip(left[a:b], right[c:d], strict=True)
            lines += [Line("same", x.text, x.href, y.text, y.href) for x, y in pairs]
        else:
            lines += _reworded(left[a:b], right[c:d])
    return _moved(lines, set(keys[0]) & set(keys[1]))


def _reworded(left: list[Told], right: list[Told]) -> list[Line]:
    lines, free = [], list(right)
    for told in left:
        words = set(told.key.split())
        best = max(free, key=lambda other: _share(words, other), default=None)
        if best is not None and _share(words, best) >= ALIKE:
            free.remove(best)
            lines.append(Line("changed", told.text, told.href, best.text, best.href))
        else:
            lines.append(Line("dropped", told.text, told.href))
    return lines + [Line("added", right=told.text, right_href=told.href) for told in free]


def _share(words: set[str], other: Told) -> float:
    own = set(other.key.split())
    return 2 * len(words & own) / (len(words) + len(own))


def _moved(lines: list[Line], both: set[str]) -> list[Line]:
    """Drop what is only in another place: it is neither added nor dropped."""
    kept = []
    for line in lines:
        if line.kind in ("dropped", "added") and _key(line.left or line.right) in both:
            if line.kind == "dropped":
                kept.append(Line("same", line.left, line.left_href, line.left, line.left_href))
            continue
        kept.append(line)
    return kept
