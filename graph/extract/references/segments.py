"""Cut what is left of an entry into the parts between its full stops, commas and brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .draft import Draft
from .groups import Group, brackets
from .names import tidy
from .patterns import DATE, LOWER, TAKEN, UPPER, word_set

_BOUNDARY = re.compile(
    rf"(?P<taken>{TAKEN}+)"
    r"|(?P<dash>[.,]?\s?[–—]\s|\.\s-\s)"
    r"|(?P<slashes>\s*/\s?/\s*)"
    r"|(?P<slash>\s/\s)"
    r"|(?P<stop>．|[.。．?!]+(?=\s|$|[\"”»\]):,;]|" + TAKEN + "|" + DATE + r"))"
    rf"|(?P<glued>(?<=[{LOWER}])\.(?=[{UPPER}][{LOWER}]))"
    r"|(?P<semicolon>;\s?)"
    r"|(?P<colon>\s?:(?=\s|$)|：)"
    r"|(?P<comma>,(?=\s|$|" + TAKEN + r")|[、，])"
)
_DATED = re.compile(rf"(?:[\s.,–?©{DATE}{TAKEN}-]|ca?\.|с\.|гг?\.?|年|頃|[a-c]$)+")
_YEARS = re.compile(rf"[{DATE}\d]\s?гг?$")
_LAST_WORD = re.compile(r"[^\s(\[\"“«/]*$")
_COUNTRY = re.compile(
    r"(?:U\.\s?S\.\s?S\.\s?R|U\.\s?S\.\s?A|U\.\s?S|U\.\s?K|D\.\s?C|С\.\s?С\.\s?С\.\s?Р)$"
)
_NAMES = {
    "taken": "taken",
    "dash": "–",
    "slashes": "//",
    "slash": "/",
    "stop": ".",
    "glued": ".",
    "semicolon": ";",
    "colon": ":",
    "comma": ",",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch between two boundaries of an entry."""

    kind: str
    """``text``, ``quote``, ``paren``, ``bracket`` or ``date``."""
    text: str
    start: int
    end: int
    before: str
    """The boundary before it: ``. , : ; – / // taken``, or empty."""
    after: str = ""


def parts_of(draft: Draft, start: int, end: int | None = None) -> list[Part]:
    """Return the parts of *draft* from *start*, in order, without the empty ones."""
    end = len(draft.shadow) if end is None else end
    groups = _groups(draft, start, end)
    found: list[Part] = []
    before, begin = "", start
    for kind, left, right in _cuts(draft.shadow, start, end, groups):
        if text := _text(draft, begin, left):
            bare = draft.shadow[begin:left].strip(" ,;:()[]")
            date_only = DATE in bare and _DATED.fullmatch(bare)
            found.append(Part("date" if date_only else "text", text, begin, left, before))
            before = ""
        if isinstance(kind, Group):
            name = _group_kind(draft, kind)
            inner = _text(draft, kind.inner_start, kind.inner_end)
            if inner:
                found.append(Part(name, inner, kind.start, kind.end, before))
            before = ""
        else:
            before = _stronger(before, kind)
        begin = right
    return _with_after(found)


def _stronger(old: str, new: str) -> str:
    order = ["", ",", ":", ";", "taken", ".", "–", "/", "//"]
    return max(old, new, key=order.index)


def _with_after(found: list[Part]) -> list[Part]:
    following = [part.before for part in found[1:]] + ["."]
    return [
        Part(p.kind, p.text, p.start, p.end, p.before, after)
        for p, after in zip(found, following, strict=False)
    ]


def _group_kind(draft: Draft, group: Group) -> str:
    inner = draft.shadow[group.inner_start : group.inner_end]
    if DATE in inner and _DATED.fullmatch(inner):
        return "date"
    if group.mark in "[［【":
        return "bracket"
    return "paren" if group.mark in "(（〈《" else "quote"


def _groups(draft: Draft, start: int, end: int) -> list[Group]:
    """Quotations and brackets that stand as parts, not inside a phrase."""
    quoted = [q for q in draft.quotes if start <= q.start and q.end <= end]
    standing = [q for q in quoted if _stands_alone(draft.shadow, q, start)]
    others = [
        b
        for b in brackets(draft.shadow)
        if start <= b.start
        and b.end <= end
        and not any(q.start < b.end and b.start < q.end for q in quoted)
    ]
    return sorted([*standing, *others], key=lambda group: group.start)


def _stands_alone(shadow: str, quote: Group, start: int) -> bool:
    """Whether a quotation is not just a word in quotation marks within a title."""
    before = shadow[start : quote.start].rstrip(" ")
    after = shadow[quote.end :].lstrip(" ")
    closed = not before or before[-1] in f".,:;–—/)）]{TAKEN}{DATE}" or quote.mark in "『「"
    inner = shadow[quote.inner_start : quote.inner_end].rstrip()
    if inner[-1:] in ",.":
        return True
    opens = not after or not after[0].islower() or after.startswith(("in ", "vol"))
    return closed and opens


def _cuts(
    shadow: str, start: int, end: int, groups: list[Group]
) -> Iterator[tuple[Group | str, int, int]]:
    position = start
    for group in groups:
        yield from _boundaries(shadow, position, group.start)
        yield group, group.start, group.end
        position = group.end
    yield from _boundaries(shadow, position, end)
    yield ".", end, end


def _boundaries(shadow: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for match in _BOUNDARY.finditer(shadow, start, end):
        name = match.lastgroup or ""
        if name == "stop" and match[0] == "." and _abbreviated(shadow, start, match.start(), end):
            continue
        yield _NAMES[name], match.start(), match.end()


def _abbreviated(shadow: str, start: int, stop: int, end: int) -> bool:
    """Whether the full stop at *stop* ends an abbreviation or an initial."""
    following = shadow[stop + 1 : end].lstrip(" ")
    if not following:
        return False
    before = shadow[max(start, stop - 24) : stop]
    if before.strip(TAKEN + " ") and following[0].islower():
        return True
    if _YEARS.search(before):
        return False
    if _COUNTRY.search(before):
        return following[0] in ",;:"
    found = _LAST_WORD.search(before)
    word = found[0] if found else ""
    if len(word.rsplit(".", 1)[-1]) == 1 and word[-1:].isupper():
        return True
    return f"{word}.".lower() in word_set("references_words", "words", "abbreviations")


def _text(draft: Draft, start: int, end: int) -> str:
    return tidy(draft.left[start:end]).strip(" ,;:–—-")


def undated(draft: Draft, part: Part) -> str:
    """Return the text of a part without the date it may end with: ``Wien 1995``."""
    bare = draft.shadow[part.start : part.end].rstrip(f" .,;{TAKEN}")
    return _text(draft, part.start, part.start + len(bare.rstrip(DATE)))
