"""Lists that are shown in part: how much of each, and where the rest is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from flask import request

from maizuru.graph.errors import QueryError

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A stretch of a list; addresses are empty where there is nothing before or after it."""

    items: Sequence[T]
    first: int
    """Number of the first item, from 1."""
    total: int
    size: int
    back: str = ""
    next: str = ""

    @property
    def last(self) -> int:
        """Number of the last item."""
        return self.first + len(self.items) - 1

    def showing(self, items: Sequence[S]) -> Part[S]:
        """Return this stretch of the list with its items as they are shown."""
        return Part(items, self.first, self.total, self.size, self.back, self.next)


def part(items: Sequence[T], size: int, name: str = "from") -> Part[T]:
    """Return the stretch of *items* that begins at the number in the parameter *name*.

    Raises:
        QueryError: the parameter is no number.
    """
    asked = request.args.get(name, "0")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 9):
        raise QueryError(f"“{name}” is the number of a row, not “{asked[:40]}”.")
    start = min(int(asked), max(0, len(items) - 1)) // size * size
    end = start + size
    return Part(
        items[start:end],
        start + 1,
        len(items),
        size,
        _address(name, start - size) if start else "",
        _address(name, end) if end < len(items) else "",
    )


def _address(name: str, start: int) -> str:
    """Return the address of this page with another stretch of the list."""
    values = {key: value for key, value in request.args.items() if key != name}
    if start > 0:
        values[name] = str(start)
    return f"{request.path}?{urlencode(values)}" if values else request.path
