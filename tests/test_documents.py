"""Reading: files found, decoded and normalised; metadata; Markdown and HTML; errors by name."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from maizuru.graph import documents
from maizuru.graph.errors import DocumentError
from maizuru.graph.evaluate.offsets import OffsetMap
from maizuru.graph.model import Block, BlockKind, Document

K = BlockKind


def kinds(document: Document) -> list[tuple[BlockKind, str]]:
    return [(b.kind, document.text[b.start : b.end].strip()) for b in document.blocks]


def block(document: Document, beginning: str) -> Block:
    return next(b for b in document.blocks if document.text[b.start :].startswith(beginning))


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_text_is_normalised_and_hashed(tmp_path: Path) -> None:
    path = write(tmp_path, "Cafe Odessa_1.txt", b"\xef\xbb\xbfCafe\xcc\x81\r\nOdessa\rPort\n")
    document = documents.read(path)
    assert document.text == "Café\nOdessa\nPort\n"
    assert document.sha256 == hashlib.sha256("Café\nOdessa\nPort\n".encode()).hexdigest()
    assert (document.slug, document.source) == ("cafe-odessa-1", "Cafe Odessa_1.txt")
    assert document.blocks == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        (b"ab\x00cd", "zero byte at offset 2"),
        (b"\xff\xfea\x00", "UTF-16"),
        ("Дом".encode("cp1251"), "byte 0xc4 at offset 0"),
        (b"one\ntwo \xe9t\xe9\n", "byte 0xe9 at offset 8"),
        (b"\x01\x02\x03\x04 text", "binary"),
    ],
)
def test_unreadable_data_is_refused_by_name_and_reason(
    tmp_path: Path, data: bytes, words: str
) -> None:
    path = write(tmp_path, "odd.txt", data)
    with pytest.raises(DocumentError, match=words) as caught:
        documents.read(path)
    assert str(caught.value).startswith("odd.txt ")


def test_line_of_a_wrong_byte_is_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        documents.read(write(tmp_path, "odd.txt", b"one\ntwo\n\xe9\n"))
    assert caught.value.line == 3


def test_too_large_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_BYTES", 10)
    with pytest.raises(DocumentError, match="too large: 11 bytes"):
        documents.read(write(tmp_path, "big.txt", b"x" * 11))


def test_missing_file_and_folder_in_place_of_file(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"gone\.txt cannot be read"):
        documents.read(tmp_path / "gone.txt")
    with pytest.raises(DocumentError, match="cannot be read"):
        documents.read(tmp_path)


def test_sources_are_found_in_folders_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.HTML", "skip.pdf", ".hidden.txt", "deep/d.htm", ".git/e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path, name, "text")
    found = [path.relative_to(tmp_path).as_posix() for path in documents.find_sources([tmp_path])]
    assert found == ["a.md", "b.txt", "c.HTML", "deep/d.htm"]
    named = documents.find_sources([tmp_path / "skip.pdf", tmp_path / "skip.pdf"])
    assert named == [tmp_path / "skip.pdf"]


def test_folder_without_documents_and_missing_path(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="holds no"):
        documents.find_sources([tmp_path])
    with pytest.raises(DocumentError, match="does not exist"):
        documents.find_sources([tmp_path / "none"])


def test_slugs_are_unique() -> None:
    names = ("a/Report 1.txt", "b/report_1.md", "Отчёт о лагере.txt", "シベリア.txt", "***.txt")
    assert [slug for _, slug in documents.slugs(map(Path, names))] == [
        "report-1",
        "report-1-2",
        "otchet-o-lagere",
        "shiberia",
        "document",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The camp was closed in the spring of that year.", "en"),
        ("Das Lager wurde im Frühjahr nach dem Krieg geschlossen.", "de"),
        ("Лагерь был закрыт весной.", "ru"),
        ("収容所は春に閉鎖された。", "ja"),
        ("Report of the Ministry (厚生省) on the camps in the north", "en"),
        ("1946 1947", "en"),
    ],
)
def test_language_by_script_and_stop_words(text: str, language: str) -> None:
    assert documents.from_text(text).language == language


MARKDOWN = """---
title: "The Siding at Bira"
author: [A. Writer, B. Other]
date: 2024-05-01
license: CC BY 4.0
source:
  - https://example.org/a
  - https://example.org/b
---

# The Siding at Bira

