"""Read Markdown (CommonMark with tables) as plain text and blocks; the markup itself goes away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..model import BlockKind
from . import front_matter, html
from .reading import Builder, Reading, tidy

_FOOTNOTE = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*))*)\n?", re.M)
_CALL = re.compile(r"\[\^([^\]\s]+)\]")
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def read(text: str) -> Reading:
    """Return the text of a Markdown document with its blocks, tables and front matter.

    Footnotes ``[^x]`` become markers ``[x]`` in the text and reference blocks ``x. …`` at the end.
    """
    metadata, body = front_matter.split(text)
    notes = [
        (m[1], tidy(_inline_text(_PARSER.parseInline(m[2])[0]))) for m in _FOOTNOTE.finditer(body)
    ]
    body = _CALL.sub(r"[\1]", _FOOTNOTE.sub("", body))
    builder = Builder()
    _Writer(builder).write(_PARSER.parse(body))
    for label, note in notes:
        builder.add(BlockKind.REFERENCE, f"{label}. {note}")
    return builder.finish(metadata)


class _Writer:
    """Walks the tokens of a document and writes its blocks."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._lists: list[int | None] = []
        self._quotes = 0
        self._label = ""
        self._titled = False

    def write(self, tokens: Sequence[Token]) -> None:
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "table_open":
                position = self._table(tokens, position)
            else:
                self._token(token, tokens[position - 1] if position else None)
            position += 1

    def _token(self, token: Token, before: Token | None) -> None:
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._label = self._next_label()
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "inline":
                self._text(token, before)
            case "fence" | "code_block":
                self._builder.add(BlockKind.PARAGRAPH, token.content.strip())
            case "html_block":
                inner = html.read(token.content)
                for block in inner.blocks:
                    piece = inner.text[block.start : block.end].strip()
                    self._builder.add(block.kind, piece, level=block.level, reason=block.reason)
            case _:
                pass

    def _next_label(self) -> str:
        number = self._lists[-1]
        if number is None:
            return ""
        self._lists[-1] = number + 1
        return f"{number}. "

    def _text(self, token: Token, before: Token | None) -> None:
        text = tidy(_inline_text(token))
        if before and before.type == "heading_open":
            level = int(before.tag[1])
            title = level == 1 and not self._titled
            self._titled = True
            self._builder.add(BlockKind.TITLE if title else BlockKind.HEADING, text, level=level)
        elif self._lists:
            kind = BlockKind.LIST_ITEM
            self._builder.add(kind, self._label + text, level=len(self._lists))
            self._label = ""
        else:
            kind = BlockKind.QUOTE if self._quotes else BlockKind.PARAGRAPH
            self._builder.add(kind, text)

    def _table(self, tokens: Sequence[Token], position: int) -> int:
        rows: list[list[str]] = []
        while tokens[position].type != "table_close":
            token = tokens[position]
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(tidy(_inline_text(token)))
            position += 1
        self._builder.table(rows, headed=True)
        return position


def _inline_text(token: Token) -> str:
    """Return the words of an inline token: link and emphasis text, code, the text of images."""
    parts = []
    for child in token.children or ():
        match child.type:
            case "text" | "code_inline":
                parts.append(child.content)
            case "softbreak" | "hardbreak":
                parts.append("\n")
            case "image":
                parts.append(_inline_text(child))
            case _:
                pass
    return "".join(parts)
