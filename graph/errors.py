"""Every error Maizuru raises on purpose.

    MaizuruError                     exit code 2 on the command line, status 400 over HTTP
    ├── DocumentError                a document cannot be read; the build goes on
    ├── ReleaseError                 a release folder is missing, broken or half there
    │   └── StoreError               its store cannot be opened, or a remote one is silent
    ├── QueryError                   a query cannot be parsed or is not known by that name
    │   └── QueryRefused             it asks for what is not allowed (SERVICE, unknown FROM, LOAD)
    ├── NotFound                     an IRI, name or graph is unknown (404)
    ├── LimitExceeded                a time, row, byte or memory limit was met      (503)
    ├── ValidationError              data or ontology does not conform
    ├── ExportError                  an export cannot be written
    └── GoldError                    a gold standard is missing or does not fit the documents

Each carries one plain sentence for the reader and, where there is one, the place (line, column).
"""

from __future__ import annotations


class MaizuruError(Exception):
    """A mistake the user can understand: ``str(error)`` is a sentence that says what and where."""

    status = 400

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        """Keep the sentence, and the 1-based line and column where they are known."""
        super().__init__(message)
        self.line = line
        self.column = column


class DocumentError(MaizuruError):
    """A document cannot be read; the sentence names it."""


class ReleaseError(MaizuruError):
    """A release folder is missing, broken or half there."""

    status = 503


class StoreError(ReleaseError):
    """The store cannot be opened, or a remote one does not answer."""


class QueryError(MaizuruError):
    """A query cannot be parsed or is not known."""


class QueryRefused(QueryError):
    """A query asks for what is not allowed."""

    status = 403


class NotFound(MaizuruError):
    """No such IRI, name or graph."""

    status = 404


class LimitExceeded(MaizuruError):
    """A limit was met: time, rows, bytes or memory."""

    status = 503


class ValidationError(MaizuruError):
    """Data or ontology does not conform."""


class ExportError(MaizuruError):
    """An export cannot be written."""


class GoldError(MaizuruError):
    """A gold standard is missing or does not fit the documents."""
