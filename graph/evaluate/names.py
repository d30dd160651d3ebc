"""Mentions by type, and the resolution of mentions to entities (B³)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ..model import Mention
from .compare import closeness, overlap, pair_up
from .score import Layer, Miss, Score
from .subjects import Converted, GoldMention, Subjects


def mentions(documents: Iterable[Converted], subjects: Subjects) -> Layer:
    """Compare mentions by exact range and type; the part ``overlap`` asks for any shared range."""
    layer = Layer("mentions")
    for document in documents:
        gold = subjects.mentions[document.name]
        found = _distinct(document)
        exact = pair_up(
            gold,
            found,
            [
                (1.0, i, j)
                for i, wanted in enumerate(gold)
                for j, mention in enumerate(found)
                if (mention.start, mention.end) == wanted.span and mention.kind.value == wanted.kind
            ],
        )
        _count_by_type(layer, document, gold, found, exact)
        loose = pair_overlapping(gold, found)
        layer.add_part("overlap", Score(len(loose), len(found), len(loose), len(gold)))
        _explain(layer, document, gold, found, loose)
    return layer


def _distinct(document: Converted) -> list[Mention]:
    """Return our mentions, one for each range and type."""
    seen: dict[tuple[int, int, str], Mention] = {}
    for mention in document.extraction.mentions:
        seen.setdefault((mention.start, mention.end, mention.kind.value), mention)
    return list(seen.values())


def pair_overlapping(gold: list[GoldMention], found: list[Mention]) -> list[tuple[int, int]]:
    """Pair gold mentions with ours of the same type, the closest ranges first."""
    return pair_up(
        gold,
        found,
        [
            (closeness(wanted.span, (mention.start, mention.end)), i, j)
            for i, wanted in enumerate(gold)
            for j, mention in enumerate(found)
            if wanted.kind == mention.kind.value
            and overlap(wanted.span, (mention.start, mention.end))
        ],
    )


def _count_by_type(
    layer: Layer,
    document: Converted,
    gold: list[GoldMention],
    found: list[Mention],
    exact: list[tuple[int, int]],
) -> None:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for index, _ in exact:
        counts[gold[index].kind][0] += 1
    for mention in found:
        counts[mention.kind.value][1] += 1
    for wanted in gold:
        counts[wanted.kind][2] += 1
    for kind, (right, given, asked) in sorted(counts.items()):
        layer.add(document.name, Score(right, given, right, asked), kind)


def _explain(
    layer: Layer,
    document: Converted,
    gold: list[GoldMention],
    found: list[Mention],
    loose: list[tuple[int, int]],
) -> None:
    pairs = dict(loose)
    taken = set(pairs.values())
    for index, wanted in enumerate(gold):
        start, end = wanted.span
        if index not in pairs:
            layer.misses.append(Miss(document.name, "missed", start, end, wanted.text, wanted.kind))
            continue
        mention = found[pairs[index]]
        if (mention.start, mention.end) != wanted.span:
            detail = f"{wanted.kind}: found {mention.text!r}"
            layer.misses.append(Miss(document.name, "differs", start, end, wanted.text, detail))
    for index, mention in enumerate(found):
        if index not in taken:
            detail = f"{mention.kind.value} by {mention.rule or 'no rule'}"
            layer.misses.append(
                Miss(document.name, "wrong", mention.start, mention.end, mention.text, detail)
            )


def resolution(documents: Iterable[Converted], subjects: Subjects) -> Layer:
    """Return B³ over the mentions found (overlapping, same type), across all documents."""
    layer = Layer("resolution")
    pairs: list[tuple[Converted, str, GoldMention]] = []
    for document in documents:
        gold, found = subjects.mentions[document.name], _distinct(document)
        for i, j in pair_overlapping(gold, found):
            pairs.append((document, subjects.key(document, found[j]), gold[i]))
    ours: dict[str, set[int]] = defaultdict(set)
    theirs: dict[str, set[int]] = defaultdict(set)
    for index, (_, key, wanted) in enumerate(pairs):
        ours[key].add(index)
        theirs[wanted.entity].add(index)
    for document, key, wanted in pairs:
        shared = len(ours[key] & theirs[wanted.entity])
        score = Score(shared / len(ours[key]), 1, shared / len(theirs[wanted.entity]), 1)
        layer.add(document.name, score, wanted.kind)
        if shared < len(ours[key]) or shared < len(theirs[wanted.entity]):
            kind = "wrong" if shared < len(ours[key]) else "missed"
            detail = f"{wanted.entity} in {key}: {shared} of {len(theirs[wanted.entity])} together"
            layer.misses.append(Miss(document.name, kind, *wanted.span, wanted.text, detail))
    return layer
