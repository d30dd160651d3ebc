"""The pages people read: one module per kind of page, each a blueprint."""

from __future__ import annotations

from flask import Blueprint

from ..reconcile import pages as reconcile
from . import (
    ask,
    claims,
    discovery,
    documents,
    entities,
    explain,
    exports,
    figures,
    home,
    linked_data,
    model,
    permalinks,
    pictures,
    questions,
    schema_org,
    search,
    terms,
    versions,
    years,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.pages,
    questions.pages,
    documents.pages,
    search.pages,
    figures.pages,
    ask.pages,
    model.pages,
    pictures.pages,
    claims.pages,
    explain.pages,
    versions.pages,
    years.pages,
    discovery.pages,
    exports.pages,
    reconcile.pages,
    permalinks.pages,
    terms.pages,
    schema_org.pages,
    linked_data.pages,
    entities.pages,
)
"""In the order they are registered."""
