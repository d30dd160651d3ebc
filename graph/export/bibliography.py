"""The references for citation tools: BibTeX, RIS and CSL-JSON.

What a tool has no field for stands in a note with the entry as printed, so nothing is lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import IO, Any

from ..namespaces import slugify
from ..resources import rules
from ..store import Store
from .rows import Row, rows

_YEAR = re.compile(r"\d{4}")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_SPECIAL = str.maketrans({"&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$"})


def bibtex(store: Store, output: IO[bytes]) -> None:
    """Write BibTeX in UTF-8, one entry per reference."""
    used: set[str] = set()
    for row in rows(store, "references"):
        fields = [
            (name, _braced(value)) for name, value in _bibtex_fields(row).items() if value.strip()
        ]
        body = ",\n".join(f"  {name} = {value}" for name, value in fields)
        kind = _kinds(row)["bibtex"]
        output.write(f"@{kind}{{{_key(row, used)},\n{body}\n}}\n\n".encode())


def _bibtex_fields(row: Row) -> dict[str, str]:
    container = "journal" if _kinds(row)["bibtex"] == "article" else "howpublished"
    return {
        "author": row.get("authors", "").replace("; ", " and "),
        "editor": row.get("editors", "").replace("; ", " and "),
        "title": row.get("title", "") or row["citation"],
        container: row.get("container", ""),
        "publisher": row.get("publisher", ""),
        "address": row.get("place", ""),
        "year": _year(row),
        "volume": row.get("volume", ""),
        "number": row.get("issue", ""),
        "pages": row.get("pages", "").replace("–", "--"),
        "isbn": row.get("isbn", ""),
        "issn": row.get("issn", ""),
        "doi": row.get("doi", ""),
        "url": row.get("url", ""),
        "langid": row.get("language", ""),
        "note": row["citation"],
    }


def _braced(value: str) -> str:
    balanced = value.replace("{", "(").replace("}", ")").replace("\\", "/")
    return "{" + " ".join(balanced.split()).translate(_SPECIAL) + "}"


def _key(row: Row, used: set[str]) -> str:
    """Return a citation key as people make them, family name and year, unique in the file."""
    family = slugify(row.get("authors", "").partition(",")[0]) or "anon"
    base = f"{family.replace('-', '')}{_year(row)}"
    key, number = base, 1
    while key in used:
        number += 1
        key = f"{base}-{number}"
    used.add(key)
    return key


def ris(store: Store, output: IO[bytes]) -> None:
    """Write RIS in UTF-8, one record per reference."""
    for row in rows(store, "references"):
        lines = [("TY", _kinds(row)["ris"]), *_ris_fields(row), ("ER", "")]
        text = "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines)
        output.write((text + "\r\n").encode())


def _ris_fields(row: Row) -> Iterable[tuple[str, str]]:
    single = {
        "TI": row.get("title", "") or row["citation"],
        "T2": row.get("container", ""),
        "PB": row.get("publisher", ""),
        "CY": row.get("place", ""),
        "PY": _year(row),
        "VL": row.get("volume", ""),
        "IS": row.get("issue", ""),
        "SP": row.get("pages", "").partition("–")[0],
        "EP": row.get("pages", "").partition("–")[2],
        "SN": row.get("isbn", "") or row.get("issn", ""),
        "DO": row.get("doi", ""),
        "UR": row.get("url", ""),
        "LA": row.get("language", ""),
        "N1": row["citation"],
    }
    for tag, field in (("AU", "authors"), ("A2", "editors")):
        yield from ((tag, name) for name in row.get(field, "").split("; ") if name)
    yield from ((tag, value) for tag, value in single.items() if value)


def csl_json(store: Store, output: IO[bytes]) -> None:
    """Write CSL-JSON, which Zotero and pandoc read."""
    items = [_csl(row) for row in rows(store, "references")]
    output.write(json.dumps(items, ensure_ascii=False, indent=1).encode() + b"\n")


def _csl(row: Row) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": row["reference"],
        "type": _kinds(row)["csl"],
        "title": row.get("title", "") or row["citation"],
        "container-title": row.get("container"),
        "publisher": row.get("publisher"),
        "publisher-place": row.get("place"),
        "volume": row.get("volume"),
        "issue": row.get("issue"),
        "page": row.get("pages"),
        "ISBN": row.get("isbn"),
        "ISSN": row.get("issn"),
        "DOI": row.get("doi"),
        "URL": row.get("url"),
        "language": row.get("language"),
        "note": row["citation"],
    }
    for role, field in (
        ("author", "authors"),
        ("editor", "editors"),
        ("translator", "translators"),
    ):
        people = [_person(name) for name in row.get(field, "").split("; ") if name]
        item[role] = people or None
    if date := _DATE.match(row.get("issued", "")):
        item["issued"] = {"date-parts": [[int(part) for part in date.groups() if part]]}
    return {key: value for key, value in item.items() if value}


def _person(name: str) -> dict[str, str]:
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": name}


def _kinds(row: Row) -> dict[str, str]:
    """Return what the three formats call this kind of source (rules/bibliography.toml)."""
    table: dict[str, dict[str, str]] = rules("bibliography")
    return table.get(row.get("kind", ""), table["other"])


def _year(row: Row) -> str:
    found = _YEAR.search(row.get("issued", ""))
    return found.group() if found else ""
