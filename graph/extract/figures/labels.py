"""Numbers behind a label that names what they count: "Deaths: 55,000", "missing – 90"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...language.quantities.nouns import kind_of
from .subjects import reading_of
from .views import FINITE, LOOSE, SUBJECT, Count, Reading, View

RULE = "label"
"""The rule of a reading that a label gives."""

_LONGEST = 64
_ENDS = frozenset(":：|=–—-")
_LABEL = re.compile(
    r"(?:^|[;,|•·*▪\n(]\s*|[.!?]\s)([^\d:：;,|•·*▪()\n]{3,60}?)\s?(?:[:：|=]|\s[–—-])\s?$"
)
_LAST_WORD = re.compile(r"[^\W\d_]+$")


def labelled(view: View, count: Count) -> Iterator[Reading]:
    """Yield what the label in front of the number says; a label has no verb of its own."""
    if view.text[: count.start].rstrip()[-1:] not in _ENDS:
        return
    found = view.before(_LABEL, count.start, _LONGEST)
    if found is None or view.rules.auxiliary.search(found[1] + " "):
        return
    start, end = found.span(1)
    told = [t for t in view.of_kind(SUBJECT, LOOSE, FINITE) if start <= t.start and t.end <= end]
    for trigger in told[-1:]:
        yield reading_of(view, trigger.frame, 71, RULE, trigger)
    for _, last, frames in view.rules.nouns.scan(found[1]):
        if last == end - start:
            for frame in frames:
                yield reading_of(view, frame, 70, RULE, None)
    head = _LAST_WORD.search(found[1])
    measure = view.rules.units.get(kind_of(head[0], view.language)) if head else None
    if measure is not None:
        yield Reading(measure, 69, RULE)
