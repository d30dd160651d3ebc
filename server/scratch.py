"""The folder of a running service: sockets, and long answers on their way.

A service that is killed cannot remove its folder. Each holds a lock in it, which the kernel lets go
when the last of its processes has ended; the next service to start removes what nobody holds.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "maizuru-run-"
LOCK = "lock"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Make a folder for the length of the block, and remove those of services that were killed."""
    remove_leftovers(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=PREFIX) as name:
        folder = Path(name)
        beside = folder / (LOCK + ".new")
        handle = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            # Only a lock that is held ever has the name that is looked for.
            os.replace(beside, folder / LOCK)
            yield folder
        finally:
            os.close(handle)


def remove_leftovers(parent: Path) -> None:
    """Remove our folders in *parent* whose lock nobody holds; those without one are left."""
    for folder in parent.glob(PREFIX + "*"):
        try:
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            handle = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW)
        except OSError:
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(handle)
