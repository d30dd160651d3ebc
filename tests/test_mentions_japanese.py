"""Names in Japanese sentences: ``[p:森田健二]さん`` marks what is to be found, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from maizuru.graph import documents
from maizuru.graph.convert import extract
from maizuru.graph.model import EntityKind, Mention

KINDS = {
    "p": EntityKind.PERSON,
    "o": EntityKind.ORGANISATION,
    "l": EntityKind.PLACE,
    "c": EntityKind.CAMP,
    "u": EntityKind.MILITARY_UNIT,
    "w": EntityKind.WORK,
    "i": EntityKind.LEGAL_INSTRUMENT,
    "e": EntityKind.EVENT,
}
LEAD = "収容所の記録\n\nこの文章は記録である。\n\n"
MARKED = re.compile(r"\[([a-z]):([^\]]*)\]")
CASES = (Path(__file__).parent / "cases" / "mentions_ja.txt").read_text("utf-8").splitlines()


def mentions(text: str) -> list[Mention]:
    found = extract(documents.from_text(f"{LEAD}{text}\n")).mentions
    kinds = frozenset(KINDS.values())
    return [m for m in found if m.kind in kinds and m.start >= len(LEAD)]


@pytest.mark.parametrize("marked", [line for line in CASES if not line.startswith("#")])
def test_names(marked: str) -> None:
    wanted = {(match[2], KINDS[match[1]]) for match in MARKED.finditer(marked)}
    found = mentions(MARKED.sub(r"\2", marked))
    outer = {(m.text, m.kind) for m in found if not _is_nested(m, found)}
    assert outer == wanted


def _is_nested(mention: Mention, found: list[Mention]) -> bool:
    return any(
        other.start <= mention.start
        and mention.end <= other.end
        and other.end - other.start > mention.end - mention.start
        for other in found
    )


def test_a_family_name_stands_for_the_full_one() -> None:
    found = mentions("森田健二さんは舞鶴に着いた。森田はのちに画家になった。")
    names = [(m.text, m.name) for m in found if m.kind is EntityKind.PERSON]
    assert names == [("森田健二", "森田健二"), ("森田", "森田健二")]


def test_two_of_one_family_name_stay_apart() -> None:
    found = mentions("森田健二さんと森田清さんは舞鶴に着いた。森田はのちに画家になった。")
    names = [m.name for m in found if m.kind is EntityKind.PERSON]
    assert names == ["森田健二", "森田清", "森田"]


def test_a_body_goes_on_under_its_kind() -> None:
    found = mentions("北海道抑留者協会は1979年に結成された。協会は要望書を出した。")
    names = [(m.text, m.name) for m in found if m.kind is EntityKind.ORGANISATION]
    assert names == [("北海道抑留者協会", "北海道抑留者協会"), ("協会", "北海道抑留者協会")]


def test_a_town_goes_on_without_what_makes_it_one() -> None:
    found = mentions("鶴岡市の寺に碑が立つ。鶴岡で生まれた鶴岡さんが守る。")
    names = [(m.text, m.name) for m in found if m.kind is EntityKind.PLACE]
    assert names == [("鶴岡市", "鶴岡市"), ("鶴岡", "鶴岡市")]


def test_a_place_that_begins_a_word_is_none() -> None:
    found = mentions("韓国籍の元抑留者と日本画家がモスクワで会った。")
    assert [m.text for m in found if m.kind is EntityKind.PLACE] == ["モスクワ"]
