"""A dataset as queries see it: whole, and as the union of its graphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from maizuru.graph.store.union import named_quads


@dataclass(frozen=True, slots=True)
class Views:
    """The stores that hold one dataset."""

    dataset: ox.Store
    """Named graphs, and the stored default graph."""
    union: ox.Store | None = None
    """The union of all graphs by itself; None if the dataset has to do for it."""
    union_loaded: bool = False
    """True if the stored default graph of the dataset is that union, and not its own."""

    def quads(self) -> Iterator[ox.Quad]:
        """Return an iterator over the quads of the dataset, without a union that was loaded."""
        return named_quads(self.dataset) if self.union_loaded else iter(self.dataset)
