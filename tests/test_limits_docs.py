"""The table of settings, the documentation and the examples agree."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from maizuru.server.settings import SettingError, Settings, load, table

DOCS = Path(__file__).parents[1] / "docs"


def settings_table() -> str:
    rows = ["| setting | kind | default | |", "|---|---|---|---|"]
    for name, kind, default, text in table():
        shown = f"`{default}`" if default != "" else ""
        rows.append(f"| `{name}` | {kind} | {shown} | {text} |")
    return "\n".join(rows)


def test_every_setting_is_documented_as_it_is() -> None:
    text = (DOCS / "operations.md").read_text("utf-8")
    found = re.search(r"<!-- settings -->\n(.*)\n<!-- /settings -->", text, re.DOTALL)
    assert found is not None
    assert found[1] == settings_table()


def test_flag_before_environment_before_file_before_default(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("query_seconds = 1\nmax_rows = 2\nmax_bytes = 3\n", "utf-8")
    environment = {"MAIZURU_QUERY_SECONDS": "4", "MAIZURU_MAX_ROWS": "5", "MAIZURU_KILLS": "x"}
    found = load({"query_seconds": 6.0, "max_rows": None}, environment, file)
    assert (found.query_seconds, found.max_rows, found.max_bytes) == (6.0, 5, 3)
    assert found.port == Settings().port


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ({"max_rows": "many"}, "whole number"),
        ({"query_seconds": "nan"}, "number"),
        ({"query_seconds": -1}, "not negative"),
        ({"union_default_graph": "perhaps"}, "true or false"),
        ({"no_such": 1}, "no setting 'no_such'"),
    ],
)
def test_wrong_values_are_told(flags: dict[str, object], said: str) -> None:
    with pytest.raises(SettingError, match=said):
        load(flags, {})


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="cannot be read"):
        load({}, {}, tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("= 1", "utf-8")
    with pytest.raises(SettingError, match="not TOML"):
        load({}, {}, tmp_path / "bad.toml")


def test_nginx_takes_the_example(tmp_path: Path) -> None:
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if nginx is None:
        pytest.skip("nginx is not installed")
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/log;\nevents {{}}\n"
        f"http {{ access_log off; include {DOCS}/examples/nginx.conf; }}\n",
        "utf-8",
    )
    found = subprocess.run(
        [nginx, "-t", "-e", str(tmp_path / "log"), "-c", str(whole)], capture_output=True, text=True
    )
    assert found.returncode == 0, found.stderr


def test_systemd_takes_the_example(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed")
    text = (DOCS / "examples" / "maizuru.service").read_text("utf-8")
    unit = tmp_path / "maizuru.service"
    unit.write_text(re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", text), "utf-8")
    found = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True
    )
    assert "maizuru.service" not in found.stderr, found.stderr
