"""Mentions for annotation tools: Web Annotation, CoNLL, UIMA XMI and TEI standOff."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from ..errors import ExportError
from ..namespaces import slugify
from ..store import Store
from .rows import Row, rows

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\s\w]|_")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_CLASSES = (
    "FictionalWork",
    "Person",
    "Camp",
    "Place",
    "Event",
    "MilitaryUnit",
    "Organisation",
    "LegalInstrument",
    "Group",
    "Work",
    "Concept",
)
"""The class a mention is given by, the first that fits."""


def kind(row: Row) -> str:
    """Return the class of the thing a mention names, by local name."""
    names = {iri.rpartition("#")[2] for iri in row["classes"].split()}
    return next((name for name in _CLASSES if name in names), "Entity")


def web_annotations(store: Store, output: IO[bytes]) -> None:
    """Write an annotation page of the W3C Web Annotation model, as JSON-LD."""
    output.write(b'{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage",\n')
    output.write(b' "id": "urn:maizuru:mentions", "items": [\n')
    for number, row in enumerate(rows(store, "mentions")):
        written = json.dumps(_annotation(row), ensure_ascii=False)
        output.write((",\n" if number else "").encode() + written.encode())
    output.write(b"\n]}\n")


def _annotation(row: Row) -> dict[str, object]:
    quote = {"exact": row["quote"], "prefix": row["prefix"], "suffix": row["suffix"]}
    return {
        "id": row["mention"],
        "type": "Annotation",
        "motivation": "identifying",
        "body": {"id": row["entity"], "label": row.get("label", ""), "purpose": "identifying"},
        "target": {
            "source": row["document"],
            "selector": [
                {
                    "type": "TextPositionSelector",
                    "start": int(row["start"]),
                    "end": int(row["end"]),
                },
                {"type": "TextQuoteSelector", **quote},
            ],
        },
    }


def conll(store: Store, texts: Path, output: IO[bytes]) -> None:
    """Write CoNLL-2003 style lines: token, start, end, IOB2 tag, entity; a blank line per sentence.

    Where mentions overlap, the longest is tagged. Japanese is cut into single characters.
    """
    for slug, found in _by_document(store):
        text, structure = _text(texts, slug)
        tags = _tags(found)
        output.write(f"-DOCSTART- {slug}\n\n".encode())
        for start, end, _ in structure["sentences"]:
            lines = [_line(text, token, tags) for token in _tokens(text, start, end)]
            output.write(("".join(lines) + "\n").encode())


def _tags(found: list[Row]) -> dict[int, tuple[int, str, str]]:
    """Return, by start, the longest mentions that do not overlap an earlier one."""
    tags: dict[int, tuple[int, str, str]] = {}
    last = 0
    for row in sorted(found, key=lambda r: (int(r["start"]), -int(r["end"]))):
        start, end = int(row["start"]), int(row["end"])
        if start >= last:
            tags[start] = (end, kind(row), row["entity"])
            last = end
    return tags


def _tokens(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _TOKEN.finditer(text, start, end):
        if _CJK.search(match.group()):
            yield from ((at, at + 1) for at in range(*match.span()))
        else:
            yield match.span()


def _line(text: str, token: tuple[int, int], tags: dict[int, tuple[int, str, str]]) -> str:
    start, end = token
    for begin, (stop, name, entity) in tags.items():
        if begin <= start and end <= stop:
            tag = f"{'B' if begin == start else 'I'}-{name}"
            return f"{text[start:end]}\t{start}\t{end}\t{tag}\t{entity}\n"
    return f"{text[start:end]}\t{start}\t{end}\tO\t_\n"


def uima(store: Store, texts: Path, output: IO[bytes]) -> None:
    """Write UIMA XMI, one sofa per document; offsets in UTF-16 units, as UIMA counts."""
    output.write(
        b'<?xml version="1.0" encoding="UTF-8"?>\n<xmi:XMI xmi:version="2.0" '
        b'xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
        b'xmlns:maizuru="http:///org/maizuru.ecore">\n<cas:NULL xmi:id="0"/>\n'
    )
    identifier = 1
    for number, (slug, found) in enumerate(_by_document(store), start=1):
        text, _ = _text(texts, slug)
        sofa, members = identifier, []
        identifier += 1
        for row in found:
            begin, end = (_utf16(text, int(row[side])) for side in ("start", "end"))
            output.write(
                f'<maizuru:Mention xmi:id="{identifier}" sofa="{sofa}" begin="{begin}" '
                f'end="{end}" kind="{kind(row)}" entity={quoteattr(row["entity"])}/>\n'.encode()
            )
            members.append(str(identifier))
            identifier += 1
        output.write(
            f'<cas:Sofa xmi:id="{sofa}" sofaNum="{number}" sofaID={quoteattr(slug)} '
            f'mimeType="text/plain" sofaString={quoteattr(text)}/>\n'
            f'<cas:View sofa="{sofa}" members="{" ".join(members)}"/>\n'.encode()
        )
    output.write(b"</xmi:XMI>\n")


def _utf16(text: str, offset: int) -> int:
    return len(text[:offset].encode("utf-16-le")) // 2


def tei(store: Store, texts: Path, output: IO[bytes]) -> None:
    """Write a TEI corpus with each text as it stands and its mentions in standOff.

    ``@resp`` names the rule that found the mention, ``@cert`` how sure it is, ``@source`` the
    document (TEI P5, chapter 16.10).
    """
    output.write(
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        b'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">\n<teiHeader><fileDesc>'
        b"<titleStmt><title>Maizuru: documents and mentions</title></titleStmt>"
        b"<publicationStmt><p>Exported from a Maizuru release.</p></publicationStmt>"
        b"<sourceDesc><p>The documents named in each TEI element.</p></sourceDesc>"
        b"</fileDesc></teiHeader>\n"
    )
    for slug, found in _by_document(store):
        text, structure = _text(texts, slug)
        spans = "".join(_span(row) for row in found)
        name = f"doc-{slugify(slug)}"
        output.write(
            f"<TEI xml:id={quoteattr(name)}><teiHeader><fileDesc><titleStmt>"
            f"<title>{escape(structure['title'])}</title></titleStmt><publicationStmt><p/>"
            f"</publicationStmt><sourceDesc><p>{escape(structure['source'])}</p></sourceDesc>"
            f"</fileDesc></teiHeader>\n<standOff><listAnnotation>{spans}</listAnnotation>"
            f"</standOff>\n<text><body><ab>{escape(text)}</ab></body></text></TEI>\n".encode()
        )
    output.write(b"</teiCorpus>\n")


def _span(row: Row) -> str:
    target = f"{row['document']}#char={row['start']},{row['end']}"
    certainty = float(row.get("confidence", "1"))
    cert = "high" if certainty >= 0.9 else "medium" if certainty >= 0.6 else "low"
    rule = f"#{slugify(row.get('responsible', '') or 'rule')}"
    responsible = escape(row.get("responsible", ""))
    return (
        f'<annotation motivation="identifying" target={quoteattr(target)}>'
        f"<respStmt><resp>{responsible}</resp><name>Maizuru</name></respStmt>"
        f'<rs type="{kind(row)}" ref={quoteattr(row["entity"])} cert="{cert}" '
        f"resp={quoteattr(rule)} source={quoteattr(row['document'])}>{escape(row['quote'])}</rs>"
        "</annotation>\n"
    )


def _by_document(store: Store) -> Iterator[tuple[str, list[Row]]]:
    for iri, found in groupby(rows(store, "mentions"), key=lambda row: row["document"]):
        yield iri.rpartition("/")[2], list(found)


def _text(texts: Path, slug: str) -> tuple[str, dict[str, Any]]:
    path = texts / f"{slug}.txt"
    if not path.is_file():
        raise ExportError(f"The text of the document {slug} is not in the release.")
    structure = json.loads((texts / f"{slug}.json").read_text("utf-8"))
    return path.read_text("utf-8"), structure
