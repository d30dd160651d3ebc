"""Counters for ``/metrics``, in Prometheus' text format (version 0.0.4)."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from typing import Any

BUCKETS = (0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0)
"""Upper bounds of the histogram, in seconds."""


HELP = {
    "requests_total": "Requests answered, by path and status.",
    "outcomes_total": "How requests for queries and graphs ended.",
    "query_seconds": "Time from request to the end of the answer, of queries and graphs.",
    "rows_total": "Rows of tables sent.",
    "ready": "Whether queries can be answered now.",
    "queue_waiting": "Queries that wait for a reader.",
    "readers_replaced": "Readers that died, by a limit or a fault, and were replaced.",
}
"""What each metric tells."""


class Metrics:
    """What this process has counted since it started."""

    def __init__(self) -> None:
        """Start at nothing."""
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._outcomes: Counter[str] = Counter()
        self._buckets = [0] * (len(BUCKETS) + 1)
        self._seconds = 0.0
        self._rows = 0
        self.settle: Callable[[], None] = lambda: None
        """Has what was answered elsewhere be recorded, before it is told."""

    def record(self, path: str, status: int, seconds: float, note: dict[str, Any]) -> None:
        """Count one request; only ``/sparql`` and ``/store`` have a label of their own."""
        place = path if path == "/sparql" else "/store" if path.startswith("/store") else "page"
        with self._lock:
            self._requests[place, status] += 1
            if place == "page":
                return
            self._outcomes[str(note.get("outcome", ""))] += 1
            self._buckets[bisect_left(BUCKETS, seconds)] += 1
            self._seconds += seconds
            self._rows += note.get("rows", 0)

    def text(self, gauges: dict[str, float]) -> str:
        """Return everything counted, with *gauges* of the moment."""
        self.settle()
        with self._lock:
            lines = _head("requests_total", "counter")
            lines += [
                f'maizuru_requests_total{{path="{path}",status="{status}"}} {count}'
                for (path, status), count in sorted(self._requests.items())
            ]
            lines += _head("outcomes_total", "counter")
            lines += [
                f'maizuru_outcomes_total{{outcome="{name}"}} {count}'
                for name, count in sorted(self._outcomes.items())
            ]
            lines += _head("query_seconds", "histogram")
            total = 0
            for bound, count in zip((*BUCKETS, "+Inf"), self._buckets, strict=True):
                total += count
                lines.append(f'maizuru_query_seconds_bucket{{le="{bound}"}} {total}')
            lines.append(f"maizuru_query_seconds_sum {self._seconds:.6f}")
            lines.append(f"maizuru_query_seconds_count {total}")
            lines += [*_head("rows_total", "counter"), f"maizuru_rows_total {self._rows}"]
        for name, value in gauges.items():
            lines += [*_head(name, "gauge"), f"maizuru_{name} {value:.15g}"]
        return "\n".join(lines) + "\n"


def _head(name: str, kind: str) -> list[str]:
    """Return the lines that introduce a metric."""
    return [f"# HELP maizuru_{name} {HELP[name]}", f"# TYPE maizuru_{name} {kind}"]
