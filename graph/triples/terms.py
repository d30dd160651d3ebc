"""Small constructors of RDF terms, cached where terms recur."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from ..model import Value
from ..namespaces import EDTF_DATATYPE, MZ, expand

RDF_TYPE = NamedNode(expand("rdf:type"))

_DATATYPES = {
    "decimal": expand("xsd:decimal"),
    "date": expand("xsd:date"),
    "edtf": EDTF_DATATYPE,
    "uri": expand("xsd:anyURI"),
    "boolean": expand("xsd:boolean"),
}


@lru_cache(maxsize=4096)
def node(curie: str) -> NamedNode:
    """Return the node of a prefixed name, ``node("oa:start")``."""
    return NamedNode(expand(curie))


@lru_cache(maxsize=4096)
def mz(local: str) -> NamedNode:
    """Return a term of our own ontology, ``mz("statedIn")``."""
    return NamedNode(MZ + local)


def text(value: str, language: str = "") -> Literal:
    """Return a plain or language-tagged string."""
    return Literal(value, language=language) if language else Literal(value)


def integer(value: int) -> Literal:
    """Return an xsd:integer, used for counts and offsets that are never contested."""
    return Literal(str(value), datatype=NamedNode(expand("xsd:integer")))


def offset(value: int) -> Literal:
    """Return an offset as Web Annotation wants it (xsd:nonNegativeInteger)."""
    return Literal(str(value), datatype=NamedNode(expand("xsd:nonNegativeInteger")))


def decimal(value: Decimal | float) -> Literal:
    """Return an xsd:decimal in the form every store keeps unchanged: no exponent, no padding."""
    written = format(Decimal(str(value)).normalize(), "f")
    return Literal(written, datatype=NamedNode(expand("xsd:decimal")))


def day(value: date) -> Literal:
    """Return an xsd:date."""
    return Literal(value.isoformat(), datatype=NamedNode(expand("xsd:date")))


def edtf(value: str) -> Literal:
    """Return an EDTF literal (ISO 8601-2), kept beside its day bounds."""
    return Literal(value, datatype=NamedNode(EDTF_DATATYPE))


def boolean(value: bool) -> Literal:
    """Return an xsd:boolean."""
    return Literal("true" if value else "false", datatype=NamedNode(expand("xsd:boolean")))


def literal(value: Value) -> Literal:
    """Return the literal of a value the converter extracted."""
    if value.datatype == "decimal":
        return decimal(Decimal(value.text))
    datatype = _DATATYPES.get(value.datatype)
    if datatype is not None:
        return Literal(value.text, datatype=NamedNode(datatype))
    return text(value.text, value.language)
