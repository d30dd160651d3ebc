"""The pages people read: one module per kind of page, each a blueprint."""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Blueprint, Flask

from maizuru.graph.errors import MaizuruError

from ..i18n import LANGUAGES
from ..reconcile import pages as reconcile
from . import (
    ask,
    claims,
    discovery,
    documents,
    entities,
    explain,
    exports,
    figures,
    home,
    linked_data,
    model,
    permalinks,
    pictures,
    problems,
    questions,
    schema_org,
    search,
    terms,
    versions,
    years,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    problems.pages,
    home.pages,
    questions.pages,
    documents.pages,
    search.pages,
    figures.pages,
    ask.pages,
    model.pages,
    pictures.pages,
    claims.pages,
    explain.pages,
    versions.pages,
    years.pages,
    discovery.pages,
    exports.pages,
    reconcile.pages,
    permalinks.pages,
    terms.pages,
    schema_org.pages,
    linked_data.pages,
    entities.pages,
)
"""In the order they are registered."""

FIRST = (
    *(f"/?lang={language}" for language in LANGUAGES),
    "/search?q=Siberia",
    "/figures",
    "/documents",
    "/map",
    "/timeline",
    "/network",
    "/repatriation",
    "/queries",
    *(f"/queries/{name}" for name in home.WAYS),
    "/ask",
    "/ontology",
    "/compare-documents",
)
"""Pages made once at the start, so that no visitor waits for what all of them share."""


def prepare(app: Flask) -> threading.Thread:
    """Build the search index, read the templates and ask the queries of the entrances, aside."""

    def work() -> None:
        for name in app.jinja_env.list_templates(extensions=["html"]):
            app.jinja_env.get_template(name)
        with app.app_context():
            _try(app, "The model", explain.prepare)
        for address in FIRST:
            with app.test_request_context(address):
                _try(app, address, app.full_dispatch_request)

    thread = threading.Thread(target=work, name="prepare", daemon=True)
    thread.start()
    return thread


def _try(app: Flask, name: str, task: Callable[[], object]) -> None:
    """Do a task, or log in one line why it cannot be done: the pages can do without it."""
    try:
        task()
    except MaizuruError as error:
        app.logger.warning("%s could not be prepared: %s", name, error)
