"""Join points into ranges, and read the words that open, close or blur them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ...model import DateValue
from .patterns import Patterns, negation, patterns
from .points import WINDOW
from .values import Point, Range, is_valid

Item = Point | Range


def join(items: Sequence[Item], text: str, language: str) -> list[Item]:
    """Return the items with each "from … to …" pair made one range."""
    rules = patterns(language)
    joined: list[Item] = []
    for item in items:
        left = joined[-1] if joined else None
        if isinstance(left, Point) and isinstance(item, Point):
            start = _joined_from(left, item, text, rules)
            pair = _range(left, item, start) if start is not None else None
            if pair is not None:
                joined[-1] = pair
                continue
        joined.append(item)
    return joined


def _joined_from(left: Point, right: Point, text: str, rules: Patterns) -> int | None:
    """Return where the range begins ("from" and "between" belong to it), or None if it is none."""
    gap = text[left.end : right.start]
    if len(gap) > 16:
        return None
    before = text[max(0, left.start - WINDOW) : left.start]
    joins = rules.joins
    opened = joins.opened_by_from.search(before) if joins.opened_by_from else None
    start = left.start - len(opened[0]) if opened else None
    if joins.pair and joins.pair.fullmatch(gap):
        opened = joins.opened_by_between.search(before) if joins.opened_by_between else None
        return left.start - len(opened[0]) if opened else None
    if joins.after_from and joins.after_from.fullmatch(gap):
        return start
    if joins.always.fullmatch(gap):
        return left.start if start is None else start
    return None


def _range(left: Point, right: Point, start: int) -> Range | None:
    """Return the two as one, each taking the year (and month) only the other writes."""
    if left.year is None and right.year is not None:
        before = (left.month or 0, left.day or 0) <= (right.month or 12, right.day or 31)
        left = replace(left, year=right.year if before else right.year - 1)
    elif right.year is None and left.year is not None:
        after = (left.month or 0) <= (right.month or 12)
        right = replace(right, year=left.year if after else left.year + 1)
    if not all(is_valid(p.year, p.month, p.day) for p in (left, right)):
        return None
    if left.whole and left.bounds()[0] > right.bounds()[1]:
        return None
    return Range(start, right.end, left, right)


def value(item: Item, text: str, plain: str, language: str) -> DateValue:
    """Return the date of an item, with the operator words around it taken in.

    *plain* is *text* narrowed.
    """
    rules = patterns(language)
    operator, start, end = _operator(item, plain, rules)
    if isinstance(item, Range):
        left, right = item.left, item.right
        first, last = left.bounds()[0], right.bounds()[1]
        edtf = f"{left.edges()[0]}/{right.edges()[1]}"
        return _value(text, start, end, edtf, first, last, operator, (left, right))
    if operator == "about":
        item = replace(item, qualifier="~")
    first, last = item.bounds()
    return _value(text, start, end, item.edtf(), first, last, operator, (item, item))


def _value(
    text: str,
    start: int,
    end: int,
    edtf: str,
    first: date,
    last: date,
    operator: str,
    ends: tuple[Point, Point],
) -> DateValue:
    earliest: date | None = first
    latest: date | None = last
    opening, closing = ends[0].edges(), ends[1].edges()
    if operator == "since":
        edtf, latest = f"{opening[0]}/..", None
    elif operator == "after":
        edtf, earliest, latest = f"{closing[1]}/..", _after(ends[1]), None
    elif operator == "until":
        edtf, earliest = f"../{closing[1]}", None
    elif operator == "before":
        edtf, earliest, latest = f"../{opening[0]}", None, _before(ends[0])
    return DateValue(start, end, text[start:end], edtf, earliest, latest)


def _after(point: Point) -> date:
    """Return the first day of the last unit of the point: "after 1950" may still be in 1950."""
    if point.span == 1 and not point.part:
        return point.bounds()[0]
    last = point.bounds()[1]
    return date(last.year, 1, 1) if point.span > 1 else date(last.year, last.month, 1)


def _before(point: Point) -> date:
    """Return the last day of the first unit of the point."""
    if point.span == 1 and not point.part:
        return point.bounds()[1]
    first = point.bounds()[0]
    if point.span > 1:
        return date(first.year, 12, 31)
    return replace(point, part="", month=first.month, day=None).bounds()[1]


def _operator(item: Item, text: str, rules: Patterns) -> tuple[str, int, int]:
    """Return the operator of an item and the stretch of text with the operator's words."""
    start, end = item.start, item.end
    before = text[max(0, start - WINDOW) : start]
    found = rules.operator_before.search(before) if rules.operator_before else None
    if found:
        operator, length = found
        opening = start - length
        clause = text[max(0, opening - 96) : opening]
        if operator == "until" and negation().search(clause):
            return "", start, end
        if not (isinstance(item, Range) and operator in {"since", "about"}):
            return operator, opening, end
    found = rules.operator_after.match(text, end) if rules.operator_after else None
    if found:
        operator, length = found
        if not isinstance(item, Range):
            return operator, start, end + length
        if operator == "until":
            return "", start, end + length
    return "", start, end
