"""Any SPARQL 1.1 endpoint as a store (SPARQL 1.1 Protocol, POST with a form)."""

from __future__ import annotations

import http.client
from collections.abc import Iterable, Iterator, Sequence
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pyoxigraph as ox

from ..errors import LimitExceeded, QueryError, StoreError
from ..resources import query_text
from .by_queries import ByQueries, as_triples
from .protocol import QueryAnswer

ACCEPT = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.9, "
    "application/n-triples;q=0.9, text/turtle;q=0.8"
)
ADD_BATCH = 5_000
"""Quads in one INSERT DATA."""


class _NoRedirect(HTTPRedirectHandler):
    """An endpoint that sends us elsewhere is refused: the address is the operator's choice."""

    def redirect_request(self, *args: object) -> None:
        return None


class RemoteStore(ByQueries):
    """A SPARQL 1.1 endpoint at some address."""

    def __init__(
        self,
        query_url: str,
        update_url: str | None = None,
        *,
        timeout: float = 30.0,
        max_bytes: int = 256 * 1024 * 1024,
    ) -> None:
        """Remember the addresses; nothing is asked yet.

        *timeout* is in seconds, for each wait; an answer over *max_bytes* is an error.

        Raises:
            StoreError: an address is not http or https.
        """
        for url in filter(None, (query_url, update_url)):
            if urlsplit(url).scheme not in ("http", "https"):
                raise StoreError(f"A remote store needs an http or https address, not {url!r}")
        self.query_url = query_url
        self.update_url = update_url
        self._timeout = timeout
        self._max_bytes = max_bytes
        self._opener = build_opener(_NoRedirect)

    def query(
        self,
        text: str,
        *,
        default_graph: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        timeout: float | None = None,
    ) -> QueryAnswer:
        """See `Store.query`."""
        form = [("query", text)]
        form += [("default-graph-uri", iri) for iri in default_graph or ()]
        form += [("named-graph-uri", iri) for iri in named_graphs or ()]
        media_type, body = self._post(self.query_url, form, timeout)
        try:
            results_format = ox.QueryResultsFormat.from_media_type(media_type)
            if results_format is not None:
                return ox.parse_query_results(body, results_format)
            rdf_format = ox.RdfFormat.from_media_type(media_type)
            if rdf_format is None:
                raise StoreError(f"The remote store answered with {media_type or 'no type'}")
            return as_triples(body, rdf_format)
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"The remote store's answer cannot be read: {error}") from error

    def update(self, text: str, *, timeout: float | None = None) -> None:
        """See `Store.update`; whether it is atomic is the endpoint's affair."""
        if self.update_url is None:
            raise StoreError("The remote store has no update address")
        self._post(self.update_url, [("update", text)], timeout)

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """See `Store.add`; blank nodes get new labels with each batch."""
        batch: list[str] = []
        for quad in quads:
            batch.append(_data_block(quad))
            if len(batch) == ADD_BATCH:
                self.update("INSERT DATA {" + "".join(batch) + "}")
                batch.clear()
        if batch:
            self.update("INSERT DATA {" + "".join(batch) + "}")

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """See `Store.quads`; the answer is held in memory."""
        names = self.graphs() if graph is None else (graph,)
        for name in names:
            answer = self.query(query_text("store/triples"), default_graph=[name])
            if not isinstance(answer, ox.QueryTriples):
                raise StoreError("The remote store answered a CONSTRUCT with something else")
            node = ox.NamedNode(name)
            for triple in answer:
                yield ox.Quad(triple.subject, triple.predicate, triple.object, node)

    def dump(self, output: IO[bytes]) -> None:
        """See `Store.dump`; the named graphs only."""
        ox.serialize(self.quads(), output, format=ox.RdfFormat.N_QUADS)

    def _post(
        self, url: str, form: list[tuple[str, str]], timeout: float | None
    ) -> tuple[str, bytes]:
        """Return media type and body of the endpoint's answer."""
        request = Request(url, urlencode(form).encode(), {"Accept": ACCEPT})
        try:
            with self._opener.open(request, timeout=timeout or self._timeout) as response:
                body = response.read(self._max_bytes + 1)
                media_type = response.headers.get_content_type()
        except HTTPError as error:
            with error:
                raise _refusal(error.code, error.read(2_000)) from error
        except TimeoutError as error:
            raise LimitExceeded("The remote store did not answer in time") from error
        except (URLError, http.client.HTTPException, OSError) as error:
            if isinstance(getattr(error, "reason", None), TimeoutError):
                raise LimitExceeded("The remote store did not answer in time") from error
            raise StoreError("The remote store cannot be reached") from error
        if len(body) > self._max_bytes:
            raise LimitExceeded("The remote store's answer is too long")
        return media_type, body


def _refusal(status: int, body: bytes) -> QueryError | StoreError | LimitExceeded:
    """Return our error for an error status of the endpoint."""
    said = " ".join(body.decode("utf-8", "replace").split())[:300]
    if status == 400:
        return QueryError(f"The remote store refused the query: {said}")
    if status in (408, 429, 503, 504):
        return LimitExceeded(f"The remote store is busy or out of time (status {status})")
    return StoreError(f"The remote store answered with status {status}")


def _data_block(quad: ox.Quad) -> str:
    """Return a quad as it stands in INSERT DATA."""
    triple = f"{quad.subject} {quad.predicate} {quad.object} ."
    if isinstance(quad.graph_name, ox.DefaultGraph):
        return triple
    return f"GRAPH {quad.graph_name} {{ {triple} }}"
