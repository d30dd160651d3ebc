"""Reading requests that need no HTTP server, and the ledger of who answers them."""

from __future__ import annotations

import os

import pytest

from maizuru.server.plain import looks_plain, read_head, response_head
from maizuru.server.readers.ledger import BUSY, IDLE, Ledger, line_of

HEAD = b"POST /sparql HTTP/1.1\r\nHost: a\r\nAccept:  x/y, */*;q=0.5 \r\nContent-Length: 12\r\n\r\n"


def test_a_plain_head_is_read() -> None:
    head = read_head(HEAD)
    assert head is not None
    assert head.length == 12
    assert head.environ["REQUEST_METHOD"] == "POST"
    assert head.environ["HTTP_ACCEPT"] == "x/y, */*;q=0.5"
    assert "HTTP_CONTENT_LENGTH" not in head.environ
    head = read_head(
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a\r\nConnection: Keep-Alive\r\n\r\n"
    )
    assert head is not None
    assert (head.environ["QUERY_STRING"], head.length) == ("query=ASK%7B%7D", 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/sparql", b"/sparql/"),
        (b"/sparql", b"/sparql?a#b"),
        (b"POST", b"PUT"),
        (b"POST", b"GET"),
        (b"HTTP/1.1", b"HTTP/1.0"),
        (b"/sparql ", b"/sparql  "),
        (b"Host: a", b"Host : a"),
        (b"Host: a", b" Host: a"),
        (b"Host: a", b"Host: a\r\nHost: b"),
        (b"Host: a", b"Host: a\r\n folded"),
        (b"Host: a", b"Host: \xe4"),
        (b"Host: a", b"Host: a\nX: b"),
        (b"Host: a", b"Host: a\r\nTransfer-Encoding: chunked"),
        (b"Host: a", b"Host: a\r\nAuthorization: Bearer x"),
        (b"Host: a", b"Host: a\r\nExpect: 100-continue"),
        (b"Host: a", b"Host: a\r\nContent-Encoding: gzip"),
        (b"Host: a", b"Host: a\r\nX-Forwarded-For: 1.2.3.4"),
        (b"Host: a", b"Host: a\r\nConnection: close"),
        (b"Length: 12", b"Length: +12"),
        (b"Length: 12", b"Length: 12, 12"),
        (b"Length: 12", b"Length: 12\r\nContent-Length: 12"),
        (b"Length: 12", b"Length: 1234567890"),
    ],
)
def test_an_odd_head_is_not_plain(old: bytes, new: bytes) -> None:
    assert read_head(HEAD.replace(old, new, 1)) is None


def test_only_queries_look_plain() -> None:
    assert looks_plain(HEAD[:16])
    assert not looks_plain(b"GET /sparql HTTP/1.1"[:16])
    assert not looks_plain(b"PUT /sparql HTTP/1.1"[:16])


def test_a_head_is_written() -> None:
    assert response_head(304, [("ETag", '"1"')]) == b'HTTP/1.1 304 Not Modified\r\nETag: "1"'


def pair() -> tuple[Ledger, Ledger]:
    """Return a ledger as the HTTP process has it, and as the reader has it."""
    ours = Ledger()
    return ours, Ledger(os.dup(ours.file))


def test_the_ledger_tells_what_was_answered_and_what_is_at_hand() -> None:
    ours, theirs = pair()
    assert ours.state == IDLE
    theirs.take_up()
    theirs.begin(12.5, b"GET abc */*")
    assert (ours.state, ours.started, ours.about) == (BUSY, 12.5, ["GET", "abc", "*/*"])
    assert ours.reader == os.getpid()
    theirs.end(line_of("GET", 200, 26, 0.25, "answered", "abc", 7))
    theirs.end(line_of("POST", 304, 0, 0.5, "unchanged", "", None))
    assert ours.state == IDLE
    first, second = ours.entries()
    assert (first.method, first.status, first.sent, first.seconds) == ("GET", 200, 26, 0.25)
    assert first.note == {"outcome": "answered", "query": "abc", "rows": 7}
    assert second.note == {"outcome": "unchanged"}
    assert ours.entries() == []


def test_the_ledger_goes_round_and_is_never_overrun() -> None:
    ours, theirs = pair()
    written = read = 0
    for _ in range(5):
        while theirs.open:
            theirs.end(line_of("GET", 200, written, 0.1, "answered", "a" * 16, written))
            written += 1
        for entry in ours.entries():
            assert entry.sent == entry.note["rows"] == read
            read += 1
        assert theirs.open
    assert written == read > 5000


def test_a_ledger_that_is_revoked_is_closed_until_it_is_reset() -> None:
    ours, theirs = pair()
    ours.revoke()
    assert not theirs.open
    ours.reset()
    assert theirs.open


def test_a_ledger_is_read_while_another_process_writes() -> None:
    ours = Ledger()
    lines = 100_000
    pid = os.fork()
    if not pid:
        theirs = Ledger(os.dup(ours.file))
        for number in range(lines):
            while not theirs.open:
                pass
            theirs.end(line_of("GET", 200, number, 0.1, "answered", "a", None))
        os._exit(0)
    found: list[int] = []
    while len(found) < lines and os.waitpid(pid, os.WNOHANG)[0] == 0:
        found += [entry.sent for entry in ours.entries()]
    found += [entry.sent for entry in ours.entries()]
    assert found == list(range(lines))
