"""Copies and versions of one article are told by their wording, and told in the graph."""

from __future__ import annotations

import gzip
import random
from dataclasses import replace
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode

from maizuru.graph.build import build
from maizuru.graph.model import Document
from maizuru.graph.namespaces import MZ
from maizuru.graph.resolve.copies import Article, Copies
from tests.pages import read

RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
WORDS = (
    *("the", "men", "of", "camp", "hill", "river", "train", "bread", "snow", "ship"),
    *("list", "graves", "winter", "doctor", "guard"),
)


def text(seed: int, sentences: int) -> str:
    """Return sentences of words in an order of their own."""
    chance = random.Random(seed)
    lines = (" ".join(chance.choices(WORDS, k=12)) for _ in range(sentences))
    return "\n\n".join(f"{line.capitalize()} and so it was told by all of them." for line in lines)


def document(slug: str, title: str, body: str, tail: str = "") -> Document:
    return replace(read(f"{title}\n\n{body}\n{tail}"), slug=slug)


def articles(*documents: Document) -> dict[str, Article]:
    copies = Copies()
    for one in documents:
        copies.add(one)
    return dict(copies.articles())


def test_mirrors_of_one_article_are_snapshots_of_it() -> None:
    body = text(1, 40)
    found = articles(
        document("a", "Camps of the River", body),
        document("b", "Camps of the River", body, "\nShare\n\n© Mirror Site\n"),
        document("c", "Camps of the River", text(2, 40)),
    )
    assert set(found) == {"a", "b"}
    assert found["a"] == found["b"]
    assert found["a"].key == "work/camps-of-the-river-article"


def test_short_version_of_a_long_article_is_one_too() -> None:
    body = text(3, 200)
    short = "\n\n".join(body.split("\n\n")[:20])
    assert set(articles(document("a", "Camps", body), document("b", "Other name", short))) == {
        "a",
        "b",
    }


def test_quoting_a_passage_makes_no_copy() -> None:
    body, other = text(4, 60), text(5, 60)
    quoting = other + "\n\n" + "\n\n".join(body.split("\n\n")[:6])
    assert articles(document("a", "Camps", body), document("b", "Rivers", quoting)) == {}


def test_rewritten_version_with_the_same_title_is_one() -> None:
    kept = "\n\n".join(text(6, 60).split("\n\n")[:15])
    one, other = kept + "\n\n" + text(7, 45), kept + "\n\n" + text(8, 45)
    assert set(articles(document("a", "Camps", one), document("b", "Camps", other))) == {"a", "b"}
    assert articles(document("a", "Camps", one), document("b", "Rivers", other)) == {}


def test_order_of_the_documents_says_nothing() -> None:
    body = text(9, 30)
    documents = [
        document("a", "Camps", body),
        document("b", "Camps", body),
        document("c", "Camps", text(10, 30)),
    ]
    assert articles(*documents) == articles(*reversed(documents))


def test_graph_tells_what_is_a_snapshot_of_what(tmp_path: Path) -> None:
    body = text(11, 30)
    for name, tail in (("one", ""), ("two", "\n\n© Mirror Site")):
        (tmp_path / f"{name}.txt").write_text(f"Camps of the River\n\n{body}{tail}\n", "utf-8")
    build([tmp_path / "one.txt", tmp_path / "two.txt"], tmp_path / "kg")
    quads = list(
        pyoxigraph.parse(
            gzip.decompress((tmp_path / "kg" / "data.nq.gz").read_bytes()),
            format=pyoxigraph.RdfFormat.N_QUADS,
        )
    )
    told = {(str(q.subject), q.object) for q in quads if q.predicate.value == MZ + "snapshotOf"}
    articles = {article for _, article in told}
    assert len(told) == 2
    assert len(articles) == 1
    classes = {
        q.object.value
        for q in quads
        if q.subject in articles and q.predicate == RDF_TYPE and isinstance(q.object, NamedNode)
    }
    assert MZ + "Work" in classes
