"""One document, from file to extraction: the converter's process, step by step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from . import documents
from .extract.figures import find_figures
from .extract.references import find_references
from .extract.statements import find_statements
from .language.dates import find_dates
from .language.quantities import find_quantities
from .language.sentences import split
from .mentions import add_references, find_mentions
from .model import DateValue, Document, Extraction, Quantity
from .structure import structure


def convert(source: Path, slug: str = "") -> Extraction:
    """Read one file and return what it holds; *slug* overrides the one made from its name.

    Raises:
        DocumentError: the file cannot be read as a document.
    """
    return extract(documents.read(source, slug))


def extract(document: Document) -> Extraction:
    """Return what a document that has been read holds; the text is not changed."""
    document = split(structure(document))
    references, markers = find_references(document)
    mentions = add_references(document, find_mentions(document), references)
    dates, quantities = numbers(document)
    found = Extraction(document, mentions, dates, quantities, references, markers)
    found = replace(found, figures=find_figures(found))
    return find_statements(found)


def _date_at(date: DateValue, offset: int) -> DateValue:
    """Return *date* moved by *offset*; `replace` would take several times as long."""
    return DateValue(
        date.start + offset, date.end + offset, date.text, date.edtf, date.earliest, date.latest
    )


def _quantity_at(quantity: Quantity, offset: int) -> Quantity:
    return Quantity(
        quantity.start + offset,
        quantity.end + offset,
        quantity.text,
        quantity.lower,
        quantity.upper,
        quantity.comparator,
        quantity.approximate,
        quantity.unit,
        quantity.noun,
    )


def numbers(document: Document) -> tuple[tuple[DateValue, ...], tuple[Quantity, ...]]:
    """Return the dates and quantities of all sentences, at offsets into the document."""
    dates: list[DateValue] = []
    quantities: list[Quantity] = []
    block, anchor = -1, None
    for sentence in document.sentences:
        if sentence.block != block:
            block, anchor = sentence.block, None
        here = find_dates(sentence.text, sentence.language, anchor)
        anchor = here[-1] if here else None
        counted = find_quantities(sentence.text, sentence.language, dates=here)
        if here:
            dates += [_date_at(date, sentence.start) for date in here]
        if counted:
            quantities += [_quantity_at(quantity, sentence.start) for quantity in counted]
    return tuple(dates), tuple(quantities)
