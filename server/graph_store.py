"""SPARQL 1.1 Graph Store HTTP Protocol, direct and indirect.

https://www.w3.org/TR/sparql11-http-rdf-update/

Indirect: ``/store?graph=IRI`` or ``/store?default``. Direct: ``/store/anything``, whose own address
is the graph's name. A POST to ``/store`` itself makes a new graph and tells its address.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP

import pyoxigraph as ox

from maizuru.graph.errors import MaizuruError

from .auth import Auth
from .body import require_length
from .errors import BadRequest, MethodNotAllowed, PreconditionFailed, UnsupportedMedia
from .http import Request, Response
from .jobs import Change, Engine, Job
from .limits import Budgets
from .negotiate import QUADS, TRIPLES, by_name, choose
from .settings import Settings
from .sparql import check_iri, etag, knows, respond

PATH = "/store"
METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS"


class Conflict(MaizuruError):
    """What is sent does not fit the graph it is sent to."""

    status = 409


@dataclass(frozen=True, slots=True)
class Target:
    """What a request is about."""

    kind: str
    """``graph``, ``default``, ``all`` (the whole dataset) or ``new``."""
    name: str | None = None


@dataclass(slots=True)
class GraphStore:
    """The handler of ``/store`` and what is below it."""

    settings: Settings
    engine: Engine
    budgets: Budgets
    auth: Auth

    def __call__(self, request: Request) -> Response:
        """Answer one request; errors are raised for the one handler to render."""
        if request.method == "OPTIONS":
            return Response(204, [("Allow", METHODS)])
        target = target_of(request)
        if request.method in ("GET", "HEAD"):
            return self._read(request, target)
        if request.method not in ("PUT", "POST", "DELETE"):
            raise MethodNotAllowed("A graph takes GET, PUT, POST and DELETE", [("Allow", METHODS)])
        with self.budgets.charge(request.client):
            self.auth.require(request)
        if request.method == "DELETE":
            return self._delete(request, target)
        require_length(request.environ)
        return self._write(request, target)

    def _job(self, request: Request, target: Target) -> Job:
        whole = target.kind in ("all", "new")
        offers = QUADS if whole else TRIPLES
        wanted = dict(request.parameters()).get("format", "")
        chosen = by_name(wanted, offers) if wanted else choose(request.header("Accept"), offers)
        graphs = None if whole else tuple([target.name] if target.name else [])
        return Job("", "GRAPH", chosen, default_graphs=graphs)

    def _read(self, request: Request, target: Target) -> Response:
        job = self._job(request, target)
        tag = etag(self.engine.version(), job)
        headers = [("Content-Type", job.format.content_type), ("Vary", "Accept"), ("ETag", tag)]
        headers.append(("Cache-Control", "no-cache"))
        if knows(request.header("If-None-Match"), tag):
            return Response(304, headers, note={"outcome": "unchanged"})
        with self.budgets.charge(request.client) as charge:
            answer = self.engine.answer(job, heavy=charge.heavy)
            charge.ending, charge.waited = answer.ending, answer.waited
        return respond(answer, headers, {"outcome": "answered"}, self.settings)

    def _expected(self, request: Request, target: Target) -> str:
        """Return the version that If-Match asks for; the tag may be of any format.

        Raises:
            PreconditionFailed: the graph is not in the state the client knows.
        """
        wanted, refused = request.header("If-Match"), request.header("If-None-Match")
        version = self.engine.version()
        if refused.strip() == "*" and self._exists(target):
            raise PreconditionFailed("The graph is there already")
        if not wanted:
            return ""
        if wanted.strip() == "*":
            if not self._exists(target):
                raise PreconditionFailed("The graph is not there")
            return version
        whole = target.kind == "all"
        graphs = None if whole else tuple([target.name] if target.name else [])
        jobs = [Job("", "GRAPH", form, default_graphs=graphs) for form in TRIPLES]
        if not any(etag(version, job) in wanted for job in jobs):
            raise PreconditionFailed("The graph has changed since")
        return version

    def _exists(self, target: Target) -> bool:
        return target.name is None or self.engine.has_graph(target.name)

    def _delete(self, request: Request, target: Target) -> Response:
        expect = self._expected(request, target)
        kind = "clear" if target.kind == "all" else "delete"
        changed = self.engine.change(Change(kind, graph=target.name, expect=expect))
        return Response(204, [("ETag", f'"{changed.version}"')], note={"outcome": "changed"})

    def _write(self, request: Request, target: Target) -> Response:
        expect = self._expected(request, target) if target.kind != "new" else ""
        headers = []
        if target.kind == "new":
            address = f"{request.url.rstrip('/')}/{secrets.token_hex(8)}"
            target = Target("graph", address)
            headers.append(("Location", address))
        parts = list(_parts(request, self.settings.max_upload_bytes))
        data = b"".join(_as_ntriples(part, target, request.url) for part in parts)
        kind = request.method.lower()
        change = Change(kind, "", target.name, data, target.kind == "all", expect)
        changed = self.engine.change(change)
        headers.append(("ETag", f'"{changed.version}"'))
        return Response(201 if changed.created else 204, headers, note={"outcome": "changed"})


def target_of(request: Request) -> Target:
    """Return what a request is about (Graph Store HTTP Protocol, section 4).

    Raises:
        BadRequest: the graph is named twice, or not by an absolute IRI.
    """
    path = str(request.environ.get("PATH_INFO", ""))
    graphs = [value for name, value in request.parameters() if name == "graph"]
    default = [value for name, value in request.parameters() if name == "default"]
    if len(graphs) + len(default) > 1:
        raise BadRequest("A request is about one graph")
    if graphs:
        check_iri(graphs[0])
        return Target("graph", graphs[0])
    if default:
        return Target("default")
    if path.rstrip("/") != PATH:
        check_iri(request.url)
        return Target("graph", request.url)
    media_type = request.media_type
    whole = request.method != "POST" or media_type in ("application/n-quads", "application/trig")
    return Target("all" if whole else "new")


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a body."""

    media_type: str
    data: bytes


