"""A dataset as queries see it: whole, and as the union of its graphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from maizuru.graph.store.union import named_quads
from maizuru.graph.store.wording import worded

from .known import Known

Asked = tuple[str, tuple[str, ...] | None, tuple[str, ...] | None]
"""A query, and the default and named graphs of its request."""


@dataclass(frozen=True, slots=True)
class Views:
    """The stores that hold one dataset."""

    dataset: ox.Store
    """Named graphs, and the stored default graph."""
    union: ox.Store | None = None
    """The union of all graphs by itself; None if the dataset has to do for it."""
    union_loaded: bool = False
    """True if the stored default graph of the dataset is that union, and not its own."""
    wordings: Known[Asked, str] | None = None
    """Queries as the engine was asked them, where the dataset never changes; else None."""

    def quads(self) -> Iterator[ox.Quad]:
        """Return an iterator over the quads of the dataset, without a union that was loaded."""
        return named_quads(self.dataset) if self.union_loaded else iter(self.dataset)

    def wording(self, asked: Asked) -> str:
        """Return a query as the engine has to be asked it; see `worded`."""
        known = self.wordings
        text = None if known is None else known.get(asked)
        if text is None:
            text = worded(self.dataset, *asked)
            if known is not None:
                known.keep(asked, text, len(text) + len(asked[0]))
        return text
