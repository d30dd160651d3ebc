"""The application: ``create_app(settings, …)`` makes a fresh one; nothing happens at import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import cast

import pyoxigraph as ox
from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import HTTPException

from maizuru.graph.errors import MaizuruError
from maizuru.graph.store import Store

from .access_log import AccessLog
from .auth import Auth
from .cache import AnswerCache
from .engine_store import EngineStore
from .engines import LocalEngine
from .errors import of_http, render
from .front import Front, Handler, Wsgi
from .graph_store import GraphStore
from .health import Health
from .jobs import Engine
from .limits import Budgets
from .metrics import Metrics
from .settings import Settings
from .sparql import SparqlEndpoint
from .texts import Texts

EXTENSION = "maizuru"


@dataclass(frozen=True, slots=True)
class Services:
    """What blueprints find under ``current_app.extensions["maizuru"]``."""

    settings: Settings
    engine: Engine
    store: Store
    """The dataset; its queries run under the limits of the service."""
    texts: Texts
    """The texts of the documents, where they are at hand."""
    budgets: Budgets
    """What each client may still use; a page that runs a visitor's own query charges it here."""
    front: Front
    """What every request passes, and where it is counted."""


def create_app(
    settings: Settings | None = None,
    *,
    engine: Engine | None = None,
    blueprints: Sequence[Blueprint] = (),
    texts: Path | None = None,
    addresses: Mapping[str, str] = MappingProxyType({}),
) -> Flask:
    """Return the service as a WSGI application.

    *engine* is where queries are evaluated; without one, an empty store in memory. *blueprints* are
    the pages, in the order they are registered. *texts* is the release's folder
    ``documents/``. *addresses* are those of clients that come on connections of other addresses.

    Raises:
        SettingError: the setting for the update token is not a hash.
    """
    settings = settings or Settings()
    engine = engine or LocalEngine(ox.Store(), settings)
    app = Flask(__name__, static_folder="static", template_folder="templates")
    budgets = Budgets(settings.client_seconds, settings.client_queries)
    metrics, log = Metrics(), AccessLog(settings.access_log)
    pages = cast(Wsgi, app.wsgi_app)
    handlers = _handlers(settings, engine, budgets, metrics)
    front = Front(settings, pages, handlers, log, metrics, addresses)
    app.wsgi_app = front  # type: ignore[method-assign]
    found = Services(settings, engine, EngineStore(engine), Texts(texts), budgets, front)
    app.extensions[EXTENSION] = found
    app.register_error_handler(MaizuruError, _page_error)
    app.register_error_handler(HTTPException, _http_error)
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    return app


def _handlers(
    settings: Settings, engine: Engine, budgets: Budgets, metrics: Metrics
) -> dict[str, Handler]:
    """Return the handlers that do without Flask, by path."""
    auth = Auth(settings.update_token)
    cache = AnswerCache(settings.cache_bytes)
    health = Health(engine, metrics)
    return {
        "/sparql": SparqlEndpoint(settings, engine, budgets, cache, auth),
        "/store": GraphStore(settings, engine, budgets, auth),
        "/health": health.health,
        "/ready": health.ready,
        "/metrics": health.metrics,
    }


def _page_error(error: MaizuruError) -> Response:
    """Answer a page's error in the one shape."""
    status, headers, body = render(error, request.headers.get("Accept", ""))
    return Response(body, status, headers)


def _http_error(error: HTTPException) -> Response:
    """Answer what the routing refuses, and a fault of ours, in the same shape."""
    return _page_error(of_http(error))
