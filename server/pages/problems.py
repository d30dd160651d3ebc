"""What visitors see when a page cannot be shown: the site's own dress, in their language."""

from __future__ import annotations

from flask import Blueprint, Response, request

from maizuru.graph.errors import MaizuruError, NotFound

from ..errors import render
from .layout import page

pages = Blueprint("problems", __name__)


@pages.app_errorhandler(MaizuruError)
def failed(error: MaizuruError) -> Response:
    """Answer an error: as a page to a browser, in the one shape of errors to a program."""
    status, headers, body = render(error, request.headers.get("Accept", ""))
    kind = next((value for name, value in headers if name == "Content-Type"), "")
    if not kind.startswith("text/html"):
        return Response(body, status, headers)
    response = page(
        "error.html",
        status=status,
        message=str(error),
        line=getattr(error, "line", None),
        column=getattr(error, "column", None),
    )
    response.status_code = status
    response.headers.remove("ETag")
    for name, value in headers:
        if name != "Content-Type":
            response.headers[name] = value
    return response


@pages.app_errorhandler(404)
def nothing(error: Exception) -> Response:
    """Answer an address that is no page."""
    return failed(NotFound("There is nothing at this address"))
