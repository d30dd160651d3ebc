"""SPARQL 1.1 Protocol: parse → guard → negotiate → evaluate → serialise.

https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from .auth import Auth
from .body import require_length
from .cache import AnswerCache
from .description import describe_service
from .errors import BadRequest, MethodNotAllowed, UnsupportedMedia
from .guard import check_query, check_update, is_volatile
from .http import Form, Request, Response, parse_form
from .jobs import Answer, Change, Ending, Engine, Job
from .limits import Budgets
from .negotiate import RESULTS, TRIPLES, Format, by_name, choose
from .settings import Settings
from .update_text import with_dataset, without_silent_loads

FORM = "application/x-www-form-urlencoded"
METHODS = "GET, HEAD, POST, OPTIONS"
FORM_SHARE = 3
"""Bytes that a form may take for each byte of the longest query: percent-encoding trebles it."""
PREPARED = 2000
"""Queries kept prepared, of at most `PREPARED_LENGTH` characters each."""
PREPARED_LENGTH = 8_000


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks: a query, an update, or (both empty) the service description."""

    query: str = ""
    update: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A query that is parsed, checked and negotiated: the same request need not be again."""

    job: Job
    digest: str
    """Short hash by which the log names the query without showing it."""
    mark: str
    """Hash of all that the answer depends on but for the data; empty if it is volatile."""


@dataclass(slots=True)
class SparqlEndpoint:
    """The handler of ``/sparql``."""

    settings: Settings
    engine: Engine
    budgets: Budgets
    cache: AnswerCache
    auth: Auth
    prepared: dict[tuple[str, ...], Prepared] = field(default_factory=dict)

    def __call__(self, request: Request) -> Response:
        """Answer one request; errors are raised for the one handler to render."""
        if request.method == "OPTIONS":
            return Response(204, [("Allow", METHODS)])
        body = read(request, self.settings, trusted=self._trusts(request))
        asked = (request.query_string, request.media_type, body, request.header("Accept"))
        prepared = self.prepared.get(asked)
        if prepared is None:
            operation = parse(request, body)
            if operation.update:
                return self._update(request, operation)
            if not operation.query:
                return describe_service(request, self.settings, self.engine)
            with self._paid(request, operation):
                prepared = prepare(request, operation)
            self._remember(asked, prepared)
        return self._query(request, prepared)

    def _trusts(self, request: Request) -> bool:
        """Tell whether the sender may send much; who tries tokens pays for it like for a query.

        Raises:
            QueryRefused: an update comes, but the service takes none.
            Unauthorised: an update comes without the token.
        """
        if request.method != "POST":
            return False
        if request.media_type == "application/sparql-update":
            with self.budgets.charge(request.client):
                self.auth.require(request)
            return True
        if not request.header("Authorization"):
            return False
        with self.budgets.charge(request.client):
            return self.auth.admits(request)

    def _remember(self, asked: tuple[str, ...], prepared: Prepared) -> None:
        """Keep what was prepared, if it depends on nothing but the request's own text."""
        if prepared.job.base or sum(map(len, asked)) > PREPARED_LENGTH:
            return
        if len(self.prepared) >= PREPARED:
            self.prepared.clear()
        self.prepared[asked] = prepared

    def _update(self, request: Request, operation: Operation) -> Response:
        self.auth.require(request)
        require_length(request.environ)
        text = without_silent_loads(operation.update)
        found = check_update(text, self.settings)
        if operation.default_graphs or operation.named_graphs:
            if found.has_dataset:
                raise BadRequest("An update with USING or WITH takes no using-graph parameters")
            text = with_dataset(text, operation.default_graphs, operation.named_graphs)
        if found.relative:
            text = f"BASE <{request.url}> {text}"
        changed = self.engine.change(Change("update", text))
        note = {"outcome": "changed", "query": digest(operation.update)}
        return Response(204, [("ETag", f'"{changed.version}"')], note=note)

    def _paid(self, request: Request, operation: Operation) -> AbstractContextManager[object]:
        """Charge the reading of a long query to its sender: it takes a while in this process."""
        if len(operation.query) <= PREPARED_LENGTH:
            return nullcontext()
        return self.budgets.charge(request.client)

    def _query(self, request: Request, prepared: Prepared) -> Response:
        job, note = prepared.job, dict[str, object](query=prepared.digest)
        version = self.engine.version()
        tag = f'"{version}-{prepared.mark}"' if version and prepared.mark else ""
        if tag and knows(request.header("If-None-Match"), tag):
            return Response(304, answer_headers(job, tag), note={**note, "outcome": "unchanged"})
        answer = self.cache.get(tag) if tag else None
        if answer is not None:
            note["outcome"] = "cached"
            return respond(answer, answer_headers(job, tag), note, self.settings)
        with self.budgets.charge(request.client) as charge:
            answer = self.engine.answer(job, heavy=charge.heavy, peer=request.peer)
            charge.ending, charge.waited = answer.ending, answer.waited
        if tag:
            tag = f'"{answer.version}-{prepared.mark}"'
            self.cache.put(tag, answer)
        note["outcome"] = "answered"
        return respond(answer, answer_headers(job, tag), note, self.settings)


