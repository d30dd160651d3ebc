"""What readers wrote below a text: found by the names and times that stand above each comment.

A forum prints the same above every post, but there the posts are the text: only the lines around
them go.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..model import BlockKind
from ..resources import rules
from .patterns import section_of
from .units import Unit
from .zones import LISTS, is_text

COMMENTS = "comments"
_MAX_NAME = 40
_MAX_LINE = 90
_BULLETS = "•·▪● "
_MIN_FEET = 3
_NEAR = 4
"""A label such as ``12 comments`` stands at most so many lines above the first comment."""


def mark_comments(units: Sequence[Unit]) -> None:
    """Mark the comments of readers from the first one to the end or to a list of references."""
    if _is_forum(units):
        _mark_posts(units)
        return
    start = _first_comment(units)
    if start is None:
        return
    for unit in units[start:]:
        if unit.open and section_of(unit.text) in LISTS:
            return
        if unit.open or unit.kind is BlockKind.LIST_ITEM:
            unit.mark(BlockKind.BOILERPLATE, COMMENTS)


def is_stamp(unit: Unit) -> bool:
    """Tell whether a line is what stands above a comment: a time, a name with a time."""
    if len(unit.text) > _MAX_LINE:
        return False
    line = unit.text.lstrip(_BULLETS)
    return any(_compiled(name).fullmatch(line) for name in ("stamps", "named"))


def _first_comment(units: Sequence[Unit]) -> int | None:
    """Return the index of the first comment's first line, below some running text."""
    body = next((i for i, u in enumerate(units) if u.open and u.substantial and is_text(u)), None)
    if body is None:
        body = next(
            (i for i, u in enumerate(units) if u.open and u.prose and is_text(u)), len(units)
        )
    heads = [i for i in range(body + 1, len(units)) if _heads(units, i)]
    answers = sum(_is_answer(unit) for unit in units[body + 1 :])
    if not heads or (len(heads) + answers < 2 and not _labelled(units, heads[0])):
        return None
    start = heads[0]
    if start > body + 1 and (_is_name(units[start - 1]) or _at_foot(units, heads)):
        start -= 1
    return start


def _at_foot(units: Sequence[Unit], heads: Sequence[int]) -> bool:
    """Tell whether the times stand below the comments: a comment above each, none right below."""
    return len(heads) >= _MIN_FEET and all(
        units[index - 1].finished and not (index + 1 < len(units) and units[index + 1].prose)
        for index in heads
    )


def _is_avatar(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a line is the first letter of a name, the name on the next, and then text.

    It stands for the picture of who wrote the comment below.
    """
    if len(units[index].text) != 1 or index + 2 >= len(units):
        return False
    letter, name = units[index].text, units[index + 1].text
    named = name.casefold().startswith(letter.casefold()) and _is_name(units[index + 1])
    return letter.isalpha() and named and len(name) > 1 and units[index + 2].weight > len(name)


def _heads(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a line stands above a comment: below a sentence, a time alone is its foot."""
    if not is_stamp(units[index]):
        return _is_avatar(units, index)
    foot = _compiled("ages").fullmatch(units[index].text) is not None
    return not (foot and units[index - 1].prose)


def _labelled(units: Sequence[Unit], index: int) -> bool:
    return any(unit.reason == COMMENTS for unit in units[max(0, index - _NEAR) : index])


def _is_name(unit: Unit) -> bool:
    return unit.open and not unit.finished and unit.weight <= _MAX_NAME


def _is_answer(unit: Unit) -> bool:
    return len(unit.text) <= _MAX_NAME and bool(_compiled("answers").fullmatch(unit.text))


def _is_post(unit: Unit) -> bool:
    return len(unit.text) <= _MAX_LINE * 2 and bool(_compiled("posts").fullmatch(unit.text))


def _is_forum(units: Sequence[Unit]) -> bool:
    """Tell whether posts with a line above each make up the page, the first one included."""
    posts = [index for index, unit in enumerate(units) if _is_post(unit)]
    body = next(
        (i for i, u in enumerate(units) if u.open and u.substantial and is_text(u)), len(units)
    )
    return len(posts) >= 2 and posts[0] < body


def _mark_posts(units: Sequence[Unit]) -> None:
    for unit in units:
        if unit.open and (_is_post(unit) or is_stamp(unit)):
            unit.mark(BlockKind.BOILERPLATE, "post")


@cache
def _compiled(name: str) -> re.Pattern[str]:
    return re.compile("|".join(rules("structure_furniture")["comments"][name]))
