"""``maizuru evaluate``: measure the converter against a gold standard."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from .. import evaluate as evaluation


@click.command()
@click.option(
    "--gold",
    "gold",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the gold standard (documents.json beside its *.jsonl files).",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for machines.")
@click.option("--misses", default=0, show_default=True, help="Disagreements to print per layer.")
@click.option("--layer", "only", multiple=True, help="Print this layer only; may be repeated.")
def evaluate(gold: Path, as_json: bool, misses: int, only: tuple[str, ...]) -> None:
    """Convert the gold documents and print precision, recall and F1 per layer.

    Exit status 1 if anything was converted out of boilerplate.
    """
    watched = sys.stderr.isatty()

    def progress(name: str) -> None:
        if watched:
            click.echo(f"converting {name}", err=True)

    report = evaluation.evaluate(gold, progress=progress)
    if only:
        report = evaluation.select(report, only)
    if as_json:
        data = evaluation.as_data(report)
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        click.echo(evaluation.as_text(report, misses))
    sys.exit(1 if report.leaked else 0)
