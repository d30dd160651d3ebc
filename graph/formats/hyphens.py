"""Words that a printed page broke at the end of a line, put together again."""

from __future__ import annotations

import re

from ..resources import rules

_BROKEN = re.compile(r"(?<=[^\n]{12})(?<![^\W_])(?P<head>[^\W\d_]{2,})[-¬\u00ad]\n(?P<tail>\S+)")
_LETTERS = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_FEWEST = 2
"""A single hyphen at the end of a line may be anything; a page set in columns has several."""


def unhyphenate(text: str) -> str:
    """Return *text* with the words joined that were broken at the ends of its lines.

    The text keeps its length: the end of the line moves behind the word, so that an offset into
    it is off by two at most, and only within that word. A hyphen stays where the text writes the
    word with one elsewhere, after a prefix that takes one, and in ``prisoner-of-war``.
    """
    broken = [match for match in _BROKEN.finditer(text) if match["tail"][0].islower()]
    if len(broken) < _FEWEST:
        return text
    compounds = {match[0].casefold() for match in _COMPOUND.finditer(text)}
    kept = frozenset(rules("structure")["hyphens"]["prefixes"])
    pieces, end = [], 0
    for match in broken:
        if match.start() < end:
            continue
        head, tail = match["head"], match["tail"]
        letters = _LETTERS.match(tail)
        whole = f"{head}-{letters[0] if letters else ''}".casefold()
        hyphen = whole in compounds or head.casefold() in kept or "-" in tail.strip("-")
        # A second line end in a row would part the paragraph.
        last = text[match.end() : match.end() + 1] in ("\n", "")
        space = " " if last else "\n"
        filled = f"{head}-{tail}{space}" if hyphen else f"{head}{tail} {space}"
        pieces += [text[end : match.start()], filled]
        end = match.end()
    return "".join([*pieces, text[end:]])
