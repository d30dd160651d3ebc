"""Camps that are only told apart by where they lay: "eight camps, in A, B (C) and D"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...model import EntityKind, Mention
from .frames import Claim
from .items import Item, Marks
from .names import Row, sign_of

_CAMP = sign_of(EntityKind.CAMP)
_PLACE = sign_of(EntityKind.PLACE)
_ONE = rf"[{_CAMP}{_PLACE}](?: \( [^()]* \))?"
_SITES = re.compile(
    rf"(?P<camps>{_CAMP}|camps|sites) ,? ?(?:in|at) "
    rf"(?P<sites>{_ONE}(?: , {_ONE})+(?: ,? ?and {_ONE})?)"
)
_RULE = "camps by place"
_LISTED = (f"{_CAMP} ", "camps ", "sites ")
"""What stands in front of such a list."""


def site_claims(row: Row, others: Sequence[Claim], marks: Marks) -> Iterator[Claim]:
    """Yield a camp for each site of such a list: where it lies, what it is part of and works at.

    A site may be known as a camp already, with its place inside. *others* are the claims of the
    same sentence: what its people were assigned to holds for the camps as well.
    """
    if " , " not in row.row or not any(word in row.row for word in _LISTED):
        return
    for match in _SITES.finditer(row.row):
        wholes = [i.mention for i in row.items_in(*match.span("camps")) if i.mention is not None]
        work = {c.object for c in others if c.predicate == "assignedTo"}
        for site in _outside_brackets(row.items_in(*match.span("sites"))):
            camp, places = _camp_at(site, marks)
            for place in places[:1]:
                yield Claim(camp, "locatedIn", place, _RULE)
            yield from (Claim(camp, "partOf", whole, _RULE) for whole in wholes)
            for target in work:
                if isinstance(target, Mention) and target.kind is not EntityKind.CAMP:
                    yield Claim(camp, "assignedTo", target, _RULE)


def _camp_at(site: Mention, marks: Marks) -> tuple[Mention, list[Mention]]:
    """Return the camp a site stands for, and the places it names, the nearest first."""
    if site.kind is EntityKind.CAMP:
        inside = marks.mentions_in(site.start, site.end)
        return site, [mention for mention in inside if mention.kind is EntityKind.PLACE]
    camp = Mention(
        site.start,
        site.end,
        site.text,
        EntityKind.CAMP,
        f"camp at {site.name}",
        site.language,
        rule=_RULE,
    )
    return camp, [site]


def _outside_brackets(items: Sequence[Item]) -> Iterator[Mention]:
    depth = 0
    for item in items:
        depth += (item.lower == "(") - (item.lower == ")")
        if item.mention is not None and not depth:
            yield item.mention
