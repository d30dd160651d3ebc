"""Names in Japanese running text, by expressions over its characters.

The patterns over tokens need words, and Japanese has no spaces: 抑留者協会会長 falls apart in them.
These rules read the characters, take the longest name, and drop what was guessed inside it. A
family name or the short form of a name given in full earlier carries the full one as its name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from ..language.alternatives import one_of
from ..language.prefilter import Haystack, Prefilter, prefilter
from ..model import BlockKind, Document, EntityKind, Mention
from ..resources import rules

_MACRO = re.compile(r"\{([a-z]+)\}")
_READ = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.CAPTION, BlockKind.METADATA})
"""Blocks without sentences that are read."""

_GUESSED = ("person-kanji", "person-kanji-honorific")
"""Rules over tokens whose guesses need one of ours to confirm them."""

_HOLDS = {
    EntityKind.ORGANISATION: frozenset({EntityKind.ORGANISATION}),
    EntityKind.EVENT: frozenset({EntityKind.PLACE}),
    EntityKind.LEGAL_INSTRUMENT: frozenset({EntityKind.ORGANISATION}),
    EntityKind.WORK: frozenset(EntityKind),
}
_FORMER = frozenset("現旧元")
_SHORT_ORG = 3
_STRETCH = 64
"""Length of the stretches that names are looked up by."""
_CJK = re.compile(r"[ぁ-ヿ一-龥]")


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    kind: EntityKind
    match: re.Pattern[str]
    subkind: str
    check: str
    needs: Prefilter


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of ``rules/mentions_ja.toml``, compiled."""

    rules: tuple[_Rule, ...]
    surname: re.Pattern[str]
    behind: str
    not_person: frozenset[str]
    within: re.Pattern[str]
    unless: dict[str, tuple[re.Pattern[str], ...]]
    short: re.Pattern[str]
    evenly: re.Pattern[str]
    """A name whose family name no list has, but whose length tells where it ends."""
    given_alone: re.Pattern[str]
    """A given name that may stand alone."""
    word: re.Pattern[str]
    """Behind a place: the rest of a word it begins."""
    soldierly: re.Pattern[str]
    """Behind an army: the rest of a word it begins."""
    town: re.Pattern[str]
    """A town with what makes it one."""
    place_behind: str


@cache
def _compiled() -> _Rules:
    data = rules("mentions_ja")
    listed = {*data["surnames"], *rules("persons")["words"]["surname-kanji"]}
    surname = one_of(listed)
    macros = {"surname": surname, **data["macros"]}

    def expand(text: str) -> str:
        while _MACRO.search(text):
            text = _MACRO.sub(lambda found: macros[found[1]], text)
        return text

    unless: dict[str, list[re.Pattern[str]]] = defaultdict(list)
    for name, expression in data["checks"].items():
        unless[name.split("_")[0]].append(re.compile(expression))

    def rule(table: Mapping[str, Any]) -> _Rule:
        kind, match = EntityKind(table["kind"]), re.compile(expand(table["match"]))
        subkind, check = table.get("subkind", ""), table.get("check", "")
        return _Rule(table["name"], kind, match, subkind, check, prefilter(match))

    return _Rules(
        tuple(map(rule, data["rule"])),
        re.compile(surname),
        expand(data["again"]["behind"]),
        frozenset(data["not_person"]["words"]),
        re.compile(data["not_person"]["within"]),
        {name: tuple(found) for name, found in unless.items()},
        re.compile(data["again"]["short"]),
        re.compile(data["again"]["evenly"]),
        re.compile(data["again"]["given_alone"]),
        re.compile(data["again"]["word"]),
        re.compile(data["again"]["soldierly"]),
        re.compile(data["again"]["town"]),
        data["again"]["place_behind"],
    )


def with_japanese(document: Document, found: Sequence[Mention]) -> list[Mention]:
    """Return *found* with the names that the characters of Japanese sentences show.

    Guesses that do not fit them are left out. Offsets are code points into ``document.text``.
    """
    segments = list(_segments(document))
    if not segments:
        return list(found)
    own = [name for start, text in segments for name in _names(start, text)]
    confirmed = {(m.start, m.end) for m in own if m.kind is EntityKind.PERSON}
    begun = {(m.start, m.kind) for m in own}
    kept = [m for m in found if _is_kept(m, confirmed, begun) and not _in_word(m, document.text)]
    settled = _settled(kept, own)
    settled = _settled(settled, list(_again(segments, settled)))
    return [_completed(mention, settled) for mention in settled]


