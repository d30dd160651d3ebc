"""The engine in front of a SPARQL endpoint elsewhere: same protocol, same limits, same formats.

Whatever the endpoint sends is read in full, within the limits, and written anew: a client never
gets what is no answer, or an answer in a dialect.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, cast
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox

from maizuru.graph.errors import MaizuruError, NotFound, QueryError, QueryRefused, StoreError
from maizuru.graph.resources import query_text
from maizuru.graph.store.by_queries import truth_of

from .changes import as_update
from .errors import QueryFailed, QueryTimeout
from .jobs import Answer, Change, Changed, Job
from .limits import Queue
from .negotiate import RESULTS
from .readers.cut import Cutter, Enough
from .settings import MIB, Settings

TABLES = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
"""JSON first: the engine's reader of XML drops white space around a literal."""
GRAPHS = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.8"
READY_SECONDS = 2.0
PIECE = 64 * 1024


class StoreUnavailable(StoreError):
    """The endpoint cannot be reached, or does not speak the protocol."""

    status = 502


@dataclass(frozen=True, slots=True)
class Received:
    """What the endpoint sent."""

    media_type: str
    body: bytes


class RemoteEngine:
    """Does jobs at an endpoint."""

    def __init__(self, settings: Settings) -> None:
        """Ask the endpoint that the settings name.

        Raises:
            StoreError: its address is not http or https.
        """
        for url in filter(None, (settings.store, settings.store_update)):
            if urlsplit(url).scheme not in ("http", "https"):
                raise StoreError("A remote store needs an http or https address")
        self.writable = bool(settings.update_token and settings.store_update)
        self.queue = Queue(settings.reader_count(), settings.queue_length, settings.queue_seconds)
        self._settings = settings

    def version(self) -> str:
        """See `Engine.version`; unknown, so that no answer is kept."""
        return ""

    def answer(self, job: Job, *, heavy: bool = False, peer: str = "") -> Answer:
        """See `Engine.answer`."""
        waited = self.queue.enter(heavy=heavy)
        try:
            self._check_graphs(job)
            answer = self._written(job, self._ask(job))
            answer.waited = waited
            return answer
        finally:
            self.queue.leave()

    def has_graph(self, name: str) -> bool:
        """See `Engine.has_graph`; at an endpoint a graph is there if it holds anything."""
        text = query_text("store/has-graph").replace("?graph", f"<{name}>")
        received = self._post(self._settings.store, [("query", text)], TABLES)
        return bool(_truth(received))

    def change(self, change: Change) -> Changed:
        """See `Engine.change`; as durable as the endpoint makes it."""
        if not self.writable:
            raise QueryRefused("The endpoint behind this service takes no changes")
        existed = change.graph is None or self.has_graph(change.graph)
        if change.kind == "delete" and not existed:
            raise NotFound(f"There is no graph <{change.graph}>")
        self._post(self._settings.store_update, [("update", as_update(change))], "*/*")
        created = not existed and change.kind in ("put", "post")
        return Changed("", created=created, existed=existed)

    def ready(self) -> bool:
        """See `Engine.ready`: asks the endpoint."""
        try:
            received = self._post(
                self._settings.store, [("query", "ASK {}")], TABLES, READY_SECONDS
            )
            return bool(_truth(received))
        except MaizuruError:
            return False

    def gauges(self) -> dict[str, float]:
        """See `Engine.gauges`."""
        return {"queue_waiting": float(self.queue.waiting)}

    def close(self) -> None:
        """See `Engine.close`."""

    def _check_graphs(self, job: Job) -> None:
        if not self._settings.refuse_unknown_graphs:
            return
        for iri in job.known:
            if not self.has_graph(iri):
                raise QueryRefused(f"There is no graph <{iri}> in this dataset")

    def _ask(self, job: Job) -> Received:
        if job.form == "GRAPH":
            if job.default_graphs is None:
                raise QueryRefused("A whole dataset cannot be fetched through this service")
            for iri in job.default_graphs:
                if not self.has_graph(iri):
                    raise NotFound(f"There is no graph <{iri}> in this dataset")
            form = [("query", query_text("store/triples"))]
        else:
            base = f"BASE <{job.base}> " if job.base else ""
            form = [("query", base + job.text)]
        form += [("default-graph-uri", iri) for iri in job.default_graphs or ()]
        form += [("named-graph-uri", iri) for iri in job.named_graphs or ()]
        table = job.format in RESULTS
        return self._post(self._settings.store, form, TABLES if table else GRAPHS)

    def _written(self, job: Job, received: Received) -> Answer:
        """Return the endpoint's answer in the format asked for."""
        settings = self._settings
        with SpooledTemporaryFile(MIB) as spool:
            cutter = Cutter(
                job.format.name,
                lambda block: cast(None, spool.write(block)),
                settings.max_rows,
                settings.max_bytes,
            )
            try:
                _write(received, job, cast(IO[bytes], cutter))
                cutter.finish()
            except Enough:
                pass
            except (SyntaxError, ValueError) as error:
                raise StoreUnavailable("The endpoint's answer cannot be read") from error
            spool.seek(0)
            rows = cutter.rows if job.form == "SELECT" else None
            return Answer(spool.read(), "", rows, cutter.truncated)

    def _post(
        self, url: str, form: list[tuple[str, str]], accept: str, seconds: float | None = None
    ) -> Received:
        """Send a form and return the answer, read within the limits of time and length."""
        seconds = seconds or self._settings.query_seconds
        started = time.monotonic()
        parts = urlsplit(url)
        kind = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        connection = kind(parts.netloc, timeout=seconds)
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection.connect()
            with _deadline(connection.sock, seconds):
                connection.request("POST", target, urlencode(form).encode(), headers)
                response = connection.getresponse()
                limit = 4 * self._settings.max_bytes
                body = response.read(limit + 1)
        except (http.client.HTTPException, OSError) as error:
            if time.monotonic() - started >= seconds * 0.98:
                raise QueryTimeout(
                    f"The endpoint did not answer within {seconds:g} seconds"
                ) from error
            raise StoreUnavailable("The endpoint cannot be reached or broke off") from error
        finally:
            connection.close()
        if time.monotonic() - started >= seconds:
            raise QueryTimeout(f"The endpoint did not answer within {seconds:g} seconds")
        if len(body) > limit:
            raise StoreUnavailable("The endpoint's answer is far too long")
        if response.status >= 300:
            raise _refusal(response.status, body)
        return Received(response.headers.get_content_type(), body)


