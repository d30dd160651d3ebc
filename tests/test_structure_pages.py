"""Whole pages of many kinds of site: what is furniture, what is text, character by character.

A page in ``cases/pages`` says of each of its lines what it is: ``+`` text, ``~`` title, caption or
metadata, ``=`` heading, ``-`` furniture, ``?`` either.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from maizuru.graph import documents
from maizuru.graph.model import BlockKind
from maizuru.graph.structure import structure

PAGES = sorted((Path(__file__).parent / "cases" / "pages").glob("*.txt"))
WRAPPED = {"memoir_ocr", "pdf_running"}
"""Pages whose lines were cut at a width: they cannot stand a line apart."""
SKIPPED = {BlockKind.BOILERPLATE, BlockKind.HEADING}

Line = tuple[str, str]


def lines_of(page: Path) -> list[Line]:
    """Return the lines of a page, each with its sign."""
    return [(line[:1], line[2:]) for line in page.read_text(encoding="utf-8").splitlines()]


def wrong(lines: list[Line], gap: str) -> list[Line]:
    """Return the lines that were taken for something else, with the sign they should have."""
    text = "".join(body + (gap if body else "\n") for _, body in lines)
    document = structure(documents.from_text(text))
    skipped = set[int]()
    for block in document.blocks:
        if block.kind in SKIPPED:
            skipped.update(range(block.start, block.end))
    found = []
    position = 0
    for sign, body in lines:
        here = {i for i in range(position, position + len(body)) if not text[i].isspace()}
        part = len(here & skipped) / len(here) if here else 0
        if (sign in "-=" and part < 1) or (sign in "+~" and part > 0 and body):
            found.append((sign, body))
        position += len(body) + len(gap if body else "\n")
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_line_by_line(page: Path) -> None:
    assert wrong(lines_of(page), "\n") == []


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.stem not in WRAPPED], ids=lambda page: page.stem
)
def test_page_with_blank_lines_between(page: Path) -> None:
    assert wrong(lines_of(page), "\n\n") == []
