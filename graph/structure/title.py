"""The title of a document, below a menu or not, and the line that sums the text up."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from ..model import BlockKind
from .head import is_institution, is_person
from .patterns import company, furniture_of, pattern, section_of
from .units import Unit

STANDFIRST = "standfirst"
_MAX_TITLE = 280
_MIN_WORDS = 3
_SENTENCE = 8
_RUBRIC_LINES = 4
"""So far below the name of a section the title may stand."""
_MIN_RECORD = 3
_MENU, _LINK_WORDS = 4, 4
"""So many lines of so few words before the text are a menu."""
_MIN_STANDFIRST = 5
_MIN_STANDFIRST_WEIGHT = 36
_CJK_WORD = 6
"""Letters' worth of a Japanese title that count as one word."""
_WORD = re.compile(r"[^\W_\u3040-\u30ff\u3400-\u9fff]{4,}")
_KANJI = re.compile(r"[\u3400-\u9fff]{2,}")
_LABEL = re.compile(r"[^\W\d_][\w ]{1,24}[:：] ?\S")
_CREDIT = re.compile(r"(?i)\b(?:photo(?:graph)?s?|image|фото)\s?[:：©]|写真[:：]|\bcourtesy of\b")
_NAME = re.compile(r"(?:[A-ZА-ЯЁ][\w’-]*\.? ){1,3}[A-ZА-ЯЁ][\w’-]+")
"""A line with nothing but a name of two to four words, such as that of the author."""
_INITIALS = re.compile(
    r"(?:[A-ZА-ЯЁ][a-zа-яё]?\. ?){1,3}[A-ZА-ЯЁ][\w’-]+|[A-ZА-ЯЁ][\w’-]+,? (?:[A-ZА-ЯЁ]\. ?){1,3}"
)
_TRAIL = re.compile(r"\s*[›>»＞→]\s*|\s/\s")
_MIN_TRAIL = 8
_ABOUT_THE_TEXT = frozenset({"keywords", "abstract"})
_ABOUT_AUTHOR = (BlockKind.METADATA, "creator")
_AUTHORED = frozenset({"creator", "classification"})
_ABOVE = (BlockKind.BOILERPLATE, "above the title")
_INTRODUCED = frozenset({BlockKind.METADATA, BlockKind.CAPTION})
_CALLING = ("?", "!", "？", "！")
"""How the title of another article may end."""
_MENUS = frozenset({"navigation", "legal", "visit", "related", "blog"})
_PASSING = frozenset({"share", "subscription", "image-stub", "call", "stamp", "sponsor"})
"""Furniture that stands between a title and its text."""


def mark_title(units: Sequence[Unit], end: int) -> Unit | None:
    """Mark the line that is the title, among the units before *end*, and return it.

    It is the first line that looks like one; on a page that begins with a menu, the one that most
    does: a line of several words with the author, the date, a caption or the text right below. Of
    two lines in a row the upper is the title, and the longer one below sums the text up.
    """
    head = units[:end]
    for unit in head:
        if unit.kind is BlockKind.TITLE:
            return unit
    found = [index for index, unit in enumerate(head) if unit.open and _title_like(unit)]
    if not found:
        return None
    links = sum(_words(head[index]) <= _LINK_WORDS for index in found)
    menu = links >= _MENU or any(u.kind is BlockKind.BOILERPLATE for u in units[: found[-1]])
    if any(unit.open and unit.prose for unit in units[: found[0]]) and not menu:
        return None
    best = found[0]
    if menu:
        # Of equal lines below a menu the last one stands nearest to the text.
        order = found[::-1] if links >= _MENU else found
        best = max(order, key=_Scores(units, found).of)
        best = _upper(units, found, best)
    best = _capitals_below(units, found, _chapter_below(units, found, best))
    units[best].mark(BlockKind.TITLE, level=1)
    authored = False
    for index, unit in enumerate(head):
        authored = authored or unit.reason in _AUTHORED or bool(_INITIALS.fullmatch(unit.text))
        if unit.open and unit.text == units[best].text:
            unit.mark(BlockKind.TITLE, "repeated text", level=1)
        elif index < best and _above(unit, menu=menu):
            told = authored and (_INITIALS.fullmatch(unit.text) or is_institution(unit.text))
            told = told or is_person(unit.text)
            unit.mark(*(_ABOUT_AUTHOR if told else _ABOVE))
    return units[best]


