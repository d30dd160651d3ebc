"""Which gold entity a mention of ours refers to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ..model import DOCUMENT, EntityKind, Extraction, Mention
from ..resources import rules
from .compare import Span, closeness, overlap, plain
from .gold import Gold, Record
from .offsets import OffsetMap

"""The finer kind of a work that means the document it stands in."""


class Resolved(Protocol):
    """What the evaluation needs of a resolution: the entity key of a mention."""

    def of(self, slug: str, mention: Mention) -> str:
        """Return the key of the entity that *mention* of document *slug* was resolved to."""


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A gold mention at offsets of the normalised text."""

    span: Span
    text: str
    entity: str
    kind: str


@dataclass(frozen=True, slots=True)
class Converted:
    """A gold document beside what the converter made of it."""

    name: str
    extraction: Extraction
    offsets: OffsetMap
    work: str = ""

    def span(self, record: Record) -> Span:
        """Return the range of a gold record in the normalised text."""
        return self.offsets(int(record["start"])), self.offsets(int(record["end"]))


class Subjects:
    """Finds the gold entity behind a mention: by its place, its cluster, or its name."""

    def __init__(
        self, gold: Gold, documents: Mapping[str, Converted], resolution: Resolved
    ) -> None:
        """Index the gold mentions and let every cluster of ours vote for its gold entity."""
        self._resolution = resolution
        self._documents = documents
        kinds: Mapping[str, str] = rules("evaluation")["types"]
        self.kinds: dict[str, str] = {}
        self.labels: dict[str, list[str]] = {}
        self.mentions: dict[str, list[GoldMention]] = defaultdict(list)
        self._names: dict[tuple[str, str], set[str]] = defaultdict(set)
        for record in gold.records.get("entities", ()):
            kind = kinds.get(record["type"], "")
            if kind:
                self._index(record, kind)
        self._votes: dict[str, Counter[str]] = defaultdict(Counter)
        for document in documents.values():
            for mention in document.extraction.mentions:
                for entity in self._at(document.name, mention):
                    self._votes[self.key(document, mention)][entity] += 1

    def _index(self, record: Record, kind: str) -> None:
        entity = str(record["id"])
        self.kinds[entity] = kind
        forms = [str(record.get("prefLabel", "")), *map(str, record.get("surfaceForms", ()))]
        for labels in record.get("labels", {}).values():
            forms += map(str, labels)
        self.labels[entity] = [form for form in dict.fromkeys(forms) if form]
        for mention in record.get("mentions", ()):
            document = self._documents.get(mention["doc"])
            if document is None:
                continue
            text = str(mention["text"])
            self.mentions[document.name].append(
                GoldMention(document.span(mention), text, entity, kind)
            )
        for name in record.get("docs", ()):
            for form in self.labels[entity]:
                self._names[name, plain(form)].add(entity)

    def key(self, document: Converted, mention: Mention) -> str:
        """Return our key of the entity behind *mention*."""
        return self._resolution.of(document.extraction.document.slug, mention)

    def of(self, document: Converted, mention: Mention) -> frozenset[str]:
        """Return the gold entities *mention* may be said to refer to; usually one or none."""
        if document.work and mention.kind is EntityKind.WORK and mention.subkind == DOCUMENT:
            return frozenset({document.work})
        here = self._at(document.name, mention)
        if here:
            return here
        votes = self._votes.get(self.key(document, mention))
        if votes:
            return frozenset({votes.most_common(1)[0][0]})
        named = self._names.get((document.name, plain(mention.name)), set())
        return frozenset(named) if len(named) == 1 else frozenset()

    def _at(self, document: str, mention: Mention) -> frozenset[str]:
        span = mention.start, mention.end
        best, entities = 0.0, set[str]()
        for gold in self.mentions[document]:
            shared = overlap(span, gold.span)
            if not shared or not _may_be(mention, gold, shared):
                continue
            score = closeness(span, gold.span) + (gold.kind == mention.kind.value)
            if score > best:
                best, entities = score, {gold.entity}
            elif score == best:
                entities.add(gold.entity)
        return frozenset(entities)


def _may_be(mention: Mention, gold: GoldMention, shared: int) -> bool:
    """Return whether the two ranges are close enough to be mentions of one thing.

    An event has no clear edges: any overlap of two events will do.
    """
    span = mention.start, mention.end
    if mention.kind.value == gold.kind:
        if mention.kind is EntityKind.EVENT:
            return True
        shorter = min(span[1] - span[0], gold.span[1] - gold.span[0])
        return shared * 2 >= shorter
    return closeness(span, gold.span) >= 0.5
