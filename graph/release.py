"""The release folder: what is in it, and how it comes to be whole or not at all.

    data.nq.gz     every quad, sorted N-Quads; the same input gives the same bytes
    store/         the store's files, where the store keeps any
    documents/     the normalised texts and their structure (``<slug>.txt``, ``<slug>.json``)
    void.ttl       what the dataset holds (VoID)
    report.json    what the conversion read, skipped and missed; ``report.html`` for people
    ro-crate-metadata.json  the release as a research object (RO-Crate 1.3)
    datacite.json           what a repository asks for at deposit (DataCite 4)
    manifest.json  versions, hashes, counts

A release is written beside its place and renamed into it, so a build that fails or is interrupted
leaves an earlier release as it was.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .errors import ReleaseError

DATA = "data.nq.gz"
MANIFEST = "manifest.json"
FORMAT = 1
"""Raised when a release of an older Maizuru can no longer be read."""


@contextmanager
def writing(place: Path) -> Iterator[Path]:
    """Give a new folder that becomes *place* when the block ends well, and vanishes otherwise.

    Raises:
        ReleaseError: *place* is there and is not a release, so it must not be replaced.
    """
    _refuse_foreign(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{place.name}-", suffix=".partial", dir=place.parent))
    beside.chmod(0o755)
    try:
        yield beside
        _swap(beside, place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _refuse_foreign(place: Path) -> None:
    if place.is_dir() and any(place.iterdir()) and not (place / MANIFEST).is_file():
        raise ReleaseError(
            f"{place} holds files that are not a Maizuru release; name an empty or new folder."
        )
    if place.exists() and not place.is_dir():
        raise ReleaseError(f"{place} is a file; a release is a folder.")


def _swap(new: Path, place: Path) -> None:
    """Put *new* where *place* is; the earlier release goes only when the new one stands."""
    if not place.exists():
        new.rename(place)
        return
    earlier = place.with_name(f".{place.name}-{os.getpid()}.earlier")
    place.rename(earlier)
    try:
        new.rename(place)
    except OSError:
        earlier.rename(place)
        raise
    shutil.rmtree(earlier)


def write_data(lines: Iterable[str], path: Path) -> str:
    """Write N-Quads lines as gzip without name or time; return the SHA-256 of the text.

    The hash is of the text, not of the compressed bytes, so that a recompressed copy still agrees.
    """
    digest = sha256()
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as out:
        for line in lines:
            data = f"{line}\n".encode()
            digest.update(data)
            out.write(data)
    return digest.hexdigest()


def write_json(path: Path, value: object) -> None:
    """Write JSON the way a person can read and a diff can follow."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def versions() -> dict[str, str]:
    """Return the versions of what made the release."""
    return {name: version(name) for name in ("maizuru", "pyoxigraph", "rdflib", "owlrl")}


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a release.

    Raises:
        ReleaseError: there is none, it is broken, or it is of another format.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise ReleaseError(f"{folder} is not a release: it has no {MANIFEST}.")
    try:
        manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ReleaseError(f"{path} is not valid JSON: {error}.") from error
    if manifest.get("format") != FORMAT:
        raise ReleaseError(f"{folder} is of release format {manifest.get('format')}, not {FORMAT}.")
    return manifest
