"""The date rules of one language, compiled once from ``rules/dates.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ...resources import rules
from ..expressions import Expression
from ..labelled import DASH, LETTER, Ending, Following, ending, following, spaced
from ..numerals import KANJI
from ..scanning import Scanner, by_initial, scanner

OPERATORS = ("about", "since", "after", "until", "before")
_FIELD = re.compile(r"\{([a-z_0-9]+)\}")

_SIMPLE = {
    "d": r"(3[01]|[12]\d|0?[1-9])(?!\d)",
    "d2": r"(3[01]|[12]\d|0?[1-9])(?!\d)",
    "mn": r"(1[0-2]|0?[1-9])(?!\d)",
    "y": r"(1\d{3}|20\d\d)",
    "y2": r"(1\d{3}|20\d\d)",
    "yy": r"(\d\d)",
    "dec": r"(1\d\d|20\d)",
    "dec2": r"(\d)",
    "cen": r"(\d{1,2}|[IVX]{1,6})",
    "ey": rf"(\d{{1,2}}|[元{KANJI}]{{1,4}})",
    "jy": rf"(1\d{{3}}|20\d\d|[{KANJI}]{{4}})",
    "jm": rf"(\d{{1,2}}|[{KANJI}]{{1,3}})",
    "jd": rf"(\d{{1,2}}|[{KANJI}]{{1,3}})",
}


@dataclass(frozen=True, slots=True)
class Relative:
    """A phrase that moves from another date: *shift* units of *unit*."""

    unit: str
    shift: int
    following: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The templates that may begin with one character, as one expression."""

    expression: Expression
    inside: dict[int, tuple[int, tuple[tuple[int, str], ...]]]
    """Group of an alternative -> its template, the groups inside it and what each holds."""


@dataclass(frozen=True, slots=True)
class Found:
    """A template found in a text, with what its fields hold."""

    template: int
    start: int
    end: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Templates:
    """All templates of a kind, by the character they begin with."""

    finder: re.Pattern[str]
    tables: dict[str, Table]

    def find(self, text: str) -> Iterator[Found]:
        """Yield the templates found in *text*, none overlapping."""
        reached = 0
        for place in self.finder.finditer(text):
            start = place.start()
            if start < reached or (start and _is_glued(text[start - 1])):
                continue
            table = self.tables[place[0]]
            match = table.expression.regex.match(text, start)
            if match is None or match.lastindex not in table.inside:
                continue
            template, fields = table.inside[match.lastindex]
            reached = match.end()
            values = {kind: match[group] for group, kind in fields if match[group]}
            yield Found(template, start, reached, values)


def _is_glued(char: str) -> bool:
    """Whether a character keeps what follows from being a word of its own."""
    return (char.isalnum() and char < "\u0500") or char in "№#"


@dataclass(frozen=True, slots=True)
class Joins:
    """The words that make two dates one range, and what must stand before the first."""

    always: re.Pattern[str]
    pair: re.Pattern[str] | None
    after_from: re.Pattern[str] | None
    opened_by_from: re.Pattern[str] | None
    opened_by_between: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Patterns:
    """All that is needed to read the dates of one language."""

    core: Templates
    bare_year: frozenset[int]
    """Templates of *core* that are a year and nothing else."""
    year_first: frozenset[int]
    """Templates of *core* that begin with a bare year."""
    bare_month: frozenset[int]
    months: tuple[re.Pattern[str], ...]
    seasons: dict[str, re.Pattern[str]]
    units: dict[str, re.Pattern[str]]
    counts: dict[str, int]
    month_context: re.Pattern[str]
    part_before: Ending | None
    part_after: Following | None
    operator_before: Ending | None
    operator_after: Following | None
    joins: Joins
    relative: Templates
    relatives: dict[int, Relative]
    relative_signals: tuple[str, ...]
    """Without one of these a text has no relative date."""


@dataclass(frozen=True, slots=True)
class YearContext:
    """What stands around a bare number and decides whether it is a year."""

    not_after: Scanner[bool]
    not_before: re.Pattern[str]
    in_front: frozenset[str]
    counting: frozenset[str]
    function_words: frozenset[str]


@cache
def eras() -> dict[str, int]:
    """Return the year before the first of each era, by its name as a regular expression."""
    data = rules("dates")
    return {**data["kanji_eras"], **data["latin_eras"]}


@cache
def year_context() -> YearContext:
    """Return the rules for bare years, the same in all languages."""
    data = rules("dates")["year"]
    return YearContext(
        scanner([(spaced(word), True) for word in data["not_after"]], behind=r"\Z"),
        re.compile("|".join(data["not_before"])),
        frozenset(data["in_front"]),
        frozenset(data["counting"]),
        frozenset(data["function_words"]),
    )


@cache
def sentence_end() -> re.Pattern[str]:
    """Return the pattern of a sentence's end: coarse, for the reach of relative dates only."""
    return re.compile(rules("dates")["clock"]["sentence_end"])


@cache
def negation() -> re.Pattern[str]:
    """Return the pattern that finds a negation in the clause before ("not … until")."""
    return re.compile(rules("dates")["clock"]["negation"], re.IGNORECASE)


