"""Where a number is said to hold, by its own sentence."""

from __future__ import annotations

import re
from itertools import pairwise

from ...model import Mention
from ...resources import rules
from .reading import Reading
from .scope import FIRST, PHRASE, STOP, is_place, outermost, scope_words
from .views import FINITE, Count, Named, View
from .voice import voices

_LINK = re.compile(r",\s(?:and|but|or|и|а|но|und|aber)\s")
"""What joins a clause to the one before."""
_TOPICAL = re.compile(r"(?:地方|地区|州|市)?(?:では|には|における|においては)")
_OPENING_DASH = re.compile(r"^\s[—–](?=\s(?:во?|на|под|из)$)")
"""What stands for the verb between a number and its place: "15 — в Чите"."""
_ASIDE = re.compile(
    r",\s(?:including|among\s(?:them|whom)|of\s(?:them|whom)|mostly|mainly)\s[^,;.]{1,60},"
    r"|,\s(?:(?:about|some|over|nearly|mostly)\s)?\d[\d.,]*\s?(?:%|per\s?cent)?\sof\s(?:them|whom)\s"
    r"[^,;.]{1,40},"
)
"""What is put between a number and its verb: "90 men, among them 3 doctors, died in Omsk"."""
_COMMA_NEXT = re.compile(r"(?:\s(?:alone|itself|proper|too|as well))?\s*,")
_GENITIVE = ("'s ", "’s ")
_RELATIVE = re.compile(r"\s(?:which|that)\s")
_COMMA = re.compile(r",?\s*\(?|\s+in\s+(?:the\s+)?|,\s+in\s+(?:the\s+)?")
_WAY = frozenset({"from", "for", "under", "by", "with", "из", "для", "под", "aus", "für", "unter"})
_HOMEWARD = frozenset({"repatriated", "released"})
"""Measures of those who left the place where they had been."""
_HELD_ELSEWHERE = frozenset({"records-held", "names-listed", "works", "memoirs"})
"""Measures of things: the place in "cards that name men in Omsk" is that of the men."""
_PRINTED = frozenset({"works", "memoirs", "other"})
"""Of these, "published in Japan" without a verb only says which ones are meant."""


def territory(view: View, count: Count, reading: Reading) -> tuple[Mention, ...]:
    """Return the places where the number is said to hold, if the sentence places it."""
    places = outermost([n for n in view.names if is_place(n.mention)])
    words = scope_words(view.language)
    found: list[Named] = []
    last: Named | None = None
    for place in places:
        if view.text.startswith(_GENITIVE, place.end):
            continue
        gap = view.text[last.end : place.start] if last is not None else ""
        if _in_apposition(view, last, place):
            pass
        elif last is not None and view.language != "ja" and words.series.match(gap):
            found += [place] if last in found else []
        elif _placed(view, count, place, reading):
            found.append(place)
        last = place
    if view.language == "ja":
        found = _whole_series(view, places, found)
    behind = [p for p in found if p.start >= count.noun_end]
    if not found and reading.measure in _HOMEWARD:
        found = [p for p in places if _is_left(view, count, p)]
    return tuple(p.mention for p in (behind or found))


def _is_left(view: View, count: Count, place: Named) -> bool:
    """Whether the counted came from there: where nothing tells where to, that is their place."""
    between = view.plain[count.noun_end : place.start]
    near = 0 < len(between) <= PHRASE and not STOP.search(between.rstrip())
    left = near and scope_words(view.language).leaving.search(between)
    start, end = count.noun_end, count.noun_end + (left.start() if left else 0)
    return bool(left) and not _embedded(view, start, end, leads_to=True)


def _whole_series(view: View, places: list[Named], found: list[Named]) -> list[Named]:
    """Return *found* with the places listed in front: the last of a series has the particle."""
    kept = list(found)
    for place, following in reversed(list(pairwise(places))):
        gap = view.text[place.end : following.start]
        if following in kept and place not in kept and scope_words("ja").series.match(gap):
            kept.insert(kept.index(following), place)
    return kept


def _in_apposition(view: View, last: Named | None, place: Named) -> bool:
    """Whether the place only says where the one before it lies: "Kansk, Krasnoyarsk Krai"."""
    if last is None:
        return False
    towns, regions = (frozenset(rules("figures")["places"][key]) for key in ("towns", "regions"))
    if last.mention.subkind in towns and place.mention.subkind in regions:
        return bool(_COMMA.fullmatch(view.text[last.end : place.start]))
    if view.text[last.end : place.start].strip() == ",":
        return False
    return bool(scope_words(view.language).apposition.match(view.text[last.end : place.start]))


