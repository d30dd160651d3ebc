"""``maizuru validate``: check a release, a folder or files against shapes and quality queries."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import click

from ..quality import Finding, Severity
from ..validate import ValidationReport
from ..validate import validate as check

SHOWN = 5
"""How many things are named for each rule, unless all are asked for."""

_COLOURS = {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


@click.command()
@click.argument(
    "targets", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="TARGET…"
)
@click.option("--json", "as_json", is_flag=True, help="Write the whole report as JSON.")
@click.option("--all", "everything", is_flag=True, help="Name every finding, not five of each.")
@click.option(
    "--level",
    type=click.Choice([level.value for level in Severity]),
    default=Severity.WARNING.value,
    show_default=True,
    help="The least grave findings to show.",
)
def validate(targets: tuple[Path, ...], as_json: bool, everything: bool, level: str) -> None:
    """Check each TARGET: a release folder, a folder of RDF files, or a file.

    Exit status: 0 when nothing is a violation (there may be warnings), 1 when something is, 2 when
    a target cannot be checked at all.
    """
    report = check(targets)
    if as_json:
        click.echo(json.dumps(_as_json(report), ensure_ascii=False, indent=1))
    else:
        _print(report, Severity(level), None if everything else SHOWN)
    sys.exit(0 if report.conforms else 1)


def _as_json(report: ValidationReport) -> dict[str, object]:
    return {
        "conforms": report.conforms,
        "files": report.files,
        "quads": report.quads,
        "counts": report.counts(),
        "findings": [asdict(finding) for finding in report.findings],
    }


def _print(report: ValidationReport, level: Severity, shown: int | None) -> None:
    order = list(Severity)
    visible = [f for f in report.findings if order.index(f.severity) <= order.index(level)]
    for (severity, rule), group in groupby(visible, key=lambda f: (f.severity, f.rule)):
        _print_rule(severity, rule, list(group), shown)
    counts = report.counts()
    click.echo(
        f"{report.quads:,} statements in {len(report.files)} file(s): "
        f"{counts['violation']} violations, {counts['warning']} warnings, {counts['info']} notes."
    )


def _print_rule(severity: Severity, rule: str, found: list[Finding], shown: int | None) -> None:
    click.secho(f"{severity.value} {rule} ({len(found)})", fg=_COLOURS[severity], bold=True)
    for message in dict.fromkeys(finding.message for finding in found):
        click.echo(f"  {message}")
    if found[0].solution:
        click.echo(f"  → {found[0].solution}")
    for finding in found[:shown]:
        value = f"  “{_short(finding.value)}”" if finding.value else ""
        click.echo(f"    {finding.focus}{value}")
    if shown is not None and len(found) > shown:
        click.echo(f"    … and {len(found) - shown} more (--all)")


def _short(value: str, length: int = 80) -> str:
    line = " ".join(value.split())
    return line if len(line) <= length else line[: length - 1] + "…"