@contextmanager
def _deadline(connection: socket.socket, seconds: float) -> Iterator[None]:
    """Break the connection after so many seconds, however slowly something still comes."""

    def cut() -> None:
        # It may have ended by itself.
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _refusal(status: int, body: bytes) -> MaizuruError:
    """Return our error for a status of the endpoint; of what it says only the start."""
    said = " ".join(body.decode("utf-8", "replace").split())[:300]
    if status in (400, 422):
        return QueryError(f"The endpoint refused the query: {said}")
    if status in (408, 504):
        return QueryTimeout("The endpoint ran out of time")
    if status == 500:
        return QueryFailed(f"The endpoint could not answer the query: {said}")
    return StoreUnavailable(f"The endpoint answered with status {status}")


def _parsed(received: Received) -> ox.QuerySolutions | ox.QueryBoolean:
    form = ox.QueryResultsFormat.from_media_type(received.media_type)
    if form is None:
        raise StoreUnavailable("The endpoint did not answer with query results")
    try:
        return ox.parse_query_results(received.body, form)
    except (SyntaxError, ValueError) as error:
        raise StoreUnavailable("The endpoint's answer cannot be read") from error


def _truth(received: Received) -> ox.QueryBoolean:
    try:
        return truth_of(_parsed(received))
    except StoreUnavailable:
        raise
    except StoreError as error:
        raise StoreUnavailable("The endpoint answered another kind of question") from error


def _write(received: Received, job: Job, output: IO[bytes]) -> None:
    """Write the endpoint's answer in the format of *job*."""
    if isinstance(job.format.engine, ox.QueryResultsFormat):
        answer = _truth(received) if job.form == "ASK" else _parsed(received)
        if isinstance(answer, ox.QueryBoolean) != (job.form == "ASK"):
            raise StoreUnavailable("The endpoint answered another kind of question")
        answer.serialize(output, job.format.engine)
        return
    form = ox.RdfFormat.from_media_type(received.media_type)
    if form is None:
        raise StoreUnavailable("The endpoint did not answer with RDF")
    triples = (quad.triple for quad in ox.parse(received.body, form))
    ox.serialize(triples, output, job.format.engine)
