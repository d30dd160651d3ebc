"""Counters for ``/metrics``, in Prometheus' text format (version 0.0.4)."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter
from typing import Any

BUCKETS = (0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0)
"""Upper bounds of the histogram, in seconds."""


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
        with self._lock:
            lines = ["# TYPE maizuru_requests_total counter"]
            lines += [
                f'maizuru_requests_total{{path="{path}",status="{status}"}} {count}'
                for (path, status), count in sorted(self._requests.items())
            ]
            lines.append("# TYPE maizuru_outcomes_total counter")
            lines += [
                f'maizuru_outcomes_total{{outcome="{name}"}} {count}'
                for name, count in sorted(self._outcomes.items())
            ]
            lines.append("# TYPE maizuru_query_seconds histogram")
            total = 0
            for bound, count in zip((*BUCKETS, "+Inf"), self._buckets, strict=True):
                total += count
                lines.append(f'maizuru_query_seconds_bucket{{le="{bound}"}} {total}')
            lines.append(f"maizuru_query_seconds_sum {self._seconds:.6f}")
            lines.append(f"maizuru_query_seconds_count {total}")
            lines.append("# TYPE maizuru_rows_total counter")
            lines.append(f"maizuru_rows_total {self._rows}")
        for name, value in gauges.items():
            lines += [f"# TYPE maizuru_{name} gauge", f"maizuru_{name} {value:g}"]
        return "\n".join(lines) + "\n"
