"""Copy a release with its changes while it is served, and put such a copy back."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from maizuru.graph.errors import ReleaseError, StoreError
from maizuru.graph.store import DATA, STORE, DiskStore, check_release
from maizuru.graph.store.release import UNION
from maizuru.graph.store.sums import check_sums

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
            left = shutil.ignore_patterns(STORE, UNION, FOLDER, ".*")
            shutil.copytree(release, copy, ignore=left)
            _copy_stores(release, copy)
            _copy_changes(release, copy)
            verify(copy)
            os.replace(copy, target)
    except OSError as error:
        raise ReleaseError(f"The backup cannot be written: {error.strerror or error}") from error


def _copy_stores(release: Path, copy: Path) -> None:
    """Copy what is on disk; a file that an update removes meanwhile makes us start again.

    An update removes the union before it changes anything: if the union is still there once all is
    copied, it belongs to the copy of the store.
    """
    if not (release / STORE).is_dir():
        return
    for attempt in range(_ATTEMPTS):
        try:
            DiskStore.open(release / STORE).backup(copy / STORE)
            break
        except StoreError:
            shutil.rmtree(copy / STORE, ignore_errors=True)
            if attempt == _ATTEMPTS - 1:
                raise
    if (release / UNION).is_dir():
        with suppress(StoreError):
            DiskStore.open(release / UNION).backup(copy / UNION)
        if not (release / UNION).is_dir():
            shutil.rmtree(copy / UNION, ignore_errors=True)


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
    check_sums(release)
    for name in (STORE, UNION):
        if (release / name).is_dir():
            DiskStore.open(release / name).size()
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
