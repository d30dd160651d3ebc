"""Dates that need another: "August 9", "the following year", "two months later"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from .patterns import Found, Patterns, Relative, patterns, sentence_end
from .values import Point, Range, is_valid

Item = Point | Range


def resolve(items: Sequence[Item], text: str, language: str, anchor: Point | None) -> list[Item]:
    """Return the items with years filled in and relative phrases added; drop what stays open.

    A date is anchored by the last one before it in the same sentence or the one before; a day or
    month without a year also by a later one in its own sentence. *anchor* stands before the text.
    """
    if anchor is None and not any(_points(i)[-1].whole for i in items):
        return []
    rules = patterns(language)
    ends = [m.end() for m in sentence_end().finditer(text)]
    signalled = any(signal in text for signal in rules.relative_signals)
    phrases = list(rules.relative.find(text)) if signalled else []
    spans = [(m.start, m.end) for m in phrases]
    kept = [i for i in items if not any(s <= i.start and i.end <= e for s, e in spans)]
    todo: list[Item | Found] = sorted([*kept, *phrases], key=_start)
    done: list[Item] = []
    reached = 0
    for position, entry in enumerate(todo):
        if _start(entry) < reached:
            continue
        here = _anchor(done, anchor, _start(entry), ends)
        resolved: Item | None
        if isinstance(entry, Found):
            following = next((i for i in todo[position + 1 :] if not isinstance(i, Found)), None)
            resolved = _phrase(entry, text, rules, here, following)
        else:
            resolved = _filled(entry, here or _later(todo[position + 1 :], entry.end, ends))
        if resolved is not None:
            done.append(resolved)
            reached = resolved.end
    return done


def _start(entry: Item | Found) -> int:
    return entry.start


def _points(item: Item) -> tuple[Point, ...]:
    return (item,) if isinstance(item, Point) else (item.left, item.right)


def _sentence(position: int, ends: Sequence[int]) -> int:
    return bisect_right(ends, position)


def _anchor(
    done: list[Item], anchor: Point | None, start: int, ends: Sequence[int]
) -> Point | None:
    """Return the last date before *start*, if it is near enough."""
    here = _sentence(start, ends)
    for item in reversed(done):
        if here - _sentence(item.start, ends) > 1:
            return None
        return _points(item)[-1]
    return anchor if here == 0 else None


def _later(rest: Sequence[Item | Found], end: int, ends: Sequence[int]) -> Point | None:
    """Return the first complete date after, in the same sentence."""
    here = _sentence(end, ends)
    for entry in rest:
        if isinstance(entry, Found):
            continue
        if _sentence(entry.start, ends) != here:
            return None
        point = _points(entry)[-1]
        if point.whole:
            return point
    return None


def _filled(item: Item, anchor: Point | None) -> Item | None:
    """Return the item with the anchor's year where it has none."""
    if all(p.whole for p in _points(item)):
        return item
    if anchor is None or anchor.year is None or anchor.span > 1:
        return None
    if isinstance(item, Range):
        year = item.right.year or anchor.year
        left = replace(item.left, year=item.left.year or year, relative=True)
        right = replace(item.right, year=year, relative=True)
        ok = is_valid(left.year, left.month, left.day) and is_valid(year, right.month, right.day)
        return replace(item, left=left, right=right) if ok else None
    if not is_valid(anchor.year, item.month, item.day):
        return None
    return replace(item, year=anchor.year, relative=True)


def _phrase(
    found: Found, text: str, rules: Patterns, anchor: Point | None, following: Item | None
) -> Point | None:
    rule = rules.relatives[found.template]
    values, end = found.values, found.end
    if rule.following:
        if not isinstance(following, Point) or text[end : following.start].strip():
            return None
        anchor, end = following, following.end
    if anchor is None or anchor.year is None or anchor.span > 1:
        return None
    moved = _counted(rule, values, anchor, rules) if rule.unit == "counted" else None
    moved = moved or _named(rule, values, anchor, rules) or _moved(rule, anchor)
    if moved is None or not is_valid(moved.year, moved.month, moved.day):
        return None
    return replace(moved, start=found.start, end=end, relative=True)


def _named(rule: Relative, values: dict[str, str], anchor: Point, rules: Patterns) -> Point | None:
    """Return the date of a phrase that names its month or season."""
    year = anchor.year or 0
    if rule.unit in {"named-month", "month-of-year"} and "m" in values:
        month = next(i for i, m in enumerate(rules.months, 1) if m.fullmatch(values["m"]))
        if rule.unit == "month-of-year":
            return Point(0, 0, year + rule.shift, month)
        reached = anchor.month or (1 if rule.shift < 0 else 12)
        passed = month >= reached if rule.shift < 0 else month <= reached
        return Point(0, 0, year + (rule.shift if passed else 0), month)
    if rule.unit in {"named-season", "season-of-year"} and "season" in values:
        season = next(k for k, s in rules.seasons.items() if s.fullmatch(values["season"]))
        if rule.unit == "season-of-year":
            return Point(0, 0, year + rule.shift, part=season)
        return Point(0, 0, year + rule.shift, part=season) if anchor.month is None else None
    return None


def _moved(rule: Relative, anchor: Point, count: int = 1) -> Point | None:
    """Return the anchor moved by whole units; it must be as fine as the unit."""
    year = anchor.year or 0
    shift = rule.shift * count
    if rule.unit == "year":
        return Point(0, 0, year + shift)
    if rule.unit == "year-end":
        return Point(0, 0, year + shift, part="close")
    if rule.unit == "month" and anchor.month is not None:
        months = year * 12 + anchor.month - 1 + shift
        return Point(0, 0, months // 12, months % 12 + 1)
    if rule.unit == "day" and anchor.month is not None and anchor.day is not None:
        if not 1 < year < 9998:
            return None
        there = date(year, anchor.month, anchor.day) + timedelta(days=shift)
        return Point(0, 0, there.year, there.month, there.day)
    return None


def _counted(
    rule: Relative, values: dict[str, str], anchor: Point, rules: Patterns
) -> Point | None:
    """Return the date a number of days, weeks, months or years away."""
    unit = next((k for k, u in rules.units.items() if u.fullmatch(values.get("unit", ""))), "")
    text = values.get("n", "").lower()
    count = int(text) if text.isdecimal() else rules.counts.get(text, 0)
    if unit == "week":
        unit, count = "day", count * 7
    return _moved(Relative(unit, rule.shift, False), anchor, count) if count else None
