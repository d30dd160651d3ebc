"""The stretch of text an inline citation backs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ...model import Document, Sentence

_END = re.compile(r"[.!?…。！？][\"”’»)\]」』\s]*$")
_CLAUSE = re.compile(
    r"[;:—](?=\s)|\s[–-]\s|,\s(?=(?:and|but|while|whereas|although|yet|or|а|но|и|und|aber)\s)"
)
_TAIL = 20
"""Characters in which the end of a sentence must stand."""
_REACH = 1000
"""Characters before a marker in which its clause may begin."""
_BLANK = re.compile(r"\s*")


class Scopes:
    """Finds scopes in one document."""

    def __init__(self, document: Document, groups: Sequence[tuple[int, int]]) -> None:
        """Take *groups*, start and end of every run of neighbouring markers, in order."""
        self.text = document.text
        self.sentences: tuple[Sentence, ...] = document.sentences
        self.starts = [sentence.start for sentence in document.sentences]
        self.blocks = document.blocks
        self.block_starts = [block.start for block in document.blocks]
        self.groups = groups
        self.group_starts = [start for start, _ in groups]

    def of(self, group: int, *, forward: bool = False) -> tuple[int, int]:
        """Return start and end of what the markers of a group back.

        After the end of a sentence that is the sentence; in the middle of one it is the clause
        they close. A clause begins after a semicolon, colon or dash, or after an earlier group of
        markers that stands before or after a mark of punctuation. A *forward* marker, as in
        ``Nagy (2001) writes that …``, backs the rest of its sentence too.
        """
        marker = self.groups[group][0]
        sentence = self._sentence(marker)
        if sentence is None:
            block = self.blocks[bisect_right(self.block_starts, marker) - 1]
            return block.start, max(block.start, marker)
        begin, end = sentence.start, min(marker, sentence.end)
        while end > begin and self.text[end - 1].isspace():
            end -= 1
        cuts = [begin, self._after_earlier(group)]
        ended = _END.search(self.text[max(begin, end - _TAIL) : end])
        if not ended and marker < sentence.end:
            last = end - sentence.start
            clauses = _CLAUSE.finditer(sentence.text, max(0, last - _REACH), last)
            cuts += [sentence.start + match.end() for match in clauses]
        begin = next((cut for cut in sorted(cuts, reverse=True) if cut < end), begin)
        blank = _BLANK.match(self.text, begin, end)
        start = blank.end() if blank else begin
        return (start, sentence.end) if forward and marker < sentence.end else (start, end)

    def _sentence(self, marker: int) -> Sentence | None:
        """Return the sentence the marker stands in, or directly after."""
        index = bisect_right(self.starts, marker) - 1
        if index < 0:
            return None
        sentence = self.sentences[index]
        before = max(0, marker - sentence.start)
        blank = _BLANK.match(sentence.text, 0, before)
        if index and blank and blank.end() == min(before, len(sentence.text)):
            earlier = self.sentences[index - 1]
            if not self.text[earlier.end : sentence.start].count("\n\n"):
                return earlier
        block = self.blocks[bisect_right(self.block_starts, marker) - 1]
        return sentence if sentence.end > block.start else None

    def _after_earlier(self, group: int) -> int:
        """Return where the clause after an earlier group of markers begins, 0 if none does."""
        if not group:
            return 0
        start, end = self.groups[group - 1]
        closed = self.text[end : end + 1] in tuple(",;:.") or self.text[start - 1] in ",;:.!?。"
        return end + 1 if closed else 0
