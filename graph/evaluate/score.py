"""Counts, misses and the report that holds them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from ..errors import GoldError


@dataclass(frozen=True, slots=True)
class Score:
    """How much of what was found is right, and how much of what is there was found.

    Counts may be fractions (B³ weighs each mention by its cluster).
    """

    right: float = 0.0
    """Found things that are right."""
    found: float = 0.0
    reached: float = 0.0
    """Gold things that were found."""
    gold: float = 0.0

    def __add__(self, other: Score) -> Score:
        """Pool two counts (micro average)."""
        return Score(
            self.right + other.right,
            self.found + other.found,
            self.reached + other.reached,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """Return the share of found things that are right; 1 when nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Return the share of gold things that were found; 1 when there are none."""
        return self.reached / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One disagreement, for a person to read."""

    document: str
    kind: str
    """``missed``: in the gold only; ``wrong``: found only; ``differs``: found, but otherwise."""
    start: int
    end: int
    text: str
    detail: str


@dataclass(slots=True)
class Layer:
    """One layer of the evaluation: its score overall, per part and per document."""

    name: str
    total: Score = field(default_factory=Score)
    parts: dict[str, Score] = field(default_factory=dict)
    documents: dict[str, Score] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def add(self, document: str, score: Score, part: str = "") -> None:
        """Pool *score* into the total, the document and, if named, the part."""
        self.total += score
        self.documents[document] = self.documents.get(document, Score()) + score
        if part:
            self.add_part(part, score)

    def add_part(self, part: str, score: Score) -> None:
        """Pool *score* into a part only: a breakdown or a second way of counting."""
        self.parts[part] = self.parts.get(part, Score()) + score


@dataclass(frozen=True, slots=True)
class Report:
    """The evaluation of the converter against one gold standard."""

    gold: str
    """Folder of the gold standard."""
    documents: Mapping[str, str]
    """Gold document id and the slug it was converted under."""
    layers: tuple[Layer, ...]
    leaked: int
    """Nodes and triples that come out of boilerplate; the figure to reach is 0."""
    skipped: tuple[str, ...] = ()
    """Sentences that say which layers the gold standard does not hold."""

    def layer(self, name: str) -> Layer:
        """Return the layer of that name.

        Raises:
            KeyError: it was skipped or does not exist.
        """
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise KeyError(name)


def select(report: Report, names: Collection[str]) -> Report:
    """Return the report with only the layers of these names.

    Raises:
        GoldError: there is no layer of one of the names.
    """
    known = {layer.name for layer in report.layers}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise GoldError(f"There is no layer {unknown[0]!r}; there are: {', '.join(sorted(known))}.")
    return replace(report, layers=tuple(layer for layer in report.layers if layer.name in names))
