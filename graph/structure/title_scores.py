"""How much a line looks like the title of a document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from ..model import BlockKind
from .comments import is_stamp
from .patterns import company, furniture_of, pattern, section_of
from .units import Unit

_MAX_TITLE = 280
MIN_WORDS = 3
MIN_RECORD = 3
LINK_WORDS = 4
"""A link of a menu has at most so many words."""
_MIN_STANDFIRST = 5
_MIN_STANDFIRST_WEIGHT = 36
_CJK_WORD = 6
"""Letters' worth of a Japanese title that count as one word."""
_WORD = re.compile(r"[^\W_\u3040-\u30ff\u3400-\u9fff]{4,}")
_KANJI = re.compile(r"[\u3400-\u9fff]{2,}")
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]{3,}")
LABEL = re.compile(r"[^\W\d_][\w ]{1,24}[:：] ?\S")
_CREDIT = re.compile(r"(?i)\b(?:photo(?:graph)?s?|image|фото)\s?[:：©]|写真[:：]|\bcourtesy of\b")
NAME = re.compile(r"(?:[A-ZА-ЯЁ][\w’-]*\.? ){1,3}[A-ZА-ЯЁ][\w’-]+")
"""A line with nothing but a name of two to four words, such as that of the author."""
INITIALS = re.compile(
    r"(?:[A-ZА-ЯЁ][a-zа-яё]?\. ?){1,3}[A-ZА-ЯЁ][\w’-]+|[A-ZА-ЯЁ][\w’-]+,? (?:[A-ZА-ЯЁ]\. ?){1,3}"
)
_TRAIL = re.compile(r"\s*[›>»＞→]\s*|\s/\s")
_PATH = re.compile(r"(?:[\w&’' .-]{2,30}[›>»＞→]\s*)+[\w&’' .-]{2,30}")
"""A line that only tells where on the site a page is: "National > History"."""
_MIN_TRAIL = 8
_MIN_SENTENCE = 30
_MIN_LETTERS = 3
"""Less is a number with its unit."""
_ABOUT_THE_TEXT = frozenset({"keywords", "abstract"})
INTRODUCED = frozenset({BlockKind.METADATA, BlockKind.CAPTION})
CALLING = ("?", "!", "？", "！")
"""How the title of another article may end."""
_MENUS = frozenset({"navigation", "legal", "visit", "related", "blog"})
_PASSING = frozenset({"share", "subscription", "image-stub", "call", "stamp", "sponsor"})
"""Furniture that stands between a title and its text."""


def sums_up(unit: Unit) -> bool:
    """Tell whether a line is long enough for what sums a text up below its title."""
    long = unit.weight >= _MIN_STANDFIRST_WEIGHT
    dated = pattern("shapes", "dated-end").match(unit.text)
    return long and words_of(unit) >= _MIN_STANDFIRST and not dated and is_title_like(unit)


def words_of(unit: Unit) -> float:
    """Return about how many words a line has, by its letters where none are parted."""
    return max(len(unit.text.split()), unit.weight / _CJK_WORD if is_wide(unit) else 0)


def is_wide(unit: Unit) -> bool:
    """Tell whether a line is in kanji or kana."""
    return unit.weight > len(unit.text)


