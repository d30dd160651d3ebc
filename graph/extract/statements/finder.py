"""Find the statements of a document, and the events and groups they are about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ...model import (
    BlockKind,
    DateValue,
    EntityKind,
    Extraction,
    Marker,
    Mention,
    Sentence,
    Stance,
    Statement,
    Value,
)
from . import japanese, russian
from .antecedents import QUOTATION, kind_of, narrator, quoted
from .bibliography import (
    author_statement,
    document_work,
    publication_statements,
    reference_statements,
)
from .boxes import box_statements
from .catalogue import catalogue_statements
from .clauses import clauses_of
from .foreign import foreign_claims, inside_claims, languages, source_of
from .frames import Claim
from .frames import Sentence as Parsed
from .general import ages, descriptions
from .items import Item, ItemKind, Marks, has_quotes, items_of, items_within, unquoted
from .lexicon import words
from .matters import MATTER, speaks_of_matter
from .names import Row
from .nested import name_claims
from .newcomers import with_new
from .nominals import nominal_clauses, opened, tells
from .parts import Clause, affirmed
from .phrases import parse
from .portrait import lacks_subject, life_lines, portrayed
from .provisions import provisions
from .referents import Referents
from .sites import site_claims
from .things import THING
from .titles import listed_titles
from .told import speaks_of_thing
from .voice import Voice, Voices, is_saying
from .works_described import names_of, renamed

_FILE_NAMES = (".jpg", ".jpeg", ".png", ".svg", ".gif", ".pdf", ".tif", ".tiff")
"""How sentences end that are the name of a file."""
_BESIDE_NAME = 8
"""How much more than a person's name a heading that makes the person the topic may say."""

_SUBJECTS = (
    "person",
    "group",
    "organisation",
    "military-unit",
    "work",
    "camp",
    "legal-instrument",
    "event",
    "place",
    MATTER,
    THING,
)
"""Kinds that pronouns point back to."""
_READ = frozenset(
    {
        BlockKind.PARAGRAPH,
        BlockKind.QUOTE,
        BlockKind.LIST_ITEM,
        BlockKind.CAPTION,
        BlockKind.NOTE,
        BlockKind.METADATA,
    }
)


def find_statements(extraction: Extraction) -> Extraction:
    """Return *extraction* with its statements, and with the mentions they needed added.

    Mentions, dates, quantities, references and markers must be there. Statements come in the order
    of the text; each says who states it and how firmly, and which references back it.
    """
    found: dict[object, Statement] = {}
    for statement in (
        *author_statement(extraction),
        *publication_statements(extraction),
        *reference_statements(extraction),
        *catalogue_statements(extraction),
        *box_statements(extraction),
        *listed_titles(extraction),
        *_Reader(extraction).read(),
    ):
        said = (statement.start, statement.subject, statement.predicate, statement.object)
        found.setdefault(said, statement)
    statements = tuple(sorted(found.values(), key=lambda s: (s.start, s.end)))
    return replace(
        extraction,
        mentions=with_new(extraction.mentions, statements),
        statements=statements,
    )


