"""One service at a time may change a release."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from maizuru.graph.errors import StoreError

LOCK = ".lock"


@contextmanager
def locked(release: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the release's lock; processes forked meanwhile hold it until they end.

    Raises:
        StoreError: another process holds it, also after *wait* seconds.
    """
    try:
        handle = os.open(release / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(f"The release {release.name}/ cannot be written to") from error
    try:
        deadline = time.monotonic() + wait
        while not _taken(handle):
            if time.monotonic() > deadline:
                raise StoreError(f"The release {release.name}/ is in use by a service")
            time.sleep(0.05)
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
