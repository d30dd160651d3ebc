"""Read HTML as plain text and blocks with the standard library's tolerant parser."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

from ..model import BlockKind
from ..resources import rules
from .reading import Builder, Reading, tidy

_SKIPPED = frozenset(
    {
        *("head", "script", "style", "template", "noscript", "svg", "math", "iframe", "object"),
        *("select", "textarea", "audio", "video"),
    }
)
_FURNITURE = frozenset({"nav", "aside", "footer", "form", "button", "menu", "dialog"})
_MAIN = frozenset({"html", "body", "main", "article"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset(
    {
        *("p", "div", "section", "header", "address", "hgroup", "center", "details", "summary"),
        *("dl", "dt", "dd", "ul", "ol", "li", "pre", "hr", "figure", "figcaption", "caption"),
        *("blockquote", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "fieldset"),
        *_FURNITURE,
        *_MAIN,
        *_HEADINGS,
    }
)
_VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
        *("track", "wbr"),
    }
)
_CLOSED_BY_SAME = frozenset({"li", "p", "td", "th", "tr", "dt", "dd", "option"})
_CALL = re.compile(r"\[?(\d{1,3}|\*{1,3}|[a-z])\]?")
_UNIT = re.compile(r"\b(?:[kcm]?m|\d)$")
_SITE_NAME = re.compile(r"\s+[|–—»·-]\s+[^|–—»·]{2,60}$")


def read(text: str) -> Reading:
    """Return the text of an HTML page with its blocks, tables and metadata.

    Scripts, styles and form fields are dropped. What stands in nav, aside, footer and form, or in
    an element whose class says as much (``sidebar``, ``share`` …), becomes boilerplate.
    """
    page = _Page()
    page.feed(text)
    page.close()
    return page.finish()


@cache
def _furniture_names() -> re.Pattern[str]:
    return re.compile(rules("structure_metadata")["html"]["furniture"])


class _Page(HTMLParser):
    """Collects the words of each block element and writes the block when it ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._builder = Builder()
        self._words: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._lists: list[int] = []
        self._label = ""
        self._rows: list[list[str]] = []
        self._headed = False
        self._caption = ""
        self._raised: int | None = None
        self._names = {"title": "", "h1": ""}
        self._metadata: dict[str, str] = {}

    def finish(self) -> Reading:
        """Write what is still open and return the whole."""
        self._flush()
        title = (
            self._names["h1"]
            or self._metadata.get("title", "")
            or _SITE_NAME.sub("", tidy(self._names["title"]))
        )
        return self._builder.finish({**self._metadata, **({"title": title} if title else {})})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._meta(values)
        elif tag == "html" and values.get("lang"):
            self._metadata["language"] = values["lang"]
        elif tag == "br":
            self.handle_data("\n")
        if tag in _BLOCKS:
            self._flush()
        if tag in _VOID:
            return
        if tag in _CLOSED_BY_SAME and self._open and self._open[-1][0] == tag:
            self._close_last()
        self._open.append((tag, self._furniture(tag, values)))
        self._begin(tag, values)

    def handle_endtag(self, tag: str) -> None:
        if not any(name == tag for name, _ in self._open):
            return
        if tag in _BLOCKS:
            self._flush()
        if tag == "sup" and self._raised is not None:
            self._call()
        while self._open and self._close_last() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._inside("title") and "title" not in self._metadata:
            self._names["title"] += data
        if not any(name in _SKIPPED for name, _ in self._open):
            self._words.append(data)

    def _begin(self, tag: str, values: dict[str, str]) -> None:
        match tag:
            case "ul":
                self._lists.append(0)
            case "ol":
                start = values.get("start", "1")
                self._lists.append(int(start) if start.isdecimal() else 1)
            case "li" if self._lists and self._lists[-1]:
                self._label = f"{self._lists[-1]}. "
                self._lists[-1] += 1
            case "tr":
                self._rows.append([])
            case "td" | "th" if self._rows:
                self._headed = self._headed or (tag == "th" and len(self._rows) == 1)
                self._rows[-1].append("")
            case "sup":
                self._raised = len(self._words)
            case _:
                pass

    def _close_last(self) -> str:
        name, _ = self._open.pop()
        if name in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif name == "table" and not self._inside("table"):
            self._table()
        return name

    def _table(self) -> None:
        """Write the table that has ended; one with a single column is only layout."""
        rows, self._rows = self._rows, []
        if max(map(len, rows), default=0) > 1 and not self._in_furniture():
            self._builder.table(rows, headed=self._headed, caption=self._caption)
        else:
            kind = BlockKind.BOILERPLATE if self._in_furniture() else BlockKind.PARAGRAPH
            for cell in (cell for row in rows for cell in row):
                self._builder.add(kind, cell, reason=kind.value)
        self._headed, self._caption = False, ""

    def _call(self) -> None:
        """Put brackets round a raised number, unless it is a power: it calls a note."""
        start = self._raised or 0
        self._raised = None
        raised = tidy("".join(self._words[start:]))
        call = _CALL.fullmatch(raised)
        if call and not _UNIT.search("".join(self._words[max(0, start - 2) : start])):
            self._words[start:] = [f"[{call[1]}]"]

    def _meta(self, values: dict[str, str]) -> None:
        names: dict[str, str] = rules("structure_metadata")["html"]["meta"]
        name = names.get((values.get("name") or values.get("property") or "").lower())
        content = tidy(values.get("content", ""))
        if name and content:
            self._metadata.setdefault(name, content)

    def _furniture(self, tag: str, values: dict[str, str]) -> bool:
        if tag in _FURNITURE:
            return True
        if tag not in _BLOCKS or tag in _MAIN:
            return False
        tokens = f"{values.get('class', '')} {values.get('id', '')} {values.get('role', '')}"
        return any(_furniture_names().fullmatch(token) for token in tokens.lower().split())

    def _inside(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)

    def _in_furniture(self) -> bool:
        return any(furniture for _, furniture in self._open)

    def _flush(self) -> None:
        """Write the words collected so far as a block of the kind the open elements mean."""
        text = tidy("".join(self._words))
        self._words.clear()
        self._raised = None
        if not text:
            return
        tag = next((name for name, _ in reversed(self._open) if name in _BLOCKS), "")
        if self._rows and self._rows[-1] and self._inside("tr"):
            self._rows[-1][-1] = f"{self._rows[-1][-1]} {text}".strip()
        elif self._in_furniture():
            self._builder.add(BlockKind.BOILERPLATE, text, reason="furniture element")
        elif tag in _HEADINGS:
            self._heading(text, int(tag[1]))
        else:
            self._block(text, tag)

    def _heading(self, text: str, level: int) -> None:
        title = level == 1 and not self._names["h1"]
        if title:
            self._names["h1"] = text
        self._builder.add(BlockKind.TITLE if title else BlockKind.HEADING, text, level=level)

    def _block(self, text: str, tag: str) -> None:
        if tag in {"caption", "figcaption", "figure"} or self._inside("figcaption"):
            if tag == "caption":
                self._caption = text
            self._builder.add(BlockKind.CAPTION, text)
        elif self._inside("li") or tag in {"dt", "dd"}:
            level = max(1, len(self._lists))
            self._builder.add(BlockKind.LIST_ITEM, self._label + text, level=level)
            self._label = ""
        elif self._inside("blockquote"):
            self._builder.add(BlockKind.QUOTE, text)
        else:
            self._builder.add(BlockKind.PARAGRAPH, text)
