"""The metadata block at the head of a Markdown file: ``key: value`` lines between ``---``."""

from __future__ import annotations

import re

_FENCE = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_FIELD = re.compile(r"^([A-Za-z][\w-]*):[ \t]*(.*)$")
_ITEM = re.compile(r"^[ \t]*-[ \t]+(.*)$")
_NAMES = {
    "author": "creator",
    "authors": "creator",
    "date": "issued",
    "license": "licence",
    "lang": "language",
    "url": "source",
}


def split(text: str) -> tuple[dict[str, str], str]:
    """Return the metadata and the text after it.

    Read are plain scalars, quoted or not, and lists (flow or block), whose items are joined by
    ``; ``. Common synonyms (author, date, license, lang, url) get the names the model uses.
    """
    match = _FENCE.match(text)
    if not match:
        return {}, text
    fields: dict[str, list[str]] = {}
    name = ""
    for line in match[1].splitlines():
        if found := _FIELD.match(line):
            key = found[1].lower()
            name = _NAMES.get(key, key)
            fields[name] = _values(found[2])
        elif name and (item := _ITEM.match(line)):
            fields[name].append(_unquote(item[1]))
    return {key: "; ".join(values) for key, values in fields.items() if values}, text[match.end() :]


def _values(text: str) -> list[str]:
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return [_unquote(part) for part in text[1:-1].split(",") if part.strip()]
    return [_unquote(text)] if text else []


def _unquote(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text
