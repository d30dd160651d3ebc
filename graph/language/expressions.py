"""Expressions that are compiled when they are first used."""

from __future__ import annotations

import re
from functools import cached_property


class Expression:
    """An expression that waits to be compiled.

    The rules hold over a thousand, of which one text needs a part; to compile them all takes
    seconds, longer than to convert a short document.
    """

    def __init__(self, source: str, flags: int = 0) -> None:
        """Keep the source."""
        self.source = source
        self._flags = flags

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self.source, self._flags)
