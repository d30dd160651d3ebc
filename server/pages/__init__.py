"""The pages people read: one module per kind of page, each a blueprint."""

from __future__ import annotations

from flask import Blueprint

from . import (
    ask,
    documents,
    entities,
    figures,
    home,
    linked_data,
    model,
    pictures,
    questions,
    search,
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
    linked_data.pages,
    entities.pages,
)
"""In the order they are registered."""
