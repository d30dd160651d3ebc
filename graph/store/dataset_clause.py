"""Tell whether a query names its own dataset (SPARQL 1.1 Query, section 13.2)."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""
    (?P<skip> <[^<>"{}|^`\\\x00-\x20]*> | \#[^\n\r]*
      | \"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\" | \'\'\'(?:[^'\\]|\\.|\'(?!\'\'))*\'\'\'
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' | [?$]\w+ | [\w.-]*:[\w:%.-]* )
  | (?P<from> \bFROM\b )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


def has_dataset_clause(text: str) -> bool:
    """Tell whether *text* has a FROM or FROM NAMED clause, outside strings, IRIs and comments."""
    if "from" not in text.lower():
        return False
    return any(match.lastgroup == "from" for match in _TOKEN.finditer(text))