class Scores:
    """How much the lines found look like the title."""

    def __init__(self, units: Sequence[Unit], found: Sequence[int]) -> None:
        """Count the texts of the lines *found*, and note where running text stands."""
        self._units = units
        self._texts = Counter(units[index].text for index in found)
        self._prose = [index for index, unit in enumerate(units) if unit.open and unit.prose]
        above = units[: found[-1]]
        self._trails = [
            last
            for unit in above
            if unit.kind is BlockKind.BOILERPLATE and _TRAIL.search(unit.text)
            if len(last := _TRAIL.split(unit.text)[-1]) >= _MIN_TRAIL
        ]
        self._body = frozenset[str]().union(
            *(stems_of(units[at].text) for at in self._prose if at > found[0])
        )
        said = (at for at, unit in enumerate(above) if _speaks(unit))
        self._said = next(said, len(units))
        told = (at for at, unit in enumerate(above) if unit.reason in _ABOUT_THE_TEXT)
        self._about = next(told, len(units))
        self._told = [0, *accumulate(unit.kind is BlockKind.METADATA for unit in units)]

    def of(self, index: int) -> float:
        """Return the score of a line: for its words, what is below it, its repetition.

        The line of an encyclopaedia's name stands right below the title of its article.
        """
        units, unit = self._units, self._units[index]
        score = min(words_of(unit), 6) / 2 + self._announced(index)
        score += introduces(units, index)
        below = units[index + 1] if index + 1 < len(units) else unit
        if below.reason == "maintenance":
            score += 3
        if any(map(unit.text.startswith, self._trails)):
            score += 4
        if words_of(unit) >= MIN_WORDS and self._again(unit):
            score += 3
        if below is not unit and unit.text in (below.text, units[0].text) and self._again(unit):
            score += 3
        return score - self._against(index)

    def _again(self, unit: Unit) -> bool:
        """Tell whether a line stands more than once above the text."""
        return self._texts[unit.text] > 1

    def _against(self, index: int) -> float:
        """Return what speaks against a line: its form, what stands above it, a foreign matter."""
        unit = self._units[index]
        lone = " " not in unit.text and not self._taken_up(index)
        return (
            3 * bool(pattern("shapes", "dated-end").match(unit.text))
            + 4 * (index > self._about)
            + bool(LABEL.match(unit.text))
            + 2 * unit.text.endswith(("…", "..."))
            + 2 * bool(INITIALS.fullmatch(unit.text) or lone)
            + 3 * (self._told[index] >= MIN_RECORD)
            + self.foreign(unit)
            + 3 * (self._said < index)
            + 2 * bool(pattern("shapes", "dated-start").match(unit.text))
        )

    def foreign(self, unit: Unit) -> bool:
        """Tell whether there is a text, and it takes up no word of a line."""
        return bool(self._body and stems_of(unit.text)) and not self.shared(unit)

    def shared(self, unit: Unit) -> float:
        """Return the part of a line's words that the text takes up somewhere."""
        words = stems_of(unit.text)
        return len(words & self._body) / len(words) if words else 0

    def _taken_up(self, index: int) -> bool:
        """Tell whether a word is a title: the text takes it up, as it does not the site's name."""
        return is_wide(self._units[index]) or self._announced(index) > 0

    def _announced(self, index: int) -> float:
        """Return up to 3 for a line whose words the first paragraph below takes up."""
        below = bisect_right(self._prose, index)
        words = stems_of(self._units[index].text)
        if below == len(self._prose) or not words:
            return 0
        taken_up = stems_of(self._units[self._prose[below]].text)
        return 3 * len(words & taken_up) / len(words)


@lru_cache(maxsize=1024)
def stems_of(text: str) -> frozenset[str]:
    """Return the beginnings of words; of kanji every two in a row, of katakana whole words."""
    words = {word[:6] for word in _WORD.findall(text.casefold())}
    pairs = (pair for run in _KANJI.findall(text) for pair in map("".join, pairwise(run)))
    return frozenset(words.union(pairs, _KATAKANA.findall(text)))


def introduces(units: Sequence[Unit], index: int) -> float:
    """Return 3 for a line with the author, the date, a caption or the text below it.

    A line with such a line below counts as much, and a little more.
    """
    below = _next(units, index + 1)
    if below is None:
        return 0
    if below.kind in INTRODUCED or (below.open and below.prose):
        return 3
    if below.open and NAME.fullmatch(below.text) and not NAME.fullmatch(units[index].text):
        return 3
    after = _next(units, index + 2)
    if after is not None and below.open and sums_up(below) and below.weight > units[index].weight:
        return 3.5 if after.kind in INTRODUCED or (after.open and after.prose) else 0
    return 0


def _next(units: Sequence[Unit], index: int) -> Unit | None:
    """Return the first unit from *index* on that is not passed over."""
    places = range(index, len(units))
    return next((units[at] for at in places if not is_passing(units[at])), None)


def is_passing(unit: Unit) -> bool:
    """Tell whether a unit is furniture such as may stand between a title and its text."""
    return unit.reason in _PASSING or (
        unit.kind is BlockKind.BOILERPLATE and unit.reason not in _MENUS
    )


def _speaks(unit: Unit) -> bool:
    """Tell whether a line is a sentence, such as stands below the title and not above it."""
    ended = unit.finished and not unit.text.endswith((*CALLING, ":", "："))
    return unit.open and ended and unit.weight >= _MIN_SENTENCE and not unit.promotion


def _weight_of(sign: str) -> int:
    """Return how much a sign says: a letter one, one of kanji or kana two, others nothing."""
    return sign.isalpha() + (sign > "\u3040" and sign.isalpha())


def is_title_like(unit: Unit) -> bool:
    """Tell whether a line may be a title by its form."""
    return (
        unit.weight <= _MAX_TITLE
        and not (is_wide(unit) and unit.text.count(" ") >= LINK_WORDS)
        and unit.sentences <= 2
        and not unit.text.endswith((".", "。", ",", ";", "、"))
        and unit.text[0] not in "—–"
        and not (unit.text[0] in "(（" and unit.text[-1] in ")）")
        and sum(map(_weight_of, unit.text)) >= _MIN_LETTERS
        and not pattern("starts", "caption").match(unit.text)
        and not _CREDIT.search(unit.text)
        and not _PATH.fullmatch(unit.text)
        and not pattern("within", "image-file").search(unit.text)
        and not section_of(unit.text)
        and not furniture_of(unit.text)
        and not company().fullmatch(unit.text)
        and not is_stamp(unit)
        and not pattern("starts", "bullet").match(unit.text)
        and not pattern("starts", "opening").match(unit.text)
        and not pattern("shapes", "glued-cell").search(unit.text)
    )
