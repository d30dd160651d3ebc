"""The texts of a release, where they are at hand: the normalised text and its structure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """A document as the converter read it; offsets are code points into *text*."""

    slug: str
    text: str
    structure: dict[str, Any]

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The blocks in order: ``kind``, ``start``, ``end``, ``level``, ``reason``."""
        found: list[dict[str, Any]] = self.structure["blocks"]
        return found


class Texts:
    """The folder ``documents/`` of a release; without one, no text is at hand."""

    def __init__(self, folder: Path | None) -> None:
        """Read texts from *folder* as they are asked for."""
        self._folder = folder

    @property
    def folder(self) -> Path | None:
        """The folder ``documents/`` of the release, where it is at hand."""
        return self._folder

    def get(self, slug: str) -> Text | None:
        """Return a document's text, or None where it is not at hand."""
        return _read(self._folder, slug) if self._folder is not None else None

    def slugs(self) -> tuple[str, ...]:
        """Return the names of the documents at hand, sorted."""
        if self._folder is None or not self._folder.is_dir():
            return ()
        return tuple(sorted(path.stem for path in self._folder.glob("*.txt")))


@lru_cache(maxsize=64)
def _read(folder: Path, slug: str) -> Text | None:
    if Path(slug).name != slug or slug.startswith("."):
        return None
    text, structure = folder / f"{slug}.txt", folder / f"{slug}.json"
    if not text.is_file() or not structure.is_file():
        return None
    body = text.read_text("utf-8")
    return Text(slug, body, json.loads(structure.read_text("utf-8")))