def prepare(request: Request, operation: Operation) -> Prepared:
    """Return a query parsed, checked and negotiated.

    Raises:
        QueryError: it is wrong or refused.
        NotAcceptable: it cannot be answered in a format that is asked for.
        TooLarge: it is too long.
    """
    job = _job(request, operation)
    mark = "" if is_volatile(job.text) else mark_of(job)
    return Prepared(job, digest(operation.query), mark)


def _job(request: Request, operation: Operation) -> Job:
    found = check_query(operation.query, request.settings)
    offers = RESULTS if found.form in ("SELECT", "ASK", "") else TRIPLES
    base = request.url if found.relative else ""
    form = negotiate(request, operation, offers)
    job = Job(operation.query, found.form, form, base=base, asks_graphs=found.asks_graphs)
    if operation.default_graphs or operation.named_graphs:
        default, named = operation.default_graphs, operation.named_graphs
        return replace(job, default_graphs=default, named_graphs=named, known=default + named)
    known = found.default_graphs + found.named_graphs
    return replace(job, known=known, own_dataset=found.has_dataset)


def answer_headers(job: Job, tag: str) -> list[tuple[str, str]]:
    """Return the headers of a query's answer; *tag* is its entity tag, if it has one."""
    caching = [("ETag", tag), ("Cache-Control", "no-cache")] if tag else []
    return [
        ("Content-Type", job.format.content_type),
        ("Vary", "Accept"),
        *(caching or [("Cache-Control", "no-store")]),
    ]


def read(request: Request, settings: Settings, *, trusted: bool) -> str:
    """Return the body of a POST as text, within the bounds for its type; else empty text.

    Only who is *trusted* with updates may send as much as they may hold.

    Raises:
        MethodNotAllowed: the method is none of the protocol.
        UnsupportedMedia: the body is of a type the protocol does not know.
        BadRequest: it is not UTF-8.
    """
    if request.method in ("GET", "HEAD"):
        return ""
    if request.method != "POST":
        raise MethodNotAllowed("This address takes GET and POST", [("Allow", METHODS)])
    match request.media_type:
        case "application/x-www-form-urlencoded":
            limit = settings.max_query_bytes * FORM_SHARE
            limit = max(limit, settings.max_upload_bytes) if trusted else limit
        case "application/sparql-query":
            limit = settings.max_query_bytes
        case "application/sparql-update":
            limit = settings.max_upload_bytes
        case _:
            raise UnsupportedMedia(
                f"A POST here carries {FORM}, application/sparql-query or application/sparql-update"
            )
    try:
        return request.body(limit).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest("The body is not UTF-8") from error


def parse(request: Request, body: str) -> Operation:
    """Return what a request asks (SPARQL 1.1 Protocol, sections 2.1 and 2.2).

    Raises:
        BadRequest: parameters are missing, repeated, or not for this method.
    """
    address = request.parameters()
    if request.method != "POST":
        if any(name == "update" for name, _ in address):
            raise BadRequest("An update must be sent by POST")
        return operation_from(address)
    match request.media_type:
        case "application/x-www-form-urlencoded":
            return operation_from(address + parse_form(body), posted=True)
        case "application/sparql-query":
            return operation_from([*address, ("query", body)], posted=True)
    return operation_from([*address, ("update", body)], posted=True)


