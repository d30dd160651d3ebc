"""The guardian: starts the keeper and, should it die, another; small, so that it has no reason to.

    service ── guardian ── keeper ── readers
                           keeper ── a fork that makes a change and becomes the next keeper

It adopts the keeper that a change leaves behind, and all end with the service.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import time
from collections.abc import Callable
from pathlib import Path

from maizuru.graph.errors import MaizuruError

from ..settings import Settings
from .board import Board
from .dataset import Dataset
from .isolation import adopt_orphans
from .keeper import Keeper, leave_process

RESTART_PAUSE = 1.0
"""Seconds before a keeper that died is replaced."""

log = logging.getLogger("maizuru.guardian")


class Guard:
    """The service's hold on its guardian."""

    def __init__(self, pid: int, lifeline: int, first: int) -> None:
        """Remember the process, the pipe whose closing ends it, and the pipe of first news."""
        self.pid = pid
        self._lifeline = lifeline
        self._first = first

    def wait(self) -> str:
        """Wait until the dataset is loaded; return empty text, or why it cannot be."""
        with os.fdopen(self._first, "rb") as news:
            told = news.read().decode()
        return told.removeprefix("+") if told else "The dataset could not be loaded"

    def close(self) -> None:
        """End the guardian, the keeper and the readers."""
        os.close(self._lifeline)
        os.waitpid(self.pid, 0)


def start(make: Callable[[], Dataset], settings: Settings, board: Board, folder: Path) -> Guard:
    """Start the guardian and through it the keeper; call `Guard.wait` before serving.

    *make* is called in the keeper's process.
    """
    lifeline_in, lifeline_out = os.pipe()
    news_in, news_out = os.pipe()
    pid = os.fork()
    if pid:
        os.close(lifeline_in)
        os.close(news_out)
        return Guard(pid, lifeline_out, news_in)
    try:
        os.close(lifeline_out)
        os.close(news_in)
        _guard(make, settings, board, folder, lifeline_in, news_out)
    finally:
        leave_process(0)


def _guard(
    make: Callable[[], Dataset],
    settings: Settings,
    board: Board,
    folder: Path,
    lifeline: int,
    news: int,
) -> None:
    """Keep a keeper running until the lifeline closes."""
    adopt_orphans()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        first = _fork_keeper(make, settings, board, folder, lifeline, news)
        if news >= 0:
            os.close(news)
            news = -1
        if _wait(first, board, lifeline):
            return
        log.error("the keeper of the dataset died; starting another")
        time.sleep(RESTART_PAUSE)


def _wait(first: int, board: Board, lifeline: int) -> bool:
    """Wait until no keeper is left (False) or the service has ended (True)."""
    while True:
        ended = bool(select.select([lifeline], [], [], 0.1)[0])
        while True:
            try:
                pid, _ = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return ended
            if not pid:
                break
            gone = board.keeper or first
            if pid in (gone, first) and not _alive(gone) and not ended:
                return False
        if ended:
            _end_all()
            return True


def _end_all() -> None:
    """Wait for the keepers, which end with the lifeline."""
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _fork_keeper(
    make: Callable[[], Dataset],
    settings: Settings,
    board: Board,
    folder: Path,
    lifeline: int,
    news: int,
) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        Keeper(make(), settings, board, folder, lifeline, news).run()
    except MaizuruError as error:
        log.error("%s", error)
        if news >= 0:
            os.write(news, str(error).encode())
        os._exit(1)
    finally:
        leave_process(0)
