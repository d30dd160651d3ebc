"""Read HTML as plain text and blocks with the standard library's tolerant parser."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from ..model import BlockKind
from .reading import Builder, Reading, tidy

_SKIPPED = {
    "script",
    "style",
    "template",
    "noscript",
    "svg",
    "math",
    "iframe",
    "object",
    "select",
    "head",
}
_FURNITURE = {"nav", "aside", "footer", "form", "button", "menu"}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "address",
    "dl",
    "dt",
    "dd",
    "ul",
    "ol",
    "li",
    "pre",
    "hr",
    "figure",
    "figcaption",
    "caption",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tr",
    "td",
    "th",
    "body",
    "html",
    "details",
    "summary",
} | _FURNITURE
_META = {
    "author": "creator",
    "dc.creator": "creator",
    "citation_author": "creator",
    "article:author": "creator",
    "dc.publisher": "publisher",
    "citation_publisher": "publisher",
    "og:site_name": "publisher",
    "dc.date": "issued",
    "citation_publication_date": "issued",
    "article:published_time": "issued",
    "date": "issued",
    "dc.rights": "licence",
    "og:url": "source",
    "dc.source": "source",
    "dc.title": "title",
    "citation_title": "title",
    "og:title": "title",
}
_VOID = {
    "br",
    "img",
    "hr",
    "meta",
    "link",
    "input",
    "wbr",
    "area",
    "base",
    "col",
    "embed",
    "source",
    "track",
}
_FURNITURE_CLASS = re.compile(
    r"\b(?:navbar|navbox|sidebar|breadcrumbs?|cookie|share|social|comments?|related|advert\w*|toc|mw-editsection|noprint)\b",
    re.I,
)


def read(text: str) -> Reading:
    """Return the text of an HTML page with its blocks, tables and metadata.

    Scripts, styles and forms' controls are dropped; nav, aside and footer become boilerplate.
    """
    parser = _Page()
    parser.feed(text)
    parser.close()
    return parser.finish()


class _Page(HTMLParser):
    """Collects the words of each block element and writes the block when it ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._builder = Builder()
        self._words: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._skipped = 0
        self._furniture = 0
        self._lists: list[int | None] = []
        self._label = ""
        self._rows: list[list[str]] | None = None
        self._headed = False
        self._caption = ""
        self._title = ""
        self._in_title = False
        self._metadata: dict[str, str] = {}
        self._titled = False

    def finish(self) -> Reading:
        self._flush("")
        title = self._metadata.get("title") or tidy(self._title)
        if title:
            self._metadata["title"] = title
        return self._builder.finish(self._metadata)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        match tag:
            case "meta":
                self._meta(values)
            case "title":
                self._in_title = True
            case "html":
                if values.get("lang"):
                    self._metadata["language"] = values["lang"]
            case "br":
                self._words.append("\n" if not self._skipped else "")
            case _:
                pass
        if tag in _VOID:
            return
        if tag in _BLOCKS:
            self._flush(self._block_tag())
        self._enter(tag, values)

    def _enter(self, tag: str, values: dict[str, str]) -> None:
        marks = f"{values.get('class', '')} {values.get('id', '')} {values.get('role', '')}"
        furniture = tag in _FURNITURE or (tag in _BLOCKS and bool(_FURNITURE_CLASS.search(marks)))
        self._open.append((tag, furniture))
        self._furniture += furniture
        self._skipped += tag in _SKIPPED
        match tag:
            case "ul":
                self._lists.append(None)
            case "ol":
                start = values.get("start", "1")
                self._lists.append(int(start) if start.isdigit() else 1)
            case "li":
                self._label = self._next_label()
            case "table" if self._rows is None:
                self._rows, self._headed, self._caption = [], False, ""
            case "tr" if self._rows is not None:
                self._rows.append([])
            case "th" if self._rows is not None and len(self._rows) == 1:
                self._headed = True
            case _:
                pass

    def _next_label(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return ""
        number = self._lists[-1]
        self._lists[-1] = number + 1
        return f"{number}. "

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if tag not in {name for name, _ in self._open}:
            return
        if tag in _BLOCKS:
            self._flush(self._block_tag())
        while self._open:
            name, furniture = self._open.pop()
            self._furniture -= furniture
            self._skipped -= name in _SKIPPED
            if name in {"ul", "ol"} and self._lists:
                self._lists.pop()
            if (
                name == "table"
                and self._rows is not None
                and "table" not in {n for n, _ in self._open}
            ):
                self._builder.table(self._rows, headed=self._headed, caption=self._caption)
                self._rows = None
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._title += data
        if not self._skipped:
            self._words.append(data)

    def _meta(self, values: dict[str, str]) -> None:
        name = _META.get((values.get("name") or values.get("property") or "").lower())
        content = tidy(values.get("content", ""))
        if name and content and name not in self._metadata:
            self._metadata[name] = content

    def _block_tag(self) -> str:
        return next((name for name, _ in reversed(self._open) if name in _BLOCKS), "")

    def _flush(self, tag: str) -> None:
        """Write the words collected so far as a block of the kind *tag* and its parents mean."""
        text = tidy("".join(self._words))
        self._words.clear()
        if not text:
            return
        inside = {name for name, _ in self._open}
        if self._rows is not None and tag in {"td", "th"} and self._rows:
            self._rows[-1].append(text)
        elif self._furniture:
            self._builder.add(BlockKind.BOILERPLATE, text, reason="furniture element")
        elif tag == "caption":
            self._caption = text
            self._builder.add(BlockKind.CAPTION, text)
        elif tag in {"figcaption", "figure"}:
            self._builder.add(BlockKind.CAPTION, text)
        elif tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            title = tag == "h1" and not self._titled
            self._titled = self._titled or title
            self._builder.add(
                BlockKind.TITLE if title else BlockKind.HEADING, text, level=int(tag[1])
            )
        elif "li" in inside or tag in {"dt", "dd"}:
            self._builder.add(
                BlockKind.LIST_ITEM, self._label + text, level=max(1, len(self._lists))
            )
            self._label = ""
        elif "blockquote" in inside:
            self._builder.add(BlockKind.QUOTE, text)
        else:
            self._builder.add(BlockKind.PARAGRAPH, text)
