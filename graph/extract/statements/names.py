"""Constructions of names: appositions, brackets, titles, captions, as patterns over the items."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from ...language.alternatives import one_of
from ...language.prefilter import Haystack, Prefilter, prefilter
from ...model import EntityKind, Mention, Stance, Term, Value, description
from ...resources import rules
from .frames import Claim
from .items import QUOTES, Item, ItemKind
from .locations import country_of
from .row_values import bound, marked, passes, singular

_SIGNS = {kind.value: chr(0xE000 + index) for index, kind in enumerate(EntityKind)}
_LISTED = re.compile(r" ?,? ?(?:and|or)\b")
"""What follows "A, B" when it is a list and not a place in a larger one."""
_LED = ("organisation", "camp", "military-unit")
"""Kinds that have a head."""
_SEPARATORS = frozenset({",", "and", "or", ";", "и", "или", "、", "・", "と", "や"})
_INFLECTED = re.compile("(?:し|さ|せ)?(?:[たてる]|れ|ます|まし|ら|な[いかくけ])")
_JA_LIST = re.compile("[、と・]|や(?=.)")
_FULL_WIDTH = str.maketrans("(),，=", "（）、、＝")
"""Signs that Japanese pages write in either width, as the rules have them."""
_DATE, _NUMBER = "\ue020", "\ue021"
_MARKED = frozenset({*_SIGNS.values(), _DATE, _NUMBER})
_LISTS = {
    "occupation": ("occupations", "nouns"),
    "office": ("offices", "nouns"),
    "soldier": ("soldiers", "nouns"),
    "leading": ("offices", "leading"),
    "worknoun": ("works", "nouns"),
    "nationality": ("nationalities", "adjectives"),
    "degree": ("degrees", "nouns"),
    "placenoun": ("levels", "nouns"),
}


@dataclass(frozen=True, slots=True)
class Say:
    """One statement of a pattern: groups for subject and object, and how to read the object."""

    subject: str
    predicate: str
    object: str
    form: str = ""
    """``text``, ``number``, ``country``, ``trade`` or nothing."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A construction."""

    name: str
    match: re.Pattern[str]
    unless: re.Pattern[str] | None
    check: str
    caption: bool
    """Holds in captions only."""
    say: tuple[Say, ...]
    signs: Prefilter
    """The signs of mentions, dates and numbers that every match holds."""
    needs: Prefilter
    """The words that every match holds: a quick look before the slow one."""
    hint: tuple[str, ...]
    """Words of which one must be there, too."""


_FILES = {
    "en": ("statements_phrases", "statements_lives"),
    "ru": ("statements_ru",),
    "ja": ("statements_ja",),
}
"""Files of constructions by language; the first holds the macros."""


@cache
def patterns(language: str) -> tuple[Pattern, ...]:
    """Return the compiled constructions of a language; none for one without rules."""
    if language not in _FILES:
        return ()
    macros = macros_of(language)
    begin = r"" if language == "ja" else r"(?<!\S)"
    found = []
    for table in chain(*(rules(name)["phrase"] for name in _FILES[language])):
        match = re.compile(begin + expand(table["match"], macros))
        signs, needs = prefilter(match).parted(_MARKED)
        unless = table.get("unless")
        found.append(
            Pattern(
                table["name"],
                match,
                re.compile(unless) if unless else None,
                table.get("check", ""),
                table.get("caption", False),
                tuple(_say(text) for text in table["say"]),
                signs,
                needs,
                tuple(table.get("words", ())),
            )
        )
    return tuple(found)


@cache
def _possible(language: str, signs: frozenset[str]) -> tuple[Pattern, ...]:
    """Return the constructions that can be in a row with these signs."""
    hay = Haystack("".join(sorted(signs)))
    return tuple(pattern for pattern in patterns(language) if pattern.signs.admits(hay))


_MACRO = re.compile(r"\{([a-z-]+)\}")


@cache
def macros_of(language: str) -> dict[str, str]:
    """Return the macros of the patterns: signs, word lists, and those of the language's file."""
    macros = dict(_SIGNS)
    macros["people"] = f"[{_SIGNS['person']}{_SIGNS['group']}]"
    macros["body"] = _SIGNS["organisation"]
    macros["led"] = "".join(("[", *(_SIGNS[kind] for kind in _LED), "]"))
    macros["any"] = f"[{''.join(_SIGNS.values())}]"
    macros["date"], macros["number"] = _DATE, _NUMBER
    macros["w"] = r"[^\W\d_][\w'’.&-]*"
    data = rules("roles")
    for name, (table, key) in _LISTS.items():
        macros[name] = one_of({word.lower() for word in data[table][key]})
    for name, text in rules(_FILES[language][0]).get("macros", {}).items():
        macros[name] = expand(text, macros)
    return macros


