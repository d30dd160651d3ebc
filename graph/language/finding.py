"""Find a text again in a stretch of a document, its spacing apart.

A regular expression made for each text would do, but compiling it costs a hundred times what
finding the text does; so the words are looked up one behind the other.
"""

from __future__ import annotations

import re

_OTHER_CASES = re.compile(
    "[µıſ\u0345\u0370-\u03ff\u1c80-\u1c88\u1e9b\u1fbe\u1fd3\u1fe3\ufb05\ufb06]"
)
"""Greek, and the letters that equal others in more ways than by `str.lower`."""
_SPACES = re.compile(r"\s*")


def find_words(text: str, words: list[str], start: int, end: int) -> tuple[int, int] | None:
    """Return the first range between *start* and *end* where *words* stand in this case.

    White space or nothing parts them, and no word goes on at the ends.
    """
    return _find(text, words, start, end, glued=True)


def find_words_folded(text: str, words: list[str], start: int, end: int) -> tuple[int, int] | None:
    """Return the first range between *start* and *end* where *words* stand, in any case.

    White space parts them. The letters are compared as ``re.IGNORECASE`` does.
    """
    part, wanted = text[start:end], [word.lower() for word in words]
    low = part.lower()
    if _shifted(part, low) or any(map(_shifted, words, wanted)):
        pattern = r"\s+".join(map(re.escape, words))
        match = re.compile(pattern, re.IGNORECASE).search(text, start, end)
        return match.span() if match else None
    found = _find(low, wanted, 0, len(low), glued=False)
    return (found[0] + start, found[1] + start) if found else None


def _shifted(text: str, low: str) -> bool:
    """Whether lower case does not do for *text*, or has another length."""
    if text.isascii():
        return False
    return len(low) != len(text) or _OTHER_CASES.search(low) is not None


def _find(
    text: str, words: list[str], start: int, stop: int, *, glued: bool
) -> tuple[int, int] | None:
    """Return the first range of *words*; glued ones must be whole at the ends."""
    first, *rest = words
    at = text.find(first, start, stop)
    while at >= 0:
        end = at + len(first)
        for word in rest:
            gap = _SPACES.match(text, end, stop)
            behind = gap.end() if gap else end
            if not text.startswith(word, behind, stop) or (behind == end and not glued):
                break
            end = behind + len(word)
        else:
            before, after = text[max(at - 1, 0) : at], text[end : min(end + 1, stop)]
            if not glued or not (_in_word(before) or _in_word(after)):
                return at, end
        at = text.find(first, at + 1, stop)
    return None


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
