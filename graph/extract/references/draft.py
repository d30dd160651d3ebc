"""The entry being read: its text, what of it is already read, and what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ...language.dates import find_dates
from ...language.prefilter import Haystack
from ...model import Contributor, DateValue
from .groups import Group, quotes
from .identifiers import doi, isbn13, issn, trimmed
from .patterns import DATE, TAKEN, Rule, rule_list
from .tongues import language_named

_YEAR_FIRST = re.compile(r"(?<=\()(\d{4}), ([^\W\d_]{3,9}\.? \d{1,2})(?=\))")
"""The date of an article as psychologists print it: (2019, November 3)."""
_NARROW = str.maketrans("．，", "  ")
_PRIVATE = str.maketrans({DATE: " ", TAKEN: " ", "\u00a0": " ", "\n": " ", "\t": " "})


@dataclass(slots=True)
class Draft:
    """An entry while it is read; every text has the length of the entry."""

    text: str
    language: str
    left: str = ""
    """The text with what was read overwritten by `TAKEN`."""
    shadow: str = ""
    """Like *left*, with the characters of dates overwritten by `DATE`."""
    quotes: tuple[Group, ...] = ()
    dates: tuple[DateValue, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    points: dict[str, DateValue] = field(default_factory=dict)
    """``issued``, ``archived``, ``retrieved``."""
    formats: set[str] = field(default_factory=set)
    people: dict[str, tuple[Contributor, ...]] = field(default_factory=dict)
    """``authors``, ``editors``, ``translators``, ``directors``."""

    def take(self, start: int, end: int) -> None:
        """Mark a stretch as read."""
        if end > start:
            gap = TAKEN * (end - start)
            self.left = self.left[:start] + gap + self.left[end:]
            self.shadow = self.shadow[:start] + gap + self.shadow[end:]

    def unquoted(self) -> str:
        """Return the entry with its quotations blanked: what it says of the work."""
        text = self.text
        for quote in self.quotes:
            text = text[: quote.start] + " " * (quote.end - quote.start) + text[quote.end :]
        return text

    def add_people(self, role: str, found: tuple[Contributor, ...]) -> None:
        """Add contributors in *role*, each once."""
        known = self.people.get(role, ())
        names = {(one.family, one.given, one.corporate and one.literal) for one in known}
        self.people[role] = known + tuple(
            one
            for one in found
            if (one.family, one.given, one.corporate and one.literal) not in names
        )

    def date_in(self, start: int, end: int) -> DateValue | None:
        """Return the last date that lies within *start* and *end*."""
        inside = [one for one in self.dates if start <= one.start and one.end <= end]
        return inside[-1] if inside else None


def begin(text: str, language: str) -> Draft:
    """Read what has a form of its own (numbers, addresses, pages, dates) out of an entry."""
    plain = text.translate(_PRIVATE)
    draft = Draft(plain, language, plain, plain, quotes(plain))
    hay = Haystack(plain)
    for rule in rule_list("references", "plain"):
        if rule.possible(draft.left) and rule.admits(hay):
            _apply(draft, rule, draft.left)
    draft.dates = _dates(draft.left.translate(_NARROW), language)
    for one in draft.dates:
        end = one.end - plain.endswith(".", one.start, one.end)
        gap = DATE * (end - one.start)
        draft.shadow = draft.shadow[: one.start] + gap + draft.shadow[end:]
    hay = Haystack(draft.shadow)
    for rule in rule_list("references", "dated"):
        if rule.possible(draft.left) and rule.admits(hay):
            _apply(draft, rule, draft.shadow)
    return draft


def _dates(text: str, language: str) -> tuple[DateValue, ...]:
    """Find the dates of an entry, which may be in another language than the document."""
    languages, hay = [language], Haystack(text)
    for rule in rule_list("references_languages", "date-words"):
        known = rule.table["language"] in languages
        if not known and rule.admits(hay) and rule.pattern.search(text):
            languages.append(str(rule.table["language"]))
    found = [date for one in languages for date in find_dates(text, one)]
    for match in _YEAR_FIRST.finditer(text):
        found += [
            replace(date, start=match.start(1), end=match.end(2))
            for date in find_dates(f"{match[2]}, {match[1]}", "en")
        ]
    kept: list[DateValue] = []
    for date in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or date.start >= kept[-1].end:
            kept.append(date)
    return tuple(kept)


def _apply(draft: Draft, rule: Rule, text: str) -> None:
    for match in _outside_quotes(draft, rule, text):
        if rule.field in ("archived", "retrieved"):
            _point(draft, rule.field, match)
        elif not _store(draft, rule.field, match):
            continue
        issued = _span(match, "issued")
        if issued and (found := draft.date_in(*issued)):
            draft.points.setdefault("issued", found)
        draft.take(*match.span())


def _outside_quotes(draft: Draft, rule: Rule, text: str) -> Iterator[re.Match[str]]:
    quoted = rule.table.get("quoted", True)
    for match in rule.pattern.finditer(text):
        start, end = match.span()
        if quoted or not any(q.start < end and start < q.end for q in draft.quotes):
            yield match


def _point(draft: Draft, name: str, match: re.Match[str]) -> None:
    span = _span(match, "value")
    found = draft.date_in(*span) if span else None
    if found is not None:
        draft.points.setdefault(name, found)
    if name == "archived" and (archive := _span(match, "archive")):
        draft.values.setdefault("archive", draft.text[archive[0] : archive[1]].strip())


def _store(draft: Draft, name: str, match: re.Match[str]) -> bool:
    """Keep the groups of a match; False when it turns out not to be what it looked like."""
    for part in ("issue", "pages"):
        if span := _span(match, part):
            draft.values.setdefault(part, draft.text[span[0] : span[1]].strip())
    span = _span(match, "value")
    if not name or span is None:
        return True
    raw = draft.text[span[0] : span[1]].strip()
    value = _convert(name, raw)
    if name == "language" and not value:
        return False
    if name == "format":
        draft.formats.add(raw.lower())
    elif value:
        draft.values.setdefault(name, value)
    return True


def _convert(name: str, raw: str) -> str:
    match name:
        case "isbn13":
            return isbn13(raw)
        case "issn":
            return issn(raw)
        case "doi":
            return doi(raw)
        case "url":
            return trimmed(raw)
        case "language":
            return language_named(raw)
    return raw


def _span(match: re.Match[str], group: str) -> tuple[int, int] | None:
    if group not in match.re.groupindex or match[group] is None:
        return None
    return match.span(group)
