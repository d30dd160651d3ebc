"""Cut a document into blocks: what is content, what supports it, and what is site furniture."""

from __future__ import annotations

import re
from dataclasses import replace

from ..model import Block, BlockKind, Document, Inline, InlineKind
from ..resources import rules
from .units import Unit, units_of

__all__ = ["structure"]


def structure(document: Document) -> Document:
    """Return *document* with its blocks, inline stretches and tables.

    Every character belongs to exactly one block: the first begins at 0, each ends where the next
    begins, the last ends with the text.
    """
    units = units_of(document)
    _classify(units)
    return replace(
        document, blocks=_blocks(units, len(document.text)), inlines=_inlines(document.text)
    )


def _classify(units: list[Unit]) -> None:
    page = re.compile(rules("structure")["patterns"]["page-marker"], re.I)
    section = ""
    for index, unit in enumerate(units):
        if unit.given:
            continue
        following = units[index + 1] if index + 1 < len(units) else None
        if page.fullmatch(unit.text):
            unit.mark(BlockKind.BOILERPLATE, "page marker")
        elif index == 0 and len(unit.text) < 150:
            unit.mark(BlockKind.TITLE)
        elif _heading(unit, following):
            unit.mark(BlockKind.HEADING, level=2)
            section = _section(unit.text)
            if section in {"navigation", "related"}:
                unit.mark(BlockKind.BOILERPLATE, section)
        elif section in {"references", "notes", "reading"}:
            unit.mark(BlockKind.REFERENCE)
        elif section == "related":
            unit.mark(BlockKind.BOILERPLATE, "related")
        else:
            unit.mark(BlockKind.PARAGRAPH)


def _heading(unit: Unit, following: Unit | None) -> bool:
    return bool(_section(unit.text)) or (
        len(unit.text) < 80
        and unit.text[-1] not in ".,;:!?。"
        and unit.gap > 0
        and following is not None
        and following.gap > 0
        and len(following.text) > 80
    )


def _section(text: str) -> str:
    name = text.rstrip(":： ").lower()
    for kind, patterns in rules("structure")["sections"].items():
        if any(re.fullmatch(pattern, name, re.I) for pattern in patterns):
            return str(kind)
    return ""


def _blocks(units: list[Unit], length: int) -> tuple[Block, ...]:
    blocks = []
    section: tuple[str, ...] = ()
    for index, unit in enumerate(units):
        start = unit.start if index else 0
        end = units[index + 1].start if index + 1 < len(units) else length
        if unit.kind is BlockKind.HEADING:
            section = (unit.text,)
        kind = unit.kind or BlockKind.PARAGRAPH
        blocks.append(Block(kind, start, end, section, unit.level, unit.reason, unit.continues))
    return tuple(blocks)


def _inlines(text: str) -> tuple[Inline, ...]:
    found = [
        Inline(kind, match.start(), match.end(), match[0])
        for kind, pattern in (
            (InlineKind.CITATION, r"\[ ?\d{1,3} ?\]"),
            (InlineKind.EDITORIAL, r"\[ ?citation needed ?\]"),
        )
        for match in re.finditer(pattern, text)
    ]
    return tuple(sorted(found, key=lambda inline: inline.start))
