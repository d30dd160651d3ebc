"""The settings of the service: one table, from which flags, environment, file and docs are made.

A setting's value is taken from the command line, else from the environment
(``MAIZURU_QUERY_SECONDS``), else from a TOML file (``query_seconds = 10``), else its default.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

from maizuru.graph.errors import MaizuruError
from maizuru.graph.namespaces import DEFAULT_BASE
from maizuru.graph.store import MEMORY_QUADS

ENVIRONMENT = "MAIZURU_"
MIB = 1024 * 1024


class SettingError(MaizuruError):
    """A setting is unknown or has a value it cannot have."""


def setting(default: Any, help_text: str) -> Any:
    """Return a row of the table: default value and one sentence of help."""
    return field(default=default, metadata={"help": help_text})


@dataclass(frozen=True, slots=True)
class Settings:
    """The table. Times are in seconds, sizes in bytes; lists are separated by spaces."""

    host: str = setting("127.0.0.1", "Address to listen on.")
    port: int = setting(8000, "Port to listen on.")
    public_url: str = setting("", "Address people reach the service at, without a final slash.")
    base: str = setting(DEFAULT_BASE, "Base of the IRIs of the dataset.")
    trusted_proxies: int = setting(0, "Reverse proxies in front that set X-Forwarded-For.")
    workers: int = setting(1, "Processes that speak HTTP; limits per client hold for each.")
    threads: int = setting(64, "Requests a process handles at once, most of them waiting.")
    header_seconds: float = setting(10.0, "Time a client may take to send its headers.")
    body_seconds: float = setting(20.0, "Time a client may take to send its body.")
    stall_seconds: float = setting(20.0, "Time a client may read nothing before it is cut off.")

    readers: int = setting(0, "Readers for heavy clients; 0: one a processor, at least 2.")
    reader_bytes: int = setting(1024 * MIB, "Memory a query may take beyond the shared dataset.")
    query_seconds: float = setting(10.0, "Time a query may take.")
    update_seconds: float = setting(60.0, "Time an update or upload may take.")
    max_rows: int = setting(100_000, "Rows of a SELECT; a longer answer is cut and says so.")
    max_bytes: int = setting(64 * MIB, "Bytes of an answer; a longer one is cut and says so.")
    max_query_bytes: int = setting(256 * 1024, "Length of a query.")
    max_upload_bytes: int = setting(64 * MIB, "Length of an update or upload, also unpacked.")
    max_nesting: int = setting(64, "Depth of brackets in a query.")
    queue_length: int = setting(32, "Queries that may wait for a reader; more are turned away.")
    queue_seconds: float = setting(5.0, "Time a query may wait for a reader.")
    client_seconds: float = setting(60.0, "Query time a client may use each minute.")
    client_queries: int = setting(4, "Queries of one client that may run at once.")
    client_requests: int = setting(16, "Requests of one client that may be under way at once.")
    client_connections: int = setting(64, "Connections of one client that may be open at once.")
    cache_bytes: int = setting(64 * MIB, "Memory for answers kept; 0 keeps none.")

    union_default_graph: bool = setting(True, "The default graph is the union of all graphs.")
    refuse_unknown_graphs: bool = setting(True, "Refuse FROM of a graph that is not there.")
    memory_quads: int = setting(MEMORY_QUADS, "Largest dataset served from memory.")
    service_allow: str = setting("", "Addresses a SERVICE clause may call; none by default.")
    update_token: str = setting("", "Hash of the token for updates (see maizuru token).")
    store: str = setting("", "Query address of a SPARQL endpoint to serve instead of a folder.")
    store_update: str = setting("", "Update address of that endpoint.")
    access_log: str = setting("-", "File of the access log; - for standard error, empty for none.")

    def reader_count(self) -> int:
        """Return how many queries are evaluated at once."""
        return self.readers or max(2, os.cpu_count() or 2)

    def lent_count(self) -> int:
        """Return how many readers may speak with clients themselves."""
        return 0 if self.trusted_proxies or self.store else 2 * self.reader_count()

    def allowed_services(self) -> frozenset[str]:
        """Return the addresses SERVICE may call."""
        return frozenset(self.service_allow.split())


def load(
    flags: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Settings:
    """Return the settings; *flags* are by name and None where not given.

    Raises:
        SettingError: a name is not in the table, or a value is of the wrong kind.
    """
    values: dict[str, Any] = _from_file(file) if file else {}
    for name, text in (environment if environment is not None else os.environ).items():
        key = name.removeprefix(ENVIRONMENT).lower()
        if name.startswith(ENVIRONMENT) and key in _TYPES:
            values[key] = text
    values.update((name, value) for name, value in (flags or {}).items() if value is not None)
    return Settings(**{name: _convert(name, value) for name, value in values.items()})


def _from_file(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as source:
            return tomllib.load(source)
    except OSError as error:
        raise SettingError(f"The settings file {file.name} cannot be read") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"The settings file {file.name} is not TOML: {error}") from error


def _convert(name: str, value: Any) -> Any:
    kind = _TYPES.get(name)
    if kind is None:
        raise SettingError(f"There is no setting {name!r}")
    wrong = SettingError(f"The setting {name} must be {_KINDS[kind]}")
    if kind is bool:
        words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
        if str(value).lower() not in words:
            raise wrong
        return words[str(value).lower()]
    try:
        converted = kind(value)
    except (TypeError, ValueError) as error:
        raise wrong from error
    if kind in (int, float) and (converted < 0 or converted != converted):
        raise wrong
    return converted


_TYPES: dict[str, Any] = get_type_hints(Settings)
_KINDS = {
    str: "text",
    int: "a whole number, not negative",
    float: "a number, not negative",
    bool: "true or false",
}


def table() -> list[tuple[str, str, Any, str]]:
    """Return name, kind, default and help of every setting, for flags and docs."""
    return [
        (row.name, _TYPES[row.name].__name__, row.default, row.metadata["help"])
        for row in fields(Settings)
    ]
