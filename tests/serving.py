"""The service over a release, inside the test's own process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flask import Blueprint, Flask

from maizuru.graph.store import open_release
from maizuru.graph.store.local import LocalStore
from maizuru.server.app import create_app
from maizuru.server.engines import LocalEngine
from maizuru.server.pages import BLUEPRINTS
from maizuru.server.settings import Settings

SETTINGS = Settings(access_log="", client_seconds=1e6, client_requests=10_000)
"""No log, and more for one client than any test asks."""


def serving(
    release: Path,
    settings: Settings = SETTINGS,
    *,
    writable: bool = True,
    blueprints: Sequence[Blueprint] = BLUEPRINTS,
) -> Flask:
    """Return the application over *release*, with the pages of *blueprints*."""
    store = open_release(release)
    assert isinstance(store, LocalStore)
    engine = LocalEngine(store.raw, settings, writable=writable, union_loaded=store.union_loaded)
    return create_app(settings, engine=engine, blueprints=blueprints, texts=release / "documents")
