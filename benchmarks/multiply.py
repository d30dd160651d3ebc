"""Make a large release out of a small one: the same documents again and again, told apart by name.

    python benchmarks/multiply.py RELEASE OUT QUADS

Every copy keeps the shape of real data: its own documents, entities, figures, statements and
conclusions. Ontology, vocabularies and authority records stay single. Used to measure exports and
pages at a million quads.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from maizuru.graph.release import DATA, MANIFEST, write_data, write_json
from maizuru.graph.sorting import sorted_unique
from maizuru.graph.store import write_release_store

_SHARED = re.compile(r"/graph/(?:about|authority|ontology|vocabulary)> \.$")
_OWN = re.compile(r"(<[^<>\s]+/id/[^<>\s#]+|<[^<>\s]+/graph/document/[^<>\s#]+)")


def multiply(release: Path, out: Path, quads: int) -> int:
    """Write into *out* a release of at least *quads* quads; return how often it was copied."""
    lines = gzip.decompress((release / DATA).read_bytes()).decode().splitlines()
    own = sum(not _SHARED.search(line) and _OWN.search(line) is not None for line in lines)
    copies = max(1, -(-(quads - len(lines) + own) // own))
    texts = out / "documents"
    texts.mkdir(parents=True)
    for number in range(copies):
        for text in sorted((release / "documents").iterdir()):
            (texts / f"{text.stem}{_suffix(number)}{text.suffix}").write_bytes(text.read_bytes())
    with TemporaryDirectory(dir=out) as scratch:
        everything = sorted_unique(_copied(lines, copies), Path(scratch))
        digest = write_data(everything, out / DATA)
    manifest = json.loads((release / MANIFEST).read_text("utf-8"))
    manifest["data_sha256"] = digest
    manifest["documents"] = [
        document | {"slug": document["slug"] + _suffix(number)}
        for number in range(copies)
        for document in manifest["documents"]
    ]
    write_json(out / MANIFEST, manifest)
    write_release_store(out)
    return copies


def _suffix(number: int) -> str:
    return f"-copy-{number}" if number else ""


def _copied(lines: list[str], copies: int) -> Iterator[str]:
    """Yield the lines of every copy; what all copies share comes once."""
    for number in range(copies):
        suffix = _suffix(number)
        for line in lines:
            if not number:
                yield line
            elif not _SHARED.search(line):
                yield _OWN.sub(rf"\g<1>{suffix}", line)


if __name__ == "__main__":
    release_folder, out_folder, wanted = sys.argv[1:]
    print(multiply(Path(release_folder), Path(out_folder), int(wanted)), "copies")
