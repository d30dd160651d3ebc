"""``/health``: the process answers; ``/ready``: queries are answered; ``/metrics``."""

from __future__ import annotations

from .http import Request, Response
from .jobs import Engine
from .metrics import Metrics

_PLAIN = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]


class Health:
    """The handlers of the three addresses."""

    def __init__(self, engine: Engine, metrics: Metrics) -> None:
        """Speak for *engine*."""
        self._engine = engine
        self._metrics = metrics

    def health(self, request: Request) -> Response:
        """Answer that the process runs."""
        return Response(200, _PLAIN, b"ok\n")

    def ready(self, request: Request) -> Response:
        """Answer whether queries can be answered now."""
        if self._engine.ready():
            return Response(200, _PLAIN, b"ready\n")
        return Response(503, [*_PLAIN, ("Retry-After", "2")], b"not ready\n")

    def metrics(self, request: Request) -> Response:
        """Answer with the counters."""
        gauges = {"ready": float(self._engine.ready()), **self._engine.gauges()}
        kind = [("Content-Type", "text/plain; version=0.0.4"), ("Cache-Control", "no-store")]
        return Response(200, kind, self._metrics.text(gauges).encode())
