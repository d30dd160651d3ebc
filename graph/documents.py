r"""Find source files and read each into a normalised document.

Normalised means: UTF-8 decoded, byte-order mark stripped, ``\n`` line ends, Unicode NFC. HTML and
Markdown are reduced to plain text whose blocks are already known from the markup; plain text has
no blocks yet, and words broken at the ends of its lines are joined. Offsets count code points of
the normalised text from here on.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from .errors import DocumentError
from .formats import html, markdown
from .formats.hyphens import unhyphenate
from .formats.reading import Reading
from .language.scripts import detect_language
from .language.transliteration import ascii_slug_name
from .model import Document

SUFFIXES = (".txt", ".md", ".html", ".htm")
LANGUAGES = ("en", "ja", "ru", "de")
MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused: a text of that size is a data dump, not a document."""

LINE_ENDS = ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def find_sources(paths: Iterable[Path]) -> list[Path]:
    """Return the readable files among *paths*, folders searched through, in a stable order.

    Files named outright are returned whatever their suffix; in folders only .txt, .md, .html and
    .htm count and names that begin with a dot are passed over. Raise DocumentError for a path that
    does not exist, or for a folder without any document.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_file():
            found[path] = None
        elif path.is_dir():
            inside = sorted(p for p in path.rglob("*") if _is_source(p, path))
            if not inside:
                raise DocumentError(f"{path} holds no {', '.join(SUFFIXES)} file")
            found.update(dict.fromkeys(inside))
        else:
            raise DocumentError(f"{path} does not exist")
    return list(found)


def _is_source(path: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return not hidden and path.suffix.lower() in SUFFIXES and path.is_file()


def slugs(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Yield each path with a slug of its own: the slug of its stem, numbered when taken."""
    taken: set[str] = set()
    for path in paths:
        base = slug_of(path)
        slug, number = base, 1
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        taken.add(slug)
        yield path, slug


def slug_of(path: Path) -> str:
    """Return the file stem in lower-case ASCII letters and digits, everything else as ``-``."""
    return "-".join(ascii_slug_name(path.stem).split()) or "document"


def read(path: Path, slug: str = "") -> Document:
    """Read a file into a normalised document; *slug* overrides the one made from its name.

    Raise DocumentError when the file cannot be opened, is too large, empty, binary, or not UTF-8.
    """
    return from_text(decode(load(path), path.name), path.name, slug)


def from_text(text: str, source: str = "text.txt", slug: str = "") -> Document:
    """Make a document of a text; the suffix of *source* tells its format.

    Raise DocumentError when there is nothing to read in it.
    """
    reading = _parse(normalise(text), Path(source).suffix)
    if not reading.text.strip():
        raise DocumentError(f"{source} is empty")
    metadata = dict(reading.metadata)
    title = metadata.pop("title", "") or _first_line(reading.text)
    language = metadata.get("language", "").split("-")[0].lower()
    return Document(
        slug=slug or slug_of(Path(source)),
        text=reading.text,
        sha256=hashlib.sha256(reading.text.encode()).hexdigest(),
        source=source,
        title=title,
        language=language if language in LANGUAGES else detect_language(reading.text),
        metadata=metadata,
        blocks=reading.blocks,
        tables=reading.tables,
    )


def load(path: Path) -> bytes:
    """Return the bytes of a file; raise DocumentError if it cannot be had or is too large."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = MAX_BYTES // (1024 * 1024)
            raise DocumentError(f"{path.name} is too large: {size} bytes, the limit is {limit} MiB")
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path.name} cannot be read: {error.strerror}") from error


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8, with or without a byte-order mark.

    Raise DocumentError for binary data and for other encodings, with the offset in bytes.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DocumentError(f"{name} is encoded in UTF-16; save it as UTF-8")
    zero = data.find(b"\x00")
    if zero >= 0:
        raise DocumentError(f"{name} is binary: it has a zero byte at offset {zero}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            f"{name} is not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}",
            line=line,
        ) from error
    controls = len(_CONTROL.findall(text))
    if controls * 100 > len(text):
        raise DocumentError(f"{name} is binary: {controls} control characters")
    return text


def normalise(text: str) -> str:
    r"""Return *text* in NFC with every kind of line end as ``\n``."""
    for end in LINE_ENDS:
        text = text.replace(end, "\n")
    return unicodedata.normalize("NFC", text)


def _parse(text: str, suffix: str) -> Reading:
    match suffix.lower():
        case ".md":
            return markdown.read(text)
        case ".html" | ".htm":
            return html.read(text)
        case _:
            return Reading(unhyphenate(text))


def _first_line(text: str) -> str:
    return next(line.strip() for line in text.split("\n") if line.strip())
