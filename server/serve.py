"""Run the service: the door takes connections, granian speaks HTTP, readers answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import nullcontext, suppress
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path

from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer, WorkerProcess

from maizuru.graph.errors import ReleaseError

from .app import EXTENSION, Services, create_app
from .door import AT_THE_END, Door, listen
from .jobs import Engine
from .launch import free_port
from .lending import Lender
from .pages import BLUEPRINTS, prepare
from .readers import guardian
from .readers.board import Board
from .readers.dataset import open_dataset
from .readers.lock import locked
from .readers.pool import ReaderPool
from .remote import RemoteEngine
from .scratch import scratch_folder
from .settings import Settings

PRIVATE_HOST = "127.0.0.1"
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
    with listen(settings) as listener:
        server = HttpServer(settings)

        def application() -> Flask:
            found, addresses = engine(), dict[str, str]()
            app = create_app(
                settings, engine=found, blueprints=BLUEPRINTS, texts=texts, addresses=addresses
            )
            lender = _lender(app, found, settings)
            door = Door(settings, listener, server.private, addresses, lender)
            threading.Thread(target=door.serve, args=(server.orders,), daemon=True).start()
            Finalize(None, door.finish, exitpriority=100)
            prepare(app)
            return app

        server.serve(target_loader=application, wrap_loader=False)


def _lender(app: Flask, engine: Engine, settings: Settings) -> Lender | None:
    """Return what lends connections to readers, where there are any for that."""
    if not isinstance(engine, ReaderPool) or not settings.lent_count():
        return None
    services: Services = app.extensions[EXTENSION]
    lender = Lender(settings, engine, services.budgets, services.front)
    services.front.metrics.settle = lender.settle
    return lender


class HttpServer(MPServer):
    """The HTTP server: each of its processes listens at an address of its own behind its door."""

    orders: socket.socket
    """Where the process that is being started will be told to end."""

    def __init__(self, settings: Settings) -> None:
        """Set up as the settings ask."""
        self.private = (PRIVATE_HOST, free_port())
        super().__init__(
            "maizuru",
            address=PRIVATE_HOST,
            port=self.private[1],
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

    def _spawn_worker(  # type: ignore[override]
        self, idx: int, target: Callable[..., None], callback_loader: Callable[[], Flask]
    ) -> WorkerProcess:
        """Prepare what the process will find: its private address, and where its orders come."""
        self.private = (PRIVATE_HOST, free_port())
        self.bind_port = self.private[1]
        self._init_shared_socket()  # type: ignore[no-untyped-call]
        ours, self.orders = socket.socketpair()
        worker = super()._spawn_worker(idx, target, callback_loader)
        worker.terminate = partial(_end, ours, worker)  # type: ignore[method-assign]
        return worker


def _end(orders: socket.socket, worker: WorkerProcess) -> None:
    """Close the door of an HTTP process before it is told to end."""
    with orders, suppress(OSError):
        if worker.is_alive():  # type: ignore[no-untyped-call]
            orders.settimeout(AT_THE_END + 1)
            orders.sendall(b"x")
            orders.recv(1)
    WorkerProcess.terminate(worker)  # type: ignore[no-untyped-call]
