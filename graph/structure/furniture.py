"""Site furniture outside named sections: single lines, cards, promotion, and all after the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ..model import BlockKind
from .head import tells_about
from .patterns import company, furniture_of
from .units import Unit, fold

_CONTENT = frozenset({BlockKind.REFERENCE, BlockKind.NOTE, BlockKind.TABLE, BlockKind.QUOTE})
_ENDING = frozenset({"legal", "related", "comments", "attribution"})
_PAGED = frozenset({"page marker", "separator", "running head", "stamp", "post"})
_NOTICES = frozenset({"visit", "legal"})
_SENTENCE = 25
_MAX_LABEL = 20
_MAX_ADVERT = 120
_MIN_SIGNATURE = 16
_MIN_TAGS, _MAX_TAG, _TAG_WORDS = 3, 60, 7
_MIN_CLOUD, _MAX_CLOUD, _MIN_AGAIN, _MIN_TOPIC = 7, 60, 3, 4
_MARKED = re.compile(r"[.,;:!?](?:\s|$)|[()|\[\]\d]")
_MAX_CARD = 260
_MAX_PROMOTION = 900


def body_bounds(units: Sequence[Unit]) -> tuple[int, int]:
    """Return the index of the first paragraph of the text and the one after its last."""
    body = _ends(units)
    if body and any(units[n].open and _counts(units, n) for n in range(body[0], body[-1] + 1)):
        return body[0], body[-1] + 1
    # A text of short paragraphs: it begins with a line of prose and ends with a sentence.
    prose = [n for n, unit in enumerate(units) if unit.open and unit.prose and not _sites(unit)]
    first = min(body[:1] + prose[:1], default=len(units))
    ends = [i for i, u in enumerate(units) if u.open and u.finished and u.weight >= _SENTENCE]
    return first, max(body[-1:] + ends[-1:], default=len(units) - 1) + 1


def _ends(units: Sequence[Unit]) -> list[int]:
    """Return the indexes of the first and the last unit of the text proper, if there is any."""
    places = range(len(units))
    first = next((n for n in places if _counts(units, n)), None)
    if first is None:
        return []
    return [first, next(n for n in reversed(places) if _counts(units, n))]


def _counts(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a unit is of the text proper; a first line only if it is a sentence."""
    return is_body(units[index]) and (index > 0 or units[index].finished)


def is_body(unit: Unit) -> bool:
    """Tell whether a unit belongs to the text proper for certain: a paragraph, entry or table."""
    if unit.kind in _CONTENT:
        return True
    if not (unit.open and unit.substantial):
        return False
    return not (_sites(unit) or tells_about(unit.text))


def _sites(unit: Unit) -> bool:
    """Tell whether a paragraph is the site's own: a notice, an invitation to the visitor."""
    return bool(furniture_of(unit.text) or _promotes(unit))


def mark_lines(units: Sequence[Unit]) -> None:
    """Mark lines that are furniture by themselves, and promotion."""
    for unit in units:
        if unit.kind is BlockKind.TABLE and unit.rows and _is_notice(unit):
            unit.rows = []
            unit.mark(BlockKind.BOILERPLATE, "visit")
        if not unit.open and unit.kind is not BlockKind.LIST_ITEM:
            continue
        if kind := furniture_of(unit.text):
            unit.mark(BlockKind.BOILERPLATE, kind)
        elif _is_tag_cloud(unit):
            unit.mark(BlockKind.BOILERPLATE, "navigation")
        elif _promotes(unit):
            unit.mark(BlockKind.BOILERPLATE, "promotion")
    _mark_company(units)
    _mark_company(reversed(units))


def _is_tag_cloud(unit: Unit) -> bool:
    """Tell whether a line without any mark says several of its words again: names of topics."""
    words = unit.text.split()
    if not _MIN_CLOUD <= len(words) <= _MAX_CLOUD or unit.finished or _MARKED.search(unit.text):
        return False
    if words[:2] == words[-2:]:
        return True
    long = [word.casefold() for word in words if len(word) >= _MIN_TOPIC]
    again = len(long) - len(set(long))
    return again >= _MIN_AGAIN and again * 4 >= len(words)