def operation_from(form: Form, *, posted: bool = False) -> Operation:
    """Return the operation that parameters ask for.

    Raises:
        BadRequest: there is not exactly one query or update, or they are mixed.
    """
    values: dict[str, list[str]] = {}
    for name, value in form:
        values.setdefault(name, []).append(value)
    queries, updates = values.get("query", []), values.get("update", [])
    if len(queries) + len(updates) > 1:
        raise BadRequest("A request carries one query or one update, not several")
    if posted and not queries and not updates:
        raise BadRequest("The request has no parameter query or update")
    if [text for text in queries + updates if not text.strip()]:
        raise BadRequest("The query is empty")
    prefix = ("using-graph-uri", "using-named-graph-uri")
    others = ("default-graph-uri", "named-graph-uri")
    mine, wrong = (prefix, others) if updates else (others, prefix)
    if any(name in values for name in wrong):
        raise BadRequest(f"{wrong[0]} and {wrong[1]} do not go with this operation")
    graphs = [tuple(values.get(name, [])) for name in mine]
    for iri in graphs[0] + graphs[1]:
        check_iri(iri)
    formats = values.get("format") or values.get("output") or [""]
    return Operation("".join(queries), "".join(updates), graphs[0], graphs[1], formats[0])


def check_iri(text: str) -> None:
    """Make sure that *text* is an absolute IRI that can stand between angle brackets."""
    scheme, colon, _ = text.partition(":")
    if not colon or not scheme[:1].isalpha() or any(c <= " " or c in '<>"{}|^`\\' for c in text):
        raise BadRequest("A graph must be named by an absolute IRI")
    try:
        ox.NamedNode(text)
    except ValueError as error:
        raise BadRequest(f"A graph must be named by an absolute IRI: {error}") from error


def knows(if_none_match: str, tag: str) -> bool:
    """Tell whether the client has the answer of that tag (RFC 9110, section 13.1.2)."""
    return tag in if_none_match or if_none_match.strip() == "*"


def negotiate(request: Request, operation: Operation, offers: tuple[Format, ...]) -> Format:
    """Return the format of the answer: ``format=`` before Accept."""
    if operation.format:
        return by_name(operation.format, offers)
    return choose(request.header("Accept"), offers)


def respond(
    answer: Answer, headers: list[tuple[str, str]], note: dict[str, object], settings: Settings
) -> Response:
    """Return an answer as a response, with what is to be said of its completeness."""
    ending = answer.ending
    if answer.streaming and ending is not None:
        ending.then(lambda: note.update(_end_note(ending)))
    if answer.truncated:
        value = getattr(settings, answer.truncated)
        headers = [*headers, ("Maizuru-Truncated", f"{answer.truncated}={value}")]
        note["outcome"] = "truncated"
    if answer.rows is not None:
        note["rows"] = answer.rows
        if not answer.streaming:
            headers = [*headers, ("Maizuru-Rows", str(answer.rows))]
    return Response(200, headers, answer.body, note)


def _end_note(ending: Ending) -> dict[str, object]:
    """Return what the access log says of an answer that was sent on before its end."""
    if ending.failure is not None:
        return {"outcome": type(ending.failure).__name__}
    note: dict[str, object] = {"outcome": "truncated"} if ending.truncated else {}
    return note if ending.rows is None else {**note, "rows": ending.rows}


def digest(text: str) -> str:
    """Return a short hash of a query, by which the log names it without showing it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def mark_of(job: Job) -> str:
    """Return a hash of all that an answer depends on but for the data."""
    graphs = (job.default_graphs, job.named_graphs)
    parts = (job.text, job.form, job.format.name, graphs, job.base)
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def etag(version: str, job: Job) -> str:
    """Return the entity tag of a job's answer on one version of the dataset."""
    return f'"{version}-{mark_of(job)}"'