class _Reader:
    def __init__(self, extraction: Extraction) -> None:
        self._extraction = extraction
        self._document = extraction.document
        self._marks = Marks(extraction)
        self._referents = Referents(extraction)
        self._markers = sorted(extraction.markers, key=lambda m: m.scope_start)
        self._marker_starts = [marker.scope_start for marker in self._markers]
        self._itself = document_work(extraction)
        authors = (s.object for s in author_statement(extraction))
        author = next((a for a in authors if isinstance(a, Mention)), None)
        self._referents.narrator = narrator(extraction, author)
        self._portrayed = portrayed(extraction)
        if self._portrayed is not None:
            self._referents.note(self._portrayed, 0)
        self._quoting: Mention | None = None
        self._speaker: tuple[int, Mention] | None = None
        """Who said something about somebody else: "he" is neither of them for sure."""
        self._clauses: dict[str, japanese.Clauses | russian.Clauses] = {
            "ja": japanese.Clauses(),
            "ru": russian.Clauses(),
        }
        self._dates = sorted(extraction.dates, key=lambda d: d.start)
        self._date_starts = [date.start for date in self._dates]

    def read(self) -> Iterator[Statement]:
        if self._portrayed is not None:
            yield from life_lines(self._extraction, self._portrayed)
        for sentence in (*self._document.sentences, *self._metadata()):
            if not self._is_read(sentence):
                continue
            if sentence.language == "en":
                yield from self._english(sentence)
            elif sentence.language in languages():
                yield from self._foreign(sentence)

    def _metadata(self) -> Iterator[Sentence]:
        """Yield the blocks about the document itself, its author above all, as sentences."""
        read = {sentence.block for sentence in self._document.sentences}
        for index, block in enumerate(self._document.blocks):
            told = block.kind is BlockKind.METADATA and block.reason != "keywords"
            if told and index not in read:
                text = self._document.text[block.start : block.end]
                yield Sentence(block.start, block.end, text, index, self._document.language)

    def _is_read(self, sentence: Sentence) -> bool:
        if self._kind(sentence) not in _READ:
            return False
        return not sentence.text.rstrip()[-5:].lower().endswith(_FILE_NAMES)

    def _english(self, sentence: Sentence) -> Iterator[Statement]:
        if self._speaker is not None:
            self._referents.note(self._speaker[1], self._speaker[0])
            self._speaker = None
        self._referents.doubted = False
        items = unquoted(items_of(sentence, self._marks))
        if not self._speaks_of_somebody(items):
            return
        self._referents.quoting = self._kind(sentence) is BlockKind.QUOTE or (
            self._referents.narrator is not None
            and (
                any(mark in sentence.text for mark in QUOTATION)
                or quoted(self._document, sentence.end, sentence.block)
            )
        )
        phrases = parse(items)
        clauses = clauses_of(phrases)
        if self._portrayed is not None and lacks_subject(clauses):
            at = items[0].start
            items = [Item(ItemKind.MENTION, at, at, "", mention=self._portrayed), *items]
            phrases = parse(items)
            clauses = clauses_of(phrases)
        told = self._marks.told_in(sentence.start, sentence.end)
        parsed = Parsed(self._document.text, items, phrases, clauses, self._referents, told)
        around = self._quoting if self._kind(sentence) is BlockKind.QUOTE else None
        voices = Voices(phrases, items, clauses, self._referents, around)
        backing = tuple(self._backing(sentence))
        said = [*self._clausal(parsed, voices), *self._nominal(parsed, told)]
        names = names_of([claim for claim, _, _ in said])
        for claim, voice, dates in said:
            for kept in renamed(claim, names):
                self._referents.unnamed.learn(kept.subject, kept.predicate, kept.object)
                yield self._statement(sentence, kept, voice, dates, backing)
        self._referents.unnamed.read(items)
        whole = Voice(authority=voices.source)
        for claim in self._named(sentence, items, [claim for claim, _, _ in said]):
            self._referents.unnamed.learn(claim.subject, claim.predicate, claim.object)
            own = voices.source is not None and claim.subject.name == voices.source.name
            yield self._statement(sentence, claim, Voice() if own else whole, (), backing)
        if self._kind(sentence) is not BlockKind.QUOTE:
            self._quoting = voices.introduces(sentence.text)

    def _speaks_of_somebody(self, items: Sequence[Item]) -> bool:
        """Return whether a sentence has a name, a pronoun or a word like "prisoners" in it."""
        known, nationality = words(), self._referents.nationality
        called = self._referents.unnamed.is_called
        return any(
            item.mention is not None
            or item.lower in known.pronouns
            or item.lower in known.captive
            or item.lower in known.people
            or (item.lower and item.lower == nationality)
            or kind_of(item.lower)
            or item.lower in known.works
            or speaks_of_matter(item.lower)
            or speaks_of_thing(item.lower)
            or called(item.lower)
            for item in items
        )

    def _clausal(
        self, parsed: Parsed, voices: Voices
    ) -> Iterator[tuple[Claim, Voice, Sequence[DateValue]]]:
        """Yield what verbs tell, with who says it and when it was."""
        for clause in parsed.clauses:
            voice = voices.of(clause)
            trails = clause is not parsed.clauses[0] and clause.at >= len(parsed.phrases) - 2
            self._note_subject(clause, parsed.items, trails=trails and not has_quotes(parsed.items))
            if clause.fronted and clause.verb.form == "finite":
                for claim in provisions(parsed, clause):
                    yield claim, Voice(authority=voices.source), ()
            if voice is None:
                continue
            late = affirmed(clause)
            if late is not None:
                clause, voice = late, replace(voice, stance=Stance.ASSERTED)
            said = list(parsed.claims(clause))
            for claim in (*said, *descriptions(parsed, clause, said), *ages(parsed, clause)):
                yield claim, voice, _when(clause)

    def _nominal(
        self, parsed: Parsed, told: list[Mention]
    ) -> Iterator[tuple[Claim, Voice, Sequence[DateValue]]]:
        """Yield what nouns tell: "the transfer of prisoners to Chita"."""
        items = opened(parsed.items, self._marks)
        if not tells(items):
            return
        if len(items) != len(parsed.items):
            phrases = parse(items)
            clauses = clauses_of(phrases)
            parsed = Parsed(parsed.text, items, phrases, clauses, self._referents, told)
        voices = Voices(parsed.phrases, items, parsed.clauses, self._referents)
        for clause, host in nominal_clauses(items, parsed.phrases, parsed.clauses):
            voice = voices.presupposed(host)
            for claim in (*parsed.claims(clause), *ages(parsed, clause)):
                if voice is not None:
                    yield replace(claim, certainty=claim.certainty * 0.9), voice, _when(clause)

    def _foreign(self, sentence: Sentence) -> Iterator[Statement]:
        items = items_of(sentence, self._marks)
        row = Row(items, self._document.text, sentence.language)
        if sentence.language == "ru":
            russian.blank_unreal(row)
        voice = Voice(authority=source_of(row, sentence.language))
        backing = tuple(self._backing(sentence))
        section, headed = (
            self._document.blocks[sentence.block].section,
            self._headed(sentence.block),
        )
        clauses = self._clauses[sentence.language].claims(row, section, headed)
        standing = {"document": self._itself}
        for claim in (*clauses, *foreign_claims(row, sentence.language, standing)):
            said = replace(voice, stance=claim.stance)
            yield self._statement(sentence, claim, said, (), backing)
        for mention in (item.mention for item in items if item.mention is not None):
            inner = self._marks.mentions_in(mention.start, mention.end)
            for claim in inside_claims(mention, inner):
                yield self._statement(sentence, claim, Voice(), (), backing)

    def _headed(self, block: int) -> Mention | None:
        """Return whom the heading right above a block names, and little more than that."""
        above = self._document.blocks[block - 1] if block else None
        if above is None or above.kind not in {BlockKind.HEADING, BlockKind.TITLE}:
            return None
        for mention in self._marks.mentions_in(above.start, above.end):
            short = above.end - mention.end <= _BESIDE_NAME
            if mention.kind is EntityKind.PERSON and mention.start == above.start and short:
                return mention
        return None

    def _named(self, sentence: Sentence, items: list[Item], claims: list[Claim]) -> Iterator[Claim]:
        """Yield what names say by what they stand beside, and by what they are made of."""
        row = Row(items, self._document.text, whose=self._referents.whose)
        standing = {
            "document": self._itself,
            "topic": self._referents.topic_mention(sentence.start),
        }
        caption = self._kind(sentence) is BlockKind.CAPTION
        yield from row.claims(standing, in_caption=caption)
        yield from site_claims(row, claims, self._marks)
        for item in items:
            if item.mention is not None:
                yield from self._inside(item.mention, standing)

    def _inside(self, mention: Mention, standing: Mapping[str, Mention | None]) -> Iterator[Claim]:
        """Yield what a name says by the names inside it."""
        inner = self._marks.mentions_in(mention.start, mention.end)
        inside = [m for m in inner if (m.start, m.end) != (mention.start, mention.end)]
        yield from name_claims(mention, inside, self._dates_in(mention))
        if len(inside) > 1:
            yield from Row(items_within(mention, self._marks), self._document.text).claims(standing)

    def _dates_in(self, mention: Mention) -> list[DateValue]:
        low = bisect_left(self._date_starts, mention.start)
        high = bisect_left(self._date_starts, mention.end)
        return [date for date in self._dates[low:high] if date.end <= mention.end]

    def _kind(self, sentence: Sentence) -> BlockKind:
        return self._document.blocks[sentence.block].kind

    def _note_subject(self, clause: Clause, items: Sequence[Item], *, trails: bool) -> None:
        """Remember the subject of a clause; who only *trails* a sentence as its source is none."""
        if clause.verb.form != "finite" or not clause.subjects:
            return
        subject = clause.subjects[-1]
        found = self._referents.of(subject, items, _SUBJECTS)
        at = items[subject.first].start
        for referent in found:
            if is_saying(clause) and self._referents.is_another(referent.mention, at):
                spoken_of = self._referents.noted(EntityKind.PERSON) if trails else None
                self._speaker = spoken_of or (at, referent.mention)
                self._referents.forget(EntityKind.PERSON)
                self._referents.doubted = True
            elif referent.mention is not self._referents.narrator:
                self._referents.note(referent.mention, at)
        if not found and subject.word in words().people:
            self._referents.forget()
        elif not found and subject.word and subject.lead not in words().pronouns:
            self._referents.turn()

    def _statement(
        self,
        sentence: Sentence,
        claim: Claim,
        voice: Voice,
        dates: Sequence[DateValue],
        backing: tuple[int, ...],
    ) -> Statement:
        qualifiers: list[tuple[str, Mention | Value]] = []
        if claim.scope:
            qualifiers.append(("scopeNote", Value(claim.scope)))
        if claim.qualifier[0]:
            qualifiers.append((claim.qualifier[0], Value(claim.qualifier[1])))
        if not (isinstance(claim.object, Value) and claim.object.datatype == "edtf"):
            qualifiers += [("date", Value(date.edtf, "edtf")) for date in dates]
        text = sentence.text
        start = sentence.start + len(text) - len(text.lstrip())
        end = sentence.start + len(text.rstrip())
        return Statement(
            start,
            end,
            claim.subject,
            claim.predicate,
            claim.object,
            tuple(qualifiers),
            voice.stance,
            voice.authority,
            backing,
            claim.rule,
            round((0.9 if voice.authority is None else 0.85) * claim.certainty, 4),
        )

    def _backing(self, sentence: Sentence) -> Iterator[int]:
        """Yield the references whose markers' scope touches the sentence."""
        at = bisect_left(self._marker_starts, sentence.end)
        for marker in reversed(self._markers[max(0, at - 40) : at]):
            if marker.reference is not None and _touches(marker, sentence):
                yield marker.reference


def _touches(marker: Marker, sentence: Sentence) -> bool:
    return marker.scope_start < sentence.end and marker.scope_end > sentence.start


def _when(clause: Clause) -> list[DateValue]:
    return [date for preposition, date in clause.dates if preposition not in ("until", "since")]
