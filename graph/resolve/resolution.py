"""Collect the forms of names, join them, and mint the entities."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ..language.transliteration import search_key
from ..model import DESCRIBED, DOCUMENT, Candidate, Entity, EntityKind, Extraction, Mention
from ..works import NO_WORKS, CitedWork, CitedWorks
from .copies import Article, Copies
from .drafts import Draft, authorities, authority_forms, entity, mint
from .normal import normal_form
from .persons import PersonName, Persons, parse

_GLOSS = re.compile(r"[\"”»]?\s*\[")
_IN_BRACKETS = "gloss"
_NEVER_GLOSSED = frozenset({EntityKind.PLACE, EntityKind.PERSON, EntityKind.GROUP})
_OF_THEIR_PAGE = frozenset({EntityKind.ORGANISATION, EntityKind.PLACE, EntityKind.LEGAL_INSTRUMENT})
"""Kinds whose things, described by common nouns alone, are another on each page: "the hospital"."""

Form = tuple[str, str]
"""Kind and normal form; for a surname alone also the document, after a slash; for a title in a
reference the key of the work that it cites."""
Place = tuple[str, int, int]
"""Slug of a document, and where in it a mention starts and ends."""


@dataclass(slots=True)
class Resolution:
    """The entities, and which of them each mention means."""

    entities: dict[str, Entity] = field(default_factory=dict)
    keys: dict[Form, str] = field(default_factory=dict)
    cited: dict[Place, str] = field(default_factory=dict)
    """Where a reference prints a title of the work it cites, and the key of that cited work."""
    articles: Mapping[str, Article] = field(default_factory=dict)
    """Slug of a document that others are copies of, or that is one, to their one article."""

    def of(self, slug: str, mention: Mention) -> str:
        """Return the key of the entity that *mention* of the document *slug* means.

        Raises:
            KeyError: the mention was in none of the extractions that were resolved.
        """
        if mention.authority in self.entities:
            return mention.authority
        kind, form = _form(mention, slug)
        if mention.kind is EntityKind.WORK:
            form = self.cited.get((slug, mention.start, mention.end), form)
        here = self.keys.get((kind, f"{slug}/{form}"))
        return here if here is not None else self.keys[kind, form]

    def cited_work(self, work: CitedWork) -> str:
        """Return the key of the entity that a cited work is; its own if no mention prints it."""
        return self.keys.get(_cited_form(work.key), work.key)


def _cited_form(key: str) -> Form:
    return EntityKind.WORK.value, key


def resolve(extractions: Iterable[Extraction], works: CitedWorks = NO_WORKS) -> Resolution:
    """Return the entities of the mentions of all *extractions*, which are read once, in order.

    A title printed in a reference means the work that the reference cites, of *works*; elsewhere
    it does where only one of them has that title. The result does not depend on the order of the
    documents.
    """
    collector = _Collector(works)
    for extraction in extractions:
        collector.read(extraction)
    return collector.finish()


def _form(mention: Mention, slug: str) -> Form:
    if mention.subkind == DOCUMENT:
        return mention.kind.value, f"document {slug}"
    if mention.kind is EntityKind.PERSON:
        return mention.kind.value, parse(mention).form
    form = normal_form(mention)
    if mention.rule == DESCRIBED and mention.kind in _OF_THEIR_PAGE and mention.name.islower():
        form = f"{slug}/{form}"
    return mention.kind.value, form


def all_mentions(extraction: Extraction) -> Iterator[Mention]:
    """Yield every mention of an extraction, also those that only statements and figures hold."""
    yield from extraction.mentions
    for figure in extraction.figures:
        yield from (m for m in (figure.population, figure.authority, *figure.territory) if m)
    for statement in extraction.statements:
        held = (statement.subject, statement.object, statement.authority)
        qualifiers = (value for _, value in statement.qualifiers)
        yield from (item for item in (*held, *qualifiers) if isinstance(item, Mention))


class _Collector:
    """Drafts by form while documents go by."""

    def __init__(self, works: CitedWorks) -> None:
        self._works = works
        self._copies = Copies()
        self._cited: dict[Place, str] = {}
        self._titles: dict[Form, set[str]] = defaultdict(set)
        """Form of a title to the keys of the cited works that have it."""
        self._drafts: dict[Form, Draft] = {}
        self._records: dict[Form, set[str]] = defaultdict(set)
        """Form to the authority records that mentions with this form matched."""
        self._known: dict[str, Draft] = {}
        self._names: dict[str, PersonName] = {}
        self._joined: dict[Form, tuple[Form, str]] = {}
        """Form to the form it is joined to, and why."""

    def read(self, extraction: Extraction) -> None:
        """Take in the mentions of one document."""
        slug = extraction.document.slug
        self._copies.add(extraction.document)
        self._place_titles(extraction)
        people: dict[str, set[str]] = defaultdict(set)
        bare: dict[str, list[Mention]] = defaultdict(list)
        seen: set[tuple[int, int, str, str, str]] = set()
        for mention in all_mentions(extraction):
            told = (mention.kind.value, mention.name, mention.subkind)
            place = (mention.start, mention.end, *told)
            if place in seen:
                continue
            seen.add(place)
            name = parse(mention) if mention.kind is EntityKind.PERSON else None
            if name and not name.given and not mention.authority:
                bare[name.family].append(mention)
                continue
            form = (mention.kind.value, name.form) if name else self._form(mention, slug)
            if name:
                self._names[name.form] = name
                for family in {name.family, *(name.given if name.either_order else ())}:
                    people[family].add(name.form)
            self._add(form, mention)
        for family in sorted(bare):
            self._place_surname(slug, family, bare[family], people.get(family, set()))
        self._join_glosses(extraction)

    def _add(self, form: Form, mention: Mention) -> None:
        known = mention.authority or authority_forms().get((form[0], search_key(mention.name)), "")
        if known:
            self._records[form].add(known)
            draft = self._known.setdefault(known, Draft(mention.kind))
            draft.evidence.add(
                "name of the authority record"
                if mention.authority
                else "spelling of a name of the authority record"
            )
        else:
            draft = self._drafts.setdefault(form, Draft(mention.kind))
        draft.add(mention)

    def _place_surname(
        self, slug: str, family: str, mentions: list[Mention], people: set[str]
    ) -> None:
        """Give surnames that stand alone to the one person of the document who has it."""
        kind = EntityKind.PERSON.value
        groups = {Persons(self._names[form] for form in people).group[form] for form in people}
        form: Form = (kind, f"{slug}/{family}") if groups else (kind, family)
        if len(groups) == 1:
            self._joined[form] = ((kind, groups.pop()), "surname after the full name")
        else:
            self._names.setdefault(family, PersonName(family))
        for mention in mentions:
            self._drafts.setdefault(form, Draft(mention.kind)).add(mention)

    def _form(self, mention: Mention, slug: str) -> Form:
        cited = self._cited.get((slug, mention.start, mention.end))
        if cited and mention.kind is EntityKind.WORK:
            return _cited_form(cited)
        return _form(mention, slug)

    def _place_titles(self, extraction: Extraction) -> None:
        """Find where references print titles: original, transliteration, translation alike."""
        slug = extraction.document.slug
        works = [m for m in extraction.mentions if m.kind is EntityKind.WORK]
        for index, reference in enumerate(extraction.references):
            work = self._works.of(slug, index)
            if work is None:
                continue
            titles = {search_key(title.text) for title in reference.titles}
            for mention in works:
                inside = reference.start <= mention.start and mention.end <= reference.end
                if inside and search_key(mention.name) in titles:
                    self._cited[slug, mention.start, mention.end] = work.key
                    self._titles[_form(mention, slug)].add(work.key)

    def _join_glosses(self, extraction: Extraction) -> None:
        """Join a name and its translation in square brackets behind it."""
        text = extraction.document.text
        slug = extraction.document.slug
        before: dict[EntityKind, Mention] = {}
        for mention in extraction.mentions:
            other = before.get(mention.kind)
            before[mention.kind] = mention
            if other is None:
                continue
            if mention.rule == _IN_BRACKETS:
                why = "the same name in another script in brackets"
                self._join(self._form(mention, slug), self._form(other, slug), why)
            elif mention.kind in _NEVER_GLOSSED:
                continue
            elif _GLOSS.fullmatch(text, other.end, mention.start) and text[mention.end] == "]":
                forms = self._form(mention, slug), self._form(other, slug)
                self._join(*forms, "translation in brackets")

    def _join(self, form: Form, to: Form, why: str) -> None:
        if form != to and form not in self._joined:
            self._joined[form] = (to, why)

    def finish(self) -> Resolution:
        """Return the entities of everything read."""
        persons = Persons(self._names.values())
        for form, leader in persons.group.items():
            if form != leader:
                one = (EntityKind.PERSON.value, form)
                self._joined.setdefault(one, ((one[0], leader), "names agree"))
        for title, cited in self._titles.items():
            if len(cited) == 1:
                self._join(title, _cited_form(next(iter(cited))), "title of a cited work")
        leaders = {form: self._leader(form) for form in sorted({*self._drafts, *self._records})}
        keys, drafts = self._mint(leaders)
        result = Resolution(keys=keys, cited=self._cited, articles=self._copies.articles())
        candidates = _candidates(persons, keys)
        for key in sorted(drafts):
            result.entities[key] = entity(key, drafts[key], candidates.get(key, ()))
        return result

    def _leader(self, form: Form) -> Form:
        seen = {form}
        while form in self._joined:
            form = self._joined[form][0]
            if form in seen:
                break
            seen.add(form)
        return form

    def _mint(self, leaders: dict[Form, Form]) -> tuple[dict[Form, str], dict[str, Draft]]:
        members: dict[Form, list[Form]] = defaultdict(list)
        for form, leader in leaders.items():
            members[leader].append(form)
        drafts = dict(self._known)
        cited = {_cited_form(key): key for key in self._cited.values()}
        keys: dict[Form, str] = {}
        for leader in sorted(members):
            group = members[leader]
            known = {record for form in group for record in self._records.get(form, ())}
            draft = Draft(EntityKind(leader[0]))
            for form in group:
                if form in self._drafts:
                    draft.merge(self._drafts[form])
                if form != leader and form in self._joined:
                    draft.evidence.add(self._joined[form][1])
            if len(known) == 1:
                key = next(iter(known))
                drafts[key].merge(draft)
            elif draft.labels:
                key = _free(cited.get(leader) or mint(draft.kind, draft.name()), drafts)
                drafts[key] = draft
            else:
                key = min(known)
            keys.update(dict.fromkeys(group, key))
        return keys, drafts


def _free(key: str, taken: dict[str, Draft]) -> str:
    """Return *key*, numbered if another thing or an authority record has it already."""
    number = 1
    wanted = key
    while wanted in taken or wanted in authorities():
        number += 1
        wanted = f"{key}-{number}"
    return wanted


def _candidates(persons: Persons, keys: dict[Form, str]) -> dict[str, tuple[Candidate, ...]]:
    """Return the candidates of persons by their keys, the likeliest first."""
    kind = EntityKind.PERSON.value
    found: dict[str, dict[str, Candidate]] = defaultdict(dict)
    for form, candidates in persons.candidates.items():
        one = keys.get((kind, form))
        for candidate in candidates:
            other = keys.get((kind, candidate.other))
            if one and other and one != other:
                better = found[one].get(other)
                if better is None or better.score < candidate.score:
                    found[one][other] = replace(candidate, other=other)
    return {
        key: tuple(sorted(others.values(), key=lambda item: (-item.score, item.other)))
        for key, others in found.items()
    }
