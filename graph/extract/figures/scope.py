"""Where and when a number is said to hold, by its own sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ...model import EntityKind, Mention
from ...resources import rules
from .reading import Reading
from .views import FAR, FINITE, Count, Dated, Named, View
from .voice import voices
from .words import expression, words_of

PHRASE = 140
"""How far behind a number the words about it may reach, in characters."""

STOP = re.compile(r"(?<!\d),|,(?!\d)|[;:()（）。、—]|(?<![A-Z])\.(?=\s|$)|\s[–-]\s")
_LINK = re.compile(r",\s(?:and|but|or|и|а|но|und|aber)\s")
"""What joins a clause to the one before."""
_CAMP_NAME = re.compile(r"(?!.*\bcamps\b)(?:[Cc]amp )?(?![Cc]amp)[^\W\d_a-z]")
_FIRST = 40
"""How far into a sentence the phrase that opens it may reach, in characters."""
_SUBORDINATE = re.compile(r",\s(?:where|whose|где|чей|чьи)\b")
"""What opens a clause about something else: the date in front is not of the number in it."""
_TOPICAL = re.compile(r"(?:地方|地区|州|市)?(?:では|には|における|においては)")
_OPENING_DASH = re.compile(r"^\s[—–](?=\s(?:во?|на|под|из)$)")
"""What stands for the verb between a number and its place: "15 — в Чите"."""
_ASIDE = re.compile(
    r",\s(?:including|among\s(?:them|whom)|of\s(?:them|whom)|mostly|mainly)\s[^,;.]{1,60},"
)
"""What is put between a number and its verb: "90 men, among them 3 doctors, died in Omsk"."""
_COMMA_NEXT = re.compile(r"\s*,")
_COMMA = re.compile(r",?\s*\(?|\s+in\s+(?:the\s+)?|,\s+in\s+(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class Scope:
    """The expressions of ``rules/figures.toml`` for one language."""

    inside: re.Pattern[str]
    at: re.Pattern[str]
    to: re.Pattern[str]
    leaving: re.Pattern[str]
    left: re.Pattern[str]
    construction: re.Pattern[str]
    behind: re.Pattern[str]
    series: re.Pattern[str]
    apposition: re.Pattern[str]
    embedding: re.Pattern[str]
    verb: re.Pattern[str]
    anaphora: re.Pattern[str]
    continues: re.Pattern[str]
    legend_cut: re.Pattern[str]
    description_stop: re.Pattern[str]
    copula: re.Pattern[str]
    generic: re.Pattern[str]
    of_others: re.Pattern[str]
    """Behind a word that leaves open who is counted, what says that others are: "of all armies"."""
    captives: re.Pattern[str]
    hosting: re.Pattern[str]
    holding: re.Pattern[str]
    demonstrative: re.Pattern[str]
    continuation: re.Pattern[str]
    imprint: re.Pattern[str]
    """What stands in front of the date of a text: "a report of", "published by … in"."""
    perfect: re.Pattern[str]
    """The auxiliary in front of "been sent", without what stands between."""
    complement: re.Pattern[str]
    """What goes on from a verb and belongs to it: "to the coast", "of typhus"."""
    not_counted: re.Pattern[str]
    """What stands in front of a number that says how many might be: "room for 90 men"."""
    not_yet: re.Pattern[str]
    """What stands behind a number of people of whom something is only meant: "would be"."""
    there: re.Pattern[str]
    """What is said of people in the place of the sentence before: "died there"."""
    where: re.Pattern[str]
    subordinate: re.Pattern[str]
    """A clause that tells of another time: "when they reached Omsk, 90 had died"."""
    later: re.Pattern[str]
    lead: re.Pattern[str]
    """What a sentence opens with that its numbers divide: "Of the fishermen, 90"."""
    rate: re.Pattern[str]
    """What a share is called: "the death rate of the camp was"."""
    owned: re.Pattern[str]
    """What says that the number is of parts of what opens the clause: "had"."""
    head: re.Pattern[str]
    """In Japanese, the noun counted in front of the number, and the particles between."""
    who: str
    """The relative pronoun that joins what is said to who is counted; empty if it needs more."""


@cache
def scope_words(language: str) -> Scope:
    """Return the expressions of *language*; English ones for a language without rules."""
    own = words_of(language)
    names = {
        "inside": "within", "at": "in", "to": "to", "leaving": "leaving", "left": "left",
        "construction": "construction",
        "behind": "behind", "series": "series", "apposition": "apposition",
        "embedding": "embedding", "verb": "verb", "anaphora": "anaphora", "continues": "continues",
        "legend_cut": "legend_cut", "description_stop": "description_stop", "copula": "copula",
        "generic": "generic", "of_others": "of_others", "captives": "captives",
        "hosting": "hosting", "holding": "holding",
        "demonstrative": "demonstrative", "continuation": "continuation", "head": "head",
        "imprint": "imprint", "perfect": "perfect", "complement": "complement",
        "not_counted": "not_counted", "not_yet": "not_yet", "there": "there", "where": "where",
        "subordinate": "subordinate", "lead": "lead",
        "rate": "rate", "later": "later", "owned": "owned",
    }  # fmt: skip
    found = {field: expression(own.get(key, "(?!)")) for field, key in names.items()}
    return Scope(**found, who=own.get("who", ""))


def situates(text: str, place: Mention, language: str) -> bool:
    """Whether a place in front of a table is where its numbers hold, and not what was left."""
    words = scope_words(language)
    left = words.leaving.search(text, max(0, place.start - _FIRST), place.start)
    return left is None and not words.left.match(text, place.end)


def refers_back(view: View, count: Count) -> bool:
    """Whether the number is of people spoken of before: "of them", "in addition"."""
    words = scope_words(view.language)
    return bool(
        words.continues.match(view.text)
        or view.before(words.anaphora, count.start, FAR)
        or words.anaphora.match(view.text[count.noun_start : count.noun_end])
    )


def points_back(view: View) -> bool:
    """Whether the sentence is about "these camps", those of the sentence before."""
    return bool(scope_words(view.language).demonstrative.search(view.text))


def stays_there(view: View) -> bool:
    """Whether the sentence tells what was done "there", in the place of the sentence before."""
    return bool(scope_words(view.language).there.search(view.text))


def territory(view: View, count: Count, reading: Reading) -> tuple[Mention, ...]:
    """Return the places where the number is said to hold, if the sentence places it."""
    places = outermost([n for n in view.names if is_place(n.mention)])
    words = scope_words(view.language)
    found: list[Named] = []
    last: Named | None = None
    for place in places:
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
    return tuple(p.mention for p in (behind or found))


def _whole_series(view: View, places: list[Named], found: list[Named]) -> list[Named]:
    """Return *found* with the places listed in front: the last of a series has the particle."""
    kept = list(found)
    for place, following in reversed(list(pairwise(places))):
        gap = view.text[place.end : following.start]
        if following in kept and place not in kept and scope_words("ja").series.match(gap):
            kept.insert(kept.index(following), place)
    return kept


def is_place(mention: Mention) -> bool:
    """Whether the mention is a place; a camp is one if it has a number or name, or is known."""
    if mention.kind is EntityKind.CAMP:
        known = bool(mention.authority) or "number" in dict(mention.attributes)
        return known or bool(_CAMP_NAME.match(mention.name))
    return mention.kind is EntityKind.PLACE


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


def outermost(places: list[Named]) -> list[Named]:
    """Return the places that lie in no other: a camp named after a town is one place."""
    kept: list[Named] = []
    for place in sorted(places, key=lambda n: (n.start, -n.end)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


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
        return place.start <= _FIRST and bool(_TOPICAL.match(view.text, place.end))
    return bool(_COMMA_NEXT.match(view.text, place.end)) and _opens(view, place)


def _opens(view: View, place: Named) -> bool:
    """Whether nothing but a preposition and a date stands in front of the place."""
    if place.start > _FIRST:
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
    counts = [c for c in view.counts if not aside or not aside.start() < c.start < aside.end()]
    if any(count.noun_end <= c.start < place.start for c in counts):
        return False
    if words.inside.search(between) or words.construction.search(between):
        return True
    preposition = words.at.search(between)
    if leads_to and preposition is None:
        preposition = words.to.search(between)
    if not preposition:
        return False
    end = count.noun_end + preposition.start()
    if reading.measure in _PRINTED and not words.verb.search(between):
        return not between[: preposition.start()].strip()
    return not _embedded(view, count.noun_end, end, leads_to)


_OF_TEXTS = frozenset({"works", "memoirs", "other", "names-listed", "records-held"})
"""Of these, when they were published is when the number holds."""
_WAY = frozenset({"from", "for", "under", "из", "для", "под", "aus", "für", "unter"})
_PRINTED = frozenset({"works", "memoirs", "other"})
"""Of these, "published in Japan" without a verb only says which ones are meant."""


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


def period(view: View, count: Count, reading: Reading) -> Dated | None:
    """Return the date that the sentence gives the number, not that of a text it stands in."""
    imprint = scope_words(view.language).imprint
    dates = [d for d in view.dates if _visible(view, count, d)]
    if reading.measure not in _OF_TEXTS:
        dates = [d for d in dates if not view.before(imprint, d.start, PHRASE)]
    dates = [d for d in dates if not _SUBORDINATE.search(view.plain, d.end, count.start)]
    before = [
        d for d in dates if d.end <= count.start and ";" not in view.text[d.end : count.start]
    ]
    if before and view.language == "ja":
        return before[-1]
    behind = [d for d in dates if d.start >= count.end and _same_clause(view, count, d)]
    if before and behind and "," in view.plain[count.noun_end : behind[0].start]:
        behind = []
    if behind and not any(count.noun_end <= c.start < behind[0].start for c in _main(view, count)):
        return behind[0]
    before = [
        d for d in dates if d.end <= count.start and ";" not in view.text[d.end : count.start]
    ]
    if before:
        return before[-1]
    return behind[0] if behind else None


def _main(view: View, count: Count) -> list[Count]:
    return [c for c in view.counts if c is not count and c.bracket == count.bracket]


def _visible(view: View, count: Count, date: Dated) -> bool:
    """Whether a date may be of this number: not one in somebody else's brackets."""
    inside = view.plain[date.start : date.end].isspace()
    if count.bracket is None:
        return not inside
    return not inside or count.bracket[0] < date.start < count.bracket[1]


def _same_clause(view: View, count: Count, date: Dated) -> bool:
    between = view.plain[count.noun_end : date.start]
    return not view.rules.boundary.search(between)
