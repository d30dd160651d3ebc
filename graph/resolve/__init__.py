"""Decide which mentions, of one document or of many, mean the same thing.

Documents go by once. Of each mention only its form is kept (a kind and a normal form of the name),
so memory grows with the number of different names and not with the text. At the end forms become
entities: first those an authority record knows, then those whose names agree. What may be the same
but need not be becomes a scored candidate and never an identity.
"""

from __future__ import annotations

from .resolution import Resolution, resolve

__all__ = ["Resolution", "resolve"]
