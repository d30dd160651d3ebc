"""Do something in a fork, so that what it leaves behind in the process is gone with it.

A disk store starts threads that a fork does not have; a process that ever opened one must not fork
processes that open others. The keeper forks, so it never opens any.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable

from maizuru.graph.errors import MaizuruError, StoreError


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
