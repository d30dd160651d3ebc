"""Copy a release with its changes while it is served, and put such a copy back."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pyoxigraph as ox

from maizuru.graph.errors import ReleaseError, StoreError
from maizuru.graph.store import DATA, STORE, DiskStore, check_release

from .readers.journal import CURRENT, FOLDER, Journal
from .readers.lock import locked

_ATTEMPTS = 5


def backup(release: Path, target: Path) -> None:
    """Copy *release* to *target*, which must not exist; a service may go on changing it.

    Raises:
        ReleaseError: the release is broken, or the copy cannot be written.
    """
    check_release(release)
    if target.exists():
        raise ReleaseError(f"There is something at {target.name} already")
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as scratch:
            copy = Path(scratch) / "copy"
            shutil.copytree(release, copy, ignore=shutil.ignore_patterns(STORE, FOLDER, ".*"))
            if (release / STORE).is_dir():
                DiskStore.open_writable(release / STORE).backup(copy / STORE)
            _copy_changes(release, copy)
            verify(copy)
            os.replace(copy, target)
    except OSError as error:
        raise ReleaseError(f"The backup cannot be written: {error.strerror or error}") from error


def _copy_changes(release: Path, copy: Path) -> None:
    """Copy journal and checkpoint; a checkpoint made meanwhile makes us start again."""
    source, target = release / FOLDER, copy / FOLDER
    for _ in range(_ATTEMPTS):
        if not (source / CURRENT).is_file():
            return
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        try:
            shutil.copy2(source / CURRENT, target)
            for path in source.iterdir():
                if path.name.startswith(("base-", "log-")):
                    shutil.copy2(path, target)
            Journal(copy).load(ox.Store())
        except (FileNotFoundError, StoreError):
            continue
        return
    raise ReleaseError("The changes could not be copied: they were being rewritten all the time")


def verify(release: Path) -> None:
    """Make sure that a release and its changes can be loaded.

    Raises:
        ReleaseError: they cannot.
    """
    check_release(release)
    if (release / STORE).is_dir():
        DiskStore.open(release / STORE).size()
    if (release / FOLDER).is_dir() or not (release / STORE).is_dir():
        Journal(release).load(ox.Store())


def restore(copy: Path, release: Path) -> None:
    """Put a backup in the place of *release*, whole; what was there is kept beside it.

    Raises:
        ReleaseError: the backup is broken, or the place cannot be written.
        StoreError: a service is using the release.
    """
    verify(copy)
    try:
        if release.exists():
            if not (release / DATA).is_file():
                raise ReleaseError(f"{release.name} is no release, and is not replaced")
            with locked(release):
                _put(copy, release)
            return
        _put(copy, release)
    except OSError as error:
        raise ReleaseError(f"The backup cannot be restored: {error.strerror or error}") from error


def _put(copy: Path, release: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=release.parent) as scratch:
        new = Path(scratch) / "new"
        shutil.copytree(copy, new)
        if release.exists():
            number = 1
            while (earlier := release.with_name(f"{release.name}.before-{number}")).exists():
                number += 1
            os.replace(release, earlier)
        os.replace(new, release)
