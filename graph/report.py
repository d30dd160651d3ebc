"""The honest conversion report: what was read, what was skipped and why, what gave nothing.

A sentence of the content that holds a figure, a date or a name and yielded neither a figure nor
a statement is listed, so that nobody takes silence for absence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from html import escape
from typing import Any

from .model import BlockKind, Document, Extraction, Sentence
from .reason import Contradiction
from .resources import report_template


@dataclass(frozen=True, slots=True)
class Skipped:
    """A block that was not converted, and the signal that says why."""

    start: int
    end: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Silent:
    """A sentence with a figure, a date or a name that gave neither figure nor statement."""

    start: int
    end: int
    text: str
    holds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one document. Characters are code points."""

    slug: str
    source: str
    title: str
    characters: int
    characters_by_block: dict[str, int]
    blocks: dict[str, int]
    found: dict[str, int]
    mentions: dict[str, int]
    figures: dict[str, int]
    sentences: int
    skipped: tuple[Skipped, ...]
    silent: tuple[Silent, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read."""

    source: str
    reason: str


@dataclass(slots=True)
class BuildReport:
    """The whole build; `totals` adds the documents up."""

    documents: list[DocumentReport] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)
    """Statements that exclude each other by the ontology: findings, not errors."""
    counts: dict[str, Any] = field(default_factory=dict)

    def totals(self) -> dict[str, int]:
        """Return the sums over all documents."""
        sums: Counter[str] = Counter()
        for document in self.documents:
            sums.update(document.found)
            sums["characters"] += document.characters
            sums["sentences"] += document.sentences
            sums["silent sentences"] += len(document.silent)
        return dict(sums)

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values for ``report.json``."""
        return {
            "documents": [asdict(document) for document in self.documents],
            "failures": [asdict(failure) for failure in self.failures],
            "contradictions": [asdict(found) for found in self.contradictions],
            "counts": self.counts,
            "totals": self.totals(),
        }


def report_on(extraction: Extraction) -> DocumentReport:
    """Return the report of one converted document."""
    document = extraction.document
    characters: Counter[str] = Counter()
    for block in document.blocks:
        characters[block.kind.value] += block.end - block.start
    return DocumentReport(
        slug=document.slug,
        source=document.source,
        title=document.title,
        characters=len(document.text),
        characters_by_block=dict(characters),
        blocks=dict(Counter(block.kind.value for block in document.blocks)),
        found={
            "mentions": len(extraction.mentions),
            "dates": len(extraction.dates),
            "quantities": len(extraction.quantities),
            "references": len(extraction.references),
            "citation markers": len(extraction.markers),
            "figures": len(extraction.figures),
            "statements": len(extraction.statements),
        },
        mentions=dict(Counter(mention.kind.value for mention in extraction.mentions)),
        figures=dict(Counter(figure.measure for figure in extraction.figures)),
        sentences=len(document.sentences),
        skipped=tuple(_skipped(document)),
        silent=tuple(_silent(extraction)),
    )


def _skipped(document: Document) -> Iterable[Skipped]:
    for block in document.blocks:
        if block.kind is BlockKind.BOILERPLATE:
            text = document.text[block.start : block.end].strip()
            if text:
                yield Skipped(block.start, block.end, block.reason, text[:120])


def _silent(extraction: Extraction) -> Iterable[Silent]:
    spans = {
        "figure": sorted(q.start for q in extraction.quantities),
        "date": sorted(d.start for d in extraction.dates),
        "name": sorted(m.start for m in extraction.mentions),
    }
    yields = sorted(
        [(f.start, f.end) for f in extraction.figures]
        + [(s.start, s.end) for s in extraction.statements]
    )
    starts = [start for start, _ in yields]
    reach = _running_maximum([end for _, end in yields])
    for sentence in extraction.document.sentences:
        holds = tuple(kind for kind, at in spans.items() if _any_within(at, sentence))
        before = bisect_left(starts, sentence.end)
        covered = before > 0 and reach[before - 1] > sentence.start
        if holds and not covered:
            text = extraction.document.text[sentence.start : sentence.end]
            yield Silent(sentence.start, sentence.end, text.strip(), holds)


def _running_maximum(values: Sequence[int]) -> list[int]:
    largest, result = 0, []
    for value in values:
        largest = max(largest, value)
        result.append(largest)
    return result


def _any_within(starts: list[int], sentence: Sentence) -> bool:
    return bisect_right(starts, sentence.end - 1) > bisect_left(starts, sentence.start)


def as_html(report: BuildReport) -> str:
    """Return ``report.html``: one page, no script, nothing loaded from outside."""
    documents = "\n".join(_document_html(document) for document in report.documents)
    failures = "".join(
        f"<li><strong>{escape(failure.source)}</strong>: {escape(failure.reason)}</li>"
        for failure in report.failures
    )
    failed = f'<section><h2>Not read</h2><ul class="bad">{failures}</ul></section>'
    parts = {
        "totals": _table(report.totals()),
        "failures": failed if failures else "",
        "documents": documents,
    }
    page = report_template()
    for name, html in parts.items():
        page = page.replace("{{ " + name + " }}", html)
    return page


def _table(values: dict[str, int]) -> str:
    rows = "".join(
        f"<tr><th scope=row>{escape(name)}</th><td>{value:,}</td></tr>"
        for name, value in values.items()
    )
    return f"<table>{rows}</table>"


def _document_html(report: DocumentReport) -> str:
    skipped = "".join(
        f"<tr><td>{s.start}–{s.end}</td><td>{escape(s.reason)}</td><td>{escape(s.text)}</td></tr>"
        for s in report.skipped
    )
    silent = "".join(
        f"<tr><td>{s.start}–{s.end}</td><td>{', '.join(s.holds)}</td><td>{escape(s.text)}</td></tr>"
        for s in report.silent
    )
    return (
        f'<section id="{escape(report.slug)}"><h2>{escape(report.title or report.slug)}</h2>'
        f"<p>{escape(report.source)}, {report.characters:,} characters</p>"
        f"{_table(report.found)}"
        f"<details><summary>Skipped: {len(report.skipped)} blocks</summary>"
        f"<table><tr><th>characters<th>signal<th>text</tr>{skipped}</table></details>"
        f"<details><summary>Silent: {len(report.silent)} of {report.sentences} sentences hold "
        "a figure, a date or a name and gave neither figure nor statement</summary>"
        f"<table><tr><th>characters<th>holds<th>text</tr>{silent}</table></details></section>"
    )
