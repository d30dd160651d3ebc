"""Whose number it is, how it came about, and how firmly the text puts it forward."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

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
_AFTERTHOUGHT = re.compile(r"(?:[,—–(]|\bas|\bso)\s*(?:the\s)?$")
"""What stands in front of a speaker named only behind the number: ", as Smith says"."""

_CLUSTER = 24
"""How long a run of markers at the end of a paragraph may be, in characters."""

_APPOSED = re.compile(r"\([^()]*\)|,[^,]*,|group|side|government|officials|authorities|regime")
_MEMBERSHIP = re.compile(r"\s*(?:\([^()]*\))?\s*(?:of|at|from)\s+(?:the\s+)?")
_BACKWARD_REACH = 90
_FORWARD_REACH = 200
_BETWEEN_NAME_AND_VERB = 60


@dataclass(frozen=True, slots=True)
class Voices:
    """The expressions of ``rules/figures.toml`` for one language."""

    before: tuple[re.Pattern[str], ...]
    after: tuple[re.Pattern[str], ...]
    possessive: re.Pattern[str]
    quotation: re.Pattern[str]
    method: tuple[re.Pattern[str], ...]
    estimated: re.Pattern[str]
    hedged: re.Pattern[str]
    denied: re.Pattern[str]
    disputed: re.Pattern[str]
    clause: re.Pattern[str]


@cache
def voices(language: str) -> Voices:
    """Return the expressions of *language*; English ones for a language without rules."""
    own = words_of(language)
    after = [*own["sources_after"], own["more_than_said"]]
    return Voices(
        before=tuple(expression(text) for text in own["sources_before"]),
        after=tuple(expression(text) for text in after if text),
        possessive=expression(own["possessive"]),
        quotation=expression(own["quotation"]),
        method=tuple(expression(text) for text in own["method"]),
        estimated=expression(own["estimated"]),
        hedged=expression(own["hedged"]),
        denied=expression(own["denied"]),
        disputed=expression(own["disputed"]),
        clause=expression(own["clause"]),
    )


def authority(view: View, count: Count) -> Mention | None:
    """Return the agent the sentence names as the source of the number."""
    best: tuple[int, Mention] | None = None
    for name, start, end in _sources(view):
        distance = _reach(view, count, start, end)
        if distance is not None and (best is None or distance < best[0]):
            best = distance, name.mention
    return best[1] if best else None


def _sources(view: View) -> Iterator[tuple[Named, int, int]]:
    """Yield the agents that say something, and the stretch of the words that make them say it."""
    words = voices(view.language)
    agents = [n for n in view.names if n.mention.kind in _AGENTS and _may_speak(view, n)]
    if not agents:
        return
    for pattern in words.before:
        for match in pattern.finditer(view.text):
            agent = _at(agents, match.start(), match.end())
            if agent:
                yield agent, match.start(), max(match.end(), agent.end)
    for agent in agents:
        agent = _member(view, agent)
        if words.possessive.match(view.text, agent.end):
            yield agent, agent.start, agent.end
        if any(c.end <= agent.start for c in view.counts) and not _AFTERTHOUGHT.search(
            view.text[: agent.start]
        ):
            continue
        for pattern in words.after:
            verb = pattern.search(view.text, agent.end, agent.end + _BETWEEN_NAME_AND_VERB)
            if verb and _speaks(view, agent, verb.start()):
                yield agent, agent.start, verb.end()


def _may_speak(view: View, name: Named) -> bool:
    """Whether the name may stand for a voice; where nouns have cases, a place seldom does."""
    return name.mention.kind is not EntityKind.PLACE or view.language == "en"


def _member(view: View, agent: Named) -> Named:
    """Return the person in "Jane Doe (…) of Some University", who speaks, not the house."""
    if agent.mention.kind is not EntityKind.ORGANISATION:
        return agent
    people = (n for n in view.names if n.mention.kind is EntityKind.PERSON)
    for person in people:
        if _MEMBERSHIP.fullmatch(view.text[person.end : agent.start]):
            return replace(person, end=agent.end)
    return agent


def _at(agents: Sequence[Named], start: int, end: int) -> Named | None:
    """Return the agent named right behind a phrase that ends at *end*, or at its end."""
    near = [n for n in agents if start < n.start <= end + 2 and n.end > end - 1]
    return max(near, key=lambda n: n.end, default=None)


def _speaks(view: View, agent: Named, verb: int) -> bool:
    """Whether only a gap, or an apposition in commas or brackets, lies before the verb."""
    between = view.text[agent.end : verb].strip()
    if view.language == "ja":
        return between in {"", "の"}
    return not between or bool(_APPOSED.fullmatch(between))


def _reach(view: View, count: Count, start: int, end: int) -> int | None:
    """Return how far the phrase is from the number, or None if it does not speak of it."""
    bracket = _bracket_around(view, start)
    if bracket is not None:
        if count.bracket == bracket:
            return abs(count.start - start)
        before = [c for c in view.counts if c.end <= bracket[0]]
        near = before and before[-1] is count and bracket[0] - count.noun_end < 4
        return bracket[0] - count.end if near else None
    if start >= count.end:
        between = view.plain[count.noun_end : start]
        others = any(count.end <= c.start < start for c in view.counts if c.bracket is None)
        clear = not others and not voices(view.language).clause.search(between)
        return start - count.end if clear and len(between) <= _BACKWARD_REACH else None
    if end <= count.start:
        between = view.plain[end : count.start]
        taken = any(c.noun_end <= start < c.noun_end + 40 for c in view.counts if c is not count)
        if taken or ";" in between or len(between) > _FORWARD_REACH:
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
    if not text.rstrip().endswith((":", "：")) or not voices(language).quotation.search(text):
        return None
    speakers = [n for n in names if n.mention.kind in {EntityKind.PERSON, EntityKind.ORGANISATION}]
    return speakers[0].mention if speakers else None


def stance(view: View, count: Count) -> Stance:
    """Return how the clause of the number puts it forward."""
    words = voices(view.language)
    start, end = _clause(view, count)
    clause = view.text[start:end]
    if words.denied.search(clause):
        return Stance.DENIED
    if words.disputed.search(clause):
        return Stance.DISPUTED
    return Stance.HEDGED if words.hedged.search(clause) else Stance.ASSERTED


def _clause(view: View, count: Count) -> tuple[int, int]:
    """Return the stretch between the nearest clause boundaries around the number."""
    start, end = 0, len(view.text)
    for match in voices(view.language).clause.finditer(view.text):
        if match.end() <= count.start:
            start = match.end()
        elif match.start() >= count.noun_end:
            end = match.start()
            break
    return start, end


def method(view: View, count: Count) -> str:
    """Return how the number came about, in the words of the text."""
    words = voices(view.language)
    following = next((c.start for c in view.counts if c.start > count.end and not c.bracket), None)
    limit = min(len(view.text), following or len(view.text))
    for pattern in words.method:
        match = pattern.search(view.text, count.end, limit)
        if match:
            return " ".join(match[0].split()).rstrip(" ,")
    first = view.counts[0]
    leading = next((m for p in words.method if (m := p.match(view.text, 0, first.start))), None)
    if leading:
        return " ".join(leading[0].split()).rstrip(" ,")
    start, end = _clause(view, count)
    estimate = words.estimated.search(view.text, start, end)
    return " ".join(estimate[0].split()) if estimate else ""


def references(
    markers: Sequence[Marker], position: int, block: tuple[int, int] = (0, 0)
) -> tuple[int, ...]:
    """Return the references whose marker backs the stretch around *position*.

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
