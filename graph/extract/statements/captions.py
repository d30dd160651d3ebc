"""What captions and legends say of the picture or map they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import BlockKind, Document, EntityKind, Mention, Reference, Statement

_FILE = re.compile(
    r"(?:File:|Image:)?(?P<name>[^\n|:]{8,200}?)\.(?:pdf|jpe?g|png|svg|gif|djvu|tiff?)\b", re.I
)


def captioned_work(document: Document, near: int) -> Mention | None:
    """Return the map or picture whose file name a caption prints, the one nearest to *near*."""
    found = [
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
        if block.kind is BlockKind.CAPTION
        for match in _FILE.finditer(document.text, block.start, block.end)
    ]
    return min(found, key=lambda mention: abs(mention.start - near), default=None)


def legend_statement(
    document: Document, reference: Reference, work: Mention
) -> Iterator[Statement]:
    """Yield that what the legend belongs to was made from the work it names."""
    shown = captioned_work(document, reference.start)
    if shown is not None:
        yield Statement(reference.start, reference.end, shown, "derivedFrom", work, rule="legend")
