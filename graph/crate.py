"""The release as a research object: ``ro-crate-metadata.json`` (RO-Crate 1.3).

https://www.researchobject.org/ro-crate/specification/1.3/. Its date is fixed, so that the same
input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .namespaces import Iris
from .publish import LICENCE

METADATA = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/crate/1.3"
PUBLISHED = "2026-01-01"
"""Required by the specification; releases are told apart by their hash, not by a date."""
DESCRIPTION = (
    "What documents say about the Japanese prisoners of war and internees in the Soviet Union and "
    "Mongolia, each statement with its passage and its voice."
)

_FILES = {
    "data.nq.gz": ("Every quad, sorted N-Quads", "application/gzip"),
    "void.ttl": ("What the dataset holds (VoID)", "text/turtle"),
    "report.json": ("What the conversion read, skipped and missed", "application/json"),
    "report.html": ("The same for people", "text/html"),
    "datacite.json": ("How to register it (DataCite 4)", "application/json"),
    "manifest.json": ("Versions, hashes and counts", "application/json"),
}


def crate(folder: Path, iris: Iris, digest: str, versions: Mapping[str, str]) -> dict[str, Any]:
    """Return the metadata of the release in *folder*; *digest* is the SHA-256 of its N-Quads."""
    files: list[dict[str, Any]] = [
        {"@id": name, "@type": "File", "name": title, "encodingFormat": media_type}
        for name, (title, media_type) in _FILES.items()
    ]
    texts: list[dict[str, Any]] = [
        {
            "@id": f"documents/{path.name}",
            "@type": "File",
            "name": path.stem,
            "encodingFormat": "text/plain" if path.suffix == ".txt" else "application/json",
            "about": {"@id": iris.document(path.stem)},
        }
        for path in sorted((folder / "documents").iterdir())
    ]
    software = {
        "@id": "#maizuru",
        "@type": "SoftwareApplication",
        "name": "Maizuru",
        "version": versions["maizuru"],
        "url": iris.base,
    }
    action = {
        "@id": "#conversion",
        "@type": "CreateAction",
        "name": "Conversion of the documents",
        "instrument": {"@id": "#maizuru"},
        "result": {"@id": "data.nq.gz"},
    }
    licence = {"@id": LICENCE, "@type": "CreativeWork", "name": "CC BY 4.0"}
    parts = [{"@id": item["@id"]} for item in [*files, *texts]]
    graph = [_descriptor(), _root(iris, digest, parts), *files, *texts, software, action, licence]
    return {"@context": f"{PROFILE}/context", "@graph": graph}


def _descriptor() -> dict[str, Any]:
    return {
        "@id": METADATA,
        "@type": "CreativeWork",
        "conformsTo": {"@id": PROFILE},
        "about": {"@id": "./"},
    }


def _root(iris: Iris, digest: str, parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": "Maizuru",
        "description": DESCRIPTION,
        "datePublished": PUBLISHED,
        "license": {"@id": LICENCE},
        "identifier": f"{iris.base}dataset",
        "version": digest,
        "hasPart": parts,
        "mentions": {"@id": "#conversion"},
    }
