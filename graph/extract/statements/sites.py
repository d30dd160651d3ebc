"""Camps that are only told apart by where they lay: "eight camps, in A, B (C) and D"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...model import EntityKind, Mention
from .frames import Claim
from .items import Item
from .names import Row, sign_of

_CAMP, _PLACE = sign_of(EntityKind.CAMP), sign_of(EntityKind.PLACE)
_BRACKET = r"(?: \( [^()]* \))?"
_SITES = re.compile(
    rf"(?P<camps>{_CAMP}|camps|sites) ,? ?(?:in|at) "
    rf"(?P<places>{_PLACE}{_BRACKET}(?: , {_PLACE}{_BRACKET})+(?: ,? ?and {_PLACE}{_BRACKET})?)"
)
_RULE = "camps by place"


def site_claims(row: Row, others: Sequence[Claim]) -> Iterator[Claim]:
    """Yield a camp for each place of such a list: where it lies, what it is part of and works at.

    *others* are the claims of the same sentence: what its people were assigned to holds for the
    camps as well.
    """
    for match in _SITES.finditer(row.row):
        camps = [i.mention for i in row.items_in(*match.span("camps")) if i.mention is not None]
        work = {c.object for c in others if c.predicate == "assignedTo"}
        for place in _outside_brackets(row.items_in(*match.span("places"))):
            camp = Mention(
                place.start,
                place.end,
                place.text,
                EntityKind.CAMP,
                f"camp at {place.name}",
                place.language,
                rule=_RULE,
            )
            yield Claim(camp, "locatedIn", place, _RULE)
            yield from (Claim(camp, "partOf", whole, _RULE) for whole in camps)
            for target in work:
                if isinstance(target, Mention) and target.kind is not EntityKind.CAMP:
                    yield Claim(camp, "assignedTo", target, _RULE)


def _outside_brackets(items: Sequence[Item]) -> Iterator[Mention]:
    depth = 0
    for item in items:
        depth += (item.lower == "(") - (item.lower == ")")
        if item.mention is not None and not depth:
            yield item.mention
