"""What pages are made of: dates in words, parts of lists, scopes of figures, names of documents."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad, Store

from maizuru.graph.errors import QueryError
from maizuru.graph.store import open_release
from maizuru.graph.store.local import LocalStore
from maizuru.server.app import create_app
from maizuru.server.ask import Row, rows, text
from maizuru.server.axis import LEFT, RIGHT, Interval, draw
from maizuru.server.claim_rows import figure_rows
from maizuru.server.dates import told
from maizuru.server.engines import LocalEngine
from maizuru.server.i18n import translator
from maizuru.server.names import best_name
from maizuru.server.pages import BLUEPRINTS, entities, pictures, prepare
from maizuru.server.pages.home import cards_of
from maizuru.server.pages.paging import part
from maizuru.server.pages.search import joined, marked
from maizuru.server.pages.search import ready as search_ready
from maizuru.server.pages.sources import names_of
from maizuru.server.search import Sentence
from maizuru.server.settings import Settings


def app_of(release: Path) -> Flask:
    """Return the application over a release, its dataset a version of its own."""
    settings = Settings(access_log="", client_seconds=1e6, client_requests=10_000)
    store = open_release(release)
    assert isinstance(store, LocalStore)
    engine = LocalEngine(store.raw, settings, union_loaded=store.union_loaded)
    return create_app(settings, engine=engine, blueprints=BLUEPRINTS, texts=release / "documents")


@pytest.fixture(scope="module")
def app(release: Path) -> Flask:
    return app_of(release)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1945-08-23", "23 August 1945"),
        ("../1945-08-23", "until 23 August 1945"),
        ("1941-12/1945-08-15", "December 1941 – 15 August 1945"),
        ("1949-21", "spring 1949"),
        ("200X", "2000s"),
        ("1946~", "about 1946"),
        ("1946?", "perhaps 1946"),
        ("1949/..", "from 1949"),
        ("1949-45", "1949-45"),
        ("in spring", "in spring"),
    ],
)
def test_dates_are_told_in_words(edtf: str, words: str) -> None:
    assert told(edtf, translator("en")) == words


def test_a_list_that_is_cut_tells_where_the_rest_is(app: Flask) -> None:
    with app.test_request_context("/timeline?from=20&lang=ja"):
        stretch = part(list(range(50)), 20)
    assert (stretch.first, stretch.last, stretch.total) == (21, 40, 50)
    assert stretch.back == "/timeline?lang=ja"
    assert stretch.next == "/timeline?lang=ja&from=40"
    with app.test_request_context("/timeline?from=many"), pytest.raises(QueryError):
        part([1], 20)


def test_what_is_said_stands_under_its_property_and_source(client: FlaskClient) -> None:
    answer = client.get("/page/person/junpei-gomikawa").text
    said = answer.partition('<dl class="told">')[2].partition("</dl>")[0]

    assert re.search(r"<dt>served in</dt>\s*<dd>.*?Kwantung Army.*?<blockquote>", said, re.DOTALL)
    assert "/page/document/captivity-in-fiction?at=" in said
    assert "/page/statement/" in said


def test_a_section_can_be_had_alone(client: FlaskClient) -> None:
    answer = client.get("/page/work/fumo-chitai?section=section-making").text

    assert 'id="section-making"' in answer
    assert 'id="section-publication"' not in answer
    assert client.get("/page/work/fumo-chitai?section=none").status_code == 404


def test_documents_of_one_title_are_told_apart() -> None:
    def row(name: str, creator: str) -> Row:
        told: Row = {"document": NamedNode(f"urn:{name}"), "document_label": Literal("A Title")}
        if creator:
            told["creator"] = Literal(creator)
        return told

    names = names_of([row("a", "N. Ono"), row("b", ""), row("c", "")])

    assert names["urn:a"] == "A Title (N. Ono)"
    assert len(set(names.values())) == 3


def _total(population: str, territory: str, lower: int, upper: int) -> Row:
    measure = NamedNode("https://w3id.org/maizuru/vocabulary/measure/died")
    told: Row = {"measure": measure, "population_label": Literal(population)}
    return {
        **told,
        "territory": Literal(territory),
        "lower": Literal(lower),
        "upper": Literal(upper),
    }


def test_only_figures_of_one_scope_are_rivals(app: Flask) -> None:
    found = [
        _total("miners", "Northland", 10, 40),
        _total("miners", "Northland", 20, 90),
        _total("miners", "Southland", 7000, 7000),
        _total("sailors", "Northland", 5, 5),
    ]
    with app.test_request_context("/"):
        (card,) = cards_of(found, "en")

    assert [(scope.range, scope.where, scope.count) for scope in card.scopes] == [
        ("10 – 90", "Northland", 2)
    ]
    assert card.more == 2


def test_a_concept_has_a_page_with_its_neighbours(client: FlaskClient) -> None:
    answer = client.get("/vocabulary/measure/died?lang=ru").text

    assert "<h1>умерло</h1>" in answer
    assert "/vocabulary/measure/dead-or-missing" in answer
    assert '<dd lang="ja">' in answer
    assert "/figures?measure=died&amp;lang=ru" in answer


def test_search_shows_a_sentence_of_two_documents_once_and_marks_the_words() -> None:
    told = [Sentence(f"urn:{name}", 0, 9, "Nine men left.", "en") for name in ("a", "b")]

    assert [len(group) for group in joined(told)] == [2]
    assert marked("Nine men left.", "men") == [("Nine ", False), ("men", True), (" left.", False)]


def test_labels_of_the_axis_stay_inside_the_picture() -> None:
    label = "a label that is not short at all, and goes on"
    axis = draw([Interval(1, 1000, label), Interval(1000, 1000, label), Interval(1, None, label)])

    for bar in axis.bars:
        assert bar.label_x >= LEFT
        assert bar.label_x + 6 * len(bar.label) <= RIGHT


def test_the_entrances_are_prepared_at_the_start(release: Path) -> None:
    app = app_of(release)
    with app.app_context():
        assert not search_ready()
    prepare(app).join(60)

    with app.app_context():
        assert search_ready()


def test_a_year_of_the_timeline_leads_to_the_part_that_holds_it(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "LINES", 10)
    years = re.findall(r'href="(/timeline[^"]*#y(\d{4}))"', client.get("/timeline").text)

    assert years
    for address, year in years[::5]:
        assert f'id="y{year}"' in client.get(unescape(address).partition("#")[0]).text


@pytest.mark.parametrize("words", ["347,000", "347000", "347 000"])
def test_a_number_finds_the_figures_that_name_it(client: FlaskClient, words: str) -> None:
    answer = client.get("/search", query_string={"q": words}).text

    assert re.search(r'href="/page/figure/[^"]+">[^<]*347,000', answer)


def _name(relation: str, value: str, language: str) -> tuple[str, Literal]:
    return relation, Literal(value, language=language)


@pytest.mark.parametrize(
    ("names", "language", "shown"),
    [
        ([("label", "Port", "en"), ("prefLabel", "港", "ja")], "ja", "港"),
        ([("label", "Port", "en"), ("prefLabel", "Haven", "en")], "ja", "Port"),
        ([("label", "Порт", "ru"), ("label", "Port", "en")], "ja", "Port"),
        ([("label", "Порт", "ru"), ("label", "Port", "en")], "ru", "Порт"),
        ([("prefLabel", "Порт", "ru"), ("title", "A title", "en")], "ja", "Порт"),
        ([("prefLabel", "Kō", "ja-latn"), ("label", "Port", "en")], "ja", "Port"),
    ],
)
def test_a_thing_is_named_in_the_readers_language(
    names: list[tuple[str, str, str]], language: str, shown: str
) -> None:
    assert best_name([_name(*each) for each in names], language).value == shown


def test_values_stand_in_the_readers_language(client: FlaskClient) -> None:
    answer = client.get("/page/person/junpei-gomikawa?lang=ja").text
    said = answer.partition('<dl class="told">')[2]

    assert ">関東軍</a>" in said
    assert "Kwantung Army</a>" not in said


def test_every_fact_has_its_place_on_some_part_of_the_list(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(entities.SIZES, "facts", (2, 3))
    address: str = "/page/place/kansk?section=facts"
    found: list[str] = []
    short = client.get("/page/place/kansk").text.partition('id="facts"')[2]
    (whole,) = re.findall(r"(\d+) →", short.partition("<details")[0])
    while address:
        answer = client.get(address).text
        found += re.findall(r'<dt><a href="([^"]+)', answer.partition('id="facts"')[2])
        following = re.search(r'href="([^"]+)" rel="next"', answer)
        address = unescape(following[1]) if following else ""

    assert len(found) == int(whole) > 3


def test_a_release_without_an_ontology_is_prepared_without_a_word_of_python(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = Store()
    store.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), NamedNode("urn:o"), NamedNode("urn:g")))
    settings = Settings(access_log="")
    app = create_app(settings, engine=LocalEngine(store, settings), blueprints=BLUEPRINTS)
    thrown: list[object] = []
    before, threading.excepthook = threading.excepthook, thrown.append
    try:
        prepare(app).join(60)
    finally:
        threading.excepthook = before

    assert not thrown
    assert not [record for record in caplog.records if record.exc_info]


def test_rows_that_are_kept_are_those_first_made(app: Flask) -> None:
    with app.test_request_context("/"):
        figures = [text(row, "figure") for row in rows("contested-figures")]
        first = list(figure_rows(figures, "en"))
        japanese = figure_rows(figures, "ja")

        assert figure_rows(reversed(figures), "en") == first
        assert figure_rows(figures, "en", quotes=False) != first
        assert japanese != first
        assert figures
    with app.test_client() as client:
        once, again = (client.get("/page/document/counting-the-dead").data for _ in range(2))
    assert once == again
