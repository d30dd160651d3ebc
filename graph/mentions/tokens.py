"""Cut text into the tokens the name patterns look at.

A token is a word (with its inner hyphens and apostrophes), a possessive ending, one or more
initials with their dots, a number, or a single other sign. Japanese has no spaces, so runs of its
characters are cut by longest match against the words the rules know; what no word covers is cut
into katakana runs and single characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_LETTER = r"[^\W\d_぀-ヿ㐀-鿿々〆ヶ豈-﫿]"
_JAPANESE = r"[぀-ヿ㐀-鿿々〆ヶ豈-﫿ー]"
_TOKEN = re.compile(
    rf"""
      [a-z]+(?![\w'’ʼ‐‑–-])
    | ['’]s\b
    | (?:https?://|www\.)[^\s<>"]+
    | (?:\b[A-ZА-ЯЁ]\.){{2,}}                         # S.I. or U.S.A.
    | \b(?:[A-ZА-ЯЁ]|Yu|Ya|Ye|Yo|Zh|Kh|Ts|Ch|Sh|Dzh|Дж)\.(?=[\s,;:)\]A-ZА-ЯЁ(]|$)
    | \d+(?:[.,]\d+)*(?:{_LETTER}+\b)?
    | {_LETTER}[^\W_぀-ヿ㐀-鿿]*(?:(?:[-‐‑–]|['’ʼ](?!s\b))[^\W_぀-ヿ㐀-鿿]+)*
    | {_JAPANESE}+
    | [^\s]
    """,
    re.VERBOSE,
)
_JAPANESE_START = re.compile(_JAPANESE)
_JAPANESE_PIECE = re.compile(r"[ァ-ヺー]+(?:[・＝=][ァ-ヺー]+)*|.")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text as parallel lists; offsets are those of the document."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    breaks: list[int]
    """Number of the token after each break."""

    def __len__(self) -> int:
        """Return the number of tokens, breaks between sentences included."""
        return len(self.words)


BREAK = "\n"
"""The word of the token that stands between two sentences; no pattern runs across it."""


_TITLE = 2
"""Length of the titles that are looked for across a cut: 中佐 in 瀬山中佐."""


class JapaneseCutter:
    """Cuts runs of Japanese characters by longest match against a set of words."""

    def __init__(self, words: Iterable[str], titles: Iterable[str] = ()) -> None:
        """Index *words* by their first character, longest first.

        No word takes the first character of one of the *titles* that end a name.
        """
        self._titles = frozenset(title for title in titles if len(title) == _TITLE)
        index: dict[str, set[str]] = {}
        for word in words:
            if _JAPANESE_START.match(word):
                index.setdefault(word[0], set()).add(word)
        self._index: Mapping[str, tuple[str, ...]] = {
            first: tuple(sorted(found, key=lambda word: (-len(word), word)))
            for first, found in index.items()
        }

    def cut(self, run: str) -> list[tuple[int, int]]:
        """Return the ranges of the pieces of *run*, in order and without gaps."""
        pieces = []
        at = 0
        while at < len(run):
            end = self._known(run, at)
            if not end:
                match = _JAPANESE_PIECE.match(run, at)
                end = match.end() if match else at + 1
            pieces.append((at, end))
            at = end
        return pieces

    def _known(self, run: str, at: int) -> int:
        for word in self._index.get(run[at], ()):
            if run.startswith(word, at):
                end = at + len(word)
                if _katakana(word[-1]) and end < len(run) and _katakana(run[end]):
                    continue
                if not (len(word) > 1 and self._cuts_title(run, end)):
                    return end
        return 0

    def _cuts_title(self, run: str, end: int) -> bool:
        after = end - 1 + _TITLE
        closed = after >= len(run) or not "㐀" <= run[after] <= "鿿"
        return closed and run[end - 1 : after] in self._titles


def _katakana(character: str) -> bool:
    return "ァ" <= character <= "ヺ" or character == "ー"


def tokenise(segments: Iterable[tuple[int, str]], cutter: JapaneseCutter) -> Tokens:
    """Return the tokens of *segments*: pairs of document offset and text, a break after each."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: list[int] = []
    for offset, text in segments:
        spans = [match.span() for match in _TOKEN.finditer(text)]
        if not text.isascii() and _JAPANESE_START.search(text):
            spans = [piece for span in spans for piece in _cut(text, span, cutter)]
        words += [text[start:end] for start, end in spans]
        starts += [start + offset for start, _ in spans]
        ends += [end + offset for _, end in spans]
        words.append(BREAK)
        starts.append(offset + len(text))
        ends.append(offset + len(text))
        breaks.append(len(words))
    return Tokens(words, starts, ends, breaks)


def _cut(text: str, span: tuple[int, int], cutter: JapaneseCutter) -> list[tuple[int, int]]:
    start, end = span
    if text[start] <= "぀" or not _JAPANESE_START.match(text, start):
        return [span]
    return [(start + first, start + last) for first, last in cutter.cut(text[start:end])]
