"""Sections whose heading says what is in them: references, contents, related articles, comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model import BlockKind
from .head import tells_about
from .patterns import bare_name, furniture_of, pattern, plain_name, section_of
from .units import Unit, fold

LISTS = frozenset({"references", "notes", "reading"})
_DISCARDED = frozenset({"related", "comments"})
_INSERTED = frozenset({"hatnote", "maintenance", "link"})
"""Furniture that stands inside a list without ending it."""
_BESIDE_TITLE = frozenset({"share", "subscription", "maintenance", "image-stub"})
_MAX_HEADING = 110
_MAX_BOX = 4
_MAX_COUNT = 6
_MAX_LINK = 120
_MIN_KEY = 10
_MIN_TITLE = 24


def mark_zones(units: Sequence[Unit]) -> None:
    """Mark the headings whose name is known, and what stands below them."""
    body = False
    sentences = 0
    last = {_name(unit): n for n, unit in enumerate(units) if len(unit.text) <= _MAX_LINK}
    index = 0
    while index < len(units):
        unit = units[index]
        kind = section_of(unit.text) if _may_head(unit) else ""
        if not body and unit.open and (unit.prose or unit.substantial) and is_text(unit):
            sentences += unit.prose
            body = sentences > 1 or unit.substantial
        index += 1
        if kind in LISTS:
            unit.mark(BlockKind.HEADING, level=unit.level or 2)
            index = _list_zone(units, index, kind, unit)
        elif kind == "navigation":
            unit.mark(BlockKind.BOILERPLATE, "navigation")
            index = _navigation_zone(units, index, unit, last)
        elif kind in _DISCARDED:
            unit.mark(BlockKind.BOILERPLATE, kind)
            index = _discarded_zone(units, index, kind, unit, body=body)


def is_text(unit: Unit) -> bool:
    """Tell whether a paragraph is the text's and not the site's: a notice of its cookies."""
    return not (unit.promotion > 1 or furniture_of(unit.text))


def _name(unit: Unit) -> str:
    return fold(bare_name(unit.text))


def _may_head(unit: Unit) -> bool:
    return unit.kind is BlockKind.HEADING or (unit.open and len(unit.text) <= _MAX_HEADING)


def _ends_zone(unit: Unit, heading: Unit) -> bool:
    """Tell whether a heading the markup gave ends the section of another heading."""
    if unit.kind is BlockKind.TITLE:
        return True
    return unit.kind is BlockKind.HEADING and (not heading.given or unit.level <= heading.level)


def _list_zone(units: Sequence[Unit], index: int, kind: str, heading: Unit) -> int:
    """Mark the entries of a reference list or of notes; return where the list ends."""
    while index < len(units):
        unit = units[index]
        if _ends_zone(unit, heading) or (unit.open and _breaks_list(units, index)):
            break
        if unit.open and furniture_of(unit.text) in _INSERTED:
            pass
        elif unit.open and section_of(unit.text) == "subdivisions":
            unit.mark(BlockKind.HEADING, level=heading.level + 1)
        elif unit.open or unit.kind is BlockKind.LIST_ITEM:
            prose = kind == "notes" and explains(unit)
            unit.mark(BlockKind.NOTE if prose else BlockKind.REFERENCE)
        index += 1
    return index


def explains(unit: Unit) -> bool:
    """Tell whether a note is a remark in running text rather than a source."""
    sources = len(pattern("within", "bibliographic").findall(unit.text))
    return unit.finished and unit.weight >= 60 and sources * 300 < unit.weight


def _breaks_list(units: Sequence[Unit], index: int) -> bool:
    unit = units[index]
    kind = section_of(unit.text)
    furniture = furniture_of(unit.text)
    if (kind and kind != "subdivisions") or (furniture and furniture not in _INSERTED):
        return True
    following = units[index + 1] if index + 1 < len(units) else None
    return (
        following is not None
        and following.open
        and unit.gap > 0
        and unit.weight <= 60
        and not unit.finished
        and not any(character.isdigit() for character in unit.text)
        and not pattern("within", "bibliographic").search(unit.text)
        and following.substantial
        and following.sentences > 1
        and not pattern("within", "bibliographic").search(following.text)
    )


def _navigation_zone(
    units: Sequence[Unit], index: int, heading: Unit, last: Mapping[str, int]
) -> int:
    """Mark a list of short links; leave the last if it is the heading of what follows."""
    seen: dict[str, int] = {}
    start = index
    if index < len(units) and units[index].rows:
        units[index].rows = []
        seen.update(
            (fold(line).lstrip("0123456789"), index) for line in units[index].text.split("\n")
        )
        index += 1
    while index < len(units):
        unit = units[index]
        if _ends_zone(unit, heading) or (unit.kind is not BlockKind.LIST_ITEM and not unit.open):
            break
        listed = last.get(_name(unit), 0) > index  # there it is the heading, here the link to it
        if unit.weight > _MAX_LINK or (unit.finished and not listed):
            break
        if _begins_section(units, index) and not listed:
            break
        if not heading.given and (
            furniture_of(unit.text) in _BESIDE_TITLE or tells_about(unit.text)
        ):
            # The title of the text stands above its author, date, and buttons.
            index = _first_akin(units, start, index - 1) if index > start else index
            break
        key = fold(plain_name(unit.text)).lstrip("0123456789")
        if key in seen:
            break
        seen[key] = index
        index += 1
    prose_follows = index < len(units) and units[index].open and units[index].prose
    if prose_follows and index > start and units[index - 1].gap and not heading.given:
        index -= 1
    for unit in units[start:index]:
        unit.mark(BlockKind.BOILERPLATE, "navigation")
    return index


def _first_akin(units: Sequence[Unit], start: int, index: int) -> int:
    """Return the first line from *start* on that has the line at *index* in it, or *index*.

    The title of a page may be said twice, with the name of its author or of the site behind it.
    """
    key = fold(units[index].text)
    if len(key) < _MIN_KEY:
        return index
    return next((at for at in range(start, index) if key in fold(units[at].text)), index)


def _begins_section(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a line among links is the heading of a section, or the title under its trail."""
    name = units[index].text
    if index and units[index - 1].text.endswith((f"/ {name}", f"> {name}", f"» {name}")):
        return True
    kind = section_of(units[index].text)
    if kind not in LISTS or index + 1 == len(units):
        return kind in _DISCARDED or kind == "navigation"
    below = units[index + 1]
    entry = pattern("within", "bibliographic").search(below.text)
    return bool(below.finished or entry or pattern("starts", "entry-caret").match(below.text))


