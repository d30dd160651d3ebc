"""The words that place a number, and when it is said to hold, by its own sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ...language.prefilter import Sieve
from ...model import EntityKind, Mention
from .reading import Reading
from .views import FAR, Count, Dated, Named, View
from .words import expression, words_of

PHRASE = 140
"""How far behind a number the words about it may reach, in characters."""

STOP = re.compile(r"(?<!\d),|,(?!\d)|[;:()（）。、—]|(?<![A-Z])\.(?=\s|$)|\s[–-]\s")
_CAMP_NAME = re.compile(r"(?!.*\bcamps\b)(?:[Cc]amp )?(?![Cc]amp)[^\W\d_a-z]")
FIRST = 40
"""How far into a sentence the phrase that opens it may reach, in characters."""
_SUBORDINATE = re.compile(r",\s(?:where|whose|где|чей|чьи)\b")
"""What opens a clause about something else: the date in front is not of the number in it."""
_WHEN = re.compile(r"^(?:\s[a-z]+)?\swhen\b(?=[^,;.]*$)")
"""What ties a number to the time of something else: "90 members when we met in 1976"."""
_OF_TEXTS = frozenset({"works", "memoirs", "other", "names-listed", "records-held"})
"""Of these, when they were published is when the number holds."""


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
    now: re.Pattern[str]
    hosting: re.Pattern[str]
    keeping: re.Pattern[str]
    """What stands between the place of a body and what it has: "the archive in Omsk holds"."""
    bracketed: re.Pattern[str]
    """What a date in brackets belongs to: "the last winter (1945–46)"."""
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
        "hosting": "hosting", "keeping": "keeping", "now": "now", "bracketed": "bracketed",
        "holding": "holding",
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
    left = words.leaving.search(text, max(0, place.start - FIRST), place.start)
    return left is None and not words.left.match(text, place.end)


def refers_back(view: View, count: Count) -> bool:
    """Whether the number is of people spoken of before: "of them", "in addition"."""
    words = scope_words(view.language)
    return bool(
        words.continues.match(view.text)
        or view.before(words.anaphora, count.start, FAR)
        or words.anaphora.match(view.text[count.noun_start : count.noun_end])
        or words.anaphora.match(view.text[count.end : count.end + FIRST].lstrip())
    )


def points_back(view: View) -> bool:
    """Whether the sentence is about "these camps", those of the sentence before."""
    return bool(scope_words(view.language).demonstrative.search(view.text))


def speaks_of_now(view: View, count: Count) -> bool:
    """Whether the number is said to hold when the text was written: "today 90 are alive"."""
    return bool(view.before(scope_words(view.language).now, count.start, FAR))


def stays_there(view: View) -> bool:
    """Whether the sentence tells what was done "there", in the place of the sentence before."""
    return _there(view.language).search(view.text) is not None


@cache
def _there(language: str) -> Sieve:
    return Sieve(scope_words(language).there)


def is_place(mention: Mention) -> bool:
    """Whether the mention is a place; a camp is one if it has a number or name, or is known."""
    if mention.kind is EntityKind.CAMP:
        known = bool(mention.authority) or "number" in dict(mention.attributes)
        return known or bool(_CAMP_NAME.match(mention.name))
    return mention.kind is EntityKind.PLACE


def outermost(places: list[Named]) -> list[Named]:
    """Return the places that lie in no other: a camp named after a town is one place."""
    kept: list[Named] = []
    for place in sorted(places, key=lambda n: (n.start, -n.end)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def period(view: View, count: Count, reading: Reading) -> Dated | None:
    """Return the date that the sentence gives the number, not that of a text it stands in."""
    words = scope_words(view.language)
    dates = [d for d in view.dates if _visible(view, count, d)]
    dates = dates or [d for d in view.dates if view.before(words.bracketed, d.start)]
    if reading.measure not in _OF_TEXTS:
        dates = [d for d in dates if not view.before(words.imprint, d.start, PHRASE)]
    dates = [d for d in dates if not _SUBORDINATE.search(view.plain, d.end, count.start)]
    before = [
        d for d in dates if d.end <= count.start and ";" not in view.text[d.end : count.start]
    ]
    if before and view.language == "ja":
        return before[-1]
    behind = [d for d in dates if d.start >= count.end and _same_clause(view, count, d)]
    if before and (whole := _until(before[-1], dates)) is not before[-1]:
        return whole
    if before and behind and "," in view.plain[count.noun_end : behind[0].start]:
        behind = []
    if behind and not any(count.noun_end <= c.start < behind[0].start for c in _main(view, count)):
        return behind[0]
    if before:
        return before[-1]
    return behind[0] if behind else None


def _until(since: Dated, dates: Sequence[Dated]) -> Dated:
    """Return a date open at its end up to the next that only tells an end: "from … up to …"."""
    following = next((d for d in dates if d.start >= since.end), None)
    start, end = since.date, following.date if following else None
    if end is None or not start.edtf.endswith("/..") or not end.edtf.startswith("../"):
        return since
    edtf = start.edtf.removesuffix("..") + end.edtf.removeprefix("../")
    return replace(since, date=replace(start, edtf=edtf, latest=end.latest))


def _main(view: View, count: Count) -> list[Count]:
    return [c for c in view.counts if c is not count and c.bracket == count.bracket]


def _visible(view: View, count: Count, date: Dated) -> bool:
    """Whether a date may be of this number: not one in somebody else's brackets."""
    inside = view.plain[date.start : date.end].isspace()
    if count.bracket is None:
        return not inside
    return not inside or count.bracket[0] < date.start < count.bracket[1]


def _same_clause(view: View, count: Count, date: Dated) -> bool:
    between = _WHEN.sub("", view.plain[count.noun_end : date.start])
    return not view.rules.boundary.search(between)