@cache
def patterns(language: str) -> Patterns:
    """Return the compiled rules of *language*; English ones for a language without rules."""
    data = rules("dates")
    own: dict[str, Any] = data.get(language) or data["en"]
    templates = [*data["universal"]["templates"], *own["templates"]]
    core = _compile(templates, own, r"(?<!\d[.,:/-])")
    relative = _compile([r["words"] for r in own["relative"]], own, "", fold=True)
    suffixed = own is data.get("ja")
    parts, parts_behind = (
        [(word, part["part"]) for part in own.get(key, ()) for word in part["words"]]
        for key in ("parts", "parts_behind")
    )
    return Patterns(
        core=core,
        bare_year=_starting(templates, "{y}(?!"),
        year_first=_starting(templates, "{y}") - _starting(templates, "{y}年"),
        bare_month=_starting(templates, "{m}(?!"),
        months=_each(own["months"]),
        seasons=dict(zip(own["seasons"], _each(own["seasons"].values()), strict=True)),
        units=dict(zip(own["units"], _each(own["units"].values()), strict=True)),
        counts=own["counts"],
        month_context=re.compile(
            rf"(?:(?<![{LETTER}])|^)({_words(own['bare_month'])})\s?$", re.IGNORECASE
        ),
        part_before=ending(parts, r"[\s-]{1,2}"),
        part_after=following(parts_behind, ""),
        operator_before=ending(
            _operators(own["before"]), r"\s{0,2}" if suffixed else r"\s{1,2}", cjk=suffixed
        ),
        operator_after=following(_operators(own["after"]), "" if suffixed else r"\s"),
        joins=_read_joins(own),
        relative=relative,
        relative_signals=tuple(own["relative_signals"]),
        relatives={
            index: Relative(r["unit"], r["shift"], r.get("next", False))
            for index, r in enumerate(own["relative"])
        },
    )


def _starting(templates: list[str], beginning: str) -> frozenset[int]:
    return frozenset(i for i, template in enumerate(templates) if template.startswith(beginning))


def _each(words: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(word, re.IGNORECASE) for word in words)


def _read_joins(own: dict[str, Any]) -> Joins:
    words = own["joins"]
    return Joins(
        always=re.compile(_joins(words["always"])),
        pair=re.compile(_joins(words["pair"])) if words["pair"] else None,
        after_from=re.compile(_joins(words["from"])) if words["from"] else None,
        opened_by_from=_context(own["before"]["pair_from"]),
        opened_by_between=_context(own["before"]["pair_and"]),
    )


def _words(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in words)


def _field_pattern(name: str, own: dict[str, Any]) -> str:
    """Return the expression of one placeholder, with exactly one group."""
    if name == "m":
        flag = "i" if own.get("months_in_any_case") else "-i"
        return rf"((?{flag}:{'|'.join(own['months'][::-1])}))(?![{LETTER}])"
    if name == "season":
        return f"({'|'.join(own['seasons'].values())})"
    if name == "unit":
        return f"({'|'.join(own['units'].values())})"
    if name == "n":
        return rf"(\d{{1,3}}|{'|'.join(own['counts'])})"
    if name == "kanji_era":
        return f"({'|'.join(rules('dates')['kanji_eras'])})"
    if name == "latin_era":
        return f"({'|'.join(rules('dates')['latin_eras'])})"
    return _SIMPLE[name]


def _compile(
    templates: list[str], own: dict[str, Any], ahead: str, *, fold: bool = False
) -> Templates:
    """Return the templates by first character; *fold* reads words in any case, months as given."""
    expanded = [(_expanded(template, own), index) for index, template in enumerate(templates)]
    plain = [(_FIELD.sub(lambda m: _field_pattern(m[1], own), e), (e, i)) for e, i in expanded]
    tables = {
        letter: _table([meaning for _, meaning in found], own, ahead, fold)
        for letter, found in by_initial(plain, fold=fold).items()
    }
    if fold:
        tables |= {letter.upper(): table for letter, table in tables.items()}
    letters = "".join(re.escape(letter) for letter in tables)
    words = any(letter.islower() for letter in tables)
    return Templates(re.compile(rf"{rf'(?<![{LETTER}])' if words else ''}[{letters}]"), tables)


def _table(templates: list[tuple[str, int]], own: dict[str, Any], ahead: str, fold: bool) -> Table:
    """Return one expression for the templates, and what each of its groups holds."""
    alternatives: list[str] = []
    inside: dict[int, tuple[int, tuple[tuple[int, str], ...]]] = {}
    group = 0
    for expanded, index in templates:
        group += 1
        outer, inner = group, []
        out, last = [], 0
        for match in _FIELD.finditer(expanded):
            group += 1
            inner.append((group, match[1]))
            out += [expanded[last : match.start()], _field_pattern(match[1], own)]
            last = match.end()
        alternatives.append(f"({''.join(out)}{expanded[last:]})")
        inside[outer] = index, tuple(inner)
    flag = "i" if fold else "-i"
    return Table(Expression(f"{ahead}(?{flag}:{'|'.join(alternatives)})"), inside)


def _expanded(template: str, own: dict[str, Any]) -> str:
    """Return the template with all but its fields written out."""
    expanded = spaced(template)
    for plain in ("th", "g", "to"):
        expanded = expanded.replace(f"{{{plain}}}", spaced(own.get(plain, "")))
    return expanded.replace("{dash}", DASH)


def _operators(data: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return the operator words, the longest first, so that it wins."""
    found = [(word, name) for name in OPERATORS for word in data.get(name, ())]
    return sorted(found, key=lambda pair: -len(pair[0]))


def _context(words: list[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    return re.compile(rf"(?<![{LETTER}])({'|'.join(words)})\s*$", re.IGNORECASE)


def _joins(words: list[str]) -> str:
    return "|".join(w if w == "{dash}" else rf"\s*,?\s*{w}\s*" for w in words).replace(
        "{dash}", rf"\s*{DASH}\s*"
    )