def _count(unit: Unit) -> bool:
    return unit.weight <= _MAX_COUNT and unit.text[0].isdigit()


def _resumes(units: Sequence[Unit], start: int, index: int) -> bool:
    """Tell whether the text goes on below a box of links inside it.

    It does where sentences follow on one or more titles and either no title comes after them, or
    they begin as the title of a box is not taken up: with a quotation or a pronoun.
    """
    unit = units[index]
    if not (unit.open and unit.prose) or unit.given or (index == start and not unit.substantial):
        return False
    if any(other.finished for other in units[start:index]):
        return False
    if pattern("shapes", "goes-on").match(unit.text):
        return True
    rest = [other for other in units[index + 1 :] if is_text(other)]
    prose = [other for other in rest if other.prose]
    return bool(rest) and rest[0].prose and len(prose) * 2 > len(rest)


def _discarded_zone(
    units: Sequence[Unit], index: int, kind: str, heading: Unit, *, body: bool
) -> int:
    """Mark related articles or comments up to the next section that is known.

    Before the first paragraph of the text such a list can only be short lines: a box of links; and
    of comments there is only the number.
    """
    start = index
    above = {fold(unit.text) for unit in units[: start - 1] if unit.weight >= _MIN_TITLE}
    while index < len(units):
        if not body and index > start and fold(units[index].text) in above:
            break  # the title of the text, said again below the box
        if kind == "comments" and not body and not _count(units[index]):
            break
        linked = index > start or kind == "related"
        if index - start <= _MAX_BOX and body and linked and _resumes(units, start, index):
            for other in units[start - 1 : index]:
                other.reason = "box"
            break
        unit = units[index]
        if _ends_zone(unit, heading) and (unit.given or section_of(unit.text) in LISTS):
            break
        if unit.open and (section_of(unit.text) in LISTS or (not body and unit.substantial)):
            break
        named = section_of(unit.text)
        kind = named if named in _DISCARDED else kind
        kept = unit.kind is BlockKind.METADATA or (unit.given and unit.kind is BlockKind.REFERENCE)
        if not kept:
            unit.mark(BlockKind.BOILERPLATE, kind)
        index += 1
    return index
