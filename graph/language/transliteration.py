"""Write names of one script in another."""

from __future__ import annotations

import re
import unicodedata

_SYLLABLE = (
    r"(?:(?:[kgsztdnhbpmrfjyw]|ch|sh|ts|[kgnhbpmr]y)?[aiueo]"
    r"|n(?![aiueoy])|m(?=[bpm])|[kstp](?=[kstpc]))"
)
_ROMAJI = re.compile(rf"(?:{_SYLLABLE}h?)+$")


def is_romaji(word: str) -> bool:
    """Return whether *word* can be read as Japanese syllables, "Ushiroku"."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    plain = "".join(c for c in decomposed if c not in "\u0302\u0304")
    return bool(_ROMAJI.match(plain)) and len(plain) > 2
