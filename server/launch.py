"""Start the service as a process of its own, for tests and benchmarks."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from maizuru.graph.errors import StoreError

START_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Reply:
    """A response, read to its end."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass(slots=True)
class Service:
    """A running service."""

    process: subprocess.Popen[bytes]
    port: int

    def request(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float = 60.0,
        source: str = "127.0.0.1",
    ) -> Reply:
        """Send one request on a connection of its own, from the client address *source*."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=timeout, source_address=(source, 0)
        )
        with contextlib.closing(connection):
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, names, response.read())

    def query(self, text: str, *, source: str = "127.0.0.1", **parameters: str) -> Reply:
        """Ask a query by GET, from the client address *source*."""
        address = "/sparql?" + urlencode({"query": text, **parameters})
        return self.request("GET", address, source=source)

    def update(self, text: str, token: str, timeout: float = 60.0) -> Reply:
        """Send an update."""
        headers = {
            "Content-Type": "application/sparql-update",
            "Authorization": f"Bearer {token}",
        }
        return self.request("POST", "/sparql", text.encode(), headers, timeout)

    def stop(self, seconds: float = 20.0) -> int:
        """Ask it to end, and return its exit status."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return self.process.wait()

    def kill(self) -> None:
        """Kill it and all its processes at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def start(release: Path | None, settings: Mapping[str, object], log: Path) -> Service:
    """Start the service on a free port and return once it is ready.

    Raises:
        StoreError: it ended instead; the sentence is what it said.
    """
    port = free_port()
    command = [sys.executable, "-m", "maizuru.server", *([str(release)] if release else [])]
    for name, value in {"port": port, "access_log": str(log) + ".access", **settings}.items():
        command += ["--" + name.replace("_", "-"), str(value)]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, start_new_session=True, cwd="/"
        )
    service = Service(process, port)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise StoreError(log.read_text("utf-8", "replace").strip() or "The service ended")
        with contextlib.suppress(OSError, http.client.HTTPException):
            if service.request("GET", "/ready", timeout=2).status == 200:
                return service
        time.sleep(0.05)
    service.kill()
    raise StoreError("The service did not become ready")


@contextmanager
def running(release: Path | None, settings: Mapping[str, object], log: Path) -> Iterator[Service]:
    """Run the service for the length of a block."""
    service = start(release, settings, log)
    try:
        yield service
    finally:
        service.stop()
        service.kill()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
