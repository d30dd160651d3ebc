"""Which kind of work an entry describes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from ...language.prefilter import Haystack, Prefilter, prefilter
from ...model import Reference
from ...resources import rules
from .cues import is_news, is_newspaper, is_periodical
from .draft import Draft
from .patterns import compiled

_TESTS = {"newspaper": is_newspaper, "news": is_news, "periodical": is_periodical}
OTHER = "other"
"""The kind of an entry that shows nothing of what it describes."""


def kind_of(reference: Reference, draft: Draft, *, quoted: bool) -> str:
    """Return ``book``, ``journal-article`` …, by the first rule that holds."""
    texts, filled = _texts(reference, draft), _filled(reference, draft, quoted)
    for rule, pattern, needs in _rules():
        if _holds(rule, pattern, needs, texts, filled):
            return str(rule["kind"])
    return OTHER


@cache
def _rules() -> tuple[tuple[Mapping[str, Any], re.Pattern[str] | None, Prefilter], ...]:
    found = []
    for rule in rules("references_kinds")["rule"]:
        pattern = compiled(rule["pattern"]) if "pattern" in rule else None
        found.append((rule, pattern, prefilter(pattern) if pattern else Prefilter()))
    return tuple(found)


def _texts(reference: Reference, draft: Draft) -> dict[str, list[Haystack]]:
    texts = {
        "title": [title.text for title in reference.titles[:1]],
        "titles": [title.text for title in reference.titles],
        "container": [reference.container],
        "publisher": [reference.publisher],
        "place": [reference.place],
        "authors": [author.literal for author in reference.authors if author.corporate],
        "formats": sorted(draft.formats),
        "rest": [draft.unquoted()],
        "text": [draft.text],
    }
    return {name: [Haystack(text) for text in found] for name, found in texts.items()}


def _filled(reference: Reference, draft: Draft, quoted: bool) -> set[str]:
    names = {name for name in Reference.__dataclass_fields__ if getattr(reference, name)}
    names |= {"title"} if reference.titles else set()
    names |= {"quoted"} if quoted else set()
    precision = len(reference.issued.edtf) if reference.issued is not None else 0
    names |= {"year-only"} if precision == 4 else {"day"} if precision == 10 else set()
    names |= {"language-note"} if "language" in draft.values else set()
    names |= {"shelfmark", "thesis"} & draft.values.keys()
    return names


def _holds(
    rule: Mapping[str, Any],
    pattern: re.Pattern[str] | None,
    needs: Prefilter,
    texts: Mapping[str, list[Haystack]],
    filled: set[str],
) -> bool:
    if not filled.issuperset(rule.get("needs", ())) or not filled.isdisjoint(rule.get("lacks", ())):
        return False
    if "is" in rule:
        test = _TESTS[rule["is"]]
        container = texts["container"]
        named = [*container, *([] if container[0].text else texts["authors"])]
        if not any(name.text and test(name.text) for name in named):
            return False
    if pattern is None:
        return True
    hays = (hay for name in rule["in"] for hay in texts[name])
    return any(needs.admits(hay) and pattern.search(hay.text) for hay in hays)