def _is_kept(
    mention: Mention, confirmed: set[tuple[int, int]], begun: set[tuple[int, EntityKind]]
) -> bool:
    """Return whether a name that the other rules found holds for Japanese."""
    if mention.rule in _GUESSED:
        return (mention.start, mention.end) in confirmed
    if mention.language != "ja" or mention.authority:
        return True
    if mention.kind is EntityKind.PERSON:
        return _allowed("katakana", mention.text)
    if mention.kind is EntityKind.MILITARY_UNIT:
        return _allowed("unit", mention.text)
    if mention.kind is EntityKind.EVENT:
        return _allowed("event", mention.text)
    if mention.kind is EntityKind.ORGANISATION:
        if "（" in mention.text and (mention.start, mention.kind) in begun:
            return False
        return _allowed("organisation", mention.text) and _allowed("society", mention.text)
    if mention.kind is EntityKind.PLACE:
        return _allowed("natural", mention.text) and _allowed("town", mention.text)
    return True


def _in_word(mention: Mention, text: str) -> bool:
    """Return whether a name is only the first part of a word: 韓国籍, 日本画, 日本軍人."""
    if mention.language != "ja":
        return False
    if mention.text.endswith("軍"):
        return bool(_compiled().soldierly.match(text, mention.end))
    return mention.kind is EntityKind.PLACE and bool(_compiled().word.match(text, mention.end))


def _allowed(check: str, name: str) -> bool:
    return not any(pattern.search(name) for pattern in _compiled().unless[check])


def _segments(document: Document) -> Iterator[tuple[int, str]]:
    """Yield the stretches of Japanese text, each with its offset."""
    covered = set()
    for sentence in document.sentences:
        covered.add(sentence.block)
        if sentence.language == "ja":
            yield sentence.start, sentence.text
    for number, block in enumerate(document.blocks):
        if number not in covered and block.kind in _READ:
            text = document.text[block.start : block.end]
            if _CJK.search(text):
                yield block.start, text


def _names(offset: int, text: str) -> Iterator[Mention]:
    """Yield what the rules find in a stretch; they may overlap."""
    compiled, hay = _compiled(), Haystack(text)
    for rule in compiled.rules:
        if not rule.needs.admits(hay):
            continue
        for match in rule.match.finditer(text):
            start, end = match.span("m")
            start = _behind_person(text, start, end, rule, compiled)
            name = text[start:end]
            if name.strip() and _passes(rule, name, compiled):
                yield _mention(offset + start, name, rule)


def _behind_person(text: str, start: int, end: int, rule: _Rule, compiled: _Rules) -> int:
    """Return where the body begins in 森田健二・北都大学 and in 現・北都大学."""
    dot = text.find("・", start, end)
    if rule.kind is not EntityKind.ORGANISATION or dot < 0:
        return start
    front = text[start:dot]
    return dot + 1 if front in _FORMER or _is_full_name(front, compiled) else start


def _mention(start: int, text: str, rule: _Rule) -> Mention:
    name = re.sub(r"\s", "", text) if rule.kind is EntityKind.PERSON else text
    return Mention(
        start, start + len(text), text, rule.kind, name, "ja", rule.subkind, (), "", rule.name, 0.9
    )


def _passes(rule: _Rule, name: str, compiled: _Rules) -> bool:
    """Return whether a name passes the check of its rule."""
    if rule.kind is EntityKind.PERSON:
        if name in compiled.not_person:
            return False
        if rule.check == "person":
            known = compiled.surname.match(name)
            within = compiled.within.search(name, known.end() if known else 0)
            return not within and not name.startswith(("第", "元", "現"))
        if rule.check == "kanji":
            return _is_full_name(name, compiled)
    checks = [rule.check, "organisation"] if rule.check == "society" else [rule.check]
    return all(_allowed(check, name) for check in checks if check in compiled.unless)


def _is_full_name(name: str, compiled: _Rules) -> bool:
    """Return whether kanji with no title are a name: short family names are words, too."""
    surname = compiled.surname.match(name)
    if surname is None or compiled.unless["given"][0].match(name, surname.end()):
        return False
    return surname.end() > 1 or bool(compiled.unless["given"][1].fullmatch(name, surname.end()))


def _settled(found: Iterable[Mention], new: Sequence[Mention]) -> list[Mention]:
    """Return *found* with the *new* names, the longest first, where they fit."""
    kept: set[Mention] = set(found)
    places: dict[int, list[Mention]] = defaultdict(list)
    for mention in kept:
        for place in _places(mention):
            places[place].append(mention)
    for mention in sorted(new, key=lambda m: (m.start - m.end, m.start)):
        near = {
            other
            for place in _places(mention)
            for other in places[place]
            if other in kept and other.start < mention.end and mention.start < other.end
        }
        if all(_gives_way(other, mention) for other in near):
            kept -= {other for other in near if not _nests(other, mention)}
            kept.add(mention)
            for place in _places(mention):
                places[place].append(mention)
    return sorted(kept, key=lambda m: (m.start, -m.end, m.kind, m.rule, m.authority, m.name))


