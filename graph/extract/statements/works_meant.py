"""Which work "the novel", "this book" or "a memoir, TITLE" means; others stay without a name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from ...model import DOCUMENT, EntityKind, Mention
from ...resources import rules
from .items import Item, ItemKind
from .lexicon import role_words
from .parts import Phrase

"""The finer kind of a mention that means the document itself."""
_REACH = 1500
"""Code points within which "the novel" looks back for its title."""
_BEHIND = 9
"""As many words may stand between "two novels" and the first title: "about the camps,"."""
_OPENS = frozenset({",", ":", "–", "—", "("})
_JOINS = frozenset({",", "and", "&", "(", ")", '"', "“", "”", "«", "»", "or"})


class Works:
    """The works a document has named, in the order of the text, itself left out."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        """Keep the mentions of works among *mentions*."""
        works = [m for m in mentions if m.kind is EntityKind.WORK]
        self.itself = next((m for m in works if m.subkind == DOCUMENT), None)
        self._named = sorted((m for m in works if m.subkind != DOCUMENT), key=lambda m: m.start)
        self._starts = [mention.start for mention in self._named]

    def meant(self, phrase: Phrase, items: Sequence[Item]) -> list[Mention]:
        """Return the works a noun phrase with a word like "novel" means; usually one or none.

        "The novel" is the last one named before, "a novel, TITLE" the one named behind, and "this
        article" the document itself.
        """
        noun = phrase.word
        if noun not in role_words("works") or phrase.mention is not None:
            return []
        bare = phrase.last - phrase.first == 2
        if phrase.lead == "this" and bare and noun in role_words("works", "itself"):
            return [self.itself] if self.itself is not None else []
        named = named_behind(phrase, items)
        if named:
            return named
        if phrase.lead in ("the", "this", "that") and bare:
            last = self.last(noun, items[phrase.first].start)
            return [last] if last is not None else []
        return []

    def last(self, noun: str, before: int) -> Mention | None:
        """Return the last work named before an offset that *noun* can mean; any, without a noun."""
        at = bisect_left(self._starts, before)
        while at and before - self._starts[at - 1] <= _REACH:
            at -= 1
            if self._named[at].end <= before and may_be(noun, self._named[at]):
                return self._named[at]
        return None


def named_behind(phrase: Phrase, items: Sequence[Item]) -> list[Mention]:
    """Return the titles that follow: "a memoir, TITLE,", "two novels on love: TITLE and TITLE"."""
    many = phrase.word.endswith("s") and phrase.lead not in ("a", "an", "his", "her")
    at, steps = phrase.last, 0
    if phrase.of is not None:
        at = phrase.of.last
    while many and at < len(items) and steps < _BEHIND and items[at].kind is not ItemKind.MARK:
        at, steps = at + 1, steps + 1
    if at < len(items) and items[at].lower in ("called", "titled", "entitled", "named"):
        at += 1
    elif at >= len(items) or items[at].lower not in _OPENS:
        return []
    found: list[Mention] = []
    for item in items[at:]:
        if item.mention is not None and item.mention.kind is EntityKind.WORK:
            found.append(item.mention)
            if not many:
                break
        elif item.kind is not ItemKind.DATE and item.lower not in _JOINS | _OPENS:
            break
    return found


def may_be(noun: str, work: Mention) -> bool:
    """Return whether "the film" can be the work: no song, and no book."""
    if not noun or not work.subkind:
        return True
    kind = _kinds().get(noun, "")
    if kind:
        return work.subkind in (kind, *rules("roles")["works"]["alike"].get(kind, ()))
    return noun not in role_words("works", "printed") or work.subkind not in role_words(
        "works", "shown"
    )


def introduces(phrase: Phrase) -> bool:
    """Return whether a noun phrase can tell of works for the first time: "these memoirs"."""
    return phrase.lead in ("a", "an", "these", "those", "several", "some", "many")


@cache
def _kinds() -> Mapping[str, str]:
    table: Mapping[str, Sequence[str]] = rules("works")["kinds"]
    return {word: kind for kind, listed in table.items() for word in listed}
