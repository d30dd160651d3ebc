"""``maizuru build``: convert documents into a release."""

from __future__ import annotations

import json
import sys
from importlib.resources import as_file
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from ..build import build as build_release
from ..namespaces import DEFAULT_BASE, Iris
from ..report import BuildReport
from ..resources import corpus


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="The release folder."
)
@click.option("--base", default=DEFAULT_BASE, show_default=True, help="Where the IRIs begin.")
@click.option(
    "--engine",
    type=click.Choice(["maizuru", "owlrl"]),
    default="maizuru",
    show_default=True,
    help="The reasoner; owlrl is the slow reference.",
)
@click.option("-j", "--jobs", type=click.IntRange(1), help="Documents converted at once.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def build(
    sources: tuple[Path, ...],
    output: Path,
    base: str,
    engine: str,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Convert SOURCES (files or folders; the bundled corpus if none) into a release folder.

    A document that cannot be read is named with its reason, the others are built, and the exit
    status is 1. An earlier release stays as it was until the new one is whole.
    """
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        disable=not sys.stderr.isatty(),
    ) as bar:
        tasks: dict[str, TaskID] = {}

        def progress(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            bar.update(tasks[step], completed=done, total=total)

        with as_file(corpus()) as bundled:
            report = build_release(
                sources or (bundled,),
                output,
                iris=Iris(base),
                engine=engine,
                jobs=jobs,
                progress=progress,
            )
    for failure in report.failures:
        click.echo(f"maizuru: not read: {failure.reason}", err=True)
    told = json.dumps(report.as_json(), ensure_ascii=False) if as_json else _summary(report, output)
    click.echo(told)
    sys.exit(1 if report.failures else 0)


def _summary(report: BuildReport, output: Path) -> str:
    totals = report.totals()
    return (
        f"{output}: {len(report.documents)} documents, {totals['mentions']:,} mentions, "
        f"{totals['figures']:,} figures, {totals['statements']:,} statements, "
        f"{totals['references']:,} references, {report.counts['quads']:,} quads."
    )
