from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from maizuru.graph.sorting import sorted_unique

LINES = st.lists(st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"])))


@given(LINES, st.integers(1, 5))
def test_runs_on_disk_give_what_memory_gives(lines: list[str], run: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert list(sorted_unique(lines, Path(folder), run=run)) == sorted(set(lines))


def test_memory_holds_one_run_only(tmp_path: Path) -> None:
    numbers = (f"{n % 100:03}" for n in range(1000))

    assert list(sorted_unique(numbers, tmp_path, run=30)) == [f"{n:03}" for n in range(100)]
    assert len(list(tmp_path.iterdir())) > 1
