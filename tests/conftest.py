"""Fixtures every test module may use."""

from __future__ import annotations

from importlib.resources import as_file
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
"""Speed is measured in benchmarks; a busy machine must not fail a property."""

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of documents and test data beside the project."""
    if not SHARED.is_dir():
        pytest.skip("the folder shared/ with documents and test data is not beside the project")
    return SHARED


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a release built once from the bundled corpus; tests must not change it."""
    from maizuru.graph.build import build
    from maizuru.graph.resources import corpus

    place = tmp_path_factory.mktemp("release") / "kg"
    with as_file(corpus()) as bundled:
        build([bundled], place)
    return place
