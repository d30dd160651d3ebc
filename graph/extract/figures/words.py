"""The word lists about the scope and voice of figures, from ``rules/figures.toml``."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ...language.labelled import spaced
from ...resources import rules


def words_of(language: str) -> dict[str, Any]:
    """Return the raw rules of *language*; English ones for a language without rules."""
    data = rules("figures")
    found: dict[str, Any] = data.get(language) or data["en"]
    return found


@cache
def expression(text: str) -> re.Pattern[str]:
    """Return a compiled expression in which a space stands for any white space."""
    return re.compile(spaced(text) if text else "(?!)", re.IGNORECASE)