def _above(unit: Unit, *, menu: bool) -> bool:
    """Tell whether a line above the title belongs to the site: a long one only below a menu."""
    ended = unit.finished and not unit.text.endswith(_CALLING)
    return unit.open and not ended and (menu or _words(unit) < _SENTENCE)


def mark_record(units: Sequence[Unit]) -> None:
    """Mark three or more labelled lines in a row as metadata: the entry of a catalogue."""
    run: list[Unit] = []
    for unit in (*units, None):
        told = unit and (unit.kind is BlockKind.METADATA or _labels(unit))
        if unit and told and _LABEL.match(unit.text):
            run.append(unit)
            continue
        for other in run if len(run) >= _MIN_RECORD else ():
            if other.open and not other.finished:
                other.mark(BlockKind.METADATA, "label")
        run.clear()


def _labels(unit: Unit) -> bool:
    return unit.open and not furniture_of(unit.text)


def mark_labels(units: Sequence[Unit], title: Unit | None) -> None:
    """Mark lines such as ``Duration: 2014`` between the title and the text as metadata."""
    below = False
    for unit in units:
        if below and unit.open and not unit.finished and _LABEL.match(unit.text):
            unit.mark(BlockKind.METADATA, "label")
        below = below or unit is title


def mark_standfirst(units: Sequence[Unit], title: Unit | None) -> None:
    """Mark the line below the title that sums the text up, if it does not end like a sentence."""
    below = False
    above: Unit | None = None
    for unit in units:
        if below and unit.open and not unit.finished:
            deck = above is title and title is not None and _same_case(title, unit)
            if deck or _sums_up(unit):
                unit.mark(BlockKind.PARAGRAPH, STANDFIRST)
                return
        below = below or unit is title
        above = unit


def _same_case(title: Unit, unit: Unit) -> bool:
    """Tell whether a title in capitals goes on in the next line."""
    return title.text.isupper() and unit.text.isupper() and _words(unit) > 1


def _sums_up(unit: Unit) -> bool:
    long = unit.weight >= _MIN_STANDFIRST_WEIGHT
    dated = pattern("shapes", "dated-end").match(unit.text)
    return long and _words(unit) >= _MIN_STANDFIRST and not dated and _title_like(unit)


def _upper(units: Sequence[Unit], found: Sequence[int], best: int) -> int:
    """Return the highest of the lines in a row that may be the title, *best* being the last.

    The author stands below the title; and of two lines the lower one sums up what the upper names.
    """
    places = frozenset(found)
    while True:
        index = best - 1
        authored = False
        while index >= 0 and (_passing(units[index]) or units[index].kind in _INTRODUCED):
            authored = authored or units[index].reason == "creator"
            index -= 1
        if index not in places or units[index].text.endswith((":", "：")):
            return best
        words, below = _words(units[index]), _words(units[best])
        placed = not _wide(units[index]) or _introduces(units, index) > 0
        several = placed and below >= _MIN_WORDS < words
        named = words > 1 and (authored or (below >= _SENTENCE and index == best - 1))
        if not (several or named):
            return best
        best = index


def _words(unit: Unit) -> float:
    return max(len(unit.text.split()), unit.weight / _CJK_WORD if _wide(unit) else 0)


def _wide(unit: Unit) -> bool:
    return unit.weight > len(unit.text)


def _chapter_below(units: Sequence[Unit], found: Sequence[int], index: int) -> int:
    """Return the chapter heading right below a line, which is then the name of the whole book."""
    below = index + 1
    if below in found and pattern("lines", "chapter").fullmatch(units[below].text):
        return below
    return index


def _capitals_below(units: Sequence[Unit], found: Sequence[int], index: int) -> int:
    """Return the longer line in capitals below a rubric: the name of a section stands above."""
    rubric = units[index]
    if _words(rubric) > _MIN_WORDS or rubric.text.isupper():
        return index
    for below in found[bisect_right(found, index) :][:_RUBRIC_LINES]:
        if any(unit.open and unit.prose for unit in units[index:below]):
            break
        if units[below].text.isupper() and _words(units[below]) > _MIN_WORDS:
            return below
    return index


