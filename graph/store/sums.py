"""Checksums of the files of a disk store, so that damage is found before a query meets it.

The engine writes a table file once and never again, and begins a new manifest whenever it opens a
store for writing; what updates add stands in new files, of which nothing is noted here, and what is
no longer needed is removed. So a file that is there and is noted must be as it was.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from ..errors import StoreError

SUMS = "store.sha256"
_LINE = re.compile(r"([0-9a-f]{64})  ((?:store|union)/(?:\w+\.sst|MANIFEST-\d+))")


def write_sums(folder: Path) -> None:
    """Note the checksums of the stores in *folder*, as ``sha256sum`` does."""
    paths = sorted([*folder.glob("*/*.sst"), *folder.glob("*/MANIFEST-*")])
    lines = [f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths]
    (folder / SUMS).write_text("".join([*lines, f"# {len(lines)} files\n"]), "ascii")


def check_sums(folder: Path) -> None:
    """Make sure that the files of the stores in *folder* are as they were written.

    Raises:
        StoreError: one is not, or the list of checksums is damaged itself.
    """
    sums = folder / SUMS
    if not sums.is_file():
        return
    *lines, last = sums.read_text("ascii", "replace").splitlines() or [""]
    if last != f"# {len(lines)} files":
        raise StoreError(f"{SUMS} in {folder.name}/ is damaged")
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            raise StoreError(f"{SUMS} in {folder.name}/ is damaged")
        path = folder / match[2]
        try:
            differs = _digest(path) != match[1]
        except FileNotFoundError:
            continue
        if differs:
            raise StoreError(
                f"{match[2]} in {folder.name}/ is not the file that was written: its checksum "
                "differs; restore a backup, or build the release again"
            )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
