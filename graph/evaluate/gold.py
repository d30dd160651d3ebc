"""Read a gold standard: annotations whose offsets are carried over to the converted documents.

The format is that of ``documents.json`` beside ``entities.jsonl``, ``facts.jsonl``,
``citations.jsonl``, ``boilerplate.jsonl`` and ``negatives.jsonl``; any but the first may be absent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..errors import GoldError

Record = dict[str, Any]

FILES = ("entities", "facts", "citations", "boilerplate", "negatives")


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document of the gold standard."""

    name: str
    path: Path
    raw: str
    work: str
    """Id of the entity that stands for the document itself; may be empty."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold standard as it lies on disk; offsets are into the raw files."""

    folder: Path
    documents: Mapping[str, GoldDocument]
    records: Mapping[str, tuple[Record, ...]]
    """By file: ``entities``, ``facts`` … ; a file that is absent has no key."""

    def of(self, file: str, document: str, kind: str = "") -> list[Record]:
        """Return the records of one file that belong to *document*, of one kind if named."""
        return [
            record
            for record in self.records.get(file, ())
            if record.get("doc") == document and (not kind or record.get("kind") == kind)
        ]


def load(folder: Path) -> Gold:
    """Read the gold standard in *folder*.

    Raises:
        GoldError: it is missing, unreadable, or does not fit the documents it names.
    """
    index = folder / "documents.json"
    try:
        listed = json.loads(index.read_text("utf-8"))
    except FileNotFoundError:
        raise GoldError(
            f"There is no gold standard in {folder}: documents.json is missing."
        ) from None
    except (OSError, ValueError) as error:
        raise GoldError(f"{index} cannot be read: {error}.") from error
    if not isinstance(listed, dict):
        raise GoldError(f"{index} does not map document names to files.")
    documents = {name: _document(folder, name, entry) for name, entry in listed.items()}
    records = {name: _records(folder / f"{name}.jsonl") for name in FILES}
    return Gold(
        folder, documents, {name: rows for name, rows in records.items() if rows is not None}
    )


def _document(folder: Path, name: str, entry: Record) -> GoldDocument:
    try:
        path = folder.parent / str(entry["path"])
        data = path.read_bytes()
        raw = data.decode("utf-8")
    except (KeyError, TypeError):
        raise GoldError(f"documents.json gives no path for document {name}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"Document {name} of the gold standard cannot be read: {error}.") from error
    if "sha256" in entry and sha256(data).hexdigest() != entry["sha256"]:
        raise GoldError(f"{path.name} is not the file that document {name} was annotated on.")
    return GoldDocument(name, path, raw, str(entry.get("work", "")))


def _records(path: Path) -> tuple[Record, ...] | None:
    if not path.exists():
        return None
    rows: list[Record] = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise GoldError(f"{path.name}, line {number}: {error}.", line=number) from error
        if not isinstance(row, dict):
            raise GoldError(f"{path.name}, line {number}: not a record.", line=number)
        rows.append(row)
    return tuple(rows)
