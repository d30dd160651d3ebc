"""Do something elsewhere, so that what it leaves behind does not stand in the way.

A disk store starts threads that a fork does not have; a process that ever opened one must not fork
processes that open others. The keeper forks, so it never opens any.

Data in memory are allocated in a thread: glibc gives that an arena of its own, and the main arena,
from which forked readers allocate, stays empty. Among the gaps of a loaded dataset the same queries
take up to three times as long.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from maizuru.graph.errors import MaizuruError, StoreError

T = TypeVar("T")


def aside(work: Callable[[], None]) -> None:
    """Run *work* in a fork.

    Raises:
        StoreError: with the message of the error it ended with, or that it died.
    """
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        _run(work, write)
    os.close(write)
    with os.fdopen(read, "rb") as told:
        message = told.read().decode("utf-8", "replace")
    _, status = os.waitpid(pid, 0)
    if message or status:
        raise StoreError(message or "The store cannot be opened: the engine broke down on it")


def in_own_arena(work: Callable[[], T]) -> T:
    """Do *work* in a thread, which has ended when this returns; return and raise what it does."""
    with ThreadPoolExecutor(1) as executor:
        return executor.submit(work).result()


def _run(work: Callable[[], None], write: int) -> None:
    code = 1
    try:
        work()
        code = 0
    except MaizuruError as error:
        os.write(write, str(error).encode())
    finally:
        if code and sys.exc_info()[0] is not None:
            traceback.print_exc()
        os._exit(code)
