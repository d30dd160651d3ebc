"""The authors at the head of an entry."""

from __future__ import annotations

import re
from itertools import takewhile

from ...model import Contributor
from ...resources import rules
from .cues import is_government, is_periodical, made_by
from .draft import Draft
from .japanese import by_role
from .names import body, in_nominative, is_body, known_given, people
from .patterns import Rule, compiled, rule_list

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LISTED = re.compile(r",?\s(?:and|&|und|и)\s|,\s")
_OPEN = re.compile(r"[\s.,;:\x1f]*")


def read_head(draft: Draft) -> int:
    """Read the authors (or editors) at the head of *draft*; return where they end."""
    start = _OPEN.match(draft.shadow)
    position = start.end() if start else 0
    limit = min(len(draft.shadow), position + int(rules("references")["names-within"]))
    for rule in rule_list("references", "head"):
        match = rule.pattern.match(draft.shadow, position, limit)
        found = _checked(draft, rule, match) if match else ()
        if match and found:
            _keep(draft, match, found)
            if rule.table.get("remark"):
                draft.take(match.end(), len(draft.text))
            return match.end()
    return position


def _checked(draft: Draft, rule: Rule, match: re.Match[str]) -> tuple[Contributor, ...]:
    text = draft.text[match.start("names") : match.end("names")]
    last = re.split(r"[\s,.]", text)[-1]
    if draft.text.startswith(".", match.end("names")) and compiled("<initial>").fullmatch(
        f"{last}."
    ):
        text += "."
    check = str(rule.table["check"])
    if check == "body":
        return (body(text),) if _is_author_body(draft, text, match) else ()
    if check == "editing-body":
        return (body(text),) if is_body(text) and not is_periodical(text) else ()
    if check == "acronym":
        return (body(text),) if draft.dates and "shelfmark" not in draft.values else ()
    if check == "family":
        other = "shelfmark" in draft.values or is_periodical(text) or is_body(text)
        return () if other else tuple(Contributor(one, one) for one in _LISTED.split(text))
    found = people(text)
    bodies = any(one.corporate for one in found)
    if not found or (bodies and (check == "persons" or is_periodical(text))):
        return ()
    named = match.groupdict().get("role")
    if check == "given" and not named and not all(_has_known_given(one) for one in found):
        return ()
    if rule.table.get("family-first") and known_given(found[0].family):
        return ()
    return found


def _has_known_given(one: Contributor) -> bool:
    words = one.given.replace("-", " ").split(" ")
    return all(compiled("<initial>+").fullmatch(word) or known_given(word) for word in words)


def _is_author_body(draft: Draft, text: str, match: re.Match[str]) -> bool:
    """Whether a body heads the entry: a title follows that is not "Compiled by …"."""
    rest = draft.left[match.end() :].split(". ")
    if match[0].rstrip(" .").endswith("]") and is_body(text):
        return bool(rest[0].strip())
    if not is_body(text) or made_by(rest[0]) or (is_periodical(text) and not is_government(text)):
        return False
    if len(rest) < 2 and not match[0].rstrip().endswith(","):
        return False
    return bool(draft.dates) and text.split(" ")[0].lower() not in ("the", "a", "an", "in", "on")


def _keep(draft: Draft, match: re.Match[str], found: tuple[Contributor, ...]) -> None:
    groups = match.groupdict()
    japanese = any(_CJK.search(one.literal) for one in found)
    roles = by_role(draft.text[slice(*match.span("names"))]) if japanese else None
    for role, some in (roles or {"editors" if groups.get("role") else "authors": found}).items():
        draft.add_people(role, some)
    if groups.get("issued") and (date := draft.date_in(*match.span("issued"))):
        draft.points.setdefault("issued", date)


def _of_one_style(found: tuple[Contributor, ...]) -> tuple[Contributor, ...]:
    """Leave out what follows persons with initials and has none: ``J. Bell, Slavic Notes``."""
    initials = compiled("<initials>")
    if not found or not initials.fullmatch(found[0].given):
        return found
    return tuple(takewhile(lambda one: initials.match(one.given), found))


def _named(listed: str) -> tuple[tuple[Contributor, ...], int]:
    """Return the persons of a list after ``trans.`` or ``ed.`` and how far in it they reach.

    What follows them may look like one more: ``B. Harris, Military Archives Review``.
    """
    every = people(listed)
    if any(one.corporate for one in every) or not every:
        first = compiled("<direct>(?=,)").match(listed)
        alone = people(first[0]) if first else ()
        if first and alone and not alone[0].corporate:
            return alone, first.end()
    found = _of_one_style(every)
    if found and len(found) < len(every):
        last = listed.find(found[-1].literal)
        return found, last + len(found[-1].literal) if last >= 0 else len(listed)
    return found, len(listed)


def read_roles(draft: Draft) -> None:
    """Read ``edited by X``, ``Под ред. X``, ``Translated by X`` wherever they stand."""
    for rule in rule_list("references", "before-names"):
        for match in rule.pattern.finditer(draft.left) if rule.possible(draft.left) else ():
            if any(q.start < match.end() and match.start() < q.end for q in draft.quotes):
                continue
            if rule.table.get("after-names") and people(draft.left[: match.start()].strip(" ,(")):
                continue
            listed = compiled("<listed>(?:<and><listed>)*<etal>").match(draft.left, match.end())
            found, length = _named(listed[0]) if listed else ((), 0)
            if found:
                if rule.table.get("case") == "genitive":
                    found = tuple(in_nominative(one) for one in found)
                draft.add_people(rule.field, found)
                draft.take(match.start(), match.end() + length)