def _is_notice(table: Unit) -> bool:
    """Tell whether the rows of a table are furniture: opening hours, telephone, address."""
    lines = [line.strip() for line in table.text.split("\n") if line.strip()]
    return sum(furniture_of(line) in _NOTICES for line in lines) * 3 >= len(lines) * 2


def _mark_company(units: Iterable[Unit]) -> None:
    """Mark words of menus that come right after furniture, in the order of *units*."""
    beside = False
    for unit in units:
        if beside and unit.open and unit.weight <= _MAX_LABEL and company().fullmatch(unit.text):
            unit.mark(BlockKind.BOILERPLATE, "navigation")
        beside = _is_furniture(unit)


def mark_adverts(units: Sequence[Unit]) -> None:
    """Mark the short unfinished line below a label such as ``Advertisement`` inside the text.

    Above the text it is the title that may stand below one.
    """
    body = False
    for unit, below in pairwise(units):
        body = body or (unit.open and unit.prose)
        label = body and unit.reason == "sponsor" and unit.weight <= _MAX_LABEL
        if label and below.open and not below.finished and below.weight <= _MAX_ADVERT:
            below.mark(BlockKind.BOILERPLATE, "sponsor")


def mark_cards(units: Sequence[Unit]) -> None:
    """Mark teasers: an image stub or call to read on with the title and blurb beside it."""
    for index, unit in enumerate(units):
        if unit.reason == "call":
            _mark_card(units, index)
    for before, unit, after in zip(units, units[1:], units[2:], strict=False):
        title = unit.open and before.reason == "image-stub" and _card_title(unit)
        if title and after.reason == "image-stub":
            unit.mark(BlockKind.BOILERPLATE, "teaser")


def _mark_card(units: Sequence[Unit], index: int) -> None:
    """Mark the title and up to two short paragraphs before a call, if that is what they are."""
    blurbs: list[Unit] = []
    for unit in reversed(units[max(0, index - 3) : index]):
        if not unit.open or unit.text.endswith((":", "：")):
            break
        if _card_title(unit):
            stub = units[index - len(blurbs) - 2] if index - len(blurbs) >= 2 else None
            if blurbs or (stub is not None and stub.reason == "image-stub"):
                card = (unit, *blurbs)
                if _stands_beside(units, index, unit):
                    for other in card:
                        other.mark(BlockKind.BOILERPLATE, "teaser")
            return
        if unit.weight > _MAX_CARD or unit.sentences > 2:
            return
        blurbs.append(unit)


def _stands_beside(units: Sequence[Unit], index: int, card: Unit) -> bool:
    """Tell whether text stands above a card, or other calls on the page: else it is the text."""
    calls = any(unit.reason == "call" for at, unit in enumerate(units) if at != index)
    above = units[: units.index(card)]
    return calls or any(unit.open and unit.substantial for unit in above)


def _card_title(unit: Unit) -> bool:
    return unit.weight <= 120 and not unit.text.endswith((".", "。", ":", ","))


def mark_head(units: Sequence[Unit]) -> None:
    """Mark the short lines between furniture before the text begins: the menu of the site."""
    found = [i for i, unit in enumerate(units) if _is_furniture(unit)]
    title = next((fold(unit.text) for unit in units if unit.kind is BlockKind.TITLE), "")
    if len(found) >= 2:
        for above, unit in zip((None, *units), units[: found[-1]], strict=False):
            open_line = unit.open and not unit.finished
            if open_line and not (above and _subtitle(above, unit)) and not _part(unit, title):
                unit.mark(BlockKind.BOILERPLATE, "navigation")


def _part(unit: Unit, title: str) -> bool:
    """Tell whether a line is a part of the title, said once more."""
    return unit.weight >= _MIN_SIGNATURE and fold(unit.text) in title


