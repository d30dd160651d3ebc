"""What a reader has worked out of requests lately, so that it need not do so again."""

from __future__ import annotations

from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

MOST = 500
LONGEST = 8_000
"""Length of a request that is worth keeping."""


class Known(dict[Key, Value]):
    """At most `MOST` things found; all are forgotten when there is no more room."""

    def keep(self, key: Key, value: Value, length: int) -> Value:
        """Keep what was found for a request of that length, unless it is too long; return it."""
        if length <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[key] = value
        return value
