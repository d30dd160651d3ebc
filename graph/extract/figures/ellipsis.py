"""Numbers whose verb is left out: the number in front has it. "At Omsk 90 died, at Tara 8"."""

from __future__ import annotations

import re
from collections.abc import Container

from .population import is_generic
from .scope import scope_words
from .sums import SHARES
from .views import FINITE, LOOSE, NOMINAL, TRANSITIVE, Count, Trigger, View

_LONGEST = 70
_PAIRED = re.compile(r"(?:,|,?\s(?:and|while|but|и|а|und))\s$")
_PLACED = re.compile(
    r"\s(?:[—–]\s)?(?:to|in|at|from|by|on|into|во?|на|из|от|под|nach|in|aus)\s(?:the\s)?[A-ZА-ЯЁ]"
)
"""A number with a place of its own in a pair: "90 went to Omsk and 80 to Tara"."""
_LED = re.compile(r"\s(to|into|from|at|in|on|for|by|в|на|из|от)\s")
_PART = re.compile(r"\s(?:of|in|from|at|by|to|on|under|during|with|as|[–—-]|в|на|от|из)\s")
_NEW_SENTENCE = re.compile(r"[.!?]\s")
_DATE_REACH = 24
_AT_DATE = re.compile(
    r"\s(?:(?:in|on|by|at|during|for|throughout|as of|в|на|за|к|im|am|bis)\s(?:the\s)?)?"
    r"(?:(?:end|beginning|start|spring|summer|autumn|fall|winter|конец|начало)\s(?:of\s)?)?"
)
_PAST = re.compile(r"(?<!\w)[а-яё]{3,}(?:ли|ло|ла)(?:с[ья])?(?!\w)")
_CAPITAL = re.compile(r"\s[A-ZА-ЯЁ]|[—–]")
_JOINED = re.compile(r"\s*(?:,|,?\s(?:and|or|as well as|и|а также|und|sowie))\s+|[、と]")
"""What joins the members of a list: "90 men and 8 women"."""


def is_gapped(view: View, count: Count, made: Container[Count]) -> Count | None:
    """Return the number in front that has the verb of this one, if it is one of *made*.

    Between the two stand a comma and what is set against each other, a name, place or date, and
    no verb of its own.
    """
    before = [c for c in view.counts if c.end <= count.start and c.bracket == count.bracket]
    if not before or before[-1] not in made or before[-1].quantity.unit in SHARES:
        return None
    previous = before[-1]
    gap = view.text[previous.noun_end : count.start]
    pronoun = scope_words(view.language).anaphora.match(count.quantity.noun)
    alone = not pronoun or not _has_verb(view, count)
    if count.quantity.noun and alone and _JOINED.fullmatch(gap):
        return previous
    placed = _PLACED.match(view.text, count.noun_end) or _both_dated(view, previous, count)
    placed = placed or _led_alike(view, previous, count)
    paired = _PAIRED.search(gap) and placed
    if paired and len(gap) <= _LONGEST and not _has_verb(view, count):
        return previous
    tail = view.rules.gapped.search(gap) if len(gap) <= _LONGEST else None
    if tail is None:
        return None
    start = previous.noun_end + tail.start()
    more = view.rules.set_against.match(count.quantity.text)
    starts = [n.start for n in view.names] + [d.start for d in view.dates]
    marked = any(start < at < count.start for at in starts)
    said = any(
        t.end > start and t.start < count.start and _applies(view, t)
        for t in view.of_kind(FINITE, LOOSE, TRANSITIVE, NOMINAL)
    )
    marked = marked or bool(
        more or _CAPITAL.search(tail[0]) or view.rules.set_against.search(tail[0])
    )
    if (said and not more) or not marked or scope_words(view.language).verb.search(tail[0]):
        return None
    return previous


def partition_of(view: View, count: Count, made: Container[Count]) -> Count | None:
    """Return the number that a list behind a colon divides: "150 died: 90 of cold, …"."""
    colon = view.text.rfind(":", 0, count.start)
    whole = [c for c in view.counts if c.end <= colon and c in made]
    if not whole or count.bracket or not _PART.match(view.text, count.noun_end):
        return None
    generic = not count.quantity.noun or is_generic(count.quantity.noun, view.language)
    most, least = whole[-1].quantity.upper or whole[-1].quantity.lower, count.quantity.lower
    smaller = most is not None and least is not None and least < most
    told = view.text[colon + 1 : count.start]
    near = len(told) <= _LONGEST * 3 and ";" not in told and not _NEW_SENTENCE.search(told)
    return whole[-1] if generic and smaller and near else None


def _led_alike(view: View, previous: Count, count: Count) -> bool:
    """Whether one preposition leads on from both: "90 went to the mines, 80 to the woods"."""
    gap = view.text[previous.noun_end : count.start]
    own = _LED.match(view.text, count.noun_end)
    return bool(own and re.search(rf"\s{own[1]}\s", gap))


def _both_dated(view: View, previous: Count, count: Count) -> bool:
    """Whether either number has a date of its own behind: "90 died in 1946, 8 in 1947"."""
    between = any(previous.noun_end <= d.start < count.start for d in view.dates)
    return between and any(
        0 <= d.start - count.noun_end <= _DATE_REACH
        and _AT_DATE.fullmatch(view.text[count.noun_end : d.start])
        for d in view.dates
    )


def _has_verb(view: View, count: Count) -> bool:
    """Whether a verb of its own follows the number before the clause ends."""
    stop = view.rules.boundary.search(view.text, count.noun_end)
    end = stop.start() if stop else len(view.text)
    if any(count.noun_end <= t.start < end for t in view.of_kind(FINITE)):
        return True
    if view.language == "ru" and _PAST.search(view.text, count.noun_end, end):
        return True
    return bool(scope_words(view.language).verb.search(view.text, count.noun_end, end))


def _applies(view: View, trigger: Trigger) -> bool:
    """Whether the sentence has what the word needs to speak of its measure."""
    context = view.rules.frames[trigger.frame].context
    return context is None or bool(context.search(view.text))
