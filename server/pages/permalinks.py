"""``/permalink``: a query that can be cited, with the release and a digest of its result.

The digest is of the sorted rows, not of their order or the time, so that whoever asks the same of
the same release gets the same digest.
"""

from __future__ import annotations

from hashlib import sha256

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from maizuru.graph.publish import LICENCE
from maizuru.graph.release import MANIFEST, read_manifest
from maizuru.graph.store import QueryAnswer

from ..ask import services
from ..errors import BadRequest, TooLarge
from . import negotiated
from .layout import link, page

pages = Blueprint("permalinks", __name__)

BIBTEX = "application/x-bibtex; charset=utf-8"
_ADDRESS = 8000
"""Bytes of query that an address can hold everywhere."""


@pages.get("/permalink")
def show() -> Response:
    """Show a query with release, digest and citation; ``format=bibtex`` gives the citation."""
    text = _query(request.args)
    digest, count = digest_of(services().store.query(text))
    release = release_of()
    citation = bibtex(text, release, digest)
    if request.args.get("format") == "bibtex":
        name = f"maizuru-{digest[:12]}.bib"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(citation, content_type=BIBTEX, headers=headers)
    expected = request.args.get("digest", "")
    return page(
        "permalink.html",
        query=text,
        release=release,
        digest=digest,
        rows_told=count,
        citation=citation,
        changed=bool(expected) and expected != digest,
        address=address_of(text, digest),
        ask=link("/ask", query=text),
        as_bibtex=link("/permalink", query=text, format="bibtex"),
    )


@pages.post("/permalink")
def make() -> AnyResponse:
    """Send the client to the page of the query in the form.

    Raises:
        TooLarge: the query does not fit into an address.
    """
    text = _query(request.form)
    if len(text.encode()) > _ADDRESS:
        raise TooLarge(f"A query to be cited may have {_ADDRESS} bytes")
    return redirect(link("/permalink", query=text), 303)


def _query(values: MultiDict[str, str]) -> str:
    text = values.get("query", "").strip()
    if not text:
        raise BadRequest("A permalink needs a query: /permalink?query=…")
    return text


def address_of(text: str, digest: str) -> str:
    """Return the full address of a query; opened later it tells whether the result is the same."""
    return negotiated.root() + link("/permalink", query=text, digest=digest)


def release_of() -> str:
    """Return the hash of the release's data, or the version of data that may change."""
    folder = services().texts.folder
    if folder and not services().engine.writable and (folder.parent / MANIFEST).is_file():
        return str(read_manifest(folder.parent)["data_sha256"])
    return services().engine.version()


def digest_of(answer: QueryAnswer) -> tuple[str, int]:
    """Return the SHA-256 of a result and the number of its rows or triples.

    Rows are written as N-Triples terms between tabs, sorted, each followed by a line feed; before
    them stand the names of the columns. Blank nodes have no lasting names and are all ``_:``.
    """
    if isinstance(answer, ox.QueryBoolean):
        return sha256(str(bool(answer)).lower().encode()).hexdigest(), 1
    if isinstance(answer, ox.QueryTriples):
        head: list[str] = []
        lines = [
            "\t".join(map(_term, (triple.subject, triple.predicate, triple.object)))
            for triple in answer
        ]
    else:
        head = ["\t".join(variable.value for variable in answer.variables)]
        lines = ["\t".join(map(_term, row)) for row in answer]
    text = "".join(f"{line}\n" for line in [*head, *sorted(lines)])
    return sha256(text.encode()).hexdigest(), len(lines)


def _term(term: object) -> str:
    if term is None:
        return ""
    return "_:" if isinstance(term, ox.BlankNode) else str(term).replace("\t", "\\t")


def bibtex(text: str, release: str, digest: str) -> str:
    """Return a BibTeX entry; it has no date, so that it is the same whenever it is made."""
    first = next((line for line in text.splitlines() if line.startswith("# Title:")), "")
    title = first.removeprefix("# Title:").strip() or "A query of the knowledge graph"
    escaped = "".join("\\" + sign if sign in "#%&_$" else sign for sign in title)
    clean = escaped.replace("{", "(").replace("}", ")")
    return (
        f"@misc{{maizuru-{digest[:12]},\n"
        f"  title = {{{clean}}},\n"
        "  author = {{Maizuru}},\n"
        f"  howpublished = {{\\url{{{address_of(text, digest)}}}}},\n"
        f"  note = {{Release {release}; SHA-256 of the result {digest}; licence {LICENCE}}}\n"
        "}\n"
    )
