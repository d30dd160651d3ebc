"""Intervals on one axis, as numbers a template draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

LEFT, RIGHT, ROW = 10.0, 690.0, 36.0
"""The axis in a picture 700 units wide; a row holds a label and its bar below."""
LETTER, WIDE_LETTER = 6.1, 11.5
"""About how wide a letter of a label is, and one of a script with square characters."""
LONGEST = 70
"""Letters of a label; the rest is cut."""
WIDE = 30.0
"""Ratio of the largest to the smallest value from which the axis is logarithmic."""


@dataclass(frozen=True, slots=True)
class Interval:
    """One figure; an open end is None."""

    lower: float | None
    upper: float | None
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval as drawn; *point* is True where both ends are the same."""

    x: float
    width: float
    y: float
    point: bool
    open_left: bool
    open_right: bool
    label: str
    href: str
    label_x: float
    """Where the label begins: above its bar, and inside the picture."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A picture of intervals."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    height: float
    logarithmic: bool


def draw(intervals: Sequence[Interval]) -> Axis:
    """Place *intervals* on a common axis: linear, or logarithmic where they lie far apart."""
    values = [v for i in intervals for v in (i.lower, i.upper) if v is not None and v > 0]
    if not values:
        return Axis((), (), ROW, False)
    low, high = min(values), max(values)
    logarithmic = high / low > WIDE
    start = low if logarithmic else 0.0
    span = (log10(high) - log10(start)) if logarithmic else high - start

    def at(value: float) -> float:
        share = (log10(max(value, start)) - log10(start) if logarithmic else value) / (span or 1.0)
        return LEFT + share * (RIGHT - LEFT)

    bars = tuple(_bar(interval, n, at(low), at(high), at) for n, interval in enumerate(intervals))
    ticks = tuple(Tick(at(v), f"{v:,.0f}") for v in _ticks(low, high, logarithmic))
    return Axis(bars, ticks, ROW * (len(bars) + 0.5) + 30, logarithmic)


def _bar(interval: Interval, number: int, first: float, last: float, at: object) -> Bar:
    assert callable(at)
    left = first if interval.lower is None else at(interval.lower)
    right = last if interval.upper is None else at(interval.upper)
    label = interval.label[: LONGEST - 1] + "…" if len(interval.label) > LONGEST else interval.label
    width = sum(WIDE_LETTER if ord(letter) > 0x2E80 else LETTER for letter in label)
    return Bar(
        x=round(left, 1),
        width=round(max(right - left, 0.0), 1),
        y=ROW * (number + 0.5) + 10,
        point=interval.lower is not None and interval.lower == interval.upper,
        open_left=interval.lower is None,
        open_right=interval.upper is None,
        label=label,
        href=interval.href,
        label_x=round(max(LEFT, min(left - 4, RIGHT - width)), 1),
    )


def _ticks(low: float, high: float, logarithmic: bool) -> list[float]:
    if logarithmic:
        powers = range(int(log10(low)), int(log10(high)) + 1)
        return [10.0**p for p in powers if low <= 10.0**p <= high] or [low, high]
    step = 10.0 ** int(log10(high))
    while high / step < 3:
        step /= 2
    return [step * n for n in range(int(high / step) + 1)]
