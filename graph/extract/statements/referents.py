"""Who or what a noun phrase speaks of: a name in it, a pronoun's antecedent, the usual group."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from ...mentions.gender import gender, may_mean
from ...model import EntityKind, Extraction, Mention
from .antecedents import kind_of, named_again, nationality_of, topic_of
from .items import Item, ItemKind
from .kin import Unnamed
from .lexicon import role_words, words
from .matters import MATTER, Matters
from .newcomers import NEW
from .noun_phrases import is_away, is_unit, placed_behind
from .parts import Phrase
from .strangers import stranger
from .things import THING, Things, described
from .told import Told
from .works_meant import Works, introduces, named_behind

_BESIDE = 25
"""So close before a pronoun that it can mean nothing else: "the troops, half of them …"."""
INFERRED = 0.9
"""How certain it is who is meant, as a factor, where a pronoun or "the camp" only points back."""
_NEAR = 300
"""Code points within which a pronoun can mean somebody who was no subject."""
_BACK = 200
"""Names that are looked through for what "the internment" means."""
_REACH = 900
"""Code points within which a pronoun looks back for its antecedent."""

_SUBJECTS_ONLY = frozenset({"they", "themselves", "it", "he", "she", "his", "her", "its", "their"})
"""Pronouns that mean the subject of an earlier clause, or nobody we know."""

_STANDS_FOR = {MATTER: "concept", THING: "place"}
"""Kinds of mention that things without a name have, where a pronoun means them."""

_Find = Callable[[Phrase, Sequence[Item]], Mention | None]


@dataclass(frozen=True, slots=True)
class Referent:
    """The entity a phrase refers to, and how much of it: "most", "some"."""

    mention: Mention
    scope: str = ""
    certainty: float = 1.0
    """Below 1 if it was inferred from what was said before."""


class Referents:
    """The entities a document has spoken of so far, for pronouns and words like "prisoners"."""

    def __init__(self, extraction: Extraction) -> None:
        """Sort the mentions by kind and find the group the document is about."""
        self._document = extraction.document
        self._by_kind: dict[str, list[Mention]] = {}
        for mention in extraction.mentions:
            self._by_kind.setdefault(mention.kind.value, []).append(mention)
        for mentions in self._by_kind.values():
            mentions.sort(key=lambda m: m.start)
        self._starts = {kind: [m.start for m in ms] for kind, ms in self._by_kind.items()}
        self.topic = topic_of(self._by_kind.get("group", ()))
        self._topic_starts = [mention.start for mention in self.topic]
        self.narrator: Mention | None = None
        """Who "I" is, if the text has a narrator."""
        self.doubted = False
        """Whether "he" may be who speaks or whom they speak of."""
        self.quoting = False
        """Whether somebody else's words are being read."""
        self._focus: dict[str, tuple[int, Mention]] = {}
        self._before: dict[str, tuple[int, Mention]] = {}
        self._told = Told(self._document, self._by_kind.get("legal-instrument", ()))
        self._works = Works(extraction.mentions)
        self.unnamed = Unnamed(self._document.text, self._person, self.topic_mention)
        self._matters = Matters(self._document.text, self._owner, self._deed)
        self._things = Things(self._document)
        self._finders: tuple[tuple[str, _Find], ...] = (
            ("group", self._group),
            ("camp", self._camp),
            ("work", self._work),
            ("legal-instrument", self._told.instrument),
            ("event", self._told.event),
            (MATTER, self._matters.of),
            (THING, self._things.of),
        )

    @property
    def nationality(self) -> str:
        """Return the word the group the document is about is called by: "japanese"."""
        return nationality_of(self.topic[0]) if self.topic else ""

    def note(self, mention: Mention, at: int) -> None:
        """Remember that *mention* is the subject of a clause at *at*: pronouns point there."""
        noted = self._focus.get(mention.kind.value)
        if noted is not None and noted[0] < at:
            self._before[mention.kind.value] = noted
        self._focus[mention.kind.value] = at, mention

    def noted(self, kind: EntityKind) -> tuple[int, Mention] | None:
        """Return the subject of *kind* noted last, and where."""
        return self._focus.get(kind.value)

    def is_another(self, mention: Mention, at: int) -> bool:
        """Return whether the last person spoken of, a little before *at*, is not *mention*."""
        noted = self._focus.get(mention.kind.value)
        if noted is None or mention.kind is not EntityKind.PERSON or at - noted[0] > _NEAR:
            return False
        one, other = set(noted[1].name.split()), set(mention.name.split())
        return not (one <= other or other <= one)

    def forget(self, kind: EntityKind = EntityKind.GROUP) -> None:
        """Forget the last of *kind*: somebody whom nobody named has become the subject."""
        self._focus.pop(kind.value, None)
        self._before.pop(kind.value, None)

    def turn(self) -> None:
        """Forget what "it" can mean: a thing without a name has become the subject."""
        for kind in words().pronouns["it"]:
            self._focus.pop(kind, None)

    def tell(self, event: Mention) -> None:
        """Remember an event a clause told of, for "this announcement"."""
        self._told.tell(event)

    def last(self, kinds: Collection[str], before: int) -> Mention | None:
        """Return the nearest mention of one of *kinds* before an offset, within reach."""
        best: Mention | None = None
        for kind in kinds:
            starts = self._starts.get(kind, [])
            at = bisect_left(starts, before) - 1
            if at >= 0 and before - starts[at] <= _REACH:
                mention = self._by_kind[kind][at]
                if best is None or mention.start > best.start:
                    best = mention
        return best

    def topic_mention(self, near: int) -> Mention | None:
        """Return the mention, nearest before *near*, of the group the document is about."""
        if not self.topic:
            return None
        return self.topic[max(0, bisect_left(self._topic_starts, near + 1) - 1)]

    # -- phrases

    def of(self, phrase: Phrase, items: Sequence[Item], kinds: Collection[str]) -> list[Referent]:
        """Return what *phrase* refers to, if it may be of one of *kinds*; usually one."""
        core, scope = self._core(phrase, items)
        mention = core.mention
        if mention is not None:
            return [Referent(mention, scope)] if mention.kind in kinds else []
        pronoun = self._pronoun(core, items, kinds)
        if pronoun is not None:
            return [Referent(pronoun, scope, INFERRED)]
        again = self._again(core, items, kinds) or self.unnamed.of(core, items, kinds)
        if again is not None:
            return [Referent(again, scope, INFERRED)]
        several = self._works.meant(core, items) if "work" in kinds else []
        if len(several) > 1:
            return [Referent(work, scope) for work in several]
        for kind, find in self._finders:
            found = find(core, items) if kind in kinds else None
            if found is not None:
                said_before = found.end <= items[phrase.first].start
                return [Referent(found, scope, INFERRED if said_before else 1.0)]
        return []

    def _person(self, phrase: Phrase, items: Sequence[Item]) -> Mention | None:
        return self._pronoun(phrase, items, ("person",))

    def _again(
        self, phrase: Phrase, items: Sequence[Item], kinds: Collection[str]
    ) -> Mention | None:
        """Return what "the camp" or "this society" stands for."""
        bare = phrase.last - phrase.first == 2 and phrase.lead in ("the", "this", "that")
        kind = kind_of(phrase.word) if bare else ""
        if not kind or kind not in kinds:
            return None
        start = items[phrase.first].start
        starts = self._starts.get(kind, [])
        low, high = bisect_left(starts, start - _REACH), bisect_left(starts, start)
        return named_again(phrase.word, start, self._by_kind.get(kind, [])[low:high])

    def _core(self, phrase: Phrase, items: Sequence[Item]) -> tuple[Phrase, str]:
        """Follow "the majority of", "a group of", "the city of" to what is really named."""
        known = words()
        core = phrase
        while core.of is not None and core.mention is None and not is_away(core):
            if core.word in known.of_quantity or core.word in known.of_kind or core.quantity:
                core = core.of
            else:
                break
        if core.lead == "the" and core.word in known.people and is_unit(core):
            core = core.of or core
        start, inner = items[phrase.first].start, items[core.first].start
        counted = phrase.word in known.of_quantity or phrase.quantity is not None
        if core is not phrase and counted:
            scope = self._document.text[start:inner].strip()
            return core, scope.removesuffix(" of").removesuffix(" of the").strip()
        lead = core.lead
        if lead in ("most", "some", "many", "all", "few", "several", "both"):
            return core, lead
        return core, ""

    def _pronoun(
        self, phrase: Phrase, items: Sequence[Item], kinds: Collection[str]
    ) -> Mention | None:
        item = items[phrase.first]
        if item.kind is not ItemKind.WORD or phrase.last - phrase.first > 1:
            return None
        if item.lower in ("those", "who"):
            return None
        if item.lower in ("i", "me", "my", "we", "us"):
            speaks = self.narrator is not None and "person" in kinds
            return self.narrator if speaks and not self.quoting else None
        meant = words().pronouns.get(item.lower, ()) or words().possessives.get(item.lower, ())
        wanted = {*kinds, *(_STANDS_FOR[kind] for kind in kinds if kind in _STANDS_FOR)}
        allowed = [kind for kind in meant if kind in wanted]
        if not allowed:
            return None
        partitive = phrase.first > 0 and items[phrase.first - 1].lower == "of"
        return self._antecedent(item, allowed, partitive)

    def _antecedent(self, item: Item, allowed: list[str], partitive: bool) -> Mention | None:
        """Return whom a pronoun that may mean things of the kinds *allowed* points back to."""
        seen = (self._noted(kind, item) for kind in allowed)
        focus = max(filter(None, seen), key=lambda noted: noted[0], default=None)
        if focus is not None and not may_mean(item.lower, focus[1]):
            return self._other_person(item)
        if self.doubted and focus is None and allowed == [EntityKind.PERSON.value]:
            return None
        near = self.last([kind for kind in allowed if kind != "place"], item.start)
        if near is not None and self._beside(near, item.start):
            return near
        if focus is not None and (item.lower != "them" or partitive):
            return focus[1] if item.start - focus[0] <= _REACH else None
        if item.lower in _SUBJECTS_ONLY or partitive:
            return None
        if near is not None or allowed != ["group"]:
            return near
        return self.topic_mention(item.start)

    def _noted(self, kind: str, item: Item) -> tuple[int, Mention] | None:
        """Return the subject of *kind* noted last before *item*, or at it: "he" itself."""
        noted = self._focus.get(kind)
        own = noted is not None and item.lower in words().possessives and noted[0] >= item.start
        return self._before.get(kind) if own else noted

    def _other_person(self, item: Item) -> Mention | None:
        """Return the person a pronoun means if it cannot be the last subject, and only one can."""
        starts = self._starts.get(EntityKind.PERSON.value, [])
        low, high = bisect_left(starts, item.start - _NEAR), bisect_left(starts, item.start)
        people = self._by_kind[EntityKind.PERSON.value][low:high] if starts else []
        fitting = [m for m in people if gender(m) and may_mean(item.lower, m)]
        return fitting[-1] if len({m.name for m in fitting}) == 1 else None

    def whose(self, item: Item) -> Mention | None:
        """Return the person whom "his", "her" or "my" means, read after its sentence's verbs."""
        if self.doubted or EntityKind.PERSON.value not in words().possessives.get(item.lower, ()):
            return None
        if item.lower == "my":
            return None if self.quoting else self.narrator
        focus = self._focus.get(EntityKind.PERSON.value)
        near = focus is not None and 0 < item.start - focus[0] <= _REACH
        if near and focus is not None and may_mean(item.lower, focus[1]):
            return focus[1]
        return self._other_person(item)

    def _beside(self, mention: Mention, at: int) -> bool:
        """Return whether a mention stands right before *at*, in the same sentence."""
        if at - mention.end >= _BESIDE:
            return False
        between = self._document.text[mention.end : at]
        return not any(mark in between for mark in (". ", ".\n", "! ", "? ", ";"))

    def unknown(self, phrase: Phrase, items: Sequence[Item]) -> Mention | None:
        """Return a person nobody has heard of, whose name is only capital letters: a source."""
        return stranger(self._document.text, phrase, items)

    def new(self, name: str, phrase: Phrase, items: Sequence[Item]) -> list[Mention]:
        """Return what a phrase tells of for the first time: "powerful poems", "a memoir, TITLE"."""
        kind, table = NEW[name]
        if phrase.mention is not None or phrase.word not in role_words(table):
            return []
        if kind is not EntityKind.WORK and phrase.lead not in ("a", "an"):
            return []
        thing = self._things.of(phrase, items)
        if thing is not None:
            return [thing]
        named = named_behind(phrase, items) if kind is EntityKind.WORK else []
        if named:
            return named
        found = described(self._document, phrase, items, kind)
        self._told.note(phrase.word, found)
        return [found]

    def works(self, phrase: Phrase, items: Sequence[Item], *, named: bool) -> Iterator[Referent]:
        """Yield the works of a phrase by their titles, or such a one as "a film" without any."""
        if phrase.mention is not None:
            listed = [phrase.mention] if phrase.mention.kind is EntityKind.WORK else []
        elif phrase.word not in role_words("works"):
            return
        else:
            listed = named_behind(phrase, items)
            if not listed and not named:
                listed = [described(self._document, phrase, items, EntityKind.WORK)]
        yield from map(Referent, listed)

    def _group(self, phrase: Phrase, items: Sequence[Item]) -> Mention | None:
        """Return the group that "prisoners", "these men" or "Japanese" stands for."""
        known = words()
        head = phrase.word
        inside = [item for item in items[phrase.first : phrase.last] if item.lower != "of"]
        bare = [
            item
            for item in inside
            if item.kind is ItemKind.WORD and item.lower not in known.determiners
        ]
        if head and head == self.nationality and len(bare) <= 2:
            return self.topic_mention(items[phrase.first].start)
        if head in role_words("peoples") and not self.topic and len(bare) == 1 and not phrase.lead:
            return self._new_group(bare)
        if head in known.captive and len(bare) == 1:
            return self.topic_mention(items[phrase.first].start) or self._captives(phrase, items)
        counted = phrase.quantity is not None and len(bare) == 1
        if counted and head in role_words("ranks"):
            return self._new_group(bare)
        if head in role_words("parties") and phrase.lead == "the":
            return self._new_group(bare)
        if head in known.people and phrase.lead in ("these", "those", "the") and len(bare) == 1:
            last = self.last(["group"], items[phrase.first].start)
            if phrase.lead != "the" or head not in role_words("ranks") or last is None:
                return last
            return last if head in last.name else self._new_group(bare)
        if (head in known.persons or head in role_words("kin")) and len(bare) > 1:
            return self._new_group(bare)
        if head in known.forces and any(item.mention is not None for item in inside):
            return self._new_group(inside)
        return None

    def _captives(self, phrase: Phrase, items: Sequence[Item]) -> Mention | None:
        """Return the captives named last, for "the prisoners" of a text about several peoples."""
        last = self.last(["group"], items[phrase.first].start)
        named = last.name.casefold().split() if last is not None and phrase.lead == "the" else ()
        return last if not words().captive.isdisjoint(named) else None

    def _new_group(self, bare: Sequence[Item]) -> Mention | None:
        """Return a mention of a group that is described and not named: "wounded officers"."""
        while len(bare) > 1 and bare[0].lower[:1].isdigit():
            bare = bare[1:]
        start, end = bare[0].start, bare[-1].end
        text = self._document.text[start:end]
        name = " ".join(text.split())
        return Mention(start, end, text, EntityKind.GROUP, name, "en", rule="described group")

    def _camp(self, phrase: Phrase, items: Sequence[Item]) -> Mention | None:
        """Return the camps that only their place names: "camps of the Amur Oblast"."""
        if phrase.mention is not None or phrase.word not in ("camp", "camps"):
            return None
        of = phrase.of or placed_behind(phrase, items)
        if of is None or of.mention is None or of.mention.kind is not EntityKind.PLACE:
            return None
        whole = replace(phrase, last=max(phrase.last, of.last))
        return described(self._document, whole, items, EntityKind.CAMP)

    def _work(self, phrase: Phrase, items: Sequence[Item]) -> Mention | None:
        """Return the work "this novel" means, or a new one for "these memoirs", "a film"."""
        if phrase.lead == "this" and phrase.last - phrase.first == 1:
            return self._works.last("", items[phrase.first].start)
        meant = self._works.meant(phrase, items)
        works = role_words("works") - role_words("events")
        if meant or phrase.word not in works or not introduces(phrase):
            return meant[0] if meant else None
        return described(self._document, phrase, items, EntityKind.WORK)

    def _owner(self, phrase: Phrase, items: Sequence[Item]) -> Mention | None:
        """Return the group or person a possessive means."""
        return self._pronoun(phrase, items, ("group", "person"))

    def _deed(self, noun: str, before: int) -> Mention | None:
        """Return the event or concept "the internment" means, or the group it befell."""
        for kind in ("event", "concept"):
            low = bisect_left(self._starts.get(kind, []), before)
            found = named_again(
                noun, before, self._by_kind.get(kind, [])[max(0, low - _BACK) : low]
            )
            if found is not None:
                return found
        return self.topic_mention(before)
