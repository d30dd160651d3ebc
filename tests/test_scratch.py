"""A service's folder: there while it runs, removed by the next where it was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from maizuru.server.scratch import LOCK, PREFIX, remove_leftovers, scratch_folder


def test_a_folder_in_use_stays_and_goes_with_its_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with scratch_folder() as first, scratch_folder() as second:
        assert {first, second} == set(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_service_left_is_removed(tmp_path: Path) -> None:
    code = (
        "import os, signal, tempfile\n"
        f"tempfile.tempdir = {str(tmp_path)!r}\n"
        "from maizuru.server.scratch import scratch_folder\n"
        "with scratch_folder() as folder:\n"
        "    (folder / 'readers-1.sock').touch()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", code], cwd="/", check=False)
    assert killed.returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    assert (left / LOCK).is_file()
    remove_leftovers(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / (PREFIX + "unlocked")).mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / LOCK).touch()
    os.symlink(elsewhere, tmp_path / (PREFIX + "link"))
    remove_leftovers(tmp_path)
    assert len(list(tmp_path.iterdir())) == 4
    assert (elsewhere / LOCK).is_file()
