"""Run the service: granian speaks HTTP in processes of its own, readers answer in theirs."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

from maizuru.graph.errors import ReleaseError

from .app import create_app
from .jobs import Engine
from .pages import BLUEPRINTS, prepare
from .readers import guardian
from .readers.board import Board
from .readers.dataset import open_dataset
from .readers.lock import locked
from .readers.pool import ReaderPool
from .remote import RemoteEngine
from .scratch import scratch_folder
from .settings import Settings
from .slow import open_connections

SOCKET_ATTEMPTS = 200
LOCK_SECONDS = 5.0
"""Time to wait for the processes of an earlier service that was killed to end."""


def serve_folder(folder: Path | None, settings: Settings) -> None:
    """Serve a release until told to stop (SIGTERM, SIGINT); SIGHUP starts fresh HTTP workers.

    With the setting ``store`` an endpoint elsewhere is served, and *folder*, if given, only lends
    the texts of its documents.

    Raises:
        ReleaseError: the release cannot be opened.
    """
    if settings.store:
        RemoteEngine(settings)
        _serve_http(settings, lambda: RemoteEngine(settings), folder)
        return
    if folder is None:
        raise ReleaseError("There is nothing to serve")
    release = folder.resolve()
    lock = locked(release, LOCK_SECONDS) if settings.update_token else nullcontext()
    board = Board()
    with lock, scratch_folder() as place:
        guard = guardian.start(lambda: open_dataset(release, settings), settings, board, place)
        try:
            if failure := guard.wait():
                raise ReleaseError(failure)
            _serve_http(settings, lambda: ReaderPool(settings, board, place), release)
        finally:
            guard.close()


def _serve_http(settings: Settings, engine: Callable[[], Engine], release: Path | None) -> None:
    """Speak HTTP until told to stop; the application is made in each HTTP process."""
    texts = release.resolve() / "documents" if release else None

    def application() -> Flask:
        stall = max(1, round(settings.stall_seconds * 1000))
        threading.Thread(target=cut_off_stalled, args=(stall,), daemon=True).start()
        app = create_app(settings, engine=engine(), blueprints=BLUEPRINTS, texts=texts)
        prepare(app)
        return app

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
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )


def cut_off_stalled(milliseconds: int) -> None:
    """Have the kernel close connections whose client takes nothing for so long.

    Connections inherit the option from the listening socket. The server makes that after it has
    loaded the application and shows it to nobody, so it is looked for among the open files.
    """
    for _ in range(SOCKET_ATTEMPTS):
        for connection in open_connections():
            with connection:
                if connection.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    option = socket.TCP_USER_TIMEOUT
                    connection.setsockopt(socket.IPPROTO_TCP, option, milliseconds)
                    return
        time.sleep(0.05)
