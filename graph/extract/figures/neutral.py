"""Numbers of which no word tells a measure, but a noun what they count: measure ``other``.

"On board were 2,110 passengers": that they were counted is true, and more is not said. Only of
prisoners the noun says that they were held.
"""

from __future__ import annotations

from ...model import Comparator
from .scope import scope_words
from .views import Count, Reading, View
from .words import expression, words_of

RULE = "neutral"
"""The rule of a reading that tells what is counted, and no more."""

_PEOPLE = "persons"
_FEWEST = {
    _PEOPLE: 5,
    "things": 3,
    "ships": 3,
    "trains": 3,
    "places": 3,
    "letters": 3,
    "buildings": 3,
    "kilometres": 3,
    "tonnes": 3,
    "money": 1000,
}
"""The units counted, and the least number: fewer is a way of speaking, "the two men"."""

_FEWEST_IN_WORDS = {_PEOPLE: 20, "ships": 3, "trains": 3, "buildings": 3}
_FEWEST_THINGS_IN_WORDS = 5
_GENITIVE = frozenset({"'", "’"})


def neutral(view: View, count: Count) -> Reading | None:
    """Return the measure ``other`` for a number with a noun that says what is counted."""
    fewest = _FEWEST.get(count.quantity.unit)
    value = count.quantity.lower or count.quantity.upper
    if fewest is None or value is None or count.noun_end <= count.noun_start:
        return None
    noun = view.text[count.noun_start : count.noun_end]
    known = view.language == "en" or count.quantity.unit != _PEOPLE
    if not known or scope_words(view.language).anaphora.match(noun):
        return None
    words = scope_words(view.language)
    if not _has_digits(count):
        fewest = _FEWEST_IN_WORDS.get(count.quantity.unit, max(fewest, _FEWEST_THINGS_IN_WORDS))
    if value < fewest or _is_open(count):
        return None
    if words.verb.search(noun) or view.text[count.noun_end : count.noun_end + 1] in _GENITIVE:
        return None
    if view.before(words.not_counted, count.start) or _is_meant(view, count):
        return None
    if count.quantity.unit == "money" and count.quantity.lower != count.quantity.upper:
        return None
    held = view.rules.captives.search(noun)
    return Reading("interned" if held else "other", 40, RULE)


def _is_meant(view: View, count: Count) -> bool:
    """Whether what stands behind makes the number one of a plan or a rate, or a way to go."""
    if count.quantity.unit == "kilometres":
        far = expression(words_of(view.language).get("far_away", "(?!)"))
        return bool(far.match(view.text, count.noun_end))
    return bool(scope_words(view.language).not_yet.match(view.text, count.noun_end))


def _is_open(count: Count) -> bool:
    """Whether the number only says how many there may be at most."""
    return count.quantity.comparator in {Comparator.AT_MOST, Comparator.LESS_THAN}


def _has_digits(count: Count) -> bool:
    return any(letter.isdigit() for letter in count.quantity.text)
