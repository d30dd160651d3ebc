"""Cut a document into blocks: what is content, what supports it, and what is site furniture.

Lines become units; each step marks or cuts those that no earlier step has decided on:

    units → pages → tables → legends → sections with a known name → notes → captions → comments
          → furniture, metadata, title → headings, lists, quotations → repeats → blocks → inlines
"""

from __future__ import annotations

from dataclasses import replace

from ..model import Document
from . import (
    captions,
    comments,
    furniture,
    head,
    headings,
    notes,
    pages,
    repeats,
    tables,
    title,
    zones,
)
from .blocks import blocks_of, tables_of
from .inlines import find_inlines
from .units import Unit, units_of, unwrap

__all__ = ["structure"]


def structure(document: Document) -> Document:
    """Return *document* with its blocks, inline stretches and tables, its title and metadata.

    Every character belongs to exactly one block: the first begins at 0, each ends where the next
    begins, the last ends with the text. Blocks the source's markup gave are kept and refined.
    """
    units = units_of(document)
    metadata = dict(document.metadata)
    units = _cut(units, document.text)
    headline = _classify(units, metadata)
    units = notes.join_entries(units, document.text)
    units = headings.split_headings(units, document.text)
    _finish(units)
    blocks = blocks_of(units, len(document.text))
    return replace(
        document,
        title=headline.text if headline and not headline.given else document.title,
        metadata=metadata,
        blocks=blocks,
        inlines=find_inlines(document.text, blocks),
        tables=tables_of(document, units, blocks),
    )


def _cut(units: list[Unit], text: str) -> list[Unit]:
    """Cut units that hold more than one block, and join those that make one table."""
    pages.mark_pages(units)
    lines = len(units)
    units = unwrap(units, text)
    if len(units) < lines:
        pages.mark_pages(units)
    units = head.split_title(units, text)
    units = tables.find_tables(units, text)
    return captions.split_captions(units, text)


def _classify(units: list[Unit], metadata: dict[str, str]) -> Unit | None:
    """Mark what supports the text and what does not belong to it; return the title."""
    captions.mark_legends(units)
    zones.mark_zones(units)
    notes.mark_notes(units)
    head.mark_contributors(units, metadata)
    head.mark_labelled(units, metadata)
    captions.mark_captions(units)
    comments.mark_comments(units)
    first, last = furniture.body_bounds(units)
    head.mark_metadata(units[:first], metadata)
    title.mark_record(units[:first])
    head.mark_pairs(units[:first])
    head.mark_metadata(units[last:], metadata)
    title.mark_record(units[last:])
    furniture.mark_lines(units)
    furniture.mark_adverts(units)
    furniture.mark_cards(units)
    headline = title.mark_title(units, first)
    title.mark_labels(units[:first], headline)
    title.mark_standfirst(units[:first], headline)
    head.mark_site_dates(units[:first], headline, metadata)
    head.mark_byline(units[:first], metadata)
    furniture.mark_head(units[:first])
    first, last = furniture.body_bounds(units)
    furniture.mark_links(units, last)
    furniture.mark_tail(units[last:])
    furniture.mark_strays(units)
    head.mark_signature(units, metadata)
    head.mark_biography(units, metadata)
    return headline


def _finish(units: list[Unit]) -> None:
    """Mark what is left by its shape: headings, captions, lists, quotations, paragraphs."""
    headings.mark_headings(units)
    headings.mark_lists(units)
    captions.mark_unfinished(units)
    headings.mark_quotations(units)
    headings.mark_paragraphs(units)
    headings.mark_empty_headings(units)
    repeats.mark_repeats(units)
    pages.mark_continuations(units)
