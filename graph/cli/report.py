"""``maizuru report``: what a conversion read, skipped and missed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from ..errors import ReleaseError
from ..release import read_manifest


@click.command()
@click.argument("release", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
@click.option("--silent", is_flag=True, help="List every sentence that gave nothing.")
@click.option("--skipped", is_flag=True, help="List every block that was skipped, and why.")
def report(release: Path, as_json: bool, silent: bool, skipped: bool) -> None:
    """Tell what the conversion of RELEASE read, skipped and missed, document by document."""
    told = _read(release)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for failure in told["failures"]:
        click.echo(f"not read: {failure['source']}: {failure['reason']}")
    for contradiction in told.get("contradictions", ()):
        _contradicts(contradiction)
    for document in told["documents"]:
        _tell(document, silent=silent, skipped=skipped)


def _read(release: Path) -> dict[str, Any]:
    read_manifest(release)
    path = release / "report.json"
    if not path.is_file():
        raise ReleaseError(f"{release} has no report.json.")
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


def _contradicts(found: dict[str, Any]) -> None:
    """Tell which statements exclude each other, and the words behind them."""
    click.echo(f"contradiction ({found['rule']}): {' and '.join(found['triples'])}")
    for given in found["given"]:
        places = given["passages"] or given["graphs"]
        click.echo(f"  from {given['triple']} in {', '.join(places)}")
        for quote in given["quotes"]:
            click.echo(f"    “{' '.join(quote.split())}”")


def _tell(document: dict[str, Any], *, silent: bool, skipped: bool) -> None:
    furniture = document["characters_by_block"].get("boilerplate", 0)
    found = ", ".join(f"{count} {name}" for name, count in document["found"].items())
    click.echo(f"\n{document['slug']}: {document['title']}")
    click.echo(
        f"  read    {document['characters']:,} characters, {document['sentences']} sentences"
    )
    click.echo(f"  skipped {furniture:,} characters in {len(document['skipped'])} blocks")
    click.echo(f"  found   {found}")
    click.echo(f"  silent  {len(document['silent'])} sentences with a figure, date or name")
    for block in document["skipped"] if skipped else ():
        click.echo(
            f"    skipped {block['start']}-{block['end']} {block['reason']}: {block['text']}"
        )
    for sentence in document["silent"] if silent else ():
        held = ", ".join(sentence["holds"])
        where = f"{sentence['start']}-{sentence['end']}"
        click.echo(f"    silent {where} ({held}) {sentence['text']}")