def _places(mention: Mention) -> range:
    """Return the numbers of the stretches of the text that a mention touches."""
    return range(mention.start // _STRETCH, mention.end // _STRETCH + 1)


def _gives_way(other: Mention, mention: Mention) -> bool:
    """Return whether a name found before does not stand against a new one."""
    same = (other.start, other.end) == (mention.start, mention.end)
    if same:
        return other.kind is not mention.kind and not other.authority
    inside = mention.start <= other.start and other.end <= mention.end
    around = other.start <= mention.start and mention.end <= other.end
    if around:
        return other.kind is EntityKind.GROUP
    return inside or (not other.authority and other.end - other.start < len(mention.text))


def _nests(other: Mention, mention: Mention) -> bool:
    """Return whether a name may stay inside or around a new one."""
    if other.start <= mention.start and mention.end <= other.end:
        return other.kind is EntityKind.GROUP and other.text != mention.text
    inside = mention.start <= other.start and other.end <= mention.end
    return bool(other.authority) and inside and other.kind in _HOLDS.get(mention.kind, ())


def _again(segments: Iterable[tuple[int, str]], found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield family names and short forms whose full form stands earlier in the document."""
    compiled = _compiled()
    full: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, EntityKind] = {}
    since: dict[str, int] = {}
    for mention in found:
        if not _CJK.search(mention.name):
            continue
        for short in _short_forms(mention, compiled):
            full[short].add(mention.name)
            kinds[short] = mention.kind
            since[short] = min(mention.end, since.get(short, mention.end))
    if not full:
        return
    towns = [short for short, kind in kinds.items() if kind is EntityKind.PLACE]
    others = "|".join(_longest_first(full.keys() - set(towns)))
    named = "|".join(_longest_first(towns))
    pattern = re.compile(
        "(?<![一-龥々〆ァ-ヺー])(?:"
        + f"(?P<m>{others or '(?!)'}){compiled.behind}"
        + f"|(?P<p>{named or '(?!)'}){compiled.place_behind})"
    )
    for offset, text in segments:
        for match in pattern.finditer(text):
            short = match["m"] or match["p"]
            start = offset + match.start()
            if start < since[short] and kinds[short] is not EntityKind.PLACE:
                continue
            names = full[short]
            name = next(iter(names)) if len(names) == 1 else short
            yield Mention(
                start,
                start + len(short),
                short,
                kinds[short],
                name,
                "ja",
                rule="ja-again",
                confidence=0.8,
            )


def _longest_first(forms: Iterable[str]) -> list[str]:
    return sorted(map(re.escape, forms), key=lambda form: (-len(form), form))


def _short_forms(mention: Mention, compiled: _Rules) -> Iterator[str]:
    """Yield the forms a name has when it stands again: its family name, the kind of its body."""
    name = mention.name
    if mention.kind is EntityKind.PERSON:
        surname = compiled.surname.match(name)
        cut = surname.end() if surname else 2 if compiled.evenly.fullmatch(name) else 0
        if 1 < cut < len(name):
            yield name[:cut]
        if cut > 0 and compiled.given_alone.fullmatch(name, cut):
            yield name[cut:]
    if mention.kind is EntityKind.PLACE and compiled.town.fullmatch(name):
        yield name[:-1]
    if mention.kind is EntityKind.ORGANISATION:
        short = compiled.short.search(name)
        if short and short.start() > 1:
            yield short[0]


def _completed(mention: Mention, found: Sequence[Mention]) -> Mention:
    """Return a family name, or a body's name without its place, with the full name as its name."""
    bare = mention.rule in _GUESSED or mention.rule.startswith("ja-person-surname")
    person = mention.kind is EntityKind.PERSON and bare
    body = mention.kind is EntityKind.ORGANISATION and mention.rule.startswith("ja-org")
    if not (person or (body and len(mention.name) >= _SHORT_ORG)):
        return mention
    longer = {
        other.name
        for other in found
        if other.kind is mention.kind
        and len(other.name) > len(mention.name)
        and (other.name.startswith if person else other.name.endswith)(mention.name)
    }
    return replace(mention, name=next(iter(longer))) if len(longer) == 1 else mention
