"""The IRIs of the data contract: prefixes, graphs, and how an entity's IRI is minted.

The base (``https://w3id.org/maizuru/``) is a setting; everything else hangs from it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

DEFAULT_BASE = "https://w3id.org/maizuru/"

MZ = "https://w3id.org/maizuru/ontology#"

PREFIXES = {
    "mz": MZ,
    "mzv": "https://w3id.org/maizuru/vocabulary/",
    "bibo": "http://purl.org/ontology/bibo/",
    "cito": "http://purl.org/spar/cito/",
    "crm": "http://www.cidoc-crm.org/cidoc-crm/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "fabio": "http://purl.org/spar/fabio/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "picom": "https://personsincontext.org/model#",
    "pnv": "https://w3id.org/pnv#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "wgs84": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

EDTF_DATATYPE = PREFIXES["edtf"] + "EDTF"


def expand(curie: str) -> str:
    """Return the full IRI of a prefixed name, ``expand("oa:start")``.

    Raises:
        KeyError: the prefix is not in `PREFIXES`.
    """
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def slugify(text: str) -> str:
    """Return *text* as a readable ASCII slug: lower case, hyphens, no accents or macrons.

    Characters of scripts without an ASCII decomposition are dropped here: transliterate first.
    """
    decomposed = unicodedata.normalize("NFKD", text)
    ascii_text = decomposed.encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.replace("'", "")).strip("-")


@dataclass(frozen=True, slots=True)
class Iris:
    """Mints the IRIs of one dataset.

    >>> Iris().entity("person/jun-ushiroku")
    'https://w3id.org/maizuru/id/person/jun-ushiroku'
    """

    base: str = DEFAULT_BASE

    def entity(self, key: str) -> str:
        """Return the IRI of an entity key such as ``"place/kansk"``."""
        return f"{self.base}id/{key}"

    def document(self, slug: str) -> str:
        """Return the IRI of a document."""
        return f"{self.base}id/document/{slug}"

    def passage(self, slug: str, start: int, end: int) -> str:
        """Return the IRI of a character range, in code points (RFC 5147)."""
        return f"{self.base}id/document/{slug}#char={start},{end}"

    def graph(self, name: str) -> str:
        """Return the IRI of a named graph: ``inferred``, ``document/<slug>`` and so on."""
        return f"{self.base}graph/{name}"

    def concept(self, scheme: str, name: str) -> str:
        """Return the IRI of a concept of ours, ``concept("measure", "died")``."""
        return f"{PREFIXES['mzv']}{scheme}/{name}"