In **1946** some *2,400 men*[^yard] worked at the [siding](https://example.org).[^2]

## Numbers

| year | released |
|------|---------:|
| 1946 | 120 |
| 1947 | |

> "We never saw the sea."

- bread
- *millet*

![Barracks in winter](x.jpg)

[^yard]: Yard book, p. 9.
[^2]: Second note.
"""


def test_markdown_becomes_plain_text_with_known_blocks() -> None:
    document = documents.from_text(MARKDOWN, "bira.md")
    assert kinds(document) == [
        (K.TITLE, "The Siding at Bira"),
        (K.PARAGRAPH, "In 1946 some 2,400 men[1] worked at the siding.[2]"),
        (K.HEADING, "Numbers"),
        (K.TABLE, "year\treleased\n1946\t120\n1947"),
        (K.QUOTE, '"We never saw the sea."'),
        (K.LIST_ITEM, "bread"),
        (K.LIST_ITEM, "millet"),
        (K.CAPTION, "Barracks in winter"),
        (K.REFERENCE, "1. Yard book, p. 9."),
        (K.REFERENCE, "2. Second note."),
    ]
    (table,) = document.tables
    assert [cell.text for cell in table.header] == ["year", "released"]
    assert [[cell.text for cell in row] for row in table.rows] == [["1946", "120"], ["1947", ""]]
    for cell in (*table.header, *(cell for row in table.rows for cell in row)):
        assert document.text[cell.start : cell.end] == cell.text


def test_front_matter_is_metadata() -> None:
    document = documents.from_text(MARKDOWN, "bira.md")
    assert document.title == "The Siding at Bira"
    assert document.metadata == {
        "creator": "A. Writer; B. Other",
        "issued": "2024-05-01",
        "licence": "CC BY 4.0",
        "source": "https://example.org/a; https://example.org/b",
    }


def test_rule_at_the_head_of_markdown_is_not_front_matter() -> None:
    document = documents.from_text("---\n\nA line about the port.\n", "x.md")
    assert kinds(document) == [(K.PARAGRAPH, "A line about the port.")]


HTML = """<!doctype html><html lang="en"><head><title>Camp 7 | North Museum</title>
<meta name="author" content="Anna Writer"><style>p{}</style><script>var x="<p>no</p>";</script>
</head><body class="has-sidebar layout"><nav><ul><li>Home<li>Visit</ul></nav>
<main><h1>Camp 7</h1>
<p>The camp held <b>1,200</b> men.<sup>3</sup> The yard measured 40 m<sup>2</sup>&nbsp;then.</p>
<figure><img src="a.jpg"><figcaption>The gate, 1947.</figcaption></figure>
<h2>Life</h2><p>They worked<br>hard.<blockquote>It was cold.</blockquote>
<ol start="4"><li>bread</li><li>cabbage</li></ol>
<table><caption>Released</caption><tr><th>Year<th>Men</tr><tr><td>1947<td></tr></table>
<table><tr><td>Only layout.</td></tr></table>
<div class="share-buttons">Tell a friend</div></main>
<aside><p>Other stories</p></aside><footer>© Museum</footer></body></html>"""


def test_html_becomes_plain_text_with_known_blocks() -> None:
    document = documents.from_text(HTML, "camp.html")
    assert kinds(document) == [
        (K.BOILERPLATE, "Home"),
        (K.BOILERPLATE, "Visit"),
        (K.TITLE, "Camp 7"),
        (K.PARAGRAPH, "The camp held 1,200 men.[3] The yard measured 40 m2\xa0then."),
        (K.CAPTION, "The gate, 1947."),
        (K.HEADING, "Life"),
        (K.PARAGRAPH, "They worked hard."),
        (K.QUOTE, "It was cold."),
        (K.LIST_ITEM, "4. bread"),
        (K.LIST_ITEM, "5. cabbage"),
        (K.CAPTION, "Released"),
        (K.TABLE, "Year\tMen\n1947"),
        (K.PARAGRAPH, "Only layout."),
        (K.BOILERPLATE, "Tell a friend"),
        (K.BOILERPLATE, "Other stories"),
        (K.BOILERPLATE, "© Museum"),
    ]
    assert (document.title, document.language) == ("Camp 7", "en")
    assert document.metadata["creator"] == "Anna Writer"
    assert document.tables[0].caption == "Released"
    assert block(document, "Life").level == 2


def test_broken_html_is_still_read() -> None:
    document = documents.from_text("<p>One <b>two<p>Three</div></table> four", "x.htm")
    assert kinds(document) == [(K.PARAGRAPH, "One two"), (K.PARAGRAPH, "Three four")]


def test_html_title_without_heading_loses_the_name_of_the_site() -> None:
    page = "<title>The Siding at Bira | North Museum</title><p>Text.</p>"
    assert documents.from_text(page, "x.html").title == "The Siding at Bira"


def test_every_document_beside_the_project_is_read(shared: Path) -> None:
    sources = documents.find_sources([shared / "documents"])
    assert len(sources) == 5
    for path in sources:
        raw = path.read_bytes().decode()
        assert documents.read(path).text == raw, "these texts are in normal form already"


def test_words_broken_at_the_ends_of_lines_are_joined() -> None:
    text = (
        "The ration of a man who met the norm was laid down by the Commis-\n"
        "sariat, and the prisoner-\n"
        "of-war camps had little of it. The self-\n"
        "styled doctor re-\n"
        "ported, as ever, that half of the re-elected had recal-\n"
        "led\nnothing of it all, and that the others had been re-\nelected.\n"
    )
    document = documents.from_text(text)
    words = document.text.split()
    assert {"Commissariat,", "prisoner-of-war", "self-styled", "reported,", "recalled"} <= set(
        words
    )
    assert "re-elected." in words
    assert len(document.text) == len(text)
    assert "\n\n" not in document.text
    assert document.text.index("had little") == text.index("had little")


def test_offsets_of_the_file_are_carried_over_joined_words() -> None:
    raw = (
        "The ration of a man who met the norm was laid down by the Commis-\r\n"
        "sariat in September, and the men were paid by the com-\r\n"
        "missioners of the port, who had none of it.\r\n"
    )
    text = documents.from_text(raw).text
    carried = OffsetMap(raw, text)
    for word in ("ration", "September", "paid", "port", "none"):
        assert text.startswith(word, carried(raw.index(word)))
    start = carried(raw.index("Commis-"))
    assert text[start : carried(raw.index(" in September"))] == "Commissariat"


def test_a_single_hyphen_at_the_end_of_a_line_stays() -> None:
    text = "He was known in the whole of the camp as the man with the-\nname nobody knew.\n"
    assert documents.from_text(text).text == text
