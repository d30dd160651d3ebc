"""Whose number it is, how it came about, and how firmly the text puts it forward."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ...language.labelled import spaced
from ...language.scanning import Scanner, scanner
from ...model import EntityKind, Marker, Mention, Stance
from .views import Count, Named, View
from .words import expression, words_of

_AGENTS = frozenset(
    {
        EntityKind.PERSON,
        EntityKind.ORGANISATION,
        EntityKind.GROUP,
        EntityKind.PLACE,
        EntityKind.WORK,
    }
)
_AFTERTHOUGHT = re.compile(
    r"(?:[,;—–(]|(?<!many )(?<!much )\b(?:as|so|while|whereas|but|and|though|although))"
    r"\s*(?:the\s)?(?:[\w-]+\s){0,2}$"
)
"""What stands in front of a speaker named only behind the number: ", as Smith says"."""

_CLUSTER = 24
"""How long a run of markers at the end of a paragraph may be, in characters."""

_APPOSED = r"\([^()]{1,80}\)|,[^,]{1,60},|group|side|government|officials|authorities|regime"
"""What may stand between a speaker and the verb."""

_STANCES = (Stance.DENIED, Stance.DISPUTED, Stance.HEDGED)
"""The strongest first."""

_NEAR = 32
_GENITIVE = frozenset({"'", "’"})
_MEMBERSHIP = re.compile(r"\s*(?:\([^()]*\))?\s*(?:of|at|from|in)\s+(?:the\s+)?")
_OF_HOUSE = re.compile(r"(?: [a-z]+){1,3},")
"""Behind a house whose part speaks: "according to the NKVD medical section,"."""
_BRACKET_REACH = 40
_GOVERNED = 60
_BACKWARD_REACH = 90
_FORWARD_REACH = 200


@dataclass(frozen=True, slots=True)
class Voices:
    """The expressions of ``rules/figures.toml`` for one language."""

    before: Scanner[bool]
    after: re.Pattern[str]
    possessive: re.Pattern[str]
    quotation: re.Pattern[str]
    method: Scanner[bool]
    estimated: re.Pattern[str]
    stances: Scanner[Stance]
    clause: re.Pattern[str]
    opened: re.Pattern[str]
    """A subordinate clause at the start; its only group is the comma that ends it."""
    conceded: re.Pattern[str]
    """What opens a clause beside the one of the number: "although the ministry protested,"."""
    oblique: re.Pattern[str]
    """What stands in front of a name that is no subject: "in Moscow", "published by her"."""


@cache
def voices(language: str) -> Voices:
    """Return the expressions of *language*; English ones for a language without rules."""
    own = words_of(language)
    cjk = language == "ja"
    after = "|".join(
        spaced(text) for text in (*own["sources_after"], own["more_than_said"]) if text
    )
    gap = r"\s*の?" if cjk else rf"\s*(?:{_APPOSED})?,?\s*{spaced(own.get('source_gap', ''))}"
    stances = [(own[stance.value], stance) for stance in _STANCES]
    return Voices(
        before=scanner(
            [(spaced(text), True) for text in own["sources_before"]], spaced=not cjk, behind=""
        ),
        after=re.compile(f"{gap}(?:{after})", re.IGNORECASE),
        possessive=expression(own["possessive"]),
        quotation=expression(own["quotation"]),
        method=scanner([(spaced(text), True) for text in own["method"]], spaced=not cjk, behind=""),
        estimated=expression(own["estimated"]),
        stances=scanner(((spaced(e), stance) for e, stance in stances), spaced=not cjk, behind=""),
        clause=expression(own["clause"]),
        opened=expression(own.get("opened", "")),
        conceded=expression(own.get("conceded", "(?!)")),
        oblique=expression(own.get("oblique", "(?!)")),
    )


class Voice:
    """The voices of one sentence."""

    def __init__(self, view: View) -> None:
        """Find out who says something in the sentence."""
        self._view = view
        self._words = voices(view.language)
        self._sources = list(_sources(view))
        self._stances = list(self._words.stances.scan(view.text))
        self._methods = list(self._words.method.scan(view.text))
        opened = self._words.opened.match(view.text)
        self._boundaries = [m.span() for m in self._words.clause.finditer(view.text)]
        self._boundaries += [opened.span(1)] if opened else []

    def authority(self, count: Count) -> Mention | None:
        """Return the agent the sentence names as the source of the number."""
        best: tuple[int, Mention] | None = None
        for name, start, end, forward in self._sources:
            distance = _reach(self._view, count, start, end, forward)
            if distance is not None and (best is None or distance < best[0]):
                best = distance, name.mention
        return best[1] if best else None

    def stance(self, count: Count) -> Stance:
        """Return how the clause of the number puts it forward."""
        start, end = self._clause(count)
        found = {stance for a, b, stance in self._stances if start <= a and b <= end}
        return next((stance for stance in _STANCES if stance in found), Stance.ASSERTED)

    def method(self, count: Count) -> str:
        """Return how the number came about, in the words of the text."""
        text, counts = self._view.text, self._view.counts
        following = (c.start for c in counts if c.start > count.end and not c.bracket)
        limit = min(len(text), next(following, len(text)))
        for start, end, _ in self._methods:
            if (start == 0 and end <= counts[0].start) or count.end <= start < limit:
                return " ".join(text[start : min(end, limit)].split()).rstrip(" ,")
        start, end = self._clause(count)
        estimate = self._words.estimated.search(text, start, end)
        return " ".join(estimate[0].split()) if estimate else ""

    def _clause(self, count: Count) -> tuple[int, int]:
        """Return the stretch between the nearest clause boundaries around the number."""
        start = max((b for _, b in self._boundaries if b <= count.start), default=0)
        ends = (a for a, _ in self._boundaries if a >= count.noun_end)
        return start, min(ends, default=len(self._view.text))


def _sources(view: View) -> Iterator[tuple[Named, int, int, bool]]:
    """Yield the agents that say something, and the stretch of words that make them say it.

    The last is whether it is a verb with what is said behind it.
    """
    words = voices(view.language)
    agents = [n for n in view.names if n.mention.kind in _AGENTS and _may_speak(view, n)]
    if not agents:
        return
    for start, end, _ in words.before.scan(view.text):
        agent = _at(view, agents, start, end)
        if agent:
            yield agent, start, max(end, agent.end), False
    first = view.counts[0].end if view.counts else len(view.text)
    for agent in agents:
        agent = _with_its_house(view, agent)
        before = view.text[max(0, agent.start - _NEAR) : agent.start]
        oblique = words.oblique.search(before)
        own = words.possessive.match(view.text, agent.end)
        if own and (own[0][0] in _GENITIVE or not oblique):
            yield agent, agent.start, agent.end, False
        if oblique or words.conceded.search(view.text, 0, agent.start):
            continue
        if agent.start < first or _AFTERTHOUGHT.search(before):
            verb = words.after.match(view.text, agent.end)
            if verb:
                yield agent, agent.start, verb.end(), True


def _may_speak(view: View, name: Named) -> bool:
    """Whether the name may stand for a voice; where nouns have cases, a place seldom does.

    Behind a Japanese group は makes a topic: those counted.
    """
    if view.language == "ja" and name.mention.kind is EntityKind.GROUP:
        return False
    return name.mention.kind is not EntityKind.PLACE or view.language == "en"


def _with_its_house(view: View, agent: Named) -> Named:
    """Return the agent up to the end of what it belongs to: "Jane Doe (…) of Some University"."""
    for name in view.names:
        if name.start >= agent.end and _MEMBERSHIP.fullmatch(view.text[agent.end : name.start]):
            return replace(agent, end=max(name.end, agent.end))
    return agent


def _at(view: View, agents: Sequence[Named], start: int, end: int) -> Named | None:
    """Return the agent named right behind a phrase that ends at *end*, or at its end.

    Of a chain of houses, "the Office of the Ministry", it is the first.
    """
    near = [n for n in agents if start < n.start <= end + 2 and n.end > end - 1]
    near = [n for n in near if "," not in view.text[end : n.start]]
    near = near or [
        n for n in agents if start < n.start < end and _OF_HOUSE.match(view.text, n.end)
    ]
    last = max(near, key=lambda n: n.end, default=None)
    chain = [n for n in agents if start < n.start and last is not None and n.end < last.start]
    for name in reversed(chain):
        if last is not None and _is_part_of(view, name, last):
            last = replace(name, end=last.end)
    return last


def _is_part_of(view: View, name: Named, house: Named) -> bool:
    """Whether a house is named as part of the next: "ГУПВИ МВД СССР", "the Office of the Court"."""
    bodies = {EntityKind.ORGANISATION, EntityKind.PERSON}
    gap = view.text[name.end : house.start]
    if name.mention.kind not in bodies:
        return False
    adjoined = view.language == "ru" and gap.isspace() and house.mention.kind in bodies
    return adjoined or bool(_MEMBERSHIP.fullmatch(gap))


def _reach(view: View, count: Count, start: int, end: int, forward: bool) -> int | None:
    """Return how far the phrase is from the number, or None if it does not speak of it."""
    bracket = _bracket_around(view, start)
    if bracket is not None:
        if count.bracket == bracket:
            return abs(count.start - start)
        before = [c for c in view.counts if c.end <= bracket[0]]
        between = view.plain[count.noun_end : bracket[0]]
        near = before and before[-1] is count and len(between) <= _BRACKET_REACH
        return bracket[0] - count.end if near and not view.rules.boundary.search(between) else None
    if forward and start < count.start and end >= count.end:
        return count.start - start
    if start >= count.end:
        if forward and any(0 <= c.start - end < _GOVERNED for c in view.counts):
            return None
        between = view.plain[count.noun_end : start]
        others = any(count.end <= c.start < start for c in view.counts if c.bracket is None)
        clear = not others and not voices(view.language).clause.search(between)
        return start - count.end if clear and len(between) <= _BACKWARD_REACH else None
    if end <= count.start:
        between = view.plain[end : count.start]
        taken = any(c.noun_end <= start < c.noun_end + 40 for c in view.counts if c is not count)
        if (taken and not forward) or ";" in between or len(between) > _FORWARD_REACH:
            return None
        return count.start - end
    return None


def _bracket_around(view: View, position: int) -> tuple[int, int] | None:
    if not view.plain[position : position + 1].isspace():
        return None
    opening = view.plain.rfind("(", 0, position)
    closing = view.plain.find(")", position)
    return (opening, closing + 1) if 0 <= opening < closing else None


def quoted_authority(text: str, names: Sequence[Named], language: str) -> Mention | None:
    """Return who speaks in the quotation that follows a sentence ending in a colon."""
    if not voices(language).quotation.search(text):
        return None
    speakers = [n for n in names if n.mention.kind in {EntityKind.PERSON, EntityKind.ORGANISATION}]
    return speakers[0].mention if speakers else None


def references(
    markers: Sequence[Marker], position: int, block: tuple[int, int] = (0, 0)
) -> tuple[int, ...]:
    """Return the references whose marker, of those near, backs the stretch around *position*.

    Where none does, markers that stand only at the end of the block (its start and end are given)
    back all of it: authors put one citation behind a paragraph taken from one source.
    """
    found = [m for m in markers if m.scope_start <= position < m.scope_end]
    if not found:
        inside = [m for m in markers if block[0] <= m.start < block[1]]
        first = min((m.start for m in inside), default=block[1])
        if all(m.end - first <= _CLUSTER for m in inside) and block[1] - first <= _CLUSTER:
            found = inside
    return tuple(dict.fromkeys(m.reference for m in found if m.reference is not None))
