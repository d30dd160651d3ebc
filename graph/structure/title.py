"""The title of a document, below a menu or not, and the line that sums the text up."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ..model import BlockKind
from .head import is_institution, is_periodical, is_person
from .patterns import furniture_of, pattern
from .title_scores import (
    CALLING,
    INITIALS,
    INTRODUCED,
    LABEL,
    LINK_WORDS,
    MIN_RECORD,
    MIN_WORDS,
    Scores,
    introduces,
    is_passing,
    is_title_like,
    is_wide,
    stems_of,
    sums_up,
    words_of,
)
from .units import Unit, fold

STANDFIRST = "standfirst"
_SENTENCE = 8
_RUBRIC_LINES = 4
"""So far below the name of a section the title may stand."""
_MENU = 4
"""So many short lines before the text are a menu."""
_SURNAME = re.compile(r"[A-Z]{3,} [A-Z][a-z]+|[A-Z][a-z]+ [A-Z]{3,}")
"""A name whose surname is in capitals."""
_MIN_VERSES, _MAX_VERSE = 2, 9
_HIRAGANA = re.compile(r"[\u3041-\u309f]")
_MIN_KANA = 4
"""The links of a Japanese menu are nouns in kanji; verses have as many endings in kana."""
_NO_VERSE = re.compile(r"[\d/|@:「」『』【】]")
_KEPT = 0.5
"""A line that shares so much with the text is no furniture, wherever it stands."""
_MAX_RUBRIC = 140
_MIN_TITLE = 8
_MOST = 0.6
_MIN_AGAIN = 16
"""So many letters said twice are no chance."""
_ABOUT_AUTHOR = (BlockKind.METADATA, "creator")
_JOURNAL = (BlockKind.METADATA, "publisher")
_AUTHORED = frozenset({"creator", "classification"})
_ABOVE = (BlockKind.BOILERPLATE, "above the title")


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
    verses = _verses(head)
    found = [
        index
        for index, unit in enumerate(head)
        if unit.open and index not in verses and is_title_like(unit)
    ]
    if not found:
        return None
    links = sum(words_of(head[index]) <= LINK_WORDS for index in found)
    menu = links >= _MENU or any(u.kind is BlockKind.BOILERPLATE for u in units[: found[-1]])
    if any(unit.open and unit.prose for unit in units[: found[0]]) and not menu:
        return None
    scores = Scores(units, found)
    best = _said_again(units, found, _below_rubric(units, found, scores))
    if menu:
        # Of equal lines below a menu the last one stands nearest to the text.
        order = found[::-1] if links >= _MENU else found
        best = max(order, key=scores.of)
        best = _upper(units, found, best)
    best = _capitals_below(units, found, _chapter_below(units, found, best))
    long = not menu or words_of(units[best]) >= MIN_WORDS
    taken_up = not scores.foreign(units[best]) or introduces(units, best) > 0
    named = long or taken_up or any(map(sums_up, units[best + 1 : best + 2]))
    units[best].mark(*((BlockKind.TITLE, "", 1) if named else _ABOVE))
    told = [unit for index, unit in enumerate(head) if index not in verses]
    _mark_above(told, units[best], scores, menu=menu)
    return units[best] if named else None


def _verses(head: Sequence[Unit]) -> frozenset[int]:
    """Return the places of short lines that go on in the next: those of a poem, not of a menu."""
    running = [unit.text if unit.open and _runs_on(unit) else "" for unit in head]
    return frozenset(
        index
        for index, unit in enumerate(head)
        if unit.open and len({*running[max(0, index - 2) : index + 3]} - {""}) >= _MIN_VERSES
    )


def _runs_on(unit: Unit) -> bool:
    """Tell whether a line of a few words begins or ends inside a sentence."""
    if _NO_VERSE.search(unit.text) or furniture_of(unit.text):
        return False
    if is_wide(unit):
        kana = len(_HIRAGANA.findall(unit.text))
        return kana >= _MIN_KANA and kana * 2 >= len(unit.text) and unit.weight <= _MAX_RUBRIC
    if not MIN_WORDS <= len(unit.text.split()) <= _MAX_VERSE:
        return False
    return unit.text[0].islower() or unit.text.endswith((",", ";"))


def _mark_above(told: Sequence[Unit], headline: Unit, scores: Scores, *, menu: bool) -> None:
    """Mark the lines above the title: the title once more, the author, what belongs to the site."""
    authored = False
    title = fold(headline.text)
    for unit in told:
        authored = authored or unit.reason in _AUTHORED or bool(INITIALS.fullmatch(unit.text))
        if unit.open and unit.text == headline.text:
            unit.mark(BlockKind.TITLE, "repeated text", level=1)
        elif unit.start < headline.start and _above(unit, menu=menu):
            kept = len(stems_of(unit.text)) >= MIN_WORDS and scores.shared(unit) >= _KEPT
            if kept or (len(title) >= _MIN_TITLE and title in fold(unit.text)):
                unit.mark(BlockKind.METADATA, "alternative")
                continue
            signed = authored and (INITIALS.fullmatch(unit.text) or is_institution(unit.text))
            signed = signed or is_person(unit.text) or bool(_SURNAME.fullmatch(unit.text))
            journal = not menu and is_periodical(unit.text)
            unit.mark(*(_ABOUT_AUTHOR if signed else _JOURNAL if journal else _ABOVE))


def _above(unit: Unit, *, menu: bool) -> bool:
    """Tell whether a line above the title belongs to the site: a long one only below a menu."""
    ended = unit.finished and not unit.text.endswith(CALLING)
    return unit.open and not ended and (menu or words_of(unit) < _SENTENCE)


def mark_record(units: Sequence[Unit]) -> None:
    """Mark three or more labelled lines in a row as metadata: the entry of a catalogue."""
    run: list[Unit] = []
    for unit in (*units, None):
        told = unit and (unit.kind is BlockKind.METADATA or _labels(unit))
        if unit and told and LABEL.match(unit.text):
            run.append(unit)
            continue
        for other in run if len(run) >= MIN_RECORD else ():
            if other.open and not other.finished:
                other.mark(BlockKind.METADATA, "label")
        run.clear()


def _labels(unit: Unit) -> bool:
    return unit.open and not furniture_of(unit.text)


def mark_labels(units: Sequence[Unit], title: Unit | None) -> None:
    """Mark lines such as ``Duration: 2014`` between the title and the text as metadata."""
    below = False
    for unit in units:
        if below and unit.open and not unit.finished and LABEL.match(unit.text):
            unit.mark(BlockKind.METADATA, "label")
        below = below or unit is title


def mark_standfirst(units: Sequence[Unit], title: Unit | None) -> None:
    """Mark the line below the title that sums the text up, if it does not end like a sentence."""
    below = False
    above: Unit | None = None
    for unit in units:
        if below and unit.open and not unit.finished:
            deck = above is title and title is not None and _same_case(title, unit)
            if deck or sums_up(unit):
                unit.mark(BlockKind.PARAGRAPH, STANDFIRST)
                return
        below = below or unit is title
        above = unit


def _same_case(title: Unit, unit: Unit) -> bool:
    """Tell whether a title in capitals goes on in the next line."""
    return title.text.isupper() and unit.text.isupper() and words_of(unit) > 1


def _upper(units: Sequence[Unit], found: Sequence[int], best: int) -> int:
    """Return the highest of the lines in a row that may be the title, *best* being the last.

    The author stands below the title; and of two lines the lower one sums up what the upper names.
    """
    places = frozenset(found)
    while True:
        index = best - 1
        authored = False
        while index >= 0 and (is_passing(units[index]) or units[index].kind in INTRODUCED):
            authored = authored or units[index].reason == "creator"
            index -= 1
        if index not in places or units[index].text.endswith((":", "：")):
            return best
        words, below = words_of(units[index]), words_of(units[best])
        placed = not is_wide(units[index]) or introduces(units, index) > 0
        several = placed and below >= MIN_WORDS < words
        named = words > 1 and (authored or (below >= _SENTENCE and index == best - 1))
        if not (several or named):
            return best
        best = index


def _said_again(units: Sequence[Unit], found: Sequence[int], best: int) -> int:
    """Return the line below that says most of the title again, without the name of the site."""
    whole = fold(units[best].text)
    for index in found[bisect_right(found, best) :][:1]:
        part = fold(units[index].text)
        most = _MIN_AGAIN <= len(part) < len(whole) <= len(part) / _MOST
        if most and part in whole and index == best + 1:
            return index
    return best


def _below_rubric(units: Sequence[Unit], found: Sequence[int], scores: Scores) -> int:
    """Return the first line found, or the longer one right below if that is what the text takes up.

    The name of a section or of the site stands above the title, and the text says nothing of it.
    """
    best = found[0]
    if scores.foreign(units[best]):
        for index in found[1:_RUBRIC_LINES]:
            between = units[best + 1 : index]
            if index - best > _RUBRIC_LINES or any(u.weight > _MAX_RUBRIC for u in between):
                break
            line = units[index]
            longer = words_of(line) > max(MIN_WORDS, words_of(units[best]))
            if longer and line.weight <= _MAX_RUBRIC and scores.shared(units[index]) >= _KEPT:
                return index
    return best


def _chapter_below(units: Sequence[Unit], found: Sequence[int], index: int) -> int:
    """Return the chapter heading right below a line, which is then the name of the whole book."""
    below = index + 1
    if below in found and pattern("lines", "chapter").fullmatch(units[below].text):
        return below
    return index


def _capitals_below(units: Sequence[Unit], found: Sequence[int], index: int) -> int:
    """Return the longer line in capitals below a rubric: the name of a section stands above."""
    rubric = units[index]
    if words_of(rubric) > MIN_WORDS or rubric.text.isupper():
        return index
    for below in found[bisect_right(found, index) :][:_RUBRIC_LINES]:
        if any(unit.open and unit.prose for unit in units[index:below]):
            break
        if units[below].text.isupper() and words_of(units[below]) > MIN_WORDS:
            return below
    return index
