"""The access log: one JSON object a line; never a query, a token, or what a form held."""

from __future__ import annotations

import json
import sys
import threading
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TextIO


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked, and for what."""

    client: str
    method: str
    path: str


class AccessLog:
    """Writes to a file, to standard error, or nowhere."""

    def __init__(self, target: str) -> None:
        """Open *target*: a path, ``-`` for standard error, or empty for none."""
        self._lock = threading.Lock()
        self._file: TextIO | None = None
        if target == "-":
            self._file = sys.stderr
        elif target:
            self._file = open(target, "a", encoding="utf-8", buffering=1)  # noqa: SIM115

    def write(
        self, asked: Asked, status: int, size: int, seconds: float, note: dict[str, Any]
    ) -> None:
        """Write the line of one request: address without parameters, and what *note* adds."""
        if self._file is None:
            return
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "client": asked.client,
            "method": asked.method[:10],
            "path": asked.path[:200],
            "status": status,
            "bytes": size,
            "seconds": round(seconds, 4),
            **note,
        }
        self._put(json.dumps(line, ensure_ascii=True))

    def exception(self, error: BaseException) -> None:
        """Write a fault of ours with its trace, for the operator only."""
        trace = traceback.format_exception(error)
        text = json.dumps({"fault": type(error).__name__, "trace": "".join(trace)})
        with self._lock:
            print(text, file=self._file or sys.stderr, flush=True)

    def _put(self, text: str) -> None:
        with self._lock:
            print(text, file=self._file)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None and self._file is not sys.stderr:
            self._file.close()