class _Scores:
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
        told = (at for at, unit in enumerate(above) if unit.reason in _ABOUT_THE_TEXT)
        self._body = next(told, len(units))
        self._told = [0, *accumulate(unit.kind is BlockKind.METADATA for unit in units)]

    def of(self, index: int) -> float:
        """Return the score of a line: for its words, what is below it, its repetition.

        The line of an encyclopaedia's name stands right below the title of its article.
        """
        units, unit = self._units, self._units[index]
        score = min(_words(unit), 6) / 2 + self._announced(index)
        score += _introduces(units, index)
        if pattern("shapes", "dated-end").match(unit.text):
            score -= 3
        if index + 1 < len(units) and units[index + 1].reason == "maintenance":
            score += 3
        if any(map(unit.text.startswith, self._trails)):
            score += 4
        if index > self._body:
            score -= 4
        if _words(unit) >= _MIN_WORDS and self._texts[unit.text] > 1:
            score += 3
        if _LABEL.match(unit.text):
            score -= 1
        if _INITIALS.fullmatch(unit.text) or (" " not in unit.text and not self._taken_up(index)):
            score -= 2
        if self._told[index] >= _MIN_RECORD:
            score -= 3
        if pattern("shapes", "dated-start").match(unit.text):
            score -= 2
        return score

    def _taken_up(self, index: int) -> bool:
        """Tell whether a word is a title: the text takes it up, as it does not the site's name."""
        return _wide(self._units[index]) or self._announced(index) > 0

    def _announced(self, index: int) -> float:
        """Return up to 3 for a line whose words the first paragraph below takes up."""
        below = bisect_right(self._prose, index)
        words = _stems(self._units[index].text)
        if below == len(self._prose) or not words:
            return 0
        taken_up = _stems(self._units[self._prose[below]].text)
        return 3 * len(words & taken_up) / len(words)


@lru_cache(maxsize=1024)
def _stems(text: str) -> frozenset[str]:
    """Return the beginnings of the words of a text; of kanji every two in a row."""
    words = {word[:6] for word in _WORD.findall(text.casefold())}
    pairs = (pair for run in _KANJI.findall(text) for pair in map("".join, pairwise(run)))
    return frozenset(words.union(pairs))


def _introduces(units: Sequence[Unit], index: int) -> float:
    """Return 3 for a line with the author, the date, a caption or the text below it.

    A line with such a line below counts as much, and a little more.
    """
    below = _next(units, index + 1)
    if below is None:
        return 0
    if below.kind in _INTRODUCED or (below.open and below.prose):
        return 3
    if below.open and _NAME.fullmatch(below.text) and not _NAME.fullmatch(units[index].text):
        return 3
    after = _next(units, index + 2)
    if after is not None and below.open and _sums_up(below) and below.weight > units[index].weight:
        return 3.5 if after.kind in _INTRODUCED or (after.open and after.prose) else 0
    return 0


def _next(units: Sequence[Unit], index: int) -> Unit | None:
    """Return the first unit from *index* on that is not passed over."""
    places = range(index, len(units))
    return next((units[at] for at in places if not _passing(units[at])), None)


def _passing(unit: Unit) -> bool:
    """Tell whether a unit is furniture such as may stand between a title and its text."""
    return unit.reason in _PASSING or (
        unit.kind is BlockKind.BOILERPLATE and unit.reason not in _MENUS
    )


def _title_like(unit: Unit) -> bool:
    return (
        unit.weight <= _MAX_TITLE
        and not (_wide(unit) and unit.text.count(" ") >= _LINK_WORDS)
        and unit.sentences <= 2
        and not unit.text.endswith((".", "。", ",", ";", "、"))
        and bool(re.search(r"[^\W\d_]", unit.text))
        and not pattern("starts", "caption").match(unit.text)
        and not _CREDIT.search(unit.text)
        and not pattern("within", "image-file").search(unit.text)
        and not section_of(unit.text)
        and not furniture_of(unit.text)
        and not company().fullmatch(unit.text)
        and not pattern("starts", "bullet").match(unit.text)
        and not pattern("starts", "opening").match(unit.text)
        and not pattern("shapes", "glued-cell").search(unit.text)
    )
