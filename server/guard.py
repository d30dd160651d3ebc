"""Refuse what no query may ask for, before any engine sees it."""

from __future__ import annotations

import re

from maizuru.graph.errors import QueryError, QueryRefused
from maizuru.graph.store.grammar import check_grammar
from maizuru.graph.store.outline import Outline, outline

from .errors import TooLarge
from .settings import Settings

_VOLATILE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\s*\(", re.IGNORECASE)


def check_query(text: str, settings: Settings) -> Outline:
    """Return the outline of a query that may be evaluated.

    Raises:
        TooLarge: it is too long.
        QueryError: it is nested too deeply, or breaks a rule the engine does not know of.
        QueryRefused: it calls another service that is not on the allow-list.
    """
    if len(text) > settings.max_query_bytes:
        raise TooLarge(f"A query may have {settings.max_query_bytes} bytes")
    found = _check(text, settings)
    check_grammar(text)
    return found


def check_update(text: str, settings: Settings) -> Outline:
    """Return the outline of an update that may be applied.

    Raises:
        QueryError: it is nested too deeply.
        QueryRefused: it loads a document from elsewhere, or calls another service.
    """
    found = _check(text, settings)
    if found.loads:
        raise QueryRefused("LOAD is not allowed here; upload the data instead")
    return found


def _check(text: str, settings: Settings) -> Outline:
    found = outline(text)
    if found.depth > settings.max_nesting:
        raise QueryError(f"Brackets may be nested {settings.max_nesting} deep, not {found.depth}")
    refused = [iri for iri in found.services if iri not in settings.allowed_services()]
    if refused:
        raise QueryRefused("SERVICE is not allowed here: queries stay in this dataset")
    return found


def is_volatile(text: str) -> bool:
    """Tell whether the same query may have another answer each time."""
    return _VOLATILE.search(text) is not None
