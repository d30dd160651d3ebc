"""Read Markdown (CommonMark with tables) as plain text and blocks; the markup itself goes away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..model import BlockKind
from . import front_matter, html
from .reading import Builder, Reading, tidy

_FOOTNOTE = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n[ \t]+\S.*)*)\n?", re.M)
_CALL = re.compile(r"\[\^([^\]\s]+)\]")
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def read(text: str) -> Reading:
    """Return the text of a Markdown document with its blocks, tables and front matter.

    Footnotes ``[^x]`` become markers ``[1]`` in the text and reference entries ``1. …`` at its end;
    a label that is a number stays, others get the next numbers that are free.
    """
    metadata, body = front_matter.split(text)
    notes = {match[1]: match[2] for match in _FOOTNOTE.finditer(body)}
    numbers = _numbers([match[1] for match in _CALL.finditer(body)])
    body = _FOOTNOTE.sub("", body)
    body = _CALL.sub(lambda call: f"[{numbers[call[1]]}]", body)
    builder = Builder()
    _Writer(builder).write(_PARSER.parse(body))
    for label, number in numbers.items():
        if label in notes:
            note = tidy(_inline_text(_PARSER.parseInline(notes[label])[0]))
            builder.add(BlockKind.REFERENCE, f"{number}. {note}")
    return builder.finish(metadata)


def _numbers(labels: Sequence[str]) -> dict[str, int]:
    """Return a number for each footnote label, in the order of the first calls."""
    taken = {int(label) for label in labels if label.isdecimal()}
    free = (number for number in range(1, len(labels) + len(taken) + 2) if number not in taken)
    return {
        label: int(label) if label.isdecimal() else next(free) for label in dict.fromkeys(labels)
    }


class _Writer:
    """Walks the tokens of a document and writes its blocks."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._lists: list[int | None] = []
        self._quotes = 0
        self._label = ""
        self._titled = False

    def write(self, tokens: Sequence[Token]) -> None:
        """Write the blocks of all *tokens*."""
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "table_open":
                position = self._table(tokens, position)
            elif token.type == "inline":
                self._text(token, tokens[position - 1])
            elif token.type in {"fence", "code_block"}:
                self._builder.add(BlockKind.PARAGRAPH, token.content.strip())
            elif token.type == "html_block":
                self._html(token.content)
            else:
                self._enter(token)
            position += 1

    def _enter(self, token: Token) -> None:
        """Keep count of the lists and quotations that are open."""
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
            case _:
                pass

    def _next_label(self) -> str:
        number = self._lists[-1]
        if number is None:
            return ""
        self._lists[-1] = number + 1
        return f"{number}. "

    def _text(self, token: Token, before: Token) -> None:
        text = tidy(_inline_text(token))
        images = all(child.type in {"image", "softbreak"} for child in token.children or ())
        if before.type == "heading_open":
            level = int(before.tag[1])
            title = level == 1 and not self._titled
            self._titled = True
            self._builder.add(BlockKind.TITLE if title else BlockKind.HEADING, text, level=level)
        elif self._lists:
            self._builder.add(BlockKind.LIST_ITEM, self._label + text, level=len(self._lists))
            self._label = ""
        elif self._quotes:
            self._builder.add(BlockKind.QUOTE, text)
        else:
            self._builder.add(BlockKind.CAPTION if images else BlockKind.PARAGRAPH, text)

    def _table(self, tokens: Sequence[Token], position: int) -> int:
        """Write a table; return the position of the token that closes it."""
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

    def _html(self, content: str) -> None:
        inner = html.read(content)
        for block in inner.blocks:
            if block.kind is not BlockKind.TABLE:
                text = inner.text[block.start : block.end].strip()
                self._builder.add(block.kind, text, level=block.level, reason=block.reason)
        for table in inner.tables:
            rows = [[cell.text for cell in row] for row in (table.header, *table.rows) if row]
            self._builder.table(rows, headed=bool(table.header), caption=table.caption)


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