def _parts(request: Request, limit: int) -> Iterable[Part]:
    """Yield the documents of the body: several if it is ``multipart/form-data`` (section 5.5)."""
    body = request.body(limit)
    if not request.media_type.startswith("multipart/"):
        yield Part(request.media_type or "text/turtle", body)
        return
    head = f"Content-Type: {request.header('Content-Type')}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    if not message.is_multipart():
        raise BadRequest("The multipart body has no parts")
    if message.defects:
        raise BadRequest("The multipart body is cut short or malformed")
    for part in message.iter_parts():
        data = part.get_payload(decode=True)
        name = str(part.get_filename() or "")
        media_type = part.get_content_type()
        if media_type in ("text/plain", "application/octet-stream") and "." in name:
            media_type = name.rpartition(".")[2]
        yield Part(media_type, data if isinstance(data, bytes) else b"")


def _as_ntriples(part: Part, target: Target, base: str) -> bytes:
    """Return a document as N-Triples, or N-Quads when it is for the whole dataset.

    Raises:
        UnsupportedMedia: its type is not one we read.
        BadRequest: it cannot be parsed.
        Conflict: it names graphs of its own but is sent to one graph.
    """
    rdf_format = _input_format(part.media_type)
    whole = target.kind == "all"
    base_iri = target.name or base
    try:
        quads = list(ox.parse(part.data, rdf_format, base_iri=base_iri, rename_blank_nodes=True))
    except (SyntaxError, ValueError) as error:
        said = getattr(error, "msg", None) or str(error)
        raise BadRequest(f"The data cannot be parsed: {said}") from error
    if not whole and any(not isinstance(q.graph_name, ox.DefaultGraph) for q in quads):
        raise Conflict("The data name graphs of their own; send them to the whole store")
    output = ox.RdfFormat.N_QUADS if whole else ox.RdfFormat.N_TRIPLES
    lines = quads if whole else [quad.triple for quad in quads]
    return ox.serialize(lines, format=output) or b""


def _input_format(media_type: str) -> ox.RdfFormat:
    """Return the format of a media type or file suffix."""
    found = ox.RdfFormat.from_media_type(media_type) or ox.RdfFormat.from_extension(media_type)
    if media_type == "text/plain":
        found = ox.RdfFormat.N_TRIPLES
    if found is None:
        raise UnsupportedMedia(f"Data of type {media_type[:60]!r} are not read here")
    return found
