"""What captions and legends say of the picture or map they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...model import BlockKind, Document, EntityKind, Mention, Reference, Statement

_ENDING = r"\.(?:pdf|jpe?g|png|svg|gif|djvu|tiff?)\b"
_FILE = re.compile(rf"(?:File:|Image:)?(?P<name>[^\n|:]{{8,200}}?){_ENDING}", re.I)
_HINT = re.compile(_ENDING, re.I)
"""What a file name cannot be without: found at once, where the name is tried at every letter."""


def captioned_works(document: Document) -> list[Mention]:
    """Return the maps and pictures whose file names captions print."""
    return [
        Mention(
            match.start("name"),
            match.end("name"),
            match["name"],
            EntityKind.WORK,
            match["name"].replace("_", " ").strip(),
            document.language,
            "map" if "map" in match["name"].casefold() else "image",
            rule="file name",
        )
        for block in document.blocks
        if block.kind is BlockKind.CAPTION and _HINT.search(document.text, block.start, block.end)
        for match in _FILE.finditer(document.text, block.start, block.end)
    ]


def legend_statement(
    shown: Iterable[Mention], reference: Reference, work: Mention
) -> Iterator[Statement]:
    """Yield that what the legend belongs to, the nearest of *shown*, was made from *work*."""
    near = reference.start
    made = min(shown, key=lambda mention: abs(mention.start - near), default=None)
    if made is not None:
        yield Statement(reference.start, reference.end, made, "derivedFrom", work, rule="legend")
