"""Whatever goes wrong on a page is told in the one shape, and no trace of ours leaves."""

from __future__ import annotations

import pytest
from flask import Blueprint, Response, abort
from flask.testing import FlaskClient

from maizuru.server.app import create_app
from maizuru.server.settings import Settings

SECRET = "held in no answer"


@pytest.fixture
def client() -> FlaskClient:
    pages = Blueprint("odd", __name__)

    @pages.get("/fault")
    def fault() -> Response:
        raise RuntimeError(SECRET)

    @pages.get("/teapot")
    def teapot() -> Response:
        abort(418)

    return create_app(Settings(access_log=""), blueprints=[pages]).test_client()


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/fault", 500, "InternalError"),
        ("DELETE", "/fault", 405, "MethodNotAllowed"),
        ("GET", "/nowhere", 404, "NotFound"),
        ("GET", "/teapot", 400, "BadRequest"),
    ],
)
def test_every_fault_has_the_one_shape(
    client: FlaskClient, method: str, path: str, status: int, kind: str
) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == status
    told = answer.get_json()["error"]
    assert (told["status"], told["kind"]) == (status, kind)
    assert SECRET not in answer.text


def test_a_refused_method_names_those_that_are_taken(client: FlaskClient) -> None:
    assert "GET" in client.delete("/fault").headers["Allow"]


def test_a_browser_gets_a_page(client: FlaskClient) -> None:
    answer = client.get("/fault", headers={"Accept": "text/html"})
    assert answer.content_type.startswith("text/html")
    assert "Maizuru" in answer.text
    assert SECRET not in answer.text