def _subtitle(above: Unit, unit: Unit) -> bool:
    """Tell whether a line of several words stands right below the title."""
    several = unit.text.count(" ") >= 2 or unit.weight > max(len(unit.text), _MIN_SIGNATURE)
    return above.kind is BlockKind.TITLE and several


def mark_tail(units: Sequence[Unit]) -> None:
    """Mark whatever follows the first furniture after the last paragraph of the text.

    A copyright line or a list of related articles ends the text for certain; a share button or a
    link to another article only if no sentence comes after it.
    """
    prose = [index for index, unit in enumerate(units) if unit.open and unit.prose]
    ended = False
    for index, unit in enumerate(units):
        if unit.kind is BlockKind.BOILERPLATE:
            weak = unit.reason not in _ENDING and (not prose or index > prose[-1])
            ended = ended or unit.reason in _ENDING or (weak and unit.reason not in _PAGED)
        elif ended and (unit.open or unit.kind is BlockKind.LIST_ITEM):
            unit.mark(BlockKind.BOILERPLATE, "after the end")


def mark_links(units: Sequence[Unit], start: int) -> None:
    """Mark the short lines below the last paragraph of a page: links, addresses, tags.

    Units before *start* are the text. Where no furniture has been found at all, nothing is a page
    of a site, and nothing is marked. Lines that begin alike, or end like verses, or most of which
    hold a number, are a list of the text itself.
    """
    if not any(_is_furniture(unit) for unit in units):
        return
    run: list[Unit] = []
    below = range(start, len(units))
    first = next((n for n in below if _is_furniture(units[n])), len(units))
    prose = [n for n in range(start, first) if units[n].open and units[n].prose]
    start = prose[-1] + 1 if prose else start
    alone = start + 1 < len(units) and _is_furniture(units[start + 1])
    if alone and units[start].weight >= _MIN_SIGNATURE:
        start += 1  # a caption or a signature may stand alone below the text
    for unit in (*units[start:], None):
        passed = unit is not None and (_is_furniture(unit) or unit.kind is BlockKind.METADATA)
        if unit is not None and (passed or (unit.open and _is_tag(unit))):
            if not passed:
                run.append(unit)
            continue
        if len(run) >= _MIN_TAGS and not _is_list(run):
            for other in run:
                other.mark(BlockKind.BOILERPLATE, "links")
        run.clear()


def _is_list(run: Sequence[Unit]) -> bool:
    starts = {unit.text.split()[0] for unit in run}
    verses = sum(unit.text.endswith((",", ";", "、", "—", "-", "–")) for unit in run)
    numbered = sum(any(sign.isdigit() for sign in unit.text) for unit in run)
    return len(starts) * 4 <= len(run) * 3 or verses * 3 > len(run) or numbered * 3 > len(run) * 2


def _is_tag(unit: Unit) -> bool:
    if unit.text[0].islower() or unit.text[0] in "「『“«":
        return False  # a sentence that was cut, or a quotation
    return not unit.finished and unit.weight <= _MAX_TAG and len(unit.text.split()) <= _TAG_WORDS


def mark_strays(units: Sequence[Unit]) -> None:
    """Mark short lines with furniture right before and right after them."""
    for before, unit, after in zip(units, units[1:], units[2:], strict=False):
        if (
            unit.open
            and not unit.finished
            and unit.weight <= 60
            and _is_furniture(before)
            and _is_furniture(after)
        ):
            unit.mark(BlockKind.BOILERPLATE, "between furniture")


def _is_furniture(unit: Unit) -> bool:
    listed = unit.reason == "navigation" and not furniture_of(unit.text)
    inserted = unit.reason in _PAGED or listed
    return unit.kind is BlockKind.BOILERPLATE and not inserted


def _promotes(unit: Unit) -> bool:
    if unit.weight > _MAX_PROMOTION:
        return False
    return unit.promotion >= 2 and unit.promotion * 160 >= unit.weight
