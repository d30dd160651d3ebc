"""Fixtures every test module may use."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of documents and test data beside the project."""
    if not SHARED.is_dir():
        pytest.skip("the folder shared/ with documents and test data is not beside the project")
    return SHARED
