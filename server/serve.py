"""Run the service: granian speaks HTTP, in processes of its own."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

from maizuru.graph.errors import ReleaseError
from maizuru.graph.store import DiskStore, MemoryStore, open_release

from .app import create_app
from .engines import LocalEngine
from .settings import Settings


def serve_folder(folder: Path | None, settings: Settings) -> None:
    """Serve a release until told to stop (SIGTERM, SIGINT); SIGHUP starts fresh workers.

    Raises:
        ReleaseError: the release cannot be opened.
    """

    def application() -> Flask:
        store = open_release(folder or Path())
        if not isinstance(store, MemoryStore | DiskStore):
            raise ReleaseError("The release is not in an embedded store")
        return create_app(settings, engine=LocalEngine(store.raw, settings))

    http_server(settings).serve(target_loader=application, wrap_loader=False)


def http_server(settings: Settings) -> MPServer:
    """Return the HTTP server that the settings ask for, not yet running."""
    return MPServer(
        "maizuru",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=max(1, settings.workers),
        blocking_threads=settings.threads,
        backpressure=settings.threads * 2,
        http=HTTPModes.http1,
        websockets=False,
        http1_settings=HTTP1Settings(
            header_read_timeout=round(settings.header_seconds * 1000), keep_alive=True
        ),
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