def _placed(view: View, count: Count, place: Named, reading: Reading) -> bool:
    """Whether a preposition puts the number, and nothing nearer, in this place."""
    words = scope_words(view.language)
    if count.bracket is not None:
        if count.bracket[0] < place.start < count.bracket[1]:
            return bool(view.before(words.at, place.start))
        gap = view.text[place.end : count.bracket[0]].strip()
        return not gap and count.bracket[0] >= place.end
    frame = view.rules.frames[reading.frame] if reading.frame >= 0 else None
    alike = {f.territory for f in view.rules.frames if f.measure == reading.measure}
    kind = frame.territory if frame else "to" if "to" in alike else "in"
    if place.start >= count.noun_end:
        leads_to = kind == "to" or reading.rule == "gapped"
        return _placed_behind(view, count, place, leads_to, reading)
    if view.language == "en" and voices("en").after.match(view.text, place.end):
        return False
    if kind == "left" or words.hosting.fullmatch(view.text[place.end : count.start].rstrip()):
        return True
    if words.keeping.fullmatch(view.text[place.end : count.start].rstrip()):
        return bool(view.before(words.at, place.start))
    return _placed_before(view, count, place, reading)


def _placed_before(view: View, count: Count, place: Named, reading: Reading) -> bool:
    words = scope_words(view.language)
    linked = _LINK.search(view.text, place.end, count.start)
    between = any(place.end <= c.start < count.start for c in view.counts if c.bracket is None)
    if linked or between or view.rules.boundary.search(view.text, place.end, count.start):
        return _leading(view, place) or _goes_on_there(view, count, place)
    if view.language == "ja":
        return bool(words.behind.match(view.text[place.end :]))
    preposition = view.before(words.at, place.start) or view.before(words.inside, place.start)
    if preposition is None or words.subordinate.search(view.text, 0, place.start):
        return False
    clause = max((m.end() for m in STOP.finditer(view.text, 0, preposition.start())), default=0)
    trigger = reading.trigger
    if reading.rule == "subject" and trigger is not None and clause <= trigger.start:
        return trigger.end <= preposition.start() + 1
    return _leading(view, place) or not _embedded(view, clause, preposition.start())


def _leading(view: View, place: Named) -> bool:
    """Whether the place opens the sentence: "In Kazakhstan, …", カザフスタンでは…."""
    if view.language == "ja":
        return place.start <= FIRST and bool(_TOPICAL.match(view.text, place.end))
    return bool(_COMMA_NEXT.match(view.text, place.end)) and _opens(view, place)


def _opens(view: View, place: Named) -> bool:
    """Whether nothing but a preposition and a date stands in front of the place."""
    if place.start > FIRST:
        return False
    words = scope_words(view.language)
    preposition = view.before(words.at, place.start) or view.before(words.inside, place.start)
    before = view.text[: preposition.start()] if preposition else view.text[: place.start]
    dated = any(d.end <= len(before) + 2 for d in view.dates)
    return not before.strip() or dated


def _goes_on_there(view: View, count: Count, place: Named) -> bool:
    """Whether a clause tells more of the place: "at Omsk, where 90 died", "In Omsk typhus: 90"."""
    words = scope_words(view.language)
    gap = view.text[place.end : count.start]
    if any(place.end <= n.start < count.start and is_place(n.mention) for n in view.names):
        return False
    if any(place.end <= c.start < count.start for c in view.counts if c.bracket is None):
        return False
    preposition = view.before(words.at, place.start) or view.before(words.inside, place.start)
    if preposition is None or ";" in gap:
        return False
    if words.where.search(gap):
        return True
    return gap.count(":") == 1 and _opens(view, place) and not _LINK.search(gap)


def _placed_behind(
    view: View, count: Count, place: Named, leads_to: bool, reading: Reading
) -> bool:
    words = scope_words(view.language)
    between = _ASIDE.sub("", view.plain[count.noun_end : place.start]).rstrip()
    between = _OPENING_DASH.sub("", between)
    if place.start - count.noun_end > PHRASE or STOP.search(between):
        return False
    if view.plain[place.start : place.end].isspace():
        return False
    if view.language == "ja":
        return bool(words.behind.match(view.text[place.end :]))
    aside = _ASIDE.search(view.plain, count.noun_end, place.start)
    start = aside.end() if aside else count.noun_end
    counts = [c for c in view.counts if not aside or not aside.start() < c.start < aside.end()]
    if any(count.noun_end <= c.start < place.start for c in counts):
        return False
    if words.inside.search(between) or words.construction.search(between):
        return True
    if reading.measure in _HELD_ELSEWHERE and _RELATIVE.search(between):
        return False
    preposition = words.at.search(between)
    if leads_to and preposition is None:
        preposition = words.to.search(between)
    if not preposition:
        return False
    end = place.start - (len(between) - preposition.start())
    if reading.measure in _PRINTED and not words.verb.search(between):
        return not between[: preposition.start()].strip()
    return not _embedded(view, start, max(start, end), leads_to)


def _embedded(view: View, start: int, end: int, leads_to: bool = False) -> bool:
    """Whether what follows belongs to another noun: "memoirs of prisoners in Siberia".

    Who is led somewhere may be led from somewhere else, and for something.
    """
    words = scope_words(view.language)
    between = view.plain[start:end]
    verbs = [m.end() for m in words.verb.finditer(between)]
    verbs += [t.end - start for t in view.of_kind(FINITE) if start <= t.start and t.end <= end]
    found = [m[0] for m in words.embedding.finditer(between, max(verbs, default=0))]
    return any(not (leads_to and word in _WAY) for word in found)
