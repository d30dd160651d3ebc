"""Checksums of the files of a disk store, so that damage is found before a query meets it.

The engine writes a table file once and never again, and begins a new manifest whenever it opens a
store for writing; what updates add stands in new files, which are noted once the engine has closed
them, and what is no longer needed is removed. So a file that is there and is noted must be as it
was; one that is not noted was left by an update that was killed.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from ..errors import StoreError

SUMS = "store.sha256"
_LINE = re.compile(r"([0-9a-f]{64})  ((?:store|union)/(?:\w+\.sst|MANIFEST-\d+))")


def write_sums(folder: Path) -> None:
    """Note the checksums of the stores in *folder*, as ``sha256sum`` does."""
    paths = [*folder.glob("*/*.sst"), *folder.glob("*/MANIFEST-*")]
    noted = {path.relative_to(folder).as_posix(): _digest(path) for path in paths}
    (folder / SUMS).write_text(_list(noted), "ascii")


def note_tables(folder: Path) -> None:
    """Note the table files that an update added to the stores in *folder*, which are closed.

    Raises:
        StoreError: the list of checksums is damaged.
    """
    noted = _noted(folder)
    if noted is None:
        return
    paths = {path.relative_to(folder).as_posix(): path for path in folder.glob("*/*.sst")}
    there = {name: digest for name, digest in noted.items() if (folder / name).exists()}
    added = {name: _digest(path) for name, path in paths.items() if name not in noted}
    if there == noted and not added:
        return
    beside = folder / f".{SUMS}"
    with beside.open("w", encoding="ascii") as file:
        file.write(_list(there | added))
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, folder / SUMS)


def check_sums(folder: Path) -> None:
    """Make sure that the files of the stores in *folder* are as they were written.

    Raises:
        StoreError: one is not, or the list of checksums is damaged itself.
    """
    for name, digest in (_noted(folder) or {}).items():
        try:
            differs = _digest(folder / name) != digest
        except FileNotFoundError:
            continue
        if differs:
            raise StoreError(
                f"{name} in {folder.name}/ is not the file that was written: its checksum "
                "differs; restore a backup, or build the release again"
            )


def _list(noted: dict[str, str]) -> str:
    lines = [f"{digest}  {name}\n" for name, digest in sorted(noted.items())]
    return "".join([*lines, f"# {len(lines)} files\n"])


def _noted(folder: Path) -> dict[str, str] | None:
    """Return the checksums by file, or None if none were noted; raises as `check_sums`."""
    sums = folder / SUMS
    if not sums.is_file():
        return None
    *lines, last = sums.read_text("ascii", "replace").splitlines() or [""]
    found = [_LINE.fullmatch(line) for line in lines]
    noted = {match[2]: match[1] for match in found if match is not None}
    if last != f"# {len(lines)} files" or len(noted) < len(lines):
        raise StoreError(f"{SUMS} in {folder.name}/ is damaged")
    return noted


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