def clause_macros(file: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return the macros of a file of clauses: its own, and those every pattern may use."""
    known = macros_of(language)
    return {**known, "signs": "".join(known[kind.value] for kind in EntityKind), **file["macros"]}


def expand(text: str, macros: Mapping[str, str]) -> str:
    """Return a pattern with its macros put in."""
    return _MACRO.sub(lambda match: macros[match[1]], text)


def expanded(text: str, macros: Mapping[str, str]) -> re.Pattern[str]:
    """Return a compiled pattern with its macros put in, and those that they hold."""
    while _MACRO.search(text):
        text = expand(text, macros)
    return re.compile(text)


def _say(text: str) -> Say:
    subject, predicate, target = text.split()
    form, _, group = target.rpartition(":")
    return Say(subject, predicate, group, form)


class Row:
    """A sentence written as a row of items, and the way back from it to the document."""

    def __init__(
        self,
        items: Sequence[Item],
        text: str,
        language: str = "en",
        whose: Callable[[Item], Mention | None] | None = None,
    ) -> None:
        """Write the row, without quotation marks; *text* is that of the document.

        *whose* tells whom "his" means.
        """
        self._text = text
        self._whose = whose
        self._language = language
        gap = 0 if language == "ja" else 1
        self._items = [item for item in items if item.lower not in QUOTES]
        parts, starts, at = [], [], 0
        for item in self._items:
            part = _sign(item)
            if part == _SIGNS["concept"] and language == "ja":
                part = self._verbal(item) or part
            parts.append(part)
            starts.append(at)
            at += len(part) + gap
        self.row = (" " * gap).join(parts)
        if language == "ja":
            self.row = self.row.translate(_FULL_WIDTH)
        self._starts = starts
        self._signs = _MARKED.intersection(parts)

    def _verbal(self, item: Item) -> str:
        """Return the words of a concept that is the stem of a verb: 引き揚げた."""
        text = self._text[item.start : item.end]
        return text if _INFLECTED.match(self._text, item.end) else ""

    @property
    def words(self) -> frozenset[str]:
        """Return the words of the row."""
        return frozenset(item.lower for item in self._items)

    def blank(self, start: int, end: int) -> None:
        """Blank the words of a range of the row, but not its names: no construction holds there."""
        words = "".join(sign if sign in _MARKED else "\0" for sign in self.row[start:end])
        self.row = f"{self.row[:start]}{words}{self.row[end:]}"

    def items_in(self, start: int, end: int) -> Sequence[Item]:
        """Return the items of a range of the row."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, max(start, end - 1))
        return self._items[first:last]

    def term(self, at: int) -> Term | None:
        """Return the name or date whose sign stands at a place of the row."""
        return next(marked(self.items_in(at, at + 1)), None)

    def claims(
        self, standing: Mapping[str, Mention | None], *, in_caption: bool = False
    ) -> Iterator[Claim]:
        """Yield what the constructions in the row say.

        *standing* gives the subjects that stand outside the sentence: ``document`` for the text
        itself, ``topic`` for the group it is about.
        """
        row, hay = self.row, Haystack(self.row)
        for pattern in _possible(self._language, self._signs):
            if not pattern.needs.admits(hay) or (pattern.caption and not in_caption):
                continue
            if pattern.hint and not any(word in row for word in pattern.hint):
                continue
            if pattern.unless is not None and pattern.unless.search(row):
                continue
            for match in pattern.match.finditer(row):
                if pattern.check == "larger" and _LISTED.match(row, match.end()):
                    continue
                yield from self._said(pattern, match, standing)

    def _said(
        self, pattern: Pattern, match: re.Match[str], standing: Mapping[str, Mention | None]
    ) -> Iterator[Claim]:
        for say in pattern.say:
            placed = next(self._mentions(match, say.object), None)
            for subject in self._subjects(match, say, standing):
                if not passes(pattern.check, placed, subject):
                    continue
                for target in self._targets(match, say):
                    if target == subject:
                        continue
                    rule = f"phrase: {pattern.name}"
                    yield Claim(subject, say.predicate, target, rule, stance=self._stance(match))

    def _stance(self, match: re.Match[str]) -> Stance:
        """Return the stance of a construction; a Japanese verb is denied behind its stem."""
        if self._language == "ja" and _negated().match(self.row, match.end()):
            return Stance.DENIED
        return _stance(match)

    def _subjects(
        self, match: re.Match[str], say: Say, standing: Mapping[str, Mention | None]
    ) -> Iterator[Mention]:
        """Yield the subjects: mentions of a group, what stands for a word, or a new event."""
        if say.subject in standing:
            mention = standing[say.subject]
            if mention is not None:
                yield mention
        elif say.subject.startswith("whose:"):
            yield from self._owners(match, say.subject.removeprefix("whose:"))
        elif ":" in say.subject:
            kind, _, group = say.subject.partition(":")
            items = self._group(match, group)
            if items:
                yield self._new(items, EntityKind(kind))
        else:
            yield from self._mentions(match, say.subject)

    def _owners(self, match: re.Match[str], group: str) -> Iterator[Mention]:
        """Yield whom the possessive of a group means."""
        items = self._group(match, group)
        owner = self._whose(items[0]) if items and self._whose is not None else None
        if owner is not None:
            yield owner

    def named(self, span: tuple[int, int], kind: EntityKind) -> Mention:
        """Return a new mention of *kind* for a range of the row."""
        return self._new(self.items_in(*span), kind)

    def _new(self, items: Sequence[Item], kind: EntityKind) -> Mention:
        start, end = items[0].start, items[-1].end
        return description(self._text, start, end, kind, language=self._language)

    def _group(self, match: re.Match[str], name: str) -> Sequence[Item]:
        start, end = match.span(name)
        return self.items_in(start, end) if end > start >= 0 else ()

    def _mentions(self, match: re.Match[str], name: str) -> Iterator[Mention]:
        for item in self._group(match, name):
            if item.mention is not None:
                yield item.mention

    def _targets(self, match: re.Match[str], say: Say) -> Iterator[Term]:
        items = self._group(match, say.object)
        if not items:
            return
        if say.form == "whose":
            yield from self._owners(match, say.object)
        elif say.form == "list" and self._language == "ja":
            yield from (Value(part) for part in _JA_LIST.split(match[say.object]) if part)
        elif say.form == "list":
            yield from self._split(items)
        elif say.form in ("first", "last"):
            yield from bound(items, say.form)
        elif say.form == "country":
            yield from filter(None, [country_of(match[say.object], items[0].start)])
        elif say.form == "text" and self._language == "ja":
            yield Value(match[say.object])
        elif say.form:
            yield from filter(None, [self._literal(items, say.form)])
        elif all(item.kind is ItemKind.WORD for item in items):
            yield Value(self._words(items))
        else:
            yield from marked(items)

    def _split(self, items: Sequence[Item]) -> Iterator[Value]:
        """Yield the members of "A, B and C" as texts."""
        part: list[Item] = []
        for item in [*items, None]:
            if item is not None and item.lower not in _SEPARATORS:
                part.append(item)
                continue
            while part and part[0].lower in ("even", "also", "the", "by", "of"):
                part.pop(0)
            if part:
                yield Value(self._words(part))
            part = []

    def _literal(self, items: Sequence[Item], form: str) -> Value | None:
        if form == "text":
            return Value(singular(self._words(items)))
        if form == "trade":
            word = singular(self._words(items).split()[-1])
            return Value(word) if word in rules("roles")["occupations"]["nouns"] else None
        if form == "number":
            digits = re.search(r"\d+", self._words(items))
            return Value(digits.group(), "decimal") if digits else None
        return None

    def _words(self, items: Sequence[Item]) -> str:
        return " ".join(self._text[items[0].start : items[-1].end].split())


@cache
def _negated() -> re.Pattern[str]:
    return re.compile(rules(_FILES["ja"][0])["sources"]["negated"])


def _stance(match: re.Match[str]) -> Stance:
    """Return how firmly a construction says it: a group ``neg`` denies, ``hedge`` hedges."""
    groups = match.groupdict()
    if groups.get("neg"):
        return Stance.DENIED
    return Stance.HEDGED if groups.get("hedge") else Stance.ASSERTED


def sign_of(kind: EntityKind) -> str:
    """Return the sign that stands for a mention of *kind* in a row."""
    return _SIGNS[kind.value]


def _sign(item: Item) -> str:
    if item.mention is not None:
        return _SIGNS[item.mention.kind]
    if item.date is not None:
        return _DATE
    if item.quantity is not None:
        return _NUMBER
    return item.lower
