"""Every kind of page, over a small release built from our own corpus."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from html import unescape
from importlib.resources import files
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from maizuru.graph.resources import query_names
from maizuru.graph.store import open_release
from maizuru.graph.store.local import LocalStore
from maizuru.server.app import create_app
from maizuru.server.engines import LocalEngine
from maizuru.server.pages import BLUEPRINTS
from maizuru.server.settings import Settings
from tests.serving import serving


@pytest.fixture(scope="module")
def app(release: Path) -> Flask:
    return serving(release)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


PAGES = [
    "/",
    "/search",
    "/search?q=Ishihara",
    "/documents",
    "/page/document/camps-and-labour",
    "/page/person/yoshiro-ishihara",
    "/page/place/kansk",
    "/figures",
    "/figures?measure=interned",
    "/map",
    "/timeline",
    "/network",
    "/repatriation",
    "/explain",
    "/compare-documents",
    "/compare-documents?a=counting-the-dead&b=siberian-internment",
    "/page/document/counting-the-dead?at=400",
    "/page/person/tetsuro-ahiko",
    "/ask",
    "/queries",
    "/ontology",
    "/ontology/Figure",
    "/vocabulary/measure",
    "/vocabulary/measure/died",
]


@pytest.mark.parametrize("language", ["en", "ja", "ru"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_in_every_language(
    client: FlaskClient, path: str, language: str
) -> None:
    joint = "&" if "?" in path else "?"
    answer = client.get(f"{path}{joint}lang={language}")

    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert len(answer.data) < 100_000
    assert "<style" not in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize("name", query_names())
def test_every_question_has_a_page_and_a_table(client: FlaskClient, name: str) -> None:
    assert client.get(f"/queries/{name}").status_code == 200
    table = client.get(f"/queries/{name}.csv")
    assert table.status_code == 200
    assert table.content_type == "text/csv; charset=utf-8"


def test_the_languages_have_the_same_words() -> None:
    def words(language: str) -> set[str]:
        text = files("maizuru.server").joinpath("messages", f"{language}.toml").read_text("utf-8")
        return set(tomllib.loads(text))

    assert words("en") == words("ja") == words("ru")


def test_the_language_follows_the_browser(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Accept-Language": "ja,en;q=0.5"})

    assert '<html lang="ja">' in answer.text
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize("words", ["Тэцуро", "テツロウ", "Tetsurō", "Tetsuro"])
def test_search_finds_a_name_in_any_script(client: FlaskClient, words: str) -> None:
    answer = client.get("/search", query_string={"q": words})

    assert "/page/person/tetsuro-ahiko" in answer.text


def test_search_finds_two_characters_of_kanji(client: FlaskClient) -> None:
    assert "/page/person/haruo-minami" in client.get("/search?q=三波").text


@pytest.mark.parametrize("words", ['"', "* OR", "')", "NEAR(", "a" * 5000, "😀"])
def test_search_takes_any_words(client: FlaskClient, words: str) -> None:
    assert client.get("/search", query_string={"q": words}).status_code == 200


def test_the_reader_leads_from_a_passage_to_its_sentence(client: FlaskClient) -> None:
    answer = client.get("/page/document/counting-the-dead")

    assert 'id="char=' in answer.text
    assert 'class="mention' in answer.text
    assert "<details" in answer.text


def test_without_texts_the_reader_says_so(app: Flask, release: Path) -> None:
    settings = Settings(access_log="", client_seconds=1e6, client_requests=10_000)
    store = open_release(release)
    assert isinstance(store, LocalStore)
    bare = create_app(
        settings,
        engine=LocalEngine(store.raw, settings, union_loaded=store.union_loaded),
        blueprints=BLUEPRINTS,
    )

    assert "not at hand" in bare.test_client().get("/page/document/camps-and-labour").text


def test_fiction_is_marked(client: FlaskClient) -> None:
    answer = client.get("/page/work/fumo-chitai")

    assert 'class="fiction"' in answer.text


def test_a_wrong_query_is_told_with_its_place(client: FlaskClient) -> None:
    answer = client.get("/ask", query_string={"query": "SELECT * {\n ?s ?p }"})

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "Line 2" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/page/person/nobody",
        "/page/document/none",
        "/queries/none",
        "/queries/camps.exe",
        "/ontology/None",
        "/vocabulary/none",
        "/vocabulary/measure/none",
        "/figures?measure=none",
        "/nowhere",
    ],
)
def test_what_is_not_there_is_404(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})

    assert answer.status_code == 404
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(
    ("accept", "place"),
    [
        ("text/html", "/page/place/kansk"),
        ("text/turtle", "/data/place/kansk.ttl"),
        ("application/ld+json", "/data/place/kansk.jsonld"),
        ("application/rdf+xml;q=0.9, text/html;q=0.1", "/data/place/kansk.rdf"),
    ],
)
def test_a_thing_sees_other(client: FlaskClient, accept: str, place: str) -> None:
    answer = client.get("/id/place/kansk", headers={"Accept": accept})

    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(place)


def _first(client: FlaskClient, address: str, start: str) -> str:
    """Return the first link on a page that begins with *start*."""
    found = re.search(rf'href="({re.escape(start)}[^"#]*)', client.get(address).text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("language", ["en", "ja", "ru"])
@pytest.mark.parametrize(
    ("address", "start"),
    [
        ("/figures?measure=died", "/page/figure/"),
        ("/page/person/yoshiro-ishihara", "/page/statement/"),
    ],
)
def test_a_claim_has_a_page(client: FlaskClient, address: str, start: str, language: str) -> None:
    answer = client.get(_first(client, address, start), query_string={"lang": language})

    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert "<blockquote>" in answer.text
    assert "/page/document/" in answer.text


def test_a_figure_tells_where_it_comes_from_and_what_it_compares_with(client: FlaskClient) -> None:
    answer = client.get(_first(client, "/figures?measure=died", "/page/figure/"))

    assert "Where it comes from" in answer.text
    assert "May it be compared?" in answer.text
    assert 'class="verdicts"' in answer.text


def test_a_reference_tells_what_it_backs(client: FlaskClient, release: Path) -> None:
    store = open_release(release)
    assert isinstance(store, LocalStore)
    cites = NamedNode("https://w3id.org/maizuru/ontology#citesReference")
    quad = next(store.raw.quads_for_pattern(None, cites, None))
    assert isinstance(quad.object, NamedNode)
    key = quad.object.value.removeprefix("https://w3id.org/maizuru/id/")
    answer = client.get(f"/page/{key}")

    assert answer.status_code == 200
    assert "What it backs" in answer.text
    assert "rest on this reference" in answer.text


def test_an_inferred_triple_is_shown_with_its_proof(client: FlaskClient) -> None:
    answer = client.get("/explain?s=person/yoshiro-ishihara&p=rdf:type&o=mz:Agent")

    assert answer.status_code == 200
    assert "by the rule" in answer.text
    assert "because" in answer.text
    assert "<blockquote>" in answer.text


@pytest.mark.parametrize("words", ['s="x&p=rdf:type&o=mz:Agent', "s=no:such&p=rdf:type&o=mz:Agent"])
def test_what_is_not_a_term_cannot_be_explained(client: FlaskClient, words: str) -> None:
    assert client.get(f"/explain?{words}").status_code in (400, 404)


def test_documents_stand_side_by_side(client: FlaskClient) -> None:
    answer = client.get("/compare-documents?a=counting-the-dead&b=siberian-internment")

    assert 'class="line-dropped"' in answer.text
    assert 'class="line-added"' in answer.text
    assert client.get("/compare-documents?a=counting-the-dead&b=none").status_code == 404


def test_the_reader_shows_where_nothing_was_found(client: FlaskClient) -> None:
    answer = client.get("/page/document/counting-the-dead").text

    assert 'class="silent"' in answer
    assert "such sentences gave no statement" in answer


def test_facets_count_what_they_leave(client: FlaskClient) -> None:
    answer = client.get("/search?q=Siberia").text
    found = re.search(
        r'href="([^"]*type=Person[^"]*|[^"]*type=Place[^"]*)">.*?(\d+)</span>', answer
    )
    assert found is not None
    narrowed = client.get(unescape(found[1])).text

    assert f"People, places and things: {found[2]}" in narrowed


def test_the_query_editor_finds_things_by_any_name(client: FlaskClient) -> None:
    found = client.get("/ask/entities.json", query_string={"q": "テツロウ"}).get_json()

    assert "https://w3id.org/maizuru/id/person/tetsuro-ahiko" in [each["iri"] for each in found]


def test_a_question_shows_how_programs_ask_it(client: FlaskClient) -> None:
    answer = client.get("/queries/camps").text

    for words in ("curl", "pandas.read_csv", "read.csv", "await fetch", "/queries/camps.csv"):
        assert words in answer


def test_an_error_wears_the_dress_of_the_site(client: FlaskClient) -> None:
    answer = client.get("/nowhere?lang=ja", headers={"Accept": "text/html"}).text

    assert 'href="/static/style.css' in answer
    assert '<html lang="ja">' in answer
    assert "ここには何もありません" in answer
    assert '<a href="/figures?lang=ja">' in answer


def test_an_error_is_data_to_a_program(client: FlaskClient) -> None:
    answer = client.get("/nowhere", headers={"Accept": "application/json"})

    assert answer.get_json()["error"]["status"] == 404


def test_a_page_is_not_sent_twice(client: FlaskClient) -> None:
    tag = client.get("/").headers["ETag"]

    assert client.get("/", headers={"If-None-Match": tag}).status_code == 304


def test_a_name_is_in_the_readers_language_or_says_in_which(client: FlaskClient) -> None:
    japanese = client.get("/page/person/haruo-minami?lang=ja").text
    heading = re.search(r"<h1.*?</h1>", japanese)
    assert heading is not None
    assert "三波春夫" in heading[0]
    assert 'class="tag"' not in heading[0]


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("how many died in Mongolia?", "en"),
        ("モンゴルで何人死んだか", "ja"),
        ("сколько умерло: Монголия", "ru"),
    ],
)
def test_a_question_in_words_finds_the_figures(
    client: FlaskClient, words: str, language: str
) -> None:
    answer = client.get("/search", query_string={"q": words, "lang": language}).text
    hits = answer.partition('<ul class="hits">')[2].partition("</ul>")[0]

    assert re.search(r'href="/page/figure/[^"]+">[^<]*2,000', hits)
    assert "/page/organisation/" in answer or "<blockquote>" in hits
    assert f"/figures?measure=died&amp;lang={language}" in answer


def test_a_place_tells_which_camps_are_near(client: FlaskClient) -> None:
    answer = client.get("/page/place/komsomolsk-on-amur?lang=ja").text
    near = answer.partition('id="nearby"')[2].partition("</ul>")[0]
    kilometres = [int(each) for each in re.findall(r"(\d+) km", near)]

    assert "/page/camp/" in near.partition("km")[0]
    assert kilometres
    assert max(kilometres) <= 300


def test_the_figures_have_their_query_and_table(client: FlaskClient) -> None:
    answer = client.get("/figures?measure=died").text
    (address,) = re.findall(r'href="(/queries/figures-with-sources\.csv\?[^"]+)"', answer)
    table = client.get(unescape(address)).text.splitlines()
    whole = client.get("/queries/figures-with-sources.csv").text.splitlines()

    assert {"quote", "authority", "references", "passage"} <= set(table[0].split(","))
    assert 1 < len(table) < len(whole)
    assert client.get("/queries/figures-with-sources").status_code == 200


def test_a_table_row_is_quoted_with_its_cells_apart(client: FlaskClient) -> None:
    address = _first(client, "/repatriation", "/page/figure/")
    quotes = re.findall(r"<blockquote><p>(.*?)</p>", client.get(address).text)

    assert quotes
    assert not any("\t" in quote for quote in quotes)
    assert re.search(r"\d · \d", quotes[0])


@pytest.mark.parametrize(("language", "words"), [("en", "Other measure: died"), ("ja", "死亡者")])
def test_a_figure_may_be_set_against_any_other(
    client: FlaskClient, language: str, words: str
) -> None:
    address = _first(client, "/search?q=347,000", "/page/figure/")
    answer = client.get(address, query_string={"with": "60,000", "lang": language}).text
    told = answer.partition('id="answered"')[2].partition("</ul>")[0]

    assert "60,000" in told
    assert words in told
    nothing = client.get(address, query_string={"with": "60,001"}).text
    assert 'role="status"' in nothing
    assert 'id="answered"' not in nothing


def test_a_claim_names_its_speaker_in_the_readers_language(client: FlaskClient) -> None:
    address = unescape(_first(client, "/search?q=347,000&lang=ja", "/page/figure/"))
    origin = client.get(address).text.partition('id="origin"')[2].partition("</dd>")[0]

    assert "ウィリアム・ニンモ" in origin
