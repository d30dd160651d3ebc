"""The links between things as GEXF 1.3 and GraphML, for Gephi and networkx."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from xml.etree.ElementTree import Element, SubElement, tostring

from ..questions import question
from ..store import Store
from .rows import Row, table_rows

GEXF = "http://gexf.net/1.3"
GRAPHML = "http://graphml.graphdrawing.org/xmlns"


@dataclass(frozen=True, slots=True)
class Node:
    """An end of a link."""

    iri: str
    label: str
    kind: str


def gexf(store: Store, output: IO[bytes]) -> None:
    """Write the links between things as GEXF; the class is an attribute of a node."""
    root = Element("gexf", xmlns=GEXF, version="1.3")
    graph = SubElement(root, "graph", defaultedgetype="directed")
    attributes = SubElement(graph, "attributes", {"class": "node"})
    SubElement(attributes, "attribute", id="class", title="class", type="string")
    nodes, links = _network(store)
    holder = SubElement(graph, "nodes")
    for node in nodes:
        made = SubElement(holder, "node", id=node.iri, label=node.label)
        values = SubElement(made, "attvalues")
        SubElement(values, "attvalue", {"for": "class", "value": node.kind})
    edges = SubElement(graph, "edges")
    for number, row in enumerate(links):
        ends = {"id": str(number), "source": row["from"], "target": row["to"]}
        SubElement(edges, "edge", {**ends, "label": _word(row)})
    output.write(_document(root))


def graphml(store: Store, output: IO[bytes]) -> None:
    """Write the links between things as GraphML."""
    root = Element("graphml", xmlns=GRAPHML)
    for name, owner in (("label", "node"), ("class", "node"), ("property", "edge")):
        keys = {"id": name, "for": owner, "attr.name": name, "attr.type": "string"}
        SubElement(root, "key", keys)
    graph = SubElement(root, "graph", edgedefault="directed")
    nodes, links = _network(store)
    for node in nodes:
        made = SubElement(graph, "node", id=node.iri)
        SubElement(made, "data", key="label").text = node.label
        SubElement(made, "data", key="class").text = node.kind
    for number, row in enumerate(links):
        ends = {"id": f"e{number}", "source": row["from"], "target": row["to"]}
        made = SubElement(graph, "edge", ends)
        SubElement(made, "data", key="property").text = _word(row)
    output.write(_document(root))


def _network(store: Store) -> tuple[list[Node], list[Row]]:
    links = list(table_rows(store, question("links").text))
    nodes: dict[str, Node] = {}
    for end in _ends(links):
        nodes.setdefault(end.iri, end)
    return list(nodes.values()), links


def _ends(links: list[Row]) -> Iterator[Node]:
    for row in links:
        for end in ("from", "to"):
            kind = row[f"{end}_class"].rpartition("#")[2]
            yield Node(row[end], row[f"{end}_label"], kind)


def _word(row: Row) -> str:
    return row.get("property_label") or row["property"].rpartition("#")[2]


def _document(root: Element) -> bytes:
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
