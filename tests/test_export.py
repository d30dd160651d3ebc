"""Every export is read back by what its users would read it with; counts agree with SPARQL."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import networkx
import pandas
import pyoxigraph as ox
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from lxml import etree

from maizuru.graph.errors import ExportError
from maizuru.graph.export import FORMATS, export
from maizuru.graph.export.tables import guarded
from maizuru.graph.questions import question
from maizuru.graph.resources import query_names
from maizuru.graph.store import MemoryStore, Store, open_release

MZ = "https://w3id.org/maizuru/ontology#"


@pytest.fixture(scope="module")
def store(release: Path) -> Store:
    return open_release(release)


@pytest.fixture(scope="module")
def written(
    store: Store, release: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("exports")
    places = {name: folder / f"{name}.{form.ending}" for name, form in FORMATS.items()}
    for name, place in places.items():
        export(store, name, place, release / "documents")
    return places


def count(store: Store, pattern: str) -> int:
    query = f"PREFIX mz: <{MZ}> SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}"
    answer = store.query(query)
    assert isinstance(answer, ox.QuerySolutions)
    number = next(iter(answer))["n"]
    assert isinstance(number, ox.Literal)
    return int(number.value)


def quads(store: Store) -> set[str]:
    return {str(quad) for graph in store.graphs() for quad in store.quads(graph)}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("trig", ox.RdfFormat.TRIG),
        ("nquads", ox.RdfFormat.N_QUADS),
        ("jsonld", ox.RdfFormat.JSON_LD),
    ],
)
def test_syntaxes_with_graphs_hold_every_quad(
    store: Store, written: dict[str, Path], name: str, form: ox.RdfFormat
) -> None:
    assert {str(quad) for quad in ox.parse(path=written[name], format=form)} == quads(store)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("turtle", ox.RdfFormat.TURTLE),
        ("ntriples", ox.RdfFormat.N_TRIPLES),
        ("rdfxml", ox.RdfFormat.RDF_XML),
    ],
)
def test_syntaxes_without_graphs_hold_every_triple(
    store: Store, written: dict[str, Path], name: str, form: ox.RdfFormat
) -> None:
    triples = {str(q.triple) for graph in store.graphs() for q in store.quads(graph)}

    assert {str(q.triple) for q in ox.parse(path=written[name], format=form)} == triples


@pytest.mark.parametrize(
    ("table", "pattern"),
    [
        ("persons", "?x a mz:Person"),
        ("camps", "?x a mz:Camp"),
        ("fiction", "?x a mz:FictionalWork"),
        ("figures", "?x a mz:Figure"),
        ("references", "?x a mz:Reference"),
        ("statements", "?x a mz:Statement"),
    ],
)
def test_tables_agree_with_sparql(
    store: Store, written: dict[str, Path], table: str, pattern: str
) -> None:
    expected = count(store, pattern)

    assert len(set(pandas.read_csv(written["csv"] / f"{table}.csv")["id"])) == expected
    frame = pandas.read_csv(written["tsv"] / f"{table}.tsv", sep="\t")
    assert len(set(frame["id"])) == expected
    parquet = duckdb.read_parquet(str(written["parquet"] / f"{table}.parquet"))
    assert len(set(parquet.project("id").fetchall())) == expected
    with sqlite3.connect(written["sqlite"]) as database:
        (rows,) = database.execute(f'SELECT COUNT(DISTINCT id) FROM "{table}"').fetchone()
    assert rows == expected


def test_datasette_opens_the_database_and_searches_it(
    store: Store, written: dict[str, Path]
) -> None:
    database = written["sqlite"]
    asked = {
        f"/{database.stem}.json": "tables",
        f"/{database.stem}/figures.json?_search=deaths": "rows",
    }
    answers = {}
    for address, member in asked.items():
        command = [sys.executable, "-m", "datasette", str(database), "--get", address]
        found = subprocess.run(command, capture_output=True, check=True, timeout=120)
        answers[member] = json.loads(found.stdout)[member]
    counts = {table["name"]: table["count"] for table in answers["tables"]}
    assert counts["figures"] == count(store, "?x a mz:Figure")
    assert 0 < len(answers["rows"]) < counts["figures"]


def test_csvw_describes_every_table_and_column(written: dict[str, Path]) -> None:
    metadata = json.loads((written["csv"] / "csv-metadata.json").read_text("utf-8"))

    assert {table["url"] for table in metadata["tables"]} == {
        f"{name}.csv" for name in query_names("export")
    }
    for table in metadata["tables"]:
        with (written["csv"] / table["url"]).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        assert [column["name"] for column in table["tableSchema"]["columns"]] == header


def test_excel_sees_utf_8(written: dict[str, Path]) -> None:
    assert (written["csv-excel"] / "persons.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert not (written["csv"] / "persons.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_parquet_holds_the_text_itself(tmp_path: Path) -> None:
    about, dcterms = ox.NamedNode("urn:r"), "http://purl.org/dc/terms/"
    store = MemoryStore(
        ox.Quad(about, ox.NamedNode(predicate), value, ox.NamedNode("urn:g"))
        for predicate, value in (
            ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", ox.NamedNode(f"{MZ}Reference")),
            (f"{dcterms}bibliographicCitation", ox.Literal('=SUM(A1) "Ota"\nKyoto')),
            ("http://purl.org/ontology/bibo/isbn13", ox.Literal("0071")),
        )
    )
    export(store, "parquet", tmp_path / "tables")
    rows = duckdb.read_parquet(str(tmp_path / "tables" / "references.parquet"))
    assert rows.project("citation, isbn").fetchall() == [('=SUM(A1) "Ota"\nKyoto', "0071")]


def test_parquet_holds_numbers_as_numbers(written: dict[str, Path]) -> None:
    rows = duckdb.read_parquet(str(written["parquet"] / "mentions.parquet"))
    assert rows.project("start").types == ["BIGINT"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+7 495", "'+7 495"),
        ("-2+3", "'-2+3"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        (" =1", "' =1"),
        ("-12.5", "-12.5"),
        ("plain", "plain"),
    ],
)
def test_no_cell_is_taken_for_a_formula(cell: str, expected: str) -> None:
    assert guarded(cell) == expected


def test_sqlite_finds_words_in_quotes(written: dict[str, Path]) -> None:
    with sqlite3.connect(written["sqlite"]) as database:
        found = database.execute(
            "SELECT COUNT(*) FROM figures_fts WHERE figures_fts MATCH 'deaths'"
        ).fetchone()
        (fiction,) = database.execute(
            "SELECT COUNT(*) FROM works_of_fact WHERE id IN (SELECT id FROM fiction)"
        ).fetchone()

    assert found[0] > 0
    assert fiction == 0


def test_bibliographies_hold_every_reference(store: Store, written: dict[str, Path]) -> None:
    expected = count(store, "?x a mz:Reference")

    library = parse_string(written["bibtex"].read_text("utf-8"))
    assert not library.failed_blocks
    assert len(library.entries) == expected
    assert len(rispy.loads(written["ris"].read_text("utf-8"))) == expected
    items = json.loads(written["csl"].read_text("utf-8"))
    assert len(items) == expected
    barshay = next(i for i in items if i.get("ISBN") == "9780520276154")
    assert barshay["author"] == [{"family": "Barshay", "given": "Andrew E."}]
    assert barshay["issued"] == {"date-parts": [[2013]]}


def test_maps_hold_every_located_place(store: Store, written: dict[str, Path]) -> None:
    located = "?x <http://www.w3.org/2003/01/geo/wgs84_pos#lat> ?lat"
    kinds = "{ ?x a mz:Place } UNION { ?x a mz:Camp }"
    features = json.loads(written["geojson"].read_text("utf-8"))["features"]
    linked = json.loads(written["linked-places"].read_text("utf-8"))["features"]

    assert len(features) == count(store, f"{kinds} . {located}")
    assert len(linked) == count(store, kinds)
    maizuru = next(f for f in features if f["id"].endswith("/place/maizuru"))
    longitude, latitude = maizuru["geometry"]["coordinates"]
    assert 135 < longitude < 136
    assert 35 < latitude < 36
    assert "舞鶴@ja" in maizuru["properties"]["names"]


def test_networks_are_read_by_networkx(store: Store, written: dict[str, Path]) -> None:
    answer = store.query(question("links").text)
    assert isinstance(answer, ox.QuerySolutions)
    links = len(list(answer))

    assert networkx.read_gexf(written["gexf"], version="1.3").number_of_edges() == links
    graph = networkx.read_graphml(written["graphml"], force_multigraph=True)
    assert graph.number_of_edges() == links
    assert all(data["class"] for _, data in graph.nodes(data=True))


def test_annotations_quote_the_text(store: Store, written: dict[str, Path], release: Path) -> None:
    mentions = count(store, "?x a mz:Mention")
    items = json.loads(written["annotations"].read_text("utf-8"))["items"]

    assert len(items) == mentions
    for item in items:
        slug = item["target"]["source"].rpartition("/")[2]
        text = (release / "documents" / f"{slug}.txt").read_text("utf-8")
        position, quote = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]


def test_tei_and_uima_are_well_formed(store: Store, written: dict[str, Path]) -> None:
    mentions = count(store, "?x a mz:Mention")
    tei = etree.parse(written["tei"])
    marks = tei.findall(".//{http://www.tei-c.org/ns/1.0}rs")
    assert len(marks) == mentions
    assert all(mark.get("resp") and mark.get("cert") and mark.get("source") for mark in marks)

    uima = etree.parse(written["uima"])
    sofas = {s.get("{http://www.omg.org/XMI}id"): s for s in uima.findall(".//{*}Sofa")}
    spans = uima.findall(".//{*}Mention")
    assert len(spans) == mentions
    for span in spans:
        text = sofas[span.get("sofa")].get("sofaString").encode("utf-16-le")
        assert text[2 * int(span.get("begin")) : 2 * int(span.get("end"))]


def test_conll_tags_follow_iob2(written: dict[str, Path]) -> None:
    previous = "O"
    tagged = 0
    for line in written["conll"].read_text("utf-8").splitlines():
        columns = line.split("\t")
        if len(columns) != 5:
            previous = "O"
            continue
        tag = columns[3]
        if tag.startswith("I-"):
            assert previous[2:] == tag[2:]
        tagged += tag != "O"
        previous = tag

    assert tagged > 500


def test_nanopublications_are_of_asserted_statements(
    store: Store, written: dict[str, Path]
) -> None:
    dataset = ox.Store()
    dataset.bulk_load(path=written["nanopubs"], format=ox.RdfFormat.TRIG)
    kind = ox.NamedNode("http://www.nanopub.org/nschema#Nanopublication")
    found = list(dataset.quads_for_pattern(None, None, kind, None))

    assert len(found) == count(store, "?x a mz:Statement ; mz:stance mz:asserted")


def test_an_unknown_format_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no export “docx”"):
        export(store, "docx", tmp_path / "x")


def test_texts_must_be_at_hand(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="needs the texts"):
        export(store, "tei", tmp_path / "x.xml")
    assert list(tmp_path.iterdir()) == []
