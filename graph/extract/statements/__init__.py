"""Statements: what sentences, titles, captions and references say, in whose voice, how firmly."""

from __future__ import annotations

from .finder import find_statements

__all__ = ["find_statements"]
